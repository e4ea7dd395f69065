//! What a chronology is made of: its events, what is known of who knew of them, and for whom, why and when it is made.

use std::collections::BTreeMap;

use diogel_domain::{
    codes::{FamilyHandling, Language, Purpose},
    content::Matter,
    crisp::Policy,
    ids::{AgencyId, EventId},
    times::{Moment, Occurred},
};
use diogel_sharing::permit::Disclosed;

use crate::{Rendering, Setting};

/// One event of a chronology, as the reader may see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its id, by which lines cite it.
    pub event_id: EventId,
    /// Whose event.
    pub originator: AgencyId,
    /// When its originator recorded it.
    pub recorded_at: Moment,
    /// When it was published: given its position.
    pub ordered_at: Moment,
    /// When what it reports occurred, was decided or is held; none: it has no such time, or the reader isn't told.
    pub occurred: Option<Occurred>,
    /// What its originator lets the family be told.
    pub family: FamilyHandling,
    /// What became of it.
    pub state: EntryState,
    /// What it is.
    pub matter: Matter,
    /// Labels by which it names the person of the chronology; empty if it is about somebody or somewhere near them.
    pub labels: Vec<String>,
    /// The event that it is a step of, corrects, takes the place of or shares, if the reader may know.
    pub concerns: Option<EventId>,
    /// The key that signed it was withdrawn later, after the last event that the Board called good.
    pub doubtful: bool,
    /// What the reader may see of it; none: nothing but that it exists, or it was erased.
    pub disclosed: Option<Disclosed>,
    /// Who knew of it when, as far as the reader may know. Its originator knew first, and needs no line.
    pub known: Vec<Known>,
}

impl Entry {
    /// Something is known to have happened by it: it counts, and tells of more than of sharing or of a mistake.
    pub(super) const fn fills_a_gap(&self) -> bool {
        let tells = match self.matter {
            Matter::Correction
            | Matter::AccessRequest
            | Matter::SharingDecision
            | Matter::EmergencyDisclosure
            | Matter::InformationRequest => false,
            Matter::Incident
            | Matter::HazardAlert
            | Matter::Escalation
            | Matter::Involvement
            | Matter::Meeting
            | Matter::SafetyPlan
            | Matter::Contact
            | Matter::EngagementNeeds
            | Matter::Advocacy
            | Matter::ChangeClaimed
            | Matter::Strength
            | Matter::Step => true,
        };
        tells && self.state.counts()
    }
}

/// What became of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryState {
    /// It stands.
    Stands,
    /// Its originator replaced it.
    Corrected,
    /// Its originator said that it was entered in error. What it said isn't repeated: it may be about somebody else.
    EnteredInError,
    /// A later alert took its place.
    Superseded,
    /// Its content was destroyed.
    Erased,
}

impl EntryState {
    /// Something is known by it. What was replaced or entered in error says nothing of its time that holds.
    pub(super) const fn counts(self) -> bool {
        match self {
            Self::Stands | Self::Superseded | Self::Erased => true,
            Self::Corrected | Self::EnteredInError => false,
        }
    }
}

/// What one agency knew of an event, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Which.
    pub agency: AgencyId,
    /// Since when it could know that the event exists; none: precautions at the door were all it got.
    pub available_at: Option<Moment>,
    /// When its systems were first given something of it; none: never, or it isn't told.
    pub first_seen: Option<Moment>,
    /// When its systems last acknowledged it; none: never, or it isn't told.
    pub acknowledged: Option<Moment>,
    /// When it was taken back from it; none: it wasn't.
    pub taken_back: Option<Moment>,
}

/// For whom, why and when a chronology is made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    /// Whose permits the entries came through.
    pub reader: AgencyId,
    /// Names of agencies, English and Welsh; an agency without one shows by its id.
    pub names: BTreeMap<AgencyId, (String, String)>,
    /// When it is made.
    pub made_at: Moment,
    /// The moment as of which the entries were asked for; none: when it is made.
    pub as_of: Option<Moment>,
    /// The Board's policies, by when each came into force: by them alerts stand or lapse. None: the usual one.
    pub policies: BTreeMap<Moment, Policy>,
    /// Why.
    pub purpose: Purpose,
    /// The language of headings and fixed phrases. What people wrote stays in their language.
    pub language: Language,
    /// Whom it is about, as its reader calls them; none: as the entries name them.
    pub about: Option<String>,
}

impl Review {
    /// The moment that it tells of.
    pub(super) fn at(&self) -> Moment {
        self.as_of.unwrap_or(self.made_at)
    }

    /// The setting in which a summary's words are found.
    pub(super) fn setting(&self) -> Setting {
        Setting {
            reader: self.reader.clone(),
            attending: Vec::new(),
            others_present: Vec::new(),
            names: self.names.clone(),
            made_at: self.at(),
            policies: self.policies.clone(),
            meeting_on: None,
            last_meeting: None,
            agencies: Vec::new(),
            purpose: self.purpose,
            rendering: Rendering::Professionals,
            language: self.language,
        }
    }
}
