//! Hazard alerts from the wire.

use diogel_domain::{
    alert::{AlertDecision, AlertNarrative, AlertSafety, AlertTarget, HazardAlert, PersonTold},
    codes::{AlertStatus, Certainty, Severity, ThreatForm, Urgency},
    content::ReferenceRole,
    times::Moment,
};

use super::{Reading, incident::joined};
use crate::v1;

impl Reading<'_> {
    pub(super) fn alert(&mut self, at: &str, given: &v1::HazardAlert) -> Option<HazardAlert> {
        self.references(
            &format!("{at}.rests_on"),
            ReferenceRole::RestsOn,
            &given.rests_on,
        );
        if given.supersedes.is_some() {
            let field = format!("{at}.supersedes");
            self.reference(&field, ReferenceRole::Supersedes, given.supersedes.as_ref());
        }
        let status = self.required_code(
            &format!("{at}.status"),
            given.status,
            AlertStatus::from_number,
        );
        let people = self.people(at, &given.people);
        let places = self.places(at, &given.places);
        let safety = self.alert_safety(at, given);
        Some(HazardAlert {
            people,
            places,
            status: status?,
            safety,
            narrative: given.narrative.as_ref().map(|n| AlertNarrative {
                grounds: n.grounds.clone(),
                what_has_worked: n.what_has_worked.clone(),
            }),
            reporter: given.reporter.as_ref().map(|r| r.who.clone()),
        })
    }

    fn alert_safety(&mut self, at: &str, alert: &v1::HazardAlert) -> Option<AlertSafety> {
        let given = alert.safety.as_ref()?;
        let target = self.target(&format!("{at}.target"), alert.target.as_ref());
        let field = |name: &str| format!("{at}.safety.{name}");
        let threats = self.codes(&field("threats"), &given.threats, ThreatForm::from_number);
        let (local_codes, mapped) = self.local_codes(&field("local_codes"), &given.local_codes);
        let severity =
            self.required_code(&field("severity"), given.severity, Severity::from_number);
        let urgency = self.required_code(&field("urgency"), given.urgency, Urgency::from_number);
        let certainty =
            self.required_code(&field("certainty"), given.certainty, Certainty::from_number);
        let review_on = self.day(&field("review_on"), &given.review_on);
        if given.review_on.is_empty() {
            self.add(
                field("review_on"),
                "is required: six months ahead, unless you know better",
            );
        }
        let precautions = self.precautions(&field("precautions"), &given.precautions);
        let decision = given
            .decision
            .as_ref()
            .map(|d| self.decision(&field("decision"), d));
        let told = given.told.as_ref().map(|t| self.told(&field("told"), t));
        Some(AlertSafety {
            target: target?,
            threats: joined(threats, mapped),
            local_codes,
            precautions,
            severity: severity?,
            urgency: urgency?,
            certainty: certainty?,
            review_on: review_on?,
            decision,
            told,
        })
    }

    fn target(&mut self, at: &str, given: Option<&v1::AlertTarget>) -> Option<AlertTarget> {
        use v1::alert_target::Target;
        let optional = |text: &String| Some(text.clone()).filter(|t| !t.is_empty());
        let target = given
            .and_then(|t| t.target.as_ref())
            .map(|target| match target {
                Target::Person(label) => AlertTarget::Person(label.clone()),
                Target::Premises(label) => AlertTarget::Premises(label.clone()),
                Target::Household(h) => AlertTarget::Household {
                    place: h.place.clone(),
                    members: h.members.clone(),
                },
                Target::Animal(a) => AlertTarget::Animal {
                    description: a.description.clone(),
                    place: optional(&a.place),
                    keeper: optional(&a.keeper),
                },
            });
        if target.is_none() {
            self.add(
                at,
                "is required: a person, premises, a household or an animal",
            );
        }
        target
    }

    fn decision(&mut self, at: &str, given: &v1::AlertDecision) -> AlertDecision {
        let decided_at = self.moment(&format!("{at}.decided_at"), given.decided_at.as_ref());
        if given.decided_at.is_none() {
            self.add(
                format!("{at}.decided_at"),
                "is required: when it was decided",
            );
        }
        AlertDecision {
            decided_by: given.decided_by.clone(),
            proposed_by: given.proposed_by.clone(),
            decided_at: decided_at.unwrap_or(Moment(0)),
            senior: given.senior,
        }
    }

    pub(super) fn told(&mut self, at: &str, given: &v1::PersonTold) -> PersonTold {
        if !given.told_on.is_empty() && !given.reason.is_empty() {
            let way_out =
                "says why the person was not told, and `told_on` says that they were; keep one";
            self.add(format!("{at}.reason"), way_out);
        }
        match self.day(&format!("{at}.told_on"), &given.told_on) {
            Some(day) => PersonTold::On(day),
            None => PersonTold::Not(given.reason.clone()),
        }
    }
}
