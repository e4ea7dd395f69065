//! The dry run: each row judged as it would be at publication, and nothing published. Owns the order of the rows, and which of them
//! say the same as an earlier one.

use std::collections::BTreeMap;

use diogel_contract::{read::Publisher, v1};
use diogel_domain::{rules::Setting, times::Day};

use crate::{
    field::Field,
    finding::Findings,
    keys::{self, Keys},
    mapping::{Mapping, fold},
    report::{Earlier, Published, Report, RowReport, Verdict},
    row,
    sheet::{Row, Sheet},
};

/// For whom, among whom and when a register is judged: what the agency's own service would know.
#[derive(Debug, Clone, Copy)]
pub struct Board<'a> {
    /// The agency, with the board's default audiences.
    pub publisher: Publisher<'a>,
    /// What the rules need to know.
    pub setting: Setting<'a>,
}

/// What a register comes to.
#[derive(Debug, Clone)]
pub struct DryRun {
    /// What is to be said of each row.
    pub report: Report,
    /// The rows that can be published, in the register's order.
    pub proposals: Vec<Proposal>,
}

/// A row as two publications. Neither has a decision.
#[derive(Debug, Clone)]
pub struct Proposal {
    /// Which row of the report it is, from 0.
    pub at: usize,
    /// The incident report: to be published first.
    pub incident: v1::PublishRequest,
    /// The alert that rests on it, by its request key.
    pub alert: v1::PublishRequest,
}

/// Judges every row. The same sheet, mapping and earlier report give the same publications whenever it is done; only whether they
/// can be published depends on the time.
pub fn dry_run(
    sheet: &Sheet,
    mapping: &Mapping,
    board: &Board<'_>,
    earlier: Option<&Earlier>,
) -> DryRun {
    let mut run = DryRun {
        report: Report::new(mapping.register()),
        proposals: Vec::new(),
    };
    let mut seen = Seen::default();
    for row in &sheet.rows {
        let (report, requests) = judged(row, mapping, board, earlier, &mut seen);
        if report.verdict == Verdict::Proposal
            && let Some(requests) = requests
        {
            run.proposals.push(Proposal {
                at: run.report.rows.len(),
                incident: requests.incident,
                alert: requests.alert,
            });
        }
        run.report.rows.push(report);
    }
    run
}

fn judged(
    row: &Row,
    mapping: &Mapping,
    board: &Board<'_>,
    earlier: Option<&Earlier>,
    seen: &mut Seen,
) -> (RowReport, Option<row::Requests>) {
    let mut found = Findings::new(&mapping.columns);
    let entry = row::read(row, mapping, board.setting.now.day(), &mut found);
    seen.look(row.number, &entry, &mut found);
    let keys = entry.reference.as_ref();
    let mut report = RowReport::new(row.number, entry.reference.clone());
    let Some(keys) = keys.map(|reference| Keys::of(mapping.register(), reference)) else {
        report.judge(found.list());
        return (report, None);
    };
    let requests = row::requests(&entry, mapping, &keys);
    if !found.has(Field::Ended) {
        row::check(&requests, &entry, board, &mut found);
    }
    let content = keys::content(&requests.incident, &requests.alert);
    // Of two rows with one reference, the first is the one that was published.
    report.published = earlier
        .filter(|_| !found.has(Field::Reference))
        .and_then(|earlier| earlier.of(&keys.incident, &content));
    if report.published == Some(Published::Changed) {
        let rule = "an earlier import published this reference with other content";
        found.duplicate(Field::Reference, rule, CHANGED);
    }
    report.incident_key = Some(keys.incident);
    report.alert_key = Some(keys.alert);
    report.content = Some(content);
    report.judge(found.list());
    (report, Some(requests))
}

/// What to do with a row that was imported before, and changed since.
pub(crate) const CHANGED: &str = "correct or withdraw the earlier publication from your own system, by its request key: an import replaces nothing";

/// What earlier rows of the register say.
#[derive(Debug, Default)]
struct Seen {
    references: BTreeMap<String, u32>,
    /// The first row of each, with its person's NHS number.
    incidents: BTreeMap<(String, Day, i32), (u32, Option<String>)>,
}

impl Seen {
    /// Says of a row whether an earlier one has its reference, or its person and incident date.
    fn look(&mut self, row: u32, entry: &row::Entry, found: &mut Findings<'_>) {
        if let Some(reference) = &entry.reference {
            let earlier = *self.references.entry(fold(reference)).or_insert(row);
            if earlier != row {
                let rule = format!("stands in row {earlier} too");
                let way_out = "give each row a reference of its own, or take one of them out";
                found.duplicate(Field::Reference, rule, way_out);
            }
        }
        let Some(occurred) = entry.occurred else {
            return;
        };
        let (precision, number) = (occurred.precision.number(), entry.nhs_number());
        let same = entry.same_as.iter().filter_map(|same| {
            let same = (same.clone(), occurred.day, precision);
            let first = self.incidents.entry(same);
            let (first, other) = first.or_insert_with(|| (row, number.map(str::to_owned)));
            let others = number.zip(other.as_deref()).is_some_and(|(a, b)| a != b);
            (!others).then_some(*first)
        });
        if let Some(earlier) = same.min().filter(|earlier| *earlier != row) {
            let rule =
                format!("row {earlier} is about the same person or premises, and the same day");
            let way_out = "put what happened into one row, or correct the date";
            found.duplicate(Field::IncidentDate, rule, way_out);
        }
    }
}
