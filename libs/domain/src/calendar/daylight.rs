//! Sunrise and sunset, for the precaution "daylight only". Owns a table for one place; refuses an almanac for every address.
//!
//! The place is 51.6 N 3.4 W, in the south of Wales. The table holds the 1st and 16th of each month, averaged over the years 2024
//! to 2031, by the standard solar equations (Meeus, *Astronomical Algorithms*, as NOAA's solar calculator uses them; the sun's
//! upper edge on a level horizon, with refraction); the days between lie on a straight line. There it is right to 3 minutes, which a
//! test holds. Elsewhere in Wales the sun can rise later or set earlier than the table says by up to 17 minutes, in England by up to
//! 33; that is still civil twilight, when one sees one's way without a lamp. Hills and weather are for whoever visits to judge.

use crate::times::{Day, Moment};

/// Sunrise and sunset on the 1st and the 16th of each month, in minutes of the day, UTC.
const TABLE: [(u16, u16); 24] = [
    (500, 975), // January
    (492, 995),
    (472, 1023), // February
    (446, 1050),
    (419, 1074), // March
    (385, 1100),
    (349, 1127), // April
    (315, 1152),
    (285, 1177), // May
    (260, 1201),
    (242, 1222), // June
    (235, 1234),
    (240, 1234), // July
    (255, 1224),
    (277, 1202), // August
    (301, 1174),
    (326, 1140), // September
    (350, 1106),
    (374, 1071), // October
    (400, 1038),
    (427, 1006), // November
    (454, 982),
    (477, 968), // December
    (494, 964),
];

/// Between sunrise and sunset of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Daylight {
    /// When the sun rises.
    pub sunrise: Moment,
    /// When it sets.
    pub sunset: Moment,
}

impl Daylight {
    /// That of a day.
    pub fn of(day: Day) -> Self {
        let date = day.date();
        let month = usize::from(u8::from(date.month()) - 1);
        let (row, past, span) = match date.day() {
            early @ ..16 => (2 * month, early - 1, 15),
            late => (
                2 * month + 1,
                late - 16,
                date.month().length(date.year()) - 15,
            ),
        };
        let (from, to) = (row_at(row), row_at(row + 1));
        let at = |from: u16, to: u16| {
            let (from, to) = (i64::from(from), i64::from(to));
            let minute = from + (to - from) * i64::from(past) / i64::from(span);
            Moment(i64::from(day.0).saturating_mul(Moment::DAY)).plus_seconds(minute * 60)
        };
        Self {
            sunrise: at(from.0, to.0),
            sunset: at(from.1, to.1),
        }
    }
}

/// Whether the sun is up, in the south of Wales.
pub fn is_daylight(moment: Moment) -> bool {
    // Sunrise and sunset of a day in Wales fall on that day in UTC too.
    let daylight = Daylight::of(moment.day());
    daylight.sunrise <= moment && moment < daylight.sunset
}

fn row_at(row: usize) -> (u16, u16) {
    TABLE.get(row % TABLE.len()).copied().unwrap_or_default()
}
