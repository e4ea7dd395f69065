//! The log's two ends. An agency service offers entries to an [`Outlet`]; the projection takes them from one [`Inlet`] per
//! agency. Delivery is at least once and normally in order; admission copes with repeats, gaps and forks, so no backend has to
//! be trusted for more than bytes. [`OrderLog`] carries the order journal to replicas, and fences a second admitting projection.

use bytes::Bytes;
use futures_util::future::BoxFuture;

use crate::entry::{Entry, Place};

/// Why the log could not serve. Each is worth trying again, but for [`LogError::Refused`] and [`LogError::Fenced`].
#[derive(Debug, thiserror::Error)]
pub enum LogError {
    /// The other side can't be reached, or did not answer in time.
    #[error("log unavailable")]
    Unavailable(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The server or a stream is not set up as the design demands; running on would risk events.
    #[error("log refused: {0}")]
    Refused(String),
    /// Another admitting projection wrote this position.
    #[error("fenced: position {0} was written by another projection")]
    Fenced(u64),
}

/// The agency's end.
pub trait Outlet: Send + Sync {
    /// Offers entries in order and waits until the log has acknowledged them. Answers how many of them, from the first on, are
    /// safe there. `resend` says that the projection asked for them again: a backend must not suppress them as duplicates.
    fn offer(&self, entries: Vec<Entry>, resend: bool) -> BoxFuture<'_, Result<usize, LogError>>;
}

/// The projection's end for one agency.
pub trait Inlet: Send {
    /// Waits until there is at least one event, then answers up to `max`, oldest first, as encoded `SignedEvent`s. Nothing about
    /// them has been verified. Cancel safe: a dropped call loses no event for good.
    fn take(&mut self, max: usize) -> BoxFuture<'_, Result<Vec<Bytes>, LogError>>;

    /// Everything taken so far is durable in the order journal (or refused for good): the log need not deliver it again.
    fn settle(&mut self) -> BoxFuture<'_, Result<(), LogError>>;
}

/// Opens inlets.
pub trait Inlets: Send + Sync {
    /// An inlet for `agency` that delivers at least everything after `after` that the log holds.
    fn inlet(&self, agency: &str, after: Place) -> BoxFuture<'_, Result<Box<dyn Inlet>, LogError>>;

    /// Whether everything that the log held of `agency` when this was called has been settled. Only then is it known how far the
    /// chain of a journal that was restored from a copy had come.
    fn is_drained(&self, agency: &str) -> BoxFuture<'_, Result<bool, LogError>>;
}

/// The order journal as a stream: what replicas follow, and what fences.
pub trait OrderLog: Send + Sync {
    /// The last position that the stream holds; 0 if none.
    fn head(&self) -> BoxFuture<'_, Result<u64, LogError>>;

    /// Writes records whose first has position `first`; each has the position after the one before.
    ///
    /// # Errors
    /// [`LogError::Fenced`] if the stream already holds another record there.
    fn append(&self, first: u64, records: Vec<Bytes>) -> BoxFuture<'_, Result<(), LogError>>;

    /// Up to `max` records from position `from` on; waits until there is one.
    fn read(&self, from: u64, max: usize) -> BoxFuture<'_, Result<Vec<Bytes>, LogError>>;
}
