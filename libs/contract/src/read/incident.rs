//! Incident reports from the wire.

use diogel_domain::{
    codes::{
        BehaviourPattern, Cause, CorroborationSource, DirectedAt, Harm, IncidentSetting,
        Likelihood, PrecautionCode, ReportedToPolice, ResistantBehaviour, Standing, ThreatForm,
    },
    incident::{
        Account, Corroboration, CriminalMatters, HealthContext, IncidentNarrative, IncidentReport,
        IncidentSafety, Measure, Precaution,
    },
};

use super::Reading;
use crate::v1;

impl Reading<'_> {
    pub(super) fn incident(&mut self, at: &str, given: &v1::IncidentReport) -> IncidentReport {
        let safety = given.safety.as_ref();
        let plan = given.plan.iter().take(13).enumerate();
        IncidentReport {
            people: self.people(at, &given.people),
            places: self.places(at, &given.places),
            safety: safety.map(|s| self.incident_safety(&format!("{at}.safety"), s)),
            narrative: given
                .narrative
                .as_ref()
                .map(|n| self.narrative(&format!("{at}.narrative"), n)),
            voice: given.voice.iter().take(7).map(account).collect(),
            worker: given.worker.as_ref().map(|w| w.who.clone()),
            reporter: given.reporter.as_ref().map(|r| r.who.clone()),
            health: given.health.as_ref().map(|h| HealthContext {
                causes: self.codes(
                    &format!("{at}.health.causes"),
                    &h.causes,
                    Cause::from_number,
                ),
                note: h.note.clone(),
            }),
            criminal: given
                .criminal
                .as_ref()
                .map(|c| self.criminal(&format!("{at}.criminal"), c)),
            plan: plan
                .map(|(i, m)| self.measure(&format!("{at}.plan[{i}]"), m))
                .collect(),
        }
    }

    fn incident_safety(&mut self, at: &str, given: &v1::IncidentSafety) -> IncidentSafety {
        let threats = self.codes(
            &format!("{at}.threats"),
            &given.threats,
            ThreatForm::from_number,
        );
        let (local_codes, mapped) =
            self.local_codes(&format!("{at}.local_codes"), &given.local_codes);
        let behaviours = format!("{at}.behaviours");
        let directed_at = format!("{at}.directed_at");
        let harm = self.required_code(&format!("{at}.harm"), given.harm, Harm::from_number);
        let precautions = format!("{at}.provisional_precautions");
        IncidentSafety {
            occurred: self.occurred(&format!("{at}.occurred"), given.occurred.as_ref()),
            behaviours: self.codes(
                &behaviours,
                &given.behaviours,
                ResistantBehaviour::from_number,
            ),
            threats: joined(threats, mapped),
            local_codes,
            directed_at: self.codes(&directed_at, &given.directed_at, DirectedAt::from_number),
            harm: harm.unwrap_or(Harm::None),
            likelihood: self.code(
                &format!("{at}.likelihood"),
                given.likelihood,
                Likelihood::from_number,
            ),
            danger_at_once: given.danger_at_once,
            provisional_precautions: self.precautions(&precautions, &given.provisional_precautions),
            prevents_task: given.prevents_task,
            pattern: self.code(
                &format!("{at}.pattern"),
                given.pattern,
                BehaviourPattern::from_number,
            ),
            setting: self.code(
                &format!("{at}.setting"),
                given.setting,
                IncidentSetting::from_number,
            ),
        }
    }

    pub(super) fn precautions(&mut self, at: &str, given: &[v1::Precaution]) -> Vec<Precaution> {
        let mut read = Vec::new();
        for (i, precaution) in given.iter().take(13).enumerate() {
            let field = format!("{at}[{i}].code");
            if let Some(code) =
                self.required_code(&field, precaution.code, PrecautionCode::from_number)
            {
                let person = Some(precaution.person.clone()).filter(|p| !p.is_empty());
                read.push(Precaution {
                    code,
                    person,
                    note: precaution.note.clone(),
                });
            }
        }
        read
    }

    fn narrative(&mut self, at: &str, given: &v1::IncidentNarrative) -> IncidentNarrative {
        IncidentNarrative {
            standing: self.code(
                &format!("{at}.standing"),
                given.standing,
                Standing::from_number,
            ),
            what_happened: given.what_happened.clone(),
            worries: given.worries.clone(),
            circumstances: given.circumstances.clone(),
            potential_outcome: given.potential_outcome.clone(),
            at_risk: given.at_risk.clone(),
            protective_factors: given.protective_factors.clone(),
            corroborated_by: self.corroborations(at, &given.corroborated_by),
        }
    }

    fn corroborations(&mut self, at: &str, given: &[v1::Corroboration]) -> Vec<Corroboration> {
        self.sources(&format!("{at}.corroborated_by"), given, 7)
    }

    pub(super) fn sources(
        &mut self,
        at: &str,
        given: &[v1::Corroboration],
        most: usize,
    ) -> Vec<Corroboration> {
        let given = given.iter().take(most).enumerate();
        given
            .filter_map(|(i, one)| self.source(&format!("{at}[{i}]"), Some(one)))
            .collect()
    }

    pub(super) fn source(
        &mut self,
        at: &str,
        given: Option<&v1::Corroboration>,
    ) -> Option<Corroboration> {
        let given = given?;
        let source = self.required_code(
            &format!("{at}.source"),
            given.source,
            CorroborationSource::from_number,
        );
        let agency = self.optional_agency(&format!("{at}.agency"), &given.agency);
        source.map(|source| Corroboration {
            source,
            who: given.who.clone(),
            agency,
        })
    }

    fn criminal(&mut self, at: &str, given: &v1::CriminalMatters) -> CriminalMatters {
        let reported = format!("{at}.reported_to_police");
        CriminalMatters {
            grade: self.grade(at, given),
            reported_to_police: self.code(
                &reported,
                given.reported_to_police,
                ReportedToPolice::from_number,
            ),
            reason: given.reason.clone(),
            police_reference: given.police_reference.clone(),
            reported_at: self.moment(&format!("{at}.reported_at"), given.reported_at.as_ref()),
        }
    }

    fn grade(&mut self, at: &str, given: &v1::CriminalMatters) -> Option<(u8, char)> {
        let mut letters = given.intelligence_assessment.chars();
        match (given.source_evaluation, letters.next(), letters.next()) {
            (0, None, None) => None,
            (source, Some(letter), None) => Some((u8::try_from(source).unwrap_or(0), letter)),
            _ => {
                self.add(
                    at,
                    "needs both `source_evaluation` and `intelligence_assessment`, or neither",
                );
                None
            }
        }
    }

    pub(super) fn measure(&mut self, at: &str, given: &v1::Measure) -> Measure {
        Measure {
            what: given.what.clone(),
            owner: self.optional_agency(&format!("{at}.owner"), &given.owner),
            due_on: self.day(&format!("{at}.due_on"), &given.due_on),
        }
    }
}

fn account(given: &v1::Account) -> Account {
    Account {
        person: given.person.clone(),
        words: given.words.clone(),
        safe_to_say: given.safe_to_say,
    }
}

/// Threats as given, and those mapped from local codes that weren't.
pub(super) fn joined(mut threats: Vec<ThreatForm>, mapped: Vec<ThreatForm>) -> Vec<ThreatForm> {
    for threat in mapped {
        if !threats.contains(&threat) {
            threats.push(threat);
        }
    }
    threats
}
