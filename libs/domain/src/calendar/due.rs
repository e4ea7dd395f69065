//! When something is due, and how near that is. Owns the words for it; refuses to say what lateness means.

use super::{Holidays, london, moment_of};
use crate::{
    codes::code_list,
    times::{Day, Moment},
};

/// How many working days before its last working day a deadline counts as near: a board's default.
pub const NEAR: u16 = 1;

/// A deadline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    /// The last moment that is in time.
    pub at: Moment,
    /// Its day in London.
    pub day: Day,
    /// The last working day to aim for: `day` itself if that can be worked on, otherwise the one before.
    pub last_working_day: Day,
    /// It rests on days whose bank holidays aren't known. Once they are, a clock of working days may come to lie later, and one that
    /// counts backward earlier; a date that stays has its last working day earlier.
    pub provisional: bool,
}

code_list! {
    /// How near a deadline is.
    Timing {
        Ahead = 1, "ahead", "in time", "mewn pryd";
        Near = 2, "near", "due soon", "yn ddyledus cyn bo hir";
        Passed = 3, "passed", "past its date", "wedi mynd heibio'i ddyddiad";
    }
}

impl Due {
    /// The earlier of two deadlines: of an escalation's clock, say, and its protect-by time.
    #[must_use]
    pub fn earlier(self, other: Self) -> Self {
        if other.at < self.at { other } else { self }
    }

    /// How near it is: near from the beginning of the working day before its last working day.
    pub fn timing(&self, now: Moment, holidays: &Holidays) -> Timing {
        self.timing_within(NEAR, now, holidays)
    }

    /// How near it is, where a board calls other than [`NEAR`] working days near.
    pub fn timing_within(&self, near: u16, now: Moment, holidays: &Holidays) -> Timing {
        if now > self.at {
            Timing::Passed
        } else if london(now).day >= holidays.back(self.last_working_day, near) {
            Timing::Near
        } else {
            Timing::Ahead
        }
    }

    /// The moment from which it is near.
    pub fn near_from(&self, holidays: &Holidays) -> Moment {
        moment_of(holidays.back(self.last_working_day, NEAR), 0)
    }

    /// On a working day, until its working hours end; found by looking at the days between two.
    pub(super) fn on_working_day(day: Day, seen: (Day, Day), holidays: &Holidays) -> Self {
        Self {
            at: holidays.closes(day),
            day,
            last_working_day: day,
            provisional: !holidays.know(seen.0, seen.1),
        }
    }

    /// On a date that stays, until its midnight.
    pub(super) fn keeping_its_date(day: Day, holidays: &Holidays) -> Self {
        let midnight = moment_of(day.plus_days(1), 0);
        let last_working_day = holidays.working_day_to(day);
        Self {
            at: Moment(midnight.0.saturating_sub(1)),
            day,
            last_working_day,
            provisional: !holidays.know(last_working_day, day),
        }
    }

    /// At a moment that stays. A day on which work has not begun by then is none to aim for.
    pub(super) fn keeping_its_moment(at: Moment, holidays: &Holidays) -> Self {
        let day = london(at).day;
        let begun = at > holidays.opens(day);
        let until = if begun { day } else { day.plus_days(-1) };
        let last_working_day = holidays.working_day_to(until);
        Self {
            at,
            day,
            last_working_day,
            provisional: !holidays.know(last_working_day, until),
        }
    }
}

impl Holidays {
    /// Whether the holidays of all days between two are known.
    fn know(&self, from: Day, to: Day) -> bool {
        self.covers(from) && self.covers(to)
    }
}
