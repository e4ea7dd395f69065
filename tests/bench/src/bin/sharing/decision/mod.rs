//! How long one decision takes, for every class of audience, number of changes, and recipient, under the shipped protocols as they
//! are, and under a protocol with a history.

mod cases;
mod rules;

use std::{hint::black_box, time::Duration, time::Instant};

use bench::{Outcome, times::Times};
use diogel_sharing::decide::decide;

use crate::{
    figures::{Figures, In},
    options::Options,
};
use cases::Case;
use rules::History;

/// What a decision has to stay below.
const LIMIT: Duration = Duration::from_micros(1);
/// Decisions in a batch: the clock's own time doesn't count in so many.
const BATCH: u32 = 500;

/// Measures.
pub fn run(options: &Options, figures: &mut Figures) -> Outcome<()> {
    let batches = if options.quick { 60 } else { 600 };
    for (history, words) in [
        (History::Adopted, "the shipped protocols"),
        (History::Changed, "CD-01 in its fourth version"),
    ] {
        let cases = cases::all(history)?;
        let times: Vec<Times> = rounds(&cases, batches);
        report(figures, words, &cases, &times);
    }
    Ok(())
}

/// Case after case, round after round: what disturbs the machine for a while disturbs all of them.
fn rounds(cases: &[Case], batches: usize) -> Vec<Times> {
    let mut times = vec![Times::default(); cases.len()];
    // The first rounds only warm the caches.
    for round in 0..batches + 5 {
        for (case, times) in cases.iter().zip(&mut times) {
            let took = batch(case);
            if round >= 5 {
                times.add(took);
            }
        }
    }
    times
}

/// The time of one decision, on the average of a batch.
fn batch(case: &Case) -> Duration {
    let question = case.question();
    let started = Instant::now();
    for _ in 0..BATCH {
        let relation = case.relation();
        let decision = decide(
            black_box(&case.rules),
            black_box(&question),
            black_box(&case.recipient),
            black_box(relation),
        );
        black_box(decision);
    }
    started.elapsed() / BATCH
}

fn report(figures: &mut Figures, words: &str, cases: &[Case], times: &[Times]) {
    let all: Times = times.iter().map(Times::median).collect();
    figures.below(
        format!("decision, {words}: mean of all classes"),
        all.mean(),
        In::Nanos,
        LIMIT,
    );
    figures.time(
        format!("decision, {words}: median class"),
        all.median(),
        In::Nanos,
    );
    let slowest = cases
        .iter()
        .zip(times)
        .max_by_key(|(_, times)| times.median());
    if let Some((case, times)) = slowest {
        let name = format!("decision, {words}: slowest class ({case}), p50");
        figures.below(name, times.median(), In::Nanos, LIMIT);
        figures.time("  the same, p99 of batches of 500", times.p99(), In::Nanos);
    }
    for outcome in ["everything granted", "a part", "nothing"] {
        let of = cases
            .iter()
            .zip(times)
            .filter(|(case, _)| case.outcome() == outcome);
        let of: Times = of.map(|(_, times)| times.median()).collect();
        let name = format!(
            "decision, {words}: who gets {outcome} ({} classes), mean",
            of.len()
        );
        figures.time(name, of.mean(), In::Nanos);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_classes_of_every_outcome_under_both_histories() {
        for history in [History::Adopted, History::Changed] {
            let cases = cases::all(history).unwrap();
            for outcome in ["everything granted", "a part", "nothing"] {
                let of = cases.iter().filter(|case| case.outcome() == outcome);
                assert!(of.count() >= 3, "{outcome}");
            }
        }
    }
}
