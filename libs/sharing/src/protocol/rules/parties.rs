//! Rules about who is party to a protocol, and whether its flows have anybody on their sides.

use diogel_domain::ids::AgencyId;

use super::{
    super::{Side, spelling::did_you_mean},
    Case,
};

/// Fewer than two parties share nothing.
pub(super) fn alone(case: &Case<'_>) -> Option<String> {
    let words = "fewer than two parties: nobody to share with";
    (case.protocol.parties.len() < 2).then(|| words.into())
}

/// Only a registered agency can sign.
pub(super) fn unknown(case: &Case<'_>) -> Option<String> {
    let known = case.known?;
    let parties = case.protocol.parties.iter();
    let strangers: Vec<String> = parties
        .filter(|party| !known.contains_key(*party))
        .map(|party| {
            let guess = did_you_mean(party.as_str(), known.keys().map(AgencyId::as_str));
            guess.map_or_else(|| format!("`{party}`"), |g| format!("`{party}` ({g})"))
        })
        .collect();
    let words = || {
        format!(
            "no agency of this board, so nobody who could sign: {}",
            strangers.join(", ")
        )
    };
    (!strangers.is_empty()).then(words)
}

/// The side whose confirmation counts.
pub(super) fn lead(case: &Case<'_>) -> Option<String> {
    no_party(case, case.protocol.lead.as_ref()?)
}

/// A side on which there is no party.
pub(super) fn no_party(case: &Case<'_>, side: &Side) -> Option<String> {
    let parties = &case.protocol.parties;
    if parties.is_empty() {
        return None;
    }
    match side {
        Side::AnyParty => None,
        Side::Agency(id) => {
            let words = || format!("`{id}` is no party: add it to `parties`, or name another");
            (!parties.contains(id)).then(words)
        }
        Side::Sector(sector) => {
            let known = case.known?;
            // A stranger's sector isn't known: it may be this one.
            let none = parties
                .iter()
                .all(|p| known.get(p).is_some_and(|s| s != sector));
            none.then(|| format!("no party is of the sector `{}`", sector.code()))
        }
    }
}
