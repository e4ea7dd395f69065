//! The order journal as a stream. Owns the rule that a record's position *is* its sequence, which `Nats-Expected-Last-Sequence`
//! holds on the server: of two projections that admit, one finds its position taken and must stop. Refuses to say that a record
//! is written unless the very bytes are there.

use bytes::Bytes;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;

use super::api::{ApiError, stored, unavailable};
use super::link::Link;
use super::names::{ORDER_STREAM, ORDER_SUBJECT};
use super::publish::{Draft, Outcome, Publisher, failed, out_of_sequence};
use super::reader;
use super::streams::{Streams, last_of_order};
use crate::log::{LogError, OrderLog};

/// The order stream, for the admitting projection (reads and writes) or a replica (the server lets it read only).
pub struct JetStreamOrder {
    link: Link,
    streams: Streams,
    publisher: Publisher,
}

impl JetStreamOrder {
    /// For a link opened as a projection or a replica. Works while the server is away.
    pub async fn open(link: Link, streams: Streams) -> Result<Self, LogError> {
        let (subject, stream) = (ORDER_SUBJECT.to_owned(), ORDER_STREAM.to_owned());
        let publisher = Publisher::open(link.clone(), subject, stream).await?;
        Ok(Self {
            link,
            streams,
            publisher,
        })
    }

    async fn write(&self, mut position: u64, records: Vec<Bytes>) -> Result<(), LogError> {
        let mut rest = records.as_slice();
        while !rest.is_empty() {
            let (mut done, failure) = self.publish(position, rest).await?;
            match failure {
                None => {}
                // Perhaps by ourselves: the acknowledgements were lost, and the caller tries again.
                Some(error) if out_of_sequence(&error) => {
                    let (position, rest) = (position + done as u64, &rest[done..]);
                    done += self.standing(position, rest).await?;
                }
                Some(error) => return Err(failed(error)),
            }
            rest = rest.get(done..).unwrap_or_default();
            position += done as u64;
        }
        Ok(())
    }

    /// Answers how many of the records, from the first on, have their positions now, and why not more.
    async fn publish(
        &self,
        first: u64,
        records: &[Bytes],
    ) -> Result<(usize, Option<ApiError>), LogError> {
        let drafts = (first..)
            .zip(records)
            .map(|(position, record)| draft(position, record));
        let Outcome { sequences, failure } =
            self.publisher.publish(&drafts.collect::<Vec<_>>()).await?;
        if (first..)
            .zip(&sequences)
            .all(|(position, found)| position == *found)
        {
            return Ok((sequences.len(), failure));
        }
        let text = format!("stream {ORDER_STREAM}: {first} on were written at {sequences:?}");
        Err(LogError::Refused(text))
    }

    /// How many of the records, at least one, stand at their positions already.
    async fn standing(&self, first: u64, records: &[Bytes]) -> Result<usize, LogError> {
        for (n, record) in records.iter().enumerate() {
            let position = first + n as u64;
            match stored(&self.link, ORDER_STREAM, position).await? {
                Some(found) if found.payload == *record => {}
                Some(_) => return Err(LogError::Fenced(position)),
                None if n > 0 => return Ok(n),
                // It ends before (it lost something): whoever asks for its head can go on from there.
                None => {
                    return Err(unavailable(format!(
                        "{ORDER_STREAM} ends before {position}"
                    )));
                }
            }
        }
        Ok(records.len())
    }
}

impl OrderLog for JetStreamOrder {
    fn head(&self) -> BoxFuture<'_, Result<u64, LogError>> {
        async {
            self.link.ready()?;
            last_of_order(&self.link, &self.streams).await
        }
        .boxed()
    }

    fn append(&self, first: u64, records: Vec<Bytes>) -> BoxFuture<'_, Result<(), LogError>> {
        self.write(first, records).boxed()
    }

    fn read(&self, from: u64, max: usize) -> BoxFuture<'_, Result<Vec<Bytes>, LogError>> {
        reader::read(&self.link, from, max).boxed()
    }
}

fn draft(position: u64, record: &Bytes) -> Draft {
    Draft {
        id: None,
        expected_last: Some(position.saturating_sub(1)),
        payload: record.clone(),
    }
}
