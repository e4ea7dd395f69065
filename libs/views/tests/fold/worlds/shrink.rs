//! A failing pair made small and told: without every event that isn't needed for the failure.

use std::fmt::Write;

use diogel_views::FoldInput;

use super::{
    asks::Questions,
    history::{content, header, kind, references},
    pair::{Noticed, Pair},
};

/// Drops events one by one, and then what differs, while the reader still notices what it may not.
pub fn shrunk(mut pair: Pair, questions: &Questions) -> Pair {
    loop {
        let smaller = smaller(&pair, questions);
        match smaller {
            Some(smaller) => pair = smaller,
            None => return pair,
        }
    }
}

fn smaller(pair: &Pair, questions: &Questions) -> Option<Pair> {
    let events: Vec<_> = pair.one.iter().rev().map(|i| i.event_id).collect();
    let without = events.into_iter().map(|event| pair.without(event));
    let less = pair.difference.left_out.iter().map(|event| {
        let mut less = pair.clone();
        less.difference.left_out.remove(event);
        less
    });
    without.chain(less).find(|smaller| {
        !smaller.one.is_empty()
            && !smaller.difference.is_none()
            && smaller.is_hidden_from(&pair.reader)
            && smaller.noticed(questions).is_some()
    })
}

/// The pair in lines that a person can read.
pub fn told(pair: &Pair, noticed: &Noticed) -> String {
    let mut to = String::new();
    let difference = &pair.difference;
    writeln!(to, "{} notices {:?}:", pair.reader, difference.sort).unwrap();
    for input in &pair.one {
        let gone = difference.left_out.contains(&input.event_id);
        let mark = if gone { "LESS" } else { "" };
        writeln!(to, "  {} {mark}", line(input)).unwrap();
        let mut edits = difference.edits.iter();
        if let Some(edit) = edits.find(|e| e.becomes.event_id == input.event_id) {
            writeln!(to, "     OTHERWISE {}", line(&edit.becomes)).unwrap();
        }
    }
    let (one, other) = parted(&noticed.one, &noticed.other);
    writeln!(to, "first: {one}\nother: {other}").unwrap();
    to
}

fn line(input: &FoldInput) -> String {
    let mut said = format!(
        "{:>2} {} {} {}",
        input.position,
        input.event_id,
        input.agency,
        kind(input).map_or("not understood", |kind| kind.code())
    );
    for reference in references(input) {
        let (role, event) = (reference.role, reference.event_id);
        let hash = if reference.hash.is_some() { "#" } else { "" };
        write!(said, " {role:?} {event}{hash}").unwrap();
    }
    let Some(header) = header(input) else {
        return said;
    };
    if let Some(audience) = &header.audience {
        let grants: Vec<String> = audience.grants.iter().map(|g| format!("{g:?}")).collect();
        let (withheld, until) = (&audience.withheld, audience.until);
        write!(
            said,
            " to {grants:?} not {withheld:?} until {until:?} by name {}",
            audience.restricted_by_person
        )
        .unwrap();
    }
    write!(said, " {:?} {:?}", header.change, header.attendance).unwrap();
    let open: String = format!("{:?}", header.open).chars().take(90).collect();
    write!(said, " {open}").unwrap();
    for person in content(input).map_or(&[][..], |content| content.people()) {
        let identity = person.identity.iter();
        let who = identity.flat_map(|i| i.identifiers.iter().map(|i| i.value.as_str()));
        write!(said, " {} is {:?}", person.label, who.collect::<Vec<_>>()).unwrap();
    }
    said
}

/// Two long lines from a little before where they part.
fn parted<'a>(one: &'a str, other: &'a str) -> (String, String) {
    let same = one.chars().zip(other.chars());
    let same = same.take_while(|(a, b)| a == b).count();
    let from = same.saturating_sub(160);
    let cut = |of: &'a str| {
        let start: String = of.chars().take(60).collect();
        let rest: String = of.chars().skip(from.max(60)).take(400).collect();
        format!("{start} … {rest}")
    };
    (cut(one), cut(other))
}
