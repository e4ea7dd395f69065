//! Deeds that concern sharing, each in one line of a story.

use diogel_domain::{
    codes::{Deed, Lifecycle},
    content::{Content, Open, ReferenceRole},
    disclosure::{AccessRequest, Decided, SharingDecision},
    ids::EventId,
    involvement::InvolvementClaim,
    meeting::{Attendance, Meeting},
    step::{
        AlertStep, ChangeStep, EscalationStep, IncidentStep, InformationStep, MeetingRecord,
        PlanStep, Statement, Step, StepHead, StepSaid,
    },
};
use diogel_sharing::{
    audience::{Audience, Grant, Recipient},
    change::{Change, Narrowing},
    groups::{FieldGroup, Groups},
    header::Header,
};

use super::{
    Story, agency,
    content::{alert_about, danger, incident, person},
    to,
};

/// To one recipient, everything but what is protected.
pub fn granted(recipient: Recipient) -> Audience {
    Audience {
        grants: vec![Grant {
            to: recipient,
            groups: None,
        }],
        ..to(&["health"])
    }
}

/// Nobody is named: those concerned are told by practice.
pub fn by_practice() -> Audience {
    Audience {
        grants: Vec::new(),
        ..to(&["health"])
    }
}

pub fn narrow(from: &[&str]) -> Change {
    Change::Narrow(Narrowing {
        from: from.iter().map(|id| agency(id)).collect(),
        groups: Groups::ALL,
    })
}

pub fn widen(recipient: Recipient) -> Change {
    Change::Widen(granted(recipient).grants)
}

impl Story {
    /// An incident of T-1's.
    pub fn reports(&mut self, by: &str, audience: Audience) -> EventId {
        self.publishes(by, audience, &[], incident(vec![person("p1", &["T-1"])]))
    }

    /// Danger at once from T-1.
    pub fn warns(&mut self, by: &str, audience: Audience) -> EventId {
        let content = danger(vec![person("p1", &["T-1"])], Vec::new());
        self.publishes(by, audience, &[], content)
    }

    /// An alert about T-1 that rests on an incident.
    pub fn alerts(&mut self, by: &str, audience: Audience, on: EventId) -> EventId {
        let alert = Content::HazardAlert(alert_about(vec![person("p1", &["T-1"])]));
        self.publishes(by, audience, &[(on, ReferenceRole::RestsOn)], alert)
    }

    /// A step, shared as what it is taken on; with an audience, as that says.
    pub fn steps(
        &mut self,
        by: &str,
        on: EventId,
        deed: Deed,
        audience: Option<Audience>,
    ) -> EventId {
        let said = match deed.lifecycle() {
            Lifecycle::Alert => StepSaid::Alert(AlertStep {
                decided_by: "Manager".to_owned(),
                words: "so decided".to_owned(),
                ..AlertStep::default()
            }),
            Lifecycle::Incident => StepSaid::Incident(IncidentStep::default()),
            Lifecycle::Escalation => StepSaid::Escalation(Some(EscalationStep {
                words: "so written".to_owned(),
                ..EscalationStep::default()
            })),
            Lifecycle::Plan => StepSaid::Plan(Some(PlanStep::default())),
            Lifecycle::Change => StepSaid::Change(Some(ChangeStep::default())),
            Lifecycle::Meeting => StepSaid::Meeting(MeetingRecord::default()),
            Lifecycle::Information => StepSaid::Information(Some(InformationStep::default())),
            Lifecycle::Statement => StepSaid::Statement(Some(Statement::default())),
        };
        self.steps_saying(by, on, deed, audience, said)
    }

    pub fn steps_saying(
        &mut self,
        by: &str,
        on: EventId,
        deed: Deed,
        audience: Option<Audience>,
        said: StepSaid,
    ) -> EventId {
        let stage = match &said {
            StepSaid::Escalation(Some(said)) => said.stage,
            _ => 0,
        };
        let header = Header {
            audience,
            step: Some(StepHead {
                deed,
                urgent: false,
                panel: Vec::new(),
            }),
            stage,
            ..Header::default()
        };
        let step = Content::Step(Step {
            deed: Some(deed),
            said,
        });
        let event = self.seals(by, header, &[(on, ReferenceRole::StepOf)], step);
        self.with_hash(event, on)
    }

