//! What practice says never of a single publication (`tests/NEVER.md`), as far as no other test of this room holds it. Where the rule
//! is that something has no field, its struct is taken apart whole: a new field doesn't compile until somebody has thought about it.

use std::collections::BTreeSet;

use super::*;
use crate::{
    codes::{
        Cause, CloseAction, Deed, ExclusionExtent, ExclusionGround, Language, Offer, OfferResponse,
    },
    disclosure::{AccessRequest, EmergencyDisclosure, SharingDecision},
    incident::{Account, CriminalMatters, IncidentNarrative},
    involvement::{ClaimGrounds, InvolvementClaim},
    meeting::Meeting,
    records::{Advocacy, EngagementNeeds, Needs, Offered},
    step::{
        AlertStep, Closing, EscalationStep, Exclusion, IncidentStep, MeetingRecord, NextAction,
        Step, StepSaid,
    },
};

fn with_safety(change: impl FnOnce(&mut AlertSafety)) -> Vec<String> {
    let mut content = alert(AlertTarget::Person("p1".into()), "1990-01-01", false);
    if let Content::HazardAlert(alert) = &mut content {
        change(alert.safety.as_mut().unwrap());
    }
    violations(&content)
}

fn step(deed: Deed, said: StepSaid) -> Vec<String> {
    let deed = Some(deed);
    violations(&Content::Step(Step { deed, said }))
}

