//! Another agency is named, or isn't: in an audience, or in what changes one.

use std::collections::BTreeSet;

use diogel_domain::{
    content::ReferenceRole,
    ids::{AgencyId, EventId},
};
use diogel_sharing::{
    audience::{Audience, Grant, Recipient},
    change::Change,
    groups::Groups,
};
use diogel_views::FoldInput;

use super::super::{
    difference::Edit,
    history::{header, references},
};
use crate::given::{AGENCIES, agency, random::Dice};

/// Some event of others names another agency more, or less.
pub fn named_otherwise(inputs: &[FoldInput], reader: &AgencyId, dice: &mut Dice) -> Option<Edit> {
    let can_name = |input: &&FoldInput| {
        let header = header(input);
        let named = header.is_some_and(|h| h.audience.is_some() || h.change.is_some());
        input.agency != *reader && named
    };
    let named: Vec<&FoldInput> = inputs.iter().filter(can_name).collect();
    if named.is_empty() {
        return None;
    }
    let input = named[dice.roll(named.len())];
    let other = agency(AGENCIES[dice.roll(AGENCIES.len())].0);
    if other == *reader || other == input.agency {
        return None;
    }
    let target = shared(input);
    let mut becomes = input.clone();
    let (_, header) = becomes.known.as_mut()?;
    let event = match (&mut header.change, &mut header.audience) {
        (Some(change), _) if dice.roll(2) == 0 => {
            changed(change, &other, dice)?;
            target?
        }
        (_, Some(audience)) => {
            audience_changed(audience, &other, dice);
            input.event_id
        }
        (_, None) => return None,
    };
    Some(Edit {
        becomes,
        groups: Groups::NONE,
        recipients: vec![(other, event)],
    })
}

fn shared(input: &FoldInput) -> Option<EventId> {
    let mut shares = references(input)
        .iter()
        .filter(|r| r.role == ReferenceRole::Shares);
    shares.next().map(|r| r.event_id)
}

fn audience_changed(audience: &mut Audience, other: &AgencyId, dice: &mut Dice) {
    if dice.roll(4) == 0 {
        toggle(&mut audience.withheld, other);
        return;
    }
    regrant(&mut audience.grants, other, dice);
    audience.originator_only = audience.grants.is_empty();
}

/// None: it can't be said of this one.
fn changed(change: &mut Change, other: &AgencyId, dice: &mut Dice) -> Option<()> {
    match change {
        Change::Widen(grants) => regrant(grants, other, dice),
        Change::Narrow(narrowing) if !narrowing.from.is_empty() => {
            toggle(&mut narrowing.from, other);
            // From nobody would be from everybody.
            return (!narrowing.from.is_empty()).then_some(());
        }
        Change::Disclose(disclosure) => toggle(&mut disclosure.to, other),
        Change::Narrow(_) | Change::Withdraw => return None,
    }
    Some(())
}

fn regrant(grants: &mut Vec<Grant>, other: &AgencyId, dice: &mut Dice) {
    let to = Recipient::Agency(other.clone());
    let before = grants.len();
    grants.retain(|grant| grant.to != to);
    if grants.len() == before {
        let groups = (dice.roll(2) == 0).then_some(Groups::ALL);
        grants.push(Grant { to, groups });
    }
}

fn toggle(agencies: &mut BTreeSet<AgencyId>, other: &AgencyId) {
    if !agencies.remove(other) {
        agencies.insert(other.clone());
    }
}
