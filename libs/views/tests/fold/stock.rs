//! What came to something in a quarter, and what stood at its end, as the Board's indicators count it: by what had happened by then,
//! whatever came later, in whichever batches it was folded.

use diogel_domain::{
    codes::{ContactOutcome, Deed, Precision, RequestPower, ThreatForm},
    content::{Content, ReferenceRole},
    ids::EventId,
    incident::Measure,
    records::{
        Contact, ContactNote, InformationRequest, InformationSought, PlanAgreed, SafetyPlan,
    },
    step::{AlertStep, PlanStep, StepSaid},
    times::{Day, Occurred},
};
use diogel_indicators::{Quarter, Table};
use diogel_views::{Folded, read::Over};

use crate::given::{
    PROTOCOL, Story, agency,
    content::{alert_about, escalation, incident, person},
    day, random, to,
    views::{Shared, eyes, folded, folded_in},
};

fn quarter(text: &str) -> Quarter {
    Quarter::parse(text).unwrap()
}

/// How often each category of a table counts in a quarter.
fn counted(views: &Folded<Shared>, of: &str, table: Table) -> Vec<u64> {
    let counts = views.at_end(quarter(of)).unwrap();
    let categories = table.categories().len();
    let count = |category: usize| {
        let what = table.at(u8::try_from(category).unwrap());
        let rows = counts.iter().filter(|((counted, _), _)| *counted == what);
        rows.map(|(_, count)| count).sum()
    };
    (0..categories).map(count).collect()
}

/// Proposed, not decided.
fn proposed(story: &mut Story) -> EventId {
    let report = story.reports("police", to(&["health"]));
    let mut alert = alert_about(vec![person("p1", &["T-1"])]);
    alert.safety.as_mut().unwrap().decision = None;
    let rests = [(report, ReferenceRole::RestsOn)];
    story.publishes(
        "police",
        to(&["health"]),
        &rests,
        Content::HazardAlert(alert),
    )
}

#[test]
fn p4_what_a_quarter_came_to_is_the_same_in_batches_of_any_size() {
    let mut found = 0;
    for seed in 0..60 {
        let (story, _) = random::story(seed, 80);
        let whole = folded(&story.inputs);
        for of in ["2026-Q2", "2026-Q3", "2026-Q4"] {
            let counts = whole.at_end(quarter(of)).unwrap();
            found += counts.len();
            for sizes in [&[1][..], &[7, 3]] {
                let views = folded_in(&story.inputs, sizes);
                assert_eq!(views.at_end(quarter(of)).unwrap(), counts, "{seed} {of}");
            }
        }
    }
    assert!(found > 300, "{found} prove little");
}

#[test]
fn an_alert_stands_at_each_quarters_end_as_it_stood_then() {
    let mut story = Story::begins();
    let alert = proposed(&mut story);
    story.now = day("2026-06-30");
    // Nobody has decided in three working days; in July somebody does, and in November it is over.
    story.now = day("2026-07-20");
    story.steps("police", alert, Deed::Approved, None);
    story.now = day("2026-11-02");
    story.steps("police", alert, Deed::Ended, None);
    let views = folded(&story.inputs);
    let standing = |of: &str| counted(&views, of, Table::AlertsStanding);
    assert_eq!(standing("2026-Q1"), [0; 5], "it wasn't there yet");
    assert_eq!(standing("2026-Q2"), [0, 0, 1, 0, 0], "undecided");
    assert_eq!(standing("2026-Q3"), [1, 0, 0, 0, 0], "in force");
    assert_eq!(standing("2026-Q4"), [0; 5], "over");
    let target = counted(&views, "2026-Q3", Table::AlertsStandingTarget);
    assert_eq!(target.iter().sum::<u64>(), 1);
}

#[test]
fn whether_the_person_was_told_and_the_next_review_come_from_the_steps() {
    let mut story = Story::begins();
    let alert = proposed(&mut story);
    story.steps("police", alert, Deed::Approved, None);
    let told = |story: &Story| {
        let views = folded(&story.inputs);
        counted(&views, "2026-Q3", Table::AlertsStandingTold)
    };
    assert_eq!(told(&story), [0, 0, 1], "nothing is said");
    story.steps_saying(
        "police",
        alert,
        Deed::PersonTold,
        None,
        StepSaid::Alert(AlertStep {
            told: Some(diogel_domain::alert::PersonTold::On(
                Day::parse("2026-06-02").unwrap(),
            )),
            ..AlertStep::default()
        }),
    );
    assert_eq!(told(&story), [1, 0, 0]);
    // Its review was on 1 December: at the year's end it is stale, unless it was renewed.
    let standing = |story: &Story| {
        let views = folded(&story.inputs);
        counted(&views, "2026-Q4", Table::AlertsStanding)
    };
    assert_eq!(standing(&story), [0, 0, 0, 1, 0]);
    story.now = day("2026-11-30");
    story.steps_saying(
        "police",
        alert,
        Deed::Renewed,
        None,
        StepSaid::Alert(AlertStep {
            review_on: Day::parse("2027-05-01"),
            decided_by: "Manager".into(),
            words: "assessed anew".into(),
            ..AlertStep::default()
        }),
    );
    assert_eq!(standing(&story), [1, 0, 0, 0, 0]);
}

