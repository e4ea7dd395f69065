//! The family's page: of each section what may be told, in its own words, with the questions that the guidance has for a family. The
//! default is no, and what is left out leaves no gap to see: neither headings nor notes.

use std::collections::BTreeSet;

use diogel_domain::codes::FamilyHandling;

use crate::{Line, LineKind, Mark, Topic, case::Case, texts::Phrase};

/// What of a section may be told, and what is asked beside it whatever that is, so that the question tells nothing.
pub(super) fn told(case: &Case<'_>, topic: Topic, lines: Vec<Line>) -> Vec<Line> {
    if topic == Topic::Rights {
        return lines;
    }
    let told = lines.into_iter().filter(may_be_told);
    // How colleagues handle it isn't the family's; that a date has passed they see.
    let told = told.map(|line| Line {
        marks: BTreeSet::new(),
        ..line
    });
    let told: Vec<Line> = told.collect();
    let question = match topic {
        Topic::Progress if told.is_empty() => Some(Phrase::TellUsGoingWell),
        Topic::Progress => Some(Phrase::WantItToLast),
        Topic::Plan => Some(Phrase::WhatHappened),
        _ => None,
    };
    let question = question.map(|question| Line::point(case.say(question)));
    told.into_iter().chain(question).collect()
}

fn may_be_told(line: &Line) -> bool {
    line.kind == LineKind::Point
        && line.family == FamilyHandling::Yes
        && !line.marks.contains(&Mark::DontReadOut)
}

/// What they may do about what the page says (guidance, section 4: advocacy and complaint).
pub(super) fn rights(case: &Case<'_>) -> Vec<Line> {
    [
        Phrase::WhatWouldYouSay,
        Phrase::YouMayDisagree,
        Phrase::YouMayCorrect,
        Phrase::YouMayBring,
        Phrase::YouMayComplain,
    ]
    .map(|phrase| Line::point(case.say(phrase)))
    .into()
}
