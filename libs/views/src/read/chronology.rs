//! What happened, in the order in which it occurred, over everything that the reader may see; and who knew of it when. Refuses to let
//! a time show what the reader may not know: of an agency with a tie that is hidden from the originator, no step is told that it took.

use diogel_domain::{
    codes::Precision,
    content::Content,
    ids::{AgencyId, EventId},
    people::Identifier,
    times::{Moment, Occurred},
};
use diogel_sharing::groups::{FieldGroup, Groups};

use super::{
    Reader, Seen,
    known::{KnownItem, Way},
};
use crate::{
    fold::Folded,
    store::{Store, StoreError},
};

/// Where an item stands in a chronology.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stand {
    /// When it occurred; when it was recorded, if that isn't told.
    pub at: Moment,
    /// Its position.
    pub position: u64,
    /// Which event.
    pub event: EventId,
    /// Labels by which it names whoever or wherever was asked about; none of a step.
    pub labels: Vec<String>,
}

/// An item of a chronology.
#[derive(Debug, Clone)]
pub struct Dated {
    /// The item.
    pub seen: Seen,
    /// When it occurred, was decided or is held, as far as the reader is told.
    pub occurred: Option<Occurred>,
}

/// What one agency knew of an event, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownTo {
    /// The agency.
    pub agency: AgencyId,
    /// Which groups from when on; none: taken back.
    pub held: Vec<(Moment, Groups)>,
    /// Which groups at the reader's moment.
    pub groups: Groups,
    /// When its systems last acknowledged the event.
    pub acknowledged: Option<Moment>,
}

impl KnownTo {
    /// Since when it could know that the event exists.
    pub fn available(&self) -> Option<Moment> {
        let mut held = self.held.iter();
        let first = held.find(|(_, groups)| groups.has(FieldGroup::Existence));
        first.map(|(since, _)| *since)
    }

    /// What it did with the event at a moment is told: what it did before the reader may know that it held any of it, isn't (P6).
    fn tells(&self, at: Moment) -> bool {
        self.held.first().is_some_and(|(since, _)| *since <= at)
    }
}

impl<S: Store> Folded<S> {
    /// Where everything stands that the reader may know about whoever or wherever has one of these identifiers, the earliest
    /// first. What it says is left to [`Self::dated`]: there may be very much of it.
    pub fn chronology(
        &self,
        reader: &Reader,
        identifiers: &[Identifier],
    ) -> Result<Vec<Stand>, StoreError> {
        let mut stands = Vec::new();
        for found in self.found(reader, identifiers, false)? {
            let (seen, labels) = found?;
            for step in self.steps(reader, &seen)? {
                stands.push(dated(step).stand(Vec::new()));
            }
            stands.push(dated(seen).stand(labels));
        }
        stands.sort_unstable();
        Ok(stands)
    }

    /// An item of a chronology; none: the reader doesn't see it any more.
    pub fn dated(&self, reader: &Reader, position: u64) -> Result<Option<Dated>, StoreError> {
        Ok(self.see(reader, position)?.map(dated))
    }

    /// Who knew of an event when, as far as the reader may know. Empty: the reader itself knows nothing of it.
    pub fn known_to(&self, reader: &Reader, seen: &Seen) -> Result<Vec<KnownTo>, StoreError> {
        let item = self.known_item(reader, seen.item.event_id)?;
        let ways = item.iter().flat_map(KnownItem::ways);
        let known = ways.map(|way| known(&way, reader.at()));
        Ok(known.filter(|known| !known.held.is_empty()).collect())
    }
}

impl Dated {
    fn stand(&self, labels: Vec<String>) -> Stand {
        let occurred = self.occurred.map(|occurred| occurred.from);
        Stand {
            at: occurred.unwrap_or(self.seen.item.recorded_at),
            position: self.seen.position,
            event: self.seen.item.event_id,
            labels,
        }
    }
}

fn known(way: &Way<'_>, at: Moment) -> KnownTo {
    let mut known = KnownTo {
        agency: way.agency().clone(),
        held: way.steps(),
        groups: way.groups(at),
        acknowledged: None,
    };
    let acknowledged = way.acknowledged(at);
    known.acknowledged = acknowledged.filter(|at| known.tells(*at));
    known
}

fn dated(seen: Seen) -> Dated {
    let disclosed = seen.disclosed.as_ref();
    let occurred = disclosed.and_then(|disclosed| occurred(disclosed.content()));
    Dated { seen, occurred }
}

/// When what an item tells occurred, was decided or is held. A correction stands where what it says now does.
fn occurred(content: &Content) -> Option<Occurred> {
    if let Some(report) = content.incident() {
        return report.safety.as_ref().map(|safety| safety.occurred);
    }
    let decided = content.hazard_alert().and_then(|alert| {
        let decision = alert.safety.as_ref()?.decision.as_ref();
        decision.map(|decision| decision.decided_at)
    });
    if let Content::Contact(note) = content {
        return note.contact.as_ref().map(|contact| contact.occurred);
    }
    let held = match content {
        Content::Meeting(meeting, _) => meeting.held_at,
        Content::Incident(_)
        | Content::HazardAlert(_)
        | Content::Escalation(_)
        | Content::Correction(_)
        | Content::Involvement(_)
        | Content::AccessRequest(_)
        | Content::SharingDecision(_)
        | Content::EmergencyDisclosure(_)
        | Content::SafetyPlan(_)
        | Content::Contact(_)
        | Content::EngagementNeeds(_)
        | Content::Advocacy(_)
        | Content::ChangeClaimed(_)
        | Content::Strength(_)
        | Content::InformationRequest(_)
        | Content::Step(_) => None,
    };
    decided.or(held).map(|at| Occurred {
        from: at,
        to: at,
        precision: Precision::Minute,
    })
}
