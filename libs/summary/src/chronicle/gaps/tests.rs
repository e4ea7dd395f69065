use super::*;

/// Numbers that look random and are the same each time (Knuth's constants of a linear congruence).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, bound: i32) -> i32 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        i32::try_from((self.0 >> 33) % u64::from(bound.unsigned_abs())).unwrap()
    }
}

fn span(first: i32, last: i32) -> Span {
    Span {
        first: Day(first),
        last: Day(last),
    }
}

fn holds(gap: Gap, day: i32) -> bool {
    (gap.from..=gap.to).contains(&Day(day))
}

#[test]
fn a_day_is_in_a_gap_just_if_its_empty_stretch_is_long() {
    let mut numbers = Numbers(7);
    for _ in 0..500 {
        let count = numbers.below(9);
        let spans = (0..count).map(|_| {
            let first = numbers.below(700);
            span(first, first + numbers.below(4) * numbers.below(40))
        });
        let spans: Vec<Span> = spans.collect();
        let until = numbers.below(800);
        let gaps = gaps(spans.clone(), Day(until));
        let start = spans.iter().map(|s| s.first.0).min().unwrap_or(until + 1);
        let empty = |day: i32| {
            let known = |s: &Span| (s.first..=s.last).contains(&Day(day));
            (start..=until).contains(&day) && !spans.iter().any(known)
        };
        for day in -1..=801 {
            let back = (-1..=day).rev().take_while(|d| empty(*d)).count();
            let on = (day..=801).take_while(|d| empty(*d)).count();
            let long = empty(day) && back + on - 1 > GAP_DAYS;
            let told = gaps.iter().filter(|gap| holds(**gap, day)).count();
            assert_eq!(told, usize::from(long), "{day} of {spans:?}: {gaps:?}");
        }
    }
}

#[test]
fn six_weeks_are_no_gap_and_a_day_more_is_one() {
    let spans = |next| [span(0, 0), span(next, next)];
    assert_eq!(gaps(spans(43), Day(43)), []);
    let found = gaps(spans(44), Day(44));
    assert_eq!(found.iter().map(|gap| gap.days()).collect::<Vec<_>>(), [43]);
}

#[test]
fn before_the_first_event_nobody_says_that_there_was_anything_to_know() {
    assert_eq!(gaps([], Day(500)), []);
    assert_eq!(gaps([span(400, 500)], Day(500)), []);
}

#[test]
fn days_at_the_end_of_the_calendar_are_no_gap_and_no_crash() {
    let ends = [span(i32::MIN, i32::MIN), span(i32::MAX, i32::MAX)];
    assert!(gaps(ends, Day(i32::MAX)).len() <= 2);
}
