//! From the domain to the wire.

mod board;
mod content;
mod header;
mod records;
mod sharing;
mod step;

pub use board::{board_event, read_board_event};
pub use content::{
    alert, correction, corroboration, escalation, incident, measure, occurred, person_told,
    precaution, sealed,
};
pub use header::{change, header, numbers, read_header, read_signature};
pub use records::{
    advocacy, change_claimed, contact, engagement_needs, information_request, safety_plan, strength,
};
pub use sharing::{access_request, emergency, involvement, meeting};
pub use step::step;

use diogel_domain::{people::Identifier, times::Moment};

use crate::v1;

/// A moment as a timestamp.
pub fn timestamp(moment: Moment) -> prost_types::Timestamp {
    let nanos = i32::try_from(moment.0.rem_euclid(1_000_000) * 1_000).unwrap_or(0);
    prost_types::Timestamp {
        seconds: moment.0.div_euclid(1_000_000),
        nanos,
    }
}

/// An identifier.
pub fn identifier(identifier: &Identifier) -> v1::Identifier {
    v1::Identifier {
        scheme: identifier.scheme.number(),
        value: identifier.value.clone(),
        agency: identifier
            .agency
            .as_ref()
            .map_or_else(String::new, ToString::to_string),
    }
}
