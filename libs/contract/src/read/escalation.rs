//! Escalations from the wire.

use diogel_domain::{
    codes::EscalationTopic,
    content::ReferenceRole,
    escalation::{Dispute, Escalation},
};

use super::Reading;
use crate::v1;

impl Reading<'_> {
    pub(super) fn escalation(&mut self, at: &str, given: &v1::Escalation) -> Escalation {
        self.references(
            &format!("{at}.concerns"),
            ReferenceRole::Concerns,
            &given.concerns,
        );
        let dispute = given.dispute.as_ref();
        self.stage = dispute.map_or(0, |d| u8::try_from(d.stage).unwrap_or(0));
        Escalation {
            people: self.people(at, &given.people),
            dispute: dispute.and_then(|d| self.dispute(&format!("{at}.dispute"), d)),
            reporter: given.reporter.as_ref().map(|r| r.who.clone()),
        }
    }

    fn dispute(&mut self, at: &str, given: &v1::Dispute) -> Option<Dispute> {
        let topic = self.required_code(
            &format!("{at}.topic"),
            given.topic,
            EscalationTopic::from_number,
        );
        let parties = given.parties.iter().take(13).enumerate();
        let parties: Vec<_> = parties
            .filter_map(|(i, party)| self.agency(&format!("{at}.parties[{i}]"), party))
            .collect();
        let position = given.interim_position.as_ref();
        let interim_position = position.map(|m| self.measure(&format!("{at}.interim_position"), m));
        let protect_by = self.moment(&format!("{at}.protect_by"), given.protect_by.as_ref());
        Some(Dispute {
            topic: topic?,
            stage: u8::try_from(given.stage).unwrap_or(0),
            urgent_reason: given.urgent_reason.clone(),
            parties,
            disagreement: given.disagreement.clone(),
            sought: given.sought.clone(),
            protect_by,
            interim_position,
        })
    }
}
