//! The lines: who asks, and how it stands to the event.

use diogel_sharing::decide::{Involvement, Relation};

use crate::audiences::MEETING;

/// A recipient.
#[derive(Debug, Clone, Copy)]
pub struct Line {
    pub title: &'static str,
    /// The agency that asks.
    pub agency: &'static str,
    /// The agency that the audience is set for.
    pub named: &'static str,
    pub relation: Relation<'static>,
    pub withheld: bool,
    /// The originator discloses existence, safety and place to it in an emergency.
    pub emergency: bool,
    /// Sits in the room of the last lines.
    pub is_in_the_room: bool,
}

const fn line(title: &'static str, agency: &'static str) -> Line {
    let relation = Relation {
        involved: Involvement::None,
        involved_then: Involvement::None,
        attends: &[],
        concerned: false,
    };
    Line {
        title,
        agency,
        named: agency,
        relation,
        withheld: false,
        emergency: false,
        is_in_the_room: false,
    }
}

const fn involved(title: &'static str, then: Involvement, now: Involvement) -> Line {
    let mut line = line(title, "clinic");
    line.relation.involved = now;
    line.relation.involved_then = then;
    line
}

const fn attends(mut line: Line) -> Line {
    line.relation.attends = &[MEETING];
    line
}

const fn concerned(mut line: Line) -> Line {
    line.relation.concerned = true;
    line
}

const fn withheld(mut line: Line) -> Line {
    line.withheld = true;
    line
}

const fn emergency(mut line: Line) -> Line {
    line.emergency = true;
    line
}

const fn but_named(mut line: Line, named: &'static str) -> Line {
    line.named = named;
    line
}

const fn in_the_room(mut line: Line) -> Line {
    line.is_in_the_room = true;
    line
}

use Involvement::{Claimed, Confirmed, None};

/// Every recipient but those in a room.
#[rustfmt::skip]
pub const LINES: &[Line] = &[
    line("originator", "council"),
    line("has signed", "clinic"),
    involved("involvement claimed", Claimed, Claimed),
    involved("involvement claimed since", None, Claimed),
    involved("involvement confirmed", Confirmed, Confirmed),
    involved("involvement confirmed since", None, Confirmed),
    involved("claimed then, confirmed since", Claimed, Confirmed),
    involved("formerly involved", Confirmed, None),
    attends(line("attends the meeting", "clinic")),
    line("no longer attends", "clinic"),
    in_the_room(attends(involved("involved, and attends", Confirmed, Confirmed))),
    concerned(line("concerned", "clinic")),
    concerned(withheld(line("concerned, but withheld", "clinic"))),
    line("Board", "board"),
    but_named(line("Board, not named", "board"), "clinic"),
    withheld(line("Board, but withheld", "board")),
    but_named(line("not named", "police"), "clinic"),
    in_the_room(but_named(attends(line("not named, but attends", "police")), "clinic")),
    withheld(line("withheld", "clinic")),
    line("party that hasn't signed", "school"),
    line("no party", "refuge"),
    line("suspended", "hospital"),
    line("unknown to the Board", "stranger"),
    emergency(line("no party, emergency", "refuge")),
    emergency(line("has signed, emergency", "clinic")),
    emergency(withheld(line("withheld, emergency", "clinic"))),
    emergency(line("suspended, emergency", "hospital")),
];
