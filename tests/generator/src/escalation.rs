//! Escalations (CRISP): to their parties alone.

use diogel_contract::v1;
use diogel_domain::codes::{EscalationTopic, Purpose};

use crate::{alert::reference, draft::Draft, texts};

const TOPICS: [EscalationTopic; 8] = [
    EscalationTopic::Threshold,
    EscalationTopic::Assessment,
    EscalationTopic::Roles,
    EscalationTopic::DriftInPlan,
    EscalationTopic::Provision,
    EscalationTopic::InformationSharing,
    EscalationTopic::StepUpDownOrClosure,
    EscalationTopic::NoEffectivePlan,
];

impl Draft<'_> {
    /// An escalation with its audience; none where there is nobody to disagree with.
    pub(crate) fn escalation(
        &mut self,
        concerns: Option<String>,
    ) -> Option<(v1::Escalation, v1::Audience)> {
        let count = self.random.pick(&[1, 1, 2]);
        let others = self.others();
        let others = self.random.some_of(&others, count);
        if others.is_empty() {
            return None;
        }
        let own = self.agency.id.as_str();
        let parties = std::iter::once(own).chain(others.iter().copied());
        let parties = parties.map(str::to_owned).collect();
        let audience = self.audience_of(Purpose::DisputeResolution, &others);
        let escalation = v1::Escalation {
            people: vec![self.child("p1")],
            dispute: Some(self.dispute(parties)),
            reporter: Some(v1::Reporter {
                who: self.random.pick(&texts::MANAGERS).into(),
            }),
            concerns: concerns.into_iter().map(reference).collect(),
        };
        Some((escalation, audience))
    }

    fn dispute(&mut self, parties: Vec<String>) -> v1::Dispute {
        let imminent = self.random.once_in(6);
        let urgent_reason = if imminent {
            "The order ends on Friday, and nothing takes its place."
        } else {
            ""
        };
        v1::Dispute {
            topic: self.random.pick(&TOPICS).number(),
            stage: if imminent { 2 } else { 1 },
            urgent_reason: urgent_reason.into(),
            parties,
            disagreement: texts::some(self.random, &texts::DIFFERENCES, 2),
            sought: texts::some(self.random, &texts::SOUGHT, 1),
            interim_position: Some(v1::Measure {
                what: self.random.pick(&texts::MEASURES).into(),
                owner: self.agency.id.clone(),
                due_on: self.ahead(1, 5),
            }),
            ..v1::Dispute::default()
        }
    }
}
