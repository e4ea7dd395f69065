//! The meeting summary: what the reader may see about one person, for whoever's eyes it is made.

mod asked;
mod before;
mod course;
mod near;
mod times;

use std::collections::{BTreeMap, BTreeSet};

use diogel_contract::{refusal::Refusal, v1};
use diogel_domain::{
    codes::{FamilyHandling, Sector},
    content::ReferenceRole,
    ids::{AgencyId, EventId},
};
use diogel_summary::{Document, Rendering, Room, Setting, Source, summarise, summarise_for_chair};
use diogel_views::{
    Folded, Reader, Trace,
    read::{About, Member, Seen},
    rows::ItemState,
    spread,
    store::Store,
};

use crate::{
    document_form,
    reading::{broken, identifiers},
};
use asked::{Eyes, Request};
pub(crate) use asked::{attending, language};
use before::Before;

/// A summary, and what it rests on.
pub(crate) struct Made {
    pub(crate) text: String,
    pub(crate) document: Option<v1::Document>,
    pub(crate) originators: Vec<AgencyId>,
}

/// Makes the summary in the form that is asked for, and says whose events it rests on.
pub(crate) fn make<S: Store>(
    views: &Folded<S>,
    reader: &Reader,
    request: &v1::MeetingSummaryRequest,
) -> Result<(Made, Vec<Trace>), Refusal> {
    let form = document_form::of_summary(request.form)?;
    let identifiers = identifiers("identifiers", &request.identifiers)?;
    let mut asked = Request::read(reader, request)?;
    let about = views.about(reader, &identifiers, false).map_err(broken)?;
    asked.of_meeting(reader, &request.meeting, &about)?;
    let gathering = Gathering {
        views,
        reader,
        about: &about,
    };
    let (document, gathered) = document(&gathering, asked)?;
    let (text, document) = form.of(&document)?;
    let steps = gathered.sources.iter().flat_map(|s| &s.steps);
    let steps: Vec<AgencyId> = steps.map(|step| step.originator.clone()).collect();
    let originators = gathered.sources.into_iter().map(|s| s.originator);
    let originators = originators.chain(steps).collect();
    let made = Made {
        text,
        document,
        originators,
    };
    Ok((made, gathered.traces))
}

fn document<S: Store>(
    gathering: &Gathering<'_, S>,
    asked: Request,
) -> Result<(Document, Gathered), Refusal> {
    let attending = asked.attending.clone();
    let (names, members): (Vec<String>, Vec<Member>) = asked.family.iter().cloned().unzip();
    let before = match asked.eyes {
        Eyes::Chair => Before::Table(&[]),
        Eyes::Professionals => Before::Table(&attending),
        Eyes::Family => Before::Family(&attending, &members),
    };
    let rendering = match asked.eyes {
        Eyes::Chair => Rendering::Chair,
        Eyes::Professionals => Rendering::Professionals,
        Eyes::Family => Rendering::Family {
            whom: names.join(", ").into(),
        },
    };
    let gathered = gathering.gather(before)?;
    let reader = gathering.reader;
    let sources = &gathered.sources;
    let setting = Setting {
        reader: reader.agency().clone(),
        attending: asked.attending,
        others_present: asked.others_present,
        names: self::names(reader),
        made_at: reader.at(),
        policies: times::policies(reader, sources),
        meeting_on: times::meeting_on(reader, sources),
        last_meeting: times::last_meeting(sources),
        agencies: agencies(reader),
        purpose: asked.purpose,
        rendering,
        language: asked.language,
    };
    let document = match asked.eyes {
        Eyes::Chair => summarise_for_chair(&setting, sources, &gathering.room(&attending)?),
        Eyes::Professionals | Eyes::Family => summarise(&setting, sources),
    };
    Ok((document, gathered))
}

/// Gathers what several pages about one person are made of.
struct Gathering<'a, S> {
    views: &'a Folded<S>,
    reader: &'a Reader,
    about: &'a About,
}

/// What a page is made of, and what its reader is written down for.
struct Gathered {
    sources: Vec<Source>,
    traces: Vec<Trace>,
}

