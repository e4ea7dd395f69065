//! Erasure: the copies go from every row, nothing leads to them any more, every holder is told; and whoever rebuilds afterwards,
//! without the key, has the same view (P4), however far the fold was when the key went.

use diogel_domain::{
    board::BoardEvent,
    content::{Content, ReferenceRole},
    correction::Replacement,
    effect::{Effect, Reason},
    ids::EventId,
};
use diogel_sharing::groups::{FieldGroup, Groups};
use diogel_views::{
    FoldInput,
    rows::{ChangeKind, FoldOutcome, ItemState},
};

use crate::given::{
    Story, agency,
    content::{alert_about, incident, local, person, report},
    only, random, to,
    views::{Shared, eyes, folded, folded_in, outcomes},
};

const MARKER: &str = "the blue bicycle";

fn marked(story: &mut Story, to_whom: &[&str]) -> EventId {
    let mut people = vec![person("p1", &["T-1", "T-2"])];
    MARKER.clone_into(&mut people[0].identity.as_mut().unwrap().name);
    let content = Content::Incident(report(people, MARKER));
    story.publishes("police", to(to_whom), &[], content)
}

#[test]
fn erased_content_is_in_no_row_and_found_by_nobody() {
    let mut story = Story::begins();
    let event = marked(&mut story, &["health", "housing"]);
    let shared = Shared::default();
    let views = crate::given::views::empty(shared.clone());
    views.fold(&story.inputs).unwrap();
    let seen = eyes(&views, "health", story.now).see(event).unwrap();
    assert!(format!("{:?}", seen.disclosed).contains(MARKER));
    let rows = shared.rows().len();
    story.erases("police", event);
    views.fold(&story.inputs[story.inputs.len() - 1..]).unwrap();
    // The erasure's own two rows came, the two postings went: not even the identifiers' hashes stay. Nor does the row of the quarter's
    // counts, in which nothing else was counted. Marks of nothing but a place come: two have to take it, and its originator sees to that.
    let came = shared
        .rows()
        .iter()
        .filter(|(key, _)| key[0] == b'P')
        .count();
    assert_eq!((came, shared.rows().len()), (0, rows - 1 + 3));
    for reader in ["police", "health", "housing"] {
        let eyes = eyes(&views, reader, story.now);
        assert!(eyes.about(&[local("T-1")]).items.is_empty());
        assert_eq!(eyes.about(&[local("T-2")]).reader_person_id, None);
        let seen = eyes.see(event).unwrap();
        assert!(seen.disclosed.is_none() && matches!(seen.item.state, ItemState::Erased(_)));
        let last = eyes.changes(&story).pop().unwrap();
        assert_eq!((last.1, last.2), (event, ChangeKind::Retracted));
    }
    assert_eq!(
        outcomes(&views, "police", event).last(),
        Some(&FoldOutcome::Erased)
    );
}

#[test]
fn nobody_erases_what_another_published() {
    let mut story = Story::begins();
    let event = marked(&mut story, &["health"]);
    let attempt = story.erases("health", event);
    let views = folded(&story.inputs);
    assert!(
        eyes(&views, "health", story.now)
            .see(event)
            .unwrap()
            .disclosed
            .is_some()
    );
    let refused = FoldOutcome::Judged(Effect::WithoutEffect(Reason::NotTheOriginator));
    assert_eq!(outcomes(&views, "health", attempt), [refused]);
}

#[test]
fn an_erasure_that_waits_takes_the_bytes_at_once() {
    let mut story = Story::begins();
    let incident_to_come = story.id_to_come(2);
    let mut alert = alert_about(vec![person("p1", &["T-1"])]);
    MARKER.clone_into(&mut alert.narrative.as_mut().unwrap().grounds);
    let rests = [(incident_to_come, ReferenceRole::RestsOn)];
    let parked = story.publishes(
        "police",
        to(&["health"]),
        &rests,
        Content::HazardAlert(alert),
    );
    let erasure = story.erases("police", parked);
    // The key is gone, whatever the erasure waits for.
    let views = same_without_the_key(&story, &[parked]);
    assert_eq!(
        outcomes(&views, "police", erasure),
        [FoldOutcome::Judged(Effect::Parked)]
    );
    let position = story.inputs.len();
    story.publishes(
        "police",
        to(&["health"]),
        &[],
        incident(vec![person("p1", &["T-1"])]),
    );
    views.fold(&story.inputs[position..]).unwrap();
    assert_eq!(
        outcomes(&views, "police", parked).last(),
        Some(&FoldOutcome::Erased)
    );
    same_without_the_key(&story, &[parked]);
}

