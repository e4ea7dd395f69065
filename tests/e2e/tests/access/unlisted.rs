//! P8 at real services: who is taken out of an allowlist is out within a second, at what is open too, and in again once it is back.

use std::fs;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use diogel_contract::v1;
use diogel_e2e::{Board, PROJECTION, REPLICA, SOON, danger, until};
use diogel_identity::{Principal, Role};
use tonic::Code;

use crate::certificates::Office;
use crate::connecting::{channel, tls};
use crate::revoked::{SECOND, end, watches};

/// Everybody's systems, and health's alone.
const ALL: &str = "/*/system/*";
const OTHERS: &str = "/health/system/*";

fn allowlist(board: &Board, of: &str) -> PathBuf {
    board.root().join(format!("allow/{of}.toml"))
}

/// As an editor does: the file is written anew in its place.
fn edit(file: &PathBuf, from: &str, to: &str) {
    let text = fs::read_to_string(file).expect("a file");
    assert!(text.contains(from), "{text}");
    fs::write(file, text.replace(from, to)).expect("a file");
}

async fn lists(board: &Board, process: &str) -> Result<(), Code> {
    let asked = v1::ListItemsRequest::default();
    let answer = board.reader_at(process, "police").list_items(asked).await;
    answer.map(drop).map_err(|status| status.code())
}

#[tokio::test(flavor = "multi_thread")]
async fn p8_a_reader_that_leaves_the_allowlist_is_out_within_a_second_at_every_projection() {
    let mut board = Board::start().await;
    board.start_service(REPLICA).await;
    let mut office = Office::open(&board);
    let name = Principal::new(office.board(), "police", Role::System, "other");
    let credentials = office.issued(&name.expect("a name"));
    let tls = tls(&office.ca(), Some(&credentials));
    let at = |process| channel(board.address(process), tls.clone());
    let first = watches(at(PROJECTION)).await;
    let second = watches(at(REPLICA)).await;
    let file = allowlist(&board, PROJECTION);
    edit(&file, ALL, OTHERS);
    let from = Instant::now();
    let ends = tokio::join!(end(first, from), end(second, from));
    for (status, after) in [ends.0, ends.1] {
        assert_eq!(status.code(), Code::PermissionDenied, "{status:?}");
        assert!(after < SECOND, "{after:?}");
    }
    for process in [PROJECTION, REPLICA] {
        assert_eq!(lists(&board, process).await, Err(Code::PermissionDenied));
    }
    edit(&file, OTHERS, ALL);
    until("it is let in again", SOON, async || {
        let both = (
            lists(&board, PROJECTION).await,
            lists(&board, REPLICA).await,
        );
        (both == (Ok(()), Ok(()))).then_some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn p8_a_system_that_leaves_the_allowlist_publishes_no_more_within_a_second() {
    let board = Board::start().await;
    let mut publisher = board.publisher("police");
    let file = allowlist(&board, "police");
    let mut publish = async |key: &str| {
        let answer = publisher
            .publish(danger("police", key, "10099000073"))
            .await;
        answer.map(drop).map_err(|status| status.code())
    };
    assert_eq!(publish("one").await, Ok(()));
    edit(&file, "/police/system/*", "/police/system/other");
    tokio::time::sleep(SECOND).await;
    assert_eq!(publish("two").await, Err(Code::PermissionDenied));
    edit(&file, "/police/system/other", "/police/system/*");
    tokio::time::sleep(SECOND + Duration::from_millis(200)).await;
    assert_eq!(publish("two").await, Ok(()));
}
