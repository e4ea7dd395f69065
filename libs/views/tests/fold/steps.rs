//! Steps of lifecycles: who may take which is told to who tries; a step goes wherever what it is taken on goes; how something stands
//! rests on what its reader may see.

use std::ops::ControlFlow;

use diogel_domain::{
    codes::{Deed, EscalationOutcome},
    content::{Content, Kind, Matter, ReferenceRole},
    correction::Replacement,
    effect::{Effect, Reason},
    ids::EventId,
    lifecycle::alert::{AlertStanding, Awaited},
    step::{AlertStep, EscalationStep, Step, StepSaid},
    times::Day,
};
use diogel_sharing::{
    audience::Recipient,
    groups::{FieldGroup, Groups},
};
use diogel_views::{
    ContentState, Folded, Seen, Which,
    rows::{FoldOutcome, ItemState},
    standing::Standing,
};

use crate::given::{
    Story, agency,
    content::{alert_about, escalation, local, person},
    deeds::{narrow, widen},
    only, to,
    views::{Shared, eyes, folded, outcomes},
};

/// Police's proposal about T-1, to these agencies, resting on an incident. Answers the incident and the alert.
fn proposed(story: &mut Story, agencies: &[&str]) -> (EventId, EventId) {
    let incident = story.reports("police", to(agencies));
    let mut alert = alert_about(vec![person("p1", &["T-1"])]);
    alert.safety.as_mut().unwrap().decision = None;
    let rests = [(incident, ReferenceRole::RestsOn)];
    let alert = story.publishes("police", to(agencies), &rests, Content::HazardAlert(alert));
    (incident, alert)
}

fn standing(views: &Folded<Shared>, story: &Story, by: &str, event: EventId) -> AlertStanding {
    let seen = eyes(views, by, story.now).see(event).unwrap();
    match seen.standing {
        Some(Standing::Alert(state)) => state.standing,
        other => unreachable!("{other:?}"),
    }
}

fn refused(views: &Folded<Shared>, of: &str, event: EventId) -> Option<Reason> {
    match outcomes(views, of, event)[..] {
        [FoldOutcome::Judged(Effect::WithoutEffect(reason))] => Some(reason),
        [FoldOutcome::Judged(Effect::Effective)] => None,
        ref other => unreachable!("{other:?}"),
    }
}

#[test]
fn an_approved_alert_is_in_force_for_everybody_who_sees_it() {
    let mut story = Story::begins();
    let (_, alert) = proposed(&mut story, &["health"]);
    let before = folded(&story.inputs);
    let proposed = AlertStanding::ReportedNotAssessed;
    assert_eq!(standing(&before, &story, "health", alert), proposed);
    let approval = story.steps("police", alert, Deed::Approved, None);
    let views = folded(&story.inputs);
    assert_eq!(refused(&views, "police", approval), None);
    for reader in ["police", "health"] {
        let eyes = eyes(&views, reader, story.now);
        assert_eq!(
            standing(&views, &story, reader, alert),
            AlertStanding::InForce
        );
        assert_eq!(eyes.see(alert).unwrap().steps, [approval]);
        assert_eq!(
            eyes.check(&[local("T-1")])[0].standing,
            AlertStanding::InForce
        );
    }
    assert!(eyes(&views, "housing", story.now).see(approval).is_none());
}

#[test]
fn an_originator_is_told_why_a_step_counts_for_nothing() {
    let mut story = Story::begins();
    let (incident, alert) = proposed(&mut story, &["health"]);
    let others = story.steps("health", alert, Deed::Approved, Some(to(&["police"])));
    let wrong = story.steps("police", incident, Deed::Approved, None);
    let approval = story.steps("police", alert, Deed::Approved, None);
    let again = story.steps("police", alert, Deed::Refused, None);
    let listed = story.steps("police", alert, Deed::Ended, Some(to(&["health"])));
    let own = story.steps(
        "police",
        incident,
        Deed::Corroborated,
        Some(to(&["health"])),
    );
    let alone = story.steps("health", incident, Deed::Corroborated, None);
    let views = folded(&story.inputs);
    for (by, event, reason) in [
        ("health", others, Some(Reason::NotTheOriginator)),
        ("police", wrong, Some(Reason::WrongKind)),
        ("police", approval, None),
        ("police", again, Some(Reason::AlreadyDecided)),
        ("police", listed, Some(Reason::AudienceOfAStep)),
        ("police", own, Some(Reason::OwnEvent)),
        ("health", alone, Some(Reason::AudienceOfAStep)),
    ] {
        assert_eq!(refused(&views, by, event), reason);
    }
    assert_eq!(
        standing(&views, &story, "health", alert),
        AlertStanding::InForce
    );
}

