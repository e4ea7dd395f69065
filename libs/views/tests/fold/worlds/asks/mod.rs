//! Everything that a reader can ask of a view, asked, with the answers as lines of text.
//!
//! Positions are told as the events at them, because events that are missing leave no numbers behind. The reader's own numbers, of
//! changes, pages and outcomes, stay as they are.

mod accounts;
mod drafts;
mod items;
mod people;

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Display,
};

use diogel_domain::{
    ids::{AgencyId, EventId},
    times::Moment,
};
use diogel_views::{FoldInput, Folded, Reader, rows::ItemState, store::Store};

use super::history::references;
use crate::given::random::{Dice, WITHHELD};

/// What is asked: the same in both worlds.
pub struct Questions {
    pub reader: AgencyId,
    /// Every event of the first world, and some that nobody made.
    pub events: Vec<EventId>,
    /// The reader's own.
    pub own: Vec<EventId>,
    /// Who else is in the room.
    pub companions: Vec<AgencyId>,
    pub when: When,
}

/// As whom and as of when a question is asked.
#[derive(Debug, Clone, Copy)]
pub struct When {
    now: Moment,
    as_of: Option<Moment>,
    person: &'static str,
}

/// A line of an answer, with those in the room besides the reader.
pub type Line = (Vec<AgencyId>, String);

/// The views' answers; empty for an agency that may ask nothing.
pub struct Answers(pub Vec<Line>);

impl Questions {
    pub fn of(inputs: &[FoldInput], reader: &AgencyId, dice: &mut Dice) -> Self {
        let at = |dice: &mut Dice| inputs[dice.roll(inputs.len())].ordered_at;
        let end = inputs.last().map_or(Moment(0), |input| input.ordered_at);
        let days = [0, 1, 100, 400][dice.roll(4)];
        let person = ["", "Nurse Invented", WITHHELD][dice.roll(3)];
        let when = |now, as_of, person| When { now, as_of, person };
        let later = Moment(end.0 + days * Moment::DAY);
        let (before, earlier) = (at(dice), at(dice));
        let others: Vec<AgencyId> = crate::given::AGENCIES
            .iter()
            .map(|(id, _)| crate::given::agency(id))
            .filter(|id| id != reader)
            .collect();
        let companions = [0, 1].map(|_| others[dice.roll(others.len())].clone());
        Self {
            reader: reader.clone(),
            events: heard_of(inputs),
            own: inputs
                .iter()
                .filter(|i| i.agency == *reader)
                .map(|i| i.event_id)
                .collect(),
            companions: companions.into(),
            when: match dice.roll(4) {
                0 => when(later, None, person),
                1 => when(end, Some(before), person),
                2 => when(later, Some(earlier), "Nurse Invented"),
                _ => when(end, None, "Nurse Invented"),
            },
        }
    }

    /// Asks everything.
    pub fn asked<S: Store>(&self, views: &Folded<S>, inputs: &[FoldInput]) -> Answers {
        let mut lines = Vec::new();
        if let Some(reader) = views.reader(&self.reader, self.when.now) {
            let When { as_of, person, .. } = self.when;
            let reader = views.on_behalf_of(reader, person).as_of(as_of);
            let mut asks = Asks {
                views,
                questions: self,
                reader,
                at: inputs.iter().map(|i| (i.position, i.event_id)).collect(),
                positions: inputs.iter().map(|i| (i.event_id, i.position)).collect(),
                lines,
            };
            asks.items();
            asks.people();
            asks.accounts();
            if as_of.is_none() {
                asks.drafts();
            }
            lines = asks.lines;
        }
        let outcomes = views.outcomes(&self.reader, 0, usize::MAX).unwrap();
        lines.extend(outcomes.iter().map(|row| (Vec::new(), format!("{row:?}"))));
        Answers(lines)
    }
}

/// Every id that somebody could have heard of: made, referred to, or neither.
fn heard_of(inputs: &[FoldInput]) -> Vec<EventId> {
    let made = inputs.iter().map(|input| input.event_id);
    let named = inputs
        .iter()
        .flat_map(|i| references(i).iter().map(|r| r.event_id));
    let mut nobodys = inputs[0].event_id;
    nobodys.0[15] = 0xee;
    let all: BTreeSet<EventId> = made.chain(named).chain([nobodys]).collect();
    all.into_iter().collect()
}

/// One reader at one moment, asking one view.
struct Asks<'a, S> {
    views: &'a Folded<S>,
    questions: &'a Questions,
    reader: Reader,
    at: BTreeMap<u64, EventId>,
    positions: BTreeMap<EventId, u64>,
    lines: Vec<Line>,
}

impl<S> Asks<'_, S> {
    fn says(&mut self, line: impl Display) {
        self.lines.push((Vec::new(), line.to_string()));
    }

    fn says_in(&mut self, room: &[AgencyId], line: impl Display) {
        self.lines.push((room.to_vec(), line.to_string()));
    }

    fn event(&self, position: u64) -> EventId {
        self.at[&position]
    }

    /// A state with the event that made it so, in place of its position.
    fn state(&self, state: ItemState) -> String {
        let said = format!("{state:?}");
        let (state_is, by) = (said.split('(').next(), state.by());
        let by = by.map(|by| self.event(by).to_string()).unwrap_or_default();
        format!("{} {by}", state_is.unwrap_or_default())
    }
}
