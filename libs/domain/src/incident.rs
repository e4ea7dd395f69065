//! The incident report: the nine questions of the guidance's section 8, one struct a field group, so that what a reader may not
//! see is simply absent.

use serde::{Deserialize, Serialize};

use crate::{
    codes::{
        BehaviourPattern, Cause, CorroborationSource, DirectedAt, Harm, IncidentSetting,
        Likelihood, PrecautionCode, ReportedToPolice, ResistantBehaviour, Standing, ThreatForm,
    },
    ids::AgencyId,
    people::{Person, Place},
    times::{Day, Moment, Occurred},
};

/// An incident report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IncidentReport {
    /// Who is concerned.
    pub people: Vec<Person>,
    /// Where.
    pub places: Vec<Place>,
    /// Field group: safety. Present in every publication.
    pub safety: Option<IncidentSafety>,
    /// Field group: narrative.
    pub narrative: Option<IncidentNarrative>,
    /// Field group: voice.
    pub voice: Vec<Account>,
    /// Field group: worker. Name or role.
    pub worker: Option<String>,
    /// Field group: reporter. Name or role.
    pub reporter: Option<String>,
    /// Field group: health.
    pub health: Option<HealthContext>,
    /// Field group: criminal.
    pub criminal: Option<CriminalMatters>,
    /// Field group: plan.
    pub plan: Vec<Measure>,
}

/// What a visiting worker needs. Field group: safety.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IncidentSafety {
    /// When.
    pub occurred: Occurred,
    /// Kinds of resistant behaviour.
    pub behaviours: Vec<ResistantBehaviour>,
    /// Forms of threat, those mapped from local codes included.
    pub threats: Vec<ThreatForm>,
    /// The publishing system's own codes, kept as provenance; shown with field group criminal only.
    pub local_codes: Vec<LocalCode>,
    /// At whom.
    pub directed_at: Vec<DirectedAt>,
    /// The harm done.
    pub harm: Harm,
    /// Whether it may happen again, if the originator says.
    pub likelihood: Option<Likelihood>,
    /// Physical danger to whoever goes there next.
    pub danger_at_once: bool,
    /// Until the report is assessed.
    pub provisional_precautions: Vec<Precaution>,
    /// It keeps the agency from its task.
    pub prevents_task: bool,
    /// Whether it is so with everybody and everywhere, if the originator says.
    pub pattern: Option<BehaviourPattern>,
    /// In what kind of place, if the originator says.
    pub setting: Option<IncidentSetting>,
}

/// A code of an agency's own list.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct LocalCode {
    /// The list's name in the agency's profile.
    pub list: String,
    /// The code.
    pub code: String,
}

/// A precaution.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Precaution {
    /// What to do.
    pub code: PrecautionCode,
    /// Label of the person meant.
    pub person: Option<String>,
    /// More, in the originator's words.
    pub note: String,
}

/// The account. Field group: narrative.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IncidentNarrative {
    /// What the originator vouches for.
    pub standing: Option<Standing>,
    /// What happened, what was said.
    pub what_happened: String,
    /// What we are worried about.
    pub worries: String,
    /// Circumstances and context.
    pub circumstances: String,
    /// What could come of it.
    pub potential_outcome: String,
    /// Who may be at risk and how.
    pub at_risk: String,
    /// What has worked, what protects.
    pub protective_factors: String,
    /// Who bears the account out (guidance, sections 4 and 5.1).
    pub corroborated_by: Vec<Corroboration>,
}

/// One source that bears an account out. Field group: narrative; what rests on the person's own account: voice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Corroboration {
    /// What kind of source.
    pub source: CorroborationSource,
    /// Who, by role.
    pub who: String,
    /// The agency whose worker or record it is.
    pub agency: Option<AgencyId>,
}

/// The account of the child, adult at risk or suspected victim. Field group: voice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// Label of the person whose account it is.
    pub person: String,
    /// Their words.
    pub words: String,
    /// Asked, and safe to say before the family.
    pub safe_to_say: bool,
}

/// Causes. Field group: health.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HealthContext {
    /// Possible causes.
    pub causes: Vec<Cause>,
    /// More.
    pub note: String,
}

/// Police matters. Field group: criminal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CriminalMatters {
    /// 3x5x2 source evaluation, 1 to 3, and how it is known, A to E. Police only.
    pub grade: Option<(u8, char)>,
    /// Reported to the police?
    pub reported_to_police: Option<ReportedToPolice>,
    /// Why not.
    pub reason: String,
    /// The police's reference.
    pub police_reference: String,
    /// When it was reported to the police.
    pub reported_at: Option<Moment>,
}

/// A measure. Field group: plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Measure {
    /// What is to be done.
    pub what: String,
    /// By whom.
    pub owner: Option<AgencyId>,
    /// By when.
    pub due_on: Option<Day>,
}
