//! What the fold takes: an ordered event, verified and opened by whoever admitted it.

use diogel_domain::{
    content::{Content, Kind},
    ids::{AgencyId, EventId},
    times::Moment,
};
use diogel_sharing::{audience::AudienceTexts, header::Header};
use serde::{Deserialize, Serialize};

use crate::copy_key::CopyKey;

/// Where an event stands in its originator's own chain.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Hash, Serialize, Deserialize,
)]
pub struct ChainPlace {
    /// From 1; a journal restored from a copy opens the next one.
    pub epoch: u32,
    /// Gapless within the epoch, from 1.
    pub seq: u64,
}

/// An event at its position.
#[derive(Debug, Clone)]
pub struct FoldInput {
    /// Its position; the one after the last folded.
    pub position: u64,
    /// When it was given.
    pub ordered_at: Moment,
    /// Its id.
    pub event_id: EventId,
    /// Its originator, verified.
    pub agency: AgencyId,
    /// Its place in the originator's chain.
    pub place: ChainPlace,
    /// When the originator recorded it.
    pub recorded_at: Moment,
    /// Its hash.
    pub hash: [u8; 32],
    /// Kind and header; none: this version doesn't understand them, and the event is quarantined (P9).
    pub known: Option<(Kind, Header)>,
    /// Its content.
    pub content: ContentState,
}

/// The content of an event, as far as there is any.
#[derive(Debug, Clone)]
pub enum ContentState {
    /// The kind has none.
    None,
    /// Opened.
    Open {
        /// What it says.
        content: Box<Content>,
        /// What is sealed of its audience.
        texts: AudienceTexts,
        /// What its copies are sealed under.
        key: CopyKey,
    },
    /// Its key was destroyed.
    Erased,
    /// Its key was lost for good before it was admitted, and the order says so: it counts for nothing.
    Lost,
    /// It opened to something that this version doesn't understand.
    NotUnderstood,
}
