//! Cursors: where a reader has come in its own view. They say nothing of anything else: numbers are dense per agency.

use diogel_contract::hexadecimal;
use postcard::{take_from_bytes, to_allocvec};

/// A place in one agency's view of one generation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) struct Cursor {
    pub(crate) generation: u64,
    pub(crate) number: u64,
}

/// The end of a page of items about somebody: the next page begins after this event, which the reader was shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) struct PageEnd {
    pub(crate) generation: u64,
    pub(crate) event: [u8; 16],
}

impl Cursor {
    pub(crate) fn to_text(self) -> String {
        to_text(&self)
    }

    /// None: not one of ours.
    pub(crate) fn from_text(text: &str) -> Option<Self> {
        from_text(text)
    }
}

impl PageEnd {
    pub(crate) fn to_text(self) -> String {
        to_text(&self)
    }

    /// None: not one of ours.
    pub(crate) fn from_text(text: &str) -> Option<Self> {
        from_text(text)
    }
}

fn to_text(cursor: &impl serde::Serialize) -> String {
    hexadecimal::write(&to_allocvec(cursor).unwrap_or_default())
}

fn from_text<T: serde::de::DeserializeOwned>(text: &str) -> Option<T> {
    let text = Some(text).filter(|text| text.len() <= 64)?;
    match take_from_bytes(&hexadecimal::read(text)?) {
        Ok((cursor, [])) => Some(cursor),
        Ok(_) | Err(_) => None,
    }
}
