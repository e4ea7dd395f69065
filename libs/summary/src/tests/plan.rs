//! Safety plans and what became of their measures.

use diogel_domain::{
    codes::Deed,
    content::Content,
    incident::Measure,
    step::{FamilyTold, PlanStep},
};

use super::{
    english,
    family::{self, day, id, incident, plan, plan_step},
    lines, shown, text,
};
use crate::{Mark, Source, Topic};

fn measure(number: u8) -> PlanStep {
    PlanStep {
        measure: number,
        ..PlanStep::default()
    }
}

fn agreed() -> Source {
    shown(&plan(1, "2026-12-04", "2027-06-04"))
}

#[test]
fn a_measure_that_a_plan_took_up_is_shown_once_with_what_became_of_it() {
    let agreed = plan(1, "2027-01-10", "2027-06-04");
    let Content::SafetyPlan(own) = shown(&agreed).disclosed.content().clone() else {
        panic!("no plan");
    };
    let taken = own.agreed.unwrap().measures.remove(0);
    let report = incident(2, "housing", "2027-01-05").incident(|r| {
        let again = Measure {
            what: format!("  {} ", taken.what.to_uppercase()),
            ..taken.clone()
        };
        r.plan = vec![
            again,
            family::measure("Back door repaired", "housing", "2027-02-01"),
        ];
    });
    let said = text(&english(&[shown(&agreed), shown(&report)]), Topic::Plan);
    assert_eq!(
        said.to_lowercase()
            .matches(&taken.what.to_lowercase())
            .count(),
        1,
        "{said}"
    );
    assert!(said.contains("Back door repaired"), "{said}");
}

#[test]
fn a_measure_is_overdue_until_somebody_says_that_it_is_done() {
    let mut source = agreed();
    let open = english(std::slice::from_ref(&source));
    let line = lines(&open, Topic::Plan)[1];
    assert!(
        line.text
            .starts_with("Dog kept away from Elin: Cwm Derwen Council, due 29 January")
    );
    assert!(line.marks.contains(&Mark::Overdue));
    source.steps = vec![plan_step(2, "2027-01-28", Deed::MeasureDone, measure(1))];
    let done = english(&[source]);
    let plan = lines(&done, Topic::Plan);
    assert!(plan[1].text.starts_with("Back door repaired") && plan[1].marks.is_empty());
    assert!(plan[2].text.ends_with("done: 28 January 2027") && plan[2].marks.is_empty());
    assert_eq!(plan[2].cites, [id(1), id(2)]);
}

#[test]
fn what_was_not_done_says_why_and_stays_overdue() {
    let mut source = agreed();
    let refused = PlanStep {
        words: "No answer at the door.".into(),
        ..measure(1)
    };
    source.steps = vec![
        plan_step(2, "2027-01-20", Deed::MeasureDone, measure(1)),
        plan_step(3, "2027-01-28", Deed::MeasureNotDone, refused),
    ];
    let document = english(&[source]);
    let line = lines(&document, Topic::Plan)[1];
    assert!(
        line.text
            .ends_with("measure not done: 28 January 2027: “No answer at the door.”")
    );
    assert!(line.marks.contains(&Mark::Overdue));
}

#[test]
fn an_overdue_review_is_marked_until_the_plan_is_reviewed() {
    let mut source = shown(&plan(1, "2026-12-04", "2027-03-02"));
    let late = english(std::slice::from_ref(&source));
    let head = lines(&late, Topic::Plan)[0];
    assert!(
        head.text
            .ends_with("review of the plan was due by 2 March 2027")
    );
    assert!(head.marks.contains(&Mark::Overdue));
    let next = PlanStep {
        review_on: Some(day("2027-09-02")),
        ..PlanStep::default()
    };
    source.steps = vec![plan_step(2, "2027-03-02", Deed::PlanReviewed, next)];
    let head = text(&english(std::slice::from_ref(&source)), Topic::Plan);
    assert!(head.contains("“Elin sleeps without fear.”; plan to be reviewed by 2 September 2027"));
    source.steps.push(plan_step(
        3,
        "2027-03-02",
        Deed::PlanEnded,
        PlanStep::default(),
    ));
    assert!(text(&english(&[source]), Topic::Plan).starts_with("No measure is known"));
}

#[test]
fn a_plan_says_who_does_what_and_what_the_family_was_told() {
    let mut source = agreed();
    let said = text(&english(std::slice::from_ref(&source)), Topic::Plan);
    assert!(said.contains("Who does what: Health Board: health visitor, clinic"));
    assert!(said.contains("Is the plan known to every agency and to the family"));
    let told = FamilyTold {
        person: "mother".into(),
        what: "the plan".into(),
        how: "at home".into(),
        by: "social worker".into(),
        on: None,
    };
    let told = PlanStep {
        told: Some(told),
        ..PlanStep::default()
    };
    source.steps = vec![plan_step(2, "2027-01-28", Deed::FamilyTold, told)];
    let said = text(&english(&[source]), Topic::Plan);
    assert!(said.contains("mother: told to the family: the plan; how: at home; by: social worker; on: still to be done"));
    assert!(!said.contains("Is the plan known"));
}
