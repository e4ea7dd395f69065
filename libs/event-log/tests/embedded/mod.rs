//! The contract against the embedded backend.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::cast_possible_truncation,
    missing_docs,
    reason = "a test that can't go on is a test that failed; the rules' names say what they hold"
)]

use std::collections::BTreeMap;

use diogel_event_log::embedded::{EmbeddedLog, NoReplicas};
use diogel_event_log::entry::Entry;
use diogel_event_log::journal::{
    Appended, Composed, Draft, Journal, JournalName, JournalOptions, Links,
};
use diogel_event_log::log::{Inlets, OrderLog, Outlet};

use crate::suite::{Fixture, NORTH, SOUTH, digest};

/// A journal per agency in a temporary folder.
struct Embedded {
    journals: BTreeMap<&'static str, Journal>,
    log: EmbeddedLog,
    _folder: tempfile::TempDir,
}

async fn start() -> Embedded {
    let folder = tempfile::tempdir().unwrap();
    let (mut journals, log) = (BTreeMap::new(), EmbeddedLog::default());
    for agency in [NORTH, SOUTH] {
        let name = JournalName {
            board: "board".into(),
            agency: agency.into(),
        };
        let options = JournalOptions {
            wal_bytes: 1 << 20,
            ..JournalOptions::new(name, links)
        };
        let journal = Journal::open(folder.path().join(agency), &options).unwrap();
        log.add(agency, journal.clone());
        journals.insert(agency, journal);
    }
    Embedded {
        journals,
        log,
        _folder: folder,
    }
}

fn links(event: &[u8]) -> Option<Links> {
    let previous = event.first_chunk()?;
    Some(Links {
        own: digest(event),
        previous: *previous,
    })
}

fn draft(entry: &Entry) -> Draft {
    let entry = entry.clone();
    Draft {
        request_key: entry.digest,
        request_hash: entry.digest,
        event_id: entry.event_id,
        recorded_at: 0,
        content_key: None,
        erases: None,
        compose: Box::new(move |place, previous| {
            assert_eq!((place, &previous[..]), (entry.place, &entry.event[..32]));
            Composed {
                event: entry.event,
                digest: entry.digest,
            }
        }),
    }
}

impl Fixture for Embedded {
    async fn journalled(&self, agency: &str, entries: &[Entry]) {
        let journal = &self.journals[agency];
        for entry in entries {
            let appended = if entry.place.epoch > journal.head().place.epoch {
                journal.open_epoch(draft(entry)).await
            } else {
                journal.append(draft(entry)).await
            };
            assert_eq!(appended.unwrap(), Appended::New(entry.clone()));
        }
    }

    async fn outlet(&self, agency: &str) -> Box<dyn Outlet> {
        Box::new(self.log.outlet(agency).unwrap())
    }

    async fn inlets(&self) -> Box<dyn Inlets> {
        Box::new(self.log.clone())
    }

    async fn order(&self) -> Box<dyn OrderLog> {
        Box::new(NoReplicas::new(0))
    }

    fn keeps_order(&self) -> bool {
        false
    }
}

crate::contract!(start);
