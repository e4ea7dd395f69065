//! What an entry rests on, and what it asks for. Owns that no alert rests on ambivalence, avoidance, feigned compliance or a
//! diagnosis (PRACTICE, section 10, "Behaviour"), and that each names what to do.

use diogel_contract::v1;
use diogel_domain::codes::{PrecautionCode, ResistantBehaviour, ThreatForm};

use super::cells::Cells;
use crate::{
    field::Field,
    finding::Findings,
    mapping::{Mapping, NoGround, fold, is_diagnosis},
};

/// What was done.
#[derive(Debug, Default)]
pub(super) struct Grounds {
    /// What the alert rests on.
    pub(super) threats: Vec<ThreatForm>,
    /// What goes with the incident alone.
    pub(super) behaviours: Vec<ResistantBehaviour>,
}

/// What a phrase says of behaviour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ground {
    Threat(ThreatForm),
    None(NoGround),
}

fn look_up(mapping: &Mapping, phrase: &str) -> Option<Vec<Ground>> {
    let words = &mapping.words;
    if let Some(threats) = words.behaviour.get(phrase) {
        return Some(threats.iter().copied().map(Ground::Threat).collect());
    }
    if let Some(none) = words.no_ground.get(phrase) {
        return Some(none.iter().copied().map(Ground::None).collect());
    }
    is_diagnosis(&fold(phrase)).then(|| vec![Ground::None(NoGround::Diagnosis)])
}

pub(super) fn of(cells: &Cells<'_>, found: &mut Findings<'_>) -> Grounds {
    let field = Field::Behaviour;
    let said = cells.words(field, |phrase| look_up(cells.mapping, phrase), found);
    let said = said.map(|said| said.codes).unwrap_or_default();
    let mut grounds = Grounds::default();
    let mut diagnosis = false;
    for (ground, _) in &said {
        match ground {
            Ground::Threat(threat) => grounds.threats.push(*threat),
            Ground::None(NoGround::Resistance(kind)) => grounds.behaviours.push(*kind),
            Ground::None(NoGround::Diagnosis) => diagnosis = true,
        }
    }
    if !grounds.threats.is_empty() {
        if diagnosis {
            let way_out = "what was done stands without it";
            found.note(field, "a diagnosis is no ground, and was left out", way_out);
        }
    } else if found.has(field) {
        // Something of it isn't understood yet: it may be a threat.
    } else if said.is_empty() {
        let way_out = "write what was done: a threat, violence, an animal";
        let rule = "is missing: an alert names its forms of threat";
        found.incomplete(field, rule, way_out);
    } else {
        refuse(diagnosis, found);
    }
    grounds
}

fn refuse(diagnosis: bool, found: &mut Findings<'_>) {
    let rule = if diagnosis {
        "a diagnosis is the only ground, and no alert rests on one"
    } else {
        "behaviour that is no threat is the only ground: alerts rest on threats, violence or animals"
    };
    let way_out = "if something was done, write that; or else take the entry off the register";
    found.refused(Field::Behaviour, rule, way_out);
}

/// What to do. A phrase that is mapped to `other` goes along in the register's words; `not-alone-with` is about the row's person.
pub(super) fn precautions(
    cells: &Cells<'_>,
    person: Option<&v1::Person>,
    found: &mut Findings<'_>,
) -> Vec<v1::Precaution> {
    let field = Field::Precautions;
    let words = &cells.mapping.words.precautions;
    let said = cells.words(field, |phrase| words.codes(phrase), found);
    let said = said.map(|said| said.codes).unwrap_or_default();
    if said.is_empty() && !found.has(field) {
        let way_out = "write what a visitor has to do, such as to visit in pairs";
        found.incomplete(
            field,
            "is missing: an alert names at least one precaution",
            way_out,
        );
    }
    let alone = |code| code == PrecautionCode::NotAloneWith;
    if person.is_none() && said.iter().any(|(code, _)| alone(*code)) {
        let way_out = "name the person, or write another precaution";
        let rule = "asks that nobody is alone with a person, and the row names none";
        found.incomplete(field, rule, way_out);
    }
    let precaution = |(code, part): (PrecautionCode, String)| v1::Precaution {
        code: code.number(),
        person: match code {
            PrecautionCode::NotAloneWith => person.map(|p| p.label.clone()).unwrap_or_default(),
            _ => String::new(),
        },
        note: match code {
            PrecautionCode::Other => part,
            _ => String::new(),
        },
    };
    said.into_iter().map(precaution).collect()
}
