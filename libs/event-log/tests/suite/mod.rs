//! The contract of the log, held by every backend. A backend brings a [`Fixture`] and writes
//! `crate::contract!(its_start_function);` in a module of its own: every rule then runs against it, each with a fresh log.
//! Refuses to know how a backend works; where backends may differ, the fixture says so.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::cast_possible_truncation,
    missing_docs,
    reason = "a test that can't go on is a test that failed; the rules' names say what they hold"
)]

mod delivery;
mod order;

use std::future::Future;
use std::time::Duration;

use bytes::Bytes;
use diogel_event_log::entry::{Digest, Entry, NO_DIGEST, Place};
use diogel_event_log::log::{Inlet, Inlets, OrderLog, Outlet};

pub use delivery::*;
pub use order::*;

/// The agencies that each fixture has a log for.
pub const NORTH: &str = "north";
pub const SOUTH: &str = "south";

/// How long a rule waits for what must come; generous, because the machine may be busy.
const PATIENCE: Duration = Duration::from_secs(20);
/// How long a rule watches for what must not come.
const QUIET: Duration = Duration::from_millis(300);

/// One board's empty log with agencies [`NORTH`] and [`SOUTH`].
pub trait Fixture: Send + Sync {
    /// What the agency service has done before it offers: the entries are in the agency's journal, in this order.
    fn journalled(&self, agency: &str, entries: &[Entry]) -> impl Future<Output = ()> + Send;

    /// The outlet of the agency's service.
    fn outlet(&self, agency: &str) -> impl Future<Output = Box<dyn Outlet>> + Send;

    /// The inlets of a projection that has just started; the one before is gone.
    fn inlets(&self) -> impl Future<Output = Box<dyn Inlets>> + Send;

    /// The order stream, as a projection that has just started opens it.
    fn order(&self) -> impl Future<Output = Box<dyn OrderLog>> + Send;

    /// Whether the order stream keeps records, so that replicas can read them and a second projection is fenced.
    fn keeps_order(&self) -> bool;
}

/// Every rule as a test, against the fixture that `$start` (an async function) answers.
#[macro_export]
macro_rules! contract {
    ($start:path) => {
        $crate::contract!(@ $start;
            events_come_in_order_from_any_start, what_was_not_settled_comes_again_after_a_restart,
            a_settled_inlet_goes_on_with_what_is_new, an_inlet_waits_for_what_is_still_to_come,
            two_agencies_never_hear_each_other, the_same_entries_offered_twice_lose_and_reorder_nothing,
            what_is_resent_is_delivered_again, a_dropped_take_loses_nothing, what_is_settled_is_drained,
            the_largest_event_passes_unchanged, an_epoch_follows_the_one_before,
            the_order_log_knows_its_head, the_order_log_answers_what_was_written,
            a_second_projection_is_fenced);
    };
    (@ $start:path; $($rule:ident),+ $(,)?) => {$(
        #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
        async fn $rule() {
            $crate::suite::$rule(&$start().await).await;
        }
    )+};
}

/// SHA-256, which stands for an event's hash in these tests.
pub fn digest(event: &[u8]) -> Digest {
    let hash = ring::digest::digest(&ring::digest::SHA256, event);
    hash.as_ref().try_into().expect("32 bytes")
}

/// An agency's chain of `n` events from its start. An event is: 32 bytes previous hash, agency, place, padding to `size`.
pub fn chain(agency: &str, n: u64, size: usize) -> Vec<Entry> {
    chain_after(agency, Place::START, NO_DIGEST, n, size)
}

/// The same, after `place` and its hash.
pub fn chain_after(
    agency: &str,
    after: Place,
    previous: Digest,
    n: u64,
    size: usize,
) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    for _ in 0..n {
        let (place, before) = entries.last().map_or((after.next(), previous), |last| {
            (last.place.next(), last.digest)
        });
        entries.push(entry(agency, place, before, size));
    }
    entries
}

/// One event of such a chain.
pub fn entry(agency: &str, place: Place, previous: Digest, size: usize) -> Entry {
    let mut event = previous.to_vec();
    event.extend_from_slice(format!("{agency} {}/{}", place.epoch, place.seq).as_bytes());
    let id = digest(&event);
    event.resize(size.max(event.len()), b'.');
    let mut event_id = [0; 16];
    event_id.copy_from_slice(&id[..16]);
    Entry {
        place,
        digest: digest(&event),
        event_id,
        event: Bytes::from(event),
    }
}

/// Journals and offers, and insists that all of it is acknowledged.
pub async fn publish(fixture: &impl Fixture, agency: &str, entries: &[Entry]) {
    fixture.journalled(agency, entries).await;
    offer(fixture, agency, entries, false).await;
}

/// Offers what is journalled already.
pub async fn offer(fixture: &impl Fixture, agency: &str, entries: &[Entry], resend: bool) {
    let outlet = fixture.outlet(agency).await;
    let safe = outlet
        .offer(entries.to_vec(), resend)
        .await
        .expect("the log takes the entries");
    assert_eq!(safe, entries.len(), "every entry offered is acknowledged");
}

/// An inlet of a projection that has just started.
pub async fn inlet(fixture: &impl Fixture, agency: &str, after: Place) -> Box<dyn Inlet> {
    fixture
        .inlets()
        .await
        .inlet(agency, after)
        .await
        .expect("the inlet opens")
}

/// Takes until the last of `wanted` was heard; asserts that all of them came, in order. Repeats and earlier events between them are allowed:
/// delivery is at least once.
pub async fn hear(inlet: &mut dyn Inlet, wanted: &[Entry]) -> Vec<Bytes> {
    let mut heard = Vec::new();
    let mut missing = wanted.iter().peekable();
    while missing.peek().is_some() {
        let taken = tokio::time::timeout(PATIENCE, inlet.take(7)).await;
        let taken = taken
            .expect("an event within the time")
            .expect("the log answers");
        assert!(
            (1..=7).contains(&taken.len()),
            "at least one, at most what was asked for"
        );
        for event in taken {
            missing.next_if(|wanted| wanted.event == event);
            heard.push(event);
        }
    }
    heard
}

/// Asserts that for a while no event comes but repeats of `known`.
pub async fn nothing_but(inlet: &mut dyn Inlet, known: &[Entry]) {
    let until = tokio::time::Instant::now() + QUIET;
    while let Ok(taken) = tokio::time::timeout_at(until, inlet.take(7)).await {
        for event in taken.expect("the log answers") {
            assert!(
                known.iter().any(|entry| entry.event == event),
                "an event from nowhere"
            );
        }
    }
}
