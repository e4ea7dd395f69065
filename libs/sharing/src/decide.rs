//! The decision: what a recipient gets of an event, and why not more. Pure and total: the same rules, header, recipient and time
//! give the same answer, at the event's position as at every later read.
//!
//! (what the originator granted ∩ what a flow in force allows) − what is withheld.

use std::collections::BTreeMap;

use diogel_domain::{codes::Sector, content::Matter, ids::AgencyId, times::Moment};

use crate::{
    audience::{Audience, Recipient},
    groups::{FieldGroup, Groups},
    protocol::{Flow, Protocol},
};

/// The version of the rules in this file. Kept with every stored decision; every version ever shipped stays callable.
pub const RULES_VERSION: u16 = 1;

/// What decisions rest on, as the Board's events have made it.
#[derive(Debug, Clone, Default)]
pub struct Rules {
    /// Registered agencies.
    pub agencies: BTreeMap<AgencyId, Standing>,
    /// The version in force of each protocol.
    pub protocols: BTreeMap<String, Adopted>,
}

/// How an agency stands with the Board.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// Its sector.
    pub sector: Sector,
    /// Neither publishes nor reads.
    pub suspended: bool,
}

/// A protocol with the moment it was adopted.
#[derive(Debug, Clone)]
pub struct Adopted {
    /// The protocol.
    pub protocol: Protocol,
    /// When it came into force here.
    pub since: Moment,
}

/// What is asked of an event's header.
#[derive(Debug, Clone, Copy)]
pub struct Question<'a> {
    /// Whose event.
    pub originator: &'a AgencyId,
    /// What it is about.
    pub matter: Matter,
    /// Its audience.
    pub audience: &'a Audience,
    /// When it was given its position.
    pub published: Moment,
    /// When the decision is made.
    pub now: Moment,
}

/// Why a recipient gets a group, or not. A closed list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// The recipient is the originator.
    Originator,
    /// Granted, and the cited flow allows it.
    Flow,
    /// The originator didn't grant it.
    NotGranted,
    /// No flow in force allows it.
    NoFlow,
    /// The originator withheld the event from this agency.
    Withheld,
    /// The originator keeps it to itself.
    OriginatorOnly,
    /// The audience's time is over.
    Expired,
    /// The Board doesn't know the agency, or suspended it.
    NotAnActiveAgency,
}

/// A citation in the officer's own words: protocol, version, flow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation {
    /// Protocol id.
    pub protocol: String,
    /// Its version.
    pub version: u32,
    /// The flow's number.
    pub flow: u32,
}

impl std::fmt::Display for Citation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} v{}, flow {}", self.protocol, self.version, self.flow)
    }
}

/// What a recipient gets, with a reason for each group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// The groups it gets; without existence, nothing.
    pub groups: Groups,
    /// A reason for each group, in the order of [`FieldGroup::ALL`].
    pub reasons: [Why; 12],
    /// The flow that lets the recipient know that the event exists.
    pub citation: Option<Citation>,
}

impl Decision {
    fn all(groups: Groups, why: Why) -> Self {
        Self {
            groups,
            reasons: [why; 12],
            citation: None,
        }
    }
}

/// Decides what `recipient` gets.
pub fn decide(rules: &Rules, question: Question<'_>, recipient: &AgencyId) -> Decision {
    let Some(standing) = active(rules, recipient) else {
        return Decision::all(Groups::NONE, Why::NotAnActiveAgency);
    };
    if recipient == question.originator {
        return Decision::all(Groups::ALL, Why::Originator);
    }
    if let Some(why) = barred(&question, recipient, standing.sector) {
        return Decision::all(Groups::NONE, why);
    }
    let granted = granted(&question, recipient, standing.sector);
    let flows = flows(rules, &question, recipient, standing.sector);
    let allowed = flows
        .iter()
        .fold(Groups::NONE, |sum, (_, flow)| sum.join(flow.groups));
    let met = granted.meet(allowed);
    let groups = if met.has(FieldGroup::Existence) {
        met
    } else {
        Groups::NONE
    };
    Decision {
        groups,
        reasons: reasons(groups, granted),
        citation: cite(&flows),
    }
}

