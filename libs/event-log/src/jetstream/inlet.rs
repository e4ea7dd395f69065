//! The projection's end. Owns an inlet per agency over its durable consumer; refuses to order, compare or verify events:
//! repeats, gaps and forks are admission's business.

use std::collections::VecDeque;

use async_nats::Subject;
use bytes::Bytes;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;

use super::api::unavailable;
use super::consumer::{Delivered, Feed, UNSETTLED, is_drained};
use super::link::Link;
use super::names::AgencyNames;
use super::streams::Streams;
use crate::entry::Place;
use crate::log::{Inlet, Inlets, LogError};

/// Opens inlets on the agencies' streams, each of which is checked against `streams` at every connection. An inlet delivers no
/// more than 4,096 events ahead of what was settled: whoever waits for a resend must settle, or drop and settle, what came
/// after the gap. One projection uses them at a time: a second one's inlets start where the first one's are, and both hear
/// [`LogError::Unavailable`] now and then; the order log decides between them.
pub struct JetStreamInlets {
    link: Link,
    streams: Streams,
}

impl JetStreamInlets {
    /// For a link opened as the projection.
    pub fn new(link: Link, streams: Streams) -> Self {
        Self { link, streams }
    }

    async fn open(&self, agency: &str, after: Place) -> Result<Box<dyn Inlet>, LogError> {
        let names = AgencyNames::new(agency)?;
        let feed = Feed::open(&self.link, &names, &self.streams, after).await?;
        Ok(Box::new(JetStreamInlet {
            link: self.link.clone(),
            streams: self.streams,
            names,
            settled: after,
            feed: Some(feed),
            waiting: VecDeque::new(),
            taken: None,
            unsettled: 0,
        }))
    }
}

impl Inlets for JetStreamInlets {
    fn inlet(&self, agency: &str, after: Place) -> BoxFuture<'_, Result<Box<dyn Inlet>, LogError>> {
        let agency = agency.to_owned();
        async move { self.open(&agency, after).await }.boxed()
    }

    fn is_drained(&self, agency: &str) -> BoxFuture<'_, Result<bool, LogError>> {
        let agency = agency.to_owned();
        async move {
            let names = AgencyNames::new(&agency)?;
            is_drained(&self.link, &names, &self.streams).await
        }
        .boxed()
    }
}

struct JetStreamInlet {
    link: Link,
    streams: Streams,
    names: AgencyNames,
    /// How far the projection has it.
    settled: Place,
    /// None after a break.
    feed: Option<Feed>,
    /// Received, not yet taken. They live here rather than in `take`, so that a dropped call loses none.
    waiting: VecDeque<Delivered>,
    /// What was taken and not settled: how to acknowledge it (not any more after a break), and its furthest place.
    taken: Option<(Option<Subject>, Place)>,
    /// How many events that is.
    unsettled: usize,
}

impl JetStreamInlet {
    async fn gather(&mut self, max: usize) -> Result<Vec<Bytes>, LogError> {
        let max = max.max(1);
        if let Err(error) = self.receive(max).await {
            // The next opening delivers again from the first event that was not acknowledged.
            self.feed = None;
            self.waiting.clear();
            if let Some((ack, _)) = &mut self.taken {
                *ack = None;
            }
            self.unsettled = 0;
            return Err(error);
        }
        let n = max.min(self.waiting.len());
        let taken: Vec<Delivered> = self.waiting.drain(..n).collect();
        self.remember(&taken);
        Ok(taken.into_iter().map(|delivered| delivered.event).collect())
    }

    /// Waits for one event, and adds those that are already here.
    async fn receive(&mut self, max: usize) -> Result<(), LogError> {
        let feed = match &mut self.feed {
            Some(feed) => feed,
            none => {
                none.insert(Feed::open(&self.link, &self.names, &self.streams, self.settled).await?)
            }
        };
        if self.waiting.is_empty() && self.unsettled >= usize::from(UNSETTLED) {
            // The server would deliver nothing more, for ever.
            return Err(unavailable(format!(
                "{} events are not settled",
                self.unsettled
            )));
        }
        if self.waiting.is_empty() {
            self.waiting.push_back(feed.next().await?);
        }
        while self.waiting.len() < max
            && let Some(next) = feed.next().now_or_never()
        {
            self.waiting.push_back(next?);
        }
        Ok(())
    }

    fn remember(&mut self, taken: &[Delivered]) {
        let before = self
            .taken
            .as_ref()
            .map_or(self.settled, |(_, place)| *place);
        let furthest = taken
            .iter()
            .filter_map(|delivered| delivered.place)
            .fold(before, Place::max);
        self.unsettled += taken.len();
        if let Some(last) = taken.last() {
            self.taken = Some((Some(last.ack.clone()), furthest));
        }
    }
}

impl Inlet for JetStreamInlet {
    fn take(&mut self, max: usize) -> BoxFuture<'_, Result<Vec<Bytes>, LogError>> {
        self.gather(max).boxed()
    }

    fn settle(&mut self) -> BoxFuture<'_, Result<(), LogError>> {
        async move {
            let Some((ack, place)) = self.taken.take() else {
                return Ok(());
            };
            self.settled = place;
            self.unsettled = 0;
            match (ack, &self.feed) {
                (Some(ack), Some(feed)) => feed.acknowledge(ack).await,
                _ => Ok(()),
            }
        }
        .boxed()
    }
}
