//! How alerts and reports of danger stand on the page.

use diogel_domain::{
    alert::PersonTold,
    codes::{Deed, PrecautionCode, ThreatForm},
    crisp::{AlertClocks, Policy},
    step::{AlertStep, IncidentStep, StepSaid},
};

use super::{
    english,
    family::{alert, alert_step, at, day, id, precaution, setting, statement, step, threat},
    lines, shown, text,
};
use crate::{Mark, Source, Topic, summarise};

fn raised(review_on: &str) -> Source {
    shown(&alert(1, "2026-10-16", review_on))
}

fn danger(on: &'static str) -> Source {
    let told = threat(9, "housing", on, ThreatForm::Animal).safety(|s| {
        s.danger_at_once = true;
        s.provisional_precautions = vec![precaution(PrecautionCode::NeutralVenue)];
    });
    shown(&told)
}

#[test]
fn an_alert_is_reviewed_by_the_date_of_its_last_review() {
    let mut alert = raised("2027-01-10");
    alert.steps = vec![alert_step(
        2,
        "2027-01-08",
        Deed::Renewed,
        Some("2027-07-08"),
    )];
    let document = english(&[alert]);
    let line = lines(&document, Topic::Danger)[0];
    assert!(
        line.text.contains("review by: 8 July 2027"),
        "{}",
        line.text
    );
    assert!(line.marks.is_empty());
    assert_eq!(line.cites, [id(1), id(2)]);
    assert!(document.key.iter().any(|cited| cited.event_id == id(2)));
}

#[test]
fn a_stale_alert_says_when_it_lapses() {
    let document = english(&[raised("2027-02-10")]);
    let line = lines(&document, Topic::Danger)[0];
    assert!(
        line.text
            .contains("lapses on 10 May 2027 unless it is assessed afresh")
    );
    assert!(line.text.contains("precautions: Visit in pairs"));
}

#[test]
fn what_is_suspended_lapsed_or_refused_is_no_danger_and_names_no_target() {
    let lapsed = raised("2026-12-02");
    let mut suspended = raised("2027-04-16");
    suspended.groundless_since = Some(at("2027-02-01"));
    let mut upheld = raised("2027-04-16");
    upheld.steps = vec![statement(2, "2027-02-02", Deed::ObjectionUpheld, "p2", "")];
    let refused = AlertStep {
        words: "One visit, no threat.".into(),
        ..AlertStep::default()
    };
    let refused = step(
        3,
        "housing",
        "2027-02-03",
        Deed::Refused,
        StepSaid::Alert(refused),
    );
    let proposed = alert(1, "2027-02-01", "2027-06-01").alert_safety(|s| s.decision = None);
    let mut proposed = shown(&proposed);
    proposed.steps = vec![refused.taken()];
    for (source, mark, said) in [
        (lapsed, Some(Mark::Lapsed), "lapsed on 2 March 2027"),
        (
            suspended,
            Some(Mark::Suspended),
            "suspended on 1 February 2027: an incident",
        ),
        (
            upheld,
            Some(Mark::Suspended),
            "objection upheld: 2 February 2027",
        ),
        (
            proposed,
            None,
            "an alert was refused on 3 February 2027; reason: “One visit, no threat.”",
        ),
    ] {
        let document = english(&[source]);
        let danger = lines(&document, Topic::Danger);
        assert!(danger[0].text.starts_with("No alert in force"), "{said}");
        assert!(danger[1].text.contains(said), "{}", danger[1].text);
        assert!(mark.is_none_or(|mark| danger[1].marks.contains(&mark)));
        let section = text(&document, Topic::Danger);
        assert!(!section.contains("precautions") && !section.contains("brown dog"));
    }
}

#[test]
fn a_disputed_alert_still_counts_and_says_by_when_it_is_answered() {
    let mut alert = raised("2027-04-16");
    alert.steps = vec![statement(
        2,
        "2027-02-22",
        Deed::Objected,
        "p2",
        "He never bit anybody.",
    )];
    let document = english(std::slice::from_ref(&alert));
    let danger = lines(&document, Topic::Danger);
    assert!(danger[0].marks.contains(&Mark::Disputed));
    assert!(
        danger[0]
            .text
            .contains("disputed since 22 February 2027; to be answered by 22 March")
    );
    assert_eq!(
        danger[1].text,
        "22 February 2027, Derwen Homes: the person objects: Gareth Vaughan: “He never bit anybody.”"
    );
    alert.steps = vec![statement(2, "2027-01-22", Deed::Objected, "p2", "")];
    assert!(text(&english(&[alert]), Topic::Danger).contains("an answer was due by 22 February"));
}

#[test]
fn an_alert_that_the_person_was_told_of_later_is_no_longer_hushed() {
    let told = AlertStep {
        told: Some(PersonTold::On(day("2027-02-01"))),
        ..AlertStep::default()
    };
    let told = step(
        2,
        "housing",
        "2027-02-01",
        Deed::PersonTold,
        StepSaid::Alert(told),
    );
    let untold = alert(1, "2026-10-16", "2027-04-16")
        .told_to_family()
        .alert_safety(|s| s.told = Some(PersonTold::Not("risk".into())));
    let mut alert = shown(&untold);
    let hushed = |source: &Source| {
        let document = english(std::slice::from_ref(source));
        let line = lines(&document, Topic::Danger)[0];
        line.marks.contains(&Mark::DontReadOut)
    };
    assert!(hushed(&alert));
    alert.steps = vec![told.taken()];
    assert!(!hushed(&alert));
}

#[test]
fn how_long_a_report_stands_is_the_boards_policy() {
    // A Wednesday; three working days on, on the Monday, it was still fresh.
    let report = [danger("2027-02-24")];
    let usual = english(&report);
    let line = lines(&usual, Topic::Danger)[0];
    assert!(line.marks.contains(&Mark::Undecided));
    assert!(
        line.text
            .contains("reported 24 February 2027; nobody had decided by 1 March 2027")
    );
    assert!(!line.text.contains("precautions"));
    let mut setting = setting(diogel_domain::codes::Language::English);
    let patient = Policy {
        alerts: AlertClocks {
            undecided_after_working_days: 10,
            ..AlertClocks::default()
        },
        ..Policy::default()
    };
    setting.policies.insert(at("2027-01-01"), patient);
    let document = summarise(&setting, &report);
    let line = lines(&document, Topic::Danger)[0];
    assert!(line.marks.contains(&Mark::ReportedNotAssessed));
    assert!(
        line.text
            .contains("provisional precautions: Meet at a neutral venue")
    );
}

#[test]
fn a_report_that_was_assessed_without_an_alert_is_no_danger() {
    let mut report = danger("2027-02-24");
    let said = IncidentStep {
        words: "The dog is a puppy.".into(),
        ..IncidentStep::default()
    };
    let deed = Deed::AssessedNoAlert;
    report.steps = vec![step(10, "housing", "2027-02-25", deed, StepSaid::Incident(said)).taken()];
    let document = english(&[report]);
    let danger = lines(&document, Topic::Danger);
    assert!(danger[0].text.starts_with("No alert in force"));
    assert!(danger[1].text.ends_with("reason: “The dog is a puppy.”"));
}