#[test]
fn a_step_on_what_is_still_to_come_waits_for_it() {
    let mut story = Story::begins();
    let to_come = story.id_to_come(1);
    let header = diogel_sharing::header::Header {
        step: Some(diogel_domain::step::StepHead {
            deed: Deed::Stated,
            urgent: false,
            panel: Vec::new(),
        }),
        ..diogel_sharing::header::Header::default()
    };
    let said = diogel_domain::step::Step {
        deed: Some(Deed::Stated),
        said: StepSaid::Statement(None),
    };
    let references = [(to_come, ReferenceRole::StepOf)];
    let step = story.seals("police", header, &references, Content::Step(said));
    let parked = folded(&story.inputs);
    assert_eq!(
        outcomes(&parked, "police", step),
        [FoldOutcome::Judged(Effect::Parked)]
    );
    let incident = story.reports("police", to(&["health"]));
    assert_eq!(incident, to_come);
    let views = folded(&story.inputs);
    let seen = eyes(&views, "health", story.now).see(incident).unwrap();
    assert_eq!(seen.steps, [step]);
}

#[test]
fn p8_a_step_goes_wherever_what_it_is_taken_on_goes_and_leaves_with_it() {
    let mut story = Story::begins();
    let (_, alert) = proposed(&mut story, &["health"]);
    let approval = story.steps("police", alert, Deed::Approved, None);
    let housing = Recipient::Agency(agency("housing"));
    story.shares("police", alert, widen(housing), None);
    story.shares("police", alert, narrow(&["health"]), None);
    let ended = story.steps("police", alert, Deed::Ended, None);
    let views = folded(&story.inputs);
    for (reader, sees) in [("police", true), ("housing", true), ("health", false)] {
        let eyes = eyes(&views, reader, story.now);
        for event in [alert, approval, ended] {
            assert_eq!(eyes.see(event).is_some(), sees, "{reader}");
        }
    }
}

#[test]
fn a_step_is_shared_again_by_nothing_but_what_it_is_taken_on() {
    let mut story = Story::begins();
    let (_, alert) = proposed(&mut story, &["health"]);
    let approval = story.steps("police", alert, Deed::Approved, None);
    let housing = Recipient::Agency(agency("housing"));
    let widened = story.shares("police", approval, widen(housing), None);
    let views = folded(&story.inputs);
    assert_eq!(refused(&views, "police", widened), Some(Reason::WrongKind));
    assert!(eyes(&views, "housing", story.now).see(approval).is_none());
}

#[test]
fn what_is_withheld_by_name_takes_its_steps_along() {
    let mut story = Story::begins();
    let (_, alert) = proposed(&mut story, &["health"]);
    let last = story.last();
    let audience = last.known.as_mut().unwrap().1.audience.as_mut();
    audience.unwrap().restricted_by_person = true;
    if let ContentState::Open { texts, .. } = &mut last.content {
        texts.withheld_persons = vec!["Nurse Invented".into()];
    }
    let approval = story.steps("police", alert, Deed::Approved, None);
    let views = folded(&story.inputs);
    let eyes = eyes(&views, "health", story.now);
    for (name, sees) in [
        ("", false),
        ("Nurse Invented", false),
        ("Nurse Other", true),
    ] {
        let reader = views.on_behalf_of(eyes.reader.clone(), name);
        for event in [alert, approval] {
            let seen = views.see_event(&reader, event).unwrap();
            assert_eq!(seen.is_some(), sees, "{name}");
        }
    }
}

#[test]
fn an_erased_alert_takes_its_steps_along() {
    let mut story = Story::begins();
    let (_, alert) = proposed(&mut story, &["health"]);
    let approval = story.steps("police", alert, Deed::Approved, None);
    let shared = Shared::default();
    story.erases("police", alert);
    let views = crate::given::views::empty(shared);
    views.fold(&story.inputs).unwrap();
    let eyes = eyes(&views, "health", story.now);
    let seen = eyes.see(approval).unwrap();
    assert!(matches!(seen.item.state, ItemState::Erased(_)) && seen.disclosed.is_none());
}

#[test]
fn an_approval_entered_in_error_leaves_a_proposal() {
    let mut story = Story::begins();
    let (_, alert) = proposed(&mut story, &["health"]);
    let approval = story.steps("police", alert, Deed::Approved, None);
    story.corrects("police", to(&["health"]), approval, None);
    let views = folded(&story.inputs);
    assert_eq!(
        standing(&views, &story, "health", alert),
        AlertStanding::ReportedNotAssessed
    );
    let again = story.steps("police", alert, Deed::Approved, None);
    let views = folded(&story.inputs);
    assert_eq!(refused(&views, "police", again), None);
}

