//! A measurement, not a rule: `cargo test --release -p diogel-event-log --test journal -- --ignored --nocapture throughput`.

use std::time::Instant;

use diogel_event_log::journal::{Journal, JournalOptions};

use crate::support::{copy, expect_new, links, name, open, sized};

const CALLERS: u32 = 64;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "a measurement"]
async fn throughput_of_group_commit() {
    let rounds: u32 = std::env::var("ROUNDS").map_or(4, |rounds| rounds.parse().unwrap());
    let folder = tempfile::tempdir_in(".").unwrap();
    let options = JournalOptions::new(name(), links);
    let journal = Journal::open(folder.path(), &options).unwrap();
    for round in 0..rounds {
        let (start, before) = (Instant::now(), journal.stats().commits);
        let each = 50_000 / CALLERS;
        run(&journal, round * 1_000_000, each).await;
        let (seconds, commits) = (
            start.elapsed().as_secs_f64(),
            journal.stats().commits - before,
        );
        let appends = f64::from(each * CALLERS);
        report(&format!(
            "{:.0} appends/s, {commits} commits",
            appends / seconds
        ));
    }
    let start = Instant::now();
    for n in 0..1000 {
        expect_new(journal.append(sized(900_000_000 + n, 1500)).await);
    }
    report(&format!(
        "one caller: {:.0} µs each",
        start.elapsed().as_secs_f64() * 1000.0
    ));
    let start = Instant::now();
    drop(journal);
    drop(open(folder.path()));
    report(&format!(
        "closed and opened in {} ms",
        start.elapsed().as_millis()
    ));
}

async fn run(journal: &Journal, first: u32, each: u32) {
    let callers = (0..CALLERS).map(|caller| {
        let journal = journal.clone();
        tokio::spawn(async move {
            for n in 0..each {
                expect_new(
                    journal
                        .append(sized(first + n * CALLERS + caller, 1500))
                        .await,
                );
            }
        })
    });
    for caller in callers.collect::<Vec<_>>() {
        caller.await.unwrap();
    }
}

fn report(line: &str) {
    eprintln!("{line}");
}

/// How long an open takes after a crash, by the size of the journal.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "a measurement"]
async fn recovery_after_a_crash() {
    let rounds: u32 = std::env::var("ROUNDS").map_or(4, |rounds| rounds.parse().unwrap());
    let (folder, crashed) = (
        tempfile::tempdir_in(".").unwrap(),
        tempfile::tempdir_in(".").unwrap(),
    );
    let options = JournalOptions::new(name(), links);
    let journal = Journal::open(folder.path(), &options).unwrap();
    for round in 0..rounds {
        run(&journal, round * 1_000_000, 50_000 / CALLERS).await;
        copy(folder.path(), crashed.path());
        let store = std::fs::metadata(crashed.path().join("journal.redb")).unwrap();
        let start = Instant::now();
        drop(Journal::open(crashed.path(), &options).unwrap());
        report(&format!(
            "{} entries, {} MiB, {} MiB of memory at most so far: recovered in {} ms",
            journal.head().place.seq,
            store.len() >> 20,
            peak_memory() >> 10,
            start.elapsed().as_millis()
        ));
    }
}

/// Of this process, in KiB.
fn peak_memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let digits = peak.unwrap().trim().trim_end_matches(" kB");
    digits.parse().unwrap()
}
