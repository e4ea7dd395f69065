//! A pair of worlds with a reader who may not notice the difference, and whether it does.

use std::collections::BTreeSet;

use diogel_domain::ids::{AgencyId, EventId};
use diogel_views::{
    FoldInput, Folded,
    store::{MemoryStore, Store},
};

use super::{
    asks::{Answers, Questions},
    concern::concern,
    difference::{Difference, renumber},
    history::History,
};
use crate::given::views::{empty, sweep};

/// Two worlds that are one to the reader.
#[derive(Clone)]
pub struct Pair {
    pub reader: AgencyId,
    pub one: Vec<FoldInput>,
    pub difference: Difference,
    pub pace: Pace,
}

/// The first lines that aren't the same.
pub struct Noticed {
    pub one: String,
    pub other: String,
}

impl Pair {
    /// Those of the companions who may not notice the difference either. In a room with others a reader is told what all of them
    /// may see, so that rests on what the others may see as well: with these it must still be the same.
    pub fn unaware(&self, companions: &[AgencyId]) -> BTreeSet<AgencyId> {
        let unaware = |companion: &&AgencyId| self.is_hidden_from(companion);
        companions.iter().filter(unaware).cloned().collect()
    }

    pub fn is_hidden_from(&self, agency: &AgencyId) -> bool {
        let known = concern(&History::of(&self.one), agency);
        self.difference.is_hidden_from(&self.one, agency, &known)
    }

    /// Asks both worlds anew.
    pub fn noticed(&self, questions: &Questions) -> Option<Noticed> {
        let two = self.difference.applied(&self.one);
        let lived = |inputs| lived(MemoryStore::default(), inputs, self.pace);
        let one = questions.asked(&lived(&self.one), &self.one);
        let other = questions.asked(&lived(&two), &two);
        noticed(&one, &other, &self.unaware(&questions.companions)).err()
    }

    /// The same without one event of both worlds.
    pub fn without(&self, event: EventId) -> Self {
        let mut less = self.clone();
        less.one.retain(|input| input.event_id != event);
        renumber(&mut less.one);
        let difference = &mut less.difference;
        difference.left_out.remove(&event);
        difference
            .edits
            .retain(|edit| edit.becomes.event_id != event);
        less
    }
}

/// How many lines were the same; or the first that weren't.
pub fn noticed(
    one: &Answers,
    other: &Answers,
    unaware: &BTreeSet<AgencyId>,
) -> Result<usize, Noticed> {
    let heard = |answers: &Answers| {
        let lines = answers.0.iter();
        let lines = lines.filter(|(room, _)| room.iter().all(|id| unaware.contains(id)));
        lines.map(|(_, line)| line.clone()).collect::<Vec<_>>()
    };
    let (one, other) = (heard(one), heard(other));
    let longest = one.len().max(other.len());
    let line = |of: &[String], at: usize| of.get(at).cloned().unwrap_or_default();
    for at in 0..longest {
        let (one, other) = (line(&one, at), line(&other, at));
        if one != other {
            return Err(Noticed { one, other });
        }
    }
    Ok(longest)
}

/// When a change of the rules is carried through.
#[derive(Debug, Clone, Copy)]
pub enum Pace {
    /// Before anything else happens.
    AtOnce,
    /// After everything.
    AtTheEnd,
    /// It hasn't begun yet.
    Never,
}

/// A world as it goes.
pub fn lived<S: Store>(store: S, inputs: &[FoldInput], pace: Pace) -> Folded<S> {
    let views = empty(store);
    match pace {
        Pace::AtOnce => inputs.iter().for_each(|input| {
            views.fold(std::slice::from_ref(input)).unwrap();
            sweep(&views);
        }),
        Pace::AtTheEnd => {
            views.fold(inputs).unwrap();
            sweep(&views);
        }
        Pace::Never => views.fold(inputs).unwrap(),
    }
    views
}
