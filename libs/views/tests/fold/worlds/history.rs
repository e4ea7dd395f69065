//! A story's events, looked up: what each says in clear, what refers to it, and who is in it.

use std::collections::{BTreeMap, BTreeSet};

use diogel_domain::{
    content::{Content, EventReference, Kind, ReferenceRole},
    ids::{AgencyId, EventId},
    people::Identifier,
};
use diogel_sharing::{
    audience::{Grant, Recipient},
    change::Change,
    header::Header,
};
use diogel_views::{ContentState, FoldInput};

use crate::given::random::understood;

/// One world's events.
pub struct History<'a> {
    pub inputs: &'a [FoldInput],
    at: BTreeMap<EventId, &'a FoldInput>,
    referring: BTreeMap<EventId, Vec<(&'a FoldInput, &'a EventReference)>>,
}

impl<'a> History<'a> {
    pub fn of(inputs: &'a [FoldInput]) -> Self {
        let mut referring: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for input in inputs {
            for reference in references(input) {
                let to = referring.entry(reference.event_id).or_default();
                to.push((input, reference));
            }
        }
        let at = inputs.iter().map(|input| (input.event_id, input)).collect();
        Self {
            inputs,
            at,
            referring,
        }
    }

    pub fn get(&self, event: EventId) -> Option<&'a FoldInput> {
        self.at.get(&event).copied()
    }

    /// What refers to an event, and how.
    pub fn referring(&self, event: EventId) -> &[(&'a FoldInput, &'a EventReference)] {
        self.referring.get(&event).map_or(&[], Vec::as_slice)
    }

    /// How an event's originator changed its audience.
    pub fn changes(
        &self,
        of: &'a FoldInput,
    ) -> impl Iterator<Item = (&'a FoldInput, &'a Change)> + '_ {
        let acts = self.referring(of.event_id).iter();
        let shares = acts.filter(|(by, reference)| {
            reference.role == ReferenceRole::Shares && by.agency == of.agency
        });
        shares.filter_map(|(by, _)| Some((*by, header(by)?.change.as_ref()?)))
    }

    /// Every grant that its originator made, at first or later.
    pub fn grants(&self, of: &'a FoldInput) -> Vec<&'a Grant> {
        let audience = header(of).and_then(|header| header.audience.as_ref());
        let first = audience.map_or(&[][..], |audience| &audience.grants).iter();
        let later = self.changes(of).flat_map(|(_, change)| match change {
            Change::Widen(grants) => grants.as_slice(),
            Change::Narrow(_) | Change::Withdraw | Change::Disclose(_) => &[],
        });
        first.chain(later).collect()
    }

    /// What an event is shared as: a step without an audience as what it is taken on, and as whatever corrects that.
    pub fn shared_as(&self, of: &'a FoldInput) -> Vec<&'a FoldInput> {
        if kind(of) != Some(Kind::Stepped) || header(of).is_some_and(|h| h.audience.is_some()) {
            return vec![of];
        }
        let of = references(of).iter().filter_map(|r| self.get(r.event_id));
        let mut shared_as: Vec<&FoldInput> = of.collect();
        let mut next = 0;
        while let Some(basis) = shared_as.get(next).copied() {
            next += 1;
            let corrections = self.referring(basis.event_id).iter();
            let corrections = corrections.filter(|(_, r)| r.role == ReferenceRole::Corrects);
            shared_as.extend(corrections.map(|(by, _)| *by));
        }
        shared_as
    }

    /// The meetings that it was shared with.
    pub fn meetings(&self, of: &'a FoldInput) -> BTreeSet<EventId> {
        let grants = self.grants(of).into_iter();
        grants
            .filter_map(|grant| match grant.to {
                Recipient::Meeting(meeting) => Some(meeting),
                Recipient::Agency(_) | Recipient::Sector(_) | Recipient::Involved(_) => None,
            })
            .collect()
    }

    /// The meeting that an event schedules or changes, by the event that scheduled it first.
    pub fn root(&self, meeting: EventId) -> EventId {
        let mut root = meeting;
        for _ in 0..self.inputs.len() {
            let before = self.get(root).into_iter().flat_map(references);
            let mut before = before.filter(|r| r.role == ReferenceRole::Changes);
            match before.next() {
                Some(before) => root = before.event_id,
                None => break,
            }
        }
        root
    }

    /// Was named for a meeting, at some time.
    pub fn attends(&self, meeting: EventId, agency: &AgencyId) -> bool {
        self.inputs.iter().any(|input| {
            let attendance = header(input).and_then(|header| header.attendance.as_ref());
            attendance.is_some_and(|a| a.attending.contains(agency))
                && (input.event_id == meeting || self.root(input.event_id) == meeting)
        })
    }
}

/// What an event says in clear; none where it isn't understood.
pub fn header(input: &FoldInput) -> Option<&Header> {
    let known = input.known.as_ref().filter(|_| understood(input));
    known.map(|(_, header)| header)
}

pub fn kind(input: &FoldInput) -> Option<Kind> {
    input.known.as_ref().map(|(kind, _)| *kind)
}

pub fn references(input: &FoldInput) -> &[EventReference] {
    header(input).map_or(&[], |header| &header.references)
}

pub fn content(input: &FoldInput) -> Option<&Content> {
    match &input.content {
        ContentState::Open { content, .. } => Some(content),
        ContentState::None
        | ContentState::Erased
        | ContentState::Lost
        | ContentState::NotUnderstood => None,
    }
}

/// What says who its people are.
pub fn who(input: &FoldInput) -> BTreeSet<&Identifier> {
    let people = content(input).map_or(&[][..], Content::people).iter();
    let identities = people.filter_map(|person| person.identity.as_ref());
    identities.flat_map(|i| &i.identifiers).collect()
}

/// What the rules are made of is told to everybody.
pub fn is_rule(input: &FoldInput) -> bool {
    let rule = |kind| {
        matches!(
            kind,
            Kind::BoardEvent | Kind::ProtocolSigned | Kind::ProtocolLeft
        )
    };
    kind(input).is_some_and(rule)
}