/// What each code of these lists is called.
fn labels(codes: &[impl Fn(Language) -> &'static str]) -> BTreeSet<&'static str> {
    let languages = [Language::English, Language::Welsh];
    let said = codes.iter().flat_map(|code| languages.map(code));
    said.collect()
}

macro_rules! labels_of {
    ($list:ty) => {
        labels(
            &<$list>::ALL
                .iter()
                .map(|code| move |language| code.label(language))
                .collect::<Vec<_>>(),
        )
    };
}

#[test]
fn an_alert_rests_on_a_threat_and_names_a_precaution() {
    let field = ["hazard_alert.safety.threats"];
    assert_eq!(with_safety(|s| s.threats.clear()), field);
    let field = ["hazard_alert.safety.precautions"];
    assert_eq!(with_safety(|s| s.precautions.clear()), field);
}

#[test]
fn no_kind_of_resistance_and_no_cause_is_a_form_of_threat() {
    let threats = labels_of!(ThreatForm);
    assert!(threats.is_disjoint(&labels_of!(ResistantBehaviour)));
    assert!(threats.is_disjoint(&labels_of!(Cause)));
    for code in ThreatForm::ALL.iter().map(|threat| threat.code()) {
        let is_other =
            ResistantBehaviour::from_code(code).is_some() || Cause::from_code(code).is_some();
        assert!(!is_other, "{code}");
    }
}

#[test]
fn nobody_decides_an_alert_that_they_proposed() {
    let field = ["hazard_alert.safety.decision.decided_by"];
    for same in ["Rheolwr tîm", " rheolwr tîm ", "RHEOLWR TÎM"] {
        let decided = with_safety(|s| {
            let decision = s.decision.as_mut().unwrap();
            decision.proposed_by = "Rheolwr tîm".into();
            decision.decided_by = same.into();
        });
        assert_eq!(decided, field, "{same}");
    }
}

#[test]
fn nobody_approves_a_proposal_of_theirs_by_a_step() {
    let mut proposed = alert(AlertTarget::Person("p1".into()), "1990-01-01", false);
    if let Content::HazardAlert(alert) = &mut proposed {
        alert.safety.as_mut().unwrap().decision = None;
    }
    let approves = |by: &str, proposed_by: &str| {
        let on = OwnGround {
            content: &proposed,
            on_behalf_of: proposed_by,
        };
        let step = Step {
            deed: Some(Deed::Approved),
            said: StepSaid::Alert(AlertStep::default()),
        };
        let found = on_own(&step, by, on, NOW.day()).into_iter();
        found.map(|v| v.field).collect::<Vec<_>>()
    };
    assert!(approves("Carys Pugh", "Owain Rees").is_empty());
    let field = ["on_behalf_of"];
    for (by, proposed_by) in [
        ("SIÂN Rees", "Siân Rees "),
        ("", "Siân Rees"),
        ("Siân Rees", ""),
    ] {
        assert_eq!(approves(by, proposed_by), field, "{by} of {proposed_by}");
    }
}

#[test]
fn severity_urgency_and_certainty_stay_apart() {
    let (severity, urgency, certainty) = (
        labels_of!(Severity),
        labels_of!(Urgency),
        labels_of!(Certainty),
    );
    assert!(severity.is_disjoint(&urgency) && severity.is_disjoint(&certainty));
    assert!(urgency.is_disjoint(&certainty));
}

#[test]
fn a_refusal_a_renewal_and_an_end_say_why() {
    for deed in [Deed::Refused, Deed::Renewed, Deed::Ended, Deed::Suspended] {
        let mut said = AlertStep {
            decided_by: "Team manager".into(),
            review_on: (deed == Deed::Renewed).then(|| NOW.day().plus_months(6)),
            ..AlertStep::default()
        };
        assert_eq!(
            step(deed, StepSaid::Alert(said.clone())),
            ["step.alert.words"]
        );
        said.words = "Seen at home twice, without the dog.".into();
        assert!(step(deed, StepSaid::Alert(said)).is_empty(), "{deed:?}");
    }
    let said = IncidentStep {
        decided_by: "Team manager".into(),
        ..IncidentStep::default()
    };
    let assessed = step(Deed::AssessedNoAlert, StepSaid::Incident(said));
    assert_eq!(assessed, ["step.incident.words"]);
}

#[test]
fn a_review_by_a_step_lies_no_more_than_twelve_months_ahead() {
    let renewed = |months| {
        let said = AlertStep {
            decided_by: "Team manager".into(),
            words: "assessed afresh".into(),
            review_on: Some(NOW.day().plus_months(months)),
            ..AlertStep::default()
        };
        step(Deed::Renewed, StepSaid::Alert(said))
    };
    assert!(renewed(12).is_empty());
    assert_eq!(renewed(13), ["step.alert.review_on"]);
}

#[test]
fn an_alert_about_a_person_never_ends_because_occupants_change() {
    let moved = |target| {
        let content = alert(target, "1990-01-01", false);
        let step = Step {
            deed: Some(Deed::OccupantsChanged),
            said: StepSaid::Alert(AlertStep::default()),
        };
        let on = OwnGround {
            content: &content,
            on_behalf_of: "Owain Rees",
        };
        on_own(&step, "Carys Pugh", on, NOW.day()).len()
    };
    assert_eq!(moved(AlertTarget::Person("p1".into())), 1);
    assert_eq!(moved(AlertTarget::Premises("l1".into())), 0);
}

#[test]
fn a_person_has_no_level_no_marker_and_no_score() {
    let Person {
        label: _,
        role: _,
        identity,
    } = person("p1", "1990-05-01");
    let Identity {
        identifiers: _,
        name: _,
        born_on: _,
    } = identity.unwrap();
    // Several kinds of behaviour an event, in no order.
    let mut several = report();
    several.safety.as_mut().unwrap().behaviours = ResistantBehaviour::ALL.to_vec();
    assert!(violations(&Content::Incident(several)).is_empty());
}

#[test]
fn an_account_of_the_child_is_never_graded() {
    let account = Account {
        person: "p1".into(),
        words: "He shouts when nobody is there.".into(),
        safe_to_say: false,
    };
    let Account {
        person: _,
        words: _,
        safe_to_say: _,
    } = &account;
    // Not even a standing is asked for: only of what the originator itself tells.
    let heard = IncidentReport {
        voice: vec![account],
        ..report()
    };
    assert!(violations(&Content::Incident(heard)).is_empty());
}

#[test]
fn nobody_but_the_police_grades() {
    let graded = |grade| {
        let criminal = CriminalMatters {
            grade: Some(grade),
            reported_to_police: None,
            reason: String::new(),
            police_reference: String::new(),
            reported_at: None,
        };
        Content::Incident(IncidentReport {
            criminal: Some(criminal),
            ..report()
        })
    };
    assert_eq!(violations(&graded((1, 'B'))), ["incident.criminal"]);
    let police = AgencyId::new("police").unwrap();
    let setting = Setting {
        now: NOW,
        originator: &police,
        sector: Sector::Police,
        agencies: std::slice::from_ref(&police),
        policy: &crate::crisp::Policy::default(),
    };
    assert!(check(&graded((1, 'B')), setting).is_empty());
    assert_eq!(check(&graded((4, 'F')), setting).len(), 2);
}

#[test]
fn what_happened_is_never_told_without_its_standing() {
    let narrative = IncidentNarrative {
        standing: None,
        what_happened: "He shut the door on me.".into(),
        worries: String::new(),
        circumstances: String::new(),
        potential_outcome: String::new(),
        at_risk: String::new(),
        protective_factors: String::new(),
        corroborated_by: Vec::new(),
    };
    let told = IncidentReport {
        narrative: Some(narrative),
        ..report()
    };
    let field = ["incident.narrative.standing"];
    assert_eq!(violations(&Content::Incident(told)), field);
}

#[test]
fn not_to_have_told_the_police_needs_a_reason() {
    let criminal = CriminalMatters {
        grade: None,
        reported_to_police: Some(crate::codes::ReportedToPolice::No),
        reason: " ".into(),
        police_reference: String::new(),
        reported_at: None,
    };
    let kept = IncidentReport {
        criminal: Some(criminal),
        ..report()
    };
    let field = ["incident.criminal.reason"];
    assert_eq!(violations(&Content::Incident(kept)), field);
}

#[test]
fn provisional_precautions_go_with_danger_at_once_alone() {
    let pairs = Precaution {
        code: PrecautionCode::VisitInPairs,
        person: None,
        note: String::new(),
    };
    let mut careful = report();
    let safety = careful.safety.as_mut().unwrap();
    safety.provisional_precautions = vec![pairs];
    let field = ["incident.safety.provisional_precautions"];
    assert_eq!(violations(&Content::Incident(careful.clone())), field);
    careful.safety.as_mut().unwrap().danger_at_once = true;
    assert!(violations(&Content::Incident(careful)).is_empty());
}

#[test]
fn no_step_of_an_escalation_goes_unwritten() {
    let deeds = [
        (Deed::Responded, None),
        (Deed::Dissented, None),
        (Deed::Withdrawn, None),
        (
            Deed::Resolved,
            Some(crate::codes::EscalationOutcome::Agreed),
        ),
        (
            Deed::Determined,
            Some(crate::codes::EscalationOutcome::PolicyGap),
        ),
    ];
    for (deed, outcome) in deeds {
        let said = EscalationStep {
            outcome,
            ..EscalationStep::default()
        };
        let found = step(deed, StepSaid::Escalation(Some(said)));
        assert_eq!(found, ["step.escalation.words"], "{deed:?}");
    }
}

#[test]
fn what_is_no_escalation_is_shown_its_door_and_the_childs_safety_is_kept() {
    let agencies = ["housing", "police"].map(|id| AgencyId::new(id).unwrap());
    let dispute = Dispute {
        topic: EscalationTopic::ProfessionalConduct,
        stage: 1,
        urgent_reason: String::new(),
        parties: agencies.to_vec(),
        disagreement: "He was told off before the child.".into(),
        sought: String::new(),
        protect_by: None,
        interim_position: None,
    };
    let raised = Content::Escalation(Escalation {
        people: vec![],
        dispute: Some(dispute),
        reporter: None,
    });
    let setting = Setting {
        now: NOW,
        originator: &agencies[0],
        sector: Sector::Housing,
        agencies: &agencies,
        policy: &crate::crisp::Policy::default(),
    };
    let found = check(&raised, setting);
    let said = &found[0].description;
    assert!(said.contains("the employer"), "{said}");
    assert!(
        said.contains("safety as an incident") && !said.contains("told off"),
        "{said}"
    );
}

fn elin() -> Person {
    person("p1", "2019-04-12")
}

#[test]
fn a_claim_names_one_person_its_reason_and_the_contact_planned() {
    let claim = |people: Vec<Person>, reason: &str, planned: &str| {
        violations(&Content::Involvement(InvolvementClaim {
            people,
            grounds: Some(ClaimGrounds {
                reason: reason.into(),
                planned_contact: planned.into(),
            }),
        }))
    };
    let one = || vec![elin()];
    assert!(claim(one(), "school nurse", "termly").is_empty());
    let field = ["involvement.people"];
    assert_eq!(claim(vec![], "school nurse", "termly"), field);
    let two = vec![elin(), person("p2", "1990-05-01")];
    assert_eq!(claim(two, "school nurse", "termly"), field);
    assert_eq!(claim(one(), " ", "termly"), ["involvement.reason"]);
    let field = ["involvement.planned_contact"];
    assert_eq!(claim(one(), "school nurse", ""), field);
}

#[test]
fn a_meeting_is_about_one_child_alone() {
    let meeting = |people| {
        let meeting = Meeting {
            people,
            places: vec![],
            held_at: Some(NOW),
            occasion: String::new(),
        };
        violations(&Content::Meeting(meeting, false))
    };
    assert!(meeting(vec![elin()]).is_empty());
    let siblings = vec![elin(), person("p2", "2021-02-03")];
    assert_eq!(meeting(siblings), ["meeting.people"]);
}

#[test]
fn needs_are_optional_and_one_persons_own() {
    let given = |people, needs| {
        let needs = Some(needs);
        violations(&Content::EngagementNeeds(EngagementNeeds { people, needs }))
    };
    assert!(given(vec![elin()], Needs::default()).is_empty());
    let two = || vec![elin(), person("p2", "1990-05-01")];
    let field = ["engagement_needs.people"];
    assert_eq!(given(two(), Needs::default()), field);
    let offer = Offered {
        what: Offer::FormalAdvocacy,
        response: OfferResponse::Declined,
        on: NOW.day(),
        note: String::new(),
    };
    let offered = Content::Advocacy(Advocacy {
        people: two(),
        offer: Some(offer),
    });
    assert_eq!(violations(&offered), ["advocacy.people"]);
}

#[test]
fn no_decision_about_sharing_goes_without_its_reason() {
    let reason = || String::from(" ");
    for (content, field) in [
        (
            Content::SharingDecision(SharingDecision {
                decided: Decided::NotShared,
                reason: reason(),
            }),
            "sharing_declined.reason",
        ),
        (
            Content::SharingDecision(SharingDecision {
                decided: Decided::Changed,
                reason: reason(),
            }),
            "audience_changed.reason",
        ),
        (
            Content::EmergencyDisclosure(EmergencyDisclosure { reason: reason() }),
            "disclosure.reason",
        ),
        (
            Content::AccessRequest(AccessRequest { reason: reason() }),
            "access_request.reason",
        ),
    ] {
        assert_eq!(violations(&content), [field]);
    }
}

fn closes(closing: Closing) -> Vec<String> {
    let record = MeetingRecord {
        closing: Some(closing),
        exclusion: None,
    };
    step(Deed::MeetingClosed, StepSaid::Meeting(record))
}

#[test]
fn no_meeting_closes_without_both_answers_and_what_follows_a_no() {
    let answered = |enough_information, plan_effective| Closing {
        enough_information,
        plan_effective,
        ..Closing::default()
    };
    assert!(closes(answered(Some(true), Some(true))).is_empty());
    let at = |name| format!("step.meeting.closing.{name}");
    let unasked = [at("enough_information"), at("plan_effective")];
    assert_eq!(closes(answered(None, None)), unasked);
    assert_eq!(closes(answered(Some(true), Some(false))), [at("next")]);
    assert_eq!(closes(answered(Some(false), Some(true))), [at("next")]);
}

#[test]
fn of_legal_advice_there_is_whose_and_by_when_and_never_what_it_says() {
    let next = NextAction {
        what: CloseAction::LegalAdvice,
        owner: AgencyId::new("police").unwrap(),
        by: NOW.day().plus_days(14),
    };
    let NextAction {
        what: _,
        owner: _,
        by: _,
    } = &next;
    let closing = Closing {
        enough_information: Some(true),
        plan_effective: Some(false),
        next: Some(next),
        ..Closing::default()
    };
    assert!(closes(closing).is_empty());
}

#[test]
fn nobody_is_excluded_without_a_reason_and_a_way_to_be_heard() {
    let excluded = |extent, views_heard: &str, reason: &str| {
        let exclusion = Exclusion {
            who: "stepfather".into(),
            ground: ExclusionGround::ViolenceOrThreats,
            extent,
            views_heard: views_heard.into(),
            reason: reason.into(),
        };
        let record = MeetingRecord {
            closing: None,
            exclusion: Some(exclusion),
        };
        step(Deed::ExclusionDecided, StepSaid::Meeting(record))
    };
    let whole = ExclusionExtent::Whole;
    assert!(excluded(whole, "by letter", "threats").is_empty());
    let field = ["step.meeting.exclusion.views_heard"];
    assert_eq!(excluded(whole, "", "threats"), field);
    let field = ["step.meeting.exclusion.reason"];
    assert_eq!(excluded(whole, "by letter", ""), field);
    assert!(excluded(ExclusionExtent::NotExcluded, "", "calm since").is_empty());
}
