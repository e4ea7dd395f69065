//! Publishing with acknowledgements. Owns how many messages are under way at once; refuses to call any of them safe before its
//! acknowledgement is here. With `sync_interval: always` a message costs the server an fsync, and so does a whole atomic batch:
//! a list long enough goes as batches (ten times the rate), a short one message by message (no staging: a fifth of the time).

use std::time::Duration;

use async_nats::HeaderMap;
use async_nats::header::{NATS_EXPECTED_LAST_SEQUENCE, NATS_MESSAGE_ID};
use async_nats::jetstream::ErrorCode;
use bytes::Bytes;
use ring::rand::{SecureRandom, SystemRandom};
use tokio::sync::Mutex;
use tokio::time::{Instant, timeout_at};

use super::acks::Acks;
use super::api::{ApiError, away, unavailable};
use super::link::Link;
use super::names::{MAX_BATCH, append_hex};
use crate::log::LogError;

/// Bytes under way at once, but for a single message: what a server stages for a batch, and a cluster carries as one entry.
const MAX_WINDOW: usize = 1024 * 1024;
/// Messages from which on a batch is faster.
const SMALLEST_BATCH: usize = 16;
/// How long the acknowledgements of a window may take.
const PATIENCE: Duration = Duration::from_secs(2);

/// A message to be.
pub(super) struct Draft {
    /// Stored once only within the duplicate window.
    pub id: Option<String>,
    /// Stored only right after this sequence.
    pub expected_last: Option<u64>,
    pub payload: Bytes,
}

/// What became of a list of messages: the sequences of those that are safe, from the first on, and why it ended there.
pub(super) struct Outcome {
    pub sequences: Vec<u64>,
    pub failure: Option<ApiError>,
}

/// Publishes to one subject, which one stream takes.
pub(super) struct Publisher {
    link: Link,
    subject: String,
    stream: String,
    acks: Mutex<Acks>,
}

impl Publisher {
    pub async fn open(link: Link, subject: String, stream: String) -> Result<Self, LogError> {
        let acks = Mutex::new(Acks::open(&link).await?);
        Ok(Self {
            link,
            subject,
            stream,
            acks,
        })
    }

    /// Publishes in order and waits for the acknowledgements; one call at a time.
    ///
    /// # Errors
    /// [`LogError::Unavailable`] at once while disconnected, [`LogError::Refused`] from a server that is too old.
    pub async fn publish(&self, drafts: &[Draft]) -> Result<Outcome, LogError> {
        let mut acks = self.acks.lock().await;
        self.link.ready()?;
        let mut outcome = Outcome {
            sequences: Vec::with_capacity(drafts.len()),
            failure: None,
        };
        let mut rest = drafts;
        while !rest.is_empty() && outcome.failure.is_none() {
            let (window, more) = rest.split_at(window(rest));
            outcome.failure = self
                .send(&mut acks, window, &mut outcome.sequences)
                .await
                .err();
            rest = more;
        }
        Ok(outcome)
    }

    async fn send(
        &self,
        acks: &mut Acks,
        drafts: &[Draft],
        sequences: &mut Vec<u64>,
    ) -> Result<(), ApiError> {
        if drafts.len() >= SMALLEST_BATCH {
            match self.batch(acks, drafts).await {
                Ok(last) => {
                    sequences.extend(last + 1 - drafts.len() as u64..=last);
                    return Ok(());
                }
                Err(error) if by_itself(&error) => {}
                Err(error) => return Err(error),
            }
        }
        self.one_by_one(acks, drafts, sequences).await
    }

    async fn one_by_one(
        &self,
        acks: &mut Acks,
        drafts: &[Draft],
        sequences: &mut Vec<u64>,
    ) -> Result<(), ApiError> {
        let (deadline, first) = (Instant::now() + PATIENCE, acks.next_token());
        for draft in drafts {
            let reply = acks.reply();
            self.publish_one(draft.headers(), Some(reply), &draft.payload, deadline)
                .await?;
        }
        let mut answers: Vec<Option<Result<u64, ApiError>>> = drafts.iter().map(|_| None).collect();
        let mut next = 0;
        while next < answers.len() {
            let (n, answer) = acks.next(first, &self.stream, deadline).await?;
            if let Some(slot) = answers.get_mut(n) {
                *slot = Some(answer.map(|ack| ack.seq));
            }
            while let Some(answer) = answers.get_mut(next).and_then(Option::take) {
                sequences.push(answer?);
                next += 1;
            }
        }
        Ok(())
    }

