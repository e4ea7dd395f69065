//! What is never for the family, though its originator said yes and every group is held (PRACTICE, section 10, "Family").

use diogel_domain::{
    alert::{AlertNarrative, AlertSafety, AlertTarget, HazardAlert, PersonTold},
    codes::{
        AlertStatus, Certainty, Deed, ExclusionExtent, ExclusionGround, FamilyHandling,
        PrecautionCode, Sector, Severity, ThreatForm, Urgency,
    },
    content::Content,
    correction::Correction,
    disclosure::{AccessRequest, Decided, EmergencyDisclosure, SharingDecision},
    escalation::Escalation,
    ids::AgencyId,
    incident::{IncidentReport, Measure, Precaution},
    involvement::InvolvementClaim,
    meeting::Meeting,
    people::Person,
    records::{PlanAgreed, PlanRole, SafetyPlan},
    step::{AlertStep, Exclusion, FamilyTold, MeetingRecord, Statement, Step, StepSaid},
    times::{Day, Moment},
};
use diogel_sharing::{
    agreement::{Rules, Standing},
    audience::{Audience, AudienceTexts},
    decide::{Question, Relation},
    groups::Groups,
    permit::Permit,
    remains::Remains,
    room,
};

use super::contents::contents;

fn housing() -> AgencyId {
    AgencyId::new("housing").expect("an id")
}

/// What the family is told of what the originator lets it be told.
fn told(content: &Content) -> Option<Content> {
    let rules = Rules {
        agencies: [(housing(), Standing::active(Sector::Housing))].into(),
        agreements: [].into(),
        turned: Vec::new(),
    };
    let audience = Audience {
        family: FamilyHandling::Yes,
        ..Audience::originator_only()
    };
    let originator = housing();
    let matter = content.kind().matter()?;
    let question = Question {
        originator: &originator,
        matter,
        audience: &audience,
        changes: &[],
        published: Moment(0),
        now: Moment(1),
    };
    let relation = Relation::default();
    let permit = Permit::for_read(&rules, &question, &originator, relation, Groups::ALL)?;
    let groups = room::family(permit.groups(), matter, &audience, None);
    let whole = Remains::of(content, &AudienceTexts::default(), Groups::ALL);
    let disclosed = permit.meet(groups)?.disclose(whole)?.for_family()?;
    Some(disclosed.content().clone())
}

fn incident() -> IncidentReport {
    let mut contents = contents().into_iter();
    let report = contents.find_map(|content| content.incident().cloned());
    report.expect("a report")
}

fn people() -> Vec<Person> {
    incident().people
}

fn told_incident(report: IncidentReport) -> IncidentReport {
    let told = told(&Content::Incident(report));
    let told = told.and_then(|told| told.incident().cloned());
    told.expect("a report")
}

#[test]
fn never_precautions_workers_reporters_police_matters_or_addresses() {
    let told = told_incident(incident());
    let safety = told.safety.expect("what happened");
    assert!(safety.provisional_precautions.is_empty() && safety.local_codes.is_empty());
    assert_eq!(
        (told.worker, told.reporter, told.criminal),
        Default::default()
    );
    assert!(told.places.iter().all(|place| place.details.is_none()));
    let narrative = told.narrative.expect("the account");
    assert!(narrative.corroborated_by.is_empty());
}

#[test]
fn never_a_voice_that_was_not_asked_and_found_safe_to_say() {
    let mut report = incident();
    assert!(told_incident(report.clone()).voice.is_empty());
    report.voice[0].safe_to_say = true;
    assert_eq!(told_incident(report).voice.len(), 1);
}

#[test]
fn never_a_number_that_says_who_gave_it() {
    let identities = told_incident(incident()).people.into_iter();
    let mut identities = identities.filter_map(|person| person.identity);
    assert!(identities.all(|identity| identity.identifiers.is_empty()));
}

fn alert(told: Option<PersonTold>) -> Content {
    Content::HazardAlert(HazardAlert {
        people: people(),
        places: Vec::new(),
        status: AlertStatus::Actual,
        safety: Some(AlertSafety {
            target: AlertTarget::Person("p1".into()),
            threats: vec![ThreatForm::Assault],
            local_codes: Vec::new(),
            precautions: vec![Precaution {
                code: PrecautionCode::VisitInPairs,
                person: None,
                note: String::new(),
            }],
            severity: Severity::Severe,
            urgency: Urgency::Soon,
            certainty: Certainty::Observed,
            review_on: Day(0),
            decision: None,
            told,
        }),
        narrative: Some(AlertNarrative {
            grounds: "grounds".into(),
            what_has_worked: String::new(),
        }),
        reporter: None,
    })
}

