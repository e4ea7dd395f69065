//! The Board's policy: the stages of professional disagreements (CRISP) with their clocks, what belongs elsewhere, and how long an alert
//! stands. A board's configuration, adopted by an event of the Board (PRACTICE, section 3). Owns the file's form and its rules, and what
//! holds before a board has adopted any.

use serde::Deserialize;

use crate::codes::{EscalationTopic, Language};

/// Longest file, in bytes.
pub const LONGEST: usize = 16 * 1024;
/// Stages that a policy can have.
const MOST_STAGES: usize = 9;
/// A stage takes no longer, in working days: more is a slip.
const LONGEST_STAGE: u16 = 90;

/// A version of the policy.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// Its id, the same in every version.
    pub id: String,
    /// Counted from 1.
    pub version: u32,
    /// English title.
    pub title: String,
    /// Welsh title.
    pub title_cy: String,
    /// The stages, from the first on.
    #[serde(rename = "stage")]
    pub stages: Vec<Stage>,
    /// Topics that are out of its scope.
    #[serde(default)]
    pub outside: Vec<Outside>,
    /// How long alerts stand.
    #[serde(default, rename = "alerts")]
    pub alerts: AlertClocks,
}

/// How long an alert, or a report of danger, stands (PRACTICE, section 10, "Danger at once").
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct AlertClocks {
    /// Working days for which what nobody has decided shows with its precautions; then it is listed as undecided.
    pub undecided_after_working_days: u16,
    /// Months for which it shows as stale after its review, or as undecided; then it has lapsed.
    pub stale_months: u16,
    /// Months within which an objection is answered.
    pub answer_months: u16,
}

impl Default for AlertClocks {
    fn default() -> Self {
        Self {
            undecided_after_working_days: 3,
            stale_months: 3,
            answer_months: 1,
        }
    }
}

/// A stage.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stage {
    /// Who acts, in English.
    pub name: String,
    /// Who acts, in Welsh.
    pub name_cy: String,
    /// How long it takes, in working days.
    pub working_days: u16,
}

/// A topic that belongs elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outside {
    /// Which.
    pub topic: Topic,
    /// Where it belongs, in English.
    pub to: String,
    /// Where it belongs, in Welsh.
    pub to_cy: String,
}

/// A topic as a file writes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Topic(pub EscalationTopic);

impl TryFrom<String> for Topic {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let topic = EscalationTopic::from_code(&text).map(Self);
        topic.ok_or_else(|| format!("{text:?} is no topic of an escalation"))
    }
}

impl Stage {
    /// Who acts.
    pub fn name(&self, language: Language) -> &str {
        match language {
            Language::English => &self.name,
            Language::Welsh => &self.name_cy,
        }
    }
}

impl Default for Policy {
    /// Before a board has adopted any: four stages, after published protocols (PRACTICE, section 3).
    fn default() -> Self {
        let stage = |name: &str, name_cy: &str, working_days| Stage {
            name: name.into(),
            name_cy: name_cy.into(),
            working_days,
        };
        Self {
            id: "usual".into(),
            version: 1,
            title: "Usual stages".into(),
            title_cy: "Camau arferol".into(),
            stages: vec![
                stage("Practitioner with counterpart", "Rhwng ymarferwyr", 3),
                stage("Line managers", "Rheolwyr llinell", 5),
                stage("Senior managers", "Uwch-reolwyr", 2),
                stage("Board panel", "Panel y Bwrdd", 10),
            ],
            outside: usually_outside(),
            alerts: AlertClocks::default(),
        }
    }
}

/// What isn't a disagreement between agencies (PRACTICE, section 3).
fn usually_outside() -> Vec<Outside> {
    [
        (
            EscalationTopic::InternalDispute,
            "your agency's own line management",
            "rheolwyr llinell eich asiantaeth eich hun",
        ),
        (
            EscalationTopic::ProfessionalConduct,
            "the employer, or the local authority's designated officer for safeguarding",
            "y cyflogwr, neu swyddog dynodedig yr awdurdod lleol ar gyfer diogelu",
        ),
        (
            EscalationTopic::Complaint,
            "the agency's complaints procedure",
            "trefn gwyno'r asiantaeth",
        ),
        (
            EscalationTopic::Whistleblowing,
            "your agency's whistleblowing policy, or the regulator",
            "polisi chwythu'r chwiban eich asiantaeth, neu'r rheoleiddiwr",
        ),
    ]
    .map(|(topic, to, to_cy)| Outside {
        topic: Topic(topic),
        to: to.into(),
        to_cy: to_cy.into(),
    })
    .into()
}

