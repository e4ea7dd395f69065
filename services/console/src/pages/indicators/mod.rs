//! The Board's indicators: one table of one period, drawn and as numbers, with what it counts, when it was released and for download. The
//! address says which: a link reproduces the page.

mod annual;
mod parquet;

pub(super) use annual::show as annual;

use askama::Template;
use axum::{
    extract::Query,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use diogel_contract::v1;
use diogel_domain::codes::Language;
use diogel_identity::PersonRole::{Analyst, Governance};
use diogel_texts::{
    Filled,
    console::{ConsoleCoverage, ConsoleHeadline, Phrase as P},
};
use rust_xlsxwriter::{Format, Workbook, XlsxError};
use serde::Deserialize;
use tonic::{Code, Status};

use super::words::{self, Choice};
use crate::{
    page::{Page, Visit, html},
    problem::Problem,
};

/// What a hidden count shows as.
const HIDDEN: &str = "*";
/// The drawing, in its own units.
const WIDTH: u64 = 800;
const LABELS: u64 = 380;
const BARS: u64 = 340;
const ROW: u64 = 30;
const BAR: u64 = 20;

#[derive(Template)]
#[template(path = "indicators.html")]
struct Show {
    page: Page,
    tables: Vec<Group>,
    periods: Vec<Choice>,
    table: Option<Shown>,
}

/// Tables of one nature.
struct Group {
    name: P,
    tables: Vec<Choice>,
}

struct Shown {
    name: String,
    nature: P,
    rate: Option<String>,
    definition: String,
    headline: String,
    coverage: String,
    period: String,
    released: String,
    up_to: String,
    early: bool,
    adds_up: bool,
    rows: Vec<Row>,
    total: String,
    chart: Chart,
    csv: String,
    xlsx: String,
    parquet: String,
}

struct Row {
    code: String,
    label: String,
    figure: String,
    percent: String,
}

struct Chart {
    width: u64,
    height: u64,
    labels: u64,
    bars: Vec<Bar>,
}

struct Bar {
    label: String,
    figure: String,
    y: u64,
    text: u64,
    width: u64,
    after: u64,
}

/// Which table of which period.
#[derive(Deserialize)]
pub(super) struct Which {
    #[serde(default)]
    table: String,
    #[serde(default)]
    period: String,
    #[serde(default, rename = "as")]
    form: String,
}

fn in_language<'a>(language: Language, english: &'a str, welsh: &'a str) -> &'a str {
    match language {
        Language::English => english,
        Language::Welsh => welsh,
    }
}

async fn get(visit: &Visit, which: &Which) -> Result<v1::GetTableResponse, Problem> {
    let answer = ask(visit, which).await;
    answer.map_err(|status| visit.refused(status))
}

async fn ask(visit: &Visit, which: &Which) -> Result<v1::GetTableResponse, Status> {
    let request = v1::GetTableRequest {
        table: which.table.clone(),
        period: which.period.clone(),
        purpose: v1::Purpose::BoardGovernance as i32,
        ..v1::GetTableRequest::default()
    };
    let answered = visit.calling().indicators().get_table(request).await;
    answered.map(tonic::Response::into_inner)
}

/// The same, where the period was released with this table: earlier releases lack later tables.
async fn released(visit: &Visit, which: &Which) -> Result<Option<v1::GetTableResponse>, Problem> {
    match ask(visit, which).await {
        Ok(answer) => Ok(Some(answer)),
        Err(status) if status.code() == Code::NotFound => Ok(None),
        Err(status) => Err(visit.refused(status)),
    }
}

pub(super) async fn show(
    visit: Visit,
    Query(mut which): Query<Which>,
) -> Result<Response, Problem> {
    visit.only(&[Analyst, Governance])?;
    let language = visit.language();
    let request = v1::ListTablesRequest {
        purpose: v1::Purpose::BoardGovernance as i32,
        ..v1::ListTablesRequest::default()
    };
    let listed = visit.calling().indicators().list_tables(request).await;
    let listed = listed.map_err(|status| visit.refused(status))?.into_inner();
    let first = listed.periods.first().cloned().unwrap_or_default();
    if which.period.is_empty() {
        which.period = first;
    }
    if which.table.is_empty() {
        which.table = listed
            .tables
            .first()
            .map_or_else(String::new, |t| t.code.clone());
    }
    let choice = |table: &v1::TableName| Choice {
        value: table.code.clone(),
        words: in_language(language, &table.name, &table.name_cy).to_owned(),
        chosen: table.code == which.table,
    };
    let natures = [
        v1::TableNature::Published,
        v1::TableNature::Became,
        v1::TableNature::Stood,
    ];
    let tables = natures.map(|of| Group {
        name: nature(of),
        tables: listed
            .tables
            .iter()
            .filter(|table| table.nature() == of)
            .map(choice)
            .collect(),
    });
    let periods = listed.periods.iter().map(|period| Choice {
        value: period.clone(),
        words: period.clone(),
        chosen: *period == which.period,
    });
    let table = if listed.periods.is_empty() {
        None
    } else {
        Some(shown(&visit, &which, get(&visit, &which).await?))
    };
    let page = visit.page(P::ConsoleIndicators);
    let title = table
        .as_ref()
        .map(|table| format!("{}, {}", table.name, table.period));
    Ok(html(&Show {
        tables: tables.into(),
        periods: periods.collect(),
        table,
        page: match title {
            Some(title) => page.titled(title),
            None => page,
        },
    }))
}

const fn nature(nature: v1::TableNature) -> P {
    match nature {
        v1::TableNature::Published | v1::TableNature::Unspecified => P::ConsoleNaturePublished,
        v1::TableNature::Became => P::ConsoleNatureBecame,
        v1::TableNature::Stood => P::ConsoleNatureStood,
    }
}

/// The rate of reports, or of checks, per contact, or why there is none.
fn rate(table: &str, rate: v1::ReportingRate, language: Language) -> String {
    let said = match (rate.feeds_cover, rate.per_hundred) {
        (_, Some(rate)) => rate.to_string(),
        (false, None) => P::ConsoleRateNotCovered.say(language).to_owned(),
        (true, None) => P::ConsoleRateHidden.say(language).to_owned(),
    };
    let of = match table {
        "checks" | "contacts-home" => P::ConsoleRateChecks,
        _ => P::ConsoleRate,
    };
    format!("{}: {said}", of.say(language))
}

fn figure(figure: Option<&v1::Figure>) -> String {
    match figure {
        Some(figure) if !figure.hidden => figure.count.to_string(),
        _ => HIDDEN.to_owned(),
    }
}

fn shown(visit: &Visit, which: &Which, answer: v1::GetTableResponse) -> Shown {
    let language = visit.language();
    let name = answer.name.clone().unwrap_or_default();
    let rows = answer.rows.iter().map(|row| Row {
        code: row.code.clone(),
        label: in_language(language, &row.label, &row.label_cy).to_owned(),
        figure: figure(row.figure.as_ref()),
        percent: row
            .percent
            .map_or_else(String::new, |percent| format!("{percent} %")),
    });
    let rows: Vec<Row> = rows.collect();
    let total = figure(answer.total.as_ref());
    let to = |form: &str| {
        let (table, period) = (&which.table, &which.period);
        visit.to(&format!(
            "/indicators/download?table={table}&period={period}&as={form}"
        ))
    };
    let (of, all) = (answer.agencies_contributing, answer.agencies);
    let count = |number: u32| usize::try_from(number).unwrap_or(0);
    Shown {
        headline: ConsoleHeadline {
            total: &total,
            period: &answer.period,
        }
        .say(language),
        coverage: ConsoleCoverage {
            contributing: count(of),
            agencies: count(all),
        }
        .say(language),
        nature: nature(name.nature()),
        rate: answer.rate.map(|found| rate(&which.table, found, language)),
        name: in_language(language, &name.name, &name.name_cy).to_owned(),
        definition: in_language(language, &name.definition, &name.definition_cy).to_owned(),
        released: words::moment(answer.released_at.as_ref(), language),
        up_to: words::moment(answer.ordered_up_to.as_ref(), language),
        early: answer.before_its_time,
        adds_up: answer.categories_add_up,
        chart: chart(&rows),
        period: answer.period,
        rows,
        total,
        csv: to("csv"),
        xlsx: to("xlsx"),
        parquet: to("parquet"),
    }
}

/// Bars from left to right: what is hidden has none, and says so.
fn chart(rows: &[Row]) -> Chart {
    let most = rows
        .iter()
        .filter_map(|row| row.figure.parse::<u64>().ok())
        .max();
    let most = most.unwrap_or(1).max(1);
    let bars = (0_u64..).zip(rows).map(|(at, row)| {
        let width = row
            .figure
            .parse::<u64>()
            .map_or(0, |count| count * BARS / most);
        let y = at * ROW + (ROW - BAR) / 2;
        Bar {
            label: row.label.clone(),
            figure: row.figure.clone(),
            text: y + BAR * 3 / 4,
            after: LABELS + width + 8,
            y,
            width,
        }
    });
    Chart {
        width: WIDTH,
        height: ROW * u64::try_from(rows.len()).unwrap_or(0),
        labels: LABELS,
        bars: bars.collect(),
    }
}

/// The same numbers as a file.
pub(super) async fn download(
    visit: Visit,
    Query(which): Query<Which>,
) -> Result<Response, Problem> {
    visit.only(&[Analyst, Governance])?;
    let answer = get(&visit, &which).await?;
    let columns = parquet::written(&answer);
    let shown = shown(&visit, &which, answer);
    let (kind, bytes) = match which.form.as_str() {
        "parquet" => (
            "application/vnd.apache.parquet",
            columns.map_err(|e| visit.broken(&e))?,
        ),
        "csv" => (
            "text/csv; charset=utf-8",
            csv(&visit, &shown).map_err(|e| visit.broken(&e))?,
        ),
        "xlsx" => (
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            xlsx(&visit, &shown).map_err(|e| visit.broken(&e))?,
        ),
        _ => return Err(visit.problem(StatusCode::NOT_FOUND)),
    };
    // Both are of the closed lists: the services refused everything else.
    let name = format!(
        "attachment; filename=\"{}-{}.{}\"",
        which.table, which.period, which.form
    );
    let kind = (header::CONTENT_TYPE, kind.to_owned());
    Ok(([kind, (header::CONTENT_DISPOSITION, name)], bytes).into_response())
}

/// Headings and rows, for both forms.
fn lines(visit: &Visit, shown: &Shown) -> Vec<[String; 5]> {
    let head = [
        P::ConsoleCode,
        P::ConsoleCategory,
        P::ConsoleCount,
        P::ConsolePercent,
        P::ConsolePeriod,
    ];
    let line = |code: &str, label: &str, figure: &str, percent: &str| {
        [code, label, figure, percent, &shown.period].map(str::to_owned)
    };
    let rows = shown.rows.iter();
    let rows = rows.map(|row| {
        let percent = row.percent.trim_end_matches(" %");
        line(&row.code, &row.label, &row.figure, percent)
    });
    let total = line("total", visit.t(P::ConsoleTotal), &shown.total, "");
    let head = head.map(|phrase| visit.t(phrase).to_owned());
    [head].into_iter().chain(rows).chain([total]).collect()
}

/// RFC 4180, with the mark by which spreadsheets know UTF-8.
fn csv(visit: &Visit, shown: &Shown) -> Result<Vec<u8>, Box<dyn std::error::Error>> {
    let mut writer = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    for line in lines(visit, shown) {
        writer.write_record(line)?;
    }
    Ok(writer.into_inner()?)
}

/// Numbers as numbers; what is hidden as its mark; below, what it counts and when it was released.
fn xlsx(visit: &Visit, shown: &Shown) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let bold = Format::new().set_bold();
    let mut row = 0;
    for (at, line) in lines(visit, shown).into_iter().enumerate() {
        for (column, cell) in (0..).zip(&line) {
            match cell.parse::<u32>() {
                Ok(number) if at > 0 && (2..4).contains(&column) => {
                    sheet.write_number(row, column, number)?;
                }
                _ if at == 0 => {
                    sheet.write_string_with_format(row, column, cell, &bold)?;
                }
                _ => {
                    sheet.write_string(row, column, cell)?;
                }
            }
        }
        row += 1;
    }
    row += 1;
    for note in [
        shown.name.as_str(),
        &shown.definition,
        &shown.coverage,
        format!("{}: {}", visit.t(P::ConsoleReleased), shown.released).as_str(),
        visit.t(P::ConsoleHiddenMeans),
    ] {
        sheet.write_string(row, 0, note)?;
        row += 1;
    }
    sheet.autofit();
    book.save_to_buffer()
}
