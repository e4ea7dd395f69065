//! The pre-visit check: what presses comes first, what is unsure says so, what is over is gone, and no exercise looks like danger.

use diogel_domain::lifecycle::alert::AlertStanding::{
    self as Standing, InForce, ReportedNotAssessed, Stale,
};
use diogel_domain::{
    alert::{AlertTarget, HazardAlert},
    codes::{AlertStatus, Severity},
    content::{Content, ReferenceRole},
    correction::Replacement,
    ids::EventId,
    people::Identifier,
    times::Day,
};
use diogel_sharing::{
    audience::Audience,
    groups::{FieldGroup, Groups},
};
use diogel_views::check::{Checked, Finding};

use crate::given::{
    Story,
    content::{alert, alert_about, danger, local, person, place, uprn},
    only, to,
    views::{eyes, folded},
};

/// Danger at once, with an alert that rests on it. Answers the alert.
fn raises(story: &mut Story, audience: Audience, alert: HazardAlert) -> EventId {
    let quiet = crate::given::content::incident(vec![person("p1", &["T-0"])]);
    let incident = story.publishes("police", audience.clone(), &[], quiet);
    let rests = [(incident, ReferenceRole::RestsOn)];
    story.publishes("police", audience, &rests, Content::HazardAlert(alert))
}

fn someone() -> HazardAlert {
    alert_about(vec![person("p1", &["T-1"])])
}

fn checked(story: &Story, by: &str, identifiers: &[Identifier]) -> Vec<Finding> {
    eyes(&folded(&story.inputs), by, story.now).check(identifiers)
}

fn standings(story: &Story) -> Vec<Standing> {
    let found = checked(story, "health", &[local("T-1")]);
    found.iter().map(|f| f.standing).collect()
}

#[test]
fn what_presses_most_comes_first() {
    let mut story = Story::begins();
    let mut stale = someone();
    stale.safety.as_mut().unwrap().review_on = Day::parse("2026-05-20").unwrap();
    let mut proposed = someone();
    proposed.safety.as_mut().unwrap().decision = None;
    let mut worse = someone();
    worse.safety.as_mut().unwrap().severity = Severity::Extreme;
    let stale = raises(&mut story, to(&["health"]), stale);
    let report = danger(vec![person("p1", &["T-1"])], Vec::new());
    let report = story.publishes("police", to(&["health"]), &[], report);
    let proposed = raises(&mut story, to(&["health"]), proposed);
    let in_force = raises(&mut story, to(&["health"]), someone());
    let worse = raises(&mut story, to(&["health"]), worse);
    let found = checked(&story, "health", &[local("T-1")]);
    let events: Vec<_> = found.iter().map(|f| f.source.as_ref().unwrap().1).collect();
    assert_eq!(events, [worse, in_force, proposed, report, stale]);
    let expected = [
        InForce,
        InForce,
        ReportedNotAssessed,
        ReportedNotAssessed,
        Stale,
    ];
    assert_eq!(standings(&story), expected);
}

#[test]
fn an_alert_is_in_force_to_its_review_then_stale_then_lapsed() {
    let mut story = Story::begins();
    raises(&mut story, to(&["health"]), someone());
    let views = folded(&story.inputs);
    for (day, expected) in [
        ("2026-12-01", Some(Standing::InForce)),
        ("2026-12-02", Some(Standing::Stale)),
        ("2027-03-01", Some(Standing::Stale)),
        ("2027-03-02", None),
    ] {
        let eyes = eyes(&views, "health", crate::given::day(day));
        let found = eyes.check(&[local("T-1")]);
        assert_eq!(found.first().map(|f| f.standing), expected, "{day}");
    }
}

#[test]
fn of_an_alert_that_lapsed_nobody_but_its_originator_is_told_the_story_nor_as_of_before() {
    let mut story = Story::begins();
    let alert = raises(&mut story, to(&["health"]), someone());
    let views = folded(&story.inputs);
    let told = |agency: &str, now: &str, as_of: Option<&str>| {
        let mut eyes = eyes(&views, agency, crate::given::day(now));
        eyes.reader = eyes.reader.as_of(as_of.map(crate::given::day));
        let seen = eyes.see(alert).unwrap();
        let held = seen.permit.groups().has(FieldGroup::Narrative);
        let content = seen.disclosed.unwrap();
        let narrative = content
            .content()
            .hazard_alert()
            .unwrap()
            .narrative
            .is_some();
        assert_eq!(held, narrative);
        narrative
    };
    assert!(told("health", "2027-03-01", None));
    assert!(!told("health", "2027-03-02", None));
    assert!(!told("health", "2027-03-02", Some("2027-02-01")));
    assert!(told("health", "2027-03-01", Some("2027-02-01")));
    assert!(told("police", "2027-03-02", None));
}

/// Reported on a Monday.
#[test]
fn danger_at_once_shows_for_three_working_days_then_as_undecided_without_precautions() {
    let mut story = Story::begins();
    let report = danger(vec![person("p1", &["T-1"])], Vec::new());
    story.publishes("police", to(&["health"]), &[], report);
    let views = folded(&story.inputs);
    let at = |day: &str| {
        let eyes = eyes(&views, "health", crate::given::day(day));
        eyes.check(&[local("T-1")]).pop()
    };
    for (day, expected, precautions) in [
        ("2026-06-04", Standing::ReportedNotAssessed, 1),
        ("2026-06-05", Standing::Undecided, 0),
        ("2026-09-01", Standing::Undecided, 0),
    ] {
        let found = at(day).unwrap();
        assert_eq!(found.standing, expected, "{day}");
        assert_eq!(found.precautions.len(), precautions, "{day}");
    }
    assert_eq!(at("2026-09-02"), None, "lapsed");
}

