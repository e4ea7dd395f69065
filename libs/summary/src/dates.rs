//! Long dates in English and Welsh, no more precise than what is known.

use diogel_domain::{
    codes::{Language, Precision},
    times::{Day, Moment, Occurred},
};

const MONTHS: [(&str, &str); 12] = [
    ("January", "Ionawr"),
    ("February", "Chwefror"),
    ("March", "Mawrth"),
    ("April", "Ebrill"),
    ("May", "Mai"),
    ("June", "Mehefin"),
    ("July", "Gorffennaf"),
    ("August", "Awst"),
    ("September", "Medi"),
    ("October", "Hydref"),
    ("November", "Tachwedd"),
    ("December", "Rhagfyr"),
];

/// "14 October 2026", "14 Hydref 2026".
pub(crate) fn long(day: Day, language: Language) -> String {
    format!("{} {}", day.date().day(), month(day, language))
}

/// "October 2026", "Hydref 2026".
pub(crate) fn month(day: Day, language: Language) -> String {
    let date = day.date();
    let (english, welsh) = MONTHS[usize::from(u8::from(date.month()) - 1)];
    let name = match language {
        Language::English => english,
        Language::Welsh => welsh,
    };
    format!("{name} {}", date.year())
}

/// "14 October 2026, 09:30 UTC": the zone is said, since in summer the clock on the wall differs.
pub(crate) fn moment(moment: Moment, language: Language) -> String {
    let rfc3339 = moment.to_rfc3339();
    let time = rfc3339.get(11..16).unwrap_or_default();
    format!("{}, {time} UTC", long(moment.day(), language))
}

/// When something occurred, as precisely as its originator knows it; both ends of an interval over days.
pub(crate) fn occurred(when: &Occurred, language: Language) -> String {
    let say = |day: Day| match when.precision {
        Precision::Minute | Precision::Hour | Precision::Day => long(day, language),
        Precision::Month => month(day, language),
        Precision::Year => day.date().year().to_string(),
    };
    let (from, to) = (say(when.from.day()), say(when.to.day()));
    if from == to {
        from
    } else {
        format!("{from} – {to}")
    }
}
