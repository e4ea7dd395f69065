//! Reading the order stream. Owns direct gets and the wait for what is not yet there; refuses a hole: a sequence is a position,
//! and each position has a record. Needs no right to make consumers, so a replica can do nothing here but read.

use std::time::Duration;

use async_nats::{Message, StatusCode, Subscriber};
use bytes::Bytes;
use futures_util::StreamExt;
use serde_json::json;
use tokio::time::{Instant, timeout, timeout_at};

use super::api::unavailable;
use super::link::{API_TIMEOUT, Link};
use super::names::{ORDER_STREAM, ORDER_SUBJECT};
use crate::log::LogError;

/// Bytes in one answer, which the client holds in memory.
const MAX_BYTES: usize = 4 * 1024 * 1024;
const SHORTEST_PAUSE: Duration = Duration::from_millis(1);
/// A reader sees a record after this even if it missed the hint.
const LONGEST_PAUSE: Duration = Duration::from_millis(250);

/// Up to `max` records from position `from` on; waits until there is one.
pub(super) async fn read(link: &Link, from: u64, max: usize) -> Result<Vec<Bytes>, LogError> {
    let found = batch(link, from, max).await?;
    if !found.is_empty() {
        return Ok(found);
    }
    // A record passes on its subject before it is stored: a hint to look soon, and nothing more.
    let mut hints = link
        .client()
        .subscribe(ORDER_SUBJECT)
        .await
        .map_err(unavailable)?;
    let mut pause = SHORTEST_PAUSE;
    loop {
        let found = batch(link, from, max).await?;
        if !found.is_empty() {
            return Ok(found);
        }
        pause = match timeout(pause, hints.next()).await {
            Ok(Some(_)) => SHORTEST_PAUSE,
            Ok(None) => return Err(unavailable("the connection closed")),
            Err(_) => LONGEST_PAUSE.min(pause * 2),
        };
    }
}

async fn batch(link: &Link, from: u64, max: usize) -> Result<Vec<Bytes>, LogError> {
    link.ready()?;
    let (client, inbox) = (link.client(), link.client().new_inbox());
    let mut answers = client.subscribe(inbox.clone()).await.map_err(unavailable)?;
    let question = json!({ "seq": from, "batch": max.max(1), "max_bytes": MAX_BYTES }).to_string();
    let subject = format!("$JS.API.DIRECT.GET.{ORDER_STREAM}");
    client
        .publish_with_reply(subject, inbox, question.into())
        .await
        .map_err(unavailable)?;
    collect(&mut answers, from).await
}

/// The batch ends with a message of its own: without it, part of the answer may be missing, which then is asked for again.
async fn collect(answers: &mut Subscriber, from: u64) -> Result<Vec<Bytes>, LogError> {
    let deadline = Instant::now() + API_TIMEOUT;
    let mut records = Vec::new();
    loop {
        let answer = timeout_at(deadline, answers.next())
            .await
            .map_err(unavailable)?;
        let answer = answer.ok_or_else(|| unavailable("the connection closed"))?;
        match answer.status {
            None | Some(StatusCode::OK) => {
                check(&answer, from + records.len() as u64)?;
                records.push(answer.payload);
            }
            // End of batch; nothing there.
            Some(code) if code.as_u16() == 204 || code == StatusCode::NOT_FOUND => {
                return Ok(records);
            }
            Some(code) => return Err(unavailable(format!("{ORDER_STREAM} answered {code}"))),
        }
    }
}

fn check(answer: &Message, position: u64) -> Result<(), LogError> {
    let headers = answer.headers.as_ref();
    let found: Option<u64> =
        headers.and_then(|headers| headers.get("Nats-Sequence")?.as_str().parse().ok());
    match found {
        Some(found) if position == found => Ok(()),
        Some(found) => Err(LogError::Refused(format!(
            "stream {ORDER_STREAM}: position {position} is missing, the next one is {found}"
        ))),
        None => Err(unavailable("a record without a position")),
    }
}
