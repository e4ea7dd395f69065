//! Who gets how much of a check's answer. Refuses to let one originator's flood crowd out another's warnings (P7): it is the
//! bytes of its own findings that are counted, so each has an equal share, and what one leaves over goes round to the others.

use std::collections::{BTreeMap, BTreeSet};

use diogel_domain::ids::{AgencyId, EventId};

use super::{AlertStanding, Checked, Finding};

/// What may become part of the answer.
pub(super) struct Candidate {
    pub(super) finding: Finding,
    /// Whose it is, also where the reader isn't told.
    pub(super) originator: AgencyId,
    /// Which event is seen; none at the door.
    pub(super) event: Option<EventId>,
    /// What it rests on, if it is an alert.
    pub(super) rests_on: Vec<EventId>,
}

impl Candidate {
    /// Somebody has assessed what it rests on: it says what came of that.
    const fn decides(&self) -> bool {
        matches!(
            self.finding.standing,
            AlertStanding::InForce | AlertStanding::Stale
        )
    }
}

/// The answer, of candidates in the order of pressing.
pub(super) fn checked(
    candidates: Vec<Candidate>,
    room: usize,
    size: impl Fn(&Finding) -> usize,
) -> Checked {
    let sizes: Vec<usize> = candidates.iter().map(|c| size(&c.finding)).collect();
    let all = undecided(&candidates, (0..candidates.len()).collect());
    let more = all.iter().map(|n| sizes[*n]).sum::<usize>() > room;
    // An alert that is left out stands for no report: else its originator could take another's out of the answer.
    let shown = if more {
        undecided(&candidates, shared(&candidates, &sizes, room))
    } else {
        all
    };
    let findings = candidates.into_iter().map(|candidate| candidate.finding);
    let findings = (0..).zip(findings).filter(|(n, _)| shown.contains(n));
    Checked {
        findings: findings.map(|(_, finding)| finding).collect(),
        more,
    }
}

/// These without the reports that an alert among them rests on.
fn undecided(candidates: &[Candidate], of: BTreeSet<usize>) -> BTreeSet<usize> {
    let alerts = of.iter().map(|n| &candidates[*n]).filter(|c| c.decides());
    let decided: BTreeSet<EventId> = alerts.flat_map(|c| c.rests_on.iter().copied()).collect();
    let is_decided = |n: &usize| candidates[*n].event.is_some_and(|e| decided.contains(&e));
    of.into_iter().filter(|n| !is_decided(n)).collect()
}

/// Each originator's most pressing, as long as there is room for all: whoever has had least so far is next.
fn shared(candidates: &[Candidate], sizes: &[usize], mut room: usize) -> BTreeSet<usize> {
    let mut of_each: BTreeMap<&AgencyId, usize> = BTreeMap::new();
    let mut turns = BTreeSet::new();
    for (n, candidate) in candidates.iter().enumerate() {
        let had = of_each.entry(&candidate.originator).or_default();
        *had += sizes[n];
        turns.insert((*had, n));
    }
    let fits = |(_, n): &(usize, usize)| match room.checked_sub(sizes[*n]) {
        Some(left) => {
            room = left;
            true
        }
        None => false,
    };
    turns.into_iter().take_while(fits).map(|(_, n)| n).collect()
}
