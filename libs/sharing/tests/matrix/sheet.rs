//! The text: a block for each kind of event, with what makes no difference taken together.

use std::fmt::Write;

use diogel_domain::{
    codes::{HandlingCode, Purpose},
    content::Matter,
};
use diogel_sharing::{groups::FieldGroup, room};

use crate::{
    audiences::Form,
    legend::{self, legend},
    recipients::{LINES, Line},
    scene::{Block, in_a_room, rules},
    times::When,
};

/// Names with the text that they share, in the order in which they come.
type Shared = Vec<(Vec<String>, String)>;

/// The matrix.
pub fn write() -> String {
    let mut blocks = Shared::new();
    for matter in Matter::ALL {
        let title = legend::title(*matter).to_owned();
        share(&mut blocks, title, matter_of(*matter));
    }
    let mut text = legend();
    for (matters, block) in blocks {
        let _ = write!(text, "\n== {}\n{block}", matters.join("\n== "));
    }
    text
}

fn share(shared: &mut Shared, name: String, text: String) {
    match shared.iter_mut().find(|(_, same)| *same == text) {
        Some((names, _)) => names.push(name),
        None => shared.push((vec![name], text)),
    }
}

fn matter_of(matter: Matter) -> String {
    let mut shared = Shared::new();
    for purpose in Purpose::ALL {
        for (handling, table) in handlings(matter, *purpose) {
            let table = format!("handling {}\n{table}", handling.join(" and "));
            share(&mut shared, purpose.code().to_owned(), table);
        }
    }
    let tables = shared.into_iter();
    let tables = tables.map(|(why, table)| format!("\n-- {}; {table}", why.join(", ")));
    tables.collect()
}

fn handlings(matter: Matter, purpose: Purpose) -> Shared {
    let mut shared = Shared::new();
    for handling in HandlingCode::ALL {
        let block = Block {
            matter,
            purpose,
            handling: *handling,
        };
        share(&mut shared, handling.code().to_owned(), table(block));
    }
    shared
}

fn table(block: Block) -> String {
    let mut lines = Shared::new();
    for line in LINES {
        share(
            &mut lines,
            line.title.to_owned(),
            rows(|when| cells(block, line, when)),
        );
    }
    for (title, family) in ROOMS {
        let room = rows(|when| in_the_room(block, *family, when));
        share(&mut lines, (*title).to_owned(), room);
    }
    let lines = lines.into_iter();
    let lines = lines.map(|(titles, rows)| format!("{}\n{rows}", titles.join("; ")));
    heading() + &lines.collect::<String>()
}

/// The cells of a recipient at each time; times at which they are the same are one row.
fn rows(cells: impl Fn(When) -> [String; Form::ALL.len()]) -> String {
    let mut times = Shared::new();
    for when in When::ALL {
        share(&mut times, when.title().to_owned(), cells(when).join(" "));
    }
    let every = times.len() == 1;
    let rows = times.into_iter().map(|(names, cells)| {
        let names = if every {
            "at every time".to_owned()
        } else {
            names.join(", ")
        };
        format!("| {cells} | {names}\n")
    });
    rows.collect()
}

fn cells(block: Block, line: &Line, when: When) -> [String; Form::ALL.len()] {
    let board = rules(when, line.agency);
    Form::ALL.map(|form| block.cell(board, line, when, form).1)
}

/// Who reads in a room.
#[derive(Clone, Copy)]
enum Present {
    Professionals,
    /// Of the family: the person with this label in the audience.
    Family(&'static str),
    /// Of the family: somebody who has no label there.
    Unnamed,
}

/// In a room are an agency that is involved and attends, and one that attends; the audience is for the first. A member of the
/// family sits with the first alone.
const ROOMS: &[(&str, Present)] = &[
    (
        "professionals present: involved and attending, with one that isn't named",
        Present::Professionals,
    ),
    (
        "family beside the involved and attending: named, yes",
        Present::Family("p1"),
    ),
    ("family: named, no", Present::Family("p2")),
    (
        "family: not named, ask the originator first",
        Present::Unnamed,
    ),
];

fn in_the_room(block: Block, reader: Present, when: When) -> [String; Form::ALL.len()] {
    let present: Vec<&Line> = LINES.iter().filter(|line| line.is_in_the_room).collect();
    Form::ALL.map(|form| {
        let of = |line: &&Line| block.cell(rules(when, line.agency), line, when, form).0;
        let family =
            |label| block.family(room::professionals(present.iter().take(1).map(of)), label);
        let groups = match reader {
            Present::Professionals => room::professionals(present.iter().map(of)),
            Present::Family(label) => family(Some(label)),
            Present::Unnamed => family(None),
        };
        in_a_room(groups)
    })
}

fn heading() -> String {
    let titles = Form::ALL
        .map(|form| format!("{:13}", form.title()))
        .join(" ");
    let letters: String = FieldGroup::ALL.map(legend::letter).iter().collect();
    format!(
        "  {titles}\n  {}\n",
        Form::ALL.map(|_| letters.as_str()).join(" ")
    )
}
