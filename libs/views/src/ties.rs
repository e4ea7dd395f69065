//! How agencies stand to an item's people and meetings: by claims of involvement, by attendance, by being concerned. Kept with their
//! times, so that a decision can be made as of any moment.

use diogel_domain::{ids::EventId, times::Moment};
use diogel_sharing::{
    agreement::Span,
    decide::{Involvement, Relation},
};
use serde::{Deserialize, Serialize};

use crate::{audiences::AgencyNumber, rows::Item};

/// One agency's tie to an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Tie {
    pub agency: AgencyNumber,
    pub by: TiedBy,
    /// While it lasts.
    pub span: Span,
}

/// What ties an agency to an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum TiedBy {
    /// The claim at this position, and who that counts here has confirmed it.
    Claim {
        position: u64,
        confirmed: Vec<Confirmation>,
    },
    /// It attends this meeting.
    Meeting(EventId),
    /// Practice has it told.
    Concern,
}

/// A confirmation of a claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Confirmation {
    pub by: AgencyNumber,
    pub span: Span,
}

impl Tie {
    fn involvement(&self, tied: Moment, confirmed: Moment) -> Involvement {
        match &self.by {
            TiedBy::Claim { confirmed: by, .. } if self.span.holds(tied) => {
                if by.iter().any(|c| c.span.holds(confirmed)) {
                    Involvement::Confirmed
                } else {
                    Involvement::Claimed
                }
            }
            TiedBy::Claim { .. } | TiedBy::Meeting(_) | TiedBy::Concern => Involvement::None,
        }
    }
}

/// How one agency stands to an item, as of a moment.
#[derive(Debug, Default)]
pub(crate) struct Standing {
    involved: Involvement,
    involved_then: Involvement,
    attends: Vec<EventId>,
    concerned: bool,
}

impl Standing {
    /// Of an agency, by an item's ties.
    pub(crate) fn of(item: &Item, agency: AgencyNumber, now: Moment) -> Self {
        let mut standing = Self::default();
        for tie in item.ties.iter().filter(|tie| tie.agency == agency) {
            standing.involved = standing.involved.max(tie.involvement(now, now));
            // A claim made before the publication counts once it is confirmed, be it later.
            let then = tie.involvement(item.ordered_at, now);
            standing.involved_then = standing.involved_then.max(then);
            match tie.by {
                TiedBy::Meeting(meeting) if tie.span.holds(now) => standing.attends.push(meeting),
                TiedBy::Concern => standing.concerned |= tie.span.holds(now),
                TiedBy::Meeting(_) | TiedBy::Claim { .. } => {}
            }
        }
        standing
    }

    /// As far as it stands in clear: without involvement, which is sealed.
    pub(crate) fn in_clear(item: &Item, agency: AgencyNumber, now: Moment) -> Self {
        Self {
            involved: Involvement::None,
            involved_then: Involvement::None,
            ..Self::of(item, agency, now)
        }
    }

    /// As the decision takes it.
    pub(crate) fn relation(&self) -> Relation<'_> {
        Relation {
            involved: self.involved,
            involved_then: self.involved_then,
            attends: &self.attends,
            concerned: self.concerned,
        }
    }
}
