//! Which days and hours are worked. Owns the working week; refuses an agency's own closing days, which bind nobody else.

use super::{Holidays, london, moment_of};
use crate::times::{Day, Moment};

/// When work begins and ends on a working day, in minutes since midnight, London time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hours {
    opens: u16,
    closes: u16,
}

/// Hours that can't be worked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "working hours must begin before they end, and end by 24:00; give minutes since midnight, such as 540 and 1020"
)]
pub struct WrongHours;

impl Hours {
    /// Hours from one minute of the day to another.
    pub const fn new(opens: u16, closes: u16) -> Result<Self, WrongHours> {
        if opens < closes && closes <= 24 * 60 {
            Ok(Self { opens, closes })
        } else {
            Err(WrongHours)
        }
    }
}

impl Default for Hours {
    /// 09:00 to 17:00: a board's default, for its configuration to change.
    fn default() -> Self {
        Self {
            opens: 9 * 60,
            closes: 17 * 60,
        }
    }
}

impl Holidays {
    /// Whether it is neither a Saturday, a Sunday nor a bank holiday.
    pub fn is_working_day(&self, day: Day) -> bool {
        !day.is_weekend() && !self.is_holiday(day)
    }

    /// The first working day from this day on.
    pub fn working_day_from(&self, mut day: Day) -> Day {
        while !self.is_working_day(day) {
            day = day.plus_days(1);
        }
        day
    }

    /// The last working day up to this day.
    pub fn working_day_to(&self, mut day: Day) -> Day {
        while !self.is_working_day(day) {
            day = day.plus_days(-1);
        }
        day
    }

    /// Day 0 of an event: its day in London, or the next working day if that isn't one or its hours are over. At 17:00 sharp they
    /// aren't over yet.
    pub fn day_zero(&self, event: Moment) -> Day {
        let day = london(event).day;
        let late = event > self.closes(day);
        self.working_day_from(if late { day.plus_days(1) } else { day })
    }

    /// When working hours begin on a day.
    pub(super) fn opens(&self, day: Day) -> Moment {
        moment_of(day, self.hours().opens)
    }

    /// When working hours end on a day.
    pub(super) fn closes(&self, day: Day) -> Moment {
        moment_of(day, self.hours().closes)
    }
}

/// Whether it is outside working hours, or no working day; at 17:00 sharp it isn't yet.
pub fn is_out_of_hours(now: Moment, holidays: &Holidays) -> bool {
    let day = london(now).day;
    !holidays.is_working_day(day) || now < holidays.opens(day) || now > holidays.closes(day)
}