#[test]
fn an_exercise_or_a_test_is_never_shown() {
    let mut story = Story::begins();
    for status in [AlertStatus::Exercise, AlertStatus::Test] {
        let mut alert = someone();
        alert.status = status;
        raises(&mut story, to(&["health"]), alert);
    }
    assert_eq!(standings(&story), []);
}

#[test]
fn what_was_corrected_withdrawn_or_superseded_is_gone() {
    let mut story = Story::begins();
    let withdrawn = raises(&mut story, to(&["health"]), someone());
    story.corrects("police", to(&["health"]), withdrawn, None);
    assert_eq!(standings(&story), []);
    let mut corrected = someone();
    corrected.safety.as_mut().unwrap().severity = Severity::Minor;
    let wrong = raises(&mut story, to(&["health"]), someone());
    let replacement = Some(Replacement::HazardAlert(corrected));
    let correction = story.corrects("police", to(&["health"]), wrong, replacement);
    let found = checked(&story, "health", &[local("T-1")]);
    assert_eq!(
        found
            .iter()
            .map(|f| f.source.as_ref().unwrap().1)
            .collect::<Vec<_>>(),
        [correction]
    );
    let report = crate::given::content::incident(vec![person("p1", &["T-1"])]);
    let incident = story.publishes("police", to(&["health"]), &[], report);
    let references = [
        (incident, ReferenceRole::RestsOn),
        (correction, ReferenceRole::Supersedes),
    ];
    let later = Content::HazardAlert(someone());
    let later = story.publishes("police", to(&["health"]), &references, later);
    let found = checked(&story, "health", &[local("T-1")]);
    assert_eq!(
        found
            .iter()
            .map(|f| f.source.as_ref().unwrap().1)
            .collect::<Vec<_>>(),
        [later]
    );
}

#[test]
fn a_household_or_premises_alert_never_marks_a_person() {
    for target in [
        AlertTarget::Premises("l1".to_owned()),
        AlertTarget::Household {
            place: "l1".to_owned(),
            members: vec!["p1".to_owned()],
        },
    ] {
        let members = target.found_by().len() - 1;
        let mut story = Story::begins();
        let people = vec![person("p1", &["T-1"]), person("p2", &["T-2"])];
        let mut audience = only(&["health"], Groups::ALL);
        audience.grants.extend(to(&["housing"]).grants);
        raises(
            &mut story,
            audience,
            alert(target, people, vec![place("l1", "100")]),
        );
        let found = checked(&story, "health", &[uprn("100")]);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].person, None);
        // A place is protected: without its group nobody finds the alert by it.
        assert_eq!(checked(&story, "housing", &[uprn("100")]), []);
        // A listed member leads to it, unmarked; somebody who is only mentioned doesn't.
        let by_member = checked(&story, "housing", &[local("T-1")]);
        assert_eq!(by_member.len(), members);
        assert!(by_member.iter().all(|f| f.person.is_none()));
        assert_eq!(checked(&story, "health", &[local("T-2")]), []);
    }
}

#[test]
fn an_alert_about_a_person_is_not_found_by_somebody_else_in_it() {
    let mut story = Story::begins();
    let people = vec![person("p1", &["T-1"]), person("p2", &["T-2"])];
    raises(&mut story, to(&["health"]), alert_about(people));
    assert_eq!(
        checked(&story, "health", &[local("T-1")])[0]
            .person
            .as_deref(),
        Some("p1")
    );
    assert_eq!(checked(&story, "health", &[local("T-2")]), []);
}

/// A check whose answer has room for so many findings.
fn crowded(story: &Story, room: usize) -> Checked {
    let views = folded(&story.inputs);
    let eyes = eyes(&views, "health", story.now);
    let checked = views.check(&eyes.reader, &[local("T-1")], room, |_| 1);
    checked.unwrap()
}

fn told(checked: &Checked) -> Vec<EventId> {
    let findings = checked.findings.iter();
    findings.map(|f| f.source.as_ref().unwrap().1).collect()
}

#[test]
fn p7_a_flood_crowds_out_its_own_originators_findings_alone() {
    let mut story = Story::begins();
    let flood: Vec<EventId> = (0..20)
        .map(|_| raises(&mut story, to(&["health"]), someone()))
        .collect();
    // Less pressing than any of the flood.
    let report = danger(vec![person("p1", &["T-1"])], Vec::new());
    let reports = [(); 3].map(|()| {
        let to = to(&["health"]);
        story.publishes("housing", to, &[], report.clone())
    });
    let all = crowded(&story, 23);
    assert!(!all.more && told(&all).len() == 23);
    let some = crowded(&story, 10);
    let [first, second, third] = reports;
    let newest = flood.iter().rev().take(7).copied();
    let expected: Vec<EventId> = newest.chain([third, second, first]).collect();
    assert!(some.more, "and it is said");
    assert_eq!(told(&some), expected, "in the order of pressing");
}

#[test]
fn p7_an_alert_that_is_left_out_takes_no_others_report_with_it() {
    let mut story = Story::begins();
    let report = danger(vec![person("p1", &["T-1"])], Vec::new());
    let of_all = to(&["health", "police"]);
    let report = story.publishes("housing", of_all, &[], report);
    // The oldest of its originator's, so the first to be left out.
    let rests = [(report, ReferenceRole::RestsOn)];
    let alert = Content::HazardAlert(someone());
    story.publishes("police", to(&["health"]), &rests, alert);
    assert!(
        !told(&crowded(&story, 9)).contains(&report),
        "it was assessed"
    );
    for _ in 0..9 {
        raises(&mut story, to(&["health"]), someone());
    }
    let some = crowded(&story, 5);
    assert!(some.more && told(&some).contains(&report));
}
