//! Lifecycles that are decided in the fold: whether a step counts, from what stands in clear of what it is taken on and of the steps
//! before it. An agency can't know that from its own journal (PRACTICE, section 3). What the steps that a reader may see come to
//! stands in the files beside this one, for each lifecycle.

pub mod alert;
pub mod escalation;

use serde::{Deserialize, Serialize};

use crate::{
    codes::{Deed, Lifecycle},
    content::Matter,
    effect::Reason,
    ids::AgencyId,
    step::StepHead,
};

/// So many steps each agency takes on one event: what comes later is an event of its own. Of each, so that nobody uses up another's.
pub const MOST_STEPS: usize = 64;

/// A step that counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Taken {
    /// What was done.
    pub deed: Deed,
    /// By whom.
    pub by: AgencyId,
    /// Of an escalation: the stage that it moves to; 0: none.
    pub stage: u8,
}

/// What a step is taken on, as far as it stands in clear.
#[derive(Debug, Clone, Copy)]
pub struct Ground<'a> {
    /// What it is about.
    pub matter: Matter,
    /// Whose it is.
    pub originator: &'a AgencyId,
    /// Of an escalation: the agencies that disagree.
    pub parties: &'a [AgencyId],
    /// Of a meeting: the agency that chairs.
    pub chair: Option<&'a AgencyId>,
    /// Of an escalation: the stage at which it was raised.
    pub stage: u8,
    /// Of an escalation: the last stage of the Board's policy.
    pub last_stage: u8,
    /// The steps that counted so far, in order.
    pub taken: &'a [Taken],
}

/// Who takes a step.
#[derive(Debug, Clone, Copy)]
pub struct By<'a> {
    /// The agency.
    pub agency: &'a AgencyId,
    /// It is the Board.
    pub is_board: bool,
}

/// With whom a step that counts is shared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shared {
    /// With whoever what it is taken on is shared with.
    AsItsGround,
    /// With an audience of its own; the originator of what it is taken on is told.
    OfItsOwn,
}

impl Ground<'_> {
    fn has(&self, deeds: &[Deed]) -> bool {
        self.taken.iter().any(|taken| deeds.contains(&taken.deed))
    }

    /// The stage that an escalation has come to.
    pub fn stage_now(&self) -> u8 {
        let moved = self.taken.iter().rev().find(|taken| taken.stage > 0);
        moved.map_or(self.stage.max(1), |taken| taken.stage)
    }
}

/// Decides whether a step counts, and with whom it is shared. `stage`: that it moves to; 0: none.
///
/// # Errors
/// Why it counts for nothing: its sender is told.
pub fn decide(on: &Ground<'_>, by: By<'_>, step: &StepHead, stage: u8) -> Result<Shared, Reason> {
    let lifecycle = step.deed.lifecycle();
    if lifecycle.on().is_some_and(|matter| matter != on.matter) {
        return Err(Reason::WrongKind);
    }
    let own = on.taken.iter().filter(|taken| taken.by == *by.agency);
    if own.count() >= MOST_STEPS {
        return Err(Reason::ChangedTooOften);
    }
    if stage != 0 && step.deed != Deed::MovedOn {
        return Err(Reason::NotAtThisStage);
    }
    match lifecycle {
        Lifecycle::Alert => of_alert(on, by, step.deed),
        Lifecycle::Incident => of_incident(on, by, step.deed),
        Lifecycle::Escalation => of_escalation(on, by, step, stage),
        Lifecycle::Plan => of_plan(on, by, step.deed),
        Lifecycle::Change => Ok(shared(on, by)),
        Lifecycle::Meeting => of_meeting(on, by),
        Lifecycle::Information => answers(on, by),
        Lifecycle::Statement if !may_be_spoken_of(on.matter) => Err(Reason::WrongKind),
        Lifecycle::Statement => of_statement(on, by, step.deed),
    }
}

fn shared(on: &Ground<'_>, by: By<'_>) -> Shared {
    if by.agency == on.originator {
        Shared::AsItsGround
    } else {
        Shared::OfItsOwn
    }
}

fn own(on: &Ground<'_>, by: By<'_>) -> Result<Shared, Reason> {
    match shared(on, by) {
        Shared::AsItsGround => Ok(Shared::AsItsGround),
        Shared::OfItsOwn => Err(Reason::NotTheOriginator),
    }
}

/// Over: nothing follows but what the person says.
const ALERT_OVER: &[Deed] = &[Deed::Refused, Deed::Ended, Deed::OccupantsChanged];

/// Its originator decides, once; what is over stays over: a new danger is a new alert.
fn of_alert(on: &Ground<'_>, by: By<'_>, deed: Deed) -> Result<Shared, Reason> {
    let shared = own(on, by)?;
    if on.has(ALERT_OVER) {
        return Err(Reason::LifecycleOver);
    }
    let decides = matches!(deed, Deed::Approved | Deed::Refused);
    if decides && on.has(&[Deed::Approved]) {
        return Err(Reason::AlreadyDecided);
    }
    Ok(shared)
}

/// The originator assesses; another agency bears out: nobody corroborates itself (guidance, section 5.1).
fn of_incident(on: &Ground<'_>, by: By<'_>, deed: Deed) -> Result<Shared, Reason> {
    if deed != Deed::Corroborated {
        return own(on, by);
    }
    match shared(on, by) {
        Shared::AsItsGround => Err(Reason::OwnEvent),
        Shared::OfItsOwn => Ok(Shared::OfItsOwn),
    }
}

