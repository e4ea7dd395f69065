//! How an alert, or a report of danger, stands for a reader: from the steps that the reader may see, as of a moment. What comes with
//! the clock is computed at the read; nothing is ever silently dropped (PRACTICE, sections 3 and 10).

use crate::{
    alert::PersonTold,
    calendar::{Due, Holidays, Length, Timing, london},
    codes::{Deed, code_list},
    crisp::AlertClocks,
    times::{Day, Moment},
};

code_list! {
    /// How an alert, or a report of danger, stands. Those that a visitor is shown come first, in the order of pressing.
    AlertStanding {
        InForce = 1, "in-force", "in force", "mewn grym";
        ReportedNotAssessed = 2, "reported-not-assessed", "reported, not yet assessed", "wedi'i adrodd, heb ei asesu eto";
        Stale = 3, "stale", "stale, verify again", "wedi dyddio, gwiriwch eto";
        Undecided = 4, "undecided", "undecided", "heb ei benderfynu";
        Suspended = 5, "suspended", "suspended", "wedi'i atal dros dro";
        Lapsed = 6, "lapsed", "lapsed", "wedi dod i ben heb ei adolygu";
        Refused = 7, "refused", "refused", "gwrthodwyd";
        Ended = 8, "ended", "ended", "daeth i ben";
    }
}

impl AlertStanding {
    /// A visitor is shown it.
    pub const fn shows(self) -> bool {
        match self {
            Self::InForce | Self::ReportedNotAssessed | Self::Stale | Self::Undecided => true,
            Self::Suspended | Self::Lapsed | Self::Refused | Self::Ended => false,
        }
    }

    /// Its precautions hold.
    pub const fn has_precautions(self) -> bool {
        matches!(
            self,
            Self::InForce | Self::ReportedNotAssessed | Self::Stale
        )
    }
}

code_list! {
    /// What an alert may wait for, from the agency that raised it.
    Awaited {
        Decision = 1, "decision", "a decision", "penderfyniad";
        Review = 2, "review", "a review", "adolygiad";
        Answer = 3, "answer", "an answer to an objection", "ateb i wrthwynebiad";
    }
}

/// An alert as it was raised, or a report of danger.
#[derive(Debug, Clone, Copy)]
pub struct Raised<'a> {
    /// When it was ordered.
    pub at: Moment,
    /// When it was decided, if it says so itself.
    pub decided_at: Option<Moment>,
    /// Its review; none: a report.
    pub review_on: Option<Day>,
    /// Whether the person was told, if it says so itself.
    pub told: Option<&'a PersonTold>,
    /// When the last incident that it rests on was withdrawn, as far as the reader may see; none: one stands, or isn't known.
    pub groundless_since: Option<Moment>,
}

/// A step, as far as the reader may see it.
#[derive(Debug, Clone, Copy)]
pub struct Step<'a> {
    /// When it was ordered.
    pub at: Moment,
    /// What was done.
    pub deed: Deed,
    /// When it is reviewed next.
    pub review_on: Option<Day>,
    /// Whether the person was told.
    pub told: Option<&'a PersonTold>,
}

/// How it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlertState {
    /// The standing.
    pub standing: AlertStanding,
    /// When it was decided.
    pub decided_at: Option<Moment>,
    /// Its review.
    pub review_on: Option<Day>,
    /// Whether the person was told.
    pub told: Option<PersonTold>,
    /// The person objects, since when; until the originator answers.
    pub disputed_since: Option<Moment>,
    /// By when that has to be answered.
    pub answer_due: Option<Due>,
    /// How near that is.
    pub answer_timing: Option<Timing>,
    /// When it changes next by the clock alone.
    pub turns: Option<Moment>,
}

impl AlertState {
    /// It waits for this. What has lapsed waits still, and so does what is suspended: a fresh assessment renews it, or it is ended.
    pub const fn awaits(&self, what: Awaited) -> bool {
        use AlertStanding as S;
        match what {
            Awaited::Decision => match self.standing {
                S::ReportedNotAssessed | S::Undecided => true,
                S::Lapsed => self.decided_at.is_none(),
                S::InForce | S::Stale | S::Suspended | S::Refused | S::Ended => false,
            },
            Awaited::Review => match self.standing {
                S::Stale | S::Suspended => true,
                S::Lapsed => self.decided_at.is_some(),
                S::InForce | S::ReportedNotAssessed | S::Undecided | S::Refused | S::Ended => false,
            },
            Awaited::Answer => {
                self.disputed_since.is_some() && !matches!(self.standing, S::Refused | S::Ended)
            }
        }
    }
}

