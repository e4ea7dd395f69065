//! P5: what isn't proven complete says so, and never "nothing known".

use std::fs;

use diogel_contract::v1::ListItemsRequest;
use diogel_e2e::{Board, PROJECTION, SOON, incidents, until};
use tonic::Code;

use crate::loading::Load;

/// The number of police's own items, if the view answers; nothing if it says that it is not complete.
async fn items(board: &Board) -> Option<usize> {
    let request = ListItemsRequest {
        page_size: 200,
        ..ListItemsRequest::default()
    };
    match board.reader("police").list_items(request).await {
        Ok(page) => {
            let items = page.into_inner().items;
            Some(items.iter().filter(|i| i.originator == "police").count())
        }
        Err(status) if status.code() == Code::Unavailable => None,
        Err(status) => panic!("{status:?}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn p5_an_incomplete_view_answers_unavailable() {
    let mut board = Board::start().await;
    let load = Load::start(&board, "police", incidents("police", 51, 150));
    let receipts = load.receipts().await;
    board.settled(&receipts).await;
    assert_eq!(items(&board).await, Some(150));
    // What was admitted can't be proven to be the order while the broker is away.
    board.kill(PROJECTION);
    board.nats[0].kill();
    fs::remove_dir_all(board.root().join("data/_projection/views")).expect("the views go");
    board.start_service(PROJECTION).await;
    for _ in 0..20 {
        assert_eq!(items(&board).await, None, "empty, and not complete");
    }
    board.nats[0].start();
    let first = until("the view answers", SOON, async || items(&board).await).await;
    assert_eq!(first, 150, "the first answer is the whole one");
    board.rebuilt();
}

#[tokio::test(flavor = "multi_thread")]
async fn p5_events_wait_for_their_content_keys_and_none_is_skipped() {
    let mut board = Board::start().await;
    board.kill(PROJECTION);
    let receipts = Load::start(&board, "police", incidents("police", 52, 50))
        .receipts()
        .await;
    until("everything is in the stream", SOON, async || {
        let last = board.receipt("police", &receipts[49].event_id).await.ok()?;
        (last.state().as_str_name() == "EVENT_STATE_STREAMED").then_some(())
    })
    .await;
    board.kill("police");
    board.start_service(PROJECTION).await;
    let others = Load::start(&board, "health", incidents("health", 53, 20))
        .receipts()
        .await;
    board.settled(&others).await;
    assert_eq!(
        items(&board).await,
        Some(0),
        "without keys nothing is admitted"
    );
    board.start_service("police").await;
    board.settled(&receipts).await;
    assert_eq!(items(&board).await, Some(50));
    board.rebuilt();
}
