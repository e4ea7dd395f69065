//! What takes away never gives.

use diogel_sharing::{
    change::{Change, Narrowing},
    groups::Groups,
};

use super::{
    board::{Board, id, moment},
    dice::Dice,
    holds,
    story::{AGENCIES, Name},
};

/// After a change of the board, nobody gets what it didn't get before.
fn never_widens(change: impl Fn(&mut Dice, &mut Board<'_>, i64)) {
    holds(|dice, board, name, now| {
        let mut less = board.clone();
        change(dice, &mut less, now);
        let before = board.decision(name, now).groups;
        let after = less.decision(name, now).groups;
        (!before.covers(after)).then(|| format!("{before:?} became {after:?}"))
    });
}

fn any(dice: &mut Dice) -> Name {
    dice.pick(&AGENCIES).0
}

#[test]
fn withholding_never_widens() {
    never_widens(|dice, board, _| {
        board.audience.withheld.insert(id(any(dice)));
    });
}

#[test]
fn a_grant_less_never_widens() {
    never_widens(|dice, board, _| {
        let widened = board
            .changes
            .iter_mut()
            .filter_map(|(_, change)| match change {
                Change::Widen(grants) => Some(grants),
                Change::Narrow(_) | Change::Withdraw | Change::Disclose(_) => None,
            });
        for grants in widened.chain([&mut board.audience.grants]) {
            grants.retain(|_| !dice.one_in(3));
        }
    });
}

#[test]
fn a_flow_less_never_widens() {
    never_widens(|dice, board, _| {
        let agreements = board.rules.agreements.values_mut();
        for version in agreements.flat_map(|agreement| &mut agreement.versions) {
            version.protocol.flows.retain(|_| !dice.one_in(3));
        }
    });
}

/// Of all versions: without the signature under the latest alone, the version before it stands again, with what that carries.
#[test]
fn a_signatory_less_never_widens() {
    never_widens(|dice, board, _| {
        let gone = id(any(dice));
        let agreements = board.rules.agreements.values_mut();
        for version in agreements.flat_map(|agreement| &mut agreement.versions) {
            version.signed.remove(&gone);
        }
    });
}

#[test]
fn a_version_s_only_signature_less_never_widens() {
    never_widens(|dice, board, _| {
        let gone = id(any(dice));
        for agreement in board.rules.agreements.values_mut() {
            if let [only] = agreement.versions.as_mut_slice() {
                only.signed.remove(&gone);
            }
        }
    });
}

#[test]
fn a_protocol_less_never_widens() {
    never_widens(|_, board, _| drop(board.rules.agreements.pop_first()));
}

#[test]
fn an_end_that_the_originator_sets_never_widens() {
    never_widens(|dice, board, now| {
        let until = now - 5 + i64::try_from(dice.roll(10)).unwrap();
        let sooner = board
            .audience
            .until
            .map_or(moment(until), |u| u.min(moment(until)));
        board.audience.until = Some(sooner);
    });
}

#[test]
fn narrowing_never_widens_and_takes_what_it_names() {
    holds(|dice, board, name, now| {
        let mut less = board.clone();
        let groups: Groups = diogel_sharing::groups::FieldGroup::ALL
            .into_iter()
            .filter(|_| dice.one_in(3))
            .collect();
        let later = less.changes.partition_point(|(at, _)| *at <= moment(now));
        let from = [].into();
        let narrowing = Change::Narrow(Narrowing { from, groups });
        less.changes.insert(later, (moment(now), narrowing));
        let before = board.decision(name, now).groups;
        let after = less.decision(name, now).groups;
        // Its own events nobody takes from an originator, nor what practice tells.
        let told = ["escalation", "emergency_disclosure", "access_request"];
        let takes = name != board.item.by && !told.contains(&board.item.kind);
        let kept = takes && !after.meet(groups).is_empty();
        (!before.covers(after) || kept).then(|| format!("{before:?} without {groups:?}: {after:?}"))
    });
}
