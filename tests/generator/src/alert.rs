//! Hazard alerts, each resting on an incident that the same agency published before.

use diogel_contract::v1::{self, alert_target::Target};
use diogel_domain::codes::{
    AlertStatus, Certainty, PersonRole, PrecautionCode, Severity, ThreatForm, Urgency,
};

use crate::{
    draft::Draft,
    incident::precaution,
    people::{self, Member},
    texts,
};

impl Draft<'_> {
    /// An alert about an adult, the home, the household or an animal of the family.
    pub(crate) fn hazard_alert(&mut self, rests_on: String) -> v1::HazardAlert {
        let people = vec![
            self.person("p1", Member::Parent, PersonRole::WhoseBehaviour),
            self.person("p2", Member::Partner, PersonRole::HouseholdMember),
        ];
        let target = self.target();
        let animal = matches!(target, Target::Animal(_));
        v1::HazardAlert {
            people,
            places: vec![people::home(self.family)],
            target: Some(v1::AlertTarget {
                target: Some(target),
            }),
            safety: Some(self.alert_safety(animal)),
            narrative: Some(v1::AlertNarrative {
                grounds: texts::some(self.random, &texts::SEEN, 3),
                what_has_worked: texts::some(self.random, &texts::WORKED, 1),
            }),
            rests_on: vec![reference(rests_on)],
            status: AlertStatus::Actual.number(),
            ..v1::HazardAlert::default()
        }
    }

    fn target(&mut self) -> Target {
        match self.random.below(10) {
            0..=5 => Target::Person("p1".into()),
            6 | 7 => Target::Premises("l1".into()),
            8 => Target::Household(v1::Household {
                place: "l1".into(),
                members: vec!["p1".into(), "p2".into()],
            }),
            _ => Target::Animal(v1::Animal {
                description: "Dog, large, brindle, loose in the yard".into(),
                place: "l1".into(),
                keeper: "p1".into(),
            }),
        }
    }

    fn alert_safety(&mut self, animal: bool) -> v1::AlertSafety {
        let (threat, first) = if animal {
            (
                ThreatForm::Animal,
                precaution(PrecautionCode::AnimalSecuredFirst, ""),
            )
        } else {
            let threats = [
                ThreatForm::Assault,
                ThreatForm::ThreatToKill,
                ThreatForm::Throwing,
            ];
            (
                self.random.pick(&threats),
                precaution(PrecautionCode::VisitInPairs, ""),
            )
        };
        let second = precaution(PrecautionCode::PhoneFirst, "");
        let decided = !self.random.once_in(5);
        let severities = [Severity::Moderate, Severity::Severe];
        let certainties = [Certainty::Likely, Certainty::Observed];
        v1::AlertSafety {
            threats: vec![threat.number()],
            precautions: vec![first, second],
            severity: self.random.pick(&severities).number(),
            urgency: self
                .random
                .pick(&[Urgency::Soon, Urgency::Immediate])
                .number(),
            certainty: self.random.pick(&certainties).number(),
            review_on: self.ahead(90, 182),
            decision: decided.then(|| self.decision()),
            told: Some(v1::PersonTold {
                reason: "To be told at the next planned meeting, by the team manager.".into(),
                ..v1::PersonTold::default()
            }),
            ..v1::AlertSafety::default()
        }
    }

    fn decision(&mut self) -> v1::AlertDecision {
        v1::AlertDecision {
            decided_by: self.random.pick(&texts::MANAGERS).into(),
            proposed_by: texts::worker(self.agency.sector).into(),
            decided_at: Some(self.ago(1, 240)),
            senior: self.random.once_in(3),
        }
    }
}

/// A reference to an earlier event of the same agency.
pub(crate) fn reference(request_key: String) -> v1::Reference {
    v1::Reference {
        event: Some(v1::reference::Event::RequestKey(request_key)),
        ..v1::Reference::default()
    }
}
