//! How long an event takes from an idle outlet to a waiting inlet. Prints figures; asserts only what a busy machine can hold.

use std::time::{Duration, Instant};

use diogel_event_log::jetstream::names::Role;
use diogel_event_log::log::{OrderLog, Outlet};

use crate::board::Board;
use crate::suite::{NORTH, chain};

const ROUNDS: u64 = 300;

#[tokio::test(flavor = "multi_thread")]
async fn an_event_reaches_a_waiting_inlet_at_once() {
    let board = Board::start().await;
    let outlet = board.outlet_of(NORTH).await;
    let mut inlet = board.inlet_of(NORTH).await;
    let (mut acked, mut heard) = (Vec::new(), Vec::new());
    for entry in chain(NORTH, ROUNDS, 1000) {
        tokio::time::sleep(Duration::from_millis(5)).await;
        let began = Instant::now();
        let offering = async {
            outlet
                .offer(vec![entry.clone()], false)
                .await
                .expect("taken");
            began.elapsed()
        };
        let taking = async {
            inlet.take(10).await.expect("an event");
            began.elapsed()
        };
        let (ack, event) = tokio::join!(offering, taking);
        inlet.settle().await.expect("settles");
        acked.push(ack);
        heard.push(event);
    }
    report("publish to acknowledgement", &mut acked);
    let p50 = report("publish to take", &mut heard);
    assert!(
        p50 < Duration::from_millis(50),
        "an inlet that polls is too slow"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn throughput_comes_from_pipelining() {
    let board = Board::start().await;
    let outlet = board.outlet_of(NORTH).await;
    let entries = chain(NORTH, 4000, 1000);
    let began = Instant::now();
    assert_eq!(
        outlet.offer(entries.clone(), false).await.expect("taken"),
        entries.len()
    );
    println!("outlet: {:.0} events/s", rate(entries.len(), began));
    let began = Instant::now();
    let mut inlet = board.inlet_of(NORTH).await;
    let mut taken = 0;
    while taken < entries.len() {
        taken += inlet.take(500).await.expect("events").len();
        inlet.settle().await.expect("settles");
    }
    println!("inlet: {:.0} events/s", rate(taken, began));
    let order = board.order_as(Role::Projection).await;
    let records: Vec<_> = entries.iter().map(|entry| entry.event.clone()).collect();
    let began = Instant::now();
    order.append(1, records).await.expect("appends");
    println!("order, write: {:.0} records/s", rate(entries.len(), began));
    let began = Instant::now();
    let mut read = 0;
    while read < entries.len() {
        read += order
            .read(read as u64 + 1, 1000)
            .await
            .expect("reads")
            .len();
    }
    println!("order, read: {:.0} records/s", rate(read, began));
}

#[allow(clippy::cast_precision_loss, reason = "a rate for people")]
fn rate(n: usize, began: Instant) -> f64 {
    n as f64 / began.elapsed().as_secs_f64()
}

fn report(what: &str, times: &mut [Duration]) -> Duration {
    times.sort();
    let at = |share: usize| times[times.len() * share / 100];
    println!(
        "{what}: p50 {:?}, p90 {:?}, p99 {:?}",
        at(50),
        at(90),
        at(99)
    );
    at(50)
}
