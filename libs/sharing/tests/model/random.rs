//! Random histories: a board with two protocols, and one item whose audience changes. Owns only what is likely: rows that fit the
//! item are, so that most decisions hang on the rule and not on a purpose that doesn't match.

use super::{
    dice::Dice,
    story::{AGENCIES, Flow, GROUPS, Grant, Item, Name, Said, Set, Story},
};

/// Hours of a story: four days.
const HOURS: usize = 96;
const PROTOCOLS: [Name; 2] = ["T-01", "T-02"];
const KINDS: [Name; 4] = [
    "incident",
    "escalation",
    "emergency_disclosure",
    "access_request",
];
const PURPOSES: [Name; 2] = ["worker-safety", "child-protection"];
const BASES: [Name; 2] = ["public-task", "vital-interests"];
const MEETINGS: [Name; 2] = ["meeting:1", "meeting:2"];
#[rustfmt::skip]
const RECIPIENTS: [Name; 10] = [
    "council", "clinic", "board", "sector:health", "sector:police", "sector:board", "involved", "involved-then", "meeting:1",
    "meeting:2",
];

/// An originator, of the two that protocols are most about.
const ORIGINATORS: [Name; 2] = ["council", "police"];

/// The same seed, the same story. Each thing has an hour of its own, so that nothing has to be said about ties.
pub fn story(dice: &mut Dice) -> Story {
    let item = item(dice);
    let published = 20 + dice.roll(40);
    let mut versions = [0; 2];
    let mut story = Story::new();
    for hour in 0..HOURS {
        let often = if hour < 12 { 1 } else { 3 };
        let at = i64::try_from(hour).unwrap_or_default();
        if hour == published {
            story.push((at, Said::Published(item.clone())));
        } else if dice.one_in(often) {
            let of = if hour < 4 { hour % 2 } else { dice.roll(2) };
            let said = match hour {
                0..4 => adopted(dice, of, &mut versions),
                _ if hour < published => before(dice, of, &mut versions),
                _ if dice.one_in(2) => before(dice, of, &mut versions),
                _ => after(dice, at),
            };
            story.push((at, said));
        }
    }
    story
}

/// Hours to ask at: at once, and later.
pub fn hours(dice: &mut Dice, story: &Story) -> Vec<i64> {
    let published = story
        .iter()
        .find(|(_, said)| matches!(said, Said::Published(_)));
    let first = published.map_or(0, |(at, _)| *at);
    let later = [1 + dice.roll(12), 12 + dice.roll(36), HOURS];
    let later = later.map(|hours| first + i64::try_from(hours).unwrap_or_default());
    [vec![first], later.to_vec()].concat()
}

fn item(dice: &mut Dice) -> Item {
    let until = 60 + i64::try_from(dice.roll(30)).unwrap_or_default();
    Item {
        by: dice.pick(&ORIGINATORS),
        kind: dice.pick(&KINDS),
        purpose: dice.pick(&PURPOSES),
        basis: dice.pick(&BASES),
        grants: grants(dice),
        withheld: dice.some(&AGENCIES.map(|(id, _)| id), 6),
        until: dice.one_in(5).then_some(until),
        only: dice.one_in(12),
        asks: dice.pick(&["council", "clinic", "hospital"]),
    }
}

fn grants(dice: &mut Dice) -> Vec<Grant> {
    let several = 1 + dice.roll(4);
    let grant = |dice: &mut Dice| Grant {
        to: dice.pick(&RECIPIENTS),
        groups: (!dice.one_in(3)).then(|| dice.some(&GROUPS, 2)),
    };
    (0..several).map(|_| grant(dice)).collect()
}

fn adopted(dice: &mut Dice, of: usize, versions: &mut [usize; 2]) -> Said {
    versions[of] += 1;
    let parties = AGENCIES.iter().map(|(id, _)| *id);
    let parties: Set = parties.filter(|_| !dice.one_in(8)).collect();
    let rows = 1 + dice.roll(4);
    Said::Adopted(
        PROTOCOLS[of],
        parties,
        (0..rows).map(|_| flow(dice)).collect(),
    )
}

fn flow(dice: &mut Dice) -> Flow {
    let from = i64::try_from(dice.roll(3)).unwrap_or_default();
    let for_days = i64::try_from(dice.roll(4)).unwrap_or_default();
    let most =
        |dice: &mut Dice, all: &[Name]| all.iter().copied().filter(|_| !dice.one_in(6)).collect();
    Flow {
        from: dice.pick(&["any", "any", "any", "sector:police", "council"]),
        to: dice.pick(&["any", "any", "sector:health", "sector:board", "clinic"]),
        condition: dice.pick(&["any", "any", "involved", "attending"]),
        kinds: most(dice, &KINDS),
        purposes: most(dice, &PURPOSES),
        bases: most(dice, &BASES),
        groups: if dice.one_in(4) {
            dice.some(&GROUPS, 3)
        } else {
            most(dice, &GROUPS)
        },
        valid: (from, from + for_days),
        back: dice.one_in(3).then_some(from - 1),
    }
}

fn before(dice: &mut Dice, of: usize, versions: &mut [usize; 2]) -> Said {
    let (id, _) = dice.pick(&AGENCIES);
    let protocol = PROTOCOLS[of];
    match dice.roll(20) {
        0 => adopted(dice, of, versions),
        1 if dice.one_in(4) => {
            versions[of] = 0;
            Said::Ended(protocol)
        }
        2 if dice.one_in(2) => Said::Left(id, protocol),
        3 => Said::Suspended(id, dice.one_in(2)),
        4..8 => Said::Involved(id, dice.pick(&["", "claimed", "confirmed", "confirmed"])),
        8..11 => Said::Attends(id, dice.pick(&MEETINGS), !dice.one_in(3)),
        _ if versions[of] > 0 => Said::Signed(id, protocol, dice.roll(versions[of])),
        _ => adopted(dice, of, versions),
    }
}

fn after(dice: &mut Dice, at: i64) -> Said {
    let some = |dice: &mut Dice| dice.some(&AGENCIES.map(|(id, _)| id), 3);
    let until = at + 1 + i64::try_from(dice.roll(20)).unwrap_or_default();
    match dice.roll(12) {
        0..5 => Said::Widened(grants(dice)),
        5..9 => Said::Narrowed(some(dice), dice.some(&GROUPS, 4)),
        9 if dice.one_in(2) => Said::Withdrawn,
        _ => Said::Disclosed(
            some(dice),
            dice.some(&GROUPS, 3),
            dice.one_in(2).then_some(until),
        ),
    }
}
