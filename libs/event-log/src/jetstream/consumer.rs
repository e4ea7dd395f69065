//! The projection's durable consumer on an agency's stream, for the time of one connection. Owns where it starts and the proof
//! that nothing was left out; refuses to outlive a break: whatever happened meanwhile, the next one starts from what is there.
//!
//! Acknowledging is by [`AckPolicy::All`]: one acknowledgement says that everything up to there is durable, so a batch costs the
//! server one note (one Raft entry in a cluster) instead of one per event. That is safe only because (a) each opening *resets*
//! the consumer, so that nothing delivered to an earlier process and never made durable lies below what we acknowledge, and
//! (b) the consumer's own sequence is checked to be gapless, so that a message dropped on the way can't lie below it either.

use std::time::Duration;

use async_nats::Subject;
use async_nats::jetstream::consumer::{AckPolicy, DeliverPolicy, pull};
use async_nats::jetstream::{Message, consumer::PullConsumer};
use bytes::Bytes;
use futures_util::StreamExt;
use serde::Deserialize;
use serde_json::json;
use tokio::sync::watch;

use super::api::{ask, stored, unavailable};
use super::link::Link;
use super::names::{AgencyNames, CONSUMER};
use super::place_header;
use super::streams::{Streams, last_of_agency};
use crate::entry::Place;
use crate::log::LogError;

/// Events that may be delivered and not yet settled.
pub(super) const UNSETTLED: u16 = 4096;
/// Events on the way to us at once, each at most 64 KiB.
const BATCH: usize = 256;
/// After this the server delivers again what was not acknowledged.
const ACK_WAIT: Duration = Duration::from_secs(30);
/// A pull waits at the server as long as this, so that an event is pushed the moment it is stored.
const PULL: Duration = Duration::from_secs(30);
/// How often the server says that it still has our pull; two missed ones mean that its node died.
const HEARTBEAT: Duration = Duration::from_secs(1);

/// An event as delivered.
pub(super) struct Delivered {
    pub event: Bytes,
    /// What its header says; an agency may write anything there.
    pub place: Option<Place>,
    /// Where to acknowledge it and everything before it.
    pub ack: Subject,
}

/// What the server delivers from one opening to the next break.
pub(super) struct Feed {
    link: Link,
    messages: pull::Stream,
    breaks: watch::Receiver<u64>,
    /// The consumer's sequence of the last message.
    delivered: u64,
}

#[derive(Deserialize)]
struct Reset {
    delivered: Sequences,
}

#[derive(Deserialize)]
struct Sequences {
    consumer_seq: u64,
}

impl Feed {
    /// Starts at the oldest event that was not acknowledged, or earlier if `after` is earlier.
    pub async fn open(
        link: &Link,
        names: &AgencyNames,
        streams: &Streams,
        after: Place,
    ) -> Result<Self, LogError> {
        link.ready()?;
        let mut breaks = link.breaks();
        breaks.mark_unchanged();
        let last = last_of_agency(link, names, streams).await?;
        let consumer = consumer(link, names).await?;
        // A stream that was rolled back may end before what its consumer acknowledged (P1).
        let floor = consumer.cached_info().ack_floor.stream_sequence.min(last);
        let start = start(link, &names.stream(), floor, after).await?;
        let reset = json!({ "seq": start });
        let subject = format!("CONSUMER.RESET.{}.{CONSUMER}", names.stream());
        let Reset { delivered } = ask(link, subject, &reset).await?;
        let messages = pull(&consumer).await?;
        Ok(Self {
            link: link.clone(),
            messages,
            breaks,
            delivered: delivered.consumer_seq,
        })
    }

    /// The next event. After an error the feed is of no more use.
    pub async fn next(&mut self) -> Result<Delivered, LogError> {
        let message = tokio::select! {
            biased;
            _ = self.breaks.changed() => return Err(unavailable("the connection broke")),
            message = self.messages.next() => message,
        };
        let message = message.ok_or_else(|| unavailable("the connection closed"))?;
        self.check(message.map_err(unavailable)?)
    }

    fn check(&mut self, message: Message) -> Result<Delivered, LogError> {
        let sequence = message.info().map_err(unavailable)?.consumer_sequence;
        if sequence != self.delivered + 1 {
            let text = format!("message {sequence} follows {}", self.delivered);
            return Err(unavailable(text));
        }
        self.delivered = sequence;
        let message = message.message;
        let ack = message
            .reply
            .ok_or_else(|| unavailable("a message without an ack subject"))?;
        let place = message.headers.as_ref().and_then(place_header::place);
        Ok(Delivered {
            event: message.payload,
            place,
            ack,
        })
    }

    /// Acknowledges an event of this feed and everything before it. Not sure to arrive; if it does not, they come again.
    pub async fn acknowledge(&self, ack: Subject) -> Result<(), LogError> {
        // After a break the stream may be another one, with other events below this sequence.
        if self.link.ready().is_err() || self.breaks.has_changed().unwrap_or(true) {
            return Ok(());
        }
        self.link
            .client()
            .publish(ack, Bytes::from_static(b"+ACK"))
            .await
            .map_err(unavailable)
    }
}

/// Whether everything that the stream holds was acknowledged. The stream's end is read first: what is stored later isn't asked about.
pub(super) async fn is_drained(
    link: &Link,
    names: &AgencyNames,
    streams: &Streams,
) -> Result<bool, LogError> {
    link.ready()?;
    let last = last_of_agency(link, names, streams).await?;
    let info = consumer(link, names).await?;
    Ok(info.cached_info().ack_floor.stream_sequence >= last)
}

/// Makes the consumer if it is not there (never made, or lost with its stream).
async fn consumer(link: &Link, names: &AgencyNames) -> Result<PullConsumer, LogError> {
    let config = pull::Config {
        durable_name: Some(CONSUMER.to_owned()),
        deliver_policy: DeliverPolicy::All,
        ack_policy: AckPolicy::All,
        ack_wait: ACK_WAIT,
        max_ack_pending: i64::from(UNSETTLED),
        ..pull::Config::default()
    };
    let made = link
        .context()
        .create_consumer_on_stream(config, names.stream())
        .await;
    made.map_err(unavailable)
}

async fn pull(consumer: &PullConsumer) -> Result<pull::Stream, LogError> {
    let builder = consumer
        .stream()
        .max_messages_per_batch(BATCH)
        .expires(PULL);
    builder
        .heartbeat(HEARTBEAT)
        .messages()
        .await
        .map_err(unavailable)
}

/// The sequence to start from: after `floor`, or further back if the projection (restored from a copy, say) has less than it
/// once acknowledged. Goes back in doubling steps until it meets an event that the projection has; one whose header can't be
/// read ends the search, so that junk can't make each opening read the whole stream.
async fn start(link: &Link, stream: &str, floor: u64, after: Place) -> Result<u64, LogError> {
    let (mut seq, mut step) = (floor, 1);
    while seq > 0 {
        let place = match stored(link, stream, seq).await? {
            Some(found) => place_header::place(&found.headers),
            None => break,
        };
        if place.is_none_or(|place| place <= after) {
            break;
        }
        seq = seq.saturating_sub(step);
        step *= 2;
    }
    Ok(seq + 1)
}