#[test]
fn a_corrected_alert_keeps_its_end_and_not_its_approval() {
    let right = || {
        let mut right = alert_about(vec![person("p1", &["T-1"])]);
        right.safety.as_mut().unwrap().decision = None;
        Some(Replacement::HazardAlert(right))
    };
    for (deed, expected) in [
        (Deed::Approved, AlertStanding::ReportedNotAssessed),
        (Deed::Ended, AlertStanding::Ended),
    ] {
        let mut story = Story::begins();
        let (_, alert) = proposed(&mut story, &["health"]);
        story.steps("police", alert, deed, None);
        let correction = story.corrects("police", to(&["health"]), alert, right());
        let views = folded(&story.inputs);
        assert_eq!(standing(&views, &story, "health", correction), expected);
    }
}

#[test]
fn an_alert_whose_ground_was_withdrawn_is_suspended_for_who_sees_that() {
    let mut story = Story::begins();
    let incident = story.reports("police", to(&["housing"]));
    let alert = story.alerts("police", to(&["housing", "health"]), incident);
    story.corrects("police", to(&["housing"]), incident, None);
    let views = folded(&story.inputs);
    for (reader, expected) in [
        ("housing", AlertStanding::Suspended),
        ("police", AlertStanding::Suspended),
        // It knows nothing of the incident, nor that it went (P6); its originator can suspend the alert for everybody.
        ("health", AlertStanding::InForce),
    ] {
        assert_eq!(
            standing(&views, &story, reader, alert),
            expected,
            "{reader}"
        );
    }
    assert!(
        eyes(&views, "housing", story.now)
            .check(&[local("T-1")])
            .is_empty()
    );
    story.steps("police", alert, Deed::Suspended, None);
    let views = folded(&story.inputs);
    assert_eq!(
        standing(&views, &story, "health", alert),
        AlertStanding::Suspended
    );
}

#[test]
fn a_corroboration_is_told_to_whose_report_it_is_and_to_whom_it_names() {
    let mut story = Story::begins();
    let report = story.reports("housing", to(&["health", "police"]));
    let audience = Some(to(&["education"]));
    let borne_out = story.steps("health", report, Deed::Corroborated, audience);
    let views = folded(&story.inputs);
    for (reader, sees) in [
        ("health", true),
        ("housing", true),
        ("education", true),
        ("police", false),
    ] {
        let eyes = eyes(&views, reader, story.now);
        assert_eq!(eyes.see(borne_out).is_some(), sees, "{reader}");
    }
    let seen = |by| eyes(&views, by, story.now).see(report).unwrap().steps;
    assert_eq!(seen("housing"), [borne_out]);
    assert!(seen("police").is_empty(), "not even that there is one");
}

#[test]
fn p6_an_objection_that_is_hidden_from_a_reader_disputes_nothing_for_it() {
    let mut story = Story::begins();
    let (_, alert) = proposed(&mut story, &["health", "housing"]);
    story.steps("police", alert, Deed::Approved, None);
    let objection = story.steps("health", alert, Deed::Objected, Some(to(&["education"])));
    let views = folded(&story.inputs);
    let disputed = |by| {
        let found = eyes(&views, by, story.now).check(&[local("T-1")]);
        found[0].disputed
    };
    assert!(disputed("police") && disputed("health"));
    assert!(!disputed("housing"));
    let changes = eyes(&views, "housing", story.now).changes(&story);
    assert!(
        changes.iter().all(|change| change.1 != objection),
        "{changes:?}"
    );
    let told = changes.iter().filter(|change| change.1 == alert).count();
    assert_eq!(told, 2, "shown, and approved; nothing of the objection");
}

fn raised(story: &mut Story) -> EventId {
    let people = vec![person("p1", &["T-1"])];
    let groups: Groups = [
        FieldGroup::Existence,
        FieldGroup::Identity,
        FieldGroup::Dispute,
    ]
    .into_iter()
    .collect();
    let audience = only(&["health"], groups);
    let event = story.publishes("police", audience, &[], escalation(people));
    story.last().known.as_mut().unwrap().1.stage = 1;
    event
}

fn escalation_step(stage: u8, outcome: Option<EscalationOutcome>) -> StepSaid {
    StepSaid::Escalation(Some(EscalationStep {
        words: "so written".into(),
        stage,
        outcome,
        ..EscalationStep::default()
    }))
}

