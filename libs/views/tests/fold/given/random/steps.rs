//! Steps of lifecycles, mostly such as could count; and the records that some of them are taken on.

use diogel_domain::{
    codes::{CorroborationSource, Deed, Lifecycle, RequestPower},
    content::{Content, Matter, ReferenceRole},
    ids::EventId,
    incident::{Corroboration, Measure},
    records::{
        Advocacy, ChangeClaimed, ContactNote, EngagementNeeds, InformationRequest,
        InformationSought, Needs, PlanAgreed, SafetyPlan, Strength, StrengthNoted,
    },
    step::{
        AlertStep, ChangeStep, EscalationStep, IncidentStep, InformationStep, MeetingRecord,
        PlanStep, Statement, Step, StepHead, StepSaid,
    },
    times::Day,
};
use diogel_sharing::header::Header;

use super::{Sort, Teller, agency, items::people};

impl Teller {
    pub(super) fn steps(&mut self, by: &'static str) -> (EventId, Sort) {
        let sort = if self.dice.one_in(4) {
            None
        } else {
            Some(Sort::Item)
        };
        let on = if self.dice.one_in(3) {
            self.any(sort)
        } else {
            self.own(by, sort)
        };
        let (matter, originator) = self.ground(on);
        let fitting: Vec<Deed> = Deed::ALL
            .iter()
            .copied()
            .filter(|deed| deed.lifecycle().on().is_none_or(|of| Some(of) == matter))
            .collect();
        let deed = if self.dice.one_in(12) {
            self.dice.pick(Deed::ALL)
        } else {
            self.dice.pick(&fitting)
        };
        let goes_along = matches!(deed.lifecycle(), Lifecycle::Escalation | Lifecycle::Meeting);
        let along = goes_along || originator == Some(by);
        let along = along != self.dice.one_in(10);
        let stage = if deed == Deed::MovedOn {
            u8::try_from(1 + self.dice.roll(4)).unwrap()
        } else {
            0
        };
        let header = Header {
            audience: (!along).then(|| self.audience(by)),
            step: Some(StepHead {
                deed,
                urgent: self.dice.one_in(3),
                panel: vec![agency("education")],
            }),
            stage,
            ..Header::default()
        };
        let said = self.said(deed);
        let step = Content::Step(Step {
            deed: Some(deed),
            said,
        });
        let references = [(on, ReferenceRole::StepOf)];
        (self.story.seals(by, header, &references, step), Sort::Other)
    }

    /// What it is about, and whose it is.
    fn ground(&self, on: EventId) -> (Option<Matter>, Option<&'static str>) {
        let input = self.story.inputs.iter().find(|input| input.event_id == on);
        let matter = input.and_then(|i| i.known.as_ref()?.0.matter());
        let told = self.told.iter().find(|told| told.1 == on);
        (matter, told.map(|told| told.0))
    }

    fn said(&mut self, deed: Deed) -> StepSaid {
        let words = "what was done".to_owned();
        match deed.lifecycle() {
            Lifecycle::Alert => StepSaid::Alert(AlertStep {
                review_on: Day::parse(["2026-06-20", "2026-12-24"][self.dice.roll(2)]),
                decided_by: "Manager".to_owned(),
                words,
                ..AlertStep::default()
            }),
            Lifecycle::Incident => StepSaid::Incident(IncidentStep {
                words,
                source: self.dice.one_in(2).then(source),
                ..IncidentStep::default()
            }),
            Lifecycle::Escalation => StepSaid::Escalation(Some(EscalationStep {
                words,
                ..EscalationStep::default()
            })),
            Lifecycle::Plan => StepSaid::Plan(Some(PlanStep {
                words,
                ..PlanStep::default()
            })),
            Lifecycle::Change => StepSaid::Change(Some(ChangeStep {
                words,
                ..ChangeStep::default()
            })),
            Lifecycle::Meeting => StepSaid::Meeting(MeetingRecord::default()),
            Lifecycle::Information => StepSaid::Information(Some(InformationStep {
                words,
                role: String::new(),
            })),
            Lifecycle::Statement => StepSaid::Statement(Some(Statement {
                person: String::new(),
                words,
            })),
        }
    }

    pub(super) fn notes(&mut self, by: &str) -> (EventId, Sort) {
        let people = people(&mut self.dice);
        let one = || vec![people[0].clone()];
        let content = match self.dice.roll(7) {
            2 => Content::Contact(ContactNote {
                people,
                contact: None,
                note: "nobody was at home".to_owned(),
            }),
            3 => Content::EngagementNeeds(EngagementNeeds {
                people: one(),
                needs: Some(Needs {
                    language: "Welsh".to_owned(),
                    ..Needs::default()
                }),
            }),
            4 => Content::Advocacy(Advocacy {
                people: one(),
                offer: None,
            }),
            0 => Content::SafetyPlan(SafetyPlan {
                people,
                worries: "worries".to_owned(),
                agreed: Some(plan()),
            }),
            1 => Content::ChangeClaimed(ChangeClaimed {
                people,
                change: None,
            }),
            5 => Content::InformationRequest(InformationRequest {
                people,
                sought: Some(InformationSought {
                    asked: vec![agency("health")],
                    power: RequestPower::Agreement,
                    what: "what daily life is like".to_owned(),
                    by: Day::parse("2026-06-20").unwrap(),
                }),
            }),
            _ => Content::Strength(StrengthNoted {
                people,
                strength: Some(Strength {
                    what: "goes to school".to_owned(),
                    since: None,
                }),
            }),
        };
        let audience = self.audience(by);
        let event = self.story.publishes(by, audience, &[], content);
        (event, Sort::Item)
    }
}

fn source() -> Corroboration {
    Corroboration {
        source: CorroborationSource::AccountOfThePerson,
        who: "the child".to_owned(),
        agency: None,
    }
}

fn plan() -> PlanAgreed {
    PlanAgreed {
        lead: agency("social-care"),
        aim: String::new(),
        measures: vec![Measure {
            what: "dog kept away".to_owned(),
            owner: Some(agency("housing")),
            due_on: None,
        }],
        roles: Vec::new(),
        contingency: String::new(),
        review_on: Day::parse("2026-09-01").unwrap(),
        told: Vec::new(),
    }
}
