//! What pages bring along, compiled in. Owns that a browser may keep each for ever: its address has its contents' hash.

use std::{fmt::Write as _, sync::LazyLock};

use axum::{
    extract::Path,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use ring::digest::{SHA256, digest};

const STYLES: &str = include_str!("../assets/console.css");
const ICON: &str = include_str!("../assets/icon.svg");

/// The address of the style sheet.
pub(crate) static STYLES_AT: LazyLock<String> = LazyLock::new(|| {
    let hash = digest(&SHA256, STYLES.as_bytes());
    let short = hash
        .as_ref()
        .iter()
        .take(8)
        .fold(String::new(), |mut short, byte| {
            // Writing to a text can't fail.
            let _ = write!(short, "{byte:02x}");
            short
        });
    format!("/assets/console-{short}.css")
});

/// Serves one. The icon has no hash: it is asked for anew each day.
pub(crate) async fn serve(Path(name): Path<String>) -> Response {
    let (kind, kept, text) = match name.as_str() {
        "icon.svg" => ("image/svg+xml", "public, max-age=86400", ICON),
        name if format!("/assets/{name}") == *STYLES_AT => {
            let kept = "public, max-age=31536000, immutable";
            ("text/css; charset=utf-8", kept, STYLES)
        }
        _ => return StatusCode::NOT_FOUND.into_response(),
    };
    let headers = [(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, kept)];
    (headers, text).into_response()
}
