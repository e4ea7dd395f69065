//! What each agency may say before the family, event by event of those that the page cites: its originator's word, and the absolute
//! noes of practice (PRACTICE, sections 4, 5 and 10).

use std::collections::{BTreeMap, BTreeSet};

use diogel_domain::{
    codes::FamilyHandling,
    ids::{AgencyId, EventId},
};
use diogel_texts::summary::{AskFirst, MayNotSay, MaySay};

use crate::{Line, Section, Source, case::Case, handling};

/// Of one agency: what it may say, and what only after asking.
#[derive(Default)]
struct Words<'a> {
    may: Vec<&'a Source>,
    ask: Vec<&'a Source>,
}

pub(super) fn lines(case: &Case<'_>, sections: &[Section]) -> Vec<Line> {
    let lines = sections.iter().flat_map(Section::every_line);
    let cited: BTreeSet<EventId> = lines.flat_map(|line| line.cites.iter().copied()).collect();
    let mut agencies: BTreeMap<&AgencyId, Words<'_>> = BTreeMap::new();
    for source in case.all().filter(|s| cited.contains(&s.event_id)) {
        let words = agencies.entry(&source.originator).or_default();
        match handling::family_of(source) {
            FamilyHandling::Yes => words.may.push(source),
            FamilyHandling::AskOriginator => words.ask.push(source),
            FamilyHandling::No => {}
        }
    }
    let lines = agencies.into_iter();
    lines
        .flat_map(|(agency, words)| of(case, agency, words))
        .collect()
}

/// The events stand behind the line, as its citations.
fn of(case: &Case<'_>, agency: &AgencyId, words: Words<'_>) -> Vec<Line> {
    let (agency, lines) = (case.agency(agency), "");
    let mut said = Vec::new();
    if !words.may.is_empty() {
        let text = case.fill(&MaySay { agency, lines });
        said.push(Line::point(text).citing_all(words.may));
    }
    if !words.ask.is_empty() {
        let text = case.fill(&AskFirst { agency, lines });
        said.push(Line::point(text).citing_all(words.ask));
    }
    if said.is_empty() {
        said.push(Line::point(case.fill(&MayNotSay { agency })));
    }
    said
}
