//! What has to be right in a configuration before anything starts, and what it pins: the Board's agency, its first key, and, for a
//! replica, the key that the order is signed with.

use diogel_contract::hexadecimal;
use diogel_domain::ids::AgencyId;
use diogel_identity::{Principal, PublicKey, Role};

use crate::config::{Mode, ProjectionConfig};

/// What is taken on trust, from the configuration alone.
pub(crate) struct Pinned {
    pub(crate) board: AgencyId,
    pub(crate) genesis_key: [u8; 32],
    /// A replica's: the admitting projection's key.
    pub(crate) order_key: Option<PublicKey>,
}

impl Pinned {
    /// Reads the configuration; says which field is wrong, and what it must be.
    pub(crate) fn read(config: &ProjectionConfig) -> Result<Self, String> {
        let order_key = match (config.mode, &config.order_key) {
            (Mode::Admitting, None) => None,
            (Mode::Replica, Some(text)) => Some(order_key(text)?),
            (Mode::Replica, None) => {
                return Err(
                    "order_key: a replica needs the admitting projection's public key".into(),
                );
            }
            (Mode::Admitting, Some(_)) => {
                return Err("order_key: is a replica's; this projection signs with its own".into());
            }
        };
        let board = AgencyId::new(config.board_agency.as_str());
        Ok(Self {
            board: board.map_err(|e| format!("board_agency: {e}"))?,
            genesis_key: hex_key(&config.genesis_key).ok_or(
                "genesis_key: must be the Board's first public key, 64 hexadecimal digits",
            )?,
            order_key,
        })
    }
}

/// Under another's certificate the agencies would refuse this projection, and it them.
pub(crate) fn check_own(config: &ProjectionConfig, own: &Principal) -> Result<(), String> {
    if (own.board(), own.role()) == (config.board.as_str(), Role::Projection) {
        return Ok(());
    }
    Err(format!(
        "tls.cert names {own}; this process is a projection of {0}: issue diogel://{0}/…/projection/…",
        config.board
    ))
}

fn order_key(text: &str) -> Result<PublicKey, String> {
    let key = hex_key(text).and_then(|key| PublicKey::from_bytes(&key).ok());
    key.ok_or_else(|| {
        "order_key: must be the admitting projection's public key, 64 hexadecimal digits".into()
    })
}

fn hex_key(text: &str) -> Option<[u8; 32]> {
    hexadecimal::read(text)?.try_into().ok()
}