#[test]
fn p4_an_erased_event_that_was_corrected_before() {
    let mut story = Story::begins();
    let event = marked(&mut story, &["health"]);
    let replacement = Replacement::Incident(report(vec![person("p1", &["T-1", "T-3"])], "x"));
    let correction = story.corrects("police", to(&["health"]), event, Some(replacement));
    story.erases("police", event);
    same_without_the_key(&story, &[event]);
    story.erases("police", correction);
    same_without_the_key(&story, &[event, correction]);
}

#[test]
fn p4_a_correction_of_an_erased_event_counts_for_nothing() {
    let mut story = Story::begins();
    let event = marked(&mut story, &["health"]);
    story.erases("police", event);
    let correction = story.corrects("police", to(&["health"]), event, None);
    let views = same_without_the_key(&story, &[event]);
    let refused = FoldOutcome::Judged(Effect::WithoutEffect(Reason::TargetErased));
    assert_eq!(outcomes(&views, "police", correction), [refused]);
}

#[test]
fn p4_an_alert_that_rests_on_an_erased_incident_stands() {
    let mut story = Story::begins();
    let event = marked(&mut story, &["health"]);
    story.erases("police", event);
    let alert = Content::HazardAlert(alert_about(vec![person("p1", &["T-1"])]));
    story.publishes(
        "health",
        to(&["police"]),
        &[(event, ReferenceRole::RestsOn)],
        alert,
    );
    let views = same_without_the_key(&story, &[event]);
    assert_eq!(
        eyes(&views, "police", story.now)
            .check(&[local("T-1")])
            .len(),
        1
    );
}

#[test]
fn p4_an_event_whose_originator_was_suspended_and_holds_no_whole_copy() {
    let mut story = Story::begins();
    let suspended = |suspended| BoardEvent::AgencyStatusChanged {
        agency: agency("police"),
        suspended,
    };
    story.board(suspended(true));
    // No copy holds everything: one has the identity, another one, with a higher number, the place.
    let existence = Groups::NONE.with(FieldGroup::Existence);
    let mut audience = only(&["health"], existence.with(FieldGroup::Identity));
    let with_place = only(&["housing"], existence.with(FieldGroup::Place));
    audience.grants.extend(with_place.grants);
    let event = story.publishes(
        "police",
        audience,
        &[],
        incident(vec![person("p1", &["T-1"])]),
    );
    story.board(suspended(false));
    story.erases("police", event);
    let views = same_without_the_key(&story, &[event]);
    assert!(
        eyes(&views, "health", story.now)
            .about(&[local("T-1")])
            .items
            .is_empty()
    );
}

#[test]
fn p4_in_any_story_a_rebuild_after_the_keys_are_gone_is_the_same() {
    let mut erasures = 0;
    for seed in 0..300 {
        let (story, asked) = random::story(seed, 50);
        let views = folded_in(&story.inputs, &[1]);
        let owner = |event: EventId| story.inputs.iter().find(|i| i.event_id == event);
        // The key is gone where its own agency said so and the fold went along.
        let erased: Vec<EventId> = asked
            .into_iter()
            .filter(|event| {
                owner(*event).is_some_and(|input: &FoldInput| {
                    outcomes(&views, input.agency.as_str(), *event).contains(&FoldOutcome::Erased)
                })
            })
            .collect();
        erasures += erased.len();
        same_without_the_key(&story, &erased);
    }
    assert!(erasures > 100, "{erasures} erasures prove little");
}

/// The view kept up event by event while the content was there, and a rebuild without it.
fn same_without_the_key(story: &Story, erased: &[EventId]) -> diogel_views::Folded<Shared> {
    let kept_up = folded_in(&story.inputs, &[1]);
    let digest = kept_up.digest().unwrap();
    assert_eq!(
        folded(&story.inputs).digest().unwrap(),
        digest,
        "in one batch"
    );
    let without = story.with_erased(erased);
    assert_eq!(
        folded(&without).digest().unwrap(),
        digest,
        "without the key"
    );
    kept_up
}
