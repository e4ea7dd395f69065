//! Incident reports: short ones, that took a minute, and ones with the whole account.

use diogel_contract::v1;
use diogel_domain::codes::{
    Cause, DirectedAt, Harm, IncidentSetting, Likelihood, PersonRole, PrecautionCode, Purpose,
    ReportedToPolice, ResistantBehaviour, Sector, Standing, ThreatForm,
};

use crate::{
    draft::Draft,
    people::{self, Member},
    texts,
};

const BEHAVIOURS: [ResistantBehaviour; 5] = [
    ResistantBehaviour::Ambivalence,
    ResistantBehaviour::Avoidance,
    ResistantBehaviour::Avoidance,
    ResistantBehaviour::DisguisedCompliance,
    ResistantBehaviour::Confrontation,
];

const THREATS: [ThreatForm; 8] = [
    ThreatForm::IntimidatingLanguage,
    ThreatForm::Shouting,
    ThreatForm::Swearing,
    ThreatForm::BodyLanguage,
    ThreatForm::Bombarding,
    ThreatForm::Animal,
    ThreatForm::Throwing,
    ThreatForm::Following,
];

const LIKELIHOODS: [Likelihood; 4] = [
    Likelihood::Unlikely,
    Likelihood::Possible,
    Likelihood::Likely,
    Likelihood::NotKnown,
];

const SETTINGS: [IncidentSetting; 6] = [
    IncidentSetting::Home,
    IncidentSetting::Home,
    IncidentSetting::Home,
    IncidentSetting::AgencyPremises,
    IncidentSetting::ByPhone,
    IncidentSetting::PublicPlace,
];

/// An incident with what its audience depends on.
pub(crate) struct Incident {
    pub(crate) report: v1::IncidentReport,
    pub(crate) purpose: Purpose,
    /// Danger at once.
    pub(crate) pressing: bool,
}

impl Draft<'_> {
    /// A short report: one or two people, what was done, an account of four or five sentences. `calm`: never danger at once.
    pub(crate) fn short_incident(&mut self, calm: bool) -> Incident {
        let mut incident = self.incident(calm);
        let count = self.random.between(4, 5) as usize;
        let narrative = v1::IncidentNarrative {
            standing: self.standing(),
            what_happened: texts::some(self.random, &texts::SEEN, count),
            ..v1::IncidentNarrative::default()
        };
        incident.report.narrative = Some(narrative);
        incident
    }

    /// A report with an account of everything that the guidance asks for.
    pub(crate) fn full_incident(&mut self) -> Incident {
        let mut incident = self.incident(false);
        let random = &mut *self.random;
        let mut some = |all: &[&'static str; 8]| {
            let count = random.between(2, 4) as usize;
            texts::some(random, all, count)
        };
        let narrative = v1::IncidentNarrative {
            worries: some(&texts::WORRIES),
            circumstances: some(&texts::CIRCUMSTANCES),
            standing: self.standing(),
            what_happened: texts::some(self.random, &texts::SEEN, 7),
            protective_factors: texts::some(self.random, &texts::WORKED, 2),
            ..v1::IncidentNarrative::default()
        };
        incident.report.narrative = Some(narrative);
        incident.report.reporter = Some(v1::Reporter {
            who: self.random.pick(&texts::MANAGERS).into(),
        });
        incident.report.health = self.random.once_in(4).then(|| v1::HealthContext {
            causes: vec![
                self.random
                    .pick(&[Cause::Fear, Cause::SubstanceUse])
                    .number(),
            ],
            note: String::new(),
        });
        self.plan(&mut incident.report);
        incident
    }

    fn incident(&mut self, calm: bool) -> Incident {
        let threatened = self.random.once_in(2);
        let pressing = threatened && self.random.once_in(6) && !calm;
        let child = self.random.once_in(2);
        let mut people = vec![self.person("p1", Member::Parent, PersonRole::WhoseBehaviour)];
        if child {
            people.push(self.child("p2"));
        } else if self.random.once_in(2) {
            people.push(self.person("p2", Member::Partner, PersonRole::AdultAtRisk));
        }
        let placed = pressing || self.random.once_in(3);
        let report = v1::IncidentReport {
            people,
            places: placed
                .then(|| people::home(self.family))
                .into_iter()
                .collect(),
            safety: Some(self.incident_safety(threatened, pressing)),
            worker: Some(v1::Worker {
                who: texts::worker(self.agency.sector).into(),
            }),
            criminal: threatened.then(|| self.criminal()),
            ..v1::IncidentReport::default()
        };
        let purpose = match (pressing, child) {
            (true, _) => Purpose::WorkerSafety,
            (false, true) => Purpose::ChildProtection,
            (false, false) => Purpose::AdultProtection,
        };
        Incident {
            report,
            purpose,
            pressing,
        }
    }

    fn incident_safety(&mut self, threatened: bool, pressing: bool) -> v1::IncidentSafety {
        let count = if threatened {
            self.random.between(1, 3) as usize
        } else {
            0
        };
        let threats = self.random.some_of(&THREATS, count);
        let harm = if threatened { Harm::Shaken } else { Harm::None };
        let precautions = [
            precaution(PrecautionCode::VisitInPairs, ""),
            precaution(PrecautionCode::NotAloneWith, "p1"),
        ];
        let precautions = precautions.into_iter().filter(|_| pressing);
        v1::IncidentSafety {
            occurred: Some(self.occurred()),
            behaviours: vec![self.random.pick(&BEHAVIOURS).number()],
            threats: threats.into_iter().map(ThreatForm::number).collect(),
            directed_at: threatened
                .then(|| DirectedAt::Worker.number())
                .into_iter()
                .collect(),
            harm: harm.number(),
            likelihood: self.random.pick(&LIKELIHOODS).number(),
            setting: self.random.pick(&SETTINGS).number(),
            danger_at_once: pressing,
            provisional_precautions: precautions.collect(),
            prevents_task: self.random.once_in(4),
            ..v1::IncidentSafety::default()
        }
    }

    fn standing(&mut self) -> i32 {
        let usual = [Standing::Fact, Standing::Fact, Standing::Observation];
        self.random.pick(&usual).number()
    }

    fn criminal(&mut self) -> v1::CriminalMatters {
        let police = self.agency.sector == Sector::Police;
        let reported = police || self.random.once_in(3);
        let (answer, reason) = if reported {
            (ReportedToPolice::Yes, "")
        } else {
            (
                ReportedToPolice::No,
                "Nobody was hurt, and the worker asked us to wait.",
            )
        };
        let reference = format!("CD-{:06}", self.random.below(1_000_000));
        let grade = if police {
            (self.random.between(1, 3), "B")
        } else {
            (0, "")
        };
        v1::CriminalMatters {
            source_evaluation: grade.0,
            intelligence_assessment: grade.1.into(),
            reported_to_police: answer.number(),
            reason: reason.into(),
            police_reference: if reported { reference } else { String::new() },
            reported_at: None,
        }
    }

    fn plan(&mut self, report: &mut v1::IncidentReport) {
        let count = self.random.between(1, 2) as usize;
        for what in self.random.some_of(&texts::MEASURES, count) {
            report.plan.push(v1::Measure {
                what: what.into(),
                owner: self.agency.id.clone(),
                due_on: self.ahead(1, 28),
            });
        }
    }
}

pub(crate) fn precaution(code: PrecautionCode, person: &str) -> v1::Precaution {
    v1::Precaution {
        code: code.number(),
        person: person.into(),
        note: String::new(),
    }
}
