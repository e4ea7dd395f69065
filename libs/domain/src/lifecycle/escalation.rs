//! How an escalation stands for its parties and the Board, as of a moment: its stage, when that is due, what keeps somebody safe
//! meanwhile, how it ended. Deadlines are computed here, at the read; lateness proposes the next stage and never moves it.

use crate::{
    calendar::{Due, Holidays, Length, Timing, protect_by},
    codes::{Deed, EscalationOutcome},
    crisp::Policy,
    escalation::Dispute,
    incident::Measure,
    step::EscalationStep,
    times::Moment,
};

/// A step, as its parties see it.
#[derive(Debug, Clone, Copy)]
pub struct Step<'a> {
    /// When it was ordered.
    pub at: Moment,
    /// What was done.
    pub deed: Deed,
    /// The stage that it moves to; 0: none.
    pub stage: u8,
    /// What it says; none: its content is gone.
    pub said: Option<&'a EscalationStep>,
}

/// How it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EscalationState {
    /// The stage.
    pub stage: u8,
    /// Who acts at it, in English and Welsh; none: the policy knows no such stage.
    pub acts: Option<(String, String)>,
    /// Since when.
    pub entered: Moment,
    /// By when the stage is over: the earlier of its clock and the time by which somebody must be protected. None: it is over.
    pub due: Option<Due>,
    /// How near that is.
    pub timing: Option<Timing>,
    /// The time by which somebody must be protected.
    pub protect_by: Option<Moment>,
    /// What keeps somebody safe meanwhile.
    pub interim_position: Option<Measure>,
    /// How and when it ended.
    pub over: Option<Over>,
    /// Late: the stage that comes next, if there is one.
    pub proposes: Option<u8>,
    /// Somebody's dissent is on record.
    pub dissent: bool,
    /// When it changes next by the clock alone.
    pub turns: Option<Moment>,
}

/// How an escalation ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Over {
    /// By which step.
    pub deed: Deed,
    /// How.
    pub outcome: Option<EscalationOutcome>,
    /// When.
    pub at: Moment,
}

/// How an escalation stands that was raised then, by these steps in their order. `policy`: that which was in force at a moment.
pub fn of_escalation<'a>(
    raised: (Moment, &'a Dispute),
    steps: impl IntoIterator<Item = Step<'a>>,
    policy: impl Fn(Moment) -> &'a Policy,
    now: Moment,
    holidays: &Holidays,
) -> EscalationState {
    let (at, dispute) = raised;
    let mut state = EscalationState {
        stage: dispute.stage,
        acts: None,
        entered: at,
        due: None,
        timing: None,
        protect_by: dispute.protect_by,
        interim_position: dispute.interim_position.clone(),
        over: None,
        proposes: None,
        dissent: false,
        turns: None,
    };
    steps.into_iter().for_each(|step| state.take(step));
    let policy = policy(state.entered);
    state.acts = policy
        .stage(state.stage)
        .map(|stage| (stage.name.clone(), stage.name_cy.clone()));
    if state.over.is_none() {
        state.tell_time(policy, now, holidays);
    }
    state
}

impl EscalationState {
    fn take(&mut self, step: Step<'_>) {
        match step.deed {
            Deed::MovedOn => {
                self.stage = step.stage;
                self.entered = step.at;
            }
            Deed::InterimSet => {
                self.interim_position = step.said.and_then(|said| said.interim_position.clone());
            }
            Deed::ProtectBySet => self.protect_by = step.said.and_then(|said| said.protect_by),
            Deed::Dissented => self.dissent = true,
            deed if super::ESCALATION_OVER.contains(&deed) => {
                let outcome = match deed {
                    Deed::Withdrawn => Some(EscalationOutcome::Withdrawn),
                    _ => step.said.and_then(|said| said.outcome),
                };
                let at = step.at;
                self.over = Some(Over { deed, outcome, at });
            }
            _ => {}
        }
    }

    fn tell_time(&mut self, policy: &Policy, now: Moment, holidays: &Holidays) {
        let stage = policy.stage(self.stage);
        let clock =
            stage.map(|stage| Length::WorkingDays(stage.working_days).due(self.entered, holidays));
        let protect = self.protect_by.map(|at| protect_by(at, holidays));
        self.due = match (clock, protect) {
            (Some(clock), Some(protect)) => Some(clock.earlier(protect)),
            (clock, protect) => clock.or(protect),
        };
        let Some(due) = self.due else { return };
        let timing = due.timing(now, holidays);
        self.timing = Some(timing);
        let late = timing == Timing::Passed && self.stage < policy.last_stage();
        self.proposes = late.then(|| self.stage.saturating_add(1));
        let turns = [due.near_from(holidays), Moment(due.at.0.saturating_add(1))];
        self.turns = turns.into_iter().filter(|at| *at > now).min();
    }
}

#[cfg(test)]
mod tests;
