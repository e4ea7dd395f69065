use super::*;
use crate::calendar::moment_of;

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

fn noon(text: &str) -> Moment {
    moment_of(day(text), 12 * 60)
}

fn step(at: &str, deed: Deed) -> Step<'static> {
    Step {
        at: noon(at),
        deed,
        review_on: None,
        told: None,
    }
}

/// An alert of Monday, 1 March 2027, reviewed on 1 September.
fn proposed() -> Raised<'static> {
    Raised {
        at: noon("2027-03-01"),
        decided_at: None,
        review_on: Some(day("2027-09-01")),
        told: None,
        groundless_since: None,
    }
}

fn decided() -> Raised<'static> {
    Raised {
        decided_at: Some(noon("2027-03-01")),
        ..proposed()
    }
}

fn state(raised: Raised<'_>, steps: &[Step<'_>], now: &str) -> AlertState {
    of_alert(
        raised,
        steps.iter().copied(),
        AlertClocks::default(),
        noon(now),
        Holidays::england_and_wales(),
    )
}

fn standing(raised: Raised<'_>, steps: &[Step<'_>], now: &str) -> AlertStanding {
    state(raised, steps, now).standing
}

#[test]
fn what_nobody_has_decided_shows_for_three_working_days_and_is_listed_then() {
    for (now, expected) in [
        ("2027-03-01", AlertStanding::ReportedNotAssessed),
        ("2027-03-04", AlertStanding::ReportedNotAssessed),
        ("2027-03-05", AlertStanding::Undecided),
        ("2027-06-01", AlertStanding::Undecided),
        ("2027-06-02", AlertStanding::Lapsed),
    ] {
        assert_eq!(standing(proposed(), &[], now), expected, "{now}");
        let report = Raised {
            review_on: None,
            ..proposed()
        };
        assert_eq!(standing(report, &[], now), expected, "report, {now}");
    }
}

#[test]
fn a_decided_alert_is_in_force_then_stale_for_three_months_then_lapsed() {
    for (now, expected) in [
        ("2027-03-05", AlertStanding::InForce),
        ("2027-09-01", AlertStanding::InForce),
        ("2027-09-02", AlertStanding::Stale),
        ("2027-12-01", AlertStanding::Stale),
        ("2027-12-02", AlertStanding::Lapsed),
    ] {
        assert_eq!(standing(decided(), &[], now), expected, "{now}");
        let approved = [step("2027-03-02", Deed::Approved)];
        assert_eq!(standing(proposed(), &approved, now), expected, "{now}");
    }
}

#[test]
fn renewal_counts_from_its_own_review_and_brings_back_what_had_lapsed() {
    let renewed = [Step {
        review_on: Some(day("2028-03-01")),
        ..step("2027-12-10", Deed::Renewed)
    }];
    assert_eq!(
        standing(decided(), &renewed, "2027-12-20"),
        AlertStanding::InForce
    );
    assert_eq!(
        state(decided(), &renewed, "2027-12-20").review_on,
        Some(day("2028-03-01"))
    );
}

#[test]
fn a_withdrawn_ground_suspends_until_a_fresh_assessment() {
    let groundless = Raised {
        groundless_since: Some(noon("2027-04-01")),
        ..decided()
    };
    assert_eq!(
        standing(groundless, &[], "2027-04-02"),
        AlertStanding::Suspended
    );
    let before = [step("2027-03-20", Deed::Renewed)];
    assert_eq!(
        standing(groundless, &before, "2027-04-02"),
        AlertStanding::Suspended
    );
    let renewed = [step("2027-04-03", Deed::Renewed)];
    assert_eq!(
        standing(groundless, &renewed, "2027-04-04"),
        AlertStanding::InForce
    );
}

#[test]
fn a_disputed_alert_stands_and_is_answered_within_a_month() {
    let objected = [step("2027-03-10", Deed::Objected)];
    let disputed = state(decided(), &objected, "2027-03-11");
    assert_eq!(disputed.standing, AlertStanding::InForce);
    assert_eq!(disputed.disputed_since, Some(noon("2027-03-10")));
    assert_eq!(
        disputed.answer_due.map(|due| due.day),
        Some(day("2027-04-10"))
    );
    let answered = |deed| [objected[0], step("2027-03-20", deed)];
    let not_upheld = answered(Deed::ObjectionNotUpheld);
    let not_upheld = state(decided(), &not_upheld, "2027-03-21");
    assert_eq!(
        (not_upheld.standing, not_upheld.disputed_since),
        (AlertStanding::InForce, None)
    );
    let upheld = answered(Deed::ObjectionUpheld);
    assert_eq!(
        standing(decided(), &upheld, "2027-03-21"),
        AlertStanding::Suspended
    );
}

#[test]
fn what_is_refused_or_ended_shows_no_more() {
    for (deed, expected) in [
        (Deed::Refused, AlertStanding::Refused),
        (Deed::AssessedNoAlert, AlertStanding::Refused),
        (Deed::Ended, AlertStanding::Ended),
        (Deed::OccupantsChanged, AlertStanding::Ended),
    ] {
        let steps = [step("2027-03-02", deed)];
        let over = state(proposed(), &steps, "2027-03-03");
        assert_eq!(over.standing, expected);
        assert!(!over.standing.shows());
        assert_eq!(over.turns, None, "nothing comes with the clock any more");
    }
}

#[test]
fn whatever_isn_t_over_and_isn_t_in_force_waits_for_something() {
    use Awaited::{Answer, Decision, Review};
    let awaited = |raised, steps: &[Step<'_>], now| {
        let state = state(raised, steps, now);
        let each = Awaited::ALL.iter().copied();
        each.filter(|what| state.awaits(*what)).collect::<Vec<_>>()
    };
    for (now, undecided, decided_on) in [
        ("2027-03-02", vec![Decision], vec![]),
        ("2027-03-08", vec![Decision], vec![]),
        ("2027-09-02", vec![Decision], vec![Review]),
        ("2028-09-02", vec![Decision], vec![Review]),
    ] {
        assert_eq!(awaited(proposed(), &[], now), undecided, "{now}");
        assert_eq!(awaited(decided(), &[], now), decided_on, "{now}");
    }
    let objected = step("2027-03-10", Deed::Objected);
    assert_eq!(awaited(decided(), &[objected], "2027-03-11"), [Answer]);
    assert_eq!(
        awaited(decided(), &[objected], "2027-09-02"),
        [Review, Answer]
    );
    let upheld = [objected, step("2027-03-20", Deed::ObjectionUpheld)];
    assert_eq!(awaited(decided(), &upheld, "2027-03-21"), [Review]);
    let ended = [objected, step("2027-03-20", Deed::Ended)];
    assert_eq!(awaited(decided(), &ended, "2027-12-21"), []);
}

#[test]
fn the_next_turn_of_the_clock_is_when_the_standing_changes() {
    let holidays = Holidays::england_and_wales();
    for steps in [vec![], vec![step("2027-03-02", Deed::Approved)]] {
        let mut now = noon("2027-03-02");
        let at = |now| {
            let steps = steps.iter().copied();
            of_alert(proposed(), steps, AlertClocks::default(), now, holidays)
        };
        while let Some(next) = at(now).turns {
            assert_eq!(at(Moment(next.0 - 1)).standing, at(now).standing);
            assert_ne!(at(next).standing, at(now).standing);
            now = next;
        }
        assert_eq!(at(now).standing, AlertStanding::Lapsed);
    }
}
