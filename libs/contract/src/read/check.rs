//! What is wrong with a publication by the rules of practice and of sharing: the same before it is published, and in a preview.

use diogel_domain::{
    content::{Kind, ReferenceRole},
    rules::{self, Setting, Violation},
};
use diogel_sharing::{audience, change};

use super::{Publication, Said};

/// Everything that is wrong; empty: it can be published.
pub fn violations(publication: &Publication, setting: Setting<'_>) -> Vec<Violation> {
    let (own, agencies, now) = (setting.originator, setting.agencies, setting.now);
    let mut found = Vec::new();
    if let Said::Sealed(content) = &publication.said {
        found.extend(rules::check(content, setting));
        if let Some(audience) = &publication.audience {
            found.extend(audience::check_escalation(audience, content, own));
            found.extend(audience::check_family(audience, content));
            found.extend(audience::check_asked(audience, content));
        }
    }
    if let Some(audience) = &publication.audience {
        let told = audience::is_told_by_practice(publication.kind());
        let texts = &publication.texts;
        if told {
            found.extend(audience::check_told(audience, publication.sensitive));
        }
        found.extend(audience::check(audience, texts, own, agencies, now, told));
    }
    if let Some(change) = &publication.change {
        let at = match publication.kind() {
            Kind::EmergencyDisclosed => "disclosure.disclosure",
            _ => "audience_changed.change",
        };
        found.extend(change::check(at, change, own, agencies, now));
    }
    if let Some(attendance) = &publication.attendance {
        found.extend(rules::attendance("meeting", attendance, setting));
    }
    found.extend(rests_on_something(publication));
    found.into_iter().map(on_the_wire).collect()
}

/// A claim, needs and an offer are of one person: the wire has no list.
pub(super) fn on_the_wire(violation: Violation) -> Violation {
    let mut field = violation.field;
    for of_one in ["involvement", "engagement_needs", "advocacy"] {
        let person = format!("{of_one}.person");
        field = field.replace(&format!("{of_one}.people[0]"), &person);
        field = field.replace(&format!("{of_one}.people"), &person);
    }
    Violation { field, ..violation }
}

fn rests_on_something(publication: &Publication) -> Option<Violation> {
    let alert = publication.kind() == Kind::HazardAlertRaised;
    let mut references = publication.references.iter();
    let rests = references.any(|r| r.role == ReferenceRole::RestsOn);
    (alert && !rests).then(|| Violation {
        field: "hazard_alert.rests_on".into(),
        description: "needs at least one reported incident; report it first, then refer to it"
            .into(),
    })
}
