//! From an ordered record to what the fold takes: the header read, the content opened with the event's key.

use diogel_contract::envelope::{Envelope, Malformed};
use diogel_domain::{
    content::{Content, Kind},
    step::StepSaid,
};
use diogel_event_log::journal::KeyState;
use diogel_sharing::{change::Change, header::Header};
use diogel_views::{ChainPlace, ContentState, FoldInput};

use crate::{copy_keys::copy_key, order::Record};

/// The content key isn't here and isn't known to be destroyed: folding on would lose the content for good (P5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the content key of the event at position {0} is missing")]
pub struct KeyMissing(pub u64);

/// Opens a record for the fold.
pub fn open(record: &Record, key: &KeyState) -> Result<FoldInput, KeyMissing> {
    let event = &record.event;
    let content = match content(event, key) {
        // The record decides, also where the key turned up later: every fold of this order says the same (P4).
        _ if record.content_lost => ContentState::Lost,
        content => content.ok_or(KeyMissing(record.position))?,
    };
    Ok(FoldInput {
        position: record.position,
        ordered_at: record.ordered_at,
        event_id: event.event_id,
        agency: event.agency.clone(),
        place: ChainPlace {
            epoch: event.epoch,
            seq: event.seq,
        },
        recorded_at: event.recorded_at,
        hash: event.hash,
        known: understood(event),
        content,
    })
}

/// The event's content, as far as its key goes; none: the key is missing.
pub(crate) fn content(event: &Envelope, key: &KeyState) -> Option<ContentState> {
    if !event.is_sealed() {
        return Some(ContentState::None);
    }
    match key {
        // No key was ever stored here: it had been destroyed before the event was admitted.
        KeyState::Destroyed | KeyState::None => Some(ContentState::Erased),
        KeyState::Key(key) => Some(match event.open(key) {
            Ok(sealed) if fits(event, &sealed.content) => ContentState::Open {
                content: Box::new(sealed.content),
                texts: sealed.texts,
                key: copy_key(key),
            },
            // A kind, a deed or a stage in clear that isn't the content's would let one be decided and another be shown.
            Ok(_) | Err(Malformed::Encoding | Malformed::Field(_) | Malformed::Seal) => {
                ContentState::NotUnderstood
            }
        }),
        KeyState::Unknown => None,
    }
}

/// What stands in clear of an event is what its content says.
fn fits(event: &Envelope, content: &Content) -> bool {
    let Some(header) = event.header() else {
        return false;
    };
    let said = match content {
        Content::Step(step) => match (&header.step, &step.said) {
            (Some(head), StepSaid::Escalation(Some(said))) => {
                step.deed == Some(head.deed)
                    && head.urgent != said.urgent_reason.trim().is_empty()
                    && head.panel == said.panel
                    && header.stage == said.stage
            }
            (Some(head), _) => {
                step.deed == Some(head.deed)
                    && !head.urgent
                    && head.panel.is_empty()
                    && header.stage == 0
            }
            (None, _) => false,
        },
        content => {
            let dispute = content.escalation().and_then(|e| e.dispute.as_ref());
            header.step.is_none() && header.stage == dispute.map_or(0, |dispute| dispute.stage)
        }
    };
    said && event.kind() == Some(content.kind())
}

/// Kind and header, if both are understood and fit each other: otherwise quarantine (P9).
pub(crate) fn understood(event: &Envelope) -> Option<(Kind, Header)> {
    let (kind, header) = (event.kind()?, event.header()?);
    let shared = kind.matter().is_some();
    // A step may be shared as what it is taken on.
    let audience = header.audience.is_some() || (kind == Kind::Stepped && shared);
    let fits = shared == event.is_sealed()
        && shared == audience
        && (kind == Kind::Stepped) == header.step.is_some()
        && shared == header.open.is_none()
        && header.open.as_ref().is_none_or(|open| open.kind() == kind)
        && has_what_it_needs(kind, &header);
    fits.then_some((kind, header))
}

/// What stands in clear because sharing rests on it is there where the kind says so, and nowhere else.
fn has_what_it_needs(kind: Kind, header: &Header) -> bool {
    let change = match (kind, &header.change) {
        (Kind::EmergencyDisclosed, Some(Change::Disclose(_))) => true,
        (Kind::AudienceChanged, Some(change)) => !matches!(change, Change::Disclose(_)),
        (Kind::EmergencyDisclosed | Kind::AudienceChanged, None) => false,
        (_, change) => change.is_none(),
    };
    let meets = matches!(kind, Kind::MeetingScheduled | Kind::MeetingChanged);
    change && meets == header.attendance.is_some()
}
