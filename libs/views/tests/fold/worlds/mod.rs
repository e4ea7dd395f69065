//! P6: nothing that a reader gets depends on what it may not see. A random story of everything that can happen is told twice: as it
//! was, and with something else in it that the reader may not notice. Then everything that it can ask is asked of both, and every
//! answer must be the same to the letter.
//!
//! *May not notice* is said without asking the code that is tested: `rights` says too much rather than too little of what an agency
//! could ever see, from the audiences alone, and `concern` which other events that rests on. So a leak through a flow, a narrowing
//! or a term that the sharing gets wrong is not this test's to find (`libs/sharing` has a model for that); that something shows of
//! an event that nothing ever gave the reader is.
//!
//! By the design these are no leaks, and left out of what a reader may not notice: the Board's rules; how an event that it knows
//! stands now; who is in an event for which its own claim could open something; and in a room with others, what those others may
//! see. Everything else counts.
//!
//! Positions are left out of the comparison: missing events leave none behind. So is how far a sweep comes while hidden events are
//! folded, which is a matter of time: it is done at once, at the end, or not at all.
//!
//! `DIOGEL_P6_SEEDS=FROM..TO` tries other stories than the ordinary ones, some 28 cases each (100,000: `0..3600`, with `--release`),
//! and prints the smallest story that fails.

mod asks;
mod concern;
mod differ;
mod difference;
mod history;
mod pair;
mod rights;
mod shrink;
mod tally;

use std::{
    ops::Range,
    sync::atomic::{AtomicUsize, Ordering},
};

use asks::Questions;
use concern::concern;
use differ::differ;
use difference::Sort;
use diogel_views::{
    FoldInput,
    store::{MemoryStore, SledStore, Store},
};
use history::History;
use pair::{Pace, Pair, lived};
use tally::Tally;

use crate::given::{
    AGENCIES, Story, agency,
    random::{self, Dice},
    seeds,
};

const SEEDS: &str = "DIOGEL_P6_SEEDS";
const ON_SLED: &str = "DIOGEL_P6_SEEDS_ON_SLED";
/// Pairs that each reader of a story is put to.
const DIFFERENCES: usize = 5;

#[test]
fn p6_in_any_two_worlds_that_differ_in_what_it_may_not_see_a_reader_gets_the_same() {
    let ordinary = std::env::var(SEEDS).is_err();
    let tally = in_two(seeds(70, SEEDS), MemoryStore::default);
    assert!(tally.faults.is_empty(), "{}", tally.faults.join("\n"));
    if ordinary {
        tally.proves_something(20);
    }
    eprintln!("{} cases, {} lines", tally.cases(), tally.lines);
}

#[test]
fn p6_two_worlds_on_sled_are_one_to_a_reader_as_well() {
    let folder = tempfile::tempdir().unwrap();
    let made = AtomicUsize::new(0);
    let tally = in_two(seeds(12, ON_SLED), || {
        let number = made.fetch_add(1, Ordering::Relaxed).to_string();
        SledStore::open(&folder.path().join(number)).unwrap()
    });
    assert!(tally.faults.is_empty(), "{}", tally.faults.join("\n"));
    assert!(tally.cases() > 200, "{tally:#?}");
}

/// On two cores, each up to its fourth fault: they are often of a kind, and shrinking one takes its time.
fn in_two<S: Store>(seeds: Range<u64>, store: impl Fn() -> S + Sync) -> Tally {
    let part = &|part| {
        let mut tally = Tally::default();
        for seed in seeds.clone().skip(part).step_by(2) {
            if tally.faults.len() < 4 {
                compare(seed, &store, &mut tally);
            }
        }
        tally
    };
    std::thread::scope(|scope| {
        let parts = [0, 1].map(|number| scope.spawn(move || part(number)));
        let parts = parts.map(|part| part.join().unwrap());
        parts.into_iter().fold(Tally::default(), Tally::join)
    })
}

/// Every reader of one story, in some pairs of worlds each.
fn compare<S: Store>(seed: u64, empty: impl Fn() -> S, tally: &mut Tally) {
    let (story, _) = random::story(seed, 32);
    let pace = [Pace::AtOnce, Pace::AtTheEnd, Pace::Never][Dice(seed).roll(3)];
    let live = |inputs: &[FoldInput]| lived(empty(), inputs, pace);
    let whole = live(&story.inputs);
    for (number, (id, _)) in (1..).zip(AGENCIES) {
        let mut dice = Dice(seed.wrapping_mul(64).wrapping_add(number));
        let questions = Questions::of(&story.inputs, &agency(id), &mut dice);
        let answers = questions.asked(&whole, &story.inputs);
        for pair in pairs(&story, &questions, pace, &mut dice) {
            let two = pair.difference.applied(&pair.one);
            let other = questions.asked(&live(&two), &two);
            let unaware = pair.unaware(&questions.companions);
            match pair::noticed(&answers, &other, &unaware) {
                Ok(lines) => tally.add(&pair, &answers, lines, unaware.len()),
                Err(_) => return tally.faults.push(fault(seed, pair, &questions)),
            }
        }
    }
}

fn pairs(story: &Story, questions: &Questions, pace: Pace, dice: &mut Dice) -> Vec<Pair> {
    let known = concern(&History::of(&story.inputs), &questions.reader);
    let mut pairs = Vec::new();
    for _ in 0..DIFFERENCES {
        let sort = Sort::ALL[dice.roll(Sort::ALL.len())];
        // Not every try makes a difference that the reader may not notice.
        let pair = (0..6).find_map(|_| {
            let difference = differ(sort, &story.inputs, &questions.reader, &known, dice)?;
            let hidden = difference.is_hidden_from(&story.inputs, &questions.reader, &known);
            hidden.then(|| Pair {
                reader: questions.reader.clone(),
                one: story.inputs.clone(),
                difference,
                pace,
            })
        });
        pairs.extend(pair);
    }
    pairs
}

fn fault(seed: u64, pair: Pair, questions: &Questions) -> String {
    let pair = shrink::shrunk(pair, questions);
    let told = pair.noticed(questions);
    let told = told.map(|noticed| shrink::told(&pair, &noticed));
    let (told, when) = (told.unwrap_or_default(), &questions.when);
    let pace = pair.pace;
    format!(
        "{SEEDS}={seed}..{}: {told}asked as {when:?}, swept {pace:?}",
        seed + 1
    )
}
