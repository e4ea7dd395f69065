//! P1: what a power cut leaves. The store lies on a file system of its own inside a file; the server is stopped under load, and
//! the file is copied as it is: what was never synced is not in it.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use bytes::Bytes;
use diogel_event_log::jetstream::names::Role;
use diogel_event_log::log::OrderLog;
use diogel_harness::Hub;

use crate::board::{Board, hear_all};
use crate::faults::offer_counting;
use crate::suite::{NORTH, SOUTH, chain};

/// A file system in a file, mounted until it is dropped.
struct Disk {
    at: PathBuf,
}

impl Disk {
    fn mount(image: &Path, at: PathBuf) -> Self {
        std::fs::create_dir_all(&at).expect("a folder");
        run(Command::new("mount")
            .args(["-o", "loop"])
            .arg(image)
            .arg(&at));
        Self { at }
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let unmounted = Command::new("umount").arg("--lazy").arg(&self.at).status();
        assert!(unmounted.expect("umount runs").success() || std::thread::panicking());
    }
}

fn run(command: &mut Command) {
    assert!(command.status().expect("it runs").success(), "{command:?}");
}

fn record(position: u64) -> Bytes {
    Bytes::from(format!("record {position} {}", "x".repeat(700)))
}

/// Appends in small and large lists, counting what is safe.
async fn append_counting(order: &impl OrderLog, safe: &AtomicUsize) {
    for size in [3_u16, 200].into_iter().cycle() {
        let first = safe.load(Ordering::SeqCst) as u64 + 1;
        let records = (first..first + u64::from(size)).map(record).collect();
        if order.append(first, records).await.is_err() {
            return;
        }
        safe.fetch_add(usize::from(size), Ordering::SeqCst);
    }
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "mounts file systems: needs root"]
async fn a_power_cut_leaves_everything_that_was_acknowledged() {
    let folder = tempfile::tempdir().expect("a folder");
    let (image, copy) = (folder.path().join("disk"), folder.path().join("copy"));
    std::fs::File::create(&image)
        .and_then(|file| file.set_len(512 << 20))
        .expect("a file");
    run(Command::new("mkfs.ext4").arg("-q").arg(&image));
    let disk = Disk::mount(&image, folder.path().join("mounted"));
    let hub = Hub::start_in(&disk.at, &[NORTH, SOUTH]).await;
    let mut board = Board { hub };
    let (outlet, order) = (
        board.outlet_of(NORTH).await,
        board.order_as(Role::Projection).await,
    );
    let entries = chain(NORTH, 100_000, 700);
    let (offered, appended) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let cutting = async {
        tokio::time::sleep(Duration::from_secs(3)).await;
        board.hub.pause(0);
    };
    let load = async {
        tokio::join!(
            offer_counting(&outlet, &entries, &offered),
            append_counting(&order, &appended)
        )
    };
    tokio::select! { _ = load => {}, () = cutting => {} }
    let (offered, appended) = (offered.into_inner(), appended.into_inner());
    run(Command::new("cp").arg(&image).arg(&copy));
    println!("acknowledged: {offered} events, {appended} records");
    assert!(offered > 100 && appended > 100);
    board.hub.kill(0);
    let store = board.hub.store(0);
    let then = Disk::mount(&copy, folder.path().join("then"));
    board.hub.restore_store(
        0,
        &then.at.join(store.strip_prefix(&disk.at).expect("below")),
    );
    board.hub.restart(0).await;
    hear_all(board.inlet_of(NORTH).await.as_mut(), &entries[..offered]).await;
    let order = board.order_as(Role::Projection).await;
    assert!(order.head().await.expect("a head") >= appended as u64);
    let mut read = 0;
    while read < appended as u64 {
        for found in order.read(read + 1, 1000).await.expect("reads") {
            read += 1;
            assert_eq!(found, record(read));
        }
    }
    drop(board);
    drop((then, disk));
}
