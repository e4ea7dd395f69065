//! A change of the rules on its way through what was published before it: what others do meanwhile doesn't show by it (P6).

use diogel_domain::ids::EventId;
use diogel_views::rows::ChangeKind;

use crate::given::{
    PROTOCOL, Story,
    deeds::narrow,
    to,
    views::{Shared, empty, eyes, sweep},
};

/// Two events of police's, then a version that reaches back to what the first one ended.
fn two_events_between_versions() -> (Story, [EventId; 2]) {
    let mut story = Story::begins();
    let audience = to(&["health", "housing"]);
    let none = PROTOCOL
        .replace("version = 1", "version = 2")
        .replace("\"incident\", ", "");
    story.agree(&none);
    let events = [0, 1].map(|_| story.reports("police", audience.clone()));
    let all = PROTOCOL.replace("version = 1", "version = 3");
    story.agree(&all.replace("review_by", "reaches_back_to = \"2026-01-01\"\nreview_by"));
    (story, events)
}

#[test]
fn p6_what_others_do_with_an_item_doesnt_bring_it_to_a_reader_before_the_rest() {
    let (mut story, [one, other]) = two_events_between_versions();
    story.acknowledges("housing", other);
    story.shares("police", other, narrow(&["housing"]), None);
    let views = empty(Shared::default());
    views.fold(&story.inputs).unwrap();
    let health = eyes(&views, "health", story.now);
    assert!(health.see(one).is_none() && health.see(other).is_none());
    assert!(health.changes(&story).is_empty());
    sweep(&views);
    let told = [(1, one, ChangeKind::Shown), (2, other, ChangeKind::Shown)];
    assert_eq!(health.changes(&story), told);
    assert!(health.see(other).is_some());
    let housing = eyes(&views, "housing", story.now);
    assert!(housing.see(one).is_some() && housing.see(other).is_none());
}

#[test]
fn whoever_is_told_something_else_of_an_item_is_told_first_what_the_rules_made_of_it() {
    let (mut story, [one, other]) = two_events_between_versions();
    story.corrects("police", to(&["health"]), other, None);
    let views = empty(Shared::default());
    views.fold(&story.inputs).unwrap();
    sweep(&views);
    let health = eyes(&views, "health", story.now);
    let told: Vec<_> = health.changes(&story);
    let of = |event| told.iter().filter(move |t| t.1 == event).map(|t| t.2);
    let both = [ChangeKind::Shown, ChangeKind::Changed];
    assert_eq!(of(other).collect::<Vec<_>>(), both);
    assert_eq!(of(one).collect::<Vec<_>>(), [ChangeKind::Shown]);
}
