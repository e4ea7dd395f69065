//! The header to the wire and back.

use diogel_domain::{
    codes::{Deed, FamilyHandling, Sector},
    content::{EventReference, Open, ReferenceRole, Signature},
    ids::{AgencyId, EventId},
    meeting::Attendance,
    step::StepHead,
};
use diogel_sharing::{
    audience::{Audience, Grant, Recipient},
    change::Change,
    groups::{FieldGroup, Groups},
    header::Header,
};

use super::{board_event, read_board_event, timestamp};
use crate::{read, v1};

/// A header as it is signed.
pub fn header(header: &Header) -> v1::Header {
    v1::Header {
        labels: header.labels.clone(),
        audience: header.audience.as_ref().map(audience),
        references: header.references.iter().map(reference).collect(),
        open: header.open.as_ref().map(open),
        change: header.change.as_ref().map(change),
        attendance: header.attendance.as_ref().map(attendance),
        sensitive: header.sensitive,
        asked: numbers(header.asked),
        step: header.step.as_ref().map(step_head),
        stage: u32::from(header.stage),
    }
}

/// Reads a header. None means quarantine: it says something that this version doesn't understand (P9).
pub fn read_header(header: &v1::Header) -> Option<Header> {
    let audience = match &header.audience {
        Some(audience) => Some(read::audience(audience).ok()?),
        None => None,
    };
    let references = header
        .references
        .iter()
        .map(read_reference)
        .collect::<Option<_>>()?;
    let open = match &header.open {
        Some(open) => Some(read_open(open)?),
        None => None,
    };
    let change = match &header.change {
        Some(change) => Some(read::change(change).ok()?),
        None => None,
    };
    let attendance = match &header.attendance {
        Some(attendance) => Some(read_attendance(attendance)?),
        None => None,
    };
    let step = match &header.step {
        Some(step) => Some(read_step_head(step)?),
        None => None,
    };
    let asked = header.asked.iter().map(|n| FieldGroup::from_number(*n));
    Some(Header {
        labels: header.labels.clone(),
        audience,
        references,
        open,
        change,
        attendance,
        sensitive: header.sensitive,
        asked: asked.collect::<Option<_>>()?,
        step,
        stage: u8::try_from(header.stage).ok()?,
    })
}

fn audience(audience: &Audience) -> v1::Audience {
    v1::Audience {
        grants: audience.grants.iter().map(grant).collect(),
        originator_only: audience.originator_only,
        withheld_agencies: names(&audience.withheld),
        purpose: audience
            .purpose
            .map_or(0, diogel_domain::codes::Purpose::number),
        lawful_basis: audience
            .lawful_basis
            .map_or(0, diogel_domain::codes::LawfulBasis::number),
        until: audience.until.map(timestamp),
        family: audience.family.number(),
        family_reason: String::new(),
        handling: audience.handling.number(),
        handling_conditions: String::new(),
        withheld_persons: Vec::new(),
        family_attendees: audience.family_attendees.iter().map(attendee).collect(),
        onward: audience.onward.number(),
        by_default: false,
        restricted_by_person: audience.restricted_by_person,
    }
}

fn attendee((person, handling): &(String, FamilyHandling)) -> v1::FamilyAttendee {
    v1::FamilyAttendee {
        person: person.clone(),
        handling: handling.number(),
    }
}

fn grant(grant: &Grant) -> v1::Grant {
    let to = match &grant.to {
        Recipient::Agency(agency) => v1::grant::To::Agency(agency.to_string()),
        Recipient::Sector(sector) => v1::grant::To::Sector(Sector::number(*sector)),
        Recipient::Involved(when) => v1::grant::To::Involved(v1::Involved {
            when: when.number(),
        }),
        Recipient::Meeting(meeting) => v1::grant::To::Meeting(v1::Reference {
            event: Some(v1::reference::Event::EventId(meeting.to_string())),
            hash: String::new(),
        }),
    };
    v1::Grant {
        to: Some(to),
        groups: grant.groups.map_or_else(Vec::new, numbers),
    }
}

/// The numbers of groups on the wire.
pub fn numbers(groups: Groups) -> Vec<i32> {
    groups.iter().map(FieldGroup::number).collect()
}

/// A change of audience.
pub fn change(change: &Change) -> v1::AudienceChange {
    use v1::audience_change::Change as Wire;
    let change = match change {
        Change::Widen(grants) => Wire::Widen(v1::Widening {
            grants: grants.iter().map(grant).collect(),
        }),
        Change::Narrow(narrowing) => Wire::Narrow(v1::Narrowing {
            agencies: names(&narrowing.from),
            groups: numbers(narrowing.groups),
        }),
        Change::Withdraw => Wire::Withdraw(true),
        Change::Disclose(disclosure) => Wire::Disclose(v1::Disclosure {
            agencies: names(&disclosure.to),
            groups: numbers(disclosure.groups),
            until: disclosure.until.map(timestamp),
        }),
    };
    v1::AudienceChange {
        change: Some(change),
    }
}

fn attendance(attendance: &Attendance) -> v1::Attendance {
    v1::Attendance {
        chair: attendance.chair.to_string(),
        attending: names(&attendance.attending),
    }
}

fn read_attendance(given: &v1::Attendance) -> Option<Attendance> {
    let agency = |id: &String| AgencyId::new(id.as_str()).ok();
    Some(Attendance {
        chair: agency(&given.chair)?,
        attending: given.attending.iter().map(agency).collect::<Option<_>>()?,
    })
}

fn step_head(step: &StepHead) -> v1::StepHead {
    v1::StepHead {
        deed: step.deed.number(),
        urgent: step.urgent,
        panel: names(&step.panel),
    }
}

