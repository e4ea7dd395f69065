//! What an event says in clear: what sharing needs, and nothing personal.

use diogel_domain::content::{EventReference, Open};
use serde::{Deserialize, Serialize};

use crate::audience::Audience;

/// The header of an event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// Labels of people and places: p1, l1.
    pub labels: Vec<String>,
    /// None for kinds that make no item.
    pub audience: Option<Audience>,
    /// Earlier events referred to.
    pub references: Vec<EventReference>,
    /// Content in clear.
    pub open: Option<Open>,
}
