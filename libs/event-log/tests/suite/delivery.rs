//! From an agency's outlet to the projection's inlet: everything, at least once, normally in order, to nobody else.

use diogel_event_log::entry::Place;

use super::{
    Fixture, NORTH, PATIENCE, QUIET, SOUTH, chain, chain_after, entry, hear, inlet, nothing_but,
    offer, publish,
};

pub async fn events_come_in_order_from_any_start(fixture: &impl Fixture) {
    let entries = chain(NORTH, 40, 200);
    publish(fixture, NORTH, &entries).await;
    for start in [0, 1, 17, 39] {
        let mut inlet = inlet(
            fixture,
            NORTH,
            Place {
                epoch: 1,
                seq: start as u64,
            },
        )
        .await;
        hear(inlet.as_mut(), &entries[start..]).await;
    }
}

pub async fn what_was_not_settled_comes_again_after_a_restart(fixture: &impl Fixture) {
    let entries = chain(NORTH, 10, 200);
    publish(fixture, NORTH, &entries).await;
    let mut first = inlet(fixture, NORTH, Place::START).await;
    hear(first.as_mut(), &entries).await;
    drop(first);
    let mut again = inlet(fixture, NORTH, Place::START).await;
    hear(again.as_mut(), &entries).await;
}

pub async fn a_settled_inlet_goes_on_with_what_is_new(fixture: &impl Fixture) {
    let entries = chain(NORTH, 10, 200);
    publish(fixture, NORTH, &entries[..6]).await;
    let mut first = inlet(fixture, NORTH, Place::START).await;
    hear(first.as_mut(), &entries[..6]).await;
    first.settle().await.expect("settles");
    nothing_but(first.as_mut(), &[]).await;
    publish(fixture, NORTH, &entries[6..]).await;
    hear(first.as_mut(), &entries[6..]).await;
    drop(first);
    // After a restart a backend may repeat what was settled, but must not leave out what was not.
    let mut again = inlet(fixture, NORTH, entries[5].place).await;
    hear(again.as_mut(), &entries[6..]).await;
    again.settle().await.expect("settles");
    nothing_but(again.as_mut(), &entries).await;
}

pub async fn what_is_settled_is_drained(fixture: &impl Fixture) {
    let inlets = fixture.inlets().await;
    assert!(inlets.is_drained(NORTH).await.expect("an answer"), "empty");
    let entries = chain(NORTH, 10, 200);
    publish(fixture, NORTH, &entries).await;
    let mut inlet = inlets
        .inlet(NORTH, Place::START)
        .await
        .expect("the inlet opens");
    hear(inlet.as_mut(), &entries).await;
    inlet.settle().await.expect("settles");
    let drained = async {
        while !inlets.is_drained(NORTH).await.expect("an answer") {
            tokio::time::sleep(QUIET / 10).await;
        }
    };
    let drained = tokio::time::timeout(PATIENCE, drained).await;
    drained.expect("everything is settled");
}

pub async fn an_inlet_waits_for_what_is_still_to_come(fixture: &impl Fixture) {
    let entries = chain(NORTH, 3, 200);
    let mut inlet = inlet(fixture, NORTH, Place::START).await;
    let hearing = async {
        hear(inlet.as_mut(), &entries).await;
    };
    let publishing = async {
        for entry in &entries {
            tokio::time::sleep(QUIET / 6).await;
            publish(fixture, NORTH, std::slice::from_ref(entry)).await;
        }
    };
    tokio::join!(hearing, publishing);
}

pub async fn two_agencies_never_hear_each_other(fixture: &impl Fixture) {
    let (north, south) = (chain(NORTH, 12, 200), chain(SOUTH, 9, 200));
    publish(fixture, NORTH, &north).await;
    publish(fixture, SOUTH, &south).await;
    let inlets = fixture.inlets().await;
    for (agency, own) in [(NORTH, &north), (SOUTH, &south)] {
        let mut inlet = inlets
            .inlet(agency, Place::START)
            .await
            .expect("the inlet opens");
        let heard = hear(inlet.as_mut(), own).await;
        assert!(
            heard
                .iter()
                .all(|event| own.iter().any(|entry| entry.event == *event))
        );
        inlet.settle().await.expect("settles");
        nothing_but(inlet.as_mut(), own).await;
    }
}

pub async fn the_same_entries_offered_twice_lose_and_reorder_nothing(fixture: &impl Fixture) {
    let entries = chain(NORTH, 20, 200);
    publish(fixture, NORTH, &entries[..12]).await;
    offer(fixture, NORTH, &entries[4..12], false).await;
    publish(fixture, NORTH, &entries[12..]).await;
    let mut inlet = inlet(fixture, NORTH, Place::START).await;
    hear(inlet.as_mut(), &entries).await;
    inlet.settle().await.expect("settles");
    nothing_but(inlet.as_mut(), &entries).await;
}

/// P2: what the broker lost is asked for again, and must not be taken for a repeat there.
pub async fn what_is_resent_is_delivered_again(fixture: &impl Fixture) {
    let entries = chain(NORTH, 10, 200);
    publish(fixture, NORTH, &entries).await;
    let mut inlet = inlet(fixture, NORTH, Place::START).await;
    hear(inlet.as_mut(), &entries).await;
    inlet.settle().await.expect("settles");
    offer(fixture, NORTH, &entries[3..8], true).await;
    hear(inlet.as_mut(), &entries[3..8]).await;
}

pub async fn a_dropped_take_loses_nothing(fixture: &impl Fixture) {
    let entries = chain(NORTH, 30, 200);
    let mut inlet = inlet(fixture, NORTH, Place::START).await;
    for _ in 0..5 {
        let hasty = tokio::time::timeout(std::time::Duration::from_micros(50), inlet.take(5)).await;
        assert!(hasty.is_err(), "there is nothing yet");
    }
    publish(fixture, NORTH, &entries).await;
    hear(inlet.as_mut(), &entries).await;
}

pub async fn the_largest_event_passes_unchanged(fixture: &impl Fixture) {
    let entries = chain(NORTH, 6, 48 * 1024);
    publish(fixture, NORTH, &entries).await;
    let mut inlet = inlet(fixture, NORTH, Place::START).await;
    hear(inlet.as_mut(), &entries).await;
}

pub async fn an_epoch_follows_the_one_before(fixture: &impl Fixture) {
    let mut entries = chain(NORTH, 4, 200);
    let last = entries[3].clone();
    entries.push(entry(NORTH, Place { epoch: 2, seq: 1 }, last.digest, 200));
    let opened = entries[4].clone();
    entries.extend(chain_after(NORTH, opened.place, opened.digest, 3, 200));
    publish(fixture, NORTH, &entries).await;
    for start in [Place::START, last.place, opened.place] {
        let mut inlet = inlet(fixture, NORTH, start).await;
        let wanted: Vec<_> = entries
            .iter()
            .filter(|entry| entry.place > start)
            .cloned()
            .collect();
        hear(inlet.as_mut(), &wanted).await;
    }
}
