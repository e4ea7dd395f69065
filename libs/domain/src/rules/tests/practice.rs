//! Rules of practice on single fields, each with its way out.

use super::*;
use crate::{
    codes::{CorroborationSource, ReportedToPolice, Standing},
    incident::{Corroboration, CriminalMatters, IncidentNarrative},
};

fn with_safety(change: impl FnOnce(&mut AlertSafety)) -> Vec<String> {
    let mut content = alert(AlertTarget::Person("p1".into()), "1990-01-01", false);
    if let Content::HazardAlert(alert) = &mut content {
        change(alert.safety.as_mut().unwrap());
    }
    violations(&content)
}

fn disputed(change: impl FnOnce(&mut Dispute)) -> Vec<String> {
    let agency = |id| AgencyId::new(id).unwrap();
    let mut dispute = Dispute {
        topic: EscalationTopic::Threshold,
        stage: 1,
        urgent_reason: String::new(),
        parties: vec![agency("housing"), agency("police")],
        disagreement: "We disagree on the threshold.".into(),
        sought: String::new(),
        protect_by: None,
        interim_position: None,
    };
    change(&mut dispute);
    violations(&Content::Escalation(Escalation {
        people: vec![],
        dispute: Some(dispute),
        reporter: None,
    }))
}

#[test]
fn whom_a_decided_alert_is_about_was_told_or_it_says_why_not() {
    let field = ["hazard_alert.safety.told"];
    assert_eq!(with_safety(|s| s.told = None), field);
    let reason = ["hazard_alert.safety.told.reason"];
    assert_eq!(
        with_safety(|s| s.told = Some(PersonTold::Not(" ".into()))),
        reason
    );
    let why = PersonTold::Not("It would put her at risk.".into());
    assert!(with_safety(|s| s.told = Some(why)).is_empty());
    let proposed = with_safety(|s| (s.told, s.decision) = (None, None));
    assert!(proposed.is_empty(), "nobody is told of a proposal");
    let premises = with_safety(|s| {
        (s.told, s.target) = (None, AlertTarget::Premises("l1".into()));
    });
    assert!(premises.is_empty(), "premises can't be told");
}

#[test]
fn a_child_by_role_needs_a_senior_approver_too() {
    let mut content = alert(AlertTarget::Person("p1".into()), "", false);
    let Content::HazardAlert(alert) = &mut content else {
        return;
    };
    alert.people[0].role = PersonRole::ChildAtRisk;
    let field = ["hazard_alert.safety.decision.senior"];
    assert_eq!(violations(&content), field);
}

#[test]
fn a_household_lists_each_member_once() {
    let members = |members: &[&str]| {
        let members = members.iter().map(|m| (*m).into()).collect();
        let place = "l1".into();
        with_safety(|s| s.target = AlertTarget::Household { place, members })
    };
    assert!(members(&["p1"]).is_empty());
    let field = "hazard_alert.target.household.members";
    assert_eq!(members(&["p1", "p1"]), [format!("{field}[1]")]);
    assert!(members(&["p1"; 13]).contains(&field.into()));
}

#[test]
fn an_escalation_has_two_parties_and_an_owner_of_safety_meanwhile() {
    let twice = disputed(|d| d.parties[1] = d.parties[0].clone());
    assert_eq!(twice, ["escalation.dispute.parties"; 2]);
    let measure = |owner: Option<&str>| {
        let owner = owner.map(|o| AgencyId::new(o).unwrap());
        let position = Measure {
            what: "Seen daily".into(),
            owner,
            due_on: None,
        };
        disputed(|d| d.interim_position = Some(position))
    };
    let field = ["escalation.dispute.interim_position.owner"];
    assert_eq!(measure(None), field);
    assert_eq!(measure(Some("coastguard")), field);
    assert!(measure(Some("police")).is_empty());
}

fn narrated(corroborated_by: Vec<Corroboration>) -> Vec<String> {
    let narrative = IncidentNarrative {
        standing: Some(Standing::Allegation),
        what_happened: "She says that the dog has gone.".into(),
        worries: String::new(),
        circumstances: String::new(),
        potential_outcome: String::new(),
        at_risk: String::new(),
        protective_factors: String::new(),
        corroborated_by,
    };
    violations(&Content::Incident(IncidentReport {
        narrative: Some(narrative),
        ..report()
    }))
}

#[test]
fn corroboration_says_by_whom() {
    let by = |who: &str, agency: &str| Corroboration {
        source: CorroborationSource::Professional,
        who: who.into(),
        agency: AgencyId::new(agency).ok(),
    };
    assert!(narrated(vec![by("Dog warden", ""), by("Officer", "police")]).is_empty());
    let field = "incident.narrative.corroborated_by";
    assert_eq!(
        narrated(vec![by(" ", "police")]),
        [format!("{field}[0].who")]
    );
    assert_eq!(
        narrated(vec![by(&"x".repeat(NAME + 1), "")]),
        [format!("{field}[0].who")]
    );
    assert_eq!(
        narrated(vec![by("Warden", "coastguard")]),
        [format!("{field}[0].agency")]
    );
    assert_eq!(narrated(vec![by("Warden", ""); 7]), [field]);
}

#[test]
fn the_time_of_a_report_to_the_police_goes_with_the_report() {
    let reported = |reported_to_police, reported_at| {
        let criminal = CriminalMatters {
            grade: None,
            reported_to_police,
            reason: String::new(),
            police_reference: String::new(),
            reported_at: Some(reported_at),
        };
        violations(&Content::Incident(IncidentReport {
            criminal: Some(criminal),
            ..report()
        }))
    };
    let yes = Some(ReportedToPolice::Yes);
    assert!(reported(yes, NOW).is_empty());
    let field = ["incident.criminal.reported_at"];
    assert_eq!(reported(None, NOW), field);
    assert_eq!(reported(yes, NOW.plus_seconds(CLOCK_TOLERANCE + 1)), field);
}

#[test]
fn a_placeholder_is_nobodys_number() {
    for placeholder in ["0000000000", "1111111111", "9999999999"] {
        let mut content = report();
        let number = Identifier::new(IdentifierScheme::NhsNumber, placeholder, None).unwrap();
        content.people[0].identity.as_mut().unwrap().identifiers = vec![number];
        let field = ["incident.people[0].identifiers[0].value"];
        assert_eq!(violations(&Content::Incident(content)), field);
    }
}

#[test]
fn what_occurred_before_1900_is_a_slip() {
    let mut content = report();
    let safety = content.safety.as_mut().unwrap();
    safety.occurred.from = Moment(-100 * 366 * Moment::DAY);
    let field = ["incident.safety.occurred.from"];
    assert_eq!(violations(&Content::Incident(content)), field);
}
