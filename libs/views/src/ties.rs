//! How agencies stand to an item's people and meetings: by claims of involvement, by attendance, by being concerned. Kept with their
//! times, so that a decision can be made as of any moment.

use diogel_domain::{content::Kind, ids::EventId, times::Moment};
use diogel_sharing::{
    agreement::Span,
    decide::{Involvement, Relation},
};
use serde::{Deserialize, Serialize};

use crate::{audiences::AgencyNumber, keys::Hashed, rows::Item};

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
    /// The claim at this position, by what it named, and who that counts here has confirmed it.
    Claim {
        position: u64,
        named: Vec<Hashed>,
        confirmed: Vec<Confirmation>,
    },
    /// It attends this meeting, as the event at a position said first.
    Meeting { meeting: EventId, said: u64 },
    /// Practice has it told: it is asked, or a claim is about what it published.
    Concern,
    /// Practice has it told: it leads under a protocol.
    Lead,
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
            TiedBy::Claim { .. } | TiedBy::Meeting { .. } | TiedBy::Concern | TiedBy::Lead => {
                Involvement::None
            }
        }
    }

    /// When it began, changed or ended.
    pub(crate) fn turns(&self) -> impl Iterator<Item = Moment> + '_ {
        let confirmed = match &self.by {
            TiedBy::Claim { confirmed, .. } => confirmed.as_slice(),
            TiedBy::Meeting { .. } | TiedBy::Concern | TiedBy::Lead => &[],
        };
        let spans = confirmed.iter().map(|c| c.span).chain([self.span]);
        spans.flat_map(|span| [Some(span.from), span.until].into_iter().flatten())
    }

    /// Is the claim's at this position.
    pub(crate) const fn is_of(&self, claim: u64) -> bool {
        matches!(self.by, TiedBy::Claim { position, .. } if position == claim)
    }

    /// Is of this meeting.
    pub(crate) fn is_of_meeting(&self, of: EventId) -> bool {
        matches!(self.by, TiedBy::Meeting { meeting, .. } if meeting == of)
    }

    /// Rests on nothing that is sealed: a rebuild after an erasure has it too (P4).
    pub(crate) fn is_in_clear(&self, of: &Item) -> bool {
        match self.by {
            TiedBy::Meeting { .. } | TiedBy::Lead => true,
            TiedBy::Concern => match of.kind {
                Some(Kind::AccessRequested) => true,
                // Where it is shared as what it is taken on, it has the ties of that.
                Some(Kind::Stepped) => of.of.is_none_or(|of| of.follows.is_none()),
                _ => false,
            },
            TiedBy::Claim { .. } => false,
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
        Self::by(item, agency, now, |_| true)
    }

    /// As far as it stands in clear: without involvement, and who is concerned by it, which is sealed.
    pub(crate) fn in_clear(item: &Item, agency: AgencyNumber, now: Moment) -> Self {
        Self::by(item, agency, now, |tie| tie.is_in_clear(item))
    }

    fn by(item: &Item, agency: AgencyNumber, now: Moment, counts: impl Fn(&Tie) -> bool) -> Self {
        let mut standing = Self::default();
        let own = item.ties.iter().filter(|tie| tie.agency == agency);
        for tie in own.filter(|tie| counts(tie)) {
            standing.involved = standing.involved.max(tie.involvement(now, now));
            // A claim made before the publication counts once it is confirmed, be it later.
            let then = tie.involvement(item.published(), now);
            standing.involved_then = standing.involved_then.max(then);
            match tie.by {
                TiedBy::Meeting { meeting, .. } if tie.span.holds(now) => {
                    standing.attends.push(meeting);
                }
                TiedBy::Concern | TiedBy::Lead => standing.concerned |= tie.span.holds(now),
                TiedBy::Meeting { .. } | TiedBy::Claim { .. } => {}
            }
        }
        standing
    }

    /// It claims to be involved, or did when the item was published.
    pub(crate) fn is_involved(&self) -> bool {
        self.involved.max(self.involved_then) > Involvement::None
    }

    /// As if it had claimed nothing.
    pub(crate) fn without_claims(&self) -> Self {
        Self {
            involved: Involvement::None,
            involved_then: Involvement::None,
            attends: self.attends.clone(),
            concerned: self.concerned,
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
