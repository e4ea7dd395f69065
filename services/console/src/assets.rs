//! What pages bring along, compiled in. Owns that a browser may keep each for ever: its address has its contents' hash.

use std::sync::LazyLock;

use axum::{
    extract::Path,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use ring::digest::{SHA256, digest};

const STYLES: &str = include_str!("../assets/console.css");

/// The address of the style sheet.
pub(crate) static STYLES_AT: LazyLock<String> = LazyLock::new(|| {
    let hash = digest(&SHA256, STYLES.as_bytes());
    let short: String = hash
        .as_ref()
        .iter()
        .take(8)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    format!("/assets/console-{short}.css")
});

/// Serves one.
pub(crate) async fn serve(Path(name): Path<String>) -> Response {
    if format!("/assets/{name}") != *STYLES_AT {
        return StatusCode::NOT_FOUND.into_response();
    }
    let kind = (header::CONTENT_TYPE, "text/css; charset=utf-8");
    let kept = (header::CACHE_CONTROL, "public, max-age=31536000, immutable");
    ([kind, kept], STYLES).into_response()
}