#[test]
fn never_an_alert_that_its_person_was_not_told_of() {
    assert_eq!(told(&alert(None)), None);
    assert_eq!(told(&alert(Some(PersonTold::Not("why".into())))), None);
    let known = told(&alert(Some(PersonTold::On(Day(0)))));
    let known = known.and_then(|told| told.hazard_alert().cloned());
    let safety = known.and_then(|alert| alert.safety).expect("its safety");
    assert!(safety.precautions.is_empty());
}

#[test]
fn never_which_agencies_have_a_part_in_the_plan() {
    let plan = Content::SafetyPlan(SafetyPlan {
        people: people(),
        worries: String::new(),
        agreed: Some(PlanAgreed {
            lead: housing(),
            aim: "aim".into(),
            measures: vec![Measure {
                what: "a room".into(),
                owner: AgencyId::new("refuge").ok(),
                due_on: None,
            }],
            roles: vec![PlanRole {
                agency: AgencyId::new("refuge").expect("an id"),
                role: "key worker".into(),
                tasks: "a room".into(),
            }],
            contingency: String::new(),
            review_on: Day(0),
            told: vec![FamilyTold {
                person: "p2".into(),
                what: "that she is safe".into(),
                how: String::new(),
                by: String::new(),
                on: None,
            }],
        }),
    });
    let Some(Content::SafetyPlan(told)) = told(&plan) else {
        panic!("a plan");
    };
    let agreed = told.agreed.expect("what is agreed");
    assert_eq!(agreed.measures[0].owner, None);
    assert!(agreed.roles.is_empty() && agreed.told.is_empty());
    let report = IncidentReport {
        plan: vec![Measure {
            what: "a room".into(),
            owner: AgencyId::new("refuge").ok(),
            due_on: None,
        }],
        ..incident()
    };
    assert_eq!(told_incident(report).plan[0].owner, None);
}

#[test]
fn never_that_a_meeting_is_a_marac_or_mappa() {
    let meeting = Meeting {
        people: people(),
        places: Vec::new(),
        held_at: Some(Moment(0)),
        occasion: "MARAC".into(),
    };
    let Some(Content::Meeting(told, _)) = told(&Content::Meeting(meeting, false)) else {
        panic!("a meeting");
    };
    assert!(told.held_at.is_some() && told.occasion.is_empty());
}

#[test]
fn never_a_disagreement_a_claim_a_decision_about_sharing_or_a_withdrawal() {
    let reason = || "why".to_owned();
    for content in [
        Content::Escalation(Escalation {
            people: people(),
            dispute: None,
            reporter: None,
        }),
        Content::Involvement(InvolvementClaim {
            people: people(),
            grounds: None,
        }),
        Content::AccessRequest(AccessRequest { reason: reason() }),
        Content::SharingDecision(SharingDecision {
            decided: Decided::NotShared,
            reason: reason(),
        }),
        Content::EmergencyDisclosure(EmergencyDisclosure { reason: reason() }),
        Content::Correction(Correction {
            reason: reason(),
            replacement: None,
        }),
    ] {
        assert_eq!(told(&content), None, "{content:?}");
    }
}

#[test]
fn never_an_exclusion_a_decision_on_an_alert_or_what_another_says() {
    let exclusion = Exclusion {
        who: "p1".into(),
        ground: ExclusionGround::ViolenceOrThreats,
        extent: ExclusionExtent::Whole,
        views_heard: String::new(),
        reason: "why".into(),
    };
    let record = MeetingRecord {
        closing: None,
        exclusion: Some(exclusion),
    };
    for (deed, said) in [
        (Deed::ExclusionDecided, StepSaid::Meeting(record)),
        (Deed::Approved, StepSaid::Alert(AlertStep::default())),
        (
            Deed::Objected,
            StepSaid::Statement(Some(Statement::default())),
        ),
        (Deed::Responded, StepSaid::Escalation(None)),
    ] {
        let deed = Some(deed);
        assert_eq!(told(&Content::Step(Step { deed, said })), None, "{deed:?}");
    }
}
