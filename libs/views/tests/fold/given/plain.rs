//! Random stories of reports, alerts, corrections and erasures, without what changes their audience afterwards.

use diogel_domain::{
    alert::AlertTarget,
    codes::AlertStatus,
    content::{Content, ReferenceRole},
    correction::Replacement,
    ids::EventId,
    people::Person,
    times::{Day, Moment},
};
use diogel_sharing::{audience::Audience, groups::Groups};
use diogel_views::ContentState;

use super::{
    AGENCIES, Story, agency,
    content::{alert, born, danger, escalation, person, place, report},
    to,
};

/// SplitMix64: the same seed, the same story.
pub struct Dice(pub u64);

impl Dice {
    pub fn roll(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % below as u64).unwrap()
    }

    fn one_in(&mut self, n: usize) -> bool {
        self.roll(n) == 0
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.roll(from.len())]
    }
}

pub const REFERENCES: [&str; 6] = ["T-1", "T-2", "T-3", "T-4", "T-5", "T-6"];
pub const UPRNS: [&str; 2] = ["100", "200"];

/// A story of so many events, with the events whose keys were destroyed.
pub fn story(seed: u64, events: usize) -> (Story, Vec<EventId>) {
    let mut dice = Dice(seed);
    let mut story = Story::begins();
    let mut own: Vec<(&str, EventId)> = Vec::new();
    let mut erased = Vec::new();
    for left in (0..events).rev() {
        let by = dice.pick(&AGENCIES).0;
        let audience = audience(&mut dice, by, story.now);
        // Now and then of an event that is still to come: it parks.
        let any = match dice.roll(5) {
            0 => story.id_to_come(1 + dice.roll(3).min(left)),
            _ => own
                .get(dice.roll(own.len().max(1)))
                .map_or(story.id_to_come(1), |e| e.1),
        };
        let mine: Vec<EventId> = own.iter().filter(|e| e.0 == by).map(|e| e.1).collect();
        let mine = if mine.is_empty() || dice.one_in(8) {
            any
        } else {
            dice.pick(&mine)
        };
        let event = match dice.roll(10) {
            0..=2 => story.publishes(by, audience, &[], incident(&mut dice)),
            3..=4 => story.publishes(
                by,
                audience,
                &[(any, ReferenceRole::RestsOn)],
                hazard(&mut dice),
            ),
            5 => {
                let references = [
                    (any, ReferenceRole::RestsOn),
                    (mine, ReferenceRole::Supersedes),
                ];
                story.publishes(by, audience, &references, hazard(&mut dice))
            }
            6 => {
                let people = people(&mut dice);
                story.publishes(
                    by,
                    audience,
                    &[(any, ReferenceRole::Concerns)],
                    escalation(people),
                )
            }
            7..=8 => {
                let replacement = replacement(&mut dice);
                story.corrects(by, audience, mine, replacement)
            }
            _ => {
                erased.push(mine);
                story.erases(by, mine)
            }
        };
        if dice.one_in(20) {
            story.last().known = None;
        }
        if dice.one_in(25) && matches!(story.last().content, ContentState::Open { .. }) {
            story.last().content = ContentState::Lost;
        }
        own.push((by, event));
    }
    (story, erased)
}

fn audience(dice: &mut Dice, by: &str, now: Moment) -> Audience {
    let others: Vec<&str> = AGENCIES.iter().map(|a| a.0).filter(|a| *a != by).collect();
    let recipients: Vec<&str> = others.iter().copied().filter(|_| dice.one_in(2)).collect();
    let mut audience = to(&recipients);
    for grant in &mut audience.grants {
        grant.groups = match dice.roll(4) {
            0 => None,
            1 => Some(
                Groups::ALL
                    .without(Groups::NONE.with(diogel_sharing::groups::FieldGroup::Identity)),
            ),
            2 => Some(
                Groups::ALL.without(Groups::NONE.with(diogel_sharing::groups::FieldGroup::Place)),
            ),
            _ => Some(Groups::ALL),
        };
    }
    if dice.one_in(6) {
        audience.withheld.insert(agency(dice.pick(&others)));
    }
    if dice.one_in(8) {
        audience.until = Some(now.plus_seconds(60 * dice.pick(&[1, 3, 8, 20])));
    }
    audience
}

fn people(dice: &mut Dice) -> Vec<Person> {
    let mut people = Vec::new();
    for label in ["p1", "p2"] {
        let references = [dice.pick(&REFERENCES), dice.pick(&REFERENCES)];
        let references = if dice.one_in(2) {
            &references[..1]
        } else {
            &references[..]
        };
        let named = person(label, references);
        people.push(match dice.roll(4) {
            0 => born(named, "2001-01-01"),
            1 => born(named, "2002-02-02"),
            _ => named,
        });
        if dice.one_in(2) {
            break;
        }
    }
    people
}

fn incident(dice: &mut Dice) -> Content {
    if dice.one_in(2) {
        return danger(people(dice), vec![place("l1", dice.pick(&UPRNS))]);
    }
    Content::Incident(report(people(dice), "what happened"))
}

fn hazard(dice: &mut Dice) -> Content {
    let target = match dice.roll(3) {
        0 => AlertTarget::Premises("l1".to_owned()),
        1 => AlertTarget::Household {
            place: "l1".to_owned(),
            members: vec!["p1".to_owned()],
        },
        _ => AlertTarget::Person("p1".to_owned()),
    };
    let mut alert = alert(target, people(dice), vec![place("l1", dice.pick(&UPRNS))]);
    if dice.one_in(8) {
        alert.status = AlertStatus::Exercise;
    }
    if dice.one_in(4) {
        alert.safety.as_mut().unwrap().review_on = Day::parse("2026-05-01").unwrap();
    }
    Content::HazardAlert(alert)
}

fn replacement(dice: &mut Dice) -> Option<Replacement> {
    match dice.roll(3) {
        0 => None,
        1 => incident(dice)
            .incident()
            .cloned()
            .map(Replacement::Incident),
        _ => hazard(dice)
            .hazard_alert()
            .cloned()
            .map(Replacement::HazardAlert),
    }
}

/// The input is of a kind that this version understands.
pub fn understood(input: &diogel_views::FoldInput) -> bool {
    input.known.is_some() && !matches!(input.content, ContentState::NotUnderstood)
}
