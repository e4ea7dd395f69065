//! What the order calls lost for good counts for nothing, whatever else is said of it; its originator is told.

use diogel_domain::{
    content::{Content, ReferenceRole},
    effect::{Effect, Reason},
    ids::EventId,
};
use diogel_views::{ContentState, rows::FoldOutcome};

use crate::given::{
    AGENCIES, Story,
    content::{alert_about, incident, local, person},
    to,
    views::{eyes, folded, folded_in, outcomes},
};

const LOST: FoldOutcome = FoldOutcome::Judged(Effect::WithoutEffect(Reason::ContentLost));

fn lost_incident(story: &mut Story) -> EventId {
    let people = vec![person("p1", &["T-1"])];
    let event = story.publishes("police", to(&["health"]), &[], incident(people));
    story.last().content = ContentState::Lost;
    event
}

fn alert(story: &mut Story, rests_on: &[EventId]) -> EventId {
    let references: Vec<_> = rests_on
        .iter()
        .map(|event| (*event, ReferenceRole::RestsOn))
        .collect();
    let content = Content::HazardAlert(alert_about(vec![person("p1", &["T-1"])]));
    story.publishes("police", to(&["health"]), &references, content)
}

#[test]
fn what_was_lost_is_without_effect_and_visible_to_nobody() {
    let mut story = Story::begins();
    let lost = lost_incident(&mut story);
    let views = folded(&story.inputs);
    assert_eq!(outcomes(&views, "police", lost), [LOST]);
    for (reader, _) in AGENCIES {
        let eyes = eyes(&views, reader, story.now);
        assert!(eyes.see(lost).is_none() && eyes.list().is_empty());
        assert!(eyes.events_about(&[local("T-1")]).is_empty());
        assert!(eyes.changes(&story).is_empty());
        let at = story.inputs.len() as u64;
        assert_eq!(views.told(&eyes.reader, at).unwrap(), None);
    }
}

#[test]
fn what_was_lost_waits_for_nothing_and_is_judged_by_nothing_else() {
    let mut story = Story::begins();
    let to_come = story.id_to_come(9);
    for rests_on in [&[to_come][..], &[]] {
        let event = alert(&mut story, rests_on);
        story.last().content = ContentState::Lost;
        assert_eq!(outcomes(&folded(&story.inputs), "police", event), [LOST]);
    }
}

#[test]
fn a_reference_to_what_was_lost_is_one_to_something_without_effect() {
    let mut story = Story::begins();
    let to_come = story.id_to_come(1);
    let waited = alert(&mut story, &[to_come]);
    let lost = lost_incident(&mut story);
    assert_eq!(lost, to_come);
    let after = alert(&mut story, &[lost]);
    let correction = story.corrects("police", to(&["health"]), lost, None);
    let erasure = story.erases("police", lost);
    let views = folded_in(&story.inputs, &[1]);
    let refused = FoldOutcome::Judged(Effect::WithoutEffect(Reason::TargetWithoutEffect));
    for event in [waited, after, correction, erasure] {
        let told = outcomes(&views, "police", event);
        assert_eq!(told.last(), Some(&refused));
    }
    assert_eq!(outcomes(&views, "police", lost), [LOST]);
}

#[test]
fn p9_what_was_lost_and_is_not_understood_is_quarantined() {
    let mut story = Story::begins();
    let lost = lost_incident(&mut story);
    story.last().known = None;
    let views = folded(&story.inputs);
    assert_eq!(outcomes(&views, "police", lost), [FoldOutcome::Quarantined]);
}
