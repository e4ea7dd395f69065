//! How clocks count: forward by working days, to a date that stays, or backward from a meeting. Owns the counting; which clock has
//! which length is said in `clock`, by the board's configuration, or by the escalation's stages.

use super::{Due, Holidays, london};
use crate::times::{Day, Moment};

/// How long a clock runs. A number of 65,535 at most: longer than any list of holidays, and bounded work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Length {
    /// So many working days after day 0.
    WorkingDays(u16),
    /// At most so many consecutive days after the day, weekends and bank holidays included.
    Days(u16),
    /// At most so many weeks after the day.
    Weeks(u16),
    /// At most so many calendar months after the day; at a shorter month's end, its last day.
    Months(u16),
    /// So many working days before the day of a meeting.
    WorkingDaysBefore(u16),
}

/// What a clock does about days that aren't worked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Lands on a working day.
    WorkingDays,
    /// Keeps its date, whatever day that is, and shows the last working day to aim for. It counts from the day of the event itself,
    /// whatever the hour: a default of practice can't lengthen a maximum.
    Maximum,
    /// Counts backward to a working day.
    Before,
}

impl Length {
    /// What it does about days that aren't worked.
    pub const fn kind(self) -> Kind {
        match self {
            Self::WorkingDays(_) => Kind::WorkingDays,
            Self::Days(_) | Self::Weeks(_) | Self::Months(_) => Kind::Maximum,
            Self::WorkingDaysBefore(_) => Kind::Before,
        }
    }

    /// When a clock of this length is due that runs from a moment; of one that counts backward, the moment of the meeting.
    pub fn due(self, from: Moment, holidays: &Holidays) -> Due {
        let day = london(from).day;
        let date = match self {
            Self::WorkingDays(days) => return working_days(from, days, holidays),
            Self::WorkingDaysBefore(days) => return working_days_before(day, days, holidays),
            Self::Days(days) => day.plus_days(days.into()),
            Self::Weeks(weeks) => day.plus_days(i32::from(weeks) * 7),
            Self::Months(months) => day.plus_months(months.into()),
        };
        Due::keeping_its_date(date, holidays)
    }
}

/// Due so many working days after an event, when the hours of that working day end. The event's day is day 0, or the next working
/// day where it isn't one or its hours are over.
pub fn working_days(start: Moment, days: u16, holidays: &Holidays) -> Due {
    let zero = holidays.day_zero(start);
    let day = (0..days).fold(zero, |day, _| holidays.working_day_from(day.plus_days(1)));
    Due::on_working_day(day, (london(start).day, day), holidays)
}

/// Due so many working days before a meeting's day, which isn't counted, when the hours of that working day end.
pub fn working_days_before(meeting: Day, days: u16, holidays: &Holidays) -> Due {
    let day = holidays.back(meeting, days);
    let eve = meeting.plus_days(if days == 0 { 0 } else { -1 });
    Due::on_working_day(day, (day, eve), holidays)
}

/// Due at a moment that somebody has set for a person's protection: it stays, whatever day and hour it is.
pub fn protect_by(at: Moment, holidays: &Holidays) -> Due {
    Due::keeping_its_moment(at, holidays)
}

impl Holidays {
    /// So many working days back from a day, which isn't counted; for none, the last working day up to it.
    pub(super) fn back(&self, day: Day, days: u16) -> Day {
        match days {
            0 => self.working_day_to(day),
            _ => (0..days).fold(day, |day, _| self.working_day_to(day.plus_days(-1))),
        }
    }
}
