//! Acknowledgements of publishing. Owns the subscription that they come on; refuses one that is not, to the letter, from the
//! expected stream, and one that belongs to an earlier message: each message has a token that is never used again.

use async_nats::jetstream::response::Response;
use async_nats::{Message, StatusCode, Subscriber};
use futures_util::StreamExt;
use serde::Deserialize;
use tokio::time::{Instant, timeout_at};

use super::api::{ApiError, away, unavailable};
use super::link::Link;
use crate::log::LogError;

/// Where acknowledgements arrive.
pub(super) struct Acks {
    subscriber: Subscriber,
    inbox: String,
    next_token: u64,
}

/// The server's word that messages are stored.
#[derive(Debug, Deserialize)]
pub(super) struct PubAck {
    stream: String,
    /// The stream's sequence of the message, or of a batch's last one.
    pub seq: u64,
    /// How many messages a batch had.
    #[serde(default)]
    pub count: usize,
}

impl Acks {
    pub async fn open(link: &Link) -> Result<Self, LogError> {
        let inbox = link.client().new_inbox();
        let subscriber = link
            .client()
            .subscribe(format!("{inbox}.*"))
            .await
            .map_err(unavailable)?;
        Ok(Self {
            subscriber,
            inbox,
            next_token: 0,
        })
    }

    /// The token of the next message.
    pub fn next_token(&self) -> u64 {
        self.next_token
    }

    /// A subject to acknowledge one message to.
    pub fn reply(&mut self) -> String {
        let token = self.next_token;
        self.next_token += 1;
        format!("{}.{token}", self.inbox)
    }

    /// The next acknowledgement of a message whose token is `first` or later, as (token - first, answer).
    pub async fn next(
        &mut self,
        first: u64,
        stream: &str,
        deadline: Instant,
    ) -> Result<(usize, Result<PubAck, ApiError>), ApiError> {
        loop {
            let message = timeout_at(deadline, self.subscriber.next())
                .await
                .map_err(away)?;
            let message = message.ok_or_else(|| away("the connection closed"))?;
            if let Some(n) = offset(&message, first) {
                return Ok((n, read(&message, stream)));
            }
        }
    }
}

fn offset(message: &Message, first: u64) -> Option<usize> {
    let token: u64 = message.subject.rsplit('.').next()?.parse().ok()?;
    usize::try_from(token.checked_sub(first)?).ok()
}

fn read(message: &Message, wanted: &str) -> Result<PubAck, ApiError> {
    if message.status == Some(StatusCode::NO_RESPONDERS) {
        return Err(away(format!("stream {wanted} takes nothing")));
    }
    match serde_json::from_slice(&message.payload).map_err(away)? {
        Response::Err { error } => Err(ApiError::Server(error)),
        Response::Ok(PubAck { stream, seq, count }) if stream == wanted && seq > 0 => {
            Ok(PubAck { stream, seq, count })
        }
        Response::Ok(PubAck { stream, .. }) => Err(away(format!(
            "acknowledged by {stream:?} instead of {wanted}"
        ))),
    }
}
