//! What goes into the journal and what it answers. Owns no rule; the writer has them.

use bytes::Bytes;
use diogel_identity::ContentKey;

use crate::entry::{Digest, Entry, Place};

/// Makes the event once its place and the hash before it are known. Runs on the writer's thread: it must neither wait nor
/// panic (a panic stops the journal).
pub type Compose = Box<dyn FnOnce(Place, Digest) -> Composed + Send>;

/// An event to append.
pub struct Draft {
    /// Hash over the system's name and its request key: the same one gets the same receipt.
    pub request_key: Digest,
    /// Hash over the request without its key: tells a repeat from another request under the same key.
    pub request_hash: Digest,
    /// UUIDv7, new.
    pub event_id: [u8; 16],
    /// Microseconds since 1970.
    pub recorded_at: i64,
    /// The key that sealed its content, if it has any.
    pub content_key: Option<ContentKey>,
    /// The earlier event of this journal whose content key this event destroys.
    pub erases: Option<[u8; 16]>,
    /// Makes the event.
    pub compose: Compose,
}

/// A composed event.
pub struct Composed {
    /// The encoded `SignedEvent`.
    pub event: Bytes,
    /// Its hash, which the next event names.
    pub digest: Digest,
}

/// What became of a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Appended {
    /// It is in the journal, on the disk.
    New(Entry),
    /// The same request was journalled before: the entry of then. The draft's own event was not made.
    Replayed(Entry),
    /// Another request was journalled under the same key. Nothing was written.
    Conflict,
}

/// A request as the journal remembers it, for as long as the journal is kept, unless [`Outcome::forgets`] says otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Request {
    /// As in [`Draft::request_key`].
    pub key: Digest,
    /// As in [`Draft::request_hash`].
    pub hash: Digest,
    /// Microseconds since 1970.
    pub recorded_at: i64,
}

/// An earlier request and what it led to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Earlier {
    /// The request.
    pub request: Request,
    /// Its entry.
    pub entry: Entry,
}

/// An entry that the stream or the projection has beyond a restored journal's head: it need not be streamed again.
#[derive(Debug, Clone)]
pub struct Imported {
    /// The entry as it was streamed.
    pub entry: Entry,
    /// Its request, so that a publisher's retry still gets the same receipt.
    pub request: Option<Request>,
    /// Its content key, as far as the projection has it.
    pub key: KeyState,
    /// The earlier event that it erases: a restored copy must not bring an erased key back.
    pub erases: Option<[u8; 16]>,
}

/// What the journal has of an event's content key.
#[derive(Debug, Clone)]
pub enum KeyState {
    /// The key.
    Key(ContentKey),
    /// It was destroyed: erasure.
    Destroyed,
    /// The event has no sealed content.
    None,
    /// No such event here, or its key was lost: with an older copy of the journal or the vault, or to damage of the vault.
    Unknown,
}

/// What the fold made of an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The event.
    pub event_id: [u8; 16],
    /// Rising per agency; a lower one never replaces a higher.
    pub number: u64,
    /// The caller's code.
    pub state: u8,
    /// The caller's reason code; never personal data.
    pub reason: String,
    /// The event's own request, as in [`Draft::request_key`], to be forgotten in the same commit: sent again it is a new event.
    /// Nothing that is kept: none when it is read.
    pub forgets: Option<Digest>,
}
