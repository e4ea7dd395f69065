//! One agency says two different things at one place of its chain. It stops alone, and whoever reads is warned.

use diogel_contract::v1::{CheckRequest, HeardTo, Identifier, IdentifierScheme, Purpose};
use diogel_e2e::{
    Board, PROJECTION, SOON, assert_each_once, copy, danger, incidents, order, replace, until,
};

use crate::loading::Load;

const UPRN: &str = "10099000777";

/// What health's check of the place says about how long ago police was heard.
async fn police_heard(board: &Board) -> Option<HeardTo> {
    let identifier = Identifier {
        scheme: IdentifierScheme::Uprn.into(),
        value: UPRN.into(),
        agency: String::new(),
    };
    let request = CheckRequest {
        identifiers: vec![identifier],
        purpose: Purpose::WorkerSafety.into(),
        ..CheckRequest::default()
    };
    let answer = board
        .reader("health")
        .check(request)
        .await
        .ok()?
        .into_inner();
    assert_eq!(answer.findings.len(), 1, "{answer:?}");
    answer.heard_to.into_iter().find(|h| h.agency == "police")
}

#[tokio::test(flavor = "multi_thread")]
async fn p7_one_agencys_fork_stops_that_chain_alone() {
    let mut board = Board::start().await;
    let mut receipts = vec![
        board
            .publish("police", danger("police", "danger", UPRN))
            .await,
    ];
    receipts.extend(
        Load::start(&board, "police", incidents("police", 41, 20))
            .receipts()
            .await,
    );
    board.settled(&receipts).await;
    board.stop("police");
    let older = board.beside().join("older-police");
    copy(&board.data("police"), &older);
    board.start_service("police").await;
    receipts.extend(
        Load::start(&board, "police", incidents("police", 42, 30))
            .receipts()
            .await,
    );
    board.settled(&receipts).await;
    // Restored without the mark, and the projection can't be asked: it takes what it should not.
    board.kill(PROJECTION);
    board.kill("police");
    replace(&board.data("police"), &older);
    board.start_service("police").await;
    let forked = Load::start(&board, "police", incidents("police", 43, 10))
        .receipts()
        .await;
    assert_eq!(forked[0].epoch, 1);
    board.start_service(PROJECTION).await;
    let others = Load::start(&board, "health", incidents("health", 44, 40))
        .receipts()
        .await;
    board.settled(&others).await;
    receipts.extend(others);
    until("the fork is told", SOON, async || {
        let said = board.service("police").said();
        said.contains("the chain is forked").then_some(())
    })
    .await;
    let warned = until("readers are answered", SOON, async || {
        police_heard(&board).await
    })
    .await;
    let since = forked
        .iter()
        .filter_map(|r| r.recorded_at.map(|at| at.seconds))
        .min();
    let at = warned.at.map(|at| at.seconds);
    assert!(
        warned.silent || at <= since,
        "heard to {at:?}, forked since {since:?}"
    );
    board.rebuilt();
    let admitted = order(&board.root());
    assert_each_once(&admitted, &receipts);
    assert!(
        forked
            .iter()
            .all(|f| admitted.iter().all(|o| o.event_id != f.event_id))
    );
}

/// The holder of a key can write a whole journal anew, chained and signed: what was admitted gives it away.
#[tokio::test(flavor = "multi_thread")]
async fn p10_a_journal_written_again_with_the_same_key_is_found_offline() {
    let mut board = Board::start().await;
    let load = Load::start(&board, "police", incidents("police", 45, 10));
    board.settled(&load.receipts().await).await;
    board.stop("police");
    let older = board.beside().join("older-police");
    copy(&board.data("police"), &older);
    board.start_service("police").await;
    let load = Load::start(&board, "police", incidents("police", 46, 5));
    let admitted = load.receipts().await;
    board.settled(&admitted).await;
    board.kill(PROJECTION);
    board.kill("police");
    replace(&board.data("police"), &older);
    board.start_service("police").await;
    let load = Load::start(&board, "police", incidents("police", 47, 8));
    load.receipts().await;
    board.stop_all();
    let told = board.try_run(&["verify"]);
    let said = String::from_utf8_lossy(&told.stderr);
    assert_eq!(told.status.code(), Some(5), "{said}");
    let last = admitted.iter().map(|receipt| receipt.agency_seq).max();
    let entry = format!("1/{}", last.expect("a receipt"));
    assert!(
        said.contains(&entry) && said.contains("another event was admitted in its place"),
        "{entry}: {said}"
    );
}
