//! The practice's rules, a row at a time.

use diogel_contract::v1::{self, alert_target::Target, publish_request::Content};
use diogel_domain::codes::{PersonRole, PrecautionCode, ResistantBehaviour, ThreatForm};
use diogel_register::{DryRun, Sheet, Verdict};

use crate::{
    registers::{HEADINGS, but},
    support::{self, Council, TODAY},
};

/// The good row with other cells, judged alone.
fn judged(cells: &[(&str, &str)]) -> DryRun {
    let mapping = support::mapping(&support::example());
    let rows = [
        vec![],
        vec![],
        HEADINGS.map(str::to_owned).to_vec(),
        but(cells),
    ];
    let sheet = Sheet::read(&support::csv(&rows), &mapping).unwrap();
    Council::on(TODAY).judges(&sheet, &mapping, None)
}

/// The verdict on that row, and the fields of its findings.
#[track_caller]
fn comes_to(cells: &[(&str, &str)], verdict: Verdict, fields: &[&str]) {
    let report = judged(cells).report;
    let row = &report.rows[0];
    let found: Vec<&str> = row.findings.iter().map(|f| f.field.as_str()).collect();
    assert_eq!(
        (row.verdict, found.as_slice()),
        (verdict, fields),
        "{:#?}",
        row.findings
    );
}

fn proposal(cells: &[(&str, &str)]) -> (v1::IncidentReport, v1::HazardAlert) {
    let run = judged(cells);
    let proposal = run.proposals.into_iter().next().unwrap();
    let (Some(Content::Incident(incident)), Some(Content::HazardAlert(alert))) =
        (proposal.incident.content, proposal.alert.content)
    else {
        unreachable!("an incident and an alert")
    };
    (incident, alert)
}

#[test]
fn a_row_becomes_an_incident_and_an_alert_that_rests_on_it_without_a_decision() {
    let run = judged(&[]);
    let key = run.proposals[0].incident.request_key.clone();
    let (incident, alert) = proposal(&[]);
    let rests_on = v1::reference::Event::RequestKey(key);
    assert_eq!(alert.rests_on[0].event, Some(rests_on));
    let safety = alert.safety.unwrap();
    assert_eq!(safety.decision, None);
    assert_eq!(safety.review_on, "2027-03-16");
    assert_eq!(safety.told.unwrap().told_on, "2026-09-14");
    let threats = [ThreatForm::Shouting, ThreatForm::Swearing].map(ThreatForm::number);
    assert_eq!(safety.threats, threats);
    let happened = incident.safety.unwrap();
    assert_eq!(
        happened.occurred.unwrap().from.unwrap().seconds,
        1_789_084_800
    );
    assert!(!happened.danger_at_once && happened.provisional_precautions.is_empty());
    assert_eq!(incident.people[0].role, PersonRole::WhoseBehaviour.number());
}

#[test]
fn an_alert_rests_on_an_incident_names_precautions_and_has_a_review() {
    comes_to(
        &[("Date of incident", "")],
        Verdict::Incomplete,
        &["incident_date"],
    );
    comes_to(&[("Action", "")], Verdict::Incomplete, &["precautions"]);
    comes_to(
        &[("Action", "see file")],
        Verdict::Incomplete,
        &["precautions"],
    );
    comes_to(
        &[("Warning", "see file")],
        Verdict::Incomplete,
        &["behaviour"],
    );
    comes_to(
        &[("Review date", "1/3/2028")],
        Verdict::Incomplete,
        &["review_date"],
    );
    comes_to(
        &[("Review date", "never")],
        Verdict::Incomplete,
        &["review_date"],
    );
}

#[test]
fn a_default_review_is_offered_only_by_the_mapping_and_never_to_what_has_lapsed() {
    let (_, alert) = proposal(&[("Review date", "")]);
    assert_eq!(alert.safety.unwrap().review_on, "2027-05-16");
    comes_to(
        &[("Review date", "30/08/2026")],
        Verdict::Incomplete,
        &["review_date"],
    );
    comes_to(
        &[("Review date", "1/9/2026")],
        Verdict::Proposal,
        &["review_date"],
    );

    let text = support::example().replace("default_review_months = 6", "");
    let mapping = support::mapping(&text);
    let rows = [
        vec![],
        vec![],
        HEADINGS.map(str::to_owned).to_vec(),
        but(&[("Review date", "")]),
    ];
    let sheet = Sheet::read(&support::csv(&rows), &mapping).unwrap();
    let run = Council::on(TODAY).judges(&sheet, &mapping, None);
    assert_eq!(run.report.rows[0].verdict, Verdict::Incomplete);
}

