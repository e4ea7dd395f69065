//! The naive baseline: each audience has its own content, change and index rows.

use serde::{Deserialize, Serialize};

use crate::event::{AGENCIES, Event, IdHash, Redacted};
use crate::keys;
use crate::look::Seen;
use crate::store::{Outcome, Row, Snapshot};

/// One audience's content row.
#[derive(Deserialize, Serialize)]
struct Content<'a> {
    originator: u8,
    position: u64,
    ordered_at: u64,
    id: IdHash,
    groups: u16,
    copy: &'a str,
}

/// The layout's memory: the next change number of each audience.
pub struct PerAudience([u64; AGENCIES as usize]);

impl PerAudience {
    /// An empty view.
    pub fn new() -> Self {
        Self([0; AGENCIES as usize])
    }

    /// Folds a batch into rows; all but the checkpoint are new.
    pub fn fold(&mut self, events: &[Event], rows: &mut Vec<Row>) -> Outcome<u64> {
        for event in events {
            for copy in &event.copies {
                for audience in (0..AGENCIES).filter(|a| copy.audiences >> a & 1 == 1) {
                    self.publish(event, copy, audience, rows)?;
                }
            }
        }
        let new = rows.len() as u64;
        let position = events.last().map(|event| event.position);
        rows.push((
            keys::checkpoint(),
            postcard::to_stdvec(&(position, self.0))?,
        ));
        Ok(new)
    }

    fn publish(
        &mut self,
        event: &Event,
        copy: &Redacted,
        audience: u8,
        rows: &mut Vec<Row>,
    ) -> Outcome<()> {
        let number = &mut self.0[usize::from(audience)];
        let change = postcard::to_stdvec(&(event.position, 0u8))?;
        rows.push((keys::change(audience, *number), change));
        *number += 1;
        let content = postcard::to_stdvec(&content(event, copy))?;
        rows.push((keys::content(audience, event.position), content));
        for id in event
            .mentions
            .iter()
            .flat_map(|mention| &mention.identifiers)
        {
            rows.push((keys::index(audience, id, event.position), Vec::new()));
        }
        Ok(())
    }
}

/// The newest events naming the identifier that the reader has a copy of.
pub fn find(now: &dyn Snapshot, id: &IdHash, reader: u8, most: usize) -> Outcome<Vec<Seen>> {
    let mut found = Vec::with_capacity(most);
    now.backwards(&keys::indexed(reader, id), &mut |key, _| {
        found.push(keys::position(key));
        Ok(found.len() < most)
    })?;
    let mut seen = Vec::with_capacity(found.len());
    for position in found {
        if let Some(row) = now.get(&keys::content(reader, position))? {
            let content: Content<'_> = postcard::from_bytes(&row)?;
            seen.push(Seen {
                position: content.position,
                bytes: content.copy.len(),
            });
        }
    }
    Ok(seen)
}

fn content<'a>(event: &Event, copy: &'a Redacted) -> Content<'a> {
    Content {
        originator: event.originator,
        position: event.position,
        ordered_at: 1_700_000_000_000 + event.position,
        id: u128::from(event.position).to_be_bytes(),
        groups: copy.groups,
        copy: &copy.content,
    }
}