    pub fn claims(&mut self, by: &str, references: &[&str], sensitive: bool) -> EventId {
        let people = vec![person("p1", references)];
        let header = Header {
            audience: Some(by_practice()),
            sensitive,
            ..Header::default()
        };
        let claim = InvolvementClaim {
            people,
            grounds: None,
        };
        self.seals(by, header, &[], Content::Involvement(claim))
    }

    pub fn confirms(&mut self, by: &str, claim: EventId) -> EventId {
        let references = [(claim, ReferenceRole::Claim)];
        let event = self.says(by, Open::InvolvementConfirmed, &references);
        self.with_hash(event, claim)
    }

    pub fn closes(&mut self, by: &str, claim: EventId) -> EventId {
        let references = [(claim, ReferenceRole::Claim)];
        let event = self.says(by, Open::InvolvementClosed, &references);
        self.with_hash(event, claim)
    }

    pub fn acknowledges(&mut self, by: &str, event: EventId) -> EventId {
        let references = [(event, ReferenceRole::Acknowledges)];
        let said = self.says(by, Open::Acknowledged, &references);
        self.with_hash(said, event)
    }

    /// The last event names what it refers to by its hash too: whoever tells it was told of that.
    pub fn with_hash(&mut self, event: EventId, of: EventId) -> EventId {
        let hash = self.inputs.iter().find(|i| i.event_id == of);
        let hash = hash.map(|input| input.hash);
        let (_, header) = self.last().known.as_mut().unwrap();
        let mut references = header.references.iter_mut();
        references.find(|r| r.event_id == of).unwrap().hash = hash;
        event
    }

    pub fn meets(&mut self, by: &str, attending: &[&str], changes: Option<EventId>) -> EventId {
        let meeting = Meeting {
            people: vec![person("p1", &["T-1"])],
            places: Vec::new(),
            held_at: Some(self.now),
            occasion: String::new(),
        };
        let header = Header {
            audience: Some(to(&["police"])),
            attendance: Some(Attendance {
                chair: agency(by),
                attending: attending.iter().map(|id| agency(id)).collect(),
            }),
            ..Header::default()
        };
        let references = changes.map(|id| (id, ReferenceRole::Changes));
        let references: Vec<_> = references.into_iter().collect();
        let content = Content::Meeting(meeting, changes.is_some());
        self.seals(by, header, &references, content)
    }

    /// Changes who sees `target`, answering a request if there is one.
    pub fn shares(
        &mut self,
        by: &str,
        target: EventId,
        change: Change,
        answers: Option<EventId>,
    ) -> EventId {
        let header = Header {
            audience: Some(Audience::originator_only()),
            change: Some(change),
            ..Header::default()
        };
        let mut references = vec![(target, ReferenceRole::Shares)];
        references.extend(answers.map(|request| (request, ReferenceRole::Answers)));
        self.seals(by, header, &references, decision(Decided::Changed))
    }

    pub fn declines(&mut self, by: &str, request: EventId) -> EventId {
        let audience = Audience::originator_only();
        let references = [(request, ReferenceRole::Answers)];
        self.publishes(by, audience, &references, decision(Decided::NotShared))
    }

    pub fn asks_for(&mut self, by: &str, event: EventId) -> EventId {
        let header = Header {
            audience: Some(by_practice()),
            asked: Groups::NONE.with(FieldGroup::Narrative),
            ..Header::default()
        };
        let reason = "we assess her on Monday".to_owned();
        let content = Content::AccessRequest(AccessRequest { reason });
        self.seals(by, header, &[(event, ReferenceRole::Requests)], content)
    }
}

fn decision(decided: Decided) -> Content {
    Content::SharingDecision(SharingDecision {
        decided,
        reason: "so decided".to_owned(),
    })
}
