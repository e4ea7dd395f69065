use diogel_domain::{
    codes::{EscalationTopic, RequestPower},
    escalation::{Dispute, Escalation},
    records::{InformationRequest, InformationSought},
    times::Day,
};

use super::*;

fn agency(id: &str) -> AgencyId {
    AgencyId::new(id).unwrap()
}

fn to(agencies: &[&str]) -> Audience {
    let grant = |id: &&str| Grant {
        to: Recipient::Agency(agency(id)),
        groups: None,
    };
    Audience {
        grants: agencies.iter().map(grant).collect(),
        originator_only: false,
        purpose: Some(Purpose::DisputeResolution),
        lawful_basis: Some(LawfulBasis::PublicTask),
        ..Audience::originator_only()
    }
}

/// Fields at fault of an escalation between housing, police and health, raised by housing.
fn escalated(audience: &Audience) -> Vec<String> {
    let dispute = Dispute {
        topic: EscalationTopic::Threshold,
        stage: 1,
        urgent_reason: String::new(),
        parties: ["housing", "police", "health"].map(agency).into(),
        disagreement: "We disagree.".into(),
        sought: String::new(),
        protect_by: None,
        interim_position: None,
    };
    let content = Content::Escalation(Escalation {
        people: Vec::new(),
        dispute: Some(dispute),
        reporter: None,
    });
    let found = check_escalation(audience, &content, &agency("housing"));
    found.into_iter().map(|v| v.field).collect()
}

#[test]
fn an_escalation_goes_to_each_of_its_parties_and_to_nobody_else() {
    assert!(escalated(&to(&["police", "health"])).is_empty());
    assert_eq!(escalated(&to(&["police"])), ["audience.grants"]);
    let outsider = escalated(&to(&["police", "charity", "health"]));
    assert_eq!(outsider, ["audience.grants[1]"]);
    let mut alone = to(&[]);
    alone.originator_only = true;
    assert_eq!(escalated(&alone), ["audience.originator_only"]);
}

/// Who chairs a meeting may know that there is one (PRACTICE, section 10, "Room"); a party gets what is argued.
#[test]
fn an_escalation_is_glimpsed_at_most_by_whoever_is_no_party() {
    let glimpse = |groups: Option<Groups>| {
        let mut audience = to(&["police", "charity", "health"]);
        audience.grants[1].groups = groups;
        escalated(&audience)
    };
    let topic = Groups::NONE.with(FieldGroup::Topic);
    assert!(glimpse(Some(topic)).is_empty());
    assert!(glimpse(Some(topic.with(FieldGroup::Identity))).is_empty());
    for more in [FieldGroup::Dispute, FieldGroup::Reporter, FieldGroup::Plan] {
        let found = glimpse(Some(topic.with(more)));
        assert_eq!(found, ["audience.grants[1]"], "{more:?}");
    }
    let mut sector = to(&["police", "health"]);
    sector.grants.push(Grant {
        to: Recipient::Sector(Sector::SocialCare),
        groups: Some(topic),
    });
    assert_eq!(escalated(&sector), ["audience.grants[2]"]);
    let mut less = to(&["police", "health"]);
    less.grants[0].groups = Some(topic);
    assert_eq!(escalated(&less), ["audience.grants"]);
}

#[test]
fn what_practice_tells_is_kept_from_nobody() {
    let checked = |audience: &Audience| {
        let found = check_told(audience, false);
        found.into_iter().map(|v| v.field).collect::<Vec<_>>()
    };
    let mut audience = to(&[]);
    assert!(checked(&audience).is_empty());
    audience.withheld.insert(agency("police"));
    assert_eq!(checked(&audience), ["audience.withheld_agencies"]);
    assert!(check_told(&audience, true).is_empty());
    let alone = Audience::originator_only();
    assert_eq!(checked(&alone), ["audience.originator_only"]);
}

#[test]
fn an_escalation_has_no_purpose_but_its_own() {
    for purpose in Purpose::ALL {
        let mut audience = to(&["police", "health"]);
        audience.purpose = Some(*purpose);
        let other = *purpose != Purpose::DisputeResolution;
        let at_fault: &[&str] = if other { &["audience.purpose"] } else { &[] };
        assert_eq!(escalated(&audience), at_fault, "{purpose:?}");
    }
    // That it has none at all is said of every audience.
    let mut none = to(&["police", "health"]);
    none.purpose = None;
    assert!(escalated(&none).is_empty());
}

#[test]
fn a_text_of_the_audience_keeps_to_the_rules_of_every_text() {
    let checked = |texts: AudienceTexts| {
        let agencies = ["housing", "police"].map(agency);
        let own = &agencies[0];
        let found = check(&to(&["police"]), &texts, own, &agencies, Moment(0), false);
        found.into_iter().map(|v| v.field).collect::<Vec<_>>()
    };
    assert!(checked(AudienceTexts::default()).is_empty());
    let reason = |family_reason: &str| AudienceTexts {
        family_reason: family_reason.into(),
        ..AudienceTexts::default()
    };
    let field = ["audience.family_reason"];
    assert_eq!(checked(reason(&"x".repeat(SHORT_TEXT + 1))), field);
    assert_eq!(checked(reason("\u{1b}[2J")), field);
    let conditions = AudienceTexts {
        handling_conditions: "a\u{0}b".into(),
        ..AudienceTexts::default()
    };
    assert_eq!(checked(conditions), ["audience.handling_conditions"]);
}

#[test]
fn whoever_is_asked_for_information_is_named() {
    let asks = Content::InformationRequest(InformationRequest {
        people: Vec::new(),
        sought: Some(InformationSought {
            asked: vec![agency("police"), agency("health")],
            power: RequestPower::Agreement,
            what: "what daily life is like".into(),
            by: Day::parse("2026-10-01").unwrap(),
        }),
    });
    let fields = |audience: &Audience| -> Vec<String> {
        let found = check_asked(audience, &asks);
        found.into_iter().map(|v| v.field).collect()
    };
    assert!(fields(&to(&["police", "health"])).is_empty());
    assert_eq!(fields(&to(&["police"])), ["information_request.asked[1]"]);
    let nobody = Audience::originator_only();
    assert_eq!(fields(&nobody).len(), 2);
}
