//! Writes generated load as JSON lines, in the form of `tests/scenarios`, or says how much of it there is.

use std::io::{self, BufWriter, Write};

use clap::Parser;
use diogel_contract::json::JsonError;
use diogel_domain::times::{Day, Moment};
use diogel_generator::{Generator, Shape, line};

/// Generates publications of the invented board cwm-derwen. The same options give the same bytes.
#[derive(Parser)]
struct Options {
    /// What chance begins with.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How many events.
    #[arg(long, default_value_t = 1_000)]
    events: usize,
    /// How many people the agencies know.
    #[arg(long, default_value_t = 4_000)]
    people: u32,
    /// The day on which everything is published, at noon.
    #[arg(long, default_value = "2026-10-01", value_parser = day)]
    on: Day,
    /// Write the events, a line each. Without it: how many each agency publishes.
    #[arg(long)]
    json: bool,
}

/// Why nothing more was written.
#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error("can't write: {0}")]
    Output(#[from] io::Error),
    #[error("an event has no JSON form: {0}")]
    Json(#[from] JsonError),
}

fn main() -> Result<(), Failure> {
    let options = Options::parse();
    let mut out = BufWriter::new(io::stdout().lock());
    let written = if options.json {
        write_lines(&options, &mut out)
    } else {
        write_counts(&options, &mut out)
    };
    match written.and_then(|()| Ok(out.flush()?)) {
        // `generate … | head`: whoever reads has had enough.
        Err(Failure::Output(error)) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        done => done,
    }
}

fn generator(options: &Options) -> (Moment, impl Iterator<Item = <Generator as Iterator>::Item>) {
    let noon = Moment(i64::from(options.on.0) * Moment::DAY).plus_seconds(12 * 3_600);
    let shape = Shape::cwm_derwen(options.people, noon);
    let events = Generator::new(options.seed, shape).take(options.events);
    (noon, events)
}

fn write_lines(options: &Options, out: &mut impl Write) -> Result<(), Failure> {
    let (noon, events) = generator(options);
    for (agency, request) in events {
        writeln!(out, "{}", line(&agency, noon, &request)?)?;
    }
    Ok(())
}

fn write_counts(options: &Options, out: &mut impl Write) -> Result<(), Failure> {
    let mut counts = std::collections::BTreeMap::<String, usize>::new();
    for (agency, _) in generator(options).1 {
        *counts.entry(agency).or_default() += 1;
    }
    for (agency, count) in counts {
        writeln!(out, "{count:>9} {agency}")?;
    }
    Ok(())
}

fn day(text: &str) -> Result<Day, &'static str> {
    Day::parse(text).ok_or("is no date; write YYYY-MM-DD")
}
