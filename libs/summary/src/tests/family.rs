//! An invented family and the agencies around it. Every source goes through a permit, as a real one does.

use std::collections::BTreeMap;

use diogel_domain::{
    alert::{AlertDecision, AlertNarrative, AlertSafety, AlertTarget, HazardAlert, PersonTold},
    codes::{
        AlertStatus, Certainty, CorroborationSource, DirectedAt, EscalationTopic, FamilyHandling,
        Harm, Language, LawfulBasis, PersonRole, PrecautionCode, Precision, Purpose,
        ResistantBehaviour, Sector, Severity, Standing, ThreatForm, Urgency,
    },
    content::{Content, Matter},
    escalation::{Dispute, Escalation},
    ids::{AgencyId, EventId},
    incident::{
        Account, Corroboration, IncidentNarrative, IncidentReport, IncidentSafety, Measure,
        Precaution,
    },
    people::{Identity, Person, Place, PlaceDetails},
    times::{Day, Moment, Occurred},
};
use diogel_sharing::{
    agreement::{Agreement, Rules, Span, Standing as AgencyStanding, Version},
    audience::{Audience, AudienceTexts, Grant, Recipient},
    decide::{Question, Relation},
    groups::{FieldGroup, Groups},
    permit::Permit,
    protocol::Protocol,
    remains::Remains,
};

use crate::{Rendering, Setting, Source, StepTaken};

mod records;

pub(super) use records::*;

/// Every group.
pub(super) const OWN_FLOW: &[FieldGroup] = &FieldGroup::ALL;

const PROTOCOL: &str = r#"
id = "T-01"
version = 1
title = "Test"
title_cy = "Prawf"
status = "for-signature"
host = "The test"
processor = "The test"
parties = ["social-care", "education", "housing", "health", "police"]

[[flow]]
number = 1
from = "any"
to = "any"
kinds = ["incident", "hazard_alert", "escalation", "correction", "safety_plan", "contact", "engagement_needs", "advocacy", "change_claimed", "strength", "information_request", "meeting", "involvement", "step"]
groups = ["existence", "safety", "identity", "narrative", "place", "worker", "reporter", "voice", "health", "criminal", "plan", "dispute"]
purposes = ["child-protection"]
bases = ["public-task"]
powers = []
valid_from = "2020-01-01"
review_by = "2030-12-31"
"#;

const AGENCIES: [(&str, Sector, &str, &str); 5] = [
    (
        "social-care",
        Sector::SocialCare,
        "Cwm Derwen Council",
        "Cyngor Cwm Derwen",
    ),
    (
        "education",
        Sector::Education,
        "Oak Tree School",
        "Ysgol y Dderwen",
    ),
    (
        "housing",
        Sector::Housing,
        "Derwen Homes",
        "Cartrefi Derwen",
    ),
    ("health", Sector::Health, "Health Board", "Bwrdd Iechyd"),
    ("police", Sector::Police, "Police", "Heddlu"),
];

pub(super) fn agency(id: &str) -> AgencyId {
    AgencyId::new(id).unwrap()
}

pub(super) fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

/// At nine in the morning.
pub(super) fn at(text: &str) -> Moment {
    Moment(i64::from(day(text).0) * Moment::DAY).plus_seconds(9 * 3600)
}

fn rules() -> Rules {
    let since = Span::since(at("2020-01-01"));
    let protocol = Protocol::from_toml(PROTOCOL).unwrap();
    let signed = protocol
        .parties
        .iter()
        .map(|party| (party.clone(), vec![since]));
    let version = Version {
        signed: signed.collect(),
        adopted: since,
        protocol,
    };
    let agreement = Agreement {
        versions: vec![version],
    };
    Rules {
        agencies: AGENCIES
            .map(|(id, sector, ..)| (agency(id), AgencyStanding::active(sector)))
            .into(),
        agreements: [("T-01".to_owned(), agreement)].into(),
        turned: Vec::new(),
    }
}