#[test]
fn no_alert_rests_on_a_diagnosis_or_on_behaviour_that_is_no_threat() {
    for only in ["Schizophrenic", "MH", "Hep C; HIV+", "known to CMHT"] {
        comes_to(&[("Warning", only)], Verdict::Refused, &["behaviour"]);
    }
    for only in ["DNA", "Hostile to social workers", "DNA; see file"] {
        comes_to(&[("Warning", only)], Verdict::Refused, &["behaviour"]);
    }
    // With something unmapped beside it, nobody knows yet.
    comes_to(
        &[("Warning", "MH; pulled a knife")],
        Verdict::Incomplete,
        &["behaviour"],
    );
    let (incident, alert) = proposal(&[("Warning", "MH; dog; DNA")]);
    let threats = vec![ThreatForm::Animal.number()];
    let behaviours = vec![ResistantBehaviour::Avoidance.number()];
    assert_eq!(alert.safety.unwrap().threats, threats);
    let safety = incident.safety.unwrap();
    assert_eq!((safety.threats, safety.behaviours), (threats, behaviours));
    assert_eq!(incident.health, None);
}

#[test]
fn a_child_as_target_needs_a_senior_approver_and_the_report_says_so() {
    let said = |born| {
        let report = judged(&[("DOB", born)]).report;
        assert_eq!(report.rows[0].verdict, Verdict::Proposal);
        report.to_text().contains("only a senior approver")
    };
    assert!(said("2/5/2023") && said("1/12/2008"));
    assert!(!said("30/11/2008"));
}

#[test]
fn nothing_spreads_between_person_premises_household_and_animal() {
    let home = [("UPRN", "10099000001"), ("Address", "1 Invented Terrace")];
    let nobody = [("Name", ""), ("DOB", ""), ("NHS No", "")];
    let with = |more: &[(&'static str, &'static str)]| [&home[..], more].concat();

    let (incident, alert) = proposal(&home);
    assert_eq!((incident.places.len(), alert.places.len()), (0, 0));
    assert!(matches!(
        alert.target.unwrap().target,
        Some(Target::Person(_))
    ));

    let (incident, alert) = proposal(&with(&[&nobody[..], &[("About", "")]].concat()));
    assert_eq!((incident.people.len(), alert.people.len()), (0, 0));
    assert!(matches!(
        alert.target.unwrap().target,
        Some(Target::Premises(_))
    ));
    let property = with(&[("About", "Property")]);
    comes_to(&property, Verdict::Incomplete, &["target"]);

    comes_to(
        &with(&[("About", "Household")]),
        Verdict::Incomplete,
        &["members", "uprn"],
    );
    let listed = ("Household members", "999 070 1334; 9990700001");
    let (incident, alert) = proposal(&with(&[("About", "Household"), listed]));
    let roles = incident.people.iter().map(|p| p.role);
    assert!(roles.eq([PersonRole::HouseholdMember.number(); 2]));
    let Some(Target::Household(household)) = alert.target.unwrap().target else {
        unreachable!("a household")
    };
    assert_eq!(household.members, ["p1", "p2"]);

    let dog = [("About", "Animal"), ("Animal", "Dog, large")];
    let (incident, _) = proposal(&with(&dog));
    assert_eq!(incident.people[0].role, PersonRole::Other.number());
    comes_to(
        &[&nobody[..], &dog].concat(),
        Verdict::Incomplete,
        &["address"],
    );
}

#[test]
fn not_alone_with_is_about_the_row_s_person() {
    let (_, alert) = proposal(&[("Action", "No lone females; ask for the warden")]);
    let precautions = alert.safety.unwrap().precautions;
    assert_eq!(precautions[0].person, "p1");
    assert_eq!(precautions[1].code, PrecautionCode::Other.number());
    assert_eq!(precautions[1].note, "ask for the warden");
}

