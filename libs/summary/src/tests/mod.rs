//! Each rule of the page has a test named for it; an invented family shows the page as a whole.

mod chronicle;
mod danger;
mod disagreements;
mod drawn;
mod exclusion;
mod family;
mod golden;
mod handling;
mod hostile;
mod needs;
mod network;
mod never;
mod order;
mod plan;
mod practice;
mod progress;
mod room;
mod sharing;
mod statements;
mod wording;

use diogel_domain::codes::Language;
use family::{OWN_FLOW, Told, setting};

use crate::{Document, Line, Source, Topic, summarise};

/// The lines of a topic; empty if its section is left out.
fn lines(document: &Document, topic: Topic) -> Vec<&Line> {
    let sections = document.sections.iter().filter(|s| s.topic == topic);
    sections.flat_map(|s| &s.lines).collect()
}

/// The texts of a topic, one line each.
fn text(document: &Document, topic: Topic) -> String {
    let texts = lines(document, topic)
        .into_iter()
        .map(|l| l.text.to_string());
    texts.collect::<Vec<_>>().join("\n")
}

/// The English summary of these sources for the council.
fn english(sources: &[Source]) -> Document {
    summarise(&setting(Language::English), sources)
}

/// One event as the council may see it, all groups granted.
fn shown(told: &Told) -> Source {
    told.seen_by("social-care", OWN_FLOW)
}
