//! The order log: positions are written once, by one projection, and read by replicas from any position.

use bytes::Bytes;
use diogel_event_log::log::LogError;

use super::{Fixture, PATIENCE};

/// Records as a projection would write them at these positions.
fn records(positions: std::ops::RangeInclusive<u64>, by: &str) -> Vec<Bytes> {
    positions
        .map(|position| Bytes::from(format!("{by} gave {position}")))
        .collect()
}

pub async fn the_order_log_knows_its_head(fixture: &impl Fixture) {
    let order = fixture.order().await;
    assert_eq!(order.head().await.expect("a head"), 0);
    order
        .append(1, records(1..=3, "one"))
        .await
        .expect("appends");
    order
        .append(4, records(4..=4, "one"))
        .await
        .expect("appends");
    assert_eq!(order.head().await.expect("a head"), 4);
    if fixture.keeps_order() {
        assert_eq!(
            fixture.order().await.head().await.expect("a head"),
            4,
            "after a restart"
        );
    }
}

pub async fn the_order_log_answers_what_was_written(fixture: &impl Fixture) {
    if !fixture.keeps_order() {
        return;
    }
    let order = fixture.order().await;
    let written = records(1..=25, "one");
    order.append(1, written.clone()).await.expect("appends");
    for from in [1_u64, 2, 25] {
        let mut read = Vec::new();
        while (from - 1) as usize + read.len() < written.len() {
            let next = order.read(from + read.len() as u64, 10);
            let records = tokio::time::timeout(PATIENCE, next)
                .await
                .expect("within the time");
            read.extend(records.expect("the log answers"));
        }
        assert_eq!(read, written[(from - 1) as usize..]);
    }
}

/// Two projections that admit would give two orders: whoever comes second at a position must stop.
pub async fn a_second_projection_is_fenced(fixture: &impl Fixture) {
    if !fixture.keeps_order() {
        return;
    }
    let (one, two) = (fixture.order().await, fixture.order().await);
    one.append(1, records(1..=5, "one")).await.expect("appends");
    for first in [1, 3, 5] {
        let answer = two.append(first, records(first..=first, "two")).await;
        assert!(
            matches!(answer, Err(LogError::Fenced(_))),
            "position {first}: {answer:?}"
        );
    }
    // Nobody wrote 6: the stream lost something, which asking for its head puts right. That is no fence.
    let ahead = two.append(7, records(7..=7, "two")).await;
    assert!(matches!(ahead, Err(LogError::Unavailable(_))), "{ahead:?}");
    one.append(6, records(6..=6, "one"))
        .await
        .expect("the first one goes on");
    let kept = two.read(1, 10).await.expect("reads");
    assert_eq!(kept[..], records(1..=6, "one")[..kept.len()]);
}
