//! Three nodes, each stream on all of them: one may die at any moment.

use std::time::Duration;

use diogel_event_log::jetstream::names::Role;
use diogel_event_log::log::Outlet;

use crate::board::{Board, hear_all, offer_until_safe};
use crate::suite::{NORTH, chain};

#[tokio::test(flavor = "multi_thread")]
async fn no_acknowledged_event_is_lost_with_one_node() {
    let mut board = Board::cluster().await;
    let entries = chain(NORTH, 1500, 500);
    let outlet = board.outlet_of(NORTH).await;
    let mut inlet = board.inlet_of(NORTH).await;
    for (round, part) in entries.chunks(500).enumerate() {
        let offering = async {
            let safe = outlet.offer(part.to_vec(), false).await.unwrap_or(0);
            offer_until_safe(&outlet, &part[safe..], false).await;
        };
        let killing = async {
            tokio::time::sleep(Duration::from_millis(100)).await;
            board.hub.kill(round);
        };
        tokio::join!(offering, killing);
        hear_all(inlet.as_mut(), part).await;
        board.hub.restart(round).await;
    }
    hear_all(board.inlet_of(NORTH).await.as_mut(), &entries[1499..]).await;
}

/// How many nodes the cluster says it has, to somebody who connects now.
async fn nodes(board: &Board) -> usize {
    let link = board.hub.link(Role::Agency(NORTH.to_owned())).await;
    link.client().server_info().connect_urls.len()
}

/// Nodes may do anything: an agency that could open a route would own the hub.
#[tokio::test(flavor = "multi_thread")]
async fn a_client_s_certificate_opens_no_route() {
    let board = Board::cluster().await;
    assert_eq!(nodes(&board).await, 3);
    let intruder = board.hub.join(&board.hub.clients().server()).await;
    tokio::time::sleep(Duration::from_secs(3)).await;
    assert_eq!(nodes(&board).await, 3, "a client's certificate made a node");
    drop(intruder);
    let _node = board.hub.join(&board.hub.routes().server()).await;
    let until = tokio::time::Instant::now() + Duration::from_secs(20);
    while nodes(&board).await < 4 {
        assert!(
            tokio::time::Instant::now() < until,
            "a node's certificate makes a node"
        );
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}
