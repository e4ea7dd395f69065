//! Who it is for: what the board has configured for its purpose, or nobody but this agency; less whoever is withheld by name.

use diogel_contract::v1;
use diogel_domain::codes::{FamilyHandling, Purpose};
use diogel_texts::console::Phrase as P;

use crate::{
    answers::{Answers, Faults},
    page::Visit,
    pages::words::Choice,
};

/// The choices of the form's last part.
pub(super) struct Choices {
    pub(super) purposes: Vec<Choice>,
    pub(super) who: Vec<Choice>,
    pub(super) withheld: Vec<Choice>,
    pub(super) family: Vec<Choice>,
}

pub(super) fn choices(visit: &Visit, answers: &Answers, purposes: &[Purpose]) -> Choices {
    let language = visit.language();
    let first = purposes.first().map_or(0, |purpose| purpose.number());
    let chosen = |field: &str, value: &str, otherwise: &str| match answers.get(field) {
        "" => value == otherwise,
        given => given == value,
    };
    let purposes = purposes.iter().map(|purpose| {
        let value = purpose.number().to_string();
        Choice {
            chosen: chosen("purpose", &value, &first.to_string()),
            words: purpose.label(language).to_owned(),
            value,
        }
    });
    let who = [
        ("default", P::ConsoleAudienceDefault),
        ("own", P::ConsoleAudienceOwn),
    ];
    let who = who.map(|(value, words)| Choice {
        value: value.to_owned(),
        words: visit.t(words).to_owned(),
        chosen: chosen("who", value, "default"),
    });
    let family = FamilyHandling::ALL.iter().map(|handling| {
        let value = handling.number().to_string();
        Choice {
            chosen: answers.get("family") == value,
            words: handling.label(language).to_owned(),
            value,
        }
    });
    Choices {
        purposes: purposes.collect(),
        who: who.into(),
        withheld: agencies(visit, answers, "withheld"),
        family: family.collect(),
    }
}

/// Every other agency.
pub(in crate::pages) fn agencies(visit: &Visit, answers: &Answers, field: &str) -> Vec<Choice> {
    let others = visit.console.config.agencies.keys();
    let others = others.filter(|id| **id != visit.who.agency);
    let mut choices: Vec<Choice> = others
        .map(|id| Choice {
            value: id.clone(),
            words: visit.agency_name(id),
            chosen: answers.has(field, id),
        })
        .collect();
    choices.sort_by(|a, b| a.words.cmp(&b.words));
    choices
}

/// As it is filled in.
pub(super) fn of(answers: &Answers, faults: &mut Faults, visit: &Visit) -> v1::Audience {
    if answers.get("who") == "own" {
        return v1::Audience {
            originator_only: true,
            ..v1::Audience::default()
        };
    }
    let family = answers.number("family");
    let reason = answers.get("family-reason").to_owned();
    if family == FamilyHandling::No.number() && reason.is_empty() {
        faults.add("family-reason", visit.t(P::ConsoleFamilyReasonNeeded));
    }
    v1::Audience {
        by_default: true,
        purpose: answers.number("purpose"),
        withheld_agencies: answers.all("withheld").map(str::to_owned).collect(),
        family,
        family_reason: reason,
        ..v1::Audience::default()
    }
}
