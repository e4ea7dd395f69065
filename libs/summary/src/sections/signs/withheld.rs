//! Signs that a service isn't given: after an incident, what an agency was to do under the plan stays undone long past its date, or the
//! agency itself doesn't make its contacts (guidance, section 7: "withholding services that might reduce the risk").

use std::collections::BTreeMap;

use diogel_domain::{codes::ContactOutcome, content::Content, ids::AgencyId, times::Day};
use diogel_texts::{
    dates,
    summary::{SignContactWithheld, SignServiceWithheld},
};

use crate::{
    Line, Source,
    case::{self, Case, Incident, content},
    document::written,
    sections::plan,
};

/// So many days past its date, a measure of which nobody says anything may be withheld.
const LATE_DAYS: i32 = 30;
/// Fewer contacts in a row that the agency didn't make are no pattern.
const NOT_MADE: usize = 2;

pub(super) fn lines(case: &Case<'_>, hostile: &[Incident<'_>]) -> Vec<Line> {
    measures(case, hostile)
        .into_iter()
        .chain(contacts(case, hostile))
        .collect()
}

/// The last incident before a day.
fn before<'a>(hostile: &[Incident<'a>], day: Day) -> Option<Incident<'a>> {
    let earlier = hostile.iter().filter(|i| case::day(**i) <= day);
    earlier.copied().max_by_key(|i| case::day(*i))
}

/// What its owner, or another, says wasn't done shows at once; silence only after some weeks.
fn measures(case: &Case<'_>, hostile: &[Incident<'_>]) -> Vec<Line> {
    let undone = plan::undone(case).into_iter();
    let late = undone.filter(|undone| {
        undone.said.is_some() || undone.due_on.plus_days(LATE_DAYS) < case.today()
    });
    let lines = late.filter_map(|undone| {
        let agency = case.agency(undone.measure.owner.as_ref()?);
        let (incident, _) = before(hostile, undone.due_on)?;
        let text = case.fill(&SignServiceWithheld {
            agency,
            since: &case.date(undone.due_on),
            service: &written(&undone.measure.what),
        });
        let line = Line::point(text).citing(undone.source);
        Some(line.citing_steps(undone.said).citing(incident))
    });
    lines.collect()
}

/// The contacts that an agency says it didn't make itself, since the last that it made.
fn contacts(case: &Case<'_>, hostile: &[Incident<'_>]) -> Vec<Line> {
    let mut not_made: BTreeMap<&AgencyId, Vec<(Day, &Source)>> = BTreeMap::new();
    let mut notes: Vec<(Day, &Source, ContactOutcome)> = case.current().filter_map(note).collect();
    notes.sort_by_key(|(day, source, _)| (*day, source.event_id));
    for (day, source, outcome) in notes {
        let since = not_made.entry(&source.originator).or_default();
        if outcome == ContactOutcome::NotMade {
            since.push((day, source));
        } else {
            since.clear();
        }
    }
    let lines = not_made.into_iter().filter_map(|(agency, since)| {
        let (first, last) = (since.first()?.0, since.last()?.0);
        let (incident, _) = before(hostile, first)?;
        let text = case.fill(&SignContactWithheld {
            agency: case.agency(agency),
            count: since.len(),
            span: &dates::interval(first, last, case.setting.language),
        });
        let notes = since.iter().map(|(_, source)| *source);
        let line = Line::point(text).citing_all(notes).citing(incident);
        (since.len() >= NOT_MADE).then_some(line)
    });
    lines.collect()
}

fn note(source: &Source) -> Option<(Day, &Source, ContactOutcome)> {
    let Content::Contact(note) = content(source) else {
        return None;
    };
    let contact = note.contact.as_ref()?;
    Some((dates::day(contact.occurred.from), source, contact.outcome))
}
