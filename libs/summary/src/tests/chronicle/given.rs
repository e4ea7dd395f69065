//! The invented family's events as entries of a chronology.

use std::collections::BTreeMap;

use diogel_domain::{
    codes::{Language, Precision, Purpose},
    content::Content,
    correction::{Correction, Replacement},
    times::{Moment, Occurred},
};
use diogel_sharing::groups::FieldGroup;

use crate::{
    Entry, EntryState, Known, Review,
    tests::family::{OWN_FLOW, Told, agency, at, id, incident, setting},
};

/// The council's, on 3 March 2027.
pub(super) fn review(language: Language) -> Review {
    Review {
        reader: agency("social-care"),
        names: setting(language).names,
        made_at: at("2027-03-03"),
        as_of: None,
        policies: BTreeMap::new(),
        purpose: Purpose::ChildProtection,
        language,
        about: None,
    }
}

/// As the council may see it, all groups granted; recorded and published on its day.
pub(super) fn entry(told: &Told) -> Entry {
    seen(told, OWN_FLOW)
}

/// As the council may see it, with these groups.
pub(super) fn seen(told: &Told, granted: &[FieldGroup]) -> Entry {
    let source = told.seen_by("social-care", granted);
    Entry {
        event_id: source.event_id,
        originator: source.originator,
        recorded_at: source.ordered_at,
        ordered_at: source.ordered_at,
        occurred: occurred(source.disclosed.content()),
        family: source.family,
        state: EntryState::Stands,
        matter: told.content.kind().matter().unwrap(),
        labels: source.labels,
        concerns: None,
        doubtful: false,
        disclosed: Some(source.disclosed),
        known: Vec::new(),
    }
}

/// As the views tell it.
fn occurred(content: &Content) -> Option<Occurred> {
    let exactly = |at: Moment| Occurred {
        from: at,
        to: at,
        precision: Precision::Minute,
    };
    if let Some(report) = content.incident() {
        return report.safety.as_ref().map(|safety| safety.occurred);
    }
    if let Some(alert) = content.hazard_alert() {
        let decision = alert.safety.as_ref()?.decision.as_ref()?;
        return Some(exactly(decision.decided_at));
    }
    match content {
        Content::Contact(note) => note.contact.as_ref().map(|c| c.occurred),
        Content::Meeting(meeting, _) => meeting.held_at.map(exactly),
        _ => None,
    }
}

impl Entry {
    pub(super) fn published(mut self, on: &str) -> Self {
        (self.recorded_at, self.ordered_at) = (at(on), at(on));
        self
    }

    pub(super) fn became(mut self, state: EntryState) -> Self {
        self.state = state;
        self
    }

    pub(super) fn about(mut self, event: u8) -> Self {
        self.concerns = Some(id(event));
        self
    }

    /// An agency could know of it, saw it and acknowledged it on these days; empty: not, or it isn't told.
    pub(super) fn known(mut self, who: &str, [available, seen, acknowledged]: [&str; 3]) -> Self {
        let moment = |on: &str| (!on.is_empty()).then(|| at(on));
        self.known.push(Known {
            agency: agency(who),
            available_at: moment(available),
            first_seen: moment(seen),
            acknowledged: moment(acknowledged),
            taken_back: None,
        });
        self
    }

    pub(super) fn taken_back(mut self, on: &str) -> Self {
        self.known.last_mut().unwrap().taken_back = Some(at(on));
        self
    }

    pub(super) fn precisely(mut self, precision: Precision) -> Self {
        self.occurred.as_mut().unwrap().precision = precision;
        self
    }

    pub(super) fn undisclosed(mut self) -> Self {
        (self.disclosed, self.occurred) = (None, None);
        self
    }
}

/// That an event was entered in error, or what stands instead of it.
pub(super) fn correction(
    number: u8,
    originator: &'static str,
    on: &'static str,
    reason: &str,
    replacement: Option<Told>,
) -> Told {
    let replacement = replacement.map(|told| match told.content {
        Content::Incident(report) => Replacement::Incident(report),
        _ => unreachable!("only reports are corrected here"),
    });
    let content = Content::Correction(Correction {
        reason: reason.into(),
        replacement,
    });
    let mut told = incident(number, originator, on);
    told.content = content;
    told
}
