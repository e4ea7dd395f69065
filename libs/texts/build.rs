//! Compiles the Fluent files of `locales` into Rust, so that a key that doesn't exist doesn't compile, a text that lacks a
//! language doesn't either, and nothing is parsed, fails or falls back when the hub runs.

#[path = "build/catalogue/mod.rs"]
mod catalogue;
#[path = "build/write.rs"]
mod write;

use std::{env, error::Error, fs, path::PathBuf};

use catalogue::Catalogue;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=locales");
    let catalogue = Catalogue::read("locales".as_ref())?;
    let out = PathBuf::from(env::var("OUT_DIR")?);
    fs::write(out.join("texts.rs"), write::rust(&catalogue))?;
    Ok(())
}
