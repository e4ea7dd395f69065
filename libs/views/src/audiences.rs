//! Sets of agencies, numbered in the order in which the Board registered them.

use serde::{Deserialize, Serialize};

/// An agency's number within its board.
pub type AgencyNumber = u8;

/// A board has at most so many agencies.
pub const MOST_AGENCIES: usize = 128;

/// A set of agencies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct AgencySet(u128);

impl AgencySet {
    /// Nobody.
    pub const NONE: Self = Self(0);

    /// With one more.
    #[must_use]
    pub const fn with(self, agency: AgencyNumber) -> Self {
        Self(self.0 | (1 << agency))
    }

    /// Holds the agency.
    pub const fn has(self, agency: AgencyNumber) -> bool {
        self.0 & (1 << agency) != 0
    }

    /// Nobody.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Everybody of either.
    #[must_use]
    pub const fn join(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Who is of both.
    #[must_use]
    pub const fn meet(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Those who aren't of the other.
    #[must_use]
    pub const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// The agencies, in order.
    pub fn iter(self) -> impl Iterator<Item = AgencyNumber> {
        (0..128).filter(move |n| self.has(*n))
    }
}