#[test]
fn every_step_of_an_escalation_goes_to_its_parties_and_the_board_and_to_nobody_else() {
    let mut story = Story::begins();
    let event = raised(&mut story);
    let response = story.steps("health", event, Deed::Responded, None);
    let moved = escalation_step(2, None);
    let moved = story.steps_saying("police", event, Deed::MovedOn, None, moved);
    let outside = story.steps("housing", event, Deed::Responded, None);
    let views = folded(&story.inputs);
    assert_eq!(refused(&views, "housing", outside), Some(Reason::NotAParty));
    for (reader, sees) in [
        ("police", true),
        ("health", true),
        ("board", true),
        ("housing", false),
        ("social-care", false),
    ] {
        let eyes = eyes(&views, reader, story.now);
        for step in [response, moved] {
            assert_eq!(eyes.see(step).is_some(), sees, "{reader}");
        }
    }
    let seen = eyes(&views, "health", story.now).see(event).unwrap();
    assert_eq!(seen.steps, [response, moved]);
    let Some(Standing::Escalation(state)) = seen.standing else {
        panic!("no standing");
    };
    assert_eq!(state.stage, 2);
    assert!(state.due.is_some() && state.over.is_none());
}

/// As who chairs a meeting may: what it is about, at which stage, by when (PRACTICE, section 10, "Room").
#[test]
fn whoever_glimpses_an_escalation_sees_its_stage_move_and_reads_no_word_of_it() {
    let mut story = Story::begins();
    let event = raised(&mut story);
    let chair = widen(Recipient::Agency(agency("housing")));
    story.shares("police", event, chair, None);
    let response = story.steps("health", event, Deed::Responded, None);
    let moved = escalation_step(2, None);
    let moved = story.steps_saying("police", event, Deed::MovedOn, None, moved);
    let own = story.steps("housing", event, Deed::Responded, None);
    let beyond = Some(to(&["health", "housing"]));
    let beyond = story.steps("health", event, Deed::Responded, beyond);
    let views = folded(&story.inputs);
    assert_eq!(refused(&views, "housing", own), Some(Reason::NotAParty));
    let beyond = refused(&views, "health", beyond);
    assert_eq!(beyond, Some(Reason::AudienceOfAStep));
    let chair = eyes(&views, "housing", story.now);
    let seen = chair.see(event).unwrap();
    let Some(Standing::Escalation(state)) = &seen.standing else {
        unreachable!("{:?}", seen.standing);
    };
    assert_eq!(state.stage, 2);
    assert!(state.due.is_some() && state.interim_position.is_none());
    let disclosed = seen.disclosed.unwrap();
    let dispute = disclosed.content().escalation().unwrap();
    let dispute = dispute.dispute.as_ref().unwrap();
    assert!(dispute.disagreement.is_empty() && dispute.parties.is_empty());
    let step = |event| {
        let seen = chair.see(event).unwrap();
        match seen.disclosed.unwrap().content() {
            Content::Step(step) => step.clone(),
            other => unreachable!("{other:?}"),
        }
    };
    assert_eq!(step(response).deed, None);
    let wordless = EscalationStep {
        stage: 2,
        ..EscalationStep::default()
    };
    let expected = Step {
        deed: Some(Deed::MovedOn),
        said: StepSaid::Escalation(Some(wordless)),
    };
    assert_eq!(step(moved), expected);
}

#[test]
fn an_escalation_that_is_over_runs_no_more() {
    let mut story = Story::begins();
    let event = raised(&mut story);
    let position = story.inputs.len() as u64;
    let running = |story: &Story| folded(&story.inputs).running(0, 9).unwrap();
    assert_eq!(running(&story), [position]);
    let agreed = escalation_step(0, Some(EscalationOutcome::Agreed));
    let resolved = story.steps_saying("police", event, Deed::Resolved, None, agreed);
    assert_eq!(running(&story), [0; 0]);
    story.corrects("police", to(&["health"]), resolved, None);
    assert_eq!(running(&story), [position], "resolved by mistake");
}

