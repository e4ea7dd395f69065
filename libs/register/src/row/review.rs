//! When an entry is reviewed, and whether the person was told (PRACTICE, sections 3 and 10).

use diogel_contract::v1;
use diogel_domain::times::Day;

use super::cells::Cells;
use crate::{field::Field, finding::Findings, mapping::Taken};

/// Past its review an alert is stale for so many months at most; then it has lapsed, and renewal needs a fresh assessment.
const STALE_MONTHS: u32 = 3;
/// A review lies at most so many months ahead.
const LONGEST_MONTHS: u32 = 12;
const EXACT: Taken = Taken {
    rough: false,
    short_years: true,
};

/// The review date; where the row has none, the mapping's default, counted from the day of the export. What was to be reviewed long
/// ago gets no new date from here.
pub(super) fn on(cells: &Cells<'_>, today: Day, found: &mut Findings<'_>) -> Option<Day> {
    let field = Field::ReviewDate;
    let day = cells.date(field, EXACT, found).map(|known| known.day);
    if found.has(field) {
        return None;
    }
    let default = || {
        let as_of = cells.mapping.as_of?;
        Some(as_of.plus_months(cells.mapping.default_review_months?))
    };
    let Some(day) = day.or_else(default) else {
        let way_out = "write when it is to be reviewed, six months ahead unless you know better; or say `default_review_months` in the mapping";
        found.incomplete(field, "is missing", way_out);
        return None;
    };
    if day.plus_months(STALE_MONTHS) <= today {
        let rule = "is more than three months past: the entry has lapsed";
        let way_out = "assess it afresh, and write the new date; or take it off the register";
        found.incomplete(field, rule, way_out);
        return None;
    }
    if day > today.plus_months(LONGEST_MONTHS) {
        let way_out = "review it sooner";
        found.incomplete(field, "is more than 12 months ahead", way_out);
        return None;
    }
    if day <= today {
        let way_out = "have it reviewed before it is approved; it shows as stale";
        found.note(field, "is past", way_out);
    }
    Some(day)
}

/// Told on a day, or not and why. A proposal comes before anybody is told: neither is needed yet.
pub(super) fn told(cells: &Cells<'_>, found: &mut Findings<'_>) -> Option<v1::PersonTold> {
    let day = cells
        .date(Field::ToldOn, EXACT, found)
        .map(|known| known.day);
    let reason = cells.text(Field::WhyNotTold, found);
    match (day, reason) {
        (Some(_), Some(_)) => {
            let rule = "says why the person was not told, and another column that they were";
            found.incomplete(Field::WhyNotTold, rule, "keep one of the two");
            None
        }
        (Some(day), None) => Some(v1::PersonTold {
            told_on: day.to_string(),
            ..v1::PersonTold::default()
        }),
        (None, Some(reason)) => Some(v1::PersonTold {
            reason,
            ..v1::PersonTold::default()
        }),
        (None, None) => {
            if !found.has(Field::ToldOn) && !found.has(Field::WhyNotTold) {
                let way_out = "whoever approves tells the person, or records why not";
                found.note(
                    Field::ToldOn,
                    "nobody says whether the person was told",
                    way_out,
                );
            }
            None
        }
    }
}
