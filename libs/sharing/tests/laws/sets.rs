//! Sets of groups, and rooms that rest on them.

use diogel_domain::{
    codes::{FamilyHandling, LawfulBasis},
    content::Matter,
};
use diogel_sharing::{
    audience::Audience,
    groups::{FieldGroup, Groups},
    room,
};

use super::{dice::Dice, stories};

/// Any set.
pub fn some(dice: &mut Dice) -> Groups {
    dice.some(&FieldGroup::ALL, 2).into_iter().collect()
}

fn each(law: impl Fn(&mut Dice, [Groups; 3]) -> bool) {
    for seed in 0..stories() * 10 {
        let dice = &mut Dice(seed);
        let sets = [some(dice), some(dice), some(dice)];
        assert!(law(dice, sets), "seed {seed}: {sets:?}");
    }
}

#[test]
fn meet_and_join_are_a_lattice_s() {
    each(|_, [a, b, c]| {
        let meets = a.meet(b) == b.meet(a) && a.meet(b.meet(c)) == a.meet(b).meet(c);
        let joins = a.join(b) == b.join(a) && a.join(b.join(c)) == a.join(b).join(c);
        let absorbs = a.meet(a.join(b)) == a && a.join(a.meet(b)) == a;
        let distributes = a.meet(b.join(c)) == a.meet(b).join(a.meet(c));
        let bounds = a.meet(Groups::ALL) == a && a.join(Groups::NONE) == a;
        meets && joins && absorbs && distributes && bounds
    });
}

#[test]
fn covering_and_taking_away_agree_with_meet_and_join() {
    each(|_, [a, b, _]| {
        let covers = a.covers(b) == (a.join(b) == a) && a.covers(b) == (a.meet(b) == b);
        let without = a.without(b).meet(b).is_empty() && a.without(b).join(a.meet(b)) == a;
        covers && without && a.iter().collect::<Groups>() == a
    });
}

#[test]
fn safety_brings_precautions_along_once_and_in_every_order() {
    each(|_, [a, b, _]| {
        let once = a.closed().closed() == a.closed() && a.closed().covers(a);
        once && a.join(b).closed() == a.closed().join(b.closed())
    });
}

#[test]
fn professionals_present_see_what_each_of_them_may() {
    each(|dice, present| {
        let some = &present[..dice.roll(4)];
        let all = room::professionals(some.iter().copied());
        let least = some.iter().all(|groups| groups.covers(all));
        let nobody = !some.is_empty() || all.is_empty();
        least && nobody && room::professionals(some.iter().rev().copied()) == all
    });
}

#[test]
fn the_family_is_told_no_more_than_the_professionals_and_nothing_without_a_yes() {
    each(|dice, [present, ..]| {
        let audience = audience(dice);
        let label = dice.pick(&[None, Some("p1"), Some("p2")]);
        let told = room::family(present, dice.pick(Matter::ALL), &audience, label);
        let yes = audience.family_handling(label) == FamilyHandling::Yes;
        let never = told.meet(Groups::NEVER_FAMILY).is_empty();
        present.covers(told) && never && (yes || told.is_empty())
    });
}

fn audience(dice: &mut Dice) -> Audience {
    let named = dice.pick(FamilyHandling::ALL);
    Audience {
        lawful_basis: Some(LawfulBasis::PublicTask),
        family: dice.pick(FamilyHandling::ALL),
        family_attendees: vec![("p1".to_owned(), named)],
        ..Audience::originator_only()
    }
}
