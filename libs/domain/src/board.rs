//! The Board's events: the registry of agencies and keys, and the protocols.

use serde::{Deserialize, Serialize};

use crate::{codes::Sector, ids::AgencyId};

/// An event of the Board.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum BoardEvent {
    /// An agency joins, or its registered facts change.
    AgencyRegistered(AgencyRegistered),
    /// A signing key was compromised.
    KeyWithdrawn(KeyWithdrawn),
    /// A version of a protocol is open for signature from here on: the text of its file.
    ProtocolAdopted(String),
    /// An agency is suspended, or active again.
    AgencyStatusChanged {
        /// Which.
        agency: AgencyId,
        /// Neither publishes nor reads.
        suspended: bool,
    },
    /// A protocol is over, every version of it: its id.
    ProtocolEnded(String),
    /// A version of the policy for professional disagreements holds from here on: the text of its file.
    CrispPolicyAdopted(String),
}

/// What the Board registers of an agency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgencyRegistered {
    /// Its id.
    pub agency: AgencyId,
    /// English name.
    pub name: String,
    /// Welsh name.
    pub name_cy: String,
    /// Its sector.
    pub sector: Sector,
    /// First signing key, Ed25519.
    pub first_key: [u8; 32],
    /// SAN URIs of its certificates.
    pub certificate_names: Vec<String>,
    /// Address of its service.
    pub endpoint: String,
}

/// After the last good event nothing signed with the old key is taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyWithdrawn {
    /// Whose key.
    pub agency: AgencyId,
    /// Epoch of the last good event.
    pub last_good_epoch: u32,
    /// Sequence of the last good event; 0 if there is none.
    pub last_good_seq: u64,
    /// Its hash.
    pub last_good_hash: [u8; 32],
    /// The key to go on with.
    pub next_key: [u8; 32],
}
