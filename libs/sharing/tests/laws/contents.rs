//! Content with something in each of its groups.

use diogel_domain::{
    codes::{
        CorroborationSource, Harm, IdentifierScheme, PersonRole, PrecautionCode, Precision,
        ReportedToPolice, Standing,
    },
    content::Content,
    correction::{Correction, Replacement},
    disclosure::{AccessRequest, Decided, EmergencyDisclosure, SharingDecision},
    incident::{
        Account, Corroboration, CriminalMatters, HealthContext, IncidentNarrative, IncidentReport,
        IncidentSafety, LocalCode, Measure, Precaution,
    },
    people::{Identifier, Identity, Person, Place, PlaceDetails},
    times::{Day, Moment, Occurred},
};

/// An incident, its correction, and what is said about sharing.
pub fn contents() -> Vec<Content> {
    let reason = || "why".to_owned();
    vec![
        Content::Incident(incident()),
        Content::Correction(Correction {
            reason: reason(),
            replacement: Some(Replacement::Incident(incident())),
        }),
        Content::AccessRequest(AccessRequest { reason: reason() }),
        Content::SharingDecision(SharingDecision {
            decided: Decided::Changed,
            reason: reason(),
        }),
        Content::EmergencyDisclosure(EmergencyDisclosure { reason: reason() }),
    ]
}

fn incident() -> IncidentReport {
    let said = || "said".to_owned();
    let local = Identifier::new(
        IdentifierScheme::Local,
        "T-1",
        diogel_domain::ids::AgencyId::new("housing").ok(),
    );
    IncidentReport {
        people: vec![Person {
            label: "p1".to_owned(),
            role: PersonRole::WhoseBehaviour,
            identity: Some(Identity {
                identifiers: local.into_iter().collect(),
                name: said(),
                born_on: Day::parse("1990-01-01"),
            }),
        }],
        places: vec![Place {
            label: "l1".to_owned(),
            details: Some(PlaceDetails {
                uprn: None,
                description: said(),
            }),
        }],
        safety: Some(safety()),
        narrative: Some(IncidentNarrative {
            standing: Some(Standing::Fact),
            what_happened: said(),
            worries: said(),
            circumstances: said(),
            potential_outcome: said(),
            at_risk: said(),
            protective_factors: said(),
            corroborated_by: vec![Corroboration {
                source: CorroborationSource::AccountOfThePerson,
                who: said(),
                agency: None,
            }],
        }),
        voice: vec![Account {
            person: "p1".to_owned(),
            words: said(),
            safe_to_say: false,
        }],
        worker: Some(said()),
        reporter: Some(said()),
        health: Some(HealthContext {
            causes: Vec::new(),
            note: said(),
        }),
        criminal: Some(CriminalMatters {
            grade: Some((1, 'B')),
            reported_to_police: Some(ReportedToPolice::Yes),
            reason: said(),
            police_reference: said(),
            reported_at: None,
        }),
        plan: vec![Measure {
            what: said(),
            owner: None,
            due_on: None,
        }],
    }
}

fn safety() -> IncidentSafety {
    IncidentSafety {
        occurred: Occurred {
            from: Moment(0),
            to: Moment(0),
            precision: Precision::Day,
        },
        behaviours: Vec::new(),
        threats: Vec::new(),
        local_codes: vec![LocalCode {
            list: "list".to_owned(),
            code: "code".to_owned(),
        }],
        directed_at: Vec::new(),
        harm: Harm::None,
        likelihood: None,
        setting: None,
        danger_at_once: true,
        provisional_precautions: vec![Precaution {
            code: PrecautionCode::NotAloneWith,
            person: Some("p1".to_owned()),
            note: "note".to_owned(),
        }],
        prevents_task: false,
        pattern: None,
    }
}