/// The council's, on 3 March 2027.
pub(super) fn setting(language: Language) -> Setting {
    let names = AGENCIES.map(|(id, _, en, cy)| (agency(id), (en.to_owned(), cy.to_owned())));
    Setting {
        reader: agency("social-care"),
        attending: ["social-care", "education", "health"].map(agency).into(),
        others_present: Vec::new(),
        names: names.into(),
        made_at: at("2027-03-03"),
        policies: BTreeMap::new(),
        meeting_on: None,
        last_meeting: None,
        agencies: AGENCIES.map(|(id, ..)| agency(id)).into(),
        purpose: Purpose::MultiAgencyMeeting,
        rendering: Rendering::Chair,
        language,
    }
}

/// An event as its originator tells it.
#[derive(Clone)]
pub(super) struct Told {
    pub(super) number: u8,
    pub(super) originator: &'static str,
    pub(super) on: &'static str,
    pub(super) family: FamilyHandling,
    pub(super) content: Content,
    pub(super) labels: Vec<String>,
    pub(super) rests_on: Vec<EventId>,
    pub(super) conditions: &'static str,
}

pub(super) fn id(number: u8) -> EventId {
    EventId::from_parts(1_790_000_000_000 + u64::from(number), &[number; 10])
}

impl Told {
    fn new(number: u8, originator: &'static str, on: &'static str, content: Content) -> Self {
        Self {
            number,
            originator,
            on,
            family: FamilyHandling::No,
            content,
            labels: vec!["p1".into()],
            rests_on: Vec::new(),
            conditions: "",
        }
    }

    /// May be told to the family.
    pub(super) fn told_to_family(mut self) -> Self {
        self.family = FamilyHandling::Yes;
        self
    }

    pub(super) fn incident(mut self, change: impl FnOnce(&mut IncidentReport)) -> Self {
        if let Content::Incident(report) = &mut self.content {
            change(report);
        }
        self
    }

    pub(super) fn safety(self, change: impl FnOnce(&mut IncidentSafety)) -> Self {
        self.incident(|report| change(report.safety.as_mut().unwrap()))
    }

    pub(super) fn narrative(self, change: impl FnOnce(&mut IncidentNarrative)) -> Self {
        self.incident(|report| change(report.narrative.as_mut().unwrap()))
    }

    pub(super) fn alert(mut self, change: impl FnOnce(&mut HazardAlert)) -> Self {
        if let Content::HazardAlert(alert) = &mut self.content {
            change(alert);
        }
        self
    }

    pub(super) fn alert_safety(self, change: impl FnOnce(&mut AlertSafety)) -> Self {
        self.alert(|alert| change(alert.safety.as_mut().unwrap()))
    }

    /// Through a permit for a reader who is granted these groups.
    pub(super) fn seen_by(&self, reader: &str, granted: &[FieldGroup]) -> Source {
        let groups: Groups = granted.iter().copied().collect();
        let originator = agency(self.originator);
        let audience = self.audience(reader, groups);
        let question = Question {
            originator: &originator,
            matter: self.content.kind().matter().unwrap_or(Matter::Incident),
            audience: &audience,
            changes: &[],
            published: at(self.on),
            now: at("2027-03-03"),
        };
        let relation = Relation::default();
        let permit = Permit::for_read(&rules(), &question, &agency(reader), relation, groups);
        let permit = permit.unwrap();
        let texts = AudienceTexts {
            handling_conditions: self.conditions.into(),
            ..AudienceTexts::default()
        };
        let whole = Remains::of(&self.content, &texts, Groups::ALL);
        Source {
            event_id: id(self.number),
            originator,
            ordered_at: at(self.on),
            superseded: false,
            family: self.family,
            disclosed: permit.disclose(whole).unwrap(),
            labels: self.labels.clone(),
            rests_on: self.rests_on.clone(),
            doubtful: false,
            groundless_since: None,
            steps: Vec::new(),
        }
    }

    /// As a step on another event.
    pub(super) fn taken(&self) -> StepTaken {
        let seen = self.seen_by("social-care", OWN_FLOW);
        StepTaken {
            event_id: seen.event_id,
            originator: seen.originator,
            ordered_at: seen.ordered_at,
            family: seen.family,
            disclosed: seen.disclosed,
        }
    }

