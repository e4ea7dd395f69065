//! Meetings in the fold: who attends, and the items that were shared with the attendees. Attendance stands in clear, so that it is
//! decided the same after any erasure.

use diogel_domain::{
    content::{EventReference, ReferenceRole},
    ids::EventId,
    meeting::Attendance,
    times::Moment,
};
use diogel_sharing::{
    agreement::Span,
    audience::{Grant, Recipient},
};
use serde::{Deserialize, Serialize};

use super::{Folded, apply::Step};
use crate::{
    audiences::AgencyNumber,
    keys,
    rows::Item,
    store::{Store, StoreError},
    ties::{Tie, TiedBy},
};

/// A meeting, by the event that scheduled it; or, by one that changed it, which that was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
enum MeetingRow {
    Scheduled(Vec<Attends>),
    Changes(EventId),
}

/// That an agency attends, since when, and the position of the event that said so first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Attends {
    agency: AgencyNumber,
    span: Span,
    said: u64,
}

impl<S: Store> Step<'_, '_, S> {
    /// A meeting was scheduled or changed.
    pub(super) fn meet(
        &mut self,
        position: u64,
        item: &Item,
        now: Moment,
    ) -> Result<(), StoreError> {
        let Some(attendance) = &item.header.attendance else {
            return Ok(());
        };
        let changes = item
            .references()
            .iter()
            .find(|r| r.role == ReferenceRole::Changes);
        if let Some(reference) = changes {
            let row = MeetingRow::Changes(self.root(reference.event_id)?);
            self.pending.write(keys::meeting(item.event_id), &row)?;
        }
        let attending = self.numbers(attendance);
        self.attend(position, item.event_id, &attending, now)
    }

    /// These attend a meeting from now on, and nobody else: nobody, once it was entered in error.
    pub(super) fn attend(
        &mut self,
        said: u64,
        meeting: EventId,
        attending: &[AgencyNumber],
        now: Moment,
    ) -> Result<(), StoreError> {
        let root = self.root(meeting)?;
        let mut spans = self.attendance(root)?.unwrap_or_default();
        for attends in &mut spans {
            if attends.span.until.is_none() && !attending.contains(&attends.agency) {
                attends.span.until = Some(now);
            }
        }
        for agency in attending {
            let is_there = |a: &Attends| a.agency == *agency && a.span.until.is_none();
            if !spans.iter().any(is_there) {
                spans.push(Attends {
                    agency: *agency,
                    span: Span::since(now),
                    said,
                });
            }
        }
        self.pending
            .write(keys::meeting(root), &MeetingRow::Scheduled(spans.clone()))?;
        for key in self.pending.scan(&keys::naming(root))?.into_keys() {
            let position = key.last_chunk::<8>().copied().map(u64::from_be_bytes);
            let position = position.ok_or(StoreError::Missing)?;
            self.with_item(position, now, |item| tie(item, root, &spans))?;
        }
        Ok(())
    }

    /// Ties the attendees of the meetings that grants name to an item, now and whenever they change.
    pub(super) fn tie_meetings<'g>(
        &mut self,
        position: u64,
        item: &mut Item,
        grants: impl Iterator<Item = &'g Grant>,
    ) -> Result<(), StoreError> {
        for grant in grants {
            if let Recipient::Meeting(meeting) = grant.to {
                self.pending
                    .put(keys::at(&keys::naming(meeting), position), Vec::new());
                let spans = self.attendance(meeting)?;
                tie(item, meeting, &spans.unwrap_or_default());
            }
        }
        Ok(())
    }

    /// How often somebody began to attend a meeting that an event changes.
    pub(super) fn turns_of_meeting(
        &self,
        references: &[EventReference],
    ) -> Result<usize, StoreError> {
        let mut changes = references
            .iter()
            .filter(|r| r.role == ReferenceRole::Changes);
        let Some(reference) = changes.next() else {
            return Ok(0);
        };
        let spans = self.attendance(self.root(reference.event_id)?)?;
        Ok(spans.map_or(0, |spans| spans.len()))
    }

    /// The event that scheduled a meeting first.
    fn root(&self, meeting: EventId) -> Result<EventId, StoreError> {
        Ok(match self.pending.read(&keys::meeting(meeting))? {
            Some(MeetingRow::Changes(root)) => root,
            Some(MeetingRow::Scheduled(_)) | None => meeting,
        })
    }

    fn attendance(&self, meeting: EventId) -> Result<Option<Vec<Attends>>, StoreError> {
        Ok(match self.pending.read(&keys::meeting(meeting))? {
            Some(MeetingRow::Scheduled(spans)) => Some(spans),
            Some(MeetingRow::Changes(_)) | None => None,
        })
    }

    fn numbers(&self, attendance: &Attendance) -> Vec<AgencyNumber> {
        let attending = attendance.attending.iter();
        attending
            .filter_map(|agency| self.registry.number(agency))
            .collect()
    }
}

impl<S: Store> Folded<S> {
    /// How whoever attends a meeting would be tied to an item that is shared with it.
    pub(crate) fn attendees(&self, meeting: EventId) -> Result<Vec<Tie>, StoreError> {
        let row = self.store.get(&keys::meeting(meeting))?;
        let row: Option<MeetingRow> = row.map(|row| postcard::from_bytes(&row)).transpose()?;
        Ok(match row {
            Some(MeetingRow::Scheduled(spans)) => ties(meeting, &spans).collect(),
            Some(MeetingRow::Changes(_)) | None => Vec::new(),
        })
    }
}

fn tie(item: &mut Item, meeting: EventId, spans: &[Attends]) {
    item.ties.retain(|tie| !tie.is_of_meeting(meeting));
    item.ties.extend(ties(meeting, spans));
}

fn ties(meeting: EventId, spans: &[Attends]) -> impl Iterator<Item = Tie> {
    spans.iter().map(move |attends| Tie {
        agency: attends.agency,
        by: TiedBy::Meeting {
            meeting,
            said: attends.said,
        },
        span: attends.span,
    })
}
