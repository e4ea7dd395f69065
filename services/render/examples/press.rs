//! Prints a document as the service does, some times over, and says how long each took:
//! `cargo run --release -p diogel-render --example press -- DOCUMENT.json PAGE.pdf [TIMES [FONT…]]`. The document is
//! proto3 JSON of `diogel.v1.Document`.

use std::{env, error::Error, fs, path::PathBuf, time::Instant};

use diogel_contract::{json, v1};
use diogel_render::Press;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [input, output, rest @ ..] = arguments.as_slice() else {
        return Err("needs a document's file and a name for the PDF".into());
    };
    let document: v1::Document = json::read(serde_json::from_str(&fs::read_to_string(input)?)?)?;
    let fonts: Vec<PathBuf> = rest.iter().skip(1).map(PathBuf::from).collect();
    let times = rest.first().map_or(Ok(1), |times| times.parse())?;
    let press = Press::new(&fonts)?;
    for _ in 0..times {
        let began = Instant::now();
        let paper = press.print(&document)?;
        let took = began.elapsed().as_millis();
        eprintln!(
            "{} pages, {} bytes, {took} ms",
            paper.pages,
            paper.pdf.len()
        );
        fs::write(output, paper.pdf)?;
    }
    Ok(())
}
