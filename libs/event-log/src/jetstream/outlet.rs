//! An agency's end. Owns the way of an entry to its agency's one subject; refuses to be more than that: the agency's account
//! has no JetStream, so this end can't read, count, change or delete anything there (P7).

use futures_util::FutureExt;
use futures_util::future::BoxFuture;

use super::link::Link;
use super::names::AgencyNames;
use super::place_header;
use super::publish::{Draft, Publisher, failed};
use crate::entry::Entry;
use crate::log::{LogError, Outlet};

/// Publishes an agency's entries. An entry whose acknowledgement was lost is offered again by the caller: within two minutes the
/// server acknowledges it without storing it twice, and later admission drops the repeat.
pub struct JetStreamOutlet {
    publisher: Publisher,
}

impl JetStreamOutlet {
    /// For an agency whose user the link was opened with. Works while the server is away.
    pub async fn open(link: Link, agency: &str) -> Result<Self, LogError> {
        let names = AgencyNames::new(agency)?;
        let publisher = Publisher::open(link, names.subject(), names.stream()).await?;
        Ok(Self { publisher })
    }

    async fn send(&self, entries: Vec<Entry>, resend: bool) -> Result<usize, LogError> {
        let drafts: Vec<_> = entries
            .into_iter()
            .map(|entry| draft(entry, resend))
            .collect();
        let outcome = self.publisher.publish(&drafts).await?;
        match outcome.failure {
            // What is safe is said first; the next call meets the failure again, if it lasts.
            Some(error) if outcome.sequences.is_empty() => Err(failed(error)),
            _ => Ok(outcome.sequences.len()),
        }
    }
}

impl Outlet for JetStreamOutlet {
    fn offer(&self, entries: Vec<Entry>, resend: bool) -> BoxFuture<'_, Result<usize, LogError>> {
        self.send(entries, resend).boxed()
    }
}

fn draft(entry: Entry, resend: bool) -> Draft {
    let id = Some(place_header::id(&entry, resend));
    Draft {
        id,
        expected_last: None,
        payload: entry.event,
    }
}
