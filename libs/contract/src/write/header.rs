//! The header to the wire and back.

use diogel_domain::{
    codes::Sector,
    content::{EventReference, Open, ReferenceRole},
    ids::EventId,
};
use diogel_sharing::{
    audience::{Audience, Grant, Recipient},
    groups::FieldGroup,
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
    Some(Header {
        labels: header.labels.clone(),
        audience,
        references,
        open,
    })
}

fn audience(audience: &Audience) -> v1::Audience {
    v1::Audience {
        grants: audience.grants.iter().map(grant).collect(),
        originator_only: audience.originator_only,
        withheld_agencies: audience.withheld.iter().map(ToString::to_string).collect(),
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
    }
}

fn grant(grant: &Grant) -> v1::Grant {
    let to = match &grant.to {
        Recipient::Agency(agency) => v1::grant::To::Agency(agency.to_string()),
        Recipient::Sector(sector) => v1::grant::To::Sector(Sector::number(*sector)),
    };
    let groups = grant
        .groups
        .map_or_else(Vec::new, |g| g.iter().map(FieldGroup::number).collect());
    v1::Grant {
        to: Some(to),
        groups,
    }
}

const ROLES: [(ReferenceRole, v1::ReferenceRole); 5] = [
    (ReferenceRole::RestsOn, v1::ReferenceRole::RestsOn),
    (ReferenceRole::Supersedes, v1::ReferenceRole::Supersedes),
    (ReferenceRole::Corrects, v1::ReferenceRole::Corrects),
    (ReferenceRole::Concerns, v1::ReferenceRole::Concerns),
    (ReferenceRole::Erases, v1::ReferenceRole::Erases),
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
    }
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
    }
}
