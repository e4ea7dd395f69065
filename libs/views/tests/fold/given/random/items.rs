//! What items say: incidents, alerts, corrections, and who they are about.

use diogel_domain::{
    alert::AlertTarget, codes::AlertStatus, content::Content, correction::Replacement,
    people::Person, times::Day,
};

use super::{Dice, REFERENCES, UPRNS};
use crate::given::content::{alert, born, danger, person, place, report};

pub fn people(dice: &mut Dice) -> Vec<Person> {
    let mut people = Vec::new();
    for label in ["p1", "p2"] {
        people.push(one(dice, label));
        if dice.one_in(2) {
            break;
        }
    }
    people
}

pub fn one(dice: &mut Dice, label: &str) -> Person {
    let references = [dice.pick(&REFERENCES), dice.pick(&REFERENCES)];
    let references = if dice.one_in(2) {
        &references[..1]
    } else {
        &references[..]
    };
    let named = person(label, references);
    match dice.roll(4) {
        0 => born(named, "2001-01-01"),
        1 => born(named, "2002-02-02"),
        _ => named,
    }
}

pub fn incident(dice: &mut Dice) -> Content {
    if dice.one_in(2) {
        return danger(people(dice), vec![place("l1", dice.pick(&UPRNS))]);
    }
    Content::Incident(report(people(dice), "what happened"))
}

pub fn hazard(dice: &mut Dice) -> Content {
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
    if dice.one_in(3) {
        alert.safety.as_mut().unwrap().decision = None;
    }
    Content::HazardAlert(alert)
}

pub fn replacement(dice: &mut Dice) -> Option<Replacement> {
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
