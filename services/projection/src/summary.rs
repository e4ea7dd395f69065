//! The meeting summary: what the reader may see about one person, narrowed to what everybody attending may see, as text.

mod course;
mod near;
mod times;

use std::collections::{BTreeMap, BTreeSet};

use diogel_contract::{refusal::Refusal, v1};
use diogel_domain::{
    codes::{FamilyHandling, Language, Purpose, Sector},
    content::ReferenceRole,
    ids::{AgencyId, EventId},
};
use diogel_summary::{Rendering, Setting, Source, summarise, to_text};
use diogel_views::{Folded, Reader, Trace, read::About, rows::ItemState, store::Store};

use crate::reading::{broken, identifiers};

/// Columns of the text.
const WIDTH: usize = 100;
/// Agencies that may attend.
const ATTENDING: usize = 24;

/// A summary, and what it rests on.
pub(crate) struct Made {
    pub(crate) text: String,
    pub(crate) originators: Vec<AgencyId>,
}

/// Makes the text, and says whose events it rests on.
pub(crate) fn make<S: Store>(
    views: &Folded<S>,
    reader: &Reader,
    request: &v1::MeetingSummaryRequest,
) -> Result<(Made, Vec<Trace>), Refusal> {
    let identifiers = identifiers("identifiers", &request.identifiers)?;
    let attending = attending(reader, &request.attending)?;
    let purpose = match request.purpose {
        0 => Purpose::MultiAgencyMeeting,
        number => Purpose::from_number(number)
            .ok_or_else(|| Refusal::field("purpose", "is no known code"))?,
    };
    let language = language(&request.language)?;
    let about = views.about(reader, &identifiers, false).map_err(broken)?;
    let (mut sources, mut traces) = sources(views, reader, &attending, about)?;
    for near in [
        near::alerts(views, reader, &sources)?,
        near::needs(views, reader, &sources)?,
    ] {
        let (near, of_near) = self::sources(views, reader, &attending, near)?;
        sources.extend(near);
        traces.extend(of_near);
    }
    let setting = Setting {
        reader: reader.agency().clone(),
        names: names(reader),
        made_at: reader.at(),
        attending,
        policies: times::policies(reader, &sources),
        meeting_on: times::meeting_on(reader, &sources),
        last_meeting: times::last_meeting(&sources),
        agencies: agencies(reader),
        purpose,
        rendering: Rendering::Chair,
        language,
    };
    let text = to_text(&summarise(&setting, &sources), WIDTH);
    let steps = sources.iter().flat_map(|s| &s.steps);
    let steps: Vec<AgencyId> = steps.map(|step| step.originator.clone()).collect();
    let originators = sources.into_iter().map(|s| s.originator);
    let originators = originators.chain(steps).collect();
    Ok((Made { text, originators }, traces))
}

fn sources<S: Store>(
    views: &Folded<S>,
    reader: &Reader,
    attending: &[AgencyId],
    about: About,
) -> Result<(Vec<Source>, Vec<Trace>), Refusal> {
    let (mut sources, mut traces) = (Vec::new(), Vec::new());
    let references = about.items.iter().flat_map(|(s, _)| s.item.references());
    let changes = references.filter(|r| r.role == ReferenceRole::Changes);
    let outdated: BTreeSet<EventId> = changes.map(|r| r.event_id).collect();
    for (seen, labels) in about.items {
        let stands =
            seen.item.state.stands() || matches!(seen.item.state, ItemState::Superseded(_));
        // A meeting to which nobody comes was cancelled.
        let attendance = seen.item.header.attendance.as_ref();
        let stands = stands && attendance.is_none_or(|a| !a.attending.is_empty());
        let disclosed = views
            .see_in_room(reader, &seen, attending)
            .map_err(broken)?;
        let Some(disclosed) = disclosed.filter(|_| stands) else {
            continue;
        };
        let mut rests_on = Vec::new();
        for reference in seen.item.references() {
            if views
                .see_event(reader, reference.event_id)
                .map_err(broken)?
                .is_some()
            {
                rests_on.push(reference.event_id);
            }
        }
        traces.push(seen.trace());
        let (steps, of_steps) = course::steps(views, reader, &seen, attending)?;
        traces.extend(of_steps);
        sources.push(Source {
            event_id: seen.item.event_id,
            originator: seen.item.originator.clone(),
            ordered_at: seen.item.ordered_at,
            superseded: matches!(seen.item.state, ItemState::Superseded(_))
                || outdated.contains(&seen.item.event_id),
            family: seen
                .item
                .audience()
                .map_or(FamilyHandling::No, |a| a.family),
            disclosed,
            labels,
            rests_on,
            doubtful: seen.doubtful,
            groundless_since: course::groundless_since(views, reader, &seen, attending)?,
            steps,
        });
    }
    Ok((sources, traces))
}

pub(crate) fn attending(reader: &Reader, given: &[String]) -> Result<Vec<AgencyId>, Refusal> {
    if given.len() > ATTENDING {
        return Err(Refusal::field("attending", "has more than 24 entries"));
    }
    let known = |(i, id): (usize, &String)| {
        let agency = AgencyId::new(id.as_str()).ok();
        let agency = agency.filter(|a| reader.registry().agency(a).is_some());
        agency
            .ok_or_else(|| Refusal::field(format!("attending[{i}]"), "is no agency of this board"))
    };
    given.iter().enumerate().map(known).collect()
}

fn language(given: &str) -> Result<Language, Refusal> {
    match given {
        "" | "en" => Ok(Language::English),
        "cy" => Ok(Language::Welsh),
        _ => Err(Refusal::field("language", "must be \"en\" or \"cy\"")),
    }
}

/// Agencies that work with people: the Board doesn't.
fn agencies(reader: &Reader) -> Vec<AgencyId> {
    let agencies = reader.registry().agencies().iter().map(|a| &a.facts);
    agencies
        .filter(|a| a.sector != Sector::Board)
        .map(|a| a.agency.clone())
        .collect()
}

fn names(reader: &Reader) -> BTreeMap<AgencyId, (String, String)> {
    let agencies = reader.registry().agencies().iter().map(|a| &a.facts);
    agencies
        .map(|a| (a.agency.clone(), (a.name.clone(), a.name_cy.clone())))
        .collect()
}
