//! Old reports that are looked at before, while and after a protocol changes: reports that stand as they were published, each with an
//! identifier of a person in it.

use std::collections::BTreeMap;

use bench::Outcome;
use diogel_domain::{
    codes::Purpose,
    content::{Content, Kind},
    ids::AgencyId,
    people::Identifier,
};
use diogel_sharing::{
    groups::{FieldGroup, Groups},
    permit::Disclosed,
};
use diogel_views::{FoldInput, Folded, Reader, Seen, rows::ItemState, store::Store};

use crate::{board::AGENCIES, keys::Chance, load::Load, telling::Telling};

/// One report.
#[derive(Debug, Clone)]
pub struct Sample {
    /// Its position.
    pub position: u64,
    /// Whose it is.
    pub originator: AgencyId,
    /// Somebody in it.
    pub identifier: Identifier,
}

/// A report with an identifier; none of anything else.
pub fn of(input: &FoldInput) -> Option<Sample> {
    let (kind, header) = input.known.as_ref()?;
    let purpose = header.audience.as_ref()?.purpose?;
    let reported = *kind == Kind::IncidentReported && purpose != Purpose::MultiAgencyMeeting;
    let diogel_views::ContentState::Open { content, .. } = &input.content else {
        return None;
    };
    let person = content.people().first()?.identity.as_ref()?;
    reported.then_some(Sample {
        position: input.position,
        originator: input.agency.clone(),
        identifier: person.identifiers.first()?.clone(),
    })
}

/// What an agency sees of each report that it sees at all: its groups, by position.
pub fn seen<S: Store>(
    views: &Folded<S>,
    samples: &[Sample],
    reader: &Reader,
) -> Outcome<BTreeMap<u64, Groups>> {
    let mut found = BTreeMap::new();
    for sample in samples {
        if let Some(seen) = views.see(reader, sample.position)? {
            found.insert(sample.position, seen.permit.groups());
        }
    }
    Ok(found)
}

/// Those that still stand as they were published, and will: what else happens to a report isn't what is measured.
pub fn standing<S: Store>(
    views: &Folded<S>,
    load: &Load,
    samples: Vec<Sample>,
) -> Outcome<Vec<Sample>> {
    let mut kept = Vec::new();
    for sample in samples {
        if sample.position > load.past() {
            continue;
        }
        let reader = views.reader(&sample.originator, load.telling.now());
        let reader = reader.ok_or("the originator reads")?;
        let seen = views.see(&reader, sample.position)?;
        let stands = |seen: &Seen| seen.item.state == ItemState::Current;
        kept.extend(seen.as_ref().is_some_and(stands).then_some(sample));
    }
    Ok(kept)
}

/// Whether nobody but a report's originator gets to know any more who its people are: not in the report, not by looking for them.
pub fn nobody_is_identified<S: Store>(
    views: &Folded<S>,
    telling: &Telling,
    samples: &[Sample],
) -> Outcome<u64> {
    let mut looked = 0;
    let mut chance = Chance(telling.position);
    for (id, _) in AGENCIES {
        let reader = views.reader(&AgencyId::new(id)?, telling.now());
        let reader = reader.ok_or("an agency of the board reads")?;
        for sample in samples.iter().filter(|s| s.originator.as_str() != id) {
            looked += 1;
            let seen = views.see(&reader, sample.position)?;
            if seen.as_ref().is_some_and(identifies) {
                return Err(format!("{id} is told who is in {}", sample.position).into());
            }
            if chance.below(100) > 0 {
                continue;
            }
            let about = views.about(&reader, std::slice::from_ref(&sample.identifier), false)?;
            if about
                .items
                .iter()
                .any(|(seen, _)| seen.position == sample.position)
            {
                return Err(format!("{id} finds {} by a person", sample.position).into());
            }
        }
    }
    Ok(looked)
}

fn identifies(seen: &Seen) -> bool {
    let content = seen.disclosed.as_ref().map(Disclosed::content);
    let people = content.map(Content::people).unwrap_or_default();
    seen.permit.groups().has(FieldGroup::Identity) || people.iter().any(|p| p.identity.is_some())
}

/// Whether what is disclosed of a report is its groups', no more and no less. Reports of the load name everybody and tell what
/// happened.
pub fn is_whole(seen: &Seen) -> bool {
    let groups = seen.permit.groups();
    let Some(disclosed) = &seen.disclosed else {
        // What was corrected has no content any more.
        return seen.item.state != ItemState::Current;
    };
    let content = disclosed.content();
    let Some(report) = content.incident() else {
        return disclosed.groups() == groups;
    };
    let has = |group| groups.has(group);
    let mut people = report.people.iter();
    disclosed.groups() == groups
        && people.all(|person| person.identity.is_some() == has(FieldGroup::Identity))
        && report.narrative.is_some() == has(FieldGroup::Narrative)
        && report.safety.is_some() == has(FieldGroup::Safety)
}
