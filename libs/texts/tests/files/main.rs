//! The files of texts as a whole: what may not be in them, whether each text is used, and the list for translators.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may fail; clippy knows only `#[test]` functions as tests"
)]

#[path = "../../build/catalogue/mod.rs"]
mod catalogue;
mod labels;
mod refusals;
mod sources;
mod translation;
mod used;

use std::path::Path;

use catalogue::Catalogue;

/// The workspace.
fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

/// What the files hold.
fn catalogue() -> Catalogue {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("locales");
    Catalogue::read(&folder).unwrap()
}

/// Written anew with `DIOGEL_BLESS=1 cargo test -p diogel-texts`; read the difference.
fn is_blessed() -> bool {
    std::env::var_os("DIOGEL_BLESS").is_some()
}
