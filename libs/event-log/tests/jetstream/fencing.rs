//! One projection gives positions. The order stream says which.

use bytes::Bytes;
use diogel_event_log::jetstream::names::Role;
use diogel_event_log::log::{LogError, OrderLog};

use crate::board::Board;

fn records(by: &str, positions: std::ops::RangeInclusive<u64>) -> Vec<Bytes> {
    positions
        .map(|n| Bytes::from(format!("{by} gave {n}")))
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_projections_that_race_one_is_fenced() {
    let board = Board::start().await;
    let run = async |by: &'static str| {
        let order = board.order_as(Role::Projection).await;
        for first in (1..=2000).step_by(50) {
            order.append(first, records(by, first..=first + 49)).await?;
        }
        Ok(())
    };
    let (one, two) = tokio::join!(run("one"), run("two"));
    let fenced = |answer: &Result<(), LogError>| matches!(answer, Err(LogError::Fenced(_)));
    assert!(fenced(&one) || fenced(&two), "{one:?}, {two:?}");
    assert!(
        !(fenced(&one) && fenced(&two)) || board_has_both(&board).await,
        "{one:?}, {two:?}"
    );
}

/// Both may be fenced if each won some positions: then neither goes on, which is safe.
async fn board_has_both(board: &Board) -> bool {
    let order = board.order_as(board.hub.replica()).await;
    let head = order.head().await.expect("a head");
    let mut all = Vec::new();
    while (all.len() as u64) < head {
        all.extend(order.read(all.len() as u64 + 1, 1000).await.expect("reads"));
    }
    let by = |who: &[u8]| all.iter().any(|record| record.starts_with(who));
    by(b"one") && by(b"two")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_projection_may_write_the_same_record_again() {
    let board = Board::start().await;
    let order = board.order_as(Role::Projection).await;
    order
        .append(1, records("one", 1..=600))
        .await
        .expect("appends");
    order
        .append(1, records("one", 1..=600))
        .await
        .expect("again");
    order
        .append(599, records("one", 599..=605))
        .await
        .expect("half of it again");
    assert_eq!(order.head().await.expect("a head"), 605);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_replica_follows_and_can_t_write() {
    let board = Board::start().await;
    let (order, replica) = (
        board.order_as(Role::Projection).await,
        board.order_as(board.hub.replica()).await,
    );
    let following = tokio::spawn(async move {
        let mut read: Vec<Bytes> = Vec::new();
        while read.len() < 500 {
            read.extend(
                replica
                    .read(read.len() as u64 + 1, 64)
                    .await
                    .expect("reads"),
            );
        }
        let written = replica.append(501, records("replica", 501..=501)).await;
        assert!(
            matches!(written, Err(LogError::Unavailable(_))),
            "{written:?}"
        );
        read
    });
    for first in (1..=500).step_by(20) {
        order
            .append(first, records("one", first..=first + 19))
            .await
            .expect("appends");
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
    assert_eq!(following.await.expect("follows"), records("one", 1..=500));
}
