//! The times at which a decision is asked for, with what came before: of the flow, of the audience, of the protocol.

use std::collections::BTreeSet;

use diogel_domain::{
    ids::AgencyId,
    times::{Day, Moment},
};
use diogel_sharing::{
    agreement::{Rules, Span, Version},
    audience::{Audience, Grant, Recipient},
    change::{Change, Narrowing},
    groups::{FieldGroup, Groups},
    protocol::Protocol,
};

/// When, and what happened until then.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum When {
    BeforeTheFlow,
    InValidity,
    AfterReview,
    PublishedAfterReview,
    AfterUntil,
    AfterNarrowing,
    AfterWithdrawal,
    AfterWidening,
    WidenedAfterReview,
    AfterLeaving,
    AfterTheEnd,
    NewVersion,
    NewVersionOfOne,
}

use When::*;

impl When {
    #[rustfmt::skip]
    pub const ALL: [Self; 13] = [
        BeforeTheFlow, InValidity, AfterReview, PublishedAfterReview, AfterUntil, AfterNarrowing, AfterWithdrawal,
        AfterWidening, WidenedAfterReview, AfterLeaving, AfterTheEnd, NewVersion, NewVersionOfOne,
    ];

    pub const fn title(self) -> &'static str {
        match self {
            BeforeTheFlow => "published before the flow",
            InValidity => "in validity",
            AfterReview => "past review",
            PublishedAfterReview => "published past review",
            AfterUntil => "past `until`",
            AfterNarrowing => "identity, plan narrowed",
            AfterWithdrawal => "withdrawn",
            AfterWidening => "widened to it by name",
            WidenedAfterReview => "widened past review",
            AfterLeaving => "it left the protocol",
            AfterTheEnd => "protocol ended",
            NewVersion => "v2 signed by both",
            NewVersionOfOne => "v2 signed by one",
        }
    }

    pub fn published(self) -> Moment {
        at(match self {
            BeforeTheFlow => "2025-12-15",
            PublishedAfterReview => "2027-02-01",
            _ => "2026-03-01",
        })
    }

    pub fn now(self) -> Moment {
        at(match self {
            BeforeTheFlow => "2026-02-01",
            InValidity => "2026-03-02",
            AfterReview | PublishedAfterReview | WidenedAfterReview => "2027-02-02",
            _ => "2026-06-01",
        })
    }

    /// When what happened to the audience happened.
    pub fn changed(self) -> Moment {
        match self {
            WidenedAfterReview => at("2027-02-01"),
            _ => self.published().plus_seconds(60),
        }
    }

    pub fn set_audience(self, audience: &mut Audience) {
        if self == AfterUntil {
            audience.until = Some(at("2026-05-01"));
        }
    }

    pub fn change(self, recipient: &AgencyId) -> Option<Change> {
        let taken = [FieldGroup::Identity, FieldGroup::Plan];
        match self {
            AfterNarrowing => Some(Change::Narrow(Narrowing {
                from: BTreeSet::new(),
                groups: taken.into_iter().collect(),
            })),
            AfterWithdrawal => Some(Change::Withdraw),
            AfterWidening | WidenedAfterReview => Some(Change::Widen(vec![Grant {
                to: Recipient::Agency(recipient.clone()),
                groups: Some(Groups::ALL),
            }])),
            _ => None,
        }
    }

    pub fn set_rules(self, rules: &mut Rules, recipient: &AgencyId) {
        let changed = at("2026-05-01");
        let agreement = rules.agreements.get_mut("T-01").expect("the protocol");
        let first = &mut agreement.versions[0];
        match self {
            AfterLeaving => {
                if let Some(spans) = first.signed.get_mut(recipient) {
                    spans[0].until = Some(changed);
                }
            }
            AfterTheEnd => first.adopted.until = Some(changed),
            NewVersion | NewVersionOfOne => {
                let mut next = version(include_str!("version.toml"), changed);
                next.signed.retain(|agency, _| {
                    first.signed.contains_key(agency) && (self == NewVersion || agency != recipient)
                });
                agreement.versions.push(next);
            }
            _ => {}
        }
    }
}

pub fn at(day: &str) -> Moment {
    Moment(i64::from(Day::parse(day).expect("a day").0) * Moment::DAY)
}

/// Signed by every party on the day of its adoption.
pub fn version(toml: &str, adopted: Moment) -> Version {
    let protocol = Protocol::from_toml(toml).expect("a protocol");
    let since = Span::since(adopted);
    let signed = protocol.parties.iter().cloned();
    Version {
        adopted: since,
        signed: signed.map(|party| (party, vec![since])).collect(),
        protocol,
    }
}