/// How an alert stands as of a moment, by these steps in their order.
pub fn of_alert<'a>(
    raised: Raised<'a>,
    steps: impl IntoIterator<Item = Step<'a>>,
    clocks: AlertClocks,
    now: Moment,
    holidays: &Holidays,
) -> AlertState {
    let mut course = Course::of(&raised);
    steps.into_iter().for_each(|step| course.take(&step));
    let answer_due = course
        .disputed_since
        .map(|since| Length::Months(clocks.answer_months).due(since, holidays));
    let (standing, turns) = course.standing(&raised, clocks, now, holidays);
    let answers = answer_due
        .iter()
        .flat_map(|due| [due.near_from(holidays), after(due.at)]);
    let turns = answers.chain(turns).filter(|at| *at > now).min();
    AlertState {
        standing,
        decided_at: course.decided_at,
        review_on: course.review_on,
        told: course.told.cloned(),
        disputed_since: course.disputed_since,
        answer_due,
        answer_timing: answer_due.map(|due| due.timing(now, holidays)),
        turns,
    }
}

/// What the steps have come to.
struct Course<'a> {
    decided_at: Option<Moment>,
    review_on: Option<Day>,
    told: Option<&'a PersonTold>,
    disputed_since: Option<Moment>,
    over: Option<AlertStanding>,
    suspended: bool,
    /// When it was last assessed afresh.
    renewed_at: Option<Moment>,
}

impl<'a> Course<'a> {
    const fn of(raised: &Raised<'a>) -> Self {
        Self {
            decided_at: raised.decided_at,
            review_on: raised.review_on,
            told: raised.told,
            disputed_since: None,
            over: None,
            suspended: false,
            renewed_at: None,
        }
    }

    fn take(&mut self, step: &Step<'a>) {
        self.told = step.told.or(self.told);
        match step.deed {
            Deed::Approved => {
                self.decided_at = self.decided_at.or(Some(step.at));
                self.review_on = step.review_on.or(self.review_on);
            }
            // A fresh assessment: it stands on its own.
            Deed::Renewed => {
                self.decided_at = self.decided_at.or(Some(step.at));
                self.review_on = step.review_on.or(self.review_on);
                self.suspended = false;
                self.renewed_at = Some(step.at);
            }
            Deed::Refused | Deed::AssessedNoAlert => self.over = Some(AlertStanding::Refused),
            Deed::Ended | Deed::OccupantsChanged => self.over = Some(AlertStanding::Ended),
            Deed::Suspended => self.suspended = true,
            Deed::Objected | Deed::RestrictionAsked => {
                self.disputed_since = self.disputed_since.or(Some(step.at));
            }
            // What the person was right about doesn't count until somebody has looked at it again.
            Deed::ObjectionUpheld => {
                self.disputed_since = None;
                self.suspended = true;
            }
            Deed::ObjectionNotUpheld => self.disputed_since = None,
            _ => {}
        }
    }

    /// The standing, and when it turns by the clock.
    fn standing(
        &self,
        raised: &Raised<'_>,
        clocks: AlertClocks,
        now: Moment,
        holidays: &Holidays,
    ) -> (AlertStanding, Vec<Moment>) {
        if let Some(over) = self.over {
            return (over, Vec::new());
        }
        let groundless = raised
            .groundless_since
            .is_some_and(|since| self.renewed_at.is_none_or(|at| at < since));
        if self.suspended || groundless {
            return (AlertStanding::Suspended, Vec::new());
        }
        let stale = Length::Months(clocks.stale_months);
        if let Some(review_on) = self.review_on.filter(|_| self.decided_at.is_some()) {
            let review = crate::calendar::moment_of(review_on, 0);
            let lapses = stale.due(review, holidays);
            let today = london(now).day;
            let standing = if today > lapses.day {
                AlertStanding::Lapsed
            } else if today > review_on {
                AlertStanding::Stale
            } else {
                AlertStanding::InForce
            };
            let due = crate::calendar::moment_of(review_on.plus_days(1), 0);
            return (standing, vec![due, after(lapses.at)]);
        }
        let shows = Length::WorkingDays(clocks.undecided_after_working_days);
        let shows = shows.due(raised.at, holidays);
        let lapses = stale.due(raised.at, holidays);
        let standing = if now > lapses.at {
            AlertStanding::Lapsed
        } else if now > shows.at {
            AlertStanding::Undecided
        } else {
            AlertStanding::ReportedNotAssessed
        };
        (standing, vec![after(shows.at), after(lapses.at)])
    }
}

/// The first moment that is no longer in time.
const fn after(at: Moment) -> Moment {
    Moment(at.0.saturating_add(1))
}

#[cfg(test)]
mod tests;