impl Policy {
    /// Reads a policy's file.
    ///
    /// # Errors
    /// In words: what isn't understood, or breaks a rule, and a way out.
    pub fn from_toml(text: &str) -> Result<Self, String> {
        if text.len() > LONGEST {
            return Err(format!("is longer than {LONGEST} bytes; shorten it"));
        }
        let policy: Self = toml::from_str(text).map_err(|error| error.to_string())?;
        policy.check().map(|()| policy)
    }

    fn check(&self) -> Result<(), String> {
        if self.id.is_empty() || self.id.len() > 32 || self.version == 0 {
            return Err("needs an `id` of at most 32 bytes and a `version` from 1".into());
        }
        if self.stages.is_empty() || self.stages.len() > MOST_STAGES {
            return Err(format!("needs 1 to {MOST_STAGES} stages"));
        }
        let AlertClocks {
            undecided_after_working_days,
            stale_months,
            answer_months,
        } = self.alerts;
        let fits = (1..=10).contains(&undecided_after_working_days)
            && (1..=12).contains(&stale_months)
            && answer_months == 1;
        if !fits {
            return Err("alerts: `undecided_after_working_days` must be 1 to 10, `stale_months` 1 to 12, `answer_months` 1: a challenge is answered within a month".into());
        }
        for (i, stage) in self.stages.iter().enumerate() {
            if !(1..=LONGEST_STAGE).contains(&stage.working_days) {
                let number = i + 1;
                return Err(format!(
                    "stage {number}: `working_days` must be 1 to {LONGEST_STAGE}"
                ));
            }
            if stage.name.trim().is_empty() || stage.name_cy.trim().is_empty() {
                let number = i + 1;
                return Err(format!(
                    "stage {number}: needs `name` and `name_cy`: who acts"
                ));
            }
        }
        Ok(())
    }

    /// A stage by its number; none: the policy has no such stage.
    pub fn stage(&self, number: u8) -> Option<&Stage> {
        self.stages.get(usize::from(number).checked_sub(1)?)
    }

    /// The number of the last stage.
    pub fn last_stage(&self) -> u8 {
        u8::try_from(self.stages.len()).unwrap_or(u8::MAX)
    }

    /// Where a topic belongs that is out of scope; none for those in scope.
    pub fn diverts(&self, topic: EscalationTopic, language: Language) -> Option<&str> {
        let outside = self.outside.iter().find(|o| o.topic.0 == topic)?;
        Some(match language {
            Language::English => &outside.to,
            Language::Welsh => &outside.to_cy,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHIPPED: &str = include_str!("../../../deploy/crisp/cd-crisp.toml");

    #[test]
    fn the_shipped_policy_has_four_stages_and_sends_four_topics_elsewhere() {
        let policy = Policy::from_toml(SHIPPED).unwrap();
        let days: Vec<u16> = policy.stages.iter().map(|s| s.working_days).collect();
        assert_eq!(days, [3, 5, 2, 10]);
        assert_eq!(policy.last_stage(), 4);
        assert_eq!(policy.stages, Policy::default().stages);
        assert_eq!(policy.outside, Policy::default().outside);
        assert!(policy.stage(0).is_none() && policy.stage(5).is_none());
        for topic in EscalationTopic::ALL {
            let outside = topic.number() >= 20;
            for language in [Language::English, Language::Welsh] {
                assert_eq!(policy.diverts(*topic, language).is_some(), outside);
            }
        }
    }

    #[test]
    fn a_policy_that_breaks_a_rule_says_which() {
        for (from, to, says) in [
            ("working_days = 3", "working_days = 0", "stage 1"),
            ("version = 1", "version = 0", "version"),
            ("\"complaint\"", "\"gossip\"", "topic"),
            ("stale_months = 3", "stale_months = 0", "alerts"),
            ("version = 1", "version = 1\nowner = \"me\"", "owner"),
        ] {
            let broken = SHIPPED.replacen(from, to, 1);
            let why = Policy::from_toml(&broken).unwrap_err();
            assert!(why.contains(says), "{why}");
        }
    }
}