#[test]
fn an_alert_whose_report_was_withdrawn_is_suspended() {
    let mut story = Story::begins();
    let report = story.reports("police", to(&["health"]));
    story.alerts("police", to(&["health"]), report);
    let standing = |story: &Story, of: &str| {
        let views = folded(&story.inputs);
        counted(&views, of, Table::AlertsStanding)
    };
    assert_eq!(standing(&story, "2026-Q2"), [1, 0, 0, 0, 0]);
    story.now = day("2026-08-03");
    story.corrects("police", to(&["health"]), report, None);
    assert_eq!(standing(&story, "2026-Q2"), [1, 0, 0, 0, 0], "not yet then");
    assert_eq!(standing(&story, "2026-Q3"), [0, 0, 0, 0, 1]);
}

#[test]
fn an_escalation_is_open_at_its_stage_until_it_ends_after_so_many_working_days() {
    let mut story = Story::begins();
    let raised = story.publishes(
        "police",
        to(&["health"]),
        &[],
        escalation(vec![person("p1", &["T-1"])]),
    );
    story.now = day("2026-07-01");
    let views = folded(&story.inputs);
    assert_eq!(
        counted(&views, "2026-Q2", Table::EscalationsOpen),
        [1, 0, 0, 0]
    );
    // From Monday 1 June to Monday 6 July: 25 working days.
    story.now = day("2026-07-06");
    story.steps("police", raised, Deed::Withdrawn, None);
    let views = folded(&story.inputs);
    assert_eq!(counted(&views, "2026-Q3", Table::EscalationsOpen), [0; 4]);
    assert_eq!(
        counted(&views, "2026-Q2", Table::EscalationsOpen),
        [1, 0, 0, 0]
    );
    assert_eq!(counted(&views, "2026-Q2", Table::EscalationsTime), [0; 4]);
    assert_eq!(
        counted(&views, "2026-Q3", Table::EscalationsTime),
        [0, 0, 0, 1]
    );
}

#[test]
fn a_plan_is_overdue_and_so_are_its_measures_until_something_becomes_of_them() {
    let mut story = Story::begins();
    let due = |on: Option<&str>| Measure {
        what: "dog kept away".into(),
        owner: Some(agency("housing")),
        due_on: on.and_then(Day::parse),
    };
    let agreed = PlanAgreed {
        lead: agency("social-care"),
        aim: String::new(),
        measures: vec![
            due(Some("2026-06-10")),
            due(Some("2026-06-12")),
            due(Some("2026-09-30")),
            due(None),
        ],
        roles: Vec::new(),
        contingency: String::new(),
        review_on: Day::parse("2026-08-01").unwrap(),
        told: Vec::new(),
    };
    let plan = Content::SafetyPlan(SafetyPlan {
        people: vec![person("p1", &["T-1"])],
        worries: String::new(),
        agreed: Some(agreed),
    });
    let plan = story.publishes("social-care", to(&["health"]), &[], plan);
    let said = StepSaid::Plan(Some(PlanStep {
        measure: 1,
        ..PlanStep::default()
    }));
    story.steps_saying("social-care", plan, Deed::MeasureDone, None, said);
    let views = folded(&story.inputs);
    assert_eq!(counted(&views, "2026-Q2", Table::Plans), [1, 0]);
    assert_eq!(counted(&views, "2026-Q2", Table::Measures), [1, 0, 1, 1, 1]);
    assert_eq!(counted(&views, "2026-Q3", Table::Plans), [0, 1]);
    assert_eq!(counted(&views, "2026-Q3", Table::Measures), [1, 0, 0, 2, 1]);
    story.now = day("2026-09-01");
    story.steps("social-care", plan, Deed::PlanEnded, None);
    let views = folded(&story.inputs);
    assert_eq!(counted(&views, "2026-Q3", Table::Plans), [0, 0]);
    assert_eq!(counted(&views, "2026-Q3", Table::Measures), [0; 5]);
}

