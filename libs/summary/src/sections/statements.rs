//! What the person whom an item is about says to it, and how they were answered: under the line that it is about (PRACTICE,
//! section 10, "Controllers"). The words of the person of the meeting are never to be read out: a statement doesn't say that it
//! is safe to.

use diogel_domain::{codes::Deed, step::StepSaid};

use crate::{
    Line, Mark, Source, StepTaken,
    case::{Case, quoted},
    course,
};

const DEEDS: [Deed; 5] = [
    Deed::Objected,
    Deed::RestrictionAsked,
    Deed::Stated,
    Deed::ObjectionUpheld,
    Deed::ObjectionNotUpheld,
];

/// In their order, each citing the item too.
pub(super) fn lines(case: &Case<'_>, source: &Source) -> Vec<Line> {
    let taken = source.steps.iter().filter_map(|taken| {
        let (deed, said) = course::step(taken)?;
        DEEDS
            .contains(&deed)
            .then(|| line(case, source, taken, deed, said))
    });
    taken.collect()
}

fn line(case: &Case<'_>, source: &Source, taken: &StepTaken, deed: Deed, said: &StepSaid) -> Line {
    let statement = match said {
        StepSaid::Statement(statement) => statement.as_ref(),
        _ => None,
    };
    let person = statement.map_or("", |statement| statement.person.as_str());
    let words = statement.map_or("", |statement| statement.words.trim());
    let who = Some(person).filter(|person| !person.is_empty());
    let words = (!words.is_empty()).then(|| quoted(words));
    let parts = [
        Some(deed.label(case.setting.language).to_owned()),
        who.map(|person| case.named(source, person)),
        words,
    ];
    let said: Vec<String> = parts.into_iter().flatten().collect();
    let on = case.on(taken.ordered_at);
    let agency = case.agency(&taken.originator);
    let own = source.labels.iter().any(|label| label == person);
    Line::point(format!("{on}, {agency}: {}", said.join(": ")))
        .citing(source)
        .citing_step(taken)
        .marked(Mark::DontReadOut, own)
}
