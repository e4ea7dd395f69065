use super::*;
use crate::{calendar::moment_of, codes::EscalationTopic, ids::AgencyId, times::Day};

fn noon(text: &str) -> Moment {
    moment_of(Day::parse(text).unwrap(), 12 * 60)
}

fn dispute(stage: u8, protect_by: Option<Moment>) -> Dispute {
    Dispute {
        topic: EscalationTopic::NoEffectivePlan,
        stage,
        urgent_reason: String::new(),
        parties: vec![
            AgencyId::new("health").unwrap(),
            AgencyId::new("housing").unwrap(),
        ],
        disagreement: "no visit since the dog was let out".into(),
        sought: String::new(),
        protect_by,
        interim_position: None,
    }
}

fn said(stage: u8, outcome: Option<EscalationOutcome>) -> EscalationStep {
    EscalationStep {
        stage,
        outcome,
        ..EscalationStep::default()
    }
}

fn state(
    of: &Dispute,
    steps: &[(&str, Deed, EscalationStep)],
    policy: &Policy,
    now: &str,
) -> EscalationState {
    let steps = steps.iter().map(|(at, deed, said)| Step {
        at: noon(at),
        deed: *deed,
        stage: said.stage,
        said: Some(said),
    });
    let holidays = Holidays::england_and_wales();
    of_escalation(
        (noon("2027-03-01"), of),
        steps,
        |_| policy,
        noon(now),
        holidays,
    )
}

#[test]
fn each_stage_has_its_own_clock_of_working_days() {
    let (of, policy) = (dispute(1, None), Policy::default());
    let first = state(&of, &[], &policy, "2027-03-01");
    assert_eq!(first.due.unwrap().day.to_string(), "2027-03-04");
    let moved = [("2027-03-04", Deed::MovedOn, said(2, None))];
    let second = state(&of, &moved, &policy, "2027-03-05");
    assert_eq!((second.stage, second.entered), (2, noon("2027-03-04")));
    assert_eq!(second.due.unwrap().day.to_string(), "2027-03-11");
}

#[test]
fn the_due_time_is_the_earlier_of_the_clock_and_the_time_to_protect_by() {
    let policy = Policy::default();
    let soon = dispute(4, Some(noon("2027-03-02")));
    assert_eq!(
        state(&soon, &[], &policy, "2027-03-01").due.unwrap().at,
        noon("2027-03-02")
    );
    let later = dispute(1, Some(noon("2027-05-02")));
    let due = state(&later, &[], &policy, "2027-03-01").due.unwrap();
    assert_eq!(due.day.to_string(), "2027-03-04");
}

#[test]
fn lateness_proposes_the_next_stage_and_never_moves_it() {
    let (of, policy) = (dispute(1, None), Policy::default());
    let late = state(&of, &[], &policy, "2027-03-05");
    assert_eq!(late.timing, Some(Timing::Passed));
    assert_eq!((late.stage, late.proposes), (1, Some(2)));
    let last = dispute(4, None);
    let late = state(&last, &[], &policy, "2027-06-01");
    assert_eq!((late.timing, late.proposes), (Some(Timing::Passed), None));
}

#[test]
fn resolved_early_counts_too_and_stops_the_clock() {
    let (of, policy) = (dispute(1, None), Policy::default());
    let agreed = said(0, Some(EscalationOutcome::Agreed));
    let steps = [
        ("2027-03-02", Deed::Resolved, agreed),
        ("2027-03-03", Deed::Dissented, said(0, None)),
    ];
    let over = state(&of, &steps, &policy, "2027-06-01");
    let expected = Over {
        deed: Deed::Resolved,
        outcome: Some(EscalationOutcome::Agreed),
        at: noon("2027-03-02"),
    };
    assert_eq!(over.over, Some(expected));
    assert_eq!((over.due, over.timing, over.turns), (None, None, None));
    assert!(over.dissent);
}

#[test]
fn a_stage_keeps_the_clock_of_the_policy_that_it_was_entered_under() {
    let (of, before) = (dispute(1, None), Policy::default());
    let mut after = Policy::default();
    after.stages[0].working_days = 20;
    let adopted = noon("2027-03-02");
    let holidays = Holidays::england_and_wales();
    let policy = |at: Moment| if at < adopted { &before } else { &after };
    let none: [Step<'_>; 0] = [];
    let now = noon("2027-03-03");
    let state = of_escalation((noon("2027-03-01"), &of), none, policy, now, holidays);
    assert_eq!(state.due.unwrap().day.to_string(), "2027-03-04");
}

#[test]
fn the_next_turn_of_the_clock_is_when_it_nears_or_passes() {
    let (of, policy) = (dispute(1, None), Policy::default());
    let holidays = Holidays::england_and_wales();
    let at = |now| {
        let none: [Step<'_>; 0] = [];
        of_escalation((noon("2027-03-01"), &of), none, |_| &policy, now, holidays)
    };
    let mut now = noon("2027-03-01");
    let mut seen = Vec::new();
    while let Some(next) = at(now).turns {
        assert_eq!(at(Moment(next.0 - 1)).timing, at(now).timing);
        now = next;
        seen.extend(at(now).timing);
    }
    assert_eq!(seen, [Timing::Near, Timing::Passed]);
}
