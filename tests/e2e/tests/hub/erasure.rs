//! Erasure, end to end: the content key goes, and with it every copy of the content; the chains stay whole.

use diogel_contract::v1::{
    GetItemRequest, WatchRequest, WatchResponse, item, watch_response::Change,
};
use diogel_e2e::{Board, SOON, assert_each_once, holds, incident, incidents, order, until};
use tokio_stream::StreamExt;
use tonic::{Code, Streaming};

use crate::loading::Load;

const MARKER: &str = "the ochre gate by the weir hung open at dusk";

#[tokio::test(flavor = "multi_thread")]
async fn erasing_leaves_no_copy_of_the_content_and_the_chains_whole() {
    let mut board = Board::start().await;
    let load = Load::start(&board, "police", incidents("police", 91, 40));
    let mut receipts = load.receipts().await;
    let target = board
        .publish("police", incident("police", "target", MARKER))
        .await;
    receipts.push(target.clone());
    board.settled(&receipts).await;
    let mut reader = board.reader("social-care");
    let watch = reader
        .watch(WatchRequest::default())
        .await
        .expect("a watch");
    let mut watch = watch.into_inner();
    let shown = next(
        &mut watch,
        |change| matches!(change, Change::Item(i) if i.event_id == target.event_id),
    );
    let Change::Item(shown) = shown.await else {
        panic!("an item")
    };
    let Some(item::Content::Incident(report)) = shown.content else {
        panic!("an incident")
    };
    assert_eq!(report.narrative.expect("a narrative").what_happened, MARKER);

    let key = board.content_key("police", &target).await.expect("a key");
    assert_eq!(key.len(), 32);
    board.run(&[
        "erase",
        "--as",
        "police",
        &target.event_id,
        "--reason",
        "court order 12/26",
    ]);
    let retracted = next(&mut watch, |change| match change {
        Change::Retraction(gone) => gone.event_id == target.event_id,
        Change::Item(item) => item.event_id == target.event_id && item.content.is_none(),
        Change::Alive(_) | Change::Restarted(_) | Change::Read(_) => false,
    });
    retracted.await;
    until("the receipt says so", SOON, async || {
        let told = board.receipt("police", &target.event_id).await.ok()?;
        (told.state().as_str_name() == "EVENT_STATE_ERASED").then_some(())
    })
    .await;
    assert_eq!(board.content_key("police", &target).await, None);
    // At once, while everything runs, and without a rebuild: views, journals, vaults, the streams of NATS, logs.
    let traces = [MARKER.as_bytes(), &key];
    in_no_file(&board, &traces);
    for agency in ["social-care", "police"] {
        no_content(&board, agency, &target.event_id).await;
    }
    let more = Load::start(&board, "health", incidents("health", 92, 20))
        .receipts()
        .await;
    board.settled(&more).await;
    board.stop_all();
    in_no_file(&board, &traces);
    // The search isn't blind: what stands in clear in the views is found.
    let views = board.data("_projection").join("views");
    assert!(!holds(&views, b"social-care").is_empty());
    board.rebuilt();
    in_no_file(&board, &traces);
    receipts.extend(more);
    assert_each_once(&order(&board.root()), &receipts);
    board.run(&["verify"]);
}

/// Neither the hub nor NATS has any of this on its disk.
fn in_no_file(board: &Board, traces: &[&[u8]]) {
    for trace in traces {
        let found = holds(board.beside(), trace);
        assert!(found.is_empty(), "still in {found:?}");
    }
}

async fn no_content(board: &Board, agency: &str, event_id: &str) {
    let event_id = event_id.to_owned();
    let answer = board
        .reader(agency)
        .get_item(GetItemRequest {
            event_id,
            ..GetItemRequest::default()
        })
        .await;
    match answer {
        Ok(answer) => {
            let item = answer.into_inner().item.unwrap_or_default();
            assert!(item.content.is_none(), "{agency}: {item:?}");
        }
        Err(status) => assert_eq!(status.code(), Code::NotFound),
    }
}

/// The next change that is wanted.
async fn next(watch: &mut Streaming<WatchResponse>, wanted: impl Fn(&Change) -> bool) -> Change {
    let search = async {
        while let Some(message) = watch.next().await {
            if let Some(change) = message.expect("a change").change.filter(|c| wanted(c)) {
                return change;
            }
        }
        panic!("the watch ended")
    };
    tokio::time::timeout(SOON, search)
        .await
        .expect("a change in time")
}
