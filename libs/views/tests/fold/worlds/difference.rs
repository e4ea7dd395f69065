//! What differs between two worlds, as data: so that a failing pair can be made smaller and told.

use std::collections::BTreeSet;

use diogel_domain::ids::{AgencyId, EventId};
use diogel_sharing::groups::Groups;
use diogel_views::FoldInput;

use super::{
    concern::{Concern, concern},
    history::History,
};

/// How the second world differs from the first.
#[derive(Clone)]
pub struct Difference {
    pub sort: Sort,
    /// Never published.
    pub left_out: BTreeSet<EventId>,
    /// Published otherwise.
    pub edits: Vec<Edit>,
}

/// An event as it is in the second world.
#[derive(Clone)]
pub struct Edit {
    pub becomes: FoldInput,
    /// What its content says otherwise.
    pub groups: Groups,
    /// Who comes to know more or less of which event.
    pub recipients: Vec<(AgencyId, EventId)>,
}

/// The sorts of difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sort {
    /// One hidden event less.
    OneLess,
    /// Some of the hidden events less.
    SomeLess,
    /// Every hidden event less.
    AllLess,
    /// What others took, claimed and confirmed, less.
    ReadersLess,
    /// What others were given, or was taken from them, less.
    SharesLess,
    /// Groups that the reader never had a right to say something else.
    OtherGroups,
    /// Events that the reader never had a right to say something else.
    OtherContents,
    /// Another agency is named, or isn't.
    OtherRecipients,
}

impl Sort {
    pub const ALL: [Self; 8] = [
        Self::OneLess,
        Self::SomeLess,
        Self::AllLess,
        Self::ReadersLess,
        Self::SharesLess,
        Self::OtherGroups,
        Self::OtherContents,
        Self::OtherRecipients,
    ];
}

impl Difference {
    /// The second world: events that are missing leave no positions behind.
    pub fn applied(&self, inputs: &[FoldInput]) -> Vec<FoldInput> {
        let kept = inputs
            .iter()
            .filter(|i| !self.left_out.contains(&i.event_id));
        let mut other: Vec<FoldInput> = kept.map(|input| self.edited(input)).collect();
        renumber(&mut other);
        other
    }

    fn edited(&self, input: &FoldInput) -> FoldInput {
        let mut edits = self.edits.iter();
        let edit = edits.find(|edit| edit.becomes.event_id == input.event_id);
        edit.map_or(input, |edit| &edit.becomes).clone()
    }

    /// There is a difference, and an agency may not notice it: what concerns it is the same in both worlds, and says the same as far
    /// as it has a right to it.
    pub fn is_hidden_from(&self, one: &[FoldInput], agency: &AgencyId, known: &Concern) -> bool {
        let mut left_out = self.left_out.iter();
        let other = self.applied(one);
        let said = self.edits.iter().all(|edit| {
            let event = edit.becomes.event_id;
            let groups = known.groups(event);
            let shows = |told| known.knowing.contains(told) || told.0 == *agency;
            groups.meet(edit.groups).is_empty() && !edit.recipients.iter().any(shows)
        });
        !left_out.any(|event| known.events.contains_key(event))
            && said
            && *known == concern(&History::of(&other), agency)
    }

    pub fn is_none(&self) -> bool {
        self.left_out.is_empty() && self.edits.is_empty()
    }
}

/// Gives events positions without gaps.
pub fn renumber(inputs: &mut [FoldInput]) {
    for (input, position) in inputs.iter_mut().zip(1..) {
        input.position = position;
    }
}
