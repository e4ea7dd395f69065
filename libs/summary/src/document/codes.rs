//! The stable names of what the domain holds, for the JSON form of a document.

#![allow(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands references to `serialize_with`"
)]

use diogel_domain::{
    codes::{FamilyHandling, Language},
    ids::{AgencyId, EventId},
    times::{Day, Moment},
};
use serde::Serializer;

/// The hyphenated id.
pub(super) fn event<S: Serializer>(id: &EventId, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(id)
}

/// An agency's id.
pub(super) fn agency<S: Serializer>(id: &AgencyId, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(id.as_str())
}

/// Hyphenated ids.
pub(super) fn events<S: Serializer>(ids: &[EventId], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(ids.iter().map(ToString::to_string))
}

/// The code of the list.
pub(super) fn family<S: Serializer>(
    family: &FamilyHandling,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(family.code())
}

/// BCP 47.
pub(super) fn language<S: Serializer>(
    language: &Language,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(super::language_tag(*language))
}

/// ISO 8601.
pub(super) fn day<S: Serializer>(day: &Day, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(day)
}

/// RFC 3339.
pub(super) fn moment<S: Serializer>(moment: &Moment, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&moment.to_rfc3339())
}
