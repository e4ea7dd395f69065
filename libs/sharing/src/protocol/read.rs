//! Reads a protocol's file. Owns its keys, its bounds, and that what stands at the top holds for each flow that doesn't say its own.
//! Pure and total: any text is either a protocol or gives findings, never a panic.

use std::collections::BTreeMap;

use diogel_domain::ids::AgencyId;
use toml::de::{DeTable, DeValue};

use super::{
    Condition, Flow, Protocol, Side, Status,
    finding::{Finder, Finding},
    form::{DEFAULTS, FLOW, HEAD},
    spelling::quoted,
    table::{Entry, Spot, Table},
};

/// The longest file that an event carries.
const MAX_BYTES: usize = 16 * 1_024;
const MAX_FLOWS: usize = 200;
const MAX_ID: usize = 32;

/// What was made of a file.
pub(super) struct Reading {
    /// All that could be read. Only without findings is it the protocol.
    pub(super) protocol: Protocol,
    /// Where the top's keys stand.
    pub(super) head: Spot,
    /// Nothing is wrong at the top.
    pub(super) sound: bool,
    /// Where each flow's keys stand, in the protocol's order.
    pub(super) flows: Vec<Spot>,
    /// What is wrong, in the order of the lines.
    pub(super) findings: Vec<Finding>,
}

/// Reads a file.
pub(super) fn read(text: &str) -> Reading {
    let mut finder = Finder::new(text);
    // Before anything is parsed: what is this long is not for this to spend time on.
    let text = if text.len() > MAX_BYTES {
        finder.broken(1, "the file is longer than 16 KiB; shorten it");
        ""
    } else {
        text
    };
    let (table, errors) = DeTable::parse_recoverable(text);
    for error in errors {
        let line = finder.line(error.span().map_or(0, |span| span.start));
        finder.broken(line, error.message());
    }
    let mut head = Table::open(&mut finder, 1, &HEAD, table.get_ref());
    let mut protocol = protocol(&mut head);
    let (spot, defaults) = (head.spot(), head.defaults(DEFAULTS));
    let tables = flow_tables(&mut head);
    let sound = head.sound;
    let (flows, spots) = flows(&mut finder, &tables, &defaults);
    protocol.flows = flows;
    Reading {
        protocol,
        head: spot,
        sound,
        flows: spots,
        findings: finder.found(),
    }
}

/// The top, without its flows.
fn protocol(head: &mut Table<'_, '_>) -> Protocol {
    let id = head.value("id", "a text of 1 to 32 bytes", |value| {
        let fits = |id: &&str| (1..=MAX_ID).contains(&id.len());
        value.as_str().filter(fits)
    });
    Protocol {
        id: id.unwrap_or_default().to_owned(),
        version: head.number("version", 1).unwrap_or_default(),
        title: head.text("title").unwrap_or_default().to_owned(),
        title_cy: head.text("title_cy").unwrap_or_default().to_owned(),
        status: head.code("status").unwrap_or(Status::Draft),
        host: head.text("host").unwrap_or_default().to_owned(),
        processor: head.text("processor").unwrap_or_default().to_owned(),
        parties: parties(head).into_iter().flatten().collect(),
        lead: lead(head),
        flows: Vec::new(),
    }
}

/// All of them, or none: whoever judges by half of them would find fault with what is right.
fn parties(head: &mut Table<'_, '_>) -> Option<Vec<AgencyId>> {
    let texts = head.texts("parties")?;
    let mut read = |(line, text): (usize, &str)| {
        let id = AgencyId::new(text).ok();
        if id.is_none() {
            let words = "is no agency's id: small letters, digits and hyphens, at most 32";
            head.wrong(line, format!("{} {words}", quoted(text)));
        }
        id
    };
    let parties: Vec<Option<AgencyId>> = texts.into_iter().map(&mut read).collect();
    parties.into_iter().collect()
}

/// Any party's confirmation would be a claimant's own.
fn lead(head: &mut Table<'_, '_>) -> Option<Side> {
    let side = head.has("lead").then(|| head.side("lead")).flatten();
    if side == Some(Side::AnyParty) {
        let line = head.spot().line("lead");
        let words = "`lead` can't be \"any\": an agency would confirm its own involvement";
        head.wrong(line, words.into());
        return None;
    }
    side
}

/// Each flow's table, with its line.
fn flow_tables<'t>(head: &mut Table<'_, 't>) -> Vec<(usize, &'t DeTable<'t>)> {
    let wanted = "tables, each below a line [[flow]], at most 200";
    let tables: Option<Vec<_>> = head.value("flow", wanted, |value| {
        let flows = value.as_array().filter(|flows| flows.len() <= MAX_FLOWS)?;
        let table = |flow: &'t toml::Spanned<DeValue<'t>>| {
            Some((flow.span().start, flow.get_ref().as_table()?))
        };
        flows.iter().map(table).collect()
    });
    let tables = tables.unwrap_or_default().into_iter();
    tables
        .map(|(at, table)| (head.finder.line(at), table))
        .collect()
}

/// The flows that nothing is wrong with, and where their keys stand.
fn flows<'t>(
    finder: &mut Finder,
    tables: &[(usize, &'t DeTable<'t>)],
    defaults: &BTreeMap<&'t str, Entry<'t>>,
) -> (Vec<Flow>, Vec<Spot>) {
    let mut numbers: BTreeMap<u32, usize> = BTreeMap::new();
    let mut read = Vec::new();
    for (header, table) in tables {
        let mut table = Table::open(finder, *header, &FLOW, table).with_defaults(defaults);
        let number = table.number("number", 0);
        let line = table.spot().line("number");
        if let Some(number) = number
            && let Some(first) = numbers.insert(number, line)
        {
            let words = format!("a flow with `number = {number}` stands at line {first} already");
            table.wrong(line, words);
        }
        let flow = flow(&mut table, number);
        let sound = table.sound;
        read.extend(flow.filter(|_| sound).map(|flow| (flow, table.spot())));
    }
    read.into_iter().unzip()
}

/// Every key is read before one that is wrong ends it: all is said in one go.
fn flow(table: &mut Table<'_, '_>, number: Option<u32>) -> Option<Flow> {
    let (from, to) = (table.side("from"), table.side("to"));
    let (matters, groups) = (table.codes("kinds"), table.codes("groups"));
    let condition = optional(table, "condition", Condition::Any, Table::code);
    let (purposes, bases) = (table.codes("purposes"), table.codes("bases"));
    let powers = optional(table, "powers", Vec::new(), Table::texts);
    let (valid_from, review_by) = (table.day("valid_from"), table.day("review_by"));
    let day = |table: &mut Table<'_, '_>, key: &str| table.day(key).map(Some);
    let reaches_back_to = optional(table, "reaches_back_to", None, day);
    let tell_originator = optional(table, "tell_originator_of_reads", false, Table::flag);
    Some(Flow {
        number: number?,
        from: from?,
        to: to?,
        matters: matters?,
        groups: groups?.into_iter().collect(),
        condition: condition?,
        purposes: purposes?,
        bases: bases?,
        powers: powers?.into_iter().map(|(_, p)| p.to_owned()).collect(),
        valid_from: valid_from?,
        review_by: review_by?,
        reaches_back_to: reaches_back_to?,
        tell_originator: tell_originator?,
    })
}

/// A key that may be left out.
fn optional<'f, 't, T>(
    table: &mut Table<'f, 't>,
    key: &str,
    without: T,
    read: impl FnOnce(&mut Table<'f, 't>, &str) -> Option<T>,
) -> Option<T> {
    if table.has(key) {
        read(table, key)
    } else {
        Some(without)
    }
}
