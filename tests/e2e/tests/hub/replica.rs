//! A replica on the order stream: the same views, read while the admitting projection is away.

use std::fs;

use diogel_contract::v1::{Item, ListItemsRequest, Receipt};
use diogel_e2e::{Board, PROJECTION, REPLICA, SOON, holds, incident, incidents, until};
use tonic::Code;

use crate::loading::Load;

const MARKER: &str = "the teal kettle on the third step";

/// What an agency's view holds, if it answers.
async fn items(board: &Board, service: &str, agency: &str) -> Option<Vec<Item>> {
    let request = ListItemsRequest {
        page_size: 200,
        ..ListItemsRequest::default()
    };
    match board.reader_at(service, agency).list_items(request).await {
        Ok(page) => Some(page.into_inner().items),
        Err(status) if status.code() == Code::Unavailable => None,
        Err(status) => panic!("{status:?}"),
    }
}

/// The same items with the same content, but for the ids that name people to one index alone.
fn told(items: &[Item]) -> Vec<(&str, i32, bool, &[i32])> {
    let mut told = Vec::new();
    for item in items {
        let (event, groups) = (item.event_id.as_str(), item.groups.as_slice());
        told.push((event, item.state, item.content.is_some(), groups));
    }
    told
}

async fn comes_to_the_same(board: &Board, agencies: &[&str], receipts: &[Receipt]) {
    board.settled(receipts).await;
    for agency in agencies {
        let wanted = items(board, PROJECTION, agency).await.expect("a view");
        until("the replica shows the same", SOON, async || {
            let found = items(board, REPLICA, agency).await?;
            (told(&found) == told(&wanted)).then_some(())
        })
        .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn p4_a_replica_follows_the_order_stream_and_answers_while_the_projection_is_away() {
    let mut board = Board::start().await;
    let gone = board
        .publish("police", incident("police", "gone", MARKER))
        .await;
    let load = Load::start(&board, "police", incidents("police", 71, 80));
    let mut receipts = load.receipts().await;
    receipts.push(gone.clone());
    board.start_service(REPLICA).await;
    let agencies = ["police", "health", "social-care"];
    comes_to_the_same(&board, &agencies, &receipts).await;
    // Killed while it follows, it goes on where it was.
    let load = Load::start(&board, "health", incidents("health", 72, 120));
    board.kill(REPLICA);
    board.start_service(REPLICA).await;
    receipts.extend(load.receipts().await);
    comes_to_the_same(&board, &agencies, &receipts).await;
    // An erasure reaches its files too.
    let own = board.root().join("data/_replica-reader");
    board.run(&[
        "erase",
        "--as",
        "police",
        &gone.event_id,
        "--reason",
        "RULING-7",
    ]);
    until("the replica shows it without content", SOON, async || {
        let found = items(&board, REPLICA, "police").await?;
        let item = found.iter().find(|i| i.event_id == gone.event_id);
        item.is_none_or(|i| i.content.is_none()).then_some(())
    })
    .await;
    assert!(holds(&own, MARKER.as_bytes()).is_empty());
    // Reads go on, from what was folded, without the one that admits.
    board.kill(PROJECTION);
    let all = items(&board, REPLICA, "police").await;
    assert!(all.is_some_and(|items| items.len() > 80));
    board.start_service(PROJECTION).await;
    let load = Load::start(&board, "police", incidents("police", 73, 20));
    comes_to_the_same(&board, &agencies, &load.receipts().await).await;
    let said = fs::read_to_string(board.beside().join(format!("{REPLICA}.log")));
    assert!(!said.expect("a log").contains("has to be restarted"));
}