impl<S: Store> Gathering<'_, S> {
    fn room(&self, attending: &[AgencyId]) -> Result<Room, Refusal> {
        let each = attending.iter().map(|agency| {
            let alone = std::slice::from_ref(agency);
            let gathered = self.gather(Before::Table(alone))?;
            Ok((agency.clone(), gathered.sources))
        });
        Ok(Room {
            everybody: self.gather(Before::Table(attending))?.sources,
            each: each.collect::<Result<_, Refusal>>()?,
        })
    }

    fn gather(&self, before: Before<'_>) -> Result<Gathered, Refusal> {
        let Self {
            views,
            reader,
            about,
        } = self;
        // What is near is found by what the table may see: of the family's own page the numbers are gone.
        let table = self.sources(before.table(), about)?;
        let near = [
            near::alerts(views, reader, &table.sources)?,
            near::needs(views, reader, &table.sources)?,
        ];
        let mut gathered = match before {
            Before::Table(_) => table,
            Before::Family(..) => self.sources(before, about)?,
        };
        for near in &near {
            let near = self.sources(before, near)?;
            gathered.sources.extend(near.sources);
            gathered.traces.extend(near.traces);
        }
        Ok(gathered)
    }

    fn sources(&self, before: Before<'_>, about: &About) -> Result<Gathered, Refusal> {
        let references = about.items.iter().flat_map(|(s, _)| s.item.references());
        let changes = references.filter(|r| r.role == ReferenceRole::Changes);
        let outdated: BTreeSet<EventId> = changes.map(|r| r.event_id).collect();
        let each = spread::each(&about.items, |(seen, labels)| {
            self.source(before, seen, labels, &outdated)
        })?;
        let (sources, traces): (Vec<_>, Vec<_>) = each.into_iter().flatten().unzip();
        let traces = traces.into_iter().flatten().collect();
        Ok(Gathered { sources, traces })
    }

    fn source(
        &self,
        before: Before<'_>,
        seen: &Seen,
        labels: &[String],
        outdated: &BTreeSet<EventId>,
    ) -> Result<Option<(Source, Vec<Trace>)>, Refusal> {
        let Self { views, reader, .. } = self;
        let item = &seen.item;
        let stands = item.state.stands() || matches!(item.state, ItemState::Superseded(_));
        // A meeting to which nobody comes was cancelled.
        let attendance = item.header.attendance.as_ref();
        if !stands || attendance.is_some_and(|a| a.attending.is_empty()) {
            return Ok(None);
        }
        let Some(disclosed) = before.see(views, reader, seen)? else {
            return Ok(None);
        };
        let mut rests_on = Vec::new();
        for reference in item.references() {
            let visible = views.is_visible(reader, reference.event_id);
            if visible.map_err(broken)? {
                rests_on.push(reference.event_id);
            }
        }
        let (steps, of_steps) = course::steps(views, reader, seen, before)?;
        let traces = std::iter::once(seen.trace()).chain(of_steps).collect();
        let family = match before {
            Before::Table(_) => item.audience().map_or(FamilyHandling::No, |a| a.family),
            // To these members, or it wouldn't be here.
            Before::Family(..) => FamilyHandling::Yes,
        };
        let source = Source {
            event_id: item.event_id,
            originator: item.originator.clone(),
            ordered_at: item.ordered_at,
            superseded: matches!(item.state, ItemState::Superseded(_))
                || outdated.contains(&item.event_id),
            family,
            disclosed,
            labels: labels.to_vec(),
            rests_on,
            doubtful: seen.doubtful,
            groundless_since: course::groundless_since(views, reader, seen, before)?,
            steps,
        };
        Ok(Some((source, traces)))
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

pub(crate) fn names(reader: &Reader) -> BTreeMap<AgencyId, (String, String)> {
    let agencies = reader.registry().agencies().iter().map(|a| &a.facts);
    agencies
        .map(|a| (a.agency.clone(), (a.name.clone(), a.name_cy.clone())))
        .collect()
}
