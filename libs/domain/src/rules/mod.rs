//! What content must hold to be published: bounds, dates, labels that resolve, the practice's own rules. Owns the words of each
//! refusal: the field, the rule, a way out, and never the value given. Refuses to decide anything that needs another event.

mod alert;
mod disclosure;
mod escalation;
mod ground;
mod incident;
mod people;
mod records;
mod step;

use crate::{
    codes::{PrecautionCode, Sector},
    content::Content,
    correction::Replacement,
    crisp::Policy,
    disclosure::Decided,
    ids::AgencyId,
    incident::{Measure, Precaution},
    people::{Person, Place},
    times::Moment,
};

pub use disclosure::attendance;
pub use ground::{OwnGround, on_own};

/// Longest narrative text, in bytes.
pub const LONG_TEXT: usize = 16 * 1024;
/// Longest text of medium size, in bytes.
pub const MEDIUM_TEXT: usize = 2 * 1024;
/// Longest short text, in bytes.
pub const SHORT_TEXT: usize = 500;
/// Longest name, in bytes.
pub const NAME: usize = 200;
/// How far ahead of the service a caller's clock may be, in seconds.
pub const CLOCK_TOLERANCE: i64 = 120;

/// One field at fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// Path, as in the request: "incident.safety.occurred.from".
    pub field: String,
    /// The rule and a way out. Never the value.
    pub description: String,
}

/// What the rules need to know beside the content.
#[derive(Debug, Clone, Copy)]
pub struct Setting<'a> {
    /// Now.
    pub now: Moment,
    /// Who publishes.
    pub originator: &'a AgencyId,
    /// Its sector.
    pub sector: Sector,
    /// Every agency of the board.
    pub agencies: &'a [AgencyId],
    /// The Board's policy.
    pub policy: &'a Policy,
}

/// Checks content against every rule; empty means that it can be published.
pub fn check(content: &Content, setting: Setting<'_>) -> Vec<Violation> {
    let mut found = Findings::new(setting);
    match content {
        Content::Incident(report) => incident::check(&mut found, "incident", report),
        Content::HazardAlert(alert) => alert::check(&mut found, "hazard_alert", alert),
        Content::Escalation(raised) => escalation::check(&mut found, "escalation", raised),
        Content::Correction(correction) => {
            found.text("correction.reason", &correction.reason, MEDIUM_TEXT);
            found.required(
                "correction.reason",
                &correction.reason,
                "say why it is corrected",
            );
            match &correction.replacement {
                Some(Replacement::Incident(r)) => {
                    incident::check(&mut found, "correction.incident", r);
                }
                Some(Replacement::HazardAlert(a)) => {
                    alert::check(&mut found, "correction.hazard_alert", a);
                }
                Some(Replacement::Escalation(e)) => {
                    escalation::check(&mut found, "correction.escalation", e);
                }
                None => {}
            }
        }
        Content::Involvement(claim) => disclosure::claim(&mut found, "involvement", claim),
        Content::Meeting(meeting, _) => disclosure::meeting(&mut found, "meeting", meeting),
        Content::AccessRequest(asked) => {
            let way_out = "say why your agency needs it";
            disclosure::reason(&mut found, "access_request", &asked.reason, way_out);
        }
        Content::SharingDecision(decision) => {
            let at = match decision.decided {
                Decided::Changed => "audience_changed",
                Decided::NotShared => "sharing_declined",
            };
            disclosure::reason(&mut found, at, &decision.reason, "say why");
        }
        Content::EmergencyDisclosure(disclosed) => {
            let way_out = "say which danger leaves no other way";
            disclosure::reason(&mut found, "disclosure", &disclosed.reason, way_out);
        }
        Content::SafetyPlan(plan) => records::plan(&mut found, "safety_plan", plan),
        Content::Contact(contact) => records::contact(&mut found, "contact", contact),
        Content::EngagementNeeds(needs) => records::needs(&mut found, "engagement_needs", needs),
        Content::Advocacy(advocacy) => records::advocacy(&mut found, "advocacy", advocacy),
        Content::ChangeClaimed(claimed) => records::change(&mut found, "change_claimed", claimed),
        Content::Strength(noted) => records::strength(&mut found, "strength", noted),
        Content::InformationRequest(request) => {
            records::information_request(&mut found, "information_request", request);
        }
        Content::Step(step) => step::check(&mut found, "step", step),
    }
    found.violations
}

