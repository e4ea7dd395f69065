//! Corrections, withdrawals, replacements: what was wrong goes from every view, and everyone who held any of it is told.

use diogel_domain::{
    alert::HazardAlert,
    content::{Content, ReferenceRole},
    correction::Replacement,
    effect::{Effect, Reason},
    ids::EventId,
};
use diogel_sharing::groups::{FieldGroup, Groups};
use diogel_views::rows::{ChangeKind, FoldOutcome, ItemState};

use crate::given::{
    Story,
    content::{alert_about, incident, local, person, report},
    only, to,
    views::{Shared, empty, eyes, folded, outcomes},
};

fn someone() -> Vec<diogel_domain::people::Person> {
    vec![person("p1", &["T-1"])]
}

fn alert() -> HazardAlert {
    alert_about(someone())
}

#[test]
fn a_correction_reaches_everyone_who_held_any_group() {
    let mut story = Story::begins();
    let existence = Groups::NONE.with(FieldGroup::Existence);
    let mut audience = to(&["health"]);
    audience.grants.extend(only(&["housing"], existence).grants);
    let wrong = Content::Incident(report(someone(), "the wrong door"));
    let event = story.publishes("police", audience, &[], wrong);
    let right = Replacement::Incident(report(someone(), "the right door"));
    // The correction itself goes to health alone.
    let correction = story.corrects("police", to(&["health"]), event, Some(right));
    let shared = Shared::default();
    let views = empty(shared.clone());
    views.fold(&story.inputs).unwrap();
    assert!(!shared.holds("the wrong door"));
    for reader in ["police", "health", "housing"] {
        let eyes = eyes(&views, reader, story.now);
        let seen = eyes.see(event).unwrap();
        assert!(matches!(seen.item.state, ItemState::Corrected(_)) && seen.disclosed.is_none());
        let changes = eyes.changes(&story);
        assert!(
            changes
                .iter()
                .any(|c| (c.1, c.2) == (event, ChangeKind::Changed)),
            "{reader}"
        );
        assert_eq!(
            eyes.see(correction).is_some(),
            reader != "housing",
            "{reader}"
        );
    }
    assert!(
        eyes(&views, "education", story.now)
            .changes(&story)
            .is_empty()
    );
    assert_eq!(
        eyes(&views, "health", story.now).events_about(&[local("T-1")]),
        [correction]
    );
}

#[test]
fn a_correction_is_told_also_to_whoever_may_no_longer_see_what_it_corrects() {
    let mut story = Story::begins();
    let mut audience = to(&["health"]);
    audience.until = Some(story.now.plus_seconds(90));
    let event = story.publishes("police", audience, &[], incident(someone()));
    story.corrects("police", to(&["housing"]), event, None);
    let views = folded(&story.inputs);
    let eyes = eyes(&views, "health", story.now);
    assert!(eyes.see(event).is_none());
    let changes = views.changes(&eyes.reader, 0, 9).unwrap();
    let told = views.told(&eyes.reader, changes[1].1.position).unwrap();
    assert!(told.is_some_and(|t| t.event_id == event && matches!(t.state, ItemState::EnteredInError(_))));
    let stranger = crate::given::views::eyes(&views, "education", story.now).reader;
    assert_eq!(views.told(&stranger, changes[1].1.position).unwrap(), None);
}

#[test]
fn what_was_entered_in_error_is_withdrawn_and_not_listed_as_news() {
    let mut story = Story::begins();
    let event = story.publishes("police", to(&["health"]), &[], incident(someone()));
    let withdrawal = story.corrects("police", to(&["health"]), event, None);
    let views = folded(&story.inputs);
    let eyes = eyes(&views, "health", story.now);
    let seen = eyes.see(event).unwrap();
    assert!(matches!(seen.item.state, ItemState::EnteredInError(_)) && seen.disclosed.is_none());
    let told: Vec<_> = eyes
        .changes(&story)
        .into_iter()
        .map(|c| (c.1, c.2))
        .collect();
    assert_eq!(
        told,
        [(event, ChangeKind::Shown), (event, ChangeKind::Changed)]
    );
    assert!(eyes.see(withdrawal).is_some(), "its reason can be read");
    assert!(eyes.events_about(&[local("T-1")]).is_empty());
}

#[test]
fn a_superseded_alert_can_still_be_read() {
    let mut story = Story::begins();
    let event = story.publishes("police", to(&["health"]), &[], incident(someone()));
    let rests = (event, ReferenceRole::RestsOn);
    let first = story.publishes(
        "police",
        to(&["health"]),
        &[rests],
        Content::HazardAlert(alert()),
    );
    let references = [rests, (first, ReferenceRole::Supersedes)];
    let second = story.publishes(
        "police",
        to(&["health"]),
        &references,
        Content::HazardAlert(alert()),
    );
    let views = folded(&story.inputs);
    let eyes = eyes(&views, "health", story.now);
    let seen = eyes.see(first).unwrap();
    assert!(matches!(seen.item.state, ItemState::Superseded(_)) && seen.disclosed.is_some());
    assert_eq!(eyes.see(second).unwrap().item.state, ItemState::Current);
}

#[test]
fn only_what_stands_can_be_corrected() {
    let mut story = Story::begins();
    let event = story.publishes("police", to(&["health"]), &[], incident(someone()));
    story.corrects("police", to(&["health"]), event, None);
    let again = story.corrects("police", to(&["health"]), event, None);
    let views = folded(&story.inputs);
    let refused = FoldOutcome::Judged(Effect::WithoutEffect(Reason::NoLongerCurrent));
    assert_eq!(outcomes(&views, "police", again), [refused]);
}

#[test]
fn what_is_without_effect_is_seen_by_nobody() {
    let mut story = Story::begins();
    let event = story.publishes("police", to(&["health"]), &[], incident(someone()));
    let attempts = [
        without_effect(&mut story, "health", &[(event, ReferenceRole::Corrects)]),
        without_effect(&mut story, "police", &[(event, ReferenceRole::Supersedes)]),
        without_effect(&mut story, "police", &[]),
    ];
    let views = folded(&story.inputs);
    for reader in ["police", "health", "housing"] {
        let eyes = eyes(&views, reader, story.now);
        for attempt in attempts {
            assert!(eyes.see(attempt).is_none(), "{reader}");
        }
        assert!(eyes.check(&[local("T-1")]).is_empty());
    }
    assert_eq!(eyes(&views, "housing", story.now).list(), []);
}

fn without_effect(story: &mut Story, by: &str, references: &[(EventId, ReferenceRole)]) -> EventId {
    let content = Content::HazardAlert(alert());
    story.publishes(by, to(&["housing"]), references, content)
}
