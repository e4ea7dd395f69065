//! Questions to the JetStream API. Owns how its errors become [`LogError`]s; refuses to guess: an answer that can't be read is
//! an error, never an empty result.

use async_nats::jetstream::response::Response;
use async_nats::jetstream::stream::RawMessageErrorKind;
use async_nats::jetstream::{self, ErrorCode};
use bytes::Bytes;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::link::Link;
use crate::log::LogError;

/// Why a question was not answered.
#[derive(Debug, thiserror::Error)]
pub(super) enum ApiError {
    /// No answer, or none that can be read.
    #[error("no answer of the jetstream api")]
    Away(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The server said no.
    #[error("the jetstream api refused")]
    Server(#[source] jetstream::Error),
}

impl ApiError {
    /// Whether the server gave just this reason.
    pub fn is(&self, code: ErrorCode) -> bool {
        matches!(self, Self::Server(error) if error.error_code() == code)
    }
}

impl From<ApiError> for LogError {
    fn from(error: ApiError) -> Self {
        unavailable(error)
    }
}

pub(super) fn unavailable(source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> LogError {
    LogError::Unavailable(source.into())
}

pub(super) fn away(source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> ApiError {
    ApiError::Away(source.into())
}

/// Asks `$JS.API.<subject>`.
pub(super) async fn ask<T: DeserializeOwned>(
    link: &Link,
    subject: String,
    payload: &impl Serialize,
) -> Result<T, ApiError> {
    let answer = link.context().request(subject, payload).await;
    match answer.map_err(away)? {
        Response::Ok(answer) => Ok(answer),
        Response::Err { error } => Err(ApiError::Server(error)),
    }
}

/// A stored message.
pub(super) struct Stored {
    pub headers: async_nats::HeaderMap,
    pub payload: Bytes,
}

/// What the stream's leader holds at a sequence, if anything.
pub(super) async fn stored(
    link: &Link,
    stream: &str,
    seq: u64,
) -> Result<Option<Stored>, LogError> {
    let handle = link
        .context()
        .get_stream_no_info(stream)
        .await
        .map_err(unavailable)?;
    match handle.get_raw_message(seq).await {
        Ok(found) => Ok(Some(Stored {
            headers: found.headers,
            payload: found.payload,
        })),
        Err(error) if error.kind() == RawMessageErrorKind::NoMessageFound => Ok(None),
        Err(error) => Err(unavailable(error)),
    }
}
