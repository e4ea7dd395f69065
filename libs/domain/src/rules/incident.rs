//! Rules for incident reports. Few fields are required: a "it shook me" report takes under a minute (guidance, section 6.3).

use super::{Findings, LONG_TEXT, MEDIUM_TEXT, NAME, SHORT_TEXT, people};
use crate::{
    codes::{ReportedToPolice, Sector},
    incident::{Corroboration, CriminalMatters, IncidentNarrative, IncidentReport, IncidentSafety},
};

/// Sources that bear one account out.
const CORROBORATIONS: usize = 6;

pub(super) fn check(found: &mut Findings<'_>, at: &str, report: &IncidentReport) {
    people::check(found, at, &report.people, &report.places);
    if report.people.is_empty() && report.places.is_empty() {
        found.add(
            format!("{at}.people"),
            "is required: name a person, or a place in `places`",
        );
    }
    match &report.safety {
        Some(safety) => check_safety(found, at, safety, report),
        None => found.add(
            format!("{at}.safety"),
            "is required: when, what behaviour, what harm",
        ),
    }
    if let Some(narrative) = &report.narrative {
        check_narrative(found, &format!("{at}.narrative"), narrative);
    }
    for (who, text) in [("worker", &report.worker), ("reporter", &report.reporter)] {
        if let Some(text) = text {
            found.text(&format!("{at}.{who}.who"), text, NAME);
        }
    }
    check_voice(found, at, report);
    if let Some(health) = &report.health {
        found.text(&format!("{at}.health.note"), &health.note, MEDIUM_TEXT);
    }
    if let Some(criminal) = &report.criminal {
        check_criminal(found, &format!("{at}.criminal"), criminal);
    }
    found.count(&format!("{at}.plan"), report.plan.len(), 12);
    for (i, measure) in report.plan.iter().enumerate() {
        found.measure(&format!("{at}.plan[{i}]"), measure);
    }
}

fn check_safety(
    found: &mut Findings<'_>,
    at: &str,
    safety: &IncidentSafety,
    report: &IncidentReport,
) {
    let field = format!("{at}.safety");
    found.not_future(&format!("{field}.occurred.from"), safety.occurred.from);
    found.not_future(&format!("{field}.occurred.to"), safety.occurred.to);
    found.unless(
        safety.occurred.from.day() >= people::EARLIEST,
        format!("{field}.occurred.from"),
        "lies before 1900; check the date",
    );
    let ordered = safety.occurred.from <= safety.occurred.to;
    found.unless(
        ordered,
        format!("{field}.occurred.to"),
        "lies before `from`; swap them",
    );
    people::not_before_birth(found, at, &report.people, safety.occurred.to);
    let says = !safety.behaviours.is_empty() || !safety.threats.is_empty();
    found.unless(
        says,
        format!("{field}.behaviours"),
        "needs a behaviour, a threat or a local code",
    );
    let provisional = format!("{field}.provisional_precautions");
    let allowed = safety.danger_at_once || safety.provisional_precautions.is_empty();
    found.unless(
        allowed,
        provisional.as_str(),
        "only go with `danger_at_once`; set it, or remove them",
    );
    found.precautions(
        &provisional,
        &safety.provisional_precautions,
        &report.people,
    );
}

fn check_narrative(found: &mut Findings<'_>, at: &str, narrative: &IncidentNarrative) {
    let IncidentNarrative {
        standing,
        what_happened,
        worries,
        circumstances,
        potential_outcome,
        at_risk,
        protective_factors,
        corroborated_by,
    } = narrative;
    for (name, text) in [
        ("what_happened", what_happened),
        ("worries", worries),
        ("circumstances", circumstances),
        ("potential_outcome", potential_outcome),
        ("at_risk", at_risk),
        ("protective_factors", protective_factors),
    ] {
        found.text(&format!("{at}.{name}"), text, LONG_TEXT);
    }
    let said = standing.is_some() || what_happened.is_empty();
    found.unless(
        said,
        format!("{at}.standing"),
        "is required: fact, observation, allegation or opinion",
    );
    check_corroboration(found, &format!("{at}.corroborated_by"), corroborated_by);
}

/// By whom is what is asked; an agency alone would not say whom to ask there.
fn check_corroboration(found: &mut Findings<'_>, at: &str, corroborated_by: &[Corroboration]) {
    found.count(at, corroborated_by.len(), CORROBORATIONS);
    for (i, one) in corroborated_by.iter().enumerate() {
        let who = format!("{at}[{i}].who");
        found.text(&who, &one.who, NAME);
        found.required(&who, &one.who, "say by whom, as a role or source");
        if let Some(agency) = &one.agency {
            found.known_agency(&format!("{at}[{i}].agency"), agency);
        }
    }
}

fn check_voice(found: &mut Findings<'_>, at: &str, report: &IncidentReport) {
    found.count(&format!("{at}.voice"), report.voice.len(), 6);
    for (i, account) in report.voice.iter().enumerate() {
        let field = format!("{at}.voice[{i}]");
        found.person_label(&format!("{field}.person"), &account.person, &report.people);
        found.text(&format!("{field}.words"), &account.words, LONG_TEXT);
        found.required(
            &format!("{field}.words"),
            &account.words,
            "write what was said",
        );
    }
}

fn check_criminal(found: &mut Findings<'_>, at: &str, criminal: &CriminalMatters) {
    found.text(&format!("{at}.reason"), &criminal.reason, SHORT_TEXT);
    found.text(
        &format!("{at}.police_reference"),
        &criminal.police_reference,
        64,
    );
    if criminal.reported_to_police == Some(ReportedToPolice::No) {
        let way_out = "say why it was not reported to the police";
        found.required(&format!("{at}.reason"), &criminal.reason, way_out);
    }
    if let Some(reported_at) = criminal.reported_at {
        let field = format!("{at}.reported_at");
        found.not_future(&field, reported_at);
        found.unless(
            criminal.reported_to_police == Some(ReportedToPolice::Yes),
            field,
            "only goes with `reported_to_police` YES; set it, or leave the time out",
        );
    }
    if let Some((source, assessment)) = criminal.grade {
        let police = found.setting.sector == Sector::Police;
        found.unless(
            police,
            at,
            "3x5x2 grades are for the police; use `narrative.standing`",
        );
        let range = (1..=3).contains(&source);
        found.unless(
            range,
            format!("{at}.source_evaluation"),
            "must be 1, 2 or 3",
        );
        let range = ('A'..='E').contains(&assessment);
        found.unless(
            range,
            format!("{at}.intelligence_assessment"),
            "must be A, B, C, D or E",
        );
    }
}