fn of_plan(on: &Ground<'_>, by: By<'_>, deed: Deed) -> Result<Shared, Reason> {
    if on.has(&[Deed::PlanEnded]) {
        return Err(Reason::LifecycleOver);
    }
    match deed {
        // Whoever owns a measure says what became of it.
        Deed::MeasureDone | Deed::MeasureNotDone => Ok(shared(on, by)),
        _ => own(on, by),
    }
}

/// The host, or the chair, records what was decided.
fn of_meeting(on: &Ground<'_>, by: By<'_>) -> Result<Shared, Reason> {
    if on.chair == Some(by.agency) {
        Ok(Shared::AsItsGround)
    } else {
        own(on, by)
    }
}

/// Whoever was asked answers; nobody answers itself.
fn answers(on: &Ground<'_>, by: By<'_>) -> Result<Shared, Reason> {
    match shared(on, by) {
        Shared::AsItsGround => Err(Reason::OwnEvent),
        Shared::OfItsOwn => Ok(Shared::OfItsOwn),
    }
}

/// What a person can say something to: what is said of them and done with them. Not what agencies say of sharing, and no disagreement of
/// theirs, which stays between its parties.
const fn may_be_spoken_of(matter: Matter) -> bool {
    match matter {
        Matter::Incident
        | Matter::HazardAlert
        | Matter::Meeting
        | Matter::SafetyPlan
        | Matter::Contact
        | Matter::EngagementNeeds
        | Matter::Advocacy
        | Matter::ChangeClaimed
        | Matter::Strength => true,
        Matter::Escalation
        | Matter::Correction
        | Matter::InformationRequest
        | Matter::Involvement
        | Matter::AccessRequest
        | Matter::SharingDecision
        | Matter::EmergencyDisclosure
        | Matter::Step => false,
    }
}

/// Whoever hears the person passes it on; the originator answers. Also what it heard from the person alone: whether another agency passed
/// something on isn't for everybody to see, and mustn't show by this.
fn of_statement(on: &Ground<'_>, by: By<'_>, deed: Deed) -> Result<Shared, Reason> {
    match deed {
        Deed::ObjectionUpheld | Deed::ObjectionNotUpheld => own(on, by),
        _ => Ok(shared(on, by)),
    }
}

/// What ends an escalation.
pub(crate) const ESCALATION_OVER: &[Deed] = &[
    Deed::Resolved,
    Deed::Withdrawn,
    Deed::Determined,
    Deed::Diverted,
];

/// Between its parties and the Board, and nobody else (PRACTICE, section 3). Lateness moves nothing: somebody has to.
fn of_escalation(
    on: &Ground<'_>,
    by: By<'_>,
    step: &StepHead,
    stage: u8,
) -> Result<Shared, Reason> {
    if !by.is_board && !on.parties.contains(by.agency) {
        return Err(Reason::NotAParty);
    }
    // What ended may still leave somebody who disagrees: the exact dissent is recorded.
    if on.has(ESCALATION_OVER) && step.deed != Deed::Dissented {
        return Err(Reason::LifecycleOver);
    }
    let raiser = by.agency == on.originator;
    match step.deed {
        Deed::Withdrawn if !raiser => Err(Reason::NotTheOriginator),
        // Who has to answer can't end the question, nor put off by when somebody must be protected.
        Deed::Resolved | Deed::ProtectBySet if !raiser && !by.is_board => {
            Err(Reason::NotTheOriginator)
        }
        Deed::Determined | Deed::PanelConvened | Deed::Diverted if !by.is_board => {
            Err(Reason::NotTheBoard)
        }
        Deed::MovedOn => moves(on, step, stage),
        Deed::PanelConvened => convenes(on, step),
        Deed::Determined if !on.has(&[Deed::PanelConvened]) => Err(Reason::NotAtThisStage),
        _ => Ok(Shared::AsItsGround),
    }
}

/// After it nothing of the lifecycle comes with the clock any more.
pub fn is_over(deed: Deed) -> bool {
    ALERT_OVER.contains(&deed) || ESCALATION_OVER.contains(&deed)
}

/// A stage further, or several where a risk is imminent.
fn moves(on: &Ground<'_>, step: &StepHead, stage: u8) -> Result<Shared, Reason> {
    let now = on.stage_now();
    let next = now.saturating_add(1);
    if stage == next && stage <= on.last_stage {
        return Ok(Shared::AsItsGround);
    }
    let skips = step.urgent && stage > now && stage <= on.last_stage;
    if skips {
        Ok(Shared::AsItsGround)
    } else {
        Err(Reason::NotAtThisStage)
    }
}

/// Members with a conflict are barred: no party judges its own disagreement (PRACTICE, section 10, "Clocks").
fn convenes(on: &Ground<'_>, step: &StepHead) -> Result<Shared, Reason> {
    if on.stage_now() < on.last_stage {
        return Err(Reason::NotAtThisStage);
    }
    let conflict = |member: &AgencyId| on.parties.contains(member);
    if step.panel.iter().any(conflict) {
        return Err(Reason::PanelConflict);
    }
    Ok(Shared::AsItsGround)
}

#[cfg(test)]
mod tests;
