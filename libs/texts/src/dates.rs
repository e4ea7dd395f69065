//! Long dates and times in both languages, no more precise than what is known. Short dates are refused: the two languages order
//! and abbreviate them differently. The one place that turns a moment into a civil day and time: see [`civil`].

use diogel_domain::{
    calendar::london,
    codes::Precision,
    times::{Day, Moment, Occurred},
};

use crate::{
    Filled, Language,
    calendar::{Interval, LongDate, LongMoment, LongMonth, Phrase},
};

/// The months, January first.
const MONTHS: [Phrase; 12] = [
    Phrase::January,
    Phrase::February,
    Phrase::March,
    Phrase::April,
    Phrase::May,
    Phrase::June,
    Phrase::July,
    Phrase::August,
    Phrase::September,
    Phrase::October,
    Phrase::November,
    Phrase::December,
];

/// A moment as clocks in Wales show it: the day, and the time as `09:30`.
fn civil(moment: Moment) -> (Day, String) {
    let shown = london(moment);
    let (hour, minute) = (shown.minute_of_day / 60, shown.minute_of_day % 60);
    (shown.day, format!("{hour:02}:{minute:02}"))
}

/// The civil day of a moment.
pub fn day(moment: Moment) -> Day {
    civil(moment).0
}

/// "14 October 2026", "14 Hydref 2026".
pub fn long(day: Day, language: Language) -> String {
    let date = day.date();
    LongDate {
        day: usize::from(date.day()),
        month: name(day).say(language),
        year: &date.year().to_string(),
    }
    .say(language)
}

/// "October 2026", "Hydref 2026".
pub fn month(day: Day, language: Language) -> String {
    LongMonth {
        month: name(day).say(language),
        year: &day.date().year().to_string(),
    }
    .say(language)
}

fn name(day: Day) -> Phrase {
    MONTHS[usize::from(u8::from(day.date().month()) - 1)]
}

/// "14 October 2026, 09:30".
pub fn moment(moment: Moment, language: Language) -> String {
    let (day, time) = civil(moment);
    LongMoment {
        date: &long(day, language),
        time: &time,
    }
    .say(language)
}

/// "5 January 2026 – 8 September 2026"; one date if both are the same.
pub fn interval(from: Day, to: Day, language: Language) -> String {
    between(long(from, language), long(to, language), language)
}

/// When something occurred, as precisely as its originator knows it; both ends of an interval over days.
pub fn occurred(when: &Occurred, language: Language) -> String {
    let say = |moment: Moment| {
        let day = day(moment);
        match when.precision {
            Precision::Minute | Precision::Hour | Precision::Day => long(day, language),
            Precision::Month => month(day, language),
            Precision::Year => day.date().year().to_string(),
        }
    };
    between(say(when.from), say(when.to), language)
}

fn between(from: String, to: String, language: Language) -> String {
    if from == to {
        return from;
    }
    Interval {
        from: &from,
        to: &to,
    }
    .say(language)
}
