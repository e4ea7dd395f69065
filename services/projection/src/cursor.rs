//! Cursors: where a reader has come in its own view. They say nothing of anything else: numbers are dense per agency.

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
    let bytes = to_allocvec(cursor).unwrap_or_default();
    bytes
        .iter()
        .fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}

fn from_text<T: serde::de::DeserializeOwned>(text: &str) -> Option<T> {
    if text.len() > 64 || !text.len().is_multiple_of(2) || !text.is_ascii() {
        return None;
    }
    let byte = |i| u8::from_str_radix(text.get(i..i + 2)?, 16).ok();
    let bytes: Option<Vec<u8>> = (0..text.len()).step_by(2).map(byte).collect();
    match take_from_bytes(&bytes?) {
        Ok((cursor, [])) => Some(cursor),
        Ok(_) | Err(_) => None,
    }
}
