//! Previews: of publications that name everybody there is, and of changes of the reader's own events.

use diogel_domain::{
    codes::{InvolvedWhen, Sector},
    content::{Content, EventReference, Kind, ReferenceRole},
    disclosure::AccessRequest,
    ids::EventId,
};
use diogel_sharing::{
    audience::{Audience, AudienceTexts, Grant, Recipient},
    change::Change,
    header::Header,
};
use diogel_views::{
    Seen,
    read::{Draft, Preview, Table},
    store::Store,
};

use super::Asks;
use crate::given::{
    content::{incident, person},
    deeds::{by_practice, narrow, widen},
    random::REFERENCES,
    to,
};

impl<S: Store> Asks<'_, S> {
    pub(super) fn drafts(&mut self) {
        let (first, last) = (self.questions.events.first(), self.questions.events.last());
        let meetings: Vec<EventId> = self.questions.events.iter().step_by(3).copied().collect();
        let audience = to_everybody(&meetings);
        for reference in REFERENCES.iter().step_by(3) {
            let content = incident(vec![person("p1", &[reference])]);
            let draft = new(Kind::IncidentReported, audience.clone(), None, content);
            self.preview(&format!("incident of {reference}"), draft);
        }
        let events: Vec<EventId> = first
            .into_iter()
            .chain(self.questions.events.iter().step_by(9))
            .chain(last)
            .copied()
            .collect();
        for event in events {
            let reason = String::new();
            let content = Content::AccessRequest(AccessRequest { reason });
            let about = Some((event, ReferenceRole::Requests));
            let draft = new(Kind::AccessRequested, by_practice(), about, content);
            self.preview(&format!("asks for {event}"), draft);
        }
        self.changes(&meetings);
    }

    /// Of its own events; of others' there is none.
    fn changes(&mut self, meetings: &[EventId]) {
        let own = self.questions.own.iter().rev().take(2);
        let others = self.questions.events.iter().rev().step_by(16);
        let meeting = meetings.last().map(|id| Recipient::Meeting(*id));
        let widened = [
            Recipient::Involved(InvolvedWhen::WhileInvolved),
            meeting.unwrap_or(Recipient::Sector(Sector::Health)),
        ];
        for event in own.chain(others) {
            for to in &widened {
                let draft = Draft::Change(*event, widen(to.clone()));
                self.preview(&format!("{event} to {to:?}"), draft);
            }
            for change in [narrow(&["health"]), Change::Withdraw] {
                let name = format!("{event} {change:?}");
                self.preview(&name, Draft::Change(*event, change));
            }
        }
    }

    fn preview(&mut self, of: &str, draft: Draft) {
        let table = Table {
            chair: self.questions.reader.clone(),
            attending: vec![crate::given::agency("health")],
        };
        let preview = self.views.preview(&self.reader, draft, &table).unwrap();
        let said = preview.map(|preview| said(&preview));
        self.says(format_args!("preview {of} {said:?}"));
    }
}

/// By name, by sector, by involvement, and whoever attends any of these meetings.
fn to_everybody(meetings: &[EventId]) -> Audience {
    let by_name = to(&["police"]);
    let more = [
        Recipient::Sector(Sector::Health),
        Recipient::Involved(InvolvedWhen::WhileInvolved),
        Recipient::Involved(InvolvedWhen::AtPublication),
    ];
    let meetings = meetings.iter().map(|meeting| Recipient::Meeting(*meeting));
    let more = more.into_iter().chain(meetings);
    let mut audience = by_name;
    audience
        .grants
        .extend(more.map(|to| Grant { to, groups: None }));
    audience
}

fn new(
    kind: Kind,
    audience: Audience,
    about: Option<(EventId, ReferenceRole)>,
    content: Content,
) -> Draft {
    let references = about.map(|(event_id, role)| EventReference {
        event_id,
        hash: None,
        role,
    });
    Draft::New {
        kind,
        header: Box::new(Header {
            audience: Some(audience),
            references: references.into_iter().collect(),
            ..Header::default()
        }),
        content: Box::new(content),
        texts: AudienceTexts::default(),
    }
}

/// All of it but ties, which name claims by their positions; what they do stands in the lines.
fn said(preview: &Preview) -> String {
    let read = |seen: &Option<Seen>| {
        let seen = seen.as_ref();
        let read = seen.map(|seen| (seen.permit.groups(), seen.disclosed.clone()));
        format!("{read:?}")
    };
    let recipients = preview.recipients.iter();
    let recipients: Vec<String> = recipients
        .map(|(line, seen)| format!("{line:?} {}", read(seen)))
        .collect();
    let family: Vec<String> = preview
        .family
        .iter()
        .map(|(label, seen)| format!("{label:?} {}", read(seen)))
        .collect();
    let (chair, all) = (read(&preview.chair), read(&preview.professionals));
    let could = &preview.could_be_told;
    format!("{recipients:?} chair {chair} all {all} family {family:?} could {could:?}")
}
