//! Three nats-servers, each stream on all of them.

use diogel_e2e::{Board, assert_each_once, incidents, order};

use crate::loading::Load;

#[tokio::test(flavor = "multi_thread")]
async fn p1_a_cluster_of_three_loses_a_node_while_publishing_and_everything_arrives_once() {
    let mut board = Board::start_on(3).await;
    let load = Load::start(&board, "police", incidents("police", 81, 300));
    load.reaches(60).await;
    board.nats[0].kill();
    load.reaches(160).await;
    board.nats[0].start();
    board.nats[0].listens().await;
    let mut receipts = load.receipts().await;
    board.settled(&receipts).await;
    board.nats[1].kill();
    let load = Load::start(&board, "health", incidents("health", 82, 100));
    receipts.extend(load.receipts().await);
    board.settled(&receipts).await;
    board.rebuilt();
    assert_each_once(&order(&board.root()), &receipts);
    board.run(&["verify"]);
}