    fn audience(&self, reader: &str, groups: Groups) -> Audience {
        Audience {
            grants: vec![Grant {
                to: Recipient::Agency(agency(reader)),
                groups: Some(groups),
            }],
            originator_only: false,
            purpose: Some(Purpose::ChildProtection),
            lawful_basis: Some(LawfulBasis::PublicTask),
            family: self.family,
            ..Audience::originator_only()
        }
    }
}

pub(super) fn person(label: &str, role: PersonRole, name: &str) -> Person {
    Person {
        label: label.into(),
        role,
        identity: Some(Identity {
            identifiers: Vec::new(),
            name: name.into(),
            born_on: None,
        }),
    }
}

pub(super) fn elin() -> Person {
    let mut elin = person("p1", PersonRole::ChildAtRisk, "Elin Morgan");
    elin.identity.as_mut().unwrap().born_on = Some(day("2019-04-12"));
    elin
}

/// An incident about Elin, of a day, with nothing in it but a kind of behaviour.
pub(super) fn incident(number: u8, originator: &'static str, on: &'static str) -> Told {
    let occurred = Occurred {
        from: at(on),
        to: at(on),
        precision: Precision::Day,
    };
    let safety = IncidentSafety {
        occurred,
        behaviours: vec![ResistantBehaviour::Ambivalence],
        threats: Vec::new(),
        local_codes: Vec::new(),
        directed_at: Vec::new(),
        harm: Harm::None,
        likelihood: None,
        setting: None,
        danger_at_once: false,
        provisional_precautions: Vec::new(),
        prevents_task: false,
        pattern: None,
    };
    let narrative = IncidentNarrative {
        standing: Some(Standing::Fact),
        what_happened: String::new(),
        worries: String::new(),
        circumstances: String::new(),
        potential_outcome: String::new(),
        at_risk: String::new(),
        protective_factors: String::new(),
        corroborated_by: Vec::new(),
    };
    let report = IncidentReport {
        people: vec![elin()],
        places: Vec::new(),
        safety: Some(safety),
        narrative: Some(narrative),
        voice: Vec::new(),
        worker: None,
        reporter: None,
        health: None,
        criminal: None,
        plan: Vec::new(),
    };
    Told::new(number, originator, on, Content::Incident(report))
}

/// Threats of these forms at a worker.
pub(super) fn threat(
    number: u8,
    originator: &'static str,
    on: &'static str,
    form: ThreatForm,
) -> Told {
    incident(number, originator, on).safety(|s| {
        s.behaviours = vec![ResistantBehaviour::ThreateningOrViolent];
        s.threats = vec![form];
        s.directed_at = vec![DirectedAt::Worker];
    })
}

/// A person's words.
pub(super) fn account(label: &str, words: &str, safe_to_say: bool) -> Account {
    Account {
        person: label.into(),
        words: words.into(),
        safe_to_say,
    }
}

/// Somebody of an agency bears the account out.
pub(super) fn borne_out(who: &str, agency: &str) -> Corroboration {
    Corroboration {
        source: CorroborationSource::Professional,
        who: who.into(),
        agency: AgencyId::new(agency).ok(),
    }
}

pub(super) fn measure(what: &str, owner: &str, due_on: &str) -> Measure {
    Measure {
        what: what.into(),
        owner: Some(agency(owner)),
        due_on: Some(day(due_on)),
    }
}

/// An alert about the household's dog, decided and told, to be reviewed on a day.
pub(super) fn alert(number: u8, on: &'static str, review_on: &str) -> Told {
    let target = AlertTarget::Animal {
        description: "large brown dog, “Brân”".into(),
        place: Some("l1".into()),
        keeper: Some("p2".into()),
    };
    let precautions = [PrecautionCode::VisitInPairs, PrecautionCode::PhoneFirst];
    let decision = AlertDecision {
        decided_by: "Area manager".into(),
        proposed_by: "Housing officer".into(),
        decided_at: at(on),
        senior: false,
    };
    let safety = AlertSafety {
        target,
        threats: vec![ThreatForm::Animal],
        local_codes: Vec::new(),
        precautions: precautions.map(precaution).into(),
        severity: Severity::Severe,
        urgency: Urgency::Soon,
        certainty: Certainty::Observed,
        review_on: day(review_on),
        decision: Some(decision),
        told: Some(PersonTold::On(day(on))),
    };
    let place = Place {
        label: "l1".into(),
        details: Some(PlaceDetails {
            uprn: None,
            description: "3 Tan-y-Berllan".into(),
        }),
    };
    let alert = HazardAlert {
        people: vec![
            elin(),
            person("p2", PersonRole::HouseholdMember, "Gareth Vaughan"),
        ],
        places: vec![place],
        status: AlertStatus::Actual,
        safety: Some(safety),
        narrative: Some(AlertNarrative {
            grounds: String::new(),
            what_has_worked: String::new(),
        }),
        reporter: None,
    };
    Told::new(number, "housing", on, Content::HazardAlert(alert))
}

