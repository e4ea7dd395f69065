//! P1: what an append returned for is there after `kill -9`, once, and a disk that takes no more stops the log.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use diogel_event_log::segments::{SegmentError, SegmentLog, verify};

use crate::support::{key, options};

const FOLDER: &str = "DIOGEL_TEST_SEGMENTS";

/// What record `n` of caller `caller` says.
fn text(caller: u64, n: u64) -> String {
    format!("{caller}/{n} {}", "x".repeat(200))
}

/// Not a test: the child of the one below. Appends from 4 callers until it is killed, and says what was taken.
#[test]
fn child_that_appends_until_it_is_killed() {
    let Ok(folder) = std::env::var(FOLDER) else {
        return;
    };
    let log = SegmentLog::open(folder, options(16_000)).unwrap();
    let start = log.length() * 1000;
    let caller = |caller: u64| {
        let log = log.clone();
        std::thread::spawn(move || {
            for n in start.. {
                let number = log.append(text(caller, n).as_bytes(), &[key(n)]).unwrap();
                writeln!(std::io::stdout(), "taken {number} {caller} {n}").unwrap();
            }
        })
    };
    for thread in (0..4).map(caller).collect::<Vec<_>>() {
        thread.join().unwrap();
    }
}

/// Runs the child until `count` records are taken, kills it, and answers all that were.
fn killed_after(folder: &Path, count: usize) -> Vec<[u64; 3]> {
    let child = "crash::child_that_appends_until_it_is_killed";
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", child, "--nocapture"])
        .env(FOLDER, folder)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut taken: Vec<[u64; 3]> = Vec::new();
    while taken.len() < count {
        taken.extend(parse(&lines.next().unwrap().unwrap()));
    }
    child.kill().unwrap();
    // What it said before it died counts too; the last line may be half, so it is left out.
    let mut rest: Vec<_> = lines.map_while(Result::ok).collect();
    rest.pop();
    taken.extend(rest.iter().filter_map(|line| parse(line)));
    child.wait().unwrap();
    taken
}

fn parse(line: &str) -> Option<[u64; 3]> {
    let numbers = line.strip_prefix("taken ")?.split(' ').map(str::parse);
    let numbers = numbers.collect::<Result<Vec<_>, _>>().ok()?;
    numbers.try_into().ok()
}

#[tokio::test]
async fn p1_what_an_append_returned_for_survives_kill_9() {
    let folder = tempfile::tempdir().unwrap();
    let mut taken = Vec::new();
    for round in 1..=5 {
        taken.extend(killed_after(folder.path(), 150 * round));
        let verified = verify(folder.path()).unwrap();
        let log = SegmentLog::open(folder.path(), options(16_000)).unwrap();
        assert_eq!(log.head(), (verified.length, verified.head));
        for [number, caller, n] in &taken {
            let read = log.read(number - 1, 1).await.unwrap();
            assert_eq!(read[0].bytes, text(*caller, *n), "round {round}");
            let found = log.by_key(key(*n), None, 9).unwrap();
            assert!(found.contains(&read[0]), "round {round}: {number}");
        }
    }
}

/// Not a test: the child of the one below. Appends until its files may grow no more.
#[tokio::test]
async fn child_that_appends_until_the_disk_is_full() {
    let Ok(folder) = std::env::var(FOLDER) else {
        return;
    };
    let log = SegmentLog::open(folder, options(1 << 20)).unwrap();
    let (taken, error) = loop_until_refused(&log);
    assert!(matches!(error, SegmentError::Io { .. }), "{error}");
    log.stopped().await;
    assert!(log.is_stopped());
    for _ in 0..3 {
        assert!(matches!(log.append(b"", &[]), Err(SegmentError::Stopped)));
    }
    assert_eq!(log.length(), taken);
    assert_eq!(
        log.read(taken - 3, 9).await.unwrap().len(),
        3,
        "reading goes on"
    );
    writeln!(std::io::stdout(), "taken {taken} 0 0").unwrap();
}

fn loop_until_refused(log: &SegmentLog) -> (u64, SegmentError) {
    for n in 1.. {
        if let Err(error) = log.append(text(0, n).as_bytes(), &[key(n)]) {
            return (n - 1, error);
        }
    }
    unreachable!()
}

#[tokio::test]
async fn p1_a_failed_write_fails_closed_and_what_was_taken_stays() {
    let folder = tempfile::tempdir().unwrap();
    let child = "crash::child_that_appends_until_the_disk_is_full";
    // In blocks of 512 bytes or 1 KiB, as the shell has it; without the trap the signal would end the child.
    let output = Command::new("sh")
        .args(["-c", "trap '' XFSZ; ulimit -f 40; exec \"$@\"", "sh"])
        .arg(std::env::current_exe().unwrap())
        .args(["--exact", child, "--nocapture"])
        .env(FOLDER, folder.path())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let taken = said.lines().find_map(parse);
    let [taken, ..] = taken.unwrap_or_else(|| panic!("{said}{output:?}"));
    assert!(taken > 50);
    let verified = verify(folder.path()).unwrap();
    assert_eq!(verified.length, taken);
    assert!(verified.torn > 0, "part of the next");
    let log = SegmentLog::open(folder.path(), options(1 << 20)).unwrap();
    assert_eq!(log.append(b"more", &[]).unwrap(), taken + 1);
}
