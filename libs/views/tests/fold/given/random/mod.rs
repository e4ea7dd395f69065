//! Seeded stories: everything that can happen, in every order.

mod acts;
mod audiences;
mod board;
mod items;
mod steps;

pub use audiences::WITHHELD;
pub use items::one as person;

use diogel_domain::{ids::EventId, times::Moment};
use diogel_views::{ContentState, FoldInput, Folded};

use super::{
    AGENCIES, PROTOCOL, Story, agency,
    views::{Shared, empty},
};

/// SplitMix64: the same seed, the same story.
pub struct Dice(pub u64);

impl Dice {
    pub fn roll(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % below as u64).unwrap()
    }

    fn one_in(&mut self, n: usize) -> bool {
        self.roll(n) == 0
    }

    fn pick<T: Clone>(&mut self, from: &[T]) -> T {
        from[self.roll(from.len())].clone()
    }

    /// Each of these, or not.
    fn some(&mut self, of: &[&'static str]) -> Vec<&'static str> {
        of.iter().copied().filter(|_| self.one_in(2)).collect()
    }
}

pub const REFERENCES: [&str; 6] = ["T-1", "T-2", "T-3", "T-4", "T-5", "T-6"];
pub const UPRNS: [&str; 2] = ["100", "200"];

/// What an earlier event was, as far as later ones look for one to refer to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    Item,
    Claim,
    Meeting,
    Request,
    Other,
}

/// Somebody who makes a story up.
struct Teller {
    dice: Dice,
    story: Story,
    told: Vec<(&'static str, EventId, Sort)>,
    erased: Vec<EventId>,
    protocols: Vec<String>,
    /// What has come of it so far: an agency gives the hash of what it was told, and of nothing else.
    views: Folded<Shared>,
    left: usize,
}

/// A story of so many events, with the events whose keys were destroyed.
pub fn story(seed: u64, events: usize) -> (Story, Vec<EventId>) {
    let story = Story::begins();
    let mut teller = Teller {
        dice: Dice(seed),
        told: Vec::new(),
        erased: Vec::new(),
        protocols: vec![PROTOCOL.to_owned()],
        views: empty(Shared::default()),
        left: events,
        story,
    };
    while teller.left > 0 {
        teller.left -= 1;
        teller.tells();
    }
    (teller.story, teller.erased)
}

impl Teller {
    fn tells(&mut self) {
        if self.dice.one_in(25) {
            self.story.days_pass(1);
        }
        let by = self.dice.pick(&AGENCIES).0;
        let before = self.story.inputs.len();
        let (event, sort) = self.act(by);
        if self.dice.one_in(40) {
            self.story.last().known = None;
        }
        if self.dice.one_in(40) && matches!(self.story.last().content, ContentState::Open { .. }) {
            self.story.last().content = ContentState::Lost;
        }
        let author = self.story.inputs[before].agency.clone();
        let author = AGENCIES.iter().find(|a| a.0 == author.as_str());
        let author = author.map_or("board", |a| a.0);
        self.told.push((author, event, sort));
        self.with_hashes(before);
    }

    /// Mostly, what was told is named by its hash.
    fn with_hashes(&mut self, at: usize) {
        let folded = usize::try_from(self.views.checkpoint().position).unwrap();
        self.views.fold(&self.story.inputs[folded..at]).unwrap();
        let input = &mut self.story.inputs[at];
        let reader = self.views.reader(&input.agency, input.ordered_at);
        let (Some(reader), Some((_, header))) = (reader, &mut input.known) else {
            return;
        };
        for reference in &mut header.references {
            let seen = self.views.see_event(&reader, reference.event_id).unwrap();
            let told = seen.filter(|_| !self.dice.one_in(4));
            reference.hash = told.map(|seen| seen.item.hash);
        }
    }

    /// Some event: now and then one that is still to come, so that what refers to it parks.
    fn any(&mut self, sort: Option<Sort>) -> EventId {
        let to_come = 1 + self.dice.roll(3).min(self.left);
        let known = self.told.iter().filter(|t| sort.is_none_or(|s| t.2 == s));
        let known: Vec<EventId> = known.map(|t| t.1).collect();
        if known.is_empty() || self.dice.one_in(6) {
            self.story.id_to_come(to_come)
        } else {
            self.dice.pick(&known)
        }
    }

    /// One of its own, mostly.
    fn own(&mut self, by: &str, sort: Option<Sort>) -> EventId {
        let own = self.told.iter().filter(|t| t.0 == by);
        let own = own.filter(|t| sort.is_none_or(|s| t.2 == s)).map(|t| t.1);
        let own: Vec<EventId> = own.collect();
        if own.is_empty() || self.dice.one_in(8) {
            self.any(sort)
        } else {
            self.dice.pick(&own)
        }
    }

    fn now(&self) -> Moment {
        self.story.now
    }
}

/// The input is of a kind that this version understands.
pub fn understood(input: &FoldInput) -> bool {
    input.known.is_some() && !matches!(input.content, ContentState::NotUnderstood)
}

/// Every agency but this.
fn others(by: &str) -> Vec<&'static str> {
    let ids = AGENCIES.iter().map(|a| a.0);
    ids.filter(|id| *id != by).collect()
}

/// A set of agencies.
fn ids<C: FromIterator<diogel_domain::ids::AgencyId>>(of: &[&str]) -> C {
    of.iter().map(|id| agency(id)).collect()
}
