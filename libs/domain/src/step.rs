//! A step in a lifecycle: what an agency does later to what somebody published. Owns what each step says; who may take it, and
//! when, is decided in `lifecycle`.

use serde::{Deserialize, Serialize};

use crate::{
    alert::PersonTold,
    codes::{CloseAction, Deed, EscalationOutcome, ExclusionExtent, ExclusionGround},
    ids::AgencyId,
    incident::{Corroboration, Measure},
    times::{Day, Moment},
};

/// A step. What it is a step of is a reference of the event's header.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// What was done; none where the reader may not know.
    pub deed: Option<Deed>,
    /// What it says, by the lifecycle it belongs to.
    pub said: StepSaid,
}

/// What a step says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum StepSaid {
    /// Of a hazard alert.
    Alert(AlertStep),
    /// Of an incident report.
    Incident(IncidentStep),
    /// Of an escalation. Field group: dispute.
    Escalation(Option<EscalationStep>),
    /// Of a safety plan. Field group: plan.
    Plan(Option<PlanStep>),
    /// Of a claimed change. Field group: plan.
    Change(Option<ChangeStep>),
    /// Of a meeting.
    Meeting(MeetingRecord),
    /// Of a request for information. Field group: plan.
    Information(Option<InformationStep>),
    /// What the person says. Field group: narrative.
    Statement(Option<Statement>),
}

/// Of a hazard alert: approval by somebody else, refusal, renewal, end, that the person was told.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct AlertStep {
    /// When it has to be reviewed next. Field group: safety.
    pub review_on: Option<Day>,
    /// Whether the person was told. Field group: safety; why not: narrative.
    pub told: Option<PersonTold>,
    /// A senior approver, as a child's alert needs. Field group: safety.
    pub senior: bool,
    /// Role or name of who decided. Field group: worker.
    pub decided_by: String,
    /// The fresh assessment, or why. Field group: narrative.
    pub words: String,
}

/// Of an incident report: assessed without an alert, corroborated by another agency, reported to the police since.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct IncidentStep {
    /// Why, or what the other agency knows of it. Field group: narrative.
    pub words: String,
    /// What bears it out. Field group: narrative; the person's own account: voice.
    pub source: Option<Corroboration>,
    /// Role or name of who decided. Field group: worker.
    pub decided_by: String,
    /// The police's reference, and when it was reported. Field group: criminal.
    pub police: Option<PoliceReport>,
}

/// A report to the police. Field group: criminal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PoliceReport {
    /// The police's reference; may be empty.
    pub reference: String,
    /// When.
    pub reported_at: Moment,
}

/// Of an escalation. Every step is written, and goes to who raised it (PRACTICE, section 3).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct EscalationStep {
    /// What is said: the response, the exact dissent, the reason, the determination.
    pub words: String,
    /// The role of who says it.
    pub role: String,
    /// The stage that it moves to; 0: none.
    pub stage: u8,
    /// The imminent risk, where it skips a stage.
    pub urgent_reason: String,
    /// How it ended.
    pub outcome: Option<EscalationOutcome>,
    /// By when somebody must be protected.
    pub protect_by: Option<Moment>,
    /// What keeps the child or adult safe meanwhile, and whose it is.
    pub interim_position: Option<Measure>,
    /// Who sits on the panel: agencies that are no party to it.
    pub panel: Vec<AgencyId>,
}

/// Of a safety plan.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PlanStep {
    /// Which measure, counted from 1; 0: none.
    pub measure: u8,
    /// When the plan is reviewed next.
    pub review_on: Option<Day>,
    /// What was done, why not, what the review found.
    pub words: String,
    /// What the family was told.
    pub told: Option<FamilyTold>,
}

/// What the family is told, how, by whom and when (guidance, section 7).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FamilyTold {
    /// Label of the person, as the event that it is a step of labels them, or a role.
    pub person: String,
    /// What.
    pub what: String,
    /// How: in person, by letter, through an interpreter.
    pub how: String,
    /// By whom, as a role.
    pub by: String,
    /// When; none: it is still to be done.
    pub on: Option<Day>,
}

/// Of a claimed change.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ChangeStep {
    /// What was seen.
    pub words: String,
    /// By what source.
    pub source: Option<Corroboration>,
    /// Since when it holds, or no longer does.
    pub on: Option<Day>,
}

/// The answer to a request for information.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct InformationStep {
    /// Where the information is, what was looked through, or why it isn't given.
    pub words: String,
    /// Role or name of who answers.
    pub role: String,
}

/// What a meeting records at its close, or of an exclusion (PRACTICE, section 10, "Room").
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct MeetingRecord {
    /// Field group: plan.
    pub closing: Option<Closing>,
    /// Field group: narrative. Never for the family.
    pub exclusion: Option<Exclusion>,
}

/// The guidance's closing questions (section 7) and who was there. Field group: plan.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Closing {
    /// Agencies invited.
    pub invited: Vec<AgencyId>,
    /// Agencies that attended.
    pub attended: Vec<AgencyId>,
    /// Agencies that reported in writing.
    pub reported: Vec<AgencyId>,
    /// Enough information for an assessment?
    pub enough_information: Option<bool>,
    /// Is the plan effective?
    pub plan_effective: Option<bool>,
    /// If not: what follows. Never the content of legal advice.
    pub next: Option<NextAction>,
    /// What the family is told, how, by whom, when.
    pub told: Vec<FamilyTold>,
    /// What was decided.
    pub decided: String,
}

/// What follows where a plan can't be made effective.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NextAction {
    /// CRISP or legal advice.
    pub what: CloseAction,
    /// Whose task.
    pub owner: AgencyId,
    /// By when.
    pub by: Day,
}

/// That excluding a person was considered: the chair decides. Field group: narrative.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exclusion {
    /// Whom, as a role or a name.
    pub who: String,
    /// On what ground.
    pub ground: ExclusionGround,
    /// For how long.
    pub extent: ExclusionExtent,
    /// How their views are heard.
    pub views_heard: String,
    /// Why.
    pub reason: String,
}

/// What the person whom an item is about says to it. Field group: narrative.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Statement {
    /// Label of the person, as the event that it is about labels them; may be empty.
    pub person: String,
    /// Their words; or, of an answer, why.
    pub words: String,
}

/// What of a step stands in clear.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepHead {
    /// What is done.
    pub deed: Deed,
    /// It skips a stage, because of an imminent risk.
    pub urgent: bool,
    /// Who sits on the panel.
    pub panel: Vec<AgencyId>,
}
