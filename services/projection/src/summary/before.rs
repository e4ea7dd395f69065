//! For whose eyes: what of an item the asker alone, everybody at the table, or members of the family may have. Owns no decision: each
//! comes from `diogel-sharing` by way of the views.

use diogel_contract::refusal::Refusal;
use diogel_domain::ids::AgencyId;
use diogel_sharing::permit::Disclosed;
use diogel_views::{
    Folded, Reader,
    read::{Member, Seen},
    store::Store,
};

use crate::reading::broken;

/// For whose eyes.
#[derive(Clone, Copy)]
pub(super) enum Before<'a> {
    /// The asker and these agencies: nobody but the asker if there are none.
    Table(&'a [AgencyId]),
    /// Members of the family, with these agencies at the table.
    Family(&'a [AgencyId], &'a [Member]),
}

impl Before<'_> {
    /// Who else is at the table.
    pub(super) const fn table(self) -> Self {
        match self {
            Self::Table(attending) | Self::Family(attending, _) => Self::Table(attending),
        }
    }

    /// What of an item they may have; none: nothing.
    pub(super) fn see<S: Store>(
        self,
        views: &Folded<S>,
        reader: &Reader,
        seen: &Seen,
    ) -> Result<Option<Disclosed>, Refusal> {
        let disclosed = match self {
            Self::Table(attending) => views.see_in_room(reader, seen, attending),
            Self::Family(attending, members) => views.tell_family(reader, seen, attending, members),
        };
        disclosed.map_err(broken)
    }
}
