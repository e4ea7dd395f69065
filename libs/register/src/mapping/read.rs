//! Reads a mapping file whole, and looks for everything that is wrong before any of it is told.

use std::collections::BTreeMap;

use diogel_contract::v1;
use diogel_domain::{
    codes::{AlertStatus, LawfulBasis, Purpose, Standing},
    ids::AgencyId,
};
use toml::de::DeTable;

use super::{
    Grades, Mapping, MappingError, MembersBy, SheetForm,
    codes::Encoding,
    dates::{DateForm, Dates},
    error::Finder,
    table::Table,
    vocabulary,
};
use crate::field::Field;

/// The longest mapping file, in bytes.
const MAX_BYTES: usize = 256 * 1_024;
/// The longest name of a register or a column, in bytes.
const MAX_NAME: usize = 200;
const TOP: [&str; 12] = [
    "register",
    "as_of",
    "default_review_months",
    "standing",
    "status",
    "sheet",
    "columns",
    "dates",
    "audience",
    "identifiers",
    "defaults",
    "words",
];
pub(super) fn mapping(text: &str) -> Result<Mapping, Vec<MappingError>> {
    let mut finder = Finder::new(text);
    if text.len() > MAX_BYTES {
        finder.add(1, "the file is longer than 256 KiB", "shorten it");
        return Err(finder.found());
    }
    let (table, errors) = DeTable::parse_recoverable(text);
    for error in errors {
        let line = finder.line(error.span().map_or(0, |span| span.start));
        finder.add(line, error.message(), "write it as TOML (toml.io) has it");
    }
    let top = Table::top(&mut finder, table.get_ref(), &TOP);
    let mapping = whole(&mut finder, &top);
    let found = finder.found();
    mapping.filter(|_| found.is_empty()).ok_or(found)
}

/// None only where something was found.
fn whole(finder: &mut Finder<'_>, top: &Table<'_>) -> Option<Mapping> {
    let way_out = "name the register, the same at each import: request keys are made from it";
    top.required(finder, "register", way_out);
    let standing = "say what the council vouches for: fact, observation, allegation or opinion";
    top.required(finder, "standing", standing);
    let register = top.text(finder, "register");
    bounded(finder, top, "register", register);
    let as_of = top.day(finder, "as_of");
    let months = top.number(finder, "default_review_months", 1..13);
    if months.is_some() && !top.has("as_of") {
        let way_out = "add `as_of`, the day on which the register was exported";
        top.wrong(
            finder,
            "default_review_months",
            "is counted from a day that isn't there",
            way_out,
        );
    }
    let standing = top.code::<Standing>(finder, "standing");
    let status = top.code::<AlertStatus>(finder, "status");
    let sheet = sheet(finder, top);
    let columns = columns(finder, top);
    let dates = dates(finder, top);
    let audience = audience(finder, top);
    let (local_agency, members_by) = identifiers(finder, top, &columns);
    let defaults = defaults(finder, top);
    let words = vocabulary::read(finder, top, &columns);
    Some(Mapping {
        register: register?.to_owned(),
        as_of,
        default_review_months: months,
        standing: standing?,
        status: status.unwrap_or(AlertStatus::Actual),
        sheet,
        columns,
        dates,
        audience: audience?,
        local_agency,
        members_by,
        defaults,
        words,
    })
}

fn bounded(finder: &mut Finder<'_>, table: &Table<'_>, key: &str, text: Option<&str>) {
    if text.is_some_and(|text| text.len() > MAX_NAME) {
        table.wrong(finder, key, "is longer than 200 bytes", "shorten it");
    }
}

fn sheet(finder: &mut Finder<'_>, top: &Table<'_>) -> SheetForm {
    let keys = ["name", "header_row", "encoding", "delimiter"];
    let table = top.within(finder, "sheet", &keys);
    let delimiter = table.text(finder, "delimiter").map(|text| match text {
        "," | ";" | "|" => text.as_bytes()[0],
        "tab" => b'\t',
        _ => {
            let way_out = "write \",\", \";\", \"|\" or \"tab\"";
            table.wrong(finder, "delimiter", "is none", way_out);
            b','
        }
    });
    SheetForm {
        name: table.text(finder, "name").map(str::to_owned),
        header_row: table.number(finder, "header_row", 1..1_001).unwrap_or(1),
        encoding: table
            .code::<Encoding>(finder, "encoding")
            .unwrap_or_default(),
        delimiter: delimiter.unwrap_or(b','),
    }
}

