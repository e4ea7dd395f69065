//! The civil time that clocks, people and meetings go by: Europe/London, from moments and back. Owns the one rule of it; refuses a
//! time zone database, because the law's rule is two lines.
//!
//! Summer time is Greenwich time and an hour, from 01:00 Greenwich time on the last Sunday in March to 01:00 Greenwich time on the
//! last Sunday in October (Summer Time Act 1972, section 1, as amended by the Summer Time Order 2002). Earlier orders had set the
//! same for each year from 1996 on; what lies before is read by the same rule, and can be an hour out.

use time::{Date, Month};

use crate::times::{Day, Moment};

/// An hour, in seconds.
const HOUR: i64 = 3_600;

/// What a clock on a wall in Wales or England shows, to the minute.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Civil {
    /// The day.
    pub day: Day,
    /// Minutes since the day began by that clock; below 1,440.
    pub minute_of_day: u16,
}

/// The civil time of a moment; seconds are left off.
pub fn london(moment: Moment) -> Civil {
    let (begins, ends) = summer_time(moment.day());
    let summer = begins <= moment && moment < ends;
    let shown = moment.plus_seconds(if summer { HOUR } else { 0 });
    let minute = shown.0.rem_euclid(Moment::DAY) / (60 * Moment::SECOND);
    Civil {
        day: shown.day(),
        minute_of_day: u16::try_from(minute).unwrap_or_default(),
    }
}

/// The moment at which the civil day and minute begin; minute 1,440 is the midnight that ends the day, and so on.
///
/// Two cases of the law's rule are decided so that a later civil time never gives an earlier moment, and that whoever reads a
/// deadline either way is in time:
/// - 01:00 to 01:59 on the last Sunday in March don't exist: they give the moment at which the clocks change.
/// - 01:00 to 01:59 on the last Sunday in October come twice: they give the first time.
pub fn moment_of(day: Day, minute: u16) -> Moment {
    let greenwich = Moment(i64::from(day.0).saturating_mul(Moment::DAY))
        .plus_seconds(i64::from(minute).saturating_mul(60));
    let summer = greenwich.plus_seconds(-HOUR);
    let (begins, ends) = summer_time(greenwich.day());
    if summer >= ends || greenwich < begins {
        greenwich
    } else {
        summer.max(begins)
    }
}

/// When summer time begins and ends in the year of a day.
fn summer_time(day: Day) -> (Moment, Moment) {
    let year = day.date().year();
    let change = |month| {
        let last = Date::from_calendar_date(year, month, 31).unwrap_or(Date::MAX);
        let sunday = Day::from(last).sunday_to();
        Moment(i64::from(sunday.0) * Moment::DAY).plus_seconds(HOUR)
    };
    (change(Month::March), change(Month::October))
}
