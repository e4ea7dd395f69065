//! An agency's journal comes back from an older copy. Marked as restored, it imports what was admitted beyond it and goes on in
//! a new epoch: nothing is lost, and no place is used twice.

use std::{fs, path::PathBuf};

use diogel_contract::v1::{EventState, PublishRequest, Receipt};
use diogel_e2e::{
    Board, PROJECTION, SOON, assert_each_once, copy, incidents, order, replace, until,
};
use diogel_identity::SigningKey;
use tonic::Code;

use crate::loading::Load;

/// Stops police, and keeps a copy of what it has now.
fn older_copy(board: &mut Board) -> PathBuf {
    board.stop("police");
    let older = board.beside().join("older-police");
    copy(&board.data("police"), &older);
    older
}

/// Police takes events in again, all of them in the next epoch.
async fn in_the_next_epoch(board: &Board, seed: u64, count: usize) -> Vec<Receipt> {
    let load = Load::start(board, "police", incidents("police", seed, count));
    let new = load.receipts().await;
    assert!(new.iter().all(|r| r.epoch == 2), "{:?}", new[0]);
    new
}

/// Everything is folded, stands in the order once, and can be verified.
async fn ends_well(board: &mut Board, receipts: &[Receipt]) {
    board.settled(receipts).await;
    board.rebuilt();
    assert_each_once(&order(&board.root()), receipts);
    board.run(&["verify"]);
}

/// Answers what was accepted, and one request of which the copy knows nothing. Publishes, keeps an older copy, publishes more, and
/// puts the copy in place. Police's service is down then.
async fn restored(board: &mut Board) -> (Vec<Receipt>, PublishRequest) {
    let load = Load::start(board, "police", incidents("police", 31, 60));
    let mut receipts = load.receipts().await;
    board.settled(&receipts).await;
    let older = older_copy(board);
    board.start_service("police").await;
    let lost = incidents("police", 32, 250);
    let one = lost[249].clone();
    let load = Load::start(board, "police", lost);
    receipts.extend(load.receipts().await);
    board.settled(&receipts).await;
    board.kill("police");
    replace(&board.data("police"), &older);
    fs::write(board.data("police").join("RESTORED"), "").expect("a mark");
    (receipts, one)
}

