//! A second admitting projection on the same streams: one of the two gives positions, and the other one ends.

use std::fs;

use diogel_e2e::{Board, PROJECTION, assert_each_once, incidents, order};

use crate::loading::Load;

const SECOND: &str = "second-projection";

#[tokio::test(flavor = "multi_thread")]
async fn p3_a_second_projection_is_fenced_and_the_first_goes_on() {
    let mut board = Board::start().await;
    let load = Load::start(&board, "police", incidents("police", 95, 80));
    let mut receipts = load.receipts().await;
    board.settled(&receipts).await;
    let text = fs::read_to_string(board.config(PROJECTION)).expect("a configuration");
    let own = board.address(PROJECTION).to_owned();
    let data = board.root().join("data/_projection").display().to_string();
    let elsewhere = board.beside().join("second-data").display().to_string();
    let address = board.free_address(SECOND);
    let text = text.replace(&own, &address).replace(&data, &elsewhere);
    fs::write(board.config(SECOND), text).expect("a configuration");
    board.launch(SECOND);
    let ended = board.ended(SECOND);
    assert_eq!(ended.code, Some(1), "{}", ended.said);
    assert!(ended.said.contains("fenced: position 1"), "{}", ended.said);
    let load = Load::start(&board, "health", incidents("health", 96, 80));
    receipts.extend(load.receipts().await);
    board.settled(&receipts).await;
    board.rebuilt();
    assert_each_once(&order(&board.root()), &receipts);
    board.run(&["verify"]);
}
