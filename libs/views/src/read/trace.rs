//! What an access log keeps of an answer: which event it held something of, and whether that event's originator is told.

use diogel_domain::ids::{AgencyId, EventId};
use diogel_sharing::permit::Permit;

use super::Seen;
use crate::rows::Item;

/// That an answer holds something of an event.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Trace {
    /// Which event.
    pub event: EventId,
    /// Precautions alone: the reader isn't told which event they are of.
    pub at_the_door: bool,
    /// Its originator, where a flow that the answer rests on has it told of reads.
    pub tells: Option<AgencyId>,
}

impl Trace {
    /// That an answer names an event, and tells nothing more of it.
    pub const fn named(event: EventId) -> Self {
        Self {
            event,
            at_the_door: false,
            tells: None,
        }
    }

    pub(super) fn at_the_door(item: &Item, permit: &Permit) -> Self {
        Self::of(item, permit, true)
    }

    fn of(item: &Item, permit: &Permit, at_the_door: bool) -> Self {
        let originator = Some(&item.originator).filter(|_| permit.tells_originator());
        Self {
            event: item.event_id,
            at_the_door,
            tells: originator.cloned(),
        }
    }
}

impl Seen {
    /// That an answer holds it.
    pub fn trace(&self) -> Trace {
        Trace::of(&self.item, &self.permit, false)
    }
}
