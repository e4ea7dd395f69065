//! `kill -9`, of each kind of process, while it has most to lose.

use diogel_e2e::{Board, PROJECTION, assert_each_once, incidents, mixed, order};

use crate::loading::Load;

#[tokio::test(flavor = "multi_thread")]
async fn p1_kill_9_of_an_agency_service_under_load_loses_nothing_acknowledged() {
    let mut board = Board::start().await;
    let load = Load::start(&board, "police", incidents("police", 11, 400));
    for killed_at in [60, 160, 260] {
        load.reaches(killed_at).await;
        board.kill("police");
        board.start_service("police").await;
    }
    let receipts = load.receipts().await;
    board.settled(&receipts).await;
    board.stop_all();
    assert_each_once(&order(&board.root()), &receipts);
    board.run(&["verify"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn p3_kill_9_of_the_projection_mid_batch_folds_each_event_once() {
    let mut board = Board::start().await;
    let load = Load::start(&board, "health", incidents("health", 12, 500));
    for killed_at in [80, 200, 320, 440] {
        load.reaches(killed_at).await;
        board.kill(PROJECTION);
        board.start_service(PROJECTION).await;
    }
    let receipts = load.receipts().await;
    board.settled(&receipts).await;
    let items = everything(&board, "health").await;
    let mut ids: Vec<_> = receipts.iter().map(|r| r.event_id.clone()).collect();
    let mut seen = items.clone();
    seen.sort();
    ids.sort();
    assert_eq!(seen, ids, "the originator sees each of its events once");
    board.rebuilt();
    assert_each_once(&order(&board.root()), &receipts);
    board.run(&["verify"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn p3_a_long_backlog_gets_its_positions_as_the_chain_has_them() {
    let mut board = Board::start().await;
    board.kill(PROJECTION);
    let load = Load::start(&board, "police", incidents("police", 14, 1_200));
    let receipts = load.receipts().await;
    board.start_service(PROJECTION).await;
    board.settled(&receipts).await;
    board.rebuilt();
    assert_each_once(&order(&board.root()), &receipts);
    board.run(&["verify"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn p4_after_faults_a_rebuild_has_the_same_digest() {
    let mut board = Board::start().await;
    let mut events = mixed(13, 240);
    let rest = events.split_off(120);
    let mut receipts = board.publish_all(events).await;
    board.kill(PROJECTION);
    board.kill("health");
    board.nats[0].kill();
    board.nats[0].start();
    board.start_service("health").await;
    board.start_service(PROJECTION).await;
    receipts.extend(board.publish_all(rest).await);
    board.settled(&receipts).await;
    let first = board.rebuilt();
    assert_eq!(board.rebuilt(), first);
    board.start_all().await;
    board.settled(&receipts).await;
    assert_eq!(board.rebuilt(), first);
}

/// Ids of all items of an agency's view.
pub async fn everything(board: &Board, agency: &str) -> Vec<String> {
    let mut reader = board.reader(agency);
    let (mut ids, mut page_token) = (Vec::new(), String::new());
    loop {
        let request = diogel_contract::v1::ListItemsRequest {
            page_size: 200,
            page_token,
            ..Default::default()
        };
        let page = reader
            .list_items(request)
            .await
            .expect("a page")
            .into_inner();
        ids.extend(page.items.into_iter().map(|item| item.event_id));
        page_token = page.next_page_token;
        if page_token.is_empty() {
            return ids;
        }
    }
}
