//! Who is in the room: how much of the chair's page would return to the room's if an agency left, who sits there without holding
//! anything, and whether people are asked apart (PRACTICE, section 10, "Room" and "Family"). For the chair alone.

use diogel_domain::codes::{DirectedAt, PersonRole};
use diogel_texts::summary::{HoldsNoGroups, WouldReturnCount};

use crate::{
    Line, Mark, Section,
    case::{Case, content},
    document::written,
    room,
    texts::Phrase,
};

pub(super) fn lines(case: &Case<'_>, sections: &[Section]) -> Vec<Line> {
    let agencies = case.setting.attending.iter();
    let returning = agencies.filter_map(|agency| {
        let lines = sections.iter().flat_map(Section::every_line);
        // What several keep away returns by none of them leaving alone.
        let alone = |line: &&Line| matches!(&line.kept_from[..], [one] if one.agency == *agency);
        let count = lines.filter(alone).count();
        let letter = room::letter(case.setting, agency)?;
        let agency = &format!("{letter} {}", case.agency(agency));
        (count > 0).then(|| Line::point(case.fill(&WouldReturnCount { count, agency })))
    });
    let returning: Vec<Line> = returning.collect();
    let kept = sections.iter().flat_map(Section::every_line);
    let kept = kept.filter(|line| !line.kept_from.is_empty()).count();
    let note = (kept > 0).then(|| Line::note(case.say(Phrase::RoomNote)));
    note.into_iter()
        .chain(returning)
        .chain(others(case))
        .chain(apart(case))
        .collect()
}

/// Interpreters, advocates, supporters: nothing was shared with them, and the page isn't emptied.
fn others(case: &Case<'_>) -> Option<Line> {
    let others = case.setting.others_present.iter().map(|who| written(who));
    let who = others.filter(|who| !who.is_empty()).collect::<Vec<_>>();
    let who = &who.join(", ");
    (!who.is_empty()).then(|| Line::point(case.fill(&HoldsNoGroups { who })))
}

/// Where one of the family may be another's victim, they aren't asked before each other.
fn apart(case: &Case<'_>) -> Option<Line> {
    let violence = case.current().filter(|source| {
        let report = content(source).incident();
        let safety = report.and_then(|report| report.safety.as_ref());
        let at_partner =
            safety.is_some_and(|safety| safety.directed_at.contains(&DirectedAt::Partner));
        let mut people = content(source).people().iter();
        at_partner || people.any(|person| person.role == PersonRole::SuspectedVictim)
    });
    let violence: Vec<_> = violence.collect();
    (!violence.is_empty()).then(|| {
        Line::point(case.say(Phrase::AttendSeparately))
            .citing_all(violence)
            .marked(Mark::DontReadOut, true)
            .marked(Mark::ChairOnly, true)
    })
}
