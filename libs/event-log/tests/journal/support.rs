//! What the journal's tests share: a chain of small events, drafts for it, and a folder to keep it in.

use std::fs;
use std::path::Path;

use bytes::Bytes;
use diogel_event_log::entry::{Digest, Entry, NO_DIGEST, Place};
use diogel_event_log::journal::{
    Appended, Composed, Draft, Imported, Journal, JournalError, JournalName, JournalOptions,
    KeyState, Links, Request, Verified, verify,
};
use diogel_identity::ContentKey;

pub const FILES: [&str; 3] = ["journal.redb", "journal.wal", "vault.keys"];

pub fn name() -> JournalName {
    JournalName {
        board: "gwynedd".into(),
        agency: "north".into(),
    }
}

/// The journal of [`name`] in `folder`.
pub fn open(folder: &Path) -> Journal {
    try_open(folder).unwrap()
}

pub fn try_open(folder: &Path) -> Result<Journal, JournalError> {
    Journal::open(folder, &options())
}

/// With room for a few dozen commits in the write-ahead log, so that tests go through checkpoints too.
pub fn options() -> JournalOptions {
    JournalOptions {
        wal_bytes: 128 << 10,
        ..JournalOptions::new(name(), links)
    }
}

pub fn hash(bytes: &[u8]) -> Digest {
    ring::digest::digest(&ring::digest::SHA256, bytes)
        .as_ref()
        .try_into()
        .unwrap()
}

/// A test event is the hash of the one before and a text.
pub fn event(previous: Digest, text: &str) -> Bytes {
    Bytes::from([&previous, text.as_bytes()].concat())
}

pub fn links(event: &[u8]) -> Option<Links> {
    Some(Links {
        own: hash(event),
        previous: *event.first_chunk()?,
    })
}

pub fn id(n: u32) -> [u8; 16] {
    let mut id = [0; 16];
    id[12..].copy_from_slice(&n.to_be_bytes());
    id
}

/// The content key of event `n`, which no file may hold.
pub fn key(n: u32) -> ContentKey {
    ContentKey::from_bytes(hash(&[b"key", &n.to_le_bytes()[..]].concat()))
}

/// Event `n`, under request `n`, with a content key.
pub fn draft(n: u32) -> Draft {
    sized(n, 200)
}

/// The same, with a text of `size` bytes.
pub fn sized(n: u32, size: usize) -> Draft {
    let compose = move |place: Place, previous| {
        let text = format!("{n} at {}/{} {}", place.epoch, place.seq, ".".repeat(size));
        let event = event(previous, &text);
        Composed {
            digest: hash(&event),
            event,
        }
    };
    Draft {
        request_key: hash(&n.to_le_bytes()),
        request_hash: hash(b"request"),
        event_id: id(n),
        recorded_at: i64::from(n),
        content_key: Some(key(n)),
        erases: None,
        compose: Box::new(compose),
    }
}

/// Event `n`, which erases event `target`.
pub fn erasing(n: u32, target: u32) -> Draft {
    Draft {
        erases: Some(id(target)),
        content_key: None,
        ..draft(n)
    }
}

pub async fn append(journal: &Journal, n: u32) -> Entry {
    expect_new(journal.append(draft(n)).await)
}

pub fn expect_new(appended: Result<Appended, JournalError>) -> Entry {
    match appended.unwrap() {
        Appended::New(entry) => entry,
        other => panic!("not new: {other:?}"),
    }
}

/// All entries, as they are read.
pub async fn all(journal: &Journal) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    loop {
        let after = entries.last().map_or(Place::START, |entry| entry.place);
        let more = journal.read(after, 100).await.unwrap();
        if more.is_empty() {
            return entries;
        }
        entries.extend(more);
    }
}

pub async fn key_state(journal: &Journal, n: u32) -> KeyState {
    journal.content_keys(&[id(n)]).await.unwrap().remove(0)
}

pub fn is_key(state: &KeyState, n: u32) -> bool {
    matches!(state, KeyState::Key(found) if found.as_bytes() == key(n).as_bytes())
}

/// What [`verify`] says when the caller checks the chain.
pub fn verified(folder: &Path) -> Result<Verified, JournalError> {
    let mut before = NO_DIGEST;
    verify(folder, |_, event, digest| {
        let links = links(event).ok_or("too short")?;
        let chained = links.previous == std::mem::replace(&mut before, *digest);
        (chained && links.own == *digest)
            .then_some(())
            .ok_or_else(|| "not chained".into())
    })
}

/// A copy of a journal's folder as it is on the disk now, open or not.
pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for file in FILES {
        fs::copy(from.join(file), to.join(file)).unwrap();
    }
}

/// An entry as the projection gives it back.
pub fn imported(entry: &Entry, n: u32) -> Imported {
    let (key, hash) = (hash(&n.to_le_bytes()), hash(b"request"));
    Imported {
        entry: entry.clone(),
        request: Some(Request {
            key,
            hash,
            recorded_at: i64::from(n),
        }),
        key: KeyState::Key(self::key(n)),
        erases: None,
    }
}
