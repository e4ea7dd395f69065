//! Signs in who has contact: an agency's contact that stopped after an incident, one agency with nearly all of it, hostility that one
//! meets and another doesn't.

use std::collections::{BTreeMap, BTreeSet};

use diogel_domain::{codes::ContactOutcome, content::Content, ids::AgencyId, times::Day};
use diogel_texts::{
    dates,
    summary::{SignBackingOff, SignNearlyAllContact, SignSplitting},
};

use crate::{
    Line, Source,
    case::{self, Case, Incident, content},
};

/// So many days without contact after an incident may be backing off.
const QUIET_DAYS: i32 = 30;
/// Fewer contacts of one agency than these make no pattern.
const LEAST: usize = 2;
/// Fewer contacts of all than these make no share.
const CONTACTS: usize = 5;

/// The contacts that an agency made, oldest first.
type Contacts<'a> = BTreeMap<&'a AgencyId, Vec<(Day, &'a Source)>>;

pub(super) fn lines(case: &Case<'_>, hostile: &[Incident<'_>]) -> Vec<Line> {
    let contacts = contacts(case);
    let backing = contacts
        .iter()
        .filter_map(|(agency, made)| backing_off(case, agency, made, hostile));
    let recent = recent(case, &contacts);
    backing
        .chain(nearly_all(case, &recent))
        .chain(splitting(case, &recent, hostile))
        .collect()
}

/// What the agency itself didn't make is none.
fn contacts<'a>(case: &Case<'a>) -> Contacts<'a> {
    let mut contacts = Contacts::new();
    for source in case.current() {
        let Content::Contact(note) = content(source) else {
            continue;
        };
        if let Some(contact) = &note.contact
            && contact.outcome != ContactOutcome::NotMade
        {
            let day = dates::day(contact.occurred.from);
            let made = contacts.entry(&source.originator).or_default();
            made.push((day, source));
        }
    }
    for made in contacts.values_mut() {
        made.sort_by_key(|(day, source)| (*day, source.event_id));
    }
    contacts
}

fn recent<'a>(case: &Case<'_>, contacts: &Contacts<'a>) -> Contacts<'a> {
    let recent = |(day, _): &(Day, &Source)| day.plus_months(super::RECENT_MONTHS) > case.today();
    let kept = contacts.iter().map(|(agency, made)| {
        let made = made.iter().copied().filter(recent).collect();
        (*agency, made)
    });
    kept.collect()
}

fn backing_off(
    case: &Case<'_>,
    agency: &AgencyId,
    made: &[(Day, &Source)],
    hostile: &[Incident<'_>],
) -> Option<Line> {
    let (last, contact) = *made.last()?;
    let own = hostile.iter().filter(|(s, _)| s.originator == *agency);
    let incident = own
        .filter(|i| case::day(**i) >= last)
        .min_by_key(|i| case::day(**i))?;
    let quiet = case::day(*incident).plus_days(QUIET_DAYS) < case.today();
    let text = case.fill(&SignBackingOff {
        agency: case.agency(agency),
        last: &case.date(last),
        incident: &case.when(*incident),
    });
    let line = Line::point(text).citing(contact).citing(incident.0);
    (quiet && made.len() >= LEAST).then_some(line)
}

/// Four of five, while others are known.
fn nearly_all(case: &Case<'_>, recent: &Contacts<'_>) -> Option<Line> {
    let total = recent.values().map(Vec::len).sum();
    let (agency, made) = recent.iter().max_by_key(|(_, made)| made.len())?;
    let text = case.fill(&SignNearlyAllContact {
        agency: case.agency(agency),
        count: made.len(),
        total,
    });
    let nearly = total >= CONTACTS && 5 * made.len() >= 4 * total && case.heard().len() > 1;
    nearly.then(|| Line::point(text).citing_all(made.iter().map(|(_, source)| *source)))
}

fn splitting(case: &Case<'_>, recent: &Contacts<'_>, hostile: &[Incident<'_>]) -> Option<Line> {
    let reporting: BTreeSet<&AgencyId> = hostile.iter().map(|(s, _)| &s.originator).collect();
    let others: Vec<(&AgencyId, &Vec<(Day, &Source)>)> = recent
        .iter()
        .filter(|(agency, made)| made.len() >= LEAST && !reporting.contains(*agency))
        .map(|(agency, made)| (*agency, made))
        .collect();
    if reporting.is_empty() || others.is_empty() {
        return None;
    }
    let names = |agencies: Vec<&AgencyId>| {
        let names = agencies.into_iter().map(|agency| case.agency(agency));
        names.collect::<Vec<_>>().join(", ")
    };
    let text = case.fill(&SignSplitting {
        reporting: &names(reporting.into_iter().collect()),
        others: &names(others.iter().map(|(agency, _)| *agency).collect()),
    });
    let made = others.iter().flat_map(|(_, made)| made.iter());
    let line = Line::point(text).citing_all(hostile.iter().map(|(source, _)| *source));
    Some(line.citing_all(made.map(|(_, source)| *source)))
}
