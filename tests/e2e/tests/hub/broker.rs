//! The broker dies, is away, or has lost what it acknowledged: the journals make up for it.

use std::fs;

use diogel_e2e::{Board, PROJECTION, assert_each_once, copy, incidents, order, replace};

use crate::loading::Load;

async fn holds(board: &mut Board, receipts: &[diogel_contract::v1::Receipt]) {
    board.settled(receipts).await;
    board.rebuilt();
    assert_each_once(&order(&board.root()), receipts);
    board.run(&["verify"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn p1_kill_9_of_nats_server_loses_nothing_acknowledged() {
    let mut board = Board::start().await;
    let load = Load::start(&board, "police", incidents("police", 21, 400));
    for killed_at in [60, 200] {
        load.reaches(killed_at).await;
        board.nats[0].kill();
        load.reaches(killed_at + 40).await;
        board.nats[0].start();
        board.nats[0].listens().await;
    }
    let receipts = load.receipts().await;
    holds(&mut board, &receipts).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn p1_reports_are_taken_while_nats_is_down_and_forwarded_after() {
    let mut board = Board::start().await;
    board.nats[0].kill();
    let mut receipts = Load::start(&board, "health", incidents("health", 22, 60))
        .receipts()
        .await;
    // A service that starts meanwhile takes reports too.
    board.kill("police");
    board.start_service("police").await;
    let police = Load::start(&board, "police", incidents("police", 22, 60));
    receipts.extend(police.receipts().await);
    let accepted = board.receipt("health", &receipts[0].event_id).await;
    assert_eq!(
        accepted.expect("a receipt").state().as_str_name(),
        "EVENT_STATE_ACCEPTED"
    );
    board.nats[0].start();
    holds(&mut board, &receipts).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn p2_a_stream_rolled_back_to_an_older_copy_is_repaired_from_the_journals() {
    let mut board = Board::start().await;
    let mut receipts = publish(&board, 23, 60).await;
    board.settled(&receipts).await;
    board.nats[0].kill();
    let older = board.beside().join("older-store");
    copy(&board.nats[0].store(), &older);
    board.nats[0].start();
    receipts.extend(publish(&board, 24, 120).await);
    board.settled(&receipts).await;
    // While the projection is away: some events are in the stream alone, and then in none.
    board.kill(PROJECTION);
    receipts.extend(publish(&board, 25, 60).await);
    board.nats[0].kill();
    replace(&board.nats[0].store(), &older);
    board.nats[0].start();
    board.start_service(PROJECTION).await;
    receipts.extend(publish(&board, 26, 60).await);
    holds(&mut board, &receipts).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn p2_a_stream_gone_is_repaired() {
    let mut board = Board::start().await;
    let mut receipts = publish(&board, 27, 120).await;
    board.settled(&receipts).await;
    board.nats[0].kill();
    receipts.extend(publish(&board, 28, 60).await);
    // Agencies' streams and the order stream, all gone.
    fs::remove_dir_all(board.nats[0].store()).expect("the store goes");
    board.start_nats().await;
    receipts.extend(publish(&board, 29, 60).await);
    holds(&mut board, &receipts).await;
}

async fn publish(board: &Board, seed: u64, count: usize) -> Vec<diogel_contract::v1::Receipt> {
    let load = Load::start(board, "social-care", incidents("social-care", seed, count));
    load.receipts().await
}
