//! Laws that every decision keeps, whatever was granted, signed and changed before: tried on the model's random histories. A failure
//! names its seed; `DIOGEL_CASES=100000 cargo test -p diogel-sharing --test laws` tries more.

#![cfg(test)]

#[path = "../model/board.rs"]
mod board;
#[path = "../model/dice.rs"]
mod dice;
#[path = "../model/random.rs"]
mod random;
#[path = "../model/story.rs"]
mod story;

mod contents;
mod decisions;
mod family;
mod permits;
mod redaction;
mod sets;
mod widening;

use board::Board;
use dice::Dice;
use story::{AGENCIES, Name};

/// Stories of an ordinary run of one law.
const STORIES: u64 = 300;

fn stories() -> u64 {
    let cases = std::env::var("DIOGEL_CASES").ok();
    cases.map_or(STORIES, |cases| cases.parse().expect("a number"))
}

/// Holds a law against random boards, recipients and hours. It says what is wrong, if anything is.
fn holds(law: impl Fn(&mut Dice, &Board<'_>, Name, i64) -> Option<String>) {
    for seed in 0..stories() {
        let dice = &mut Dice(seed);
        let story = random::story(dice);
        let hours = random::hours(dice, &story);
        let board = Board::of(&story);
        for now in hours {
            for (name, _) in AGENCIES {
                let wrong = law(dice, &board, name, now);
                assert_eq!(wrong, None, "seed {seed}: {name} at {now}");
            }
        }
    }
}
