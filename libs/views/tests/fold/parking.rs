//! What refers to an event that hasn't arrived waits for it, unseen, and counts from then on.

use diogel_domain::{
    content::{Content, ReferenceRole},
    effect::{Effect, Reason},
    ids::EventId,
};
use diogel_views::rows::{ChangeKind, FoldOutcome};

use crate::given::{
    Story,
    content::{alert_about, incident, local, person},
    to,
    views::{eyes, folded, folded_in, outcomes},
};

fn alert(story: &mut Story, by: &str, references: &[(EventId, ReferenceRole)]) -> EventId {
    let content = Content::HazardAlert(alert_about(vec![person("p1", &["T-1"])]));
    story.publishes(by, to(&["health"]), references, content)
}

fn incident_to(story: &mut Story, whom: &[&str]) -> EventId {
    story.publishes(
        "police",
        to(whom),
        &[],
        incident(vec![person("p1", &["T-1"])]),
    )
}

#[test]
fn a_parked_alert_counts_when_its_incident_arrives() {
    let mut story = Story::begins();
    let to_come = story.id_to_come(1);
    let parked = alert(&mut story, "police", &[(to_come, ReferenceRole::RestsOn)]);
    let before = folded(&story.inputs);
    for reader in ["police", "health"] {
        let eyes = eyes(&before, reader, story.now);
        assert!(eyes.see(parked).is_none() && eyes.check(&[local("T-1")]).is_empty());
        assert!(eyes.list().is_empty());
    }
    let event = incident_to(&mut story, &["health"]);
    assert_eq!(event, to_come);
    let after = folded_in(&story.inputs, &[1]);
    let eyes = eyes(&after, "health", story.now);
    assert_eq!(eyes.check(&[local("T-1")]).len(), 1);
    let told: Vec<_> = eyes
        .changes(&story)
        .into_iter()
        .map(|c| (c.1, c.2))
        .collect();
    assert_eq!(
        told,
        [(event, ChangeKind::Shown), (parked, ChangeKind::Shown)]
    );
    let expected = [Effect::Parked, Effect::Effective].map(FoldOutcome::Judged);
    assert_eq!(outcomes(&after, "police", parked), expected);
}

#[test]
fn a_chain_of_parked_events_comes_free_whatever_its_order() {
    // The third supersedes the second, which rests on the first; they arrive in every order.
    for order in [
        [1, 2, 3],
        [1, 3, 2],
        [2, 1, 3],
        [2, 3, 1],
        [3, 1, 2],
        [3, 2, 1],
    ] {
        let mut story = Story::begins();
        let place = |n: usize| order.iter().position(|o| *o == n).unwrap();
        let ids = [1, 2, 3].map(|n| story.id_to_come(place(n)));
        for part in order {
            let rests = (ids[0], ReferenceRole::RestsOn);
            let told = match part {
                1 => incident_to(&mut story, &["health"]),
                2 => alert(&mut story, "police", &[rests]),
                _ => alert(
                    &mut story,
                    "police",
                    &[rests, (ids[1], ReferenceRole::Supersedes)],
                ),
            };
            assert_eq!(told, ids[part - 1]);
        }
        let views = folded_in(&story.inputs, &[1]);
        let eyes = eyes(&views, "health", story.now);
        let found = eyes.check(&[local("T-1")]);
        let events: Vec<_> = found.iter().map(|f| f.source.as_ref().unwrap().1).collect();
        assert_eq!(events, [ids[2]], "{order:?}");
        assert_eq!(
            views.digest().unwrap(),
            folded(&story.inputs).digest().unwrap()
        );
    }
}

#[test]
fn a_chain_that_ends_in_nothing_waits_without_an_end() {
    let mut story = Story::begins();
    let itself = story.id_to_come(0);
    assert_eq!(
        alert(&mut story, "police", &[(itself, ReferenceRole::RestsOn)]),
        itself
    );
    let (a, b) = (story.id_to_come(0), story.id_to_come(1));
    alert(&mut story, "police", &[(b, ReferenceRole::Supersedes)]);
    alert(&mut story, "police", &[(a, ReferenceRole::Supersedes)]);
    let views = folded(&story.inputs);
    for event in [itself, a, b] {
        assert_eq!(
            outcomes(&views, "police", event),
            [FoldOutcome::Judged(Effect::Parked)]
        );
    }
}

#[test]
fn what_waited_in_vain_is_without_effect_and_seen_by_nobody() {
    let mut story = Story::begins();
    let to_come = story.id_to_come(1);
    let parked = alert(
        &mut story,
        "police",
        &[(to_come, ReferenceRole::Supersedes)],
    );
    incident_to(&mut story, &["health"]);
    let views = folded(&story.inputs);
    let judged = outcomes(&views, "police", parked);
    let refused = FoldOutcome::Judged(Effect::WithoutEffect(Reason::NothingToRestOn));
    assert_eq!(judged.last(), Some(&refused));
    assert!(eyes(&views, "health", story.now).see(parked).is_none());
}

#[test]
fn p6_a_reference_to_what_an_agency_was_not_given_is_a_reference_to_nothing() {
    let mut story = Story::begins();
    let hidden = incident_to(&mut story, &["health"]);
    let never = story.id_to_come(9);
    let probes = [hidden, never]
        .map(|target| alert(&mut story, "housing", &[(target, ReferenceRole::RestsOn)]));
    let erasures = [hidden, never].map(|target| story.erases("housing", target));
    let views = folded(&story.inputs);
    for probe in probes.into_iter().chain(erasures) {
        assert_eq!(
            outcomes(&views, "housing", probe),
            [FoldOutcome::Judged(Effect::Parked)]
        );
    }
    assert!(
        eyes(&views, "health", story.now)
            .see(hidden)
            .unwrap()
            .disclosed
            .is_some()
    );
}
