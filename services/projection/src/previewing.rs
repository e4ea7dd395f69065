//! Preview on the wire: a draft in, what each recipient would read out. Judges a draft as intake will, and keeps nothing of it.

use diogel_contract::{
    read::{self, Publication, Publisher, ReferenceTo, Said},
    refusal::{Reason, Refusal, Violation},
    v1,
};
use diogel_domain::{
    content::{EventReference, Kind, ReferenceRole},
    ids::{AgencyId, EventId},
    rules::Setting,
};
use diogel_sharing::defaults::Defaults;
use diogel_views::{
    Folded, Reader, Seen,
    read::{Draft, Preview, Table},
    store::Store,
};

use crate::{accounting, answers, reading::broken, summary};

/// Previews what a request asks about.
pub(crate) fn preview<S: Store>(
    views: &Folded<S>,
    reader: &Reader,
    request: &v1::PreviewRequest,
    defaults: &Defaults,
) -> Result<v1::PreviewResponse, Refusal> {
    let (draft, changed) = draft(reader, request, defaults)?;
    let table = table(reader, request)?;
    let preview = views.preview(reader, draft, &table).map_err(broken)?;
    let preview = preview.ok_or_else(|| match changed {
        Some(_) => Refusal::new(Reason::NotFound),
        None => Refusal::field(
            "draft",
            "is shared with nobody, so that there is nothing to preview",
        ),
    })?;
    Ok(answer(preview, changed.is_none()))
}

/// The event that a draft changes the audience of, for the access log.
pub(crate) fn changed(request: &v1::PreviewRequest) -> Option<EventId> {
    let draft = request.draft.as_ref()?;
    let Some(v1::publish_request::Content::AudienceChanged(change)) = &draft.content else {
        return None;
    };
    match change.event.as_ref()?.event.as_ref()? {
        v1::reference::Event::EventId(id) => EventId::parse(id),
        v1::reference::Event::RequestKey(_) => None,
    }
}

fn draft(
    reader: &Reader,
    request: &v1::PreviewRequest,
    defaults: &Defaults,
) -> Result<(Draft, Option<EventId>), Refusal> {
    let given = request.draft.as_ref();
    let given =
        given.ok_or_else(|| Refusal::field("draft", "is required: what would be published"))?;
    let publication = publication(reader, given, defaults)?;
    let references = publication.references.iter();
    let references = references.filter_map(|reference| match reference.to {
        ReferenceTo::Event(event_id, hash) => Some(EventReference {
            event_id,
            hash,
            role: reference.role,
        }),
        ReferenceTo::RequestKey(_) => None,
    });
    let references: Vec<EventReference> = references.collect();
    let kind = publication.kind();
    if kind == Kind::AudienceChanged {
        let of = references.iter().find(|r| r.role == ReferenceRole::Shares);
        let (event, change) = of.zip(publication.change).ok_or_else(|| {
            let way_out =
                "isn't known here by its request key: name it by the `event_id` of its receipt";
            Refusal::field("draft.audience_changed.event", way_out)
        })?;
        return Ok((Draft::Change(event.event_id, change), Some(event.event_id)));
    }
    let header = Box::new(publication.header(references));
    match publication.said {
        Said::Sealed(content) => {
            let texts = publication.texts;
            let draft = Draft::New {
                kind,
                header,
                content,
                texts,
            };
            Ok((draft, None))
        }
        Said::Open(_) => Err(Refusal::field(
            "draft.content",
            "has no audience of its own: there is nothing to preview",
        )),
    }
}

fn publication(
    reader: &Reader,
    given: &v1::PublishRequest,
    defaults: &Defaults,
) -> Result<Publication, Refusal> {
    let registered = reader.registry().agencies().iter();
    let agencies: Vec<AgencyId> = registered.map(|a| a.facts.agency.clone()).collect();
    let agency = reader.agency();
    let own = reader.registry().agency(agency);
    let sector = own.map(|own| own.facts.sector);
    let sector = sector.ok_or_else(|| Refusal::new(Reason::NotPermitted))?;
    let of = Publisher {
        agency,
        sector,
        codes: None,
        defaults,
    };
    let publication = read::publication(given, of).map_err(refused)?;
    let setting = Setting {
        now: reader.now(),
        originator: agency,
        sector,
        agencies: &agencies,
        policy: reader.registry().policy(reader.now()),
    };
    match read::violations(&publication, setting) {
        found if found.is_empty() => Ok(publication),
        found => Err(refused(found)),
    }
}

/// Paths begin at the request.
fn refused(found: Vec<Violation>) -> Refusal {
    let within = found.into_iter().map(|violation| Violation {
        field: format!("draft.{}", violation.field),
        ..violation
    });
    Refusal::invalid(within.collect())
}

fn table(reader: &Reader, request: &v1::PreviewRequest) -> Result<Table, Refusal> {
    let attending = summary::attending(reader, &request.attending)?;
    let chair = match request.chair.as_str() {
        "" => reader.agency().clone(),
        given => {
            let known = AgencyId::new(given).ok();
            let known = known.filter(|a| reader.registry().agency(a).is_some());
            known.ok_or_else(|| {
                Refusal::field(
                    "chair",
                    "is no agency of this board; `diogel agencies` lists them",
                )
            })?
        }
    };
    Ok(Table { chair, attending })
}

fn answer(preview: Preview, is_new: bool) -> v1::PreviewResponse {
    let item = |seen: Option<Seen>| {
        let item = seen.as_ref().map(answers::item)?;
        Some(if is_new { unpublished(item) } else { item })
    };
    let recipients = preview.recipients.into_iter();
    let family = preview.family.into_iter();
    v1::PreviewResponse {
        recipients: recipients
            .map(|(line, seen)| v1::PreviewedRecipient {
                explained: Some(accounting::line(line)),
                seen: item(seen),
            })
            .collect(),
        and_any_others_entitled: true,
        chair: item(preview.chair),
        professionals: item(preview.professionals),
        family: family
            .map(|(person, seen)| v1::PreviewedFamily {
                person: person.unwrap_or_default(),
                seen: item(seen),
            })
            .collect(),
        could_be_told: preview
            .could_be_told
            .iter()
            .map(ToString::to_string)
            .collect(),
    }
}

/// It has no id, no hash and no times yet.
fn unpublished(item: v1::Item) -> v1::Item {
    v1::Item {
        event_id: String::new(),
        hash: String::new(),
        recorded_at: None,
        ordered_at: None,
        ..item
    }
}