#[tokio::test(flavor = "multi_thread")]
async fn p1_a_journal_restored_from_an_older_copy_imports_and_opens_a_new_epoch() {
    let mut board = Board::start().await;
    let (mut receipts, lost) = restored(&mut board).await;
    board.start_service("police").await;
    let new = in_the_next_epoch(&board, 33, 40).await;
    assert!(
        !board.data("police").join("RESTORED").exists(),
        "the mark goes"
    );
    for old in &receipts {
        let told = board
            .receipt("police", &old.event_id)
            .await
            .expect("a receipt");
        assert_eq!(
            (told.epoch, told.agency_seq, &told.hash),
            (old.epoch, old.agency_seq, &old.hash)
        );
    }
    let again = board.publish("police", lost).await;
    assert!(again.replayed && again.epoch == 1, "{again:?}");
    receipts.extend(new);
    board.settled(&receipts).await;
    for old in &receipts {
        let told = board
            .receipt("police", &old.event_id)
            .await
            .expect("a receipt");
        assert!(told.state >= EventState::Effective as i32, "{told:?}");
    }
    ends_well(&mut board, &receipts).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn p1_a_restored_journal_takes_nothing_before_the_projection_was_heard() {
    let mut board = Board::start().await;
    let (mut receipts, _) = restored(&mut board).await;
    board.kill(PROJECTION);
    board.start_service("police").await;
    let request = incidents("police", 34, 1).remove(0);
    for _ in 0..5 {
        let refused = board.publisher("police").publish(request.clone()).await;
        assert_eq!(refused.expect_err("a refusal").code(), Code::Unavailable);
    }
    board.start_service(PROJECTION).await;
    receipts.extend(
        Load::start(&board, "police", vec![request])
            .receipts()
            .await,
    );
    ends_well(&mut board, &receipts).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn p1_a_restored_journal_without_its_mark_is_found_out_by_the_projection() {
    let mut board = Board::start().await;
    let (mut receipts, _) = restored(&mut board).await;
    fs::remove_file(board.data("police").join("RESTORED")).expect("no mark");
    board.start_service("police").await;
    receipts.extend(in_the_next_epoch(&board, 35, 40).await);
    ends_well(&mut board, &receipts).await;
}

/// The stream has events that nobody else has: accepted, streamed, and gone from the journal before they were admitted. Their
/// content keys are lost with the disk, but not their places. Answers what was accepted before, what was streamed, and its requests.
async fn behind_the_stream(board: &mut Board) -> (Vec<Receipt>, Vec<Receipt>, Vec<PublishRequest>) {
    let load = Load::start(board, "police", incidents("police", 36, 30));
    let receipts = load.receipts().await;
    board.settled(&receipts).await;
    let older = older_copy(board);
    board.start_service("police").await;
    board.kill(PROJECTION);
    let requests = incidents("police", 37, 20);
    let mut streamed = Vec::new();
    for request in &requests {
        streamed.push(board.publish("police", request.clone()).await);
    }
    for receipt in &streamed {
        until("it is in the stream", SOON, async || {
            let told = board.receipt("police", &receipt.event_id).await.ok()?;
            (told.state() == EventState::Streamed).then_some(())
        })
        .await;
    }
    board.kill("police");
    replace(&board.data("police"), &older);
    (receipts, streamed, requests)
}

/// Nothing is lost unsaid: the places stay, the publishers are told, and the same requests sent again are new events.
async fn goes_on(
    board: &mut Board,
    mut receipts: Vec<Receipt>,
    streamed: Vec<Receipt>,
    requests: Vec<PublishRequest>,
) {
    let new = in_the_next_epoch(board, 38, 20).await;
    board.settled(&new).await;
    for lost in &streamed {
        let told = board.receipt("police", &lost.event_id).await;
        let told = told.expect("a receipt");
        assert_eq!(
            (told.epoch, told.agency_seq, &told.hash),
            (lost.epoch, lost.agency_seq, &lost.hash)
        );
        assert_eq!(told.state(), EventState::WithoutEffect);
        assert_eq!(told.effect_reason, "CONTENT_LOST");
    }
    let mut again = Vec::new();
    for request in requests {
        again.push(board.publish("police", request).await);
    }
    assert!(again.iter().all(|r| !r.replayed && r.epoch == 2));
    receipts.extend(streamed);
    receipts.extend(new);
    board.settled(&again).await;
    for receipt in &again {
        let told = board.receipt("police", &receipt.event_id).await;
        assert_eq!(told.expect("a receipt").state(), EventState::Effective);
    }
    receipts.extend(again);
    ends_well(board, &receipts).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn p1_a_journal_restored_behind_the_stream_uses_no_place_twice() {
    let mut board = Board::start().await;
    let (receipts, streamed, requests) = behind_the_stream(&mut board).await;
    fs::write(board.data("police").join("RESTORED"), "").expect("a mark");
    board.start_service("police").await;
    board.start_service(PROJECTION).await;
    goes_on(&mut board, receipts, streamed, requests).await;
}

/// The projection has seen in the stream what the journal lacks, and says so before the service takes anything in.
#[tokio::test(flavor = "multi_thread")]
async fn p1_a_journal_restored_behind_the_stream_without_its_mark_is_found_out() {
    let mut board = Board::start().await;
    let (receipts, streamed, requests) = behind_the_stream(&mut board).await;
    board.start_service(PROJECTION).await;
    until("the projection has seen the stream", SOON, async || {
        let said = board.service(PROJECTION).said();
        said.contains("admission waits").then_some(())
    })
    .await;
    board.start_service("police").await;
    goes_on(&mut board, receipts, streamed, requests).await;
}

/// The copy is older than the agency's own next key: signed with the key that it has, nothing would continue the chain.
#[tokio::test(flavor = "multi_thread")]
async fn p1_a_copy_older_than_a_next_key_recovers_once_it_has_that_key() {
    let mut board = Board::start().await;
    let load = Load::start(&board, "police", incidents("police", 121, 20));
    let mut receipts = load.receipts().await;
    board.settled(&receipts).await;
    let older = older_copy(&mut board);
    let next_file = board.data("police").join("signing.next.key");
    let next = SigningKey::create(&next_file).expect("a key");
    board.start_service("police").await;
    let load = Load::start(&board, "police", incidents("police", 122, 20));
    receipts.extend(load.receipts().await);
    assert!(!next_file.exists(), "the next key is the agency's key now");
    board.settled(&receipts).await;
    board.kill("police");
    let signing_key = board.data("police").join("signing.key");
    let kept = board.beside().join("police-signing.key");
    fs::copy(&signing_key, &kept).expect("a key");
    replace(&board.data("police"), &older);
    fs::write(board.data("police").join("RESTORED"), "").expect("a mark");

    board.start_service("police").await;
    let public = next.public_key().to_bytes();
    let public = public
        .iter()
        .fold(String::new(), |text, byte| text + &format!("{byte:02x}"));
    until("the key that it lacks is named", SOON, async || {
        let said = board.service("police").said();
        said.contains(&public).then_some(())
    })
    .await;
    let request = incidents("police", 123, 1).remove(0);
    for _ in 0..5 {
        let refused = board.publisher("police").publish(request.clone()).await;
        assert_eq!(refused.expect_err("a refusal").code(), Code::Unavailable);
    }
    board.stop("police");
    fs::copy(&kept, &signing_key).expect("a key");
    board.start_service("police").await;
    receipts.extend(in_the_next_epoch(&board, 124, 20).await);
    ends_well(&mut board, &receipts).await;
}

/// The whole disk is gone; the key was kept elsewhere, and the journal starts from nothing.
#[tokio::test(flavor = "multi_thread")]
async fn p1_a_journal_that_was_lost_whole_is_imported_whole() {
    let mut board = Board::start().await;
    let load = Load::start(&board, "police", incidents("police", 125, 300));
    let mut receipts = load.receipts().await;
    board.settled(&receipts).await;
    board.kill("police");
    fs::remove_dir_all(board.data("police").join("journal")).expect("the journal goes");
    fs::write(board.data("police").join("RESTORED"), "").expect("a mark");
    board.start_service("police").await;
    let new = in_the_next_epoch(&board, 126, 20).await;
    for old in receipts.iter().step_by(20) {
        let told = board.receipt("police", &old.event_id).await;
        let told = told.expect("a receipt");
        assert_eq!((told.agency_seq, &told.hash), (old.agency_seq, &old.hash));
        let key = board.content_key("police", old).await;
        assert!(key.is_some(), "{told:?}");
    }
    receipts.extend(new);
    board.kill("police");
    board.start_service("police").await;
    receipts.extend(in_the_next_epoch(&board, 127, 20).await);
    ends_well(&mut board, &receipts).await;
}
