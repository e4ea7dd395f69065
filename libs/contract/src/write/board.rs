//! The Board's events to the wire and back.

use diogel_domain::{
    board::{AgencyRegistered, BoardEvent, KeyWithdrawn},
    codes::Sector,
    ids::AgencyId,
};

use crate::v1::{self, board_event::Event};

/// A Board event.
pub fn board_event(event: &BoardEvent) -> v1::BoardEvent {
    let event = match event {
        BoardEvent::AgencyRegistered(a) => Event::AgencyRegistered(v1::AgencyRegistered {
            agency: a.agency.to_string(),
            name: a.name.clone(),
            name_cy: a.name_cy.clone(),
            sector: a.sector.number(),
            first_key: a.first_key.to_vec().into(),
            certificate_names: a.certificate_names.clone(),
            endpoint: a.endpoint.clone(),
        }),
        BoardEvent::KeyWithdrawn(k) => Event::KeyWithdrawn(v1::KeyWithdrawn {
            agency: k.agency.to_string(),
            last_good_epoch: k.last_good_epoch,
            last_good_seq: k.last_good_seq,
            last_good_hash: k.last_good_hash.to_vec().into(),
            next_key: k.next_key.to_vec().into(),
        }),
        BoardEvent::ProtocolAdopted(toml) => {
            Event::ProtocolAdopted(v1::ProtocolAdopted { toml: toml.clone() })
        }
        BoardEvent::AgencyStatusChanged { agency, suspended } => {
            Event::AgencyStatusChanged(v1::AgencyStatusChanged {
                agency: agency.to_string(),
                suspended: *suspended,
            })
        }
        BoardEvent::ProtocolEnded(protocol) => Event::ProtocolEnded(v1::ProtocolEnded {
            protocol: protocol.clone(),
        }),
        BoardEvent::CrispPolicyAdopted(toml) => {
            Event::CrispPolicyAdopted(v1::CrispPolicyAdopted { toml: toml.clone() })
        }
    };
    v1::BoardEvent { event: Some(event) }
}

/// Reads a Board event; none if it isn't one that this version understands.
pub fn read_board_event(given: &v1::BoardEvent) -> Option<BoardEvent> {
    match given.event.as_ref()? {
        Event::AgencyRegistered(a) => Some(BoardEvent::AgencyRegistered(AgencyRegistered {
            agency: AgencyId::new(a.agency.as_str()).ok()?,
            name: a.name.clone(),
            name_cy: a.name_cy.clone(),
            sector: Sector::from_number(a.sector)?,
            first_key: <[u8; 32]>::try_from(a.first_key.as_ref()).ok()?,
            certificate_names: a.certificate_names.clone(),
            endpoint: a.endpoint.clone(),
        })),
        Event::KeyWithdrawn(k) => Some(BoardEvent::KeyWithdrawn(KeyWithdrawn {
            agency: AgencyId::new(k.agency.as_str()).ok()?,
            last_good_epoch: k.last_good_epoch,
            last_good_seq: k.last_good_seq,
            last_good_hash: <[u8; 32]>::try_from(k.last_good_hash.as_ref()).ok()?,
            next_key: <[u8; 32]>::try_from(k.next_key.as_ref()).ok()?,
        })),
        Event::ProtocolAdopted(p) => Some(BoardEvent::ProtocolAdopted(p.toml.clone())),
        Event::AgencyStatusChanged(s) => Some(BoardEvent::AgencyStatusChanged {
            agency: AgencyId::new(s.agency.as_str()).ok()?,
            suspended: s.suspended,
        }),
        Event::ProtocolEnded(p) => Some(BoardEvent::ProtocolEnded(p.protocol.clone())),
        Event::CrispPolicyAdopted(p) => Some(BoardEvent::CrispPolicyAdopted(p.toml.clone())),
    }
}
