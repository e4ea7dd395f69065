//! A snapshot of the chains, so that a start needn't read the order journal from its first record. Disposable: it counts only
//! where the order journal still has the very record that it was made at, and is made anew otherwise.

use std::path::Path;

use diogel_event_log::{entry::Digest, journal::JournalError};
use diogel_identity::private_file::{PRIVATE, write_whole};
use serde::{Deserialize, Serialize};

use crate::{chain::Chains, order::OrderJournal};

/// The form of the file; another one is no snapshot.
const FORM: u32 = 3;

/// Chains at a position of the order journal.
#[derive(Serialize, Deserialize)]
pub(crate) struct Snapshot<'a> {
    form: u32,
    /// Of the order record at the position.
    digest: Digest,
    chains: std::borrow::Cow<'a, Chains>,
}

impl<'a> Snapshot<'a> {
    pub(crate) const fn new(chains: &'a Chains, digest: Digest) -> Self {
        Self {
            form: FORM,
            digest,
            chains: std::borrow::Cow::Borrowed(chains),
        }
    }

    /// Writes it; without it the next start reads more.
    pub(crate) fn keep(&self, path: &Path) {
        let bytes = postcard::to_allocvec(self).map_err(std::io::Error::other);
        if let Err(error) = bytes.and_then(|bytes| write_whole(path, &bytes, PRIVATE)) {
            tracing::warn!(%error, "the snapshot of the chains could not be written; the next start reads more");
        }
    }
}

/// Chains as of the order journal's head, and as of the view's position.
pub(crate) async fn chains(
    fresh: Chains,
    order: &OrderJournal,
    path: &Path,
    view: u64,
) -> Result<(Chains, Chains), JournalError> {
    let mut chains = match stored(order, path).await? {
        Some(chains) if chains.position <= view && chains.is_of_board_like(&fresh) => chains,
        Some(_) | None => fresh,
    };
    let mut at_view = None;
    loop {
        let records = order.read(chains.position, 1_000).await?;
        if records.is_empty() {
            break;
        }
        for record in &records {
            if chains.position == view {
                at_view = Some(chains.clone());
            }
            chains.apply(&record.event);
        }
    }
    let at_view = at_view.unwrap_or_else(|| chains.clone());
    Ok((chains, at_view))
}

async fn stored(order: &OrderJournal, path: &Path) -> Result<Option<Chains>, JournalError> {
    let bytes = std::fs::read(path).ok();
    let snapshot: Option<Snapshot<'_>> = bytes
        .as_deref()
        .and_then(|bytes| postcard::from_bytes(bytes).ok());
    let Some(snapshot) = snapshot.filter(|snapshot| snapshot.form == FORM) else {
        return Ok(None);
    };
    let record = order.at(snapshot.chains.position).await?;
    let same = record.is_some_and(|record| record.digest == snapshot.digest);
    Ok(same.then(|| snapshot.chains.into_owned()))
}
