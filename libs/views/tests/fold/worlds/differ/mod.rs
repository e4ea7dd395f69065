//! Making differences up: which of the hidden events were never published, and what hidden things say otherwise.

mod alerts;
mod contents;
mod incidents;
mod recipients;

use std::collections::BTreeSet;

use diogel_domain::{
    content::Kind,
    ids::{AgencyId, EventId},
};
use diogel_sharing::groups::{FieldGroup, Groups};
use diogel_views::{ContentState, FoldInput};

use super::{
    concern::Concern,
    difference::{Difference, Edit, Sort},
    history::{content, kind},
};
use crate::given::random::Dice;
use contents::{said_otherwise, words};
use recipients::named_otherwise;

/// A difference of a sort, which the reader may yet notice; none: the story has nothing for it.
pub fn differ(
    sort: Sort,
    inputs: &[FoldInput],
    reader: &AgencyId,
    known: &Concern,
    dice: &mut Dice,
) -> Option<Difference> {
    let (left_out, edits) = match sort {
        Sort::OtherGroups => (BTreeSet::new(), other_groups(inputs, reader, known, dice)),
        Sort::OtherContents => (BTreeSet::new(), other_contents(inputs, known, dice)),
        Sort::OtherRecipients => {
            let edit = named_otherwise(inputs, reader, dice);
            (BTreeSet::new(), edit.into_iter().collect())
        }
        less => (left_out(less, inputs, known, dice), Vec::new()),
    };
    let difference = Difference {
        sort,
        left_out,
        edits,
    };
    Some(difference).filter(|difference| !difference.is_none())
}

fn left_out(
    sort: Sort,
    inputs: &[FoldInput],
    known: &Concern,
    dice: &mut Dice,
) -> BTreeSet<EventId> {
    let hidden = inputs
        .iter()
        .filter(|i| !known.events.contains_key(&i.event_id));
    let meant: Vec<EventId> = hidden
        .filter(|i| match sort {
            Sort::ReadersLess => kind(i).is_some_and(is_of_readers),
            Sort::SharesLess => kind(i).is_some_and(is_of_sharing),
            _ => true,
        })
        .map(|input| input.event_id)
        .collect();
    match sort {
        Sort::OneLess if meant.is_empty() => BTreeSet::new(),
        Sort::OneLess => BTreeSet::from([meant[dice.roll(meant.len())]]),
        Sort::AllLess => meant.into_iter().collect(),
        _ => meant.into_iter().filter(|_| dice.roll(3) > 0).collect(),
    }
}

const fn is_of_readers(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Acknowledged
            | Kind::InvolvementClaimed
            | Kind::InvolvementConfirmed
            | Kind::InvolvementClosed
            | Kind::AccessRequested
    )
}

const fn is_of_sharing(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::AudienceChanged
            | Kind::EmergencyDisclosed
            | Kind::SharingDeclined
            | Kind::MeetingScheduled
            | Kind::MeetingChanged
    )
}

/// One to three events say something else in the groups that the reader has no right to, but others that it has.
fn other_groups(
    inputs: &[FoldInput],
    reader: &AgencyId,
    known: &Concern,
    dice: &mut Dice,
) -> Vec<Edit> {
    let partly = |input: &&FoldInput| {
        let groups = known.groups(input.event_id);
        input.agency != *reader && !groups.is_empty() && groups != Groups::ALL
    };
    let most = 1 + dice.roll(3);
    let some = picked(inputs.iter().filter(partly), most, dice);
    let edits = some.into_iter().filter_map(|input| {
        let groups = known.groups(input.event_id);
        otherwise(input, Groups::ALL.without(groups), dice)
    });
    edits.collect()
}

/// Whatever events that the reader has no right to say something else: those also without which its own wouldn't stand.
fn other_contents(inputs: &[FoldInput], known: &Concern, dice: &mut Dice) -> Vec<Edit> {
    let nothing = |input: &&FoldInput| known.groups(input.event_id).is_empty();
    let most = 1 + dice.roll(6);
    let some = picked(inputs.iter().filter(nothing), most, dice);
    let edits = some
        .into_iter()
        .filter_map(|input| otherwise(input, Groups::ALL, dice));
    edits.collect()
}

fn picked<'a>(
    from: impl Iterator<Item = &'a FoldInput>,
    most: usize,
    dice: &mut Dice,
) -> Vec<&'a FoldInput> {
    let mut from: Vec<_> = from.filter(|input| content(input).is_some()).collect();
    let mut some = Vec::new();
    while some.len() < most && !from.is_empty() {
        some.push(from.swap_remove(dice.roll(from.len())));
    }
    some
}

fn otherwise(input: &FoldInput, groups: Groups, dice: &mut Dice) -> Option<Edit> {
    let mut becomes = input.clone();
    let ContentState::Open { content, texts, .. } = &mut becomes.content else {
        return None;
    };
    said_otherwise(content, groups, dice);
    if groups.has(FieldGroup::Narrative) {
        texts.family_reason = words(dice);
    }
    Some(Edit {
        becomes,
        groups,
        recipients: Vec::new(),
    })
}
