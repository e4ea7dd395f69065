//! What agencies do.

use diogel_domain::{
    content::{Content, Open, ReferenceRole},
    disclosure::{AccessRequest, Decided, EmergencyDisclosure, SharingDecision},
    ids::EventId,
    involvement::InvolvementClaim,
    meeting::{Attendance, Meeting},
};
use diogel_sharing::{
    audience::Audience,
    change::Change,
    groups::{FieldGroup, Groups},
    header::Header,
};

use super::{
    Sort, Teller, agency, ids,
    items::{hazard, incident, one, people, replacement},
    others,
};
use crate::given::{content::escalation, to};

type Told = (EventId, Sort);

impl Teller {
    pub(super) fn act(&mut self, by: &'static str) -> Told {
        match self.dice.roll(38) {
            0..=11 => self.reports(by),
            12..=14 => self.takes_back(by),
            15..=16 => self.claims(by),
            17..=18 => self.answers_claim(by),
            19..=20 => self.meets(by),
            21..=23 => self.shares(by),
            24 => self.asks(by),
            25 => self.decides(by),
            26..=27 => self.acknowledges(by),
            28 => self.discloses(by),
            29..=33 => self.steps(by),
            34..=36 => self.notes(by),
            _ => (self.rule(by), Sort::Other),
        }
    }

    fn reports(&mut self, by: &str) -> Told {
        let audience = self.audience(by);
        let rests = (self.any(Some(Sort::Item)), ReferenceRole::RestsOn);
        let (references, content) = match self.dice.roll(8) {
            0..=3 => (vec![], incident(&mut self.dice)),
            4 | 5 => (vec![rests], hazard(&mut self.dice)),
            6 => {
                let before = self.own(by, Some(Sort::Item));
                let both = vec![rests, (before, ReferenceRole::Supersedes)];
                (both, hazard(&mut self.dice))
            }
            _ => {
                let people = people(&mut self.dice);
                let concerns = vec![(rests.0, ReferenceRole::Concerns)];
                (concerns, escalation(people))
            }
        };
        let event = self.story.publishes(by, audience, &references, content);
        self.withhold_by_name();
        (event, Sort::Item)
    }

    fn takes_back(&mut self, by: &str) -> Told {
        if self.dice.one_in(3) {
            let target = self.own(by, None);
            self.erased.push(target);
            return (self.story.erases(by, target), Sort::Other);
        }
        let replacement = replacement(&mut self.dice);
        let sort = replacement.as_ref().map(|_| Sort::Item);
        let target = self.own(by, sort);
        let audience = self.audience(by);
        let event = self.story.corrects(by, audience, target, replacement);
        self.withhold_by_name();
        (event, sort.unwrap_or(Sort::Other))
    }

    fn claims(&mut self, by: &str) -> Told {
        let claim = Content::Involvement(InvolvementClaim {
            people: vec![one(&mut self.dice, "p1")],
            grounds: None,
        });
        let audience = if self.dice.one_in(6) {
            self.audience(by)
        } else {
            practice()
        };
        let header = Header {
            audience: Some(audience),
            sensitive: self.dice.one_in(4),
            ..Header::default()
        };
        (self.story.seals(by, header, &[], claim), Sort::Claim)
    }

    fn answers_claim(&mut self, by: &str) -> Told {
        let open = match self.dice.roll(3) {
            0 => Open::InvolvementClosed,
            _ => Open::InvolvementConfirmed,
        };
        let claim = match open {
            Open::InvolvementClosed => self.own(by, Some(Sort::Claim)),
            _ => self.any(Some(Sort::Claim)),
        };
        let lead = self.dice.one_in(2);
        let by = if lead { "social-care" } else { by };
        let references = vec![(claim, ReferenceRole::Claim)];
        (self.story.says(by, open, &references), Sort::Other)
    }

