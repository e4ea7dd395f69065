//! An agency's signing key is withdrawn: up to the last good event the old one holds, after it only the next. Nobody else notices.

use std::fs;
use std::path::PathBuf;

use diogel_contract::{
    json,
    v1::{
        self, BoardEvent, EventState, Item, KeyWithdrawn, ListItemsRequest, PublishRequest, Receipt,
    },
};
use diogel_e2e::{Board, PROJECTION, SOON, assert_each_once, incidents, order, until};
use diogel_identity::SigningKey;
use serde_json::Value;
use tonic::{Code, Status};

use crate::loading::Load;

/// The key that police goes on with: made beside its folder, as its office would.
struct Next {
    file: PathBuf,
    public: [u8; 32],
}

impl Next {
    fn make(board: &Board) -> Self {
        let file = board.beside().join("police-next.key");
        let key = SigningKey::create(&file).expect("a key");
        let public = key.public_key().to_bytes();
        Self { file, public }
    }

    /// Only while police's service is down.
    fn put_in_place(&self, board: &Board) {
        fs::copy(&self.file, board.data("police").join("signing.key")).expect("a key");
    }

    /// The Board withdraws police's key, and calls this event the last good one.
    fn withdraw(&self, board: &Board, last_good: &Receipt) {
        let hash: Vec<u8> = (0..64)
            .step_by(2)
            .map(|i| u8::from_str_radix(&last_good.hash[i..i + 2], 16).expect("hexadecimal"))
            .collect();
        let withdrawn = KeyWithdrawn {
            agency: "police".into(),
            last_good_epoch: last_good.epoch,
            last_good_seq: last_good.agency_seq,
            last_good_hash: hash.into(),
            next_key: self.public.to_vec().into(),
        };
        let event = BoardEvent {
            event: Some(v1::board_event::Event::KeyWithdrawn(withdrawn)),
        };
        let file = board.beside().join("withdrawal.json");
        let text = json::write(&event).expect("json").to_string();
        fs::write(&file, text).expect("a file");
        let file = file.display().to_string();
        let told = board.run(&["board", "publish", &file, "--json"]);
        let told: Value = serde_json::from_str(&told).expect("json");
        assert_eq!(told["state"], "EVENT_STATE_EFFECTIVE", "{told}");
    }
}

/// The last one in the chain.
fn last(receipts: &[Receipt]) -> &Receipt {
    let place = |receipt: &&Receipt| (receipt.epoch, receipt.agency_seq);
    receipts.iter().max_by_key(place).expect("a receipt")
}

async fn published(board: &Board, agency: &str, seed: u64, count: usize) -> Vec<Receipt> {
    let load = Load::start(board, agency, incidents(agency, seed, count));
    load.receipts().await
}

/// All of police's own items.
async fn items(board: &Board) -> Vec<Item> {
    let mut reader = board.reader("police");
    let (mut items, mut page_token) = (Vec::new(), String::new());
    loop {
        let request = ListItemsRequest {
            page_size: 200,
            page_token,
            ..ListItemsRequest::default()
        };
        let page = reader.list_items(request).await.expect("a page");
        let page = page.into_inner();
        items.extend(page.items);
        page_token = page.next_page_token;
        if page_token.is_empty() {
            items.retain(|item| item.originator == "police");
            return items;
        }
    }
}

/// Exactly these are shown with doubt.
async fn only_these_are_doubted(board: &Board, doubted: &[Receipt]) {
    let items = items(board).await;
    let mut shown: Vec<_> = items.iter().filter(|item| item.key_withdrawn).collect();
    shown.sort_by(|a, b| a.event_id.cmp(&b.event_id));
    let shown: Vec<&String> = shown.into_iter().map(|item| &item.event_id).collect();
    let mut expected: Vec<&String> = doubted.iter().map(|receipt| &receipt.event_id).collect();
    expected.sort();
    assert_eq!(shown, expected);
}

async fn all_are_effective(board: &Board, receipts: &[Receipt]) {
    for receipt in receipts {
        let told = board.receipt(&receipt.agency, &receipt.event_id).await;
        let told = told.expect("a receipt");
        assert_eq!(told.state(), EventState::Effective, "{told:?}");
    }
}

async fn try_once(board: &Board, request: &PublishRequest) -> Result<Receipt, Status> {
    let answer = board.publisher("police").publish(request.clone()).await?;
    Ok(answer.into_inner().receipt.expect("a receipt"))
}

/// Police takes events in until it hears of the withdrawal, and then nothing more. Answers what it took in.
async fn until_it_hears(board: &Board, requests: Vec<PublishRequest>) -> Vec<Receipt> {
    let mut taken = Vec::new();
    let mut requests = requests.into_iter();
    until("police hears of it", SOON, async || {
        match try_once(board, &requests.next().expect("a request")).await {
            Ok(receipt) => {
                taken.push(receipt);
                None
            }
            Err(status) => {
                assert_eq!(status.code(), Code::Unavailable, "{status:?}");
                Some(())
            }
        }
    })
    .await;
    let request = requests.next().expect("a request");
    for _ in 0..5 {
        let refused = try_once(board, &request).await;
        assert_eq!(refused.expect_err("a refusal").code(), Code::Unavailable);
    }
    taken
}