#[test]
fn a_name_alone_is_nobody_and_a_number_is_checked() {
    comes_to(&[("NHS No", "")], Verdict::Incomplete, &["nhs_number"]);
    comes_to(
        &[("NHS No", "9990700843")],
        Verdict::Incomplete,
        &["nhs_number"],
    );
    comes_to(
        &[("NHS No", "1111111111")],
        Verdict::Incomplete,
        &["nhs_number"],
    );
    comes_to(
        &[("NHS No", ""), ("Case ref", "SC-1")],
        Verdict::Proposal,
        &[],
    );
    comes_to(
        &[("About", ""), ("Name", ""), ("DOB", ""), ("NHS No", "")],
        Verdict::Incomplete,
        &["target"],
    );
}

#[test]
fn told_or_why_not_and_not_both() {
    comes_to(&[("Told on", "")], Verdict::Proposal, &["told_on"]);
    comes_to(
        &[("Why not told", "A reason.")],
        Verdict::Incomplete,
        &["why_not_told"],
    );
    comes_to(
        &[("Told on", "1/1/2027")],
        Verdict::Incomplete,
        &["told_on"],
    );
    let (_, alert) = proposal(&[("Told on", ""), ("Why not told", "A reason.")]);
    assert_eq!(alert.safety.unwrap().told.unwrap().reason, "A reason.");
}

#[test]
fn what_was_taken_off_the_register_stays_off() {
    comes_to(&[("Removed", "2021")], Verdict::Refused, &["ended"]);
}

#[test]
fn an_incident_is_neither_before_a_birth_nor_in_the_future() {
    comes_to(
        &[("DOB", "12/09/2026")],
        Verdict::Incomplete,
        &["date_of_birth", "date_of_birth"],
    );
    comes_to(
        &[("Date of incident", "1/12/2026")],
        Verdict::Incomplete,
        &["incident_date"],
    );
    comes_to(
        &[("Date of incident", "Dec 2026")],
        Verdict::Incomplete,
        &["incident_date"],
    );
    let (incident, _) = proposal(&[("Date of incident", "Feb 2024")]);
    let occurred = incident.safety.unwrap().occurred.unwrap();
    let days = (occurred.to.unwrap().seconds - occurred.from.unwrap().seconds) / 86_400;
    assert_eq!(days, 28);
}

#[test]
fn grades_come_from_the_row_or_from_the_mapping_and_from_nowhere_else() {
    comes_to(&[("Risk", "")], Verdict::Proposal, &[]);
    comes_to(&[("Risk", "very")], Verdict::Incomplete, &["severity"]);
    comes_to(&[("Risk", "low; high")], Verdict::Incomplete, &["severity"]);
    let text = support::example();
    let (before, after) = text.split_once("[defaults]").unwrap();
    let (_, after) = after.split_once("# Words").unwrap();
    let mapping = support::mapping(&format!("{before}#{after}"));
    let rows = [
        vec![],
        vec![],
        HEADINGS.map(str::to_owned).to_vec(),
        but(&[("Risk", "")]),
    ];
    let sheet = Sheet::read(&support::csv(&rows), &mapping).unwrap();
    let run = Council::on(TODAY).judges(&sheet, &mapping, None);
    assert_eq!(run.report.rows[0].findings[0].field, "severity");
}

#[test]
fn what_the_board_has_no_default_for_is_said_of_the_audience() {
    let text =
        support::example().replace("\"worker-safety\"\nlawful", "\"board-governance\"\nlawful");
    let mapping = support::mapping(&text);
    let rows = [
        vec![],
        vec![],
        HEADINGS.map(str::to_owned).to_vec(),
        but(&[]),
    ];
    let sheet = Sheet::read(&support::csv(&rows), &mapping).unwrap();
    let run = Council::on(TODAY).judges(&sheet, &mapping, None);
    assert_eq!(run.report.rows[0].findings[0].field, "audience.by_default");
    assert!(run.proposals.is_empty());
}
