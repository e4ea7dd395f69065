//! Rules for what is said about sharing: a claim names one person, its reason and what is planned; every decision has its reason.

use super::{Findings, MEDIUM_TEXT, SHORT_TEXT, Setting, Violation, people};
use crate::{
    involvement::InvolvementClaim,
    meeting::{Attendance, Meeting},
};

/// Agencies that may attend a meeting.
const ATTENDING: usize = 24;

pub(super) fn claim(found: &mut Findings<'_>, at: &str, claim: &InvolvementClaim) {
    people::check(found, at, &claim.people, &[]);
    one_person(found, at, claim.people.len());
    let grounds = claim.grounds.as_ref();
    let texts = grounds.map_or(("", ""), |g| (&g.reason, &g.planned_contact));
    reason(found, at, texts.0, "say why your agency is involved");
    let field = format!("{at}.planned_contact");
    found.text(&field, texts.1, SHORT_TEXT);
    found.required(&field, texts.1, "say what contact is planned, or \"none\"");
}

pub(super) fn meeting(found: &mut Findings<'_>, at: &str, meeting: &Meeting) {
    people::check(found, at, &meeting.people, &meeting.places);
    one_person(found, at, meeting.people.len());
    found.count(&format!("{at}.places"), meeting.places.len(), 1);
    found.unless(
        meeting.held_at.is_some(),
        format!("{at}.held_at"),
        "is required: when it takes place",
    );
    found.text(&format!("{at}.occasion"), &meeting.occasion, MEDIUM_TEXT);
}

pub(super) fn reason(found: &mut Findings<'_>, at: &str, text: &str, way_out: &str) {
    let field = format!("{at}.reason");
    found.text(&field, text, MEDIUM_TEXT);
    found.required(&field, text, way_out);
}

/// One child or adult at risk at a time: two in one would mix their pages (PRACTICE, section 5).
fn one_person(found: &mut Findings<'_>, at: &str, count: usize) {
    let field = format!("{at}.people");
    found.unless(
        count == 1,
        field,
        "must be one person; send one event for each",
    );
}

/// Checks who attends a meeting.
pub fn attendance(at: &str, attendance: &Attendance, setting: Setting<'_>) -> Vec<Violation> {
    let mut found = Findings::new(setting);
    found.known_agency(&format!("{at}.chair"), &attendance.chair);
    let field = format!("{at}.attending");
    found.count(&field, attendance.attending.len(), ATTENDING);
    for (i, agency) in attendance.attending.iter().enumerate() {
        found.known_agency(&format!("{field}[{i}]"), agency);
    }
    found.violations
}
