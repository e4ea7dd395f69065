//! What is said about sharing, to the wire. What stands in the header (the event, the change, who attends) is left out: whoever
//! answers a reader adds what that reader may see of it.

use diogel_domain::{
    disclosure::{AccessRequest, Decided, EmergencyDisclosure, SharingDecision},
    involvement::InvolvementClaim,
    meeting::Meeting,
};

use super::{
    content::{person, place},
    timestamp,
};
use crate::v1;

/// A claim of involvement.
pub fn involvement(claim: &InvolvementClaim) -> v1::InvolvementClaim {
    let grounds = claim.grounds.as_ref();
    v1::InvolvementClaim {
        person: claim.people.first().map(person),
        reason: grounds.map_or_else(String::new, |g| g.reason.clone()),
        planned_contact: grounds.map_or_else(String::new, |g| g.planned_contact.clone()),
        sensitive: false,
    }
}

/// A meeting. One that changes an earlier one names it by an empty reference.
pub fn meeting(meeting: &Meeting, changes: bool) -> v1::Meeting {
    v1::Meeting {
        changes: changes.then(v1::Reference::default),
        people: meeting.people.iter().map(person).collect(),
        places: meeting.places.iter().map(place).collect(),
        held_at: meeting.held_at.map(timestamp),
        occasion: meeting.occasion.clone(),
        ..v1::Meeting::default()
    }
}

/// A request for access.
pub fn access_request(request: &AccessRequest) -> v1::AccessRequest {
    v1::AccessRequest {
        reason: request.reason.clone(),
        ..v1::AccessRequest::default()
    }
}

pub(super) fn decision(decision: &SharingDecision) -> v1::content::Content {
    let reason = decision.reason.clone();
    match decision.decided {
        Decided::Changed => v1::content::Content::AudienceChanged(v1::AudienceChanged {
            reason,
            ..v1::AudienceChanged::default()
        }),
        Decided::NotShared => v1::content::Content::SharingDeclined(v1::SharingDeclined {
            reason,
            ..v1::SharingDeclined::default()
        }),
    }
}

/// An emergency disclosure.
pub fn emergency(disclosed: &EmergencyDisclosure) -> v1::EmergencyDisclosure {
    v1::EmergencyDisclosure {
        reason: disclosed.reason.clone(),
        ..v1::EmergencyDisclosure::default()
    }
}