#[test]
fn what_is_over_for_its_reader_stands_in_no_list_of_what_is_open() {
    let mut story = Story::begins();
    let (_, ended) = proposed(&mut story, &["health"]);
    let (_, refused) = proposed(&mut story, &["health"]);
    let (_, open) = proposed(&mut story, &["health"]);
    let dispute = raised(&mut story);
    let agreed = escalation_step(0, Some(EscalationOutcome::Agreed));
    story.steps("police", ended, Deed::Ended, None);
    story.steps("police", refused, Deed::Refused, None);
    let resolved = story.steps_saying("police", dispute, Deed::Resolved, None, agreed);
    let listed = |story: &Story, by: &str, which: Which| {
        let views = folded(&story.inputs);
        let reader = views.reader(&agency(by), story.now).unwrap();
        let mut events = Vec::new();
        let take = |seen: Seen| {
            events.push(seen.item.event_id);
            ControlFlow::Continue(())
        };
        assert_eq!(views.newest(&reader, u64::MAX, which, take).unwrap(), 0);
        events
    };
    let alerts = Which::of(Matter::HazardAlert).open();
    let disputes = Which::of(Matter::Escalation).open();
    for by in ["police", "health"] {
        assert_eq!(listed(&story, by, alerts), [open]);
        assert_eq!(listed(&story, by, disputes), []);
        let views = folded(&story.inputs);
        for over in [ended, refused, dispute] {
            assert!(!eyes(&views, by, story.now).see(over).unwrap().is_open());
        }
    }
    assert_eq!(listed(&story, "police", alerts.own()), [open]);
    assert_eq!(listed(&story, "health", alerts.own()), []);
    assert_eq!(listed(&story, "housing", alerts), []);
    // Resolved by mistake.
    story.corrects("police", to(&["health"]), resolved, None);
    assert_eq!(listed(&story, "health", disputes), [dispute]);
}

#[test]
fn what_an_alert_waits_for_follows_its_course() {
    use Awaited::{Answer, Decision, Review};
    let mut story = Story::begins();
    let (incident, alert) = proposed(&mut story, &["health"]);
    let waits = |story: &Story, by: &str, days: i64| -> Vec<Awaited> {
        let views = folded(&story.inputs);
        let now = story.now.plus_seconds(24 * 3_600 * days);
        let reader = views.reader(&agency(by), now).unwrap();
        let each = Awaited::ALL.iter().copied();
        each.filter(|what| {
            let mut any = false;
            let take = |_: Seen| {
                any = true;
                ControlFlow::Continue(())
            };
            let which = Which::awaiting(*what);
            assert_eq!(views.newest(&reader, u64::MAX, which, take).unwrap(), 0);
            any
        })
        .collect()
    };
    assert_eq!(waits(&story, "police", 0), [Decision]);
    assert_eq!(waits(&story, "police", 400), [Decision], "lapsed undecided");
    assert_eq!(waits(&story, "health", 0), [], "another agency's");
    story.steps("police", alert, Deed::Approved, None);
    assert_eq!(waits(&story, "police", 0), []);
    assert_eq!(waits(&story, "police", 400), [Review], "lapsed");
    let objection = story.steps("health", alert, Deed::Objected, Some(to(&["police"])));
    assert_eq!(waits(&story, "police", 0), [Answer]);
    story.steps("police", alert, Deed::ObjectionUpheld, None);
    assert_eq!(waits(&story, "police", 0), [Review], "suspended");
    let renewal = alert_step("2099-01-01");
    let renewed = story.steps_saying("police", alert, Deed::Renewed, None, renewal);
    assert_eq!(waits(&story, "police", 400), []);
    story.erases("health", objection);
    assert_eq!(waits(&story, "police", 400), []);
    // The day of the next review goes with the step's words.
    story.erases("police", renewed);
    assert_eq!(waits(&story, "police", 400), [Review]);
    assert_eq!(waits(&story, "police", 0), []);
    // Nothing stands any more that it rests on.
    story.corrects("police", to(&["health"]), incident, None);
    assert_eq!(waits(&story, "police", 0), [Review]);
    story.steps("police", alert, Deed::Ended, None);
    assert_eq!(waits(&story, "police", 400), []);
}

fn alert_step(review_on: &str) -> StepSaid {
    StepSaid::Alert(AlertStep {
        decided_by: "Manager Invented".into(),
        words: "Assessed afresh.".into(),
        review_on: Some(Day::parse(review_on).unwrap()),
        ..AlertStep::default()
    })
}

#[test]
fn a_step_is_of_its_own_kind_to_whoever_lists() {
    let mut story = Story::begins();
    let (_, alert) = proposed(&mut story, &["health"]);
    let approval = story.steps("police", alert, Deed::Approved, None);
    let views = folded(&story.inputs);
    let eyes = eyes(&views, "health", story.now);
    assert_eq!(eyes.see(approval).unwrap().item.kind, Some(Kind::Stepped));
    assert_eq!(eyes.list()[0], approval);
}
