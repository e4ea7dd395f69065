//! The code lists of the domain and the contract's enums are the same lists.

use diogel_contract::v1;
use diogel_domain::codes;

/// Every value of the contract's enum but 0 is a code, and every code is a value.
macro_rules! same_list {
    ($test:ident, $list:ident) => {
        #[test]
        fn $test() {
            for number in 1..=200 {
                let wire = v1::$list::try_from(number).is_ok();
                let code = codes::$list::from_number(number);
                assert_eq!(wire, code.is_some(), "{} {number}", stringify!($list));
            }
            assert!(codes::$list::from_number(0).is_none());
        }
    };
}

same_list!(resistant_behaviour, ResistantBehaviour);
same_list!(threat_form, ThreatForm);
same_list!(behaviour_pattern, BehaviourPattern);
same_list!(corroboration_source, CorroborationSource);
same_list!(directed_at, DirectedAt);
same_list!(harm, Harm);
same_list!(incident_setting, IncidentSetting);
same_list!(likelihood, Likelihood);
same_list!(standing, Standing);
same_list!(cause, Cause);
same_list!(precaution_code, PrecautionCode);
same_list!(person_role, PersonRole);
same_list!(identifier_scheme, IdentifierScheme);
same_list!(severity, Severity);
same_list!(urgency, Urgency);
same_list!(certainty, Certainty);
same_list!(alert_status, AlertStatus);
same_list!(escalation_topic, EscalationTopic);
same_list!(sector, Sector);
same_list!(precision, Precision);
same_list!(purpose, Purpose);
same_list!(lawful_basis, LawfulBasis);
same_list!(family_handling, FamilyHandling);
same_list!(handling_code, HandlingCode);
same_list!(reported_to_police, ReportedToPolice);
same_list!(deed, Deed);

#[test]
fn alert_standing_timing_and_what_is_awaited() {
    use diogel_domain::{
        calendar::Timing,
        lifecycle::alert::{AlertStanding, Awaited},
    };
    for number in 1..=20 {
        let wire = v1::AlertStanding::try_from(number).is_ok();
        assert_eq!(wire, AlertStanding::from_number(number).is_some());
        let wire = v1::Timing::try_from(number).is_ok();
        assert_eq!(wire, Timing::from_number(number).is_some());
        let wire = v1::Awaited::try_from(number).is_ok();
        assert_eq!(wire, Awaited::from_number(number).is_some());
    }
}

same_list!(escalation_outcome, EscalationOutcome);
same_list!(contact_outcome, ContactOutcome);
same_list!(offer, Offer);
same_list!(offer_response, OfferResponse);
same_list!(exclusion_ground, ExclusionGround);
same_list!(exclusion_extent, ExclusionExtent);
same_list!(close_action, CloseAction);

#[test]
fn field_groups() {
    use diogel_sharing::groups::FieldGroup;
    for number in 1..=20 {
        let wire = v1::FieldGroup::try_from(number).is_ok();
        assert_eq!(wire, FieldGroup::from_number(number).is_some(), "{number}");
    }
}
