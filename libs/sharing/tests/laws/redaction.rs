//! Redaction: what is gone stays gone, and in whatever steps it goes.

use diogel_sharing::{audience::AudienceTexts, redact, remains::Remains};

use super::{contents::contents, dice::Dice, sets::some, stories};

fn texts() -> AudienceTexts {
    AudienceTexts {
        family_reason: "reason".into(),
        handling_conditions: "conditions".into(),
        withheld_persons: vec!["a name".into()],
    }
}

/// That it is idempotent, and that fewer groups never show more, follows.
#[test]
fn redacting_twice_is_redacting_to_what_both_hold() {
    for seed in 0..stories() {
        let dice = &mut Dice(seed);
        let (one, other) = (some(dice), some(dice));
        for content in contents() {
            // A permit never holds more than what was stored.
            let less = one.meet(other);
            let twice = redact(redact(content.clone(), one), less);
            assert_eq!(twice, redact(content.clone(), less), "seed {seed}");
        }
    }
}

#[test]
fn what_remains_is_narrowed_as_if_at_once() {
    for seed in 0..stories() {
        let dice = &mut Dice(seed);
        let (one, other) = (some(dice), some(dice));
        for content in contents() {
            let remains = Remains::of(&content, &texts(), one);
            assert_eq!(
                remains.clone().narrowed(one),
                remains,
                "seed {seed}: idempotent"
            );
            let less = one.meet(other);
            let at_once = Remains::of(&content, &texts(), less);
            assert_eq!(remains.narrowed(less), at_once, "seed {seed}");
        }
    }
}