    /// All of them, in a row, or none. Answers the last one's sequence.
    async fn batch(&self, acks: &mut Acks, drafts: &[Draft]) -> Result<u64, ApiError> {
        let (deadline, first) = (Instant::now() + PATIENCE, acks.next_token());
        let id = random_hex()?;
        for (n, draft) in (1..).zip(drafts) {
            let commit = n == drafts.len();
            let reply = commit.then(|| acks.reply());
            let headers = draft.headers_in_batch(&id, n, commit);
            self.publish_one(headers, reply, &draft.payload, deadline)
                .await?;
        }
        let (_, answer) = acks.next(first, &self.stream, deadline).await?;
        let ack = answer?;
        if ack.count == drafts.len() && ack.seq >= drafts.len() as u64 {
            return Ok(ack.seq);
        }
        Err(away(format!(
            "{} of {} acknowledged at {}",
            ack.count,
            drafts.len(),
            ack.seq
        )))
    }

    async fn publish_one(
        &self,
        headers: HeaderMap,
        reply: Option<String>,
        payload: &Bytes,
        deadline: Instant,
    ) -> Result<(), ApiError> {
        let (client, subject, payload) =
            (self.link.client(), self.subject.clone(), payload.clone());
        let sending = async {
            match reply {
                None => client.publish_with_headers(subject, headers, payload).await,
                Some(reply) => {
                    client
                        .publish_with_reply_and_headers(subject, reply, headers, payload)
                        .await
                }
            }
        };
        timeout_at(deadline, sending)
            .await
            .map_err(away)?
            .map_err(away)
    }
}

impl Draft {
    fn headers(&self) -> HeaderMap {
        let mut headers = HeaderMap::new();
        if let Some(id) = &self.id {
            headers.insert(NATS_MESSAGE_ID, id.as_str());
        }
        if let Some(last) = self.expected_last {
            headers.insert(NATS_EXPECTED_LAST_SEQUENCE, last.to_string().as_str());
        }
        headers
    }

    /// What is expected to be last may stand on a batch's first message only.
    fn headers_in_batch(&self, batch: &str, n: usize, commit: bool) -> HeaderMap {
        let expected_last = self.expected_last.filter(|_| n == 1);
        let mut headers = Self {
            id: self.id.clone(),
            expected_last,
            payload: Bytes::new(),
        }
        .headers();
        headers.insert("Nats-Batch-Id", batch);
        headers.insert("Nats-Batch-Sequence", n.to_string().as_str());
        if commit {
            headers.insert("Nats-Batch-Commit", "1");
        }
        headers
    }
}

/// How many of the messages, at least one, go together.
fn window(drafts: &[Draft]) -> usize {
    let mut bytes = 0;
    let fits = drafts.iter().take(MAX_BATCH).take_while(|draft| {
        bytes += draft.payload.len();
        bytes <= MAX_WINDOW
    });
    fits.count().max(1)
}

/// Whether a batch was turned down for a reason that its messages don't share: one of them is stored already (offered again
/// after a lost acknowledgement), or the server has no room to stage it.
fn by_itself(error: &ApiError) -> bool {
    matches!(error, ApiError::Server(_)) && !out_of_sequence(error) && !too_large(error)
}

/// Whether the stream does not end where it was expected to.
pub(super) fn out_of_sequence(error: &ApiError) -> bool {
    error.is(ErrorCode::STREAM_WRONG_LAST_SEQUENCE)
        || error.is(ErrorCode::STREAM_WRONG_LAST_SEQUENCE_CONSTANT)
}

/// Whether the stream will never take such a message; every other reason may pass.
fn too_large(error: &ApiError) -> bool {
    error.is(ErrorCode::STREAM_MESSAGE_EXCEEDS_MAXIMUM)
        || error.is(ErrorCode::STREAM_HEADER_EXCEEDS_MAXIMUM)
}

/// What the caller of a log hears.
pub(super) fn failed(error: ApiError) -> LogError {
    if too_large(&error) {
        return LogError::Refused(format!("larger than the stream takes: {error}"));
    }
    unavailable(error)
}

fn random_hex() -> Result<String, ApiError> {
    let mut bytes = [0; 16];
    SystemRandom::new()
        .fill(&mut bytes)
        .map_err(|_| away("no randomness"))?;
    let mut text = String::new();
    append_hex(&mut text, &bytes);
    Ok(text)
}
