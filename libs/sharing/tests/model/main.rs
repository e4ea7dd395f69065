//! The library against a model of the practice, over random histories. `DIOGEL_CASES=1000000 cargo test -p diogel-sharing --test
//! model` tries more; a difference prints its seed, and the history cut down to what makes the difference.

#![cfg(test)]

mod board;
mod dice;
#[path = "model.rs"]
mod practice;
mod random;
mod story;
mod terms;

use diogel_sharing::groups::FieldGroup;

use board::Board;
use dice::Dice;
use story::{AGENCIES, Name, Said, Set, Story};

/// Stories of an ordinary run; each is asked of every agency at several hours.
const STORIES: u64 = 1_000;

/// Who, when, and what the two say.
type Difference = (Name, i64, Set, Set);

fn gets(board: &Board<'_>, name: Name, now: i64) -> Set {
    let groups = board.decision(name, now).groups.iter();
    groups.map(FieldGroup::code).collect()
}

fn difference(story: &Story, hours: &[i64]) -> Option<Difference> {
    let board = Board::of(story);
    let mut asked = hours
        .iter()
        .flat_map(|now| AGENCIES.map(|(name, _)| (name, *now)));
    asked.find_map(|(name, now)| {
        let (practice, library) = (practice::gets(story, name, now), gets(&board, name, now));
        (practice != library).then_some((name, now, practice, library))
    })
}

/// Leaves out whatever the difference doesn't need.
fn cut_down(mut story: Story, hours: &[i64]) -> Story {
    for i in (0..story.len()).rev() {
        let mut less = story.clone();
        let (_, said) = less.remove(i);
        if !matches!(said, Said::Published(_)) && difference(&less, hours).is_some() {
            story = less;
        }
    }
    story
}

#[test]
fn the_library_decides_as_the_practice_does() {
    let cases = std::env::var("DIOGEL_CASES").ok();
    let stories = cases.map_or(STORIES, |cases| cases.parse().expect("a number"));
    let mut shared = 0;
    for seed in 0..stories {
        let dice = &mut Dice(seed);
        let story = random::story(dice);
        let hours = random::hours(dice, &story);
        if difference(&story, &hours).is_some() {
            let story = cut_down(story, &hours);
            let (name, now, practice, library) = difference(&story, &hours).unwrap();
            let story: Vec<_> = story.iter().map(|said| format!("{said:?}")).collect();
            panic!(
                "seed {seed}: {name} at {now} gets\n{practice:?} by practice\n{library:?} by the library\n{}",
                story.join("\n")
            );
        }
        let board = Board::of(&story);
        shared += usize::from(AGENCIES.iter().any(|(name, _)| {
            let gets = gets(&board, name, 96);
            !gets.is_empty() && gets.len() < 13
        }));
    }
    assert!(
        shared as u64 > stories / 4,
        "{shared} of {stories} share something: the stories say too little"
    );
}