#[test]
fn each_agency_asked_counts_with_its_answer_by_the_quarters_end() {
    let mut story = Story::begins();
    let request = |power| {
        Content::InformationRequest(InformationRequest {
            people: vec![person("p1", &["T-1"])],
            sought: Some(InformationSought {
                asked: vec![agency("health"), agency("housing")],
                power,
                what: "what daily life is like".into(),
                by: Day::parse("2026-06-20").unwrap(),
            }),
        })
    };
    let both = to(&["health", "housing"]);
    let asked = story.publishes(
        "social-care",
        both.clone(),
        &[],
        request(RequestPower::Agreement),
    );
    let own = Some(to(&["social-care"]));
    story.steps("health", asked, Deed::NothingHeld, own.clone());
    story.now = day("2026-07-02");
    story.steps("housing", asked, Deed::InformationGiven, own);
    story.publishes("board", both, &[], request(RequestPower::BoardFunctions));
    let views = folded(&story.inputs);
    assert_eq!(counted(&views, "2026-Q2", Table::Requests), [0, 1, 0, 1]);
    assert_eq!(
        counted(&views, "2026-Q3", Table::Requests),
        [0; 4],
        "of June"
    );
    assert_eq!(counted(&views, "2026-Q2", Table::BoardRequests), [0; 4]);
    assert_eq!(
        counted(&views, "2026-Q3", Table::BoardRequests),
        [0, 0, 0, 2]
    );
}

fn contact(who: &str) -> Content {
    let at = day("2026-06-01");
    Content::Contact(ContactNote {
        people: vec![person("p1", &[who])],
        contact: Some(Contact {
            occurred: Occurred {
                from: at,
                to: at,
                precision: Precision::Day,
            },
            outcome: ContactOutcome::Kept,
            at_home: true,
            seen: Vec::new(),
            seen_alone: Vec::new(),
        }),
        note: String::new(),
    })
}

#[test]
fn the_lens_sees_who_has_contact_where_others_report_threats_and_reports_none() {
    let mut story = Story::begins();
    let lens = |story: &Story| counted(&folded(&story.inputs), "2026-Q2", Table::Lens);
    let threat = |who: &[&str]| {
        let mut content = incident(vec![person("p1", who)]);
        if let Content::Incident(report) = &mut content {
            report.safety.as_mut().unwrap().threats = vec![ThreatForm::Shouting];
        }
        content
    };
    let notes = |story: &mut Story, by: &str, content| {
        story.publishes(by, to(&["health"]), &[], content);
    };
    notes(&mut story, "health", contact("T-1"));
    notes(&mut story, "police", contact("T-9"));
    assert_eq!(lens(&story), [0, 0], "nobody reports threats");
    // The report names the person by two identifiers: contacts by either are of one case.
    notes(&mut story, "housing", threat(&["T-1", "T-2"]));
    assert_eq!(lens(&story), [0, 1], "health has contact, and reports none");
    notes(&mut story, "education", contact("T-2"));
    assert_eq!(lens(&story), [0, 2]);
    notes(&mut story, "education", threat(&["T-2"]));
    assert_eq!(lens(&story), [1, 1]);
    // Who alone reports threats in a case isn't compared with itself.
    notes(&mut story, "police", threat(&["T-9"]));
    assert_eq!(lens(&story), [1, 1]);
}

/// The protocol with another version number, and something changed.
fn changed(from: &str, to: &str) -> String {
    let changed = PROTOCOL.replace("version = 1", "version = 2");
    assert!(changed.contains(from));
    changed.replace(from, to)
}

#[test]
fn a_protocol_that_is_tried_widens_and_narrows_what_it_would() {
    let mut story = Story::begins();
    story.reports("police", to(&["health", "housing"]));
    story.reports("housing", to(&["health"]));
    let views = folded(&story.inputs);
    let police = eyes(&views, "police", story.now);
    let reader = &police.reader;
    let tried = |file: &str, over| {
        let trial = views.try_protocol(reader, file, over, 1_000).unwrap();
        trial.map(|trial| {
            let moved = trial.moved.into_iter();
            moved
                .map(|((matter, to), moved)| {
                    (matter.code(), to.to_string(), moved.widened, moved.narrowed)
                })
                .collect::<Vec<_>>()
        })
    };
    let without_narrative = changed("\"narrative\", ", "");
    let narrower = |to: &str| ("incident", to.to_owned(), 0, 1);
    assert_eq!(
        tried(&without_narrative, Over::Own).unwrap(),
        [narrower("health"), narrower("housing")]
    );
    let all = tried(&without_narrative, Over::All).unwrap();
    assert_eq!(all[0], ("incident", "health".to_owned(), 0, 2));
    // Nothing different, and nothing stored.
    assert!(
        tried(&changed("The test", "The same"), Over::All)
            .unwrap()
            .is_empty()
    );
    assert!(tried(PROTOCOL, Over::All).is_err(), "no new version");
    assert!(tried("id = 1", Over::All).is_err());
    assert_eq!(views.registry().adopted().len(), 1);
}
