//! The trend of hostility in plain words: counts by month, and whether there were more or fewer. Refuses a score, a rate or a
//! forecast; rising reports may mean better reporting (PRACTICE, section 6), and the page says so.

use std::{cmp::Ordering, collections::BTreeMap};

use diogel_domain::{codes::Precision, times::Day};
use diogel_texts::{dates, summary::Trend};

use crate::{
    Line,
    case::{self, Case, Incident},
    texts::Phrase,
};

/// Two spans of this length are compared.
const SPAN_MONTHS: u32 = 3;
/// Fewer reports than this make no trend.
const LEAST: usize = 2;

pub(super) fn lines(case: &Case<'_>, hostile: &[Incident<'_>]) -> Vec<Line> {
    let today = case.today();
    let within = |day: Day, months| day.plus_months(months) > today;
    let recent: Vec<Incident<'_>> = hostile
        .iter()
        .copied()
        .filter(|i| is_dated(*i) && within(case::day(*i), 2 * SPAN_MONTHS))
        .collect();
    // A count of what a family may be told would be neither a trend nor the whole of it.
    if recent.len() < LEAST || case.is_for_family() {
        return Vec::new();
    }
    let (late, early): (Vec<_>, Vec<_>) = recent
        .iter()
        .copied()
        .partition(|i: &Incident<'_>| within(case::day(*i), SPAN_MONTHS));
    let text = case.fill(&Trend {
        months: &by_month(case, &recent),
        comparison: case.say(words(late.len(), early.len())),
        late: late.len(),
        early: early.len(),
    });
    let line = Line::point(text);
    vec![
        recent
            .iter()
            .fold(line, |line, (source, _)| line.citing(source)),
    ]
}

/// Known to a month at least: what is known to a year belongs to no month.
fn is_dated(incident: Incident<'_>) -> bool {
    let safety = incident.1.safety.as_ref();
    safety.is_some_and(|s| s.occurred.precision != Precision::Year)
}

fn by_month(case: &Case<'_>, incidents: &[Incident<'_>]) -> String {
    let mut months: BTreeMap<(i32, u8), (Day, u32)> = BTreeMap::new();
    for incident in incidents {
        let day = case::day(*incident);
        let date = day.date();
        let month = (date.year(), u8::from(date.month()));
        months.entry(month).or_insert((day, 0)).1 += 1;
    }
    let each = months
        .values()
        .map(|(day, count)| format!("{}: {count}", dates::month(*day, case.setting.language)));
    each.collect::<Vec<_>>().join(", ")
}

fn words(late: usize, early: usize) -> Phrase {
    match late.cmp(&early) {
        Ordering::Greater => Phrase::TrendMore,
        Ordering::Less => Phrase::TrendFewer,
        Ordering::Equal => Phrase::TrendSame,
    }
}
