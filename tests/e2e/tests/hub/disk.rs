//! The agency's disk: the power goes, or it is full.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Command;

use diogel_contract::v1::{
    BatchPublishRequest, PublishRequest, Receipt, batch_result::Result as Batched,
};
use diogel_e2e::{Board, Disk, assert_each_once, copy, incidents, order};
use tonic::Code;

use crate::loading::Load;

/// Moves an agency's data to a disk of its own, or a copy of that disk.
fn lies_on(board: &Board, agency: &str, disk: &Disk) {
    let (data, there) = (board.data(agency), disk.at().join(agency));
    if !there.exists() {
        copy(&data, &there);
        // `cp` doesn't: what it copied would not survive the cut.
        let synced = Command::new("sync").arg("-f").arg(&there).status();
        assert!(synced.expect("sync runs").success());
        fs::remove_dir_all(&data).expect("the folder goes");
    }
    if data.is_symlink() {
        fs::remove_file(&data).expect("the link goes");
    }
    symlink(&there, &data).expect("a link");
}

#[tokio::test(flavor = "multi_thread")]
async fn p1_power_cut_of_the_journal_loses_nothing_acknowledged() {
    let Some((mut board, disk)) = on_a_disk("police", 256).await else {
        return;
    };
    let load = Load::start(&board, "police", incidents("police", 61, 400));
    load.reaches(150).await;
    board.service("police").pause();
    let after = disk.after_power_cut(board.beside(), "after");
    board.kill("police");
    lies_on(&board, "police", &after);
    board.start_service("police").await;
    let receipts = load.receipts().await;
    board.settled(&receipts).await;
    board.stop_all();
    assert_each_once(&order(&board.root()), &receipts);
    board.run(&["verify"]);
}

async fn on_a_disk(agency: &str, megabytes: u64) -> Option<(Board, Disk)> {
    let mut board = Board::start().await;
    let disk = Disk::new(board.beside(), "disk", megabytes)?;
    board.stop(agency);
    lies_on(&board, agency, &disk);
    board.start_service(agency).await;
    Some((board, disk))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_refuses_and_goes_on_once_there_is_room() {
    let Some((mut board, disk)) = on_a_disk("health", 160).await else {
        return;
    };
    let filler = disk.at().join("filler");
    fill(&filler);
    let requests = incidents("health", 62, 12_000);
    let (taken, refused) = until_refused(&board, &requests).await;
    assert!(refused > 0, "the disk is never full");
    fs::remove_file(filler).expect("room again");
    board.kill("health");
    board.start_service("health").await;
    let asked = requests[..taken.len() + refused].to_vec();
    let receipts = Load::start(&board, "health", asked).receipts().await;
    let stored = |receipt: &Receipt| receipts.iter().any(|r| r.event_id == receipt.event_id);
    assert!(
        taken.iter().all(stored),
        "what was taken is still what it was"
    );
    board.settled(&receipts).await;
    board.stop_all();
    assert_each_once(&order(&board.root()), &receipts);
    board.run(&["verify"]);
}

/// Publishes until nothing more is taken. Answers what was taken, and how many were refused: as worth another try.
async fn until_refused(board: &Board, requests: &[PublishRequest]) -> (Vec<Receipt>, usize) {
    let mut client = board.publisher("health");
    let mut taken = Vec::new();
    for requests in requests.chunks(100) {
        let requests = requests.to_vec();
        let answer = client.batch_publish(BatchPublishRequest { requests }).await;
        let mut refused = 0;
        for result in answer.expect("an answer").into_inner().results {
            match result.result.expect("a result") {
                Batched::Receipt(receipt) => taken.push(receipt),
                Batched::Refusal(refusal) => {
                    assert_eq!(refusal.code, Code::Unavailable as i32, "{refusal:?}");
                    refused += 1;
                }
            }
        }
        if refused > 0 {
            return (taken, refused);
        }
    }
    (taken, 0)
}

fn fill(file: &Path) {
    use std::io::Write;
    let mut file = fs::File::create(file).expect("a file");
    for size in [1 << 20, 1 << 12, 1] {
        while file.write(&vec![7; size]).is_ok_and(|n| n > 0) {}
    }
    let _ = file.sync_all();
}
