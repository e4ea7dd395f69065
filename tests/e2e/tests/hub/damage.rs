//! Bytes that change on the disk: what a crash tears is mended, what is damaged is refused, and named.

use std::fs;
use std::path::Path;

use diogel_contract::v1::Receipt;
use diogel_e2e::{Board, assert_each_once, copy, flip, incidents, order};

use crate::loading::Load;

const PAGE: usize = 4096;

async fn published(board: &Board, count: usize) -> Vec<Receipt> {
    let load = Load::start(board, "police", incidents("police", 71, count));
    let mut receipts = load.receipts().await;
    board.settled(&receipts).await;
    receipts.sort_by_key(|receipt| receipt.agency_seq);
    receipts
}

#[tokio::test(flavor = "multi_thread")]
async fn p1_a_torn_journal_tail_is_cut_off_and_the_service_goes_on() {
    let mut board = Board::start().await;
    let mut receipts = published(&board, 60).await;
    board.kill("police");
    tear(&board.data("police").join("journal/journal.wal"));
    board.start_service("police").await;
    let more = Load::start(&board, "police", incidents("police", 72, 60))
        .receipts()
        .await;
    assert!(more.iter().all(|r| r.epoch == 1));
    receipts.extend(more);
    board.settled(&receipts).await;
    board.stop_all();
    assert_each_once(&order(&board.root()), &receipts);
    board.run(&["verify"]);
}

/// Half a frame after the last one: what a crash leaves of a commit that nobody was told of.
fn tear(log: &Path) {
    let mut bytes = fs::read(log).expect("the log");
    let used = bytes
        .iter()
        .rposition(|byte| *byte != 0)
        .map_or(0, |at| at / PAGE + 1);
    let start = used * PAGE;
    bytes.resize(bytes.len().max(start + PAGE), 0);
    let header = bytes[start - PAGE..start - PAGE + 16].to_vec();
    bytes[start..start + 16].copy_from_slice(&header);
    bytes[start + 16..start + PAGE / 2].fill(0xa5);
    fs::write(log, bytes).expect("the log");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_journal_is_refused_and_the_entry_named() {
    let mut board = Board::start().await;
    let receipts = published(&board, 30).await;
    board.stop("police");
    let at = &receipts[16];
    flip(
        &board.data("police").join("journal/journal.redb"),
        &at.event_id,
        "police",
    );
    board.launch("police");
    let ended = board.ended("police");
    assert_eq!(ended.code, Some(1), "{}", ended.said);
    let named = format!("damaged at entry {}/{}", at.epoch, at.agency_seq);
    assert!(ended.said.contains(&named), "{named}: {}", ended.said);
}

#[tokio::test(flavor = "multi_thread")]
async fn p10_everything_verifies_offline_and_a_flipped_byte_is_named() {
    let mut board = Board::start().await;
    let receipts = published(&board, 30).await;
    board.stop_all();
    board.run(&["verify"]);
    let at = &receipts[11];
    let position = order(&board.root())
        .iter()
        .position(|o| o.event_id == at.event_id);
    let position = position.expect("it was admitted") + 1;
    for (journal, named) in [
        ("data/police/journal", format!("entry 1/{}", at.agency_seq)),
        ("data/_projection/order", format!("entry 1/{position}")),
    ] {
        let whole = board.beside().join("whole");
        copy(&board.root().join(journal), &whole);
        flip(
            &board.root().join(journal).join("journal.redb"),
            &at.event_id,
            "police",
        );
        let refused = board.try_run(&["verify"]);
        let said = String::from_utf8_lossy(&refused.stderr);
        assert_eq!(refused.status.code(), Some(5), "invalid data: {said}");
        assert!(said.contains(&named), "{named}: {said}");
        diogel_e2e::replace(&board.root().join(journal), &whole);
        fs::remove_dir_all(whole).expect("the copy goes");
        board.run(&["verify"]);
    }
}
