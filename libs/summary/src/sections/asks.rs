//! Questions to agencies. Signs in the network show as questions with their evidence, never as verdicts; they name agencies,
//! never workers, and are never read out (guidance, section 7; PRACTICE, sections 5 and 10).

use std::collections::BTreeSet;

use diogel_domain::ids::AgencyId;
use diogel_texts::{
    dates,
    summary::{NoEvent, QuietAgency},
};

use super::noted;
use crate::{
    Line, Mark, Source,
    case::{self, Case, Incident},
    texts::Phrase,
};

/// So many days without an event after a threat may be backing off.
const QUIET_DAYS: i32 = 60;

pub(super) fn lines(case: &Case<'_>) -> Vec<Line> {
    let reporters = case.heard();
    let quiet = reporters.iter().filter_map(|a| quiet(case, a));
    let silent = case.setting.attending.iter().collect::<BTreeSet<_>>();
    let silent = silent
        .into_iter()
        .filter(|a| !reporters.contains(*a) && **a != case.setting.reader)
        .map(|a| no_event(case, a));
    noted(case, Phrase::AsksNote, quiet.chain(silent).collect())
}

/// An agency that reported a threat and then nothing, while others went on reporting: "backing off" is a sign to ask about.
fn quiet(case: &Case<'_>, agency: &AgencyId) -> Option<Line> {
    let threat = case
        .incidents()
        .filter(|(s, report)| s.originator == *agency && case::is_threat(report))
        .max_by_key(|i| case::day(*i))?;
    let last = case.all().rev().find(|s| s.originator == *agency)?;
    let last_day = dates::day(last.ordered_at);
    if last_day.plus_days(QUIET_DAYS) > case.today() {
        return None;
    }
    let since = case
        .incidents()
        .rev()
        .find(|(s, _)| s.originator != *agency && dates::day(s.ordered_at) > last_day)?;
    Some(question(case, threat, last, since.0))
}

fn question(case: &Case<'_>, threat: Incident<'_>, last: &Source, since: &Source) -> Line {
    let text = case.fill(&QuietAgency {
        agency: case.agency(&last.originator),
        last: &case.on(last.ordered_at),
        threat: &case.when(threat),
        since: &case.on(since.ordered_at),
    });
    Line::point(text)
        .citing(threat.0)
        .citing(last)
        .citing(since)
        .marked(Mark::DontReadOut, true)
}

/// Somebody who comes to the meeting and from whom nothing is known.
fn no_event(case: &Case<'_>, agency: &AgencyId) -> Line {
    let text = case.fill(&NoEvent {
        agency: case.agency(agency),
    });
    Line::point(text).marked(Mark::DontReadOut, true)
}