fn columns(finder: &mut Finder<'_>, top: &Table<'_>) -> BTreeMap<Field, String> {
    top.required(
        finder,
        "columns",
        "say below a line [columns] which heading is which field",
    );
    let keys: Vec<&str> = Field::ALL.iter().map(|field| field.key()).collect();
    let table = top.within(finder, "columns", &keys);
    if top.has("columns") {
        let way_out = "name the column that numbers the rows; if there is none, add one: request keys are made from it";
        table.required(finder, "reference", way_out);
    }
    let mut columns = BTreeMap::new();
    for field in Field::ALL {
        let heading = table.text(finder, field.key());
        bounded(finder, &table, field.key(), heading);
        columns.extend(heading.map(|heading| (*field, heading.trim().to_owned())));
    }
    columns
}

fn dates(finder: &mut Finder<'_>, top: &Table<'_>) -> Dates {
    let table = top.within(finder, "dates", &["forms", "two_digit_years_from"]);
    let mut forms = table.codes::<DateForm>(finder, "forms");
    let from = table.number(finder, "two_digit_years_from", 1_901..2_051);
    if forms.iter().any(|form| form.is_short()) && !table.has("two_digit_years_from") {
        let way_out =
            "add `two_digit_years_from`, the first of the hundred years that two digits stand for";
        table.wrong(finder, "forms", "has years of two digits", way_out);
    }
    if forms.is_empty() {
        forms = DateForm::BRITISH.to_vec();
    }
    Dates {
        forms,
        short_years_from: from.and_then(|from| i32::try_from(from).ok()),
    }
}

fn audience(finder: &mut Finder<'_>, top: &Table<'_>) -> Option<v1::Audience> {
    let way_out = "say below a line [audience] `by_default = true` and a `purpose`, or `originator_only = true`";
    top.required(finder, "audience", way_out);
    let keys = ["by_default", "originator_only", "purpose", "lawful_basis"];
    let table = top.within(finder, "audience", &keys);
    let by_default = table.truth(finder, "by_default").unwrap_or(false);
    let originator_only = table.truth(finder, "originator_only").unwrap_or(false);
    let purpose = table.code::<Purpose>(finder, "purpose");
    let basis = table.code::<LawfulBasis>(finder, "lawful_basis");
    if top.has("audience") && by_default == originator_only {
        let key = if by_default {
            "originator_only"
        } else {
            "by_default"
        };
        table.wrong(finder, key, "and the other can't both be so", way_out);
    }
    if by_default && !table.has("purpose") {
        let way_out = "say why: worker-safety, child-protection or adult-protection";
        table.required(finder, "purpose", way_out);
    }
    (by_default != originator_only).then(|| v1::Audience {
        by_default,
        originator_only,
        purpose: purpose.map_or(0, Purpose::number),
        lawful_basis: basis.map_or(0, LawfulBasis::number),
        ..v1::Audience::default()
    })
}

/// Whose the local references are, and by what the members are named.
fn identifiers(
    finder: &mut Finder<'_>,
    top: &Table<'_>,
    columns: &BTreeMap<Field, String>,
) -> (Option<AgencyId>, Option<MembersBy>) {
    let table = top.within(finder, "identifiers", &["local_agency", "members"]);
    let text = table.text(finder, "local_agency");
    let agency = text.and_then(|text| AgencyId::new(text).ok());
    if text.is_some() && agency.is_none() {
        let way_out = "write its id: lower case letters, digits, hyphens";
        table.wrong(finder, "local_agency", "is no agency's id", way_out);
    }
    let members = table.code::<MembersBy>(finder, "members");
    if columns.contains_key(&Field::Members) && !table.has("members") {
        let way_out = "say by which numbers the members are named: nhs-number or local";
        table.required(finder, "members", way_out);
    }
    let local = members == Some(MembersBy::Local) || columns.contains_key(&Field::LocalId);
    if local && !table.has("local_agency") {
        let way_out = "name the agency whose references they are";
        table.required(finder, "local_agency", way_out);
    }
    (agency, members)
}

fn defaults(finder: &mut Finder<'_>, top: &Table<'_>) -> Grades {
    let keys = ["harm", "severity", "urgency", "certainty"];
    let table = top.within(finder, "defaults", &keys);
    Grades {
        harm: table.code(finder, "harm"),
        severity: table.code(finder, "severity"),
        urgency: table.code(finder, "urgency"),
        certainty: table.code(finder, "certainty"),
    }
}