fn read_step_head(given: &v1::StepHead) -> Option<StepHead> {
    let agency = |id: &String| AgencyId::new(id.as_str()).ok();
    Some(StepHead {
        deed: Deed::from_number(given.deed)?,
        urgent: given.urgent,
        panel: given.panel.iter().map(agency).collect::<Option<_>>()?,
    })
}

fn names<'a>(agencies: impl IntoIterator<Item = &'a AgencyId>) -> Vec<String> {
    agencies.into_iter().map(ToString::to_string).collect()
}

const ROLES: [(ReferenceRole, v1::ReferenceRole); 12] = [
    (ReferenceRole::RestsOn, v1::ReferenceRole::RestsOn),
    (ReferenceRole::Supersedes, v1::ReferenceRole::Supersedes),
    (ReferenceRole::Corrects, v1::ReferenceRole::Corrects),
    (ReferenceRole::Concerns, v1::ReferenceRole::Concerns),
    (ReferenceRole::Erases, v1::ReferenceRole::Erases),
    (ReferenceRole::Claim, v1::ReferenceRole::Claim),
    (ReferenceRole::Shares, v1::ReferenceRole::Shares),
    (ReferenceRole::Requests, v1::ReferenceRole::Requests),
    (ReferenceRole::Answers, v1::ReferenceRole::Answers),
    (ReferenceRole::Acknowledges, v1::ReferenceRole::Acknowledges),
    (ReferenceRole::Changes, v1::ReferenceRole::Changes),
    (ReferenceRole::StepOf, v1::ReferenceRole::StepOf),
];

fn reference(reference: &EventReference) -> v1::EventReference {
    let role = ROLES.iter().find(|(role, _)| *role == reference.role);
    v1::EventReference {
        event_id: reference.event_id.0.to_vec().into(),
        hash: reference.hash.map_or_else(Vec::new, |h| h.to_vec()).into(),
        role: role.map_or(0, |(_, wire)| *wire as i32),
    }
}

fn read_reference(given: &v1::EventReference) -> Option<EventReference> {
    let (role, _) = ROLES.iter().find(|(_, wire)| *wire as i32 == given.role)?;
    let hash = if given.hash.is_empty() {
        None
    } else {
        Some(<[u8; 32]>::try_from(given.hash.as_ref()).ok()?)
    };
    let event_id = EventId(<[u8; 16]>::try_from(given.event_id.as_ref()).ok()?);
    Some(EventReference {
        event_id,
        hash,
        role: *role,
    })
}

fn open(open: &Open) -> v1::header::Open {
    match open {
        Open::Board(event) => v1::header::Open::Board(board_event(event)),
        Open::KeyNamed(key) => v1::header::Open::KeyNamed(v1::KeyNamed {
            public_key: key.to_vec().into(),
        }),
        Open::ContentErased(reason) => v1::header::Open::ContentErased(v1::ContentErased {
            reason: reason.clone(),
        }),
        Open::EpochOpened {
            previous_epoch,
            previous_seq,
            previous_hash,
        } => v1::header::Open::EpochOpened(v1::EpochOpened {
            previous_epoch: *previous_epoch,
            previous_seq: *previous_seq,
            previous_hash: previous_hash.to_vec().into(),
        }),
        Open::ProtocolSigned(signature) => v1::header::Open::ProtocolSigned(v1::ProtocolSigned {
            protocol: signature.protocol.clone(),
            version: signature.version,
            digest: signature.digest.to_vec().into(),
        }),
        Open::ProtocolLeft(protocol) => v1::header::Open::ProtocolLeft(v1::ProtocolLeft {
            protocol: protocol.clone(),
        }),
        Open::InvolvementConfirmed => v1::header::Open::InvolvementConfirmed(true),
        Open::InvolvementClosed => v1::header::Open::InvolvementClosed(true),
        Open::Acknowledged => v1::header::Open::Acknowledged(true),
    }
}

/// Reads a signature under a protocol; none if it is none.
pub fn read_signature(given: &v1::ProtocolSigned) -> Option<Signature> {
    let signed = (1..=32).contains(&given.protocol.len()) && given.version > 0;
    signed.then_some(Signature {
        protocol: given.protocol.clone(),
        version: given.version,
        digest: <[u8; 32]>::try_from(given.digest.as_ref()).ok()?,
    })
}

fn read_open(open: &v1::header::Open) -> Option<Open> {
    match open {
        v1::header::Open::Board(event) => read_board_event(event).map(Open::Board),
        v1::header::Open::KeyNamed(named) => <[u8; 32]>::try_from(named.public_key.as_ref())
            .ok()
            .map(Open::KeyNamed),
        v1::header::Open::ContentErased(erased) => Some(Open::ContentErased(erased.reason.clone())),
        v1::header::Open::EpochOpened(opened) => Some(Open::EpochOpened {
            previous_epoch: opened.previous_epoch,
            previous_seq: opened.previous_seq,
            previous_hash: <[u8; 32]>::try_from(opened.previous_hash.as_ref()).ok()?,
        }),
        v1::header::Open::ProtocolSigned(signed) => {
            read_signature(signed).map(Open::ProtocolSigned)
        }
        v1::header::Open::ProtocolLeft(left) => Some(Open::ProtocolLeft(left.protocol.clone())),
        v1::header::Open::InvolvementConfirmed(said) => said.then_some(Open::InvolvementConfirmed),
        v1::header::Open::InvolvementClosed(said) => said.then_some(Open::InvolvementClosed),
        v1::header::Open::Acknowledged(said) => said.then_some(Open::Acknowledged),
    }
}