/// Every text's own rules: its bound, and no control characters but line breaks and tabs.
pub fn text(field: &str, text: &str, bound: usize) -> Vec<Violation> {
    let violation = |description: String| Violation {
        field: field.into(),
        description,
    };
    let long = (text.len() > bound).then(|| {
        violation(format!(
            "is longer than {bound} bytes; shorten it, or refer to a record"
        ))
    });
    let control = |c: char| c.is_control() && c != '\n' && c != '\t';
    let controls = text.chars().any(control);
    let controls = controls.then(|| violation("holds control characters; remove them".into()));
    long.into_iter().chain(controls).collect()
}

/// Collects violations, with the checks that many rules share.
struct Findings<'a> {
    setting: Setting<'a>,
    violations: Vec<Violation>,
}

impl<'a> Findings<'a> {
    const fn new(setting: Setting<'a>) -> Self {
        Self {
            setting,
            violations: Vec::new(),
        }
    }

    fn add(&mut self, field: impl Into<String>, description: impl Into<String>) {
        self.violations.push(Violation {
            field: field.into(),
            description: description.into(),
        });
    }

    fn unless(&mut self, holds: bool, field: impl Into<String>, description: &str) {
        if !holds {
            self.add(field, description);
        }
    }

    fn text(&mut self, field: &str, given: &str, bound: usize) {
        self.violations.extend(text(field, given, bound));
    }

    fn required(&mut self, field: &str, text: &str, way_out: &str) {
        if text.trim().is_empty() {
            self.add(field, format!("is required: {way_out}"));
        }
    }

    fn count(&mut self, field: &str, count: usize, most: usize) {
        if count > most {
            self.add(
                field,
                format!("has more than {most} entries; send them as separate events"),
            );
        }
    }

    fn not_future(&mut self, field: &str, moment: Moment) {
        let latest = self.setting.now.plus_seconds(CLOCK_TOLERANCE);
        self.unless(
            moment <= latest,
            field,
            "lies in the future; check the date and the clock",
        );
    }

    fn known_agency(&mut self, field: &str, agency: &AgencyId) {
        let known = self.setting.agencies.contains(agency);
        self.unless(
            known,
            field,
            "is no agency of this board; `diogel agencies` lists them",
        );
    }

    fn person_label(&mut self, field: &str, label: &str, people: &[Person]) {
        let known = people.iter().any(|p| p.label == label);
        self.unless(
            known,
            field,
            "names no person of `people`; use one of their labels",
        );
    }

    fn place_label(&mut self, field: &str, label: &str, places: &[Place]) {
        let known = places.iter().any(|p| p.label == label);
        self.unless(
            known,
            field,
            "names no place of `places`; use one of their labels",
        );
    }

    fn precautions(&mut self, field: &str, precautions: &[Precaution], people: &[Person]) {
        self.count(field, precautions.len(), 12);
        for (i, precaution) in precautions.iter().enumerate() {
            let at = format!("{field}[{i}]");
            self.text(&format!("{at}.note"), &precaution.note, 300);
            if let Some(label) = &precaution.person {
                self.person_label(&format!("{at}.person"), label, people);
            } else if precaution.code == PrecautionCode::NotAloneWith {
                self.add(
                    format!("{at}.person"),
                    "is required for NOT_ALONE_WITH: name the person",
                );
            }
            if precaution.code == PrecautionCode::Other {
                let note = &precaution.note;
                self.required(
                    &format!("{at}.note"),
                    note,
                    "OTHER needs a note that says what to do",
                );
            }
        }
    }

    fn measure(&mut self, field: &str, measure: &Measure) {
        self.text(&format!("{field}.what"), &measure.what, SHORT_TEXT);
        self.required(
            &format!("{field}.what"),
            &measure.what,
            "say what is to be done",
        );
        if let Some(owner) = &measure.owner {
            self.known_agency(&format!("{field}.owner"), owner);
        }
    }
}

#[cfg(test)]
mod tests;
