//! What a protocol that can be read says all the same that can't stand, or that somebody should look at. Owns the two tables of
//! rules: a rule answers for a key, in words that don't name the flow, because what stands at the top is many flows' and is said
//! once. Refuses to judge what couldn't be read.

mod flows;
mod lawful;
mod parties;

use diogel_domain::times::Day;

use super::{
    Flow, Protocol, Status,
    check::Agencies,
    finding::{Finding, Severity},
    read::Reading,
    table::Spot,
};

/// What is judged.
struct Case<'c> {
    protocol: &'c Protocol,
    spots: &'c [Spot],
    known: Option<&'c Agencies>,
    today: Day,
}

/// A rule: how much it matters, the key at whose line it is said, and its words if it is broken.
type Rule<F> = (Severity, &'static str, F);
type OfProtocol = fn(&Case<'_>) -> Option<String>;
type OfFlow = fn(&Case<'_>, &Flow) -> Option<String>;

use Severity::{Mistake, Warning};

const PROTOCOL: &[Rule<OfProtocol>] = &[
    (Mistake, "parties", parties::alone),
    (Mistake, "parties", parties::unknown),
    (Mistake, "lead", parties::lead),
    (Warning, "status", draft),
];

const FLOWS: &[Rule<OfFlow>] = &[
    (Mistake, "from", |case, flow| {
        parties::no_party(case, &flow.from)
    }),
    (Mistake, "to", |case, flow| {
        parties::no_party(case, &flow.to)
    }),
    (Mistake, "kinds", |_, f| empty(f.matters.is_empty())),
    (Mistake, "groups", |_, f| empty(f.groups.is_empty())),
    (Mistake, "purposes", |_, f| empty(f.purposes.is_empty())),
    (Mistake, "bases", |_, f| empty(f.bases.is_empty())),
    (Mistake, "review_by", flows::ends_before_it_begins),
    (Mistake, "reaches_back_to", flows::reaches_forward),
    (Warning, "valid_from", flows::begins_later),
    (Warning, "review_by", flows::reviewed_late),
    (Warning, "groups", flows::without_existence),
    (Warning, "groups", flows::protected_to_all),
    (
        Warning,
        "tell_originator_of_reads",
        flows::tells_who_is_involved,
    ),
    (Warning, "number", flows::adds_nothing),
    (Warning, "number", lawful::without_power),
    (Warning, "powers", lawful::without_condition),
    (Warning, "bases", lawful::for_no_public_body),
    (Warning, "bases", lawful::unfit),
];

/// Judges what could be read.
pub(super) fn judge(reading: &Reading, known: Option<&Agencies>, today: Day) -> Vec<Finding> {
    let (protocol, spots) = (&reading.protocol, reading.flows.as_slice());
    let case = Case {
        protocol,
        spots,
        known,
        today,
    };
    let of_protocol = PROTOCOL.iter().filter(|_| reading.sound);
    let mut found: Vec<Finding> = of_protocol
        .filter_map(|(severity, key, rule)| {
            said(*severity, reading.head.line(key), rule(&case)?).into()
        })
        .collect();
    for (flow, spot) in protocol.flows.iter().zip(spots) {
        found.extend(FLOWS.iter().filter_map(|(severity, key, rule)| {
            said(*severity, spot.line(key), rule(&case, flow)?).into()
        }));
    }
    found
}

fn said(severity: Severity, line: usize, words: String) -> Finding {
    Finding {
        line,
        severity,
        words,
    }
}

fn draft(case: &Case<'_>) -> Option<String> {
    let words = "a draft can't be adopted: when it is agreed, make it \"for-signature\"";
    (case.protocol.status == Status::Draft).then(|| words.into())
}

fn empty(is_empty: bool) -> Option<String> {
    is_empty.then(|| "an empty list: the flow carries nothing".into())
}
