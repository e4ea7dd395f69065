//! How an originator changes who sees its event, after it was published. Changes apply in the order of their positions; none of
//! them is forgotten, so that a decision can be made as of any time.

use std::collections::BTreeSet;

use diogel_domain::{ids::AgencyId, rules::Violation, times::Moment};
use serde::{Deserialize, Serialize};

use crate::{
    audience::{Grant, Recipient},
    groups::Groups,
};

/// A change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Change {
    /// Recipients or groups more, as far as a flow carries them.
    Widen(Vec<Grant>),
    /// Recipients or groups fewer.
    Narrow(Narrowing),
    /// Nobody but the originator any more.
    Withdraw,
    /// Beyond every protocol.
    Disclose(Disclosure),
}

/// Recipients or groups fewer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Narrowing {
    /// From whom; empty: from everybody but the originator.
    pub from: BTreeSet<AgencyId>,
    /// What is taken away.
    pub groups: Groups,
}

/// What an emergency discloses, whatever the protocols say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Disclosure {
    /// To whom.
    pub to: BTreeSet<AgencyId>,
    /// What.
    pub groups: Groups,
    /// Until when.
    pub until: Option<Moment>,
}

impl Narrowing {
    /// Concerns this agency.
    pub fn concerns(&self, agency: &AgencyId) -> bool {
        self.from.is_empty() || self.from.contains(agency)
    }
}

impl Disclosure {
    /// Gives this agency something, now.
    pub fn reaches(&self, agency: &AgencyId, now: Moment) -> bool {
        self.to.contains(agency) && self.until.is_none_or(|until| now < until)
    }
}

/// Checks a change before it is published.
pub fn check(
    at: &str,
    change: &Change,
    originator: &AgencyId,
    agencies: &[AgencyId],
    now: Moment,
) -> Vec<Violation> {
    let named: Vec<(String, &AgencyId)> = match change {
        Change::Widen(grants) => {
            let named = grants.iter().enumerate().filter_map(|(i, grant)| {
                let Recipient::Agency(agency) = &grant.to else {
                    return None;
                };
                Some((format!("{at}.widen.grants[{i}].agency"), agency))
            });
            named.collect()
        }
        // Without their numbers: the sets have another order than the request.
        Change::Narrow(narrowing) => {
            let from = narrowing.from.iter();
            from.map(|a| (format!("{at}.narrow.agencies"), a)).collect()
        }
        Change::Disclose(disclosure) => {
            let to = disclosure.to.iter();
            to.map(|a| (format!("{at}.agencies"), a)).collect()
        }
        Change::Withdraw => Vec::new(),
    };
    let named = named.into_iter().filter_map(|(field, agency)| {
        let description = if agency == originator {
            "is your own agency, which always sees its events; leave it out"
        } else if agencies.contains(agency) {
            return None;
        } else {
            "is no agency of this board; `diogel agencies` lists them"
        };
        Some(violation(field, description))
    });
    named.chain(bounds(at, change, now)).collect()
}

fn bounds(at: &str, change: &Change, now: Moment) -> Option<Violation> {
    let (field, description) = match change {
        Change::Widen(grants) if !(1..=64).contains(&grants.len()) => {
            ("widen.grants", "needs 1 to 64 entries")
        }
        Change::Narrow(narrowing) if narrowing.from.len() > 64 => (
            "narrow.agencies",
            "has more than 64 entries; leave it empty to mean everybody",
        ),
        Change::Disclose(disclosure) if !(1..=16).contains(&disclosure.to.len()) => (
            "agencies",
            "needs 1 to 16 entries: an emergency has an address",
        ),
        Change::Disclose(disclosure) if disclosure.groups.is_empty() => {
            ("groups", "needs at least one: what the emergency calls for")
        }
        Change::Disclose(disclosure) if disclosure.until.is_some_and(|until| until <= now) => (
            "until",
            "must lie ahead; choose a later time, or leave it out",
        ),
        Change::Widen(_) | Change::Narrow(_) | Change::Withdraw | Change::Disclose(_) => {
            return None;
        }
    };
    Some(violation(format!("{at}.{field}"), description))
}

fn violation(field: String, description: &str) -> Violation {
    Violation {
        field,
        description: description.into(),
    }
}
