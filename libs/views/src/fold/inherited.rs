//! What a correction has of the event that it corrects: an audience of its own, but for those from whom the event is kept.

use diogel_domain::times::Moment;
use diogel_sharing::{
    change::{Change, Narrowing},
    decide::kept_from,
};

use crate::{registry::Registry, rows::Item};

/// Everybody from whom an event is withheld now, or was taken by name, as far as what corrects it doesn't name them itself.
pub(crate) fn inherited(
    registry: &Registry,
    of: &Item,
    correction: &Item,
    now: Moment,
) -> Vec<(Moment, Change)> {
    let (Some(question), Some(audience)) = (of.question(now), correction.audience()) else {
        return Vec::new();
    };
    let agencies = registry.agencies().iter().map(|a| &a.facts.agency);
    let others = agencies.filter(|other| !audience.names(other));
    let kept = others.map(|other| Narrowing {
        from: [other.clone()].into(),
        groups: kept_from(registry.rules(), &question, other),
    });
    let kept = kept.filter(|kept| !kept.groups.is_empty());
    kept.map(|kept| (now, Change::Narrow(kept))).collect()
}
