//! Compiles the public contract with protox, so that nobody needs `protoc`. The same descriptor set serves reflection, the JSON
//! form and the refusal of unknown fields.

use std::{env, error::Error, fs, path::PathBuf};

use prost::Message as _;

fn main() -> Result<(), Box<dyn Error>> {
    let root = PathBuf::from("../../proto");
    let mut files: Vec<PathBuf> = fs::read_dir(root.join("diogel/v1"))?
        .map(|entry| entry.map(|e| e.path()))
        .collect::<Result<_, _>>()?;
    files.sort();
    for file in &files {
        println!("cargo::rerun-if-changed={}", file.display());
    }
    println!(
        "cargo::rerun-if-changed={}",
        root.join("diogel/v1").display()
    );
    let set = protox::compile(&files, [&root])?;
    let out = PathBuf::from(env::var("OUT_DIR")?);
    fs::write(out.join("diogel.v1.binpb"), set.encode_to_vec())?;
    let mut config = prost_build::Config::new();
    config.enable_type_names().bytes([".diogel.v1"]);
    tonic_prost_build::configure()
        .codec_path("crate::codec::StrictCodec")
        .compile_fds_with_config(set, config)?;
    Ok(())
}
