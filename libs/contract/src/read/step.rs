//! Steps of lifecycles from the wire.

use diogel_domain::{
    codes::{CloseAction, Deed, EscalationOutcome, ExclusionExtent, ExclusionGround, Lifecycle},
    content::{Content, ReferenceRole},
    step::{
        AlertStep, ChangeStep, Closing, EscalationStep, Exclusion, IncidentStep, InformationStep,
        MeetingRecord, NextAction, PlanStep, PoliceReport, Statement, Step, StepHead, StepSaid,
    },
    times::Moment,
};

use super::Reading;
use crate::v1::{self, step::Said as Given};

impl Reading<'_> {
    /// `asked`: a request says what it is taken on; read back from the seal, the header does.
    pub(super) fn step(&mut self, given: &v1::Step, asked: bool) -> Option<Content> {
        if asked {
            self.reference("step.of", ReferenceRole::StepOf, given.of.as_ref());
        }
        let deed = self.required_code("step.deed", given.deed, Deed::from_number)?;
        let Some(said) = self.step_said(deed.lifecycle(), given.said.as_ref()) else {
            let part = part(deed.lifecycle());
            self.add(
                "step",
                format!("needs `{part}`: it goes with this deed, and no other part does"),
            );
            return None;
        };
        let step = Step {
            deed: Some(deed),
            said,
        };
        if asked {
            (self.step, self.stage) = head(deed, &step.said);
        }
        Some(Content::Step(step))
    }

    fn step_said(&mut self, lifecycle: Lifecycle, given: Option<&Given>) -> Option<StepSaid> {
        Some(match (lifecycle, given?) {
            (Lifecycle::Alert, Given::Alert(p)) => StepSaid::Alert(self.alert_step(p)),
            (Lifecycle::Incident, Given::Incident(p)) => StepSaid::Incident(self.incident_step(p)),
            (Lifecycle::Escalation, Given::Escalation(p)) => {
                StepSaid::Escalation(Some(self.escalation_step(p)))
            }
            (Lifecycle::Plan, Given::Plan(p)) => StepSaid::Plan(Some(self.plan_step(p))),
            (Lifecycle::Change, Given::Change(p)) => StepSaid::Change(Some(self.change_step(p))),
            (Lifecycle::Meeting, Given::Meeting(p)) => StepSaid::Meeting(self.meeting_record(p)),
            (Lifecycle::Information, Given::Information(p)) => {
                StepSaid::Information(Some(InformationStep {
                    words: p.words.clone(),
                    role: p.role.clone(),
                }))
            }
            (Lifecycle::Statement, Given::Statement(p)) => StepSaid::Statement(Some(Statement {
                person: p.person.clone(),
                words: p.words.clone(),
            })),
            _ => return None,
        })
    }

    fn alert_step(&mut self, given: &v1::AlertStep) -> AlertStep {
        AlertStep {
            review_on: self.day("step.alert.review_on", &given.review_on),
            told: given
                .told
                .as_ref()
                .map(|told| self.told("step.alert.told", told)),
            senior: given.senior,
            decided_by: given.decided_by.clone(),
            words: given.words.clone(),
        }
    }

    fn incident_step(&mut self, given: &v1::IncidentStep) -> IncidentStep {
        let at = "step.incident";
        let police = given.police.as_ref().map(|police| {
            let field = format!("{at}.police.reported_at");
            let reported_at = self.moment(&field, police.reported_at.as_ref());
            if police.reported_at.is_none() {
                self.add(field, "is required: when it was reported");
            }
            PoliceReport {
                reference: police.reference.clone(),
                reported_at: reported_at.unwrap_or(Moment(0)),
            }
        });
        IncidentStep {
            words: given.words.clone(),
            source: self.source(&format!("{at}.source"), given.source.as_ref()),
            decided_by: given.decided_by.clone(),
            police,
        }
    }

    fn escalation_step(&mut self, given: &v1::EscalationStep) -> EscalationStep {
        let at = "step.escalation";
        let position = given.interim_position.as_ref();
        let panel = given.panel.iter().take(25).enumerate();
        let panel = panel.filter_map(|(i, a)| self.agency(&format!("{at}.panel[{i}]"), a));
        let panel = panel.collect();
        EscalationStep {
            words: given.words.clone(),
            role: given.role.clone(),
            stage: u8::try_from(given.stage).unwrap_or(u8::MAX),
            urgent_reason: given.urgent_reason.clone(),
            outcome: self.code(
                &format!("{at}.outcome"),
                given.outcome,
                EscalationOutcome::from_number,
            ),
            protect_by: self.moment(&format!("{at}.protect_by"), given.protect_by.as_ref()),
            interim_position: position.map(|m| self.measure(&format!("{at}.interim_position"), m)),
            panel,
        }
    }

    fn plan_step(&mut self, given: &v1::PlanStep) -> PlanStep {
        let told = given.told.as_ref();
        PlanStep {
            measure: u8::try_from(given.measure).unwrap_or(u8::MAX),
            review_on: self.day("step.plan.review_on", &given.review_on),
            words: given.words.clone(),
            told: told.map(|told| self.family_told("step.plan.told", told)),
        }
    }

    fn change_step(&mut self, given: &v1::ChangeStep) -> ChangeStep {
        ChangeStep {
            words: given.words.clone(),
            source: self.source("step.change.source", given.source.as_ref()),
            on: self.day("step.change.on", &given.on),
        }
    }

    fn meeting_record(&mut self, given: &v1::MeetingRecord) -> MeetingRecord {
        let (closing, exclusion) = (given.closing.as_ref(), given.exclusion.as_ref());
        MeetingRecord {
            closing: closing.map(|c| self.closing("step.meeting.closing", c)),
            exclusion: exclusion.and_then(|e| self.exclusion("step.meeting.exclusion", e)),
        }
    }

    fn closing(&mut self, at: &str, given: &v1::Closing) -> Closing {
        let mut named = |name: &str, agencies: &[String]| {
            let agencies = agencies.iter().take(25).enumerate();
            let agencies =
                agencies.filter_map(|(i, a)| self.agency(&format!("{at}.{name}[{i}]"), a));
            agencies.collect()
        };
        Closing {
            invited: named("invited", &given.invited),
            attended: named("attended", &given.attended),
            reported: named("reported", &given.reported),
            enough_information: self.answer(
                &format!("{at}.enough_information"),
                given.enough_information,
            ),
            plan_effective: self.answer(&format!("{at}.plan_effective"), given.plan_effective),
            next: given
                .next
                .as_ref()
                .and_then(|next| self.next_action(&format!("{at}.next"), next)),
            told: self.families_told(&format!("{at}.told"), &given.told),
            decided: given.decided.clone(),
        }
    }

    fn answer(&mut self, at: &str, given: i32) -> Option<bool> {
        let answer = |number| match v1::Answer::try_from(number) {
            Ok(v1::Answer::Yes) => Some(true),
            Ok(v1::Answer::No) => Some(false),
            Ok(v1::Answer::Unspecified) | Err(_) => None,
        };
        self.code(at, given, answer)
    }

    fn next_action(&mut self, at: &str, given: &v1::NextAction) -> Option<NextAction> {
        let what = self.required_code(&format!("{at}.what"), given.what, CloseAction::from_number);
        let owner = self.agency(&format!("{at}.owner"), &given.owner);
        let by = self.required_day(&format!("{at}.by"), &given.by);
        Some(NextAction {
            what: what?,
            owner: owner?,
            by: by?,
        })
    }

    fn exclusion(&mut self, at: &str, given: &v1::Exclusion) -> Option<Exclusion> {
        let ground = self.required_code(
            &format!("{at}.ground"),
            given.ground,
            ExclusionGround::from_number,
        );
        let extent = self.required_code(
            &format!("{at}.extent"),
            given.extent,
            ExclusionExtent::from_number,
        );
        Some(Exclusion {
            who: given.who.clone(),
            ground: ground?,
            extent: extent?,
            views_heard: given.views_heard.clone(),
            reason: given.reason.clone(),
        })
    }
}

/// The part of a step's content that belongs to a lifecycle.
const fn part(lifecycle: Lifecycle) -> &'static str {
    match lifecycle {
        Lifecycle::Alert => "alert",
        Lifecycle::Incident => "incident",
        Lifecycle::Escalation => "escalation",
        Lifecycle::Plan => "plan",
        Lifecycle::Change => "change",
        Lifecycle::Meeting => "meeting",
        Lifecycle::Information => "information",
        Lifecycle::Statement => "statement",
    }
}

/// What of a step stands in clear, and the stage that it moves to.
fn head(deed: Deed, said: &StepSaid) -> (Option<StepHead>, u8) {
    let (urgent, panel, stage) = match said {
        StepSaid::Escalation(Some(said)) => (
            !said.urgent_reason.trim().is_empty(),
            said.panel.clone(),
            said.stage,
        ),
        _ => (false, Vec::new(), 0),
    };
    let head = StepHead {
        deed,
        urgent,
        panel,
    };
    (Some(head), stage)
}