pub(super) fn precaution(code: PrecautionCode) -> Precaution {
    Precaution {
        code,
        person: None,
        note: String::new(),
    }
}

/// The school and the council disagree.
pub(super) fn escalation(number: u8, on: &'static str) -> Told {
    let dispute = Dispute {
        topic: EscalationTopic::Threshold,
        stage: 2,
        urgent_reason: String::new(),
        parties: vec![agency("education"), agency("social-care")],
        disagreement: "The school holds that the threshold is met.".into(),
        sought: "A strategy discussion.".into(),
        protect_by: Some(at("2027-03-12")),
        interim_position: None,
    };
    let escalation = Escalation {
        people: vec![elin()],
        dispute: Some(dispute),
        reporter: None,
    };
    Told::new(number, "education", on, Content::Escalation(escalation))
}

/// The whole story.
pub(super) fn story() -> Vec<Source> {
    let sian = || person("p2", PersonRole::ParentOrCarer, "Siân Morgan");
    let gareth = || person("p3", PersonRole::WhoseBehaviour, "Gareth Vaughan");
    let mut raised = alert(3, "2026-10-16", "2027-04-16");
    raised.rests_on = vec![id(2)];
    let story = [
        incident(1, "education", "2026-09-11").incident(|r| {
            r.voice = vec![account(
                "p1",
                "I go behind the chair when Brân comes in.",
                false,
            )];
        }),
        threat(2, "housing", "2026-10-14", ThreatForm::Animal)
            .incident(|r| r.people.push(gareth()))
            .safety(|s| {
                s.harm = Harm::Shaken;
                s.danger_at_once = true;
                s.prevents_task = true;
            })
            .narrative(|n| n.worries = "A loose dog can hurt a child.".into()),
        raised,
        incident(4, "health", "2026-11-04")
            .safety(|s| s.behaviours = vec![ResistantBehaviour::Avoidance])
            .told_to_family(),
        incident(5, "social-care", "2026-11-18")
            .incident(|r| r.people.extend([sian(), gareth()]))
            .safety(|s| s.behaviours = vec![ResistantBehaviour::DisguisedCompliance])
            .narrative(|n| {
                n.standing = Some(Standing::Allegation);
                n.what_happened = "Siân says that the dog was rehomed with a cousin.".into();
            }),
        incident(6, "social-care", "2026-12-04")
            .incident(|r| {
                r.plan = vec![
                    measure("Dog kept away from Elin", "social-care", "2027-01-29"),
                    measure("Back door repaired", "housing", "2027-03-19"),
                ];
            })
            .told_to_family(),
        threat(7, "police", "2026-12-09", ThreatForm::Written)
            .incident(|r| r.people.push(gareth())),
        escalation(8, "2027-01-12"),
        incident(9, "social-care", "2027-01-20")
            .safety(|s| {
                s.behaviours = vec![ResistantBehaviour::Confrontation];
                s.directed_at = vec![DirectedAt::Worker];
            })
            .told_to_family(),
        incident(10, "education", "2027-01-27")
            .narrative(|n| n.protective_factors = "Attendance 96 % since 3 November.".into())
            .told_to_family(),
        incident(11, "social-care", "2027-02-10")
            .incident(|r| r.people.push(sian()))
            .narrative(|n| {
                n.standing = Some(Standing::Allegation);
                n.what_happened = "Siân says that Elin sleeps at her aunt's on Fridays.".into();
                n.corroborated_by = vec![borne_out("class teacher", "education")];
            }),
    ];
    story
        .iter()
        .map(|told| told.seen_by("social-care", OWN_FLOW))
        .collect()
}
