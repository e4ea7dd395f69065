//! What holds of each decision by itself, and what makes no difference to it.

use diogel_sharing::{
    agreement::Agreement,
    decide::{Decision, entitlement},
    groups::{FieldGroup, Groups},
    why::Why,
};

use super::{
    board::{Board, id},
    holds,
    story::Story,
};

#[test]
fn the_originator_gets_everything_unless_it_is_suspended() {
    holds(|_, board, _, now| {
        let decision = board.decision(board.item.by, now);
        let suspended = decision.reasons.contains(&Why::NotAnActiveAgency);
        let expected = if suspended { Groups::NONE } else { Groups::ALL };
        (decision.groups != expected).then(|| format!("{:?}", decision.groups))
    });
}

#[test]
fn decided_twice_is_decided_the_same() {
    holds(|_, board, name, now| {
        let (once, twice) = (board.decision(name, now), board.decision(name, now));
        (once != twice).then(|| format!("{once:?} and {twice:?}"))
    });
}

/// A flow is cited for a group exactly when the group is given because of a flow.
fn misgiven(decision: &Decision<'_>) -> Option<FieldGroup> {
    FieldGroup::ALL.into_iter().find(|group| {
        let why = decision.why(*group);
        let given = matches!(why, Why::Flow | Why::Originator | Why::Emergency);
        let cited = decision.flows[*group as usize].is_some();
        given != decision.groups.has(*group) || cited != (why == Why::Flow)
    })
}

#[test]
fn every_group_has_the_reason_that_fits_it_and_every_flow_is_cited() {
    holds(|_, board, name, now| {
        let decision = board.decision(name, now);
        misgiven(&decision).map(|group| format!("{}: {decision:?}", group.code()))
    });
}

#[test]
fn without_existence_there_are_precautions_at_most() {
    holds(|_, board, name, now| {
        let groups = board.decision(name, now).groups;
        let more = !groups.has(FieldGroup::Existence) && !Groups::PRECAUTIONS.covers(groups);
        more.then(|| format!("{groups:?}"))
    });
}

#[test]
fn an_entitlement_is_what_is_decided_without_the_suspension() {
    holds(|_, board, name, now| {
        let mut active = board.clone();
        for standing in active.rules.agencies.values_mut() {
            standing.suspended.clear();
        }
        let (originator, stands) = (id(board.item.by), board.stands(name, now));
        let question = board.question(&originator, now);
        let entitled = entitlement(&board.rules, &question, &id(name), stands.relation());
        let decided = active.decision(name, now).groups;
        (entitled != decided).then(|| format!("{entitled:?}, but {decided:?}"))
    });
}

/// A change that makes no difference to anybody.
fn makes_no_difference(change: impl Fn(&mut Board<'_>)) {
    holds(|_, board, name, now| {
        let mut other = board.clone();
        change(&mut other);
        let (before, after) = (board.decision(name, now), other.decision(name, now));
        (before.groups != after.groups).then(|| format!("{before:?} became {after:?}"))
    });
}

#[test]
fn the_order_of_grants_makes_no_difference() {
    makes_no_difference(|board| board.audience.grants.reverse());
}

#[test]
fn the_order_of_flows_makes_no_difference() {
    makes_no_difference(|board| {
        let agreements = board.rules.agreements.values_mut();
        for version in agreements.flat_map(|agreement| &mut agreement.versions) {
            version.protocol.flows.reverse();
        }
    });
}

#[test]
fn the_order_of_protocols_makes_no_difference() {
    makes_no_difference(|board| {
        let ids: Vec<String> = board.rules.agreements.keys().cloned().collect();
        let agreements: Vec<Agreement> = board.rules.agreements.values().rev().cloned().collect();
        board.rules.agreements = ids.into_iter().zip(agreements).collect();
    });
}

/// As of an hour, with its reasons: whatever came after it might as well not have been.
#[test]
fn what_comes_later_never_changes_what_was_decided() {
    holds(|_, board, name, now| {
        let heard: Story = board
            .story
            .iter()
            .filter(|(at, _)| *at <= now)
            .cloned()
            .collect();
        let heard = Board::of(&heard).decision(name, now).reasons_and_groups();
        let whole = board.decision(name, now).reasons_and_groups();
        (heard != whole).then(|| format!("{heard:?} became {whole:?}"))
    });
}

trait Told {
    fn reasons_and_groups(&self) -> Compared;
}

impl Told for Decision<'_> {
    fn reasons_and_groups(&self) -> Compared {
        let flows = self.flows.iter();
        let flows = flows.map(|flow| flow.map(|cited| (cited.version, cited.flow)));
        (self.groups, self.reasons.to_vec(), flows.collect())
    }
}

/// Groups, reasons, and version and number of each flow.
type Compared = (Groups, Vec<Why>, Vec<Option<(u32, u32)>>);
