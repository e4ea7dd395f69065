//! P1, P2: crashes, restarts and a store that was put back from an older copy.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use bytes::Bytes;
use diogel_event_log::entry::{Entry, Place};
use diogel_event_log::jetstream::names::Role;
use diogel_event_log::log::{Inlets, LogError, OrderLog, Outlet};

use crate::board::{Board, hear_all, offer_until_safe};
use crate::suite::{NORTH, chain, hear};

/// Offers all of it, in small and large lists, counting what is safe.
pub async fn offer_counting(outlet: &impl Outlet, entries: &[Entry], safe: &AtomicUsize) {
    for size in [3, 40].into_iter().cycle() {
        let from = safe.load(Ordering::SeqCst);
        let list = &entries[from..entries.len().min(from + size)];
        if list.is_empty() {
            return;
        }
        if let Ok(n) = outlet.offer(list.to_vec(), false).await {
            safe.fetch_add(n, Ordering::SeqCst);
        } else {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_server_has_everything_it_acknowledged() {
    let mut board = Board::start().await;
    let entries = chain(NORTH, 4000, 500);
    let outlet = board.outlet_of(NORTH).await;
    let safe = AtomicUsize::new(0);
    let killing = async {
        for round in 1..=3 {
            while safe.load(Ordering::SeqCst) < round * 700 {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
            board.hub.kill(0);
            let known = safe.load(Ordering::SeqCst);
            board.hub.restart(0).await;
            hear_all(board.inlet_of(NORTH).await.as_mut(), &entries[..known]).await;
        }
    };
    tokio::join!(offer_counting(&outlet, &entries, &safe), killing);
    let inlets = board.all_inlets().await;
    let mut inlet = inlets.inlet(NORTH, Place::START).await.expect("an inlet");
    hear_all(inlet.as_mut(), &entries).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn offering_while_the_server_is_down_fails_soon_and_works_after() {
    let mut board = Board::start().await;
    let entries = chain(NORTH, 20, 500);
    let outlet = board.outlet_of(NORTH).await;
    offer_until_safe(&outlet, &entries[..5], false).await;
    board.hub.kill(0);
    for _ in 0..3 {
        let began = Instant::now();
        let answer = outlet.offer(entries[5..10].to_vec(), false).await;
        assert!(
            matches!(answer, Err(LogError::Unavailable(_))),
            "{answer:?}"
        );
        assert!(began.elapsed() < Duration::from_secs(3));
    }
    board.hub.restart(0).await;
    offer_until_safe(&outlet, &entries[5..], false).await;
    hear(board.inlet_of(NORTH).await.as_mut(), &entries).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_inlet_goes_on_after_its_server_was_killed() {
    let mut board = Board::start().await;
    let entries = chain(NORTH, 30, 500);
    let outlet = board.outlet_of(NORTH).await;
    let mut inlet = board.inlet_of(NORTH).await;
    offer_until_safe(&outlet, &entries[..10], false).await;
    hear_all(inlet.as_mut(), &entries[..10]).await;
    board.hub.kill(0);
    board.hub.restart(0).await;
    offer_until_safe(&outlet, &entries[10..], false).await;
    hear_all(inlet.as_mut(), &entries[10..]).await;
}

/// Everything goes back: what was acknowledged after the copy is gone, and the projection's consumer is the older one too.
#[tokio::test(flavor = "multi_thread")]
async fn after_a_roll_back_the_inlet_goes_on_and_a_resend_is_delivered() {
    let mut board = Board::start().await;
    let entries = chain(NORTH, 60, 500);
    let outlet = board.outlet_of(NORTH).await;
    let mut inlet = board.inlet_of(NORTH).await;
    offer_until_safe(&outlet, &entries[..20], false).await;
    hear_all(inlet.as_mut(), &entries[..20]).await;
    board.hub.kill(0);
    let copy = board.hub.copy_store(0);
    board.hub.restart(0).await;
    offer_until_safe(&outlet, &entries[20..40], false).await;
    hear_all(inlet.as_mut(), &entries[20..40]).await;
    board.hub.kill(0);
    board.hub.restore_store(0, copy.path());
    board.hub.restart(0).await;
    offer_until_safe(&outlet, &entries[40..], false).await;
    hear_all(inlet.as_mut(), &entries[40..]).await;
    offer_until_safe(&outlet, &entries[20..40], true).await;
    hear_all(inlet.as_mut(), &entries[20..40]).await;
}

/// Only the stream's messages go back; its consumer remembers having acknowledged more than there is.
#[tokio::test(flavor = "multi_thread")]
async fn a_consumer_that_is_ahead_of_its_stream_misses_nothing_new() {
    let mut board = Board::start().await;
    let entries = chain(NORTH, 60, 500);
    let outlet = board.outlet_of(NORTH).await;
    let mut inlet = board.inlet_of(NORTH).await;
    offer_until_safe(&outlet, &entries[..10], false).await;
    hear_all(inlet.as_mut(), &entries[..10]).await;
    board.hub.kill(0);
    let copy = board.hub.copy_store(0);
    board.hub.restart(0).await;
    offer_until_safe(&outlet, &entries[10..40], false).await;
    hear_all(inlet.as_mut(), &entries[10..40]).await;
    // The consumer's note of its acknowledgement is written with a delay.
    tokio::time::sleep(Duration::from_secs(3)).await;
    board.hub.kill(0);
    let messages = "jetstream/HUB/streams/EVT_NORTH/msgs";
    let (now, then) = (
        board.hub.store(0).join(messages),
        copy.path().join(messages),
    );
    std::fs::remove_dir_all(&now).expect("the messages go");
    std::fs::rename(then, now).expect("the older ones come");
    board.hub.restart(0).await;
    offer_until_safe(&outlet, &entries[40..], false).await;
    hear_all(inlet.as_mut(), &entries[40..]).await;
    offer_until_safe(&outlet, &entries[10..40], true).await;
    hear_all(inlet.as_mut(), &entries[10..40]).await;
}

/// The projection was restored from a copy that is older than what it acknowledged.
#[tokio::test(flavor = "multi_thread")]
async fn a_projection_that_went_back_gets_what_it_once_acknowledged() {
    let board = Board::start().await;
    let entries = chain(NORTH, 50, 500);
    offer_until_safe(&board.outlet_of(NORTH).await, &entries, false).await;
    hear_all(board.inlet_of(NORTH).await.as_mut(), &entries).await;
    for start in [0, 3, 30, 49] {
        let inlets = board.all_inlets().await;
        let place = if start == 0 {
            Place::START
        } else {
            entries[start - 1].place
        };
        let mut inlet = inlets.inlet(NORTH, place).await.expect("an inlet");
        hear_all(inlet.as_mut(), &entries[start..]).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_log_goes_on_after_its_stream_was_rolled_back() {
    let mut board = Board::start().await;
    let order = board.order_as(Role::Projection).await;
    let record = |n: u64| Bytes::from(format!("record {n}"));
    order
        .append(1, (1..=5).map(record).collect())
        .await
        .expect("appends");
    board.hub.kill(0);
    let copy = board.hub.copy_store(0);
    board.hub.restart(0).await;
    let order = board.order_as(Role::Projection).await;
    order
        .append(6, (6..=9).map(record).collect())
        .await
        .expect("appends");
    board.hub.kill(0);
    board.hub.restore_store(0, copy.path());
    board.hub.restart(0).await;
    let order = board.order_as(Role::Projection).await;
    let ahead = order.append(10, vec![record(10)]).await;
    assert!(
        matches!(ahead, Err(LogError::Unavailable(_))),
        "not a fence: {ahead:?}"
    );
    let head = order.head().await.expect("a head");
    assert_eq!(head, 5);
    order
        .append(head + 1, (6..=10).map(record).collect())
        .await
        .expect("appends");
    let mut read = Vec::new();
    while read.len() < 10 {
        read.extend(order.read(read.len() as u64 + 1, 100).await.expect("reads"));
    }
    assert_eq!(read, (1..=10).map(record).collect::<Vec<_>>());
}

/// Lists this long travel as atomic batches; what is in one twice is stored once.
#[tokio::test(flavor = "multi_thread")]
async fn a_long_list_offered_again_is_stored_once_and_a_resend_again() {
    let board = Board::start().await;
    let entries = chain(NORTH, 700, 2000);
    let outlet = board.outlet_of(NORTH).await;
    offer_until_safe(&outlet, &entries[..400], false).await;
    offer_until_safe(&outlet, &entries[200..], false).await;
    offer_until_safe(&outlet, &entries[600..], true).await;
    let wanted: Vec<_> = entries
        .iter()
        .chain(&entries[600..])
        .map(|e| e.event.clone())
        .collect();
    let mut inlet = board.inlet_of(NORTH).await;
    let mut heard = Vec::new();
    while heard.len() < wanted.len() {
        let taken = tokio::time::timeout(Duration::from_secs(10), inlet.take(1000)).await;
        heard.extend(taken.expect("more").expect("the log answers"));
    }
    assert!(
        heard == wanted,
        "each once, in order, and the resent ones at the end"
    );
}

/// The whole store is gone and the streams are made anew: nothing but the journals has the old events.
#[tokio::test(flavor = "multi_thread")]
async fn after_its_streams_were_lost_and_made_anew_an_inlet_goes_on() {
    let mut board = Board::start().await;
    let entries = chain(NORTH, 40, 500);
    let outlet = board.outlet_of(NORTH).await;
    let mut inlet = board.inlet_of(NORTH).await;
    offer_until_safe(&outlet, &entries[..20], false).await;
    hear_all(inlet.as_mut(), &entries[..20]).await;
    board.hub.kill(0);
    std::fs::remove_dir_all(board.hub.store(0)).expect("the store goes");
    board.hub.restart(0).await;
    let answer = outlet.offer(entries[20..].to_vec(), false).await;
    assert!(
        matches!(answer, Err(LogError::Unavailable(_))),
        "{answer:?}"
    );
    board.hub.make_streams().await;
    offer_until_safe(&outlet, &entries[20..], false).await;
    hear_all(inlet.as_mut(), &entries[20..]).await;
    offer_until_safe(&outlet, &entries[..20], true).await;
    hear_all(inlet.as_mut(), &entries[..20]).await;
}

/// A projection that waits for a gap to be filled without settling what came after would wait for ever.
#[tokio::test(flavor = "multi_thread")]
async fn an_inlet_that_is_never_settled_says_so() {
    let board = Board::start().await;
    let entries = chain(NORTH, 4200, 100);
    offer_until_safe(&board.outlet_of(NORTH).await, &entries, false).await;
    let mut inlet = board.inlet_of(NORTH).await;
    let mut taken = 0;
    let answer = loop {
        match tokio::time::timeout(Duration::from_secs(10), inlet.take(500))
            .await
            .expect("an answer")
        {
            Ok(events) => taken += events.len(),
            Err(error) => break error,
        }
    };
    assert_eq!(taken, 4096);
    assert!(matches!(answer, LogError::Unavailable(_)), "{answer}");
    hear_all(inlet.as_mut(), &entries).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn p1_a_log_is_not_drained_before_all_of_it_is_settled() {
    let board = Board::start().await;
    let entries = chain(NORTH, 30, 200);
    let outlet = board.outlet_of(NORTH).await;
    offer_until_safe(&outlet, &entries[..20], false).await;
    let inlets = board.all_inlets().await;
    let drained = async || inlets.is_drained(NORTH).await.expect("an answer");
    assert!(!drained().await, "no inlet was ever open");
    let mut inlet = inlets.inlet(NORTH, Place::START).await.expect("an inlet");
    hear(inlet.as_mut(), &entries[..20]).await;
    assert!(!drained().await, "taken isn't settled");
    inlet.settle().await.expect("settles");
    while !drained().await {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    offer_until_safe(&outlet, &entries[20..], false).await;
    assert!(!drained().await, "there is more");
    drop(inlet);
    let mut again = inlets
        .inlet(NORTH, entries[9].place)
        .await
        .expect("an inlet");
    assert!(
        !drained().await,
        "a restored projection has less than it once settled"
    );
    hear(again.as_mut(), &entries[10..]).await;
    again.settle().await.expect("settles");
    while !drained().await {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}