    fn meets(&mut self, by: &str) -> Told {
        let changes = self
            .dice
            .one_in(2)
            .then(|| self.own(by, Some(Sort::Meeting)));
        let attending = if self.dice.one_in(4) {
            Vec::new()
        } else {
            self.dice.some(&others("charity"))
        };
        let header = Header {
            audience: Some(self.audience(by)),
            attendance: Some(Attendance {
                chair: agency(by),
                attending: ids(&attending),
            }),
            ..Header::default()
        };
        let meeting = Meeting {
            people: vec![one(&mut self.dice, "p1")],
            places: Vec::new(),
            held_at: Some(self.now()),
            occasion: String::new(),
        };
        let references = changes.map(|id| (id, ReferenceRole::Changes));
        let references: Vec<_> = references.into_iter().collect();
        let content = Content::Meeting(meeting, changes.is_some());
        let event = self.story.seals(by, header, &references, content);
        self.withhold_by_name();
        (event, Sort::Meeting)
    }

    fn shares(&mut self, by: &str) -> Told {
        let target = self.own(by, None);
        let change = self.change(by);
        let references = vec![(target, ReferenceRole::Shares)];
        (self.changes(by, change, &references), Sort::Other)
    }

    fn changes(
        &mut self,
        by: &str,
        change: Change,
        references: &[(EventId, ReferenceRole)],
    ) -> EventId {
        let header = Header {
            audience: Some(self.closely(by)),
            change: Some(change),
            ..Header::default()
        };
        let decision = decision(Decided::Changed);
        self.story.seals(by, header, references, decision)
    }

    fn discloses(&mut self, by: &str) -> Told {
        let header = Header {
            audience: Some(Audience {
                originator_only: true,
                grants: Vec::new(),
                ..to(&["health"])
            }),
            change: Some(self.disclosure(by)),
            ..Header::default()
        };
        let reason = "a threat to kill".to_owned();
        let content = Content::EmergencyDisclosure(EmergencyDisclosure { reason });
        let target = self.own(by, Some(Sort::Item));
        let references = vec![(target, ReferenceRole::Shares)];
        (
            self.story.seals(by, header, &references, content),
            Sort::Other,
        )
    }

    fn asks(&mut self, by: &str) -> Told {
        let header = Header {
            audience: Some(practice()),
            asked: Groups::NONE.with(FieldGroup::Narrative),
            ..Header::default()
        };
        let reason = "we assess her on Monday".to_owned();
        let asks = Content::AccessRequest(AccessRequest { reason });
        let about = self.any(None);
        let references = vec![(about, ReferenceRole::Requests)];
        (
            self.story.seals(by, header, &references, asks),
            Sort::Request,
        )
    }

    /// Mostly by whoever is asked, mostly about what is asked for.
    fn decides(&mut self, by: &'static str) -> Told {
        let request = self.any(Some(Sort::Request));
        let asked = self.asked_in(request);
        let asked = asked.filter(|_| !self.dice.one_in(5));
        let (by, target) = asked.unwrap_or_else(|| (by, self.own(by, None)));
        let references = [
            (target, ReferenceRole::Shares),
            (request, ReferenceRole::Answers),
        ];
        if self.dice.one_in(2) {
            let change = self.change(by);
            return (self.changes(by, change, &references), Sort::Other);
        }
        let header = Header {
            audience: Some(self.closely(by)),
            ..Header::default()
        };
        let declined = decision(Decided::NotShared);
        (
            self.story.seals(by, header, &references, declined),
            Sort::Other,
        )
    }

    fn asked_in(&self, request: EventId) -> Option<(&'static str, EventId)> {
        let input = self.story.inputs.iter().find(|i| i.event_id == request)?;
        let asked = input.known.as_ref()?.1.references.first()?.event_id;
        self.told.iter().find(|t| t.1 == asked).map(|t| (t.0, t.1))
    }

    fn acknowledges(&mut self, by: &str) -> Told {
        let target = self.any(None);
        let references = vec![(target, ReferenceRole::Acknowledges)];
        (
            self.story.says(by, Open::Acknowledged, &references),
            Sort::Other,
        )
    }

    /// What is said about sharing is mostly the originator's own affair.
    fn closely(&mut self, by: &str) -> Audience {
        if self.dice.one_in(4) {
            self.audience(by)
        } else {
            Audience::originator_only()
        }
    }
}

/// Nobody is named: those concerned are told by practice.
fn practice() -> Audience {
    Audience {
        grants: Vec::new(),
        ..to(&["health"])
    }
}

fn decision(decided: Decided) -> Content {
    Content::SharingDecision(SharingDecision {
        decided,
        reason: "so decided".to_owned(),
    })
}
