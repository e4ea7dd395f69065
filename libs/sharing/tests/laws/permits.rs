//! Permits: what was decided, and never more than was stored.

use diogel_sharing::{
    groups::{FieldGroup, Groups},
    permit::Permit,
};

use super::{
    board::{Board, id},
    dice::Dice,
    holds,
    sets::some,
    story::Name,
};

/// For a read and for the door.
fn permits(board: &Board<'_>, name: Name, now: i64, stored: Groups) -> [Option<Groups>; 2] {
    let (originator, stands) = (id(board.item.by), board.stands(name, now));
    let (question, relation) = (board.question(&originator, now), stands.relation());
    let (rules, recipient) = (&board.rules, id(name));
    let read = Permit::for_read(rules, &question, &recipient, relation, stored);
    let door = Permit::for_door(rules, &question, &recipient, relation, stored);
    [read, door].map(|permit| permit.map(|permit| permit.groups()))
}

fn expected(decided: Groups) -> [Option<Groups>; 2] {
    let having = |group| Some(decided).filter(|groups| groups.has(group));
    [
        having(FieldGroup::Existence),
        having(FieldGroup::Precautions),
    ]
}

#[test]
fn what_is_decided_is_permitted() {
    holds(|_, board, name, now| {
        let permitted = permits(board, name, now, Groups::ALL);
        let expected = expected(board.decision(name, now).groups);
        (permitted != expected).then(|| format!("{permitted:?}, not {expected:?}"))
    });
}

#[test]
fn what_is_not_stored_is_not_permitted() {
    holds(|dice: &mut Dice, board, name, now| {
        let stored = some(dice);
        let permitted = permits(board, name, now, stored);
        let expected = expected(board.decision(name, now).groups.meet(stored));
        (permitted != expected).then(|| format!("{permitted:?}, not {expected:?}"))
    });
}