fn active(rules: &Rules, agency: &AgencyId) -> Option<Standing> {
    rules
        .agencies
        .get(agency)
        .copied()
        .filter(|standing| !standing.suspended)
}

/// No party can keep an escalation from the Board by withholding it (PRACTICE, section 3).
fn barred(question: &Question<'_>, recipient: &AgencyId, sector: Sector) -> Option<Why> {
    let withheld = question.audience.withheld.contains(recipient);
    if question.audience.originator_only {
        Some(Why::OriginatorOnly)
    } else if withheld && !is_boards_own(question, sector) {
        Some(Why::Withheld)
    } else {
        let over = question
            .audience
            .until
            .is_some_and(|until| question.now >= until);
        over.then_some(Why::Expired)
    }
}

/// What the originator granted. The Board is a recipient of every escalation (PRACTICE, section 3).
fn granted(question: &Question<'_>, recipient: &AgencyId, sector: Sector) -> Groups {
    let named = question
        .audience
        .grants
        .iter()
        .filter(|grant| match &grant.to {
            Recipient::Agency(agency) => agency == recipient,
            Recipient::Sector(s) => *s == sector,
        });
    let implied = if is_boards_own(question, sector) {
        Groups::ALL.without(Groups::PROTECTED)
    } else {
        Groups::NONE
    };
    named.fold(implied, |sum, grant| sum.join(grant.granted()))
}

/// An escalation, and the Board asks.
fn is_boards_own(question: &Question<'_>, sector: Sector) -> bool {
    question.matter == Matter::Escalation && sector == Sector::Board
}

/// The flows in force that carry this event to the recipient.
fn flows<'r>(
    rules: &'r Rules,
    question: &Question<'_>,
    recipient: &AgencyId,
    sector: Sector,
) -> Vec<(&'r Protocol, &'r Flow)> {
    let Some(origin) = rules.agencies.get(question.originator) else {
        return Vec::new();
    };
    let (Some(purpose), Some(basis)) = (question.audience.purpose, question.audience.lawful_basis)
    else {
        return Vec::new();
    };
    let carries = |adopted: &Adopted, flow: &Flow| {
        flow.from.holds(question.originator, origin.sector)
            && flow.to.holds(recipient, sector)
            && flow.matters.contains(&question.matter)
            && flow.purposes.contains(&purpose)
            && flow.bases.contains(&basis)
            && flow.valid_at(question.now)
            && flow.reaches(question.published, adopted.since)
    };
    let parties =
        |p: &Protocol| p.parties.contains(question.originator) && p.parties.contains(recipient);
    rules
        .protocols
        .values()
        .filter(|adopted| parties(&adopted.protocol))
        .flat_map(|adopted| {
            adopted
                .protocol
                .flows
                .iter()
                .map(move |flow| (adopted, flow))
        })
        .filter(|(adopted, flow)| carries(adopted, flow))
        .map(|(adopted, flow)| (&adopted.protocol, flow))
        .collect()
}

fn reasons(groups: Groups, granted: Groups) -> [Why; 12] {
    FieldGroup::ALL.map(|group| {
        if groups.has(group) {
            Why::Flow
        } else if granted.has(group) {
            Why::NoFlow
        } else {
            Why::NotGranted
        }
    })
}

fn cite(flows: &[(&Protocol, &Flow)]) -> Option<Citation> {
    let (protocol, flow) = flows
        .iter()
        .find(|(_, f)| f.groups.has(FieldGroup::Existence))?;
    Some(Citation {
        protocol: protocol.id.clone(),
        version: protocol.version,
        flow: flow.number,
    })
}

#[cfg(test)]
mod tests;