#[tokio::test(flavor = "multi_thread")]
async fn p7_a_withdrawn_key_signs_nothing_more_and_the_agency_goes_on_with_the_next() {
    let mut board = Board::start().await;
    let mut receipts = published(&board, "police", 101, 40).await;
    board.settled(&receipts).await;
    board.stop("police");
    let next = Next::make(&board);
    next.withdraw(&board, last(&receipts));
    next.put_in_place(&board);
    board.start_service("police").await;
    receipts.extend(published(&board, "police", 102, 30).await);
    board.settled(&receipts).await;
    all_are_effective(&board, &receipts).await;
    only_these_are_doubted(&board, &[]).await;
    board.rebuilt();
    assert_each_once(&order(&board.root()), &receipts);
    board.run(&["verify"]);
}

/// Some was admitted after the last good event, some was accepted and not admitted yet, some more was accepted before the agency
/// heard: a true warning may be among each of these.
#[tokio::test(flavor = "multi_thread")]
async fn p1_what_was_accepted_before_the_agency_heard_of_the_withdrawal_is_admitted_in_the_end() {
    let mut board = Board::start().await;
    let mut receipts = published(&board, "police", 103, 30).await;
    let last_good = last(&receipts).clone();
    let doubted = published(&board, "police", 104, 20).await;
    board.settled(&doubted).await;
    board.kill(PROJECTION);
    let waiting = published(&board, "police", 105, 10).await;
    // Its content keys can't be had: what it has accepted isn't admitted before the withdrawal.
    board.service("police").pause();
    board.start_service(PROJECTION).await;
    let next = Next::make(&board);
    next.withdraw(&board, &last_good);
    board.service("police").resume();
    let taken = until_it_hears(&board, incidents("police", 106, 2_000)).await;
    receipts.extend([doubted.clone(), waiting, taken].concat());
    let head = last(&receipts).clone();
    until("police's log names its head", SOON, async || {
        let said = board.service("police").said();
        said.contains(&head.hash).then_some(())
    })
    .await;
    let others = published(&board, "health", 107, 20).await;
    board.settled(&others).await;
    // The Board looks at what there is, and calls all of it good.
    next.withdraw(&board, &head);
    board.stop("police");
    next.put_in_place(&board);
    board.start_service("police").await;
    receipts.extend(published(&board, "police", 108, 20).await);
    board.settled(&receipts).await;
    all_are_effective(&board, &receipts).await;
    only_these_are_doubted(&board, &doubted).await;
    let told = board.run(&["view", "--as", "police", "-n", "1000"]);
    let marked = told.matches("[key withdrawn: ask police]").count();
    assert_eq!(marked, doubted.len());
    receipts.extend(others);
    board.rebuilt();
    assert_each_once(&order(&board.root()), &receipts);
    board.run(&["verify"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn p7_what_the_old_key_signs_after_the_withdrawal_is_refused() {
    let mut board = Board::start().await;
    let mut receipts = published(&board, "police", 111, 30).await;
    board.settled(&receipts).await;
    board.stop("police");
    let next = Next::make(&board);
    next.withdraw(&board, last(&receipts));
    // Whoever has the old key starts where nobody can tell that it was withdrawn.
    board.kill(PROJECTION);
    board.start_service("police").await;
    let stolen = published(&board, "police", 112, 10).await;
    board.start_service(PROJECTION).await;
    let taken = until_it_hears(&board, incidents("police", 113, 2_000)).await;
    let stolen = [stolen, taken].concat();
    let others = published(&board, "health", 114, 40).await;
    board.settled(&others).await;
    receipts.extend(others);
    // It knows from its first word on after a restart, too.
    board.kill("police");
    board.start_service("police").await;
    let request = incidents("police", 115, 1).remove(0);
    let refused = try_once(&board, &request).await;
    assert_eq!(refused.expect_err("a refusal").code(), Code::Unavailable);
    board.rebuilt();
    let admitted = order(&board.root());
    assert_each_once(&admitted, &receipts);
    let ids: Vec<&String> = admitted.iter().map(|one| &one.event_id).collect();
    assert!(stolen.iter().all(|one| !ids.contains(&&one.event_id)));
    the_tail_is_named(&board, &stolen);
}

/// Offline, the journal's first event after the last good one is named, and why it doesn't hold.
fn the_tail_is_named(board: &Board, tail: &[Receipt]) {
    let place = |receipt: &Receipt| (receipt.epoch, receipt.agency_seq);
    let (epoch, seq) = tail.iter().map(place).min().expect("a receipt");
    let told = board.try_run(&["verify"]);
    let said = String::from_utf8_lossy(&told.stderr);
    assert_eq!(told.status.code(), Some(5), "{said}");
    let entry = format!("{epoch}/{seq}");
    assert!(
        said.contains(&entry) && said.contains("the Board withdrew the one before"),
        "{entry}: {said}"
    );
}
