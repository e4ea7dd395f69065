//! Every layout, on every store, in batches or sweeps, answers look-ups alike: only then do their figures
//! compare.

use clap::Parser;

use crate::layout::Layout;
use crate::options::Options;
use crate::report::Report;
use crate::{load, look, store};

/// Loads a small run, live part included, and answers the sum over its look-ups.
fn answers(case: &str) -> u64 {
    let shape = "layout --events 1000 --looks 600 --live 100 --batch 70";
    let options = Options::parse_from(shape.split(' ').chain(case.split(' ')));
    // Never a folder that an earlier run, killed half-way, left behind: its rows would be answered with.
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let mut report = Report::begin(&options, Box::new(std::io::sink())).unwrap();
    let mut opened = store::open(&options, folder).unwrap();
    assert!(load::run(&options, opened.as_mut(), folder, &mut report).unwrap());
    opened.close().unwrap();
    let opened = store::open(&options, folder).unwrap();
    let layout = Layout::new(options.layout, options.sweep);
    let check = look::run(&options, &layout, opened.as_ref(), &mut report).unwrap();
    opened.close().unwrap();
    check
}

#[test]
fn every_layout_on_every_store_answers_alike() {
    let expected = answers("--store sled --layout per-audience");
    assert_ne!(expected, 0);
    for case in [
        "--store redb --layout per-audience",
        "--store sled --layout shared",
        "--store sled --layout shared --commit plain",
        "--store sled --layout shared --sweep 350",
        "--store sled --layout shared-inline",
        "--store sled --layout shared-split",
        "--store redb --layout shared-split --sweep 350",
        "--store redb --layout shared",
        "--store redb --layout shared --sweep 350",
        "--store redb --layout shared-inline",
    ] {
        assert_eq!(answers(case), expected, "{case}");
    }
}
