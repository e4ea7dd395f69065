//! What the chair sees of escalations.

use diogel_domain::{
    codes::{Deed, EscalationOutcome, Language},
    step::EscalationStep,
};
use diogel_sharing::groups::Groups;

use super::{
    english,
    family::{agency, crisp_step, escalation, measure, setting},
    lines, shown, text,
};
use crate::{Mark, Rendering, Source, Topic, summarise};

fn said(steps: Vec<crate::StepTaken>) -> String {
    let mut source = shown(&escalation(1, "2027-03-01"));
    source.steps = steps;
    text(&english(&[source]), Topic::Disagreements)
}

#[test]
fn a_stage_shows_who_acts_and_by_when_and_lateness_moves_nothing() {
    assert!(
        said(Vec::new())
            .starts_with("Thresholds; stage 2: Line managers; due by 8 March 2027; protect by")
    );
    let moved = EscalationStep {
        stage: 3,
        ..EscalationStep::default()
    };
    let moved = said(vec![crisp_step(2, "2027-03-02", Deed::MovedOn, moved)]);
    assert!(
        moved.contains("stage 3: Senior managers; due soon, by 4 March 2027"),
        "{moved}"
    );
    let mut late = shown(&escalation(1, "2027-01-12"));
    late.steps.clear();
    let late = text(&english(&[late]), Topic::Disagreements);
    assert!(late.contains("stage 2: Line managers; was due by 19 January 2027"));
    assert!(late.contains("next stage: stage 3: Senior managers"));
}

#[test]
fn what_keeps_somebody_safe_and_that_somebody_dissents_show_and_the_arguments_never_do() {
    let interim = EscalationStep {
        interim_position: Some(measure(
            "Elin stays with her aunt",
            "social-care",
            "2027-03-12",
        )),
        words: "ARGUMENT".into(),
        ..EscalationStep::default()
    };
    let dissent = EscalationStep {
        words: "DISSENT".into(),
        role: "ROLE".into(),
        ..EscalationStep::default()
    };
    let said = said(vec![
        crisp_step(2, "2027-03-02", Deed::InterimSet, interim),
        crisp_step(3, "2027-03-02", Deed::Dissented, dissent),
    ]);
    assert!(said.contains(
        "interim protective position: Elin stays with her aunt; owner: Cwm Derwen Council"
    ));
    assert!(said.ends_with("dissent is recorded"));
    for never in [
        "ARGUMENT",
        "DISSENT",
        "ROLE",
        "threshold is met",
        "strategy discussion",
    ] {
        assert!(!said.contains(never), "{never}");
    }
}

#[test]
fn an_escalation_that_ended_says_how_and_asks_for_nothing_more() {
    let resolved = EscalationStep {
        outcome: Some(EscalationOutcome::DecisionChanged),
        ..EscalationStep::default()
    };
    let said = said(vec![crisp_step(2, "2027-03-02", Deed::Resolved, resolved)]);
    assert_eq!(
        said,
        "Thresholds; stage 2: Line managers; resolved: 2 March 2027; decision changed"
    );
}

#[test]
fn professionals_see_an_escalation_only_if_all_are_parties_and_the_family_never() {
    let sources: [Source; 1] = [shown(&escalation(1, "2027-01-12").told_to_family())];
    let mut setting = setting(Language::English);
    setting.rendering = Rendering::Professionals;
    let shows = |setting: &crate::Setting| {
        let document = summarise(setting, &sources);
        !lines(&document, Topic::Disagreements).is_empty()
    };
    assert!(!shows(&setting));
    setting.attending = vec![agency("social-care"), agency("education")];
    assert!(shows(&setting));
    setting.rendering = Rendering::Family {
        whom: "Siân".into(),
    };
    assert!(!shows(&setting));
}

/// PRACTICE, section 10, "Room": existence, topic, stage and due time.
#[test]
fn a_chair_that_is_no_party_reads_topic_stage_and_due_time_and_nothing_else() {
    let glimpse: Vec<_> = Groups::GLIMPSE.iter().collect();
    let mut source = escalation(1, "2027-03-01").seen_by("housing", &glimpse);
    let moved = EscalationStep {
        stage: 3,
        words: "ARGUMENT".into(),
        interim_position: Some(measure("INTERIM", "social-care", "2027-03-12")),
        ..EscalationStep::default()
    };
    let dissent = EscalationStep {
        words: "DISSENT".into(),
        ..EscalationStep::default()
    };
    let steps = [
        crisp_step(2, "2027-03-02", Deed::MovedOn, moved),
        crisp_step(3, "2027-03-02", Deed::Dissented, dissent),
    ];
    source.steps = steps.to_vec();
    for step in &mut source.steps {
        step.disclosed = step.disclosed.narrowed(Groups::GLIMPSE).unwrap();
    }
    let document = english(&[source]);
    let said = text(&document, Topic::Disagreements);
    let all = "Thresholds; stage 3: Senior managers; due soon, by 4 March 2027; protect by";
    assert!(said.starts_with(all), "{said}");
    let whole = format!("{document:?}");
    for never in ["ARGUMENT", "INTERIM", "DISSENT", "dissent is recorded"] {
        assert!(!whole.contains(never), "{never}");
    }
    let marks = &lines(&document, Topic::Disagreements)[0].marks;
    assert!(marks.contains(&Mark::ChairOnly) && marks.contains(&Mark::DontReadOut));
}
