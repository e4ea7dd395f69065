//! Involvement and attendance.

use diogel_domain::codes::InvolvedWhen;

use super::*;
use crate::protocol::Condition;

const MEETING: EventId = EventId([7; 16]);

fn involved(how: Involvement) -> Relation<'static> {
    Relation {
        involved: how,
        involved_then: how,
        ..Relation::default()
    }
}

fn conditional(condition: Condition) -> Asked<'static> {
    let mut asked = asked(to("police"));
    let versions = &mut asked.rules.agreements.get_mut("T-01").unwrap().versions;
    versions[0].protocol.flows[0].condition = condition;
    asked
}

#[test]
fn a_claim_opens_precautions_only_until_it_is_confirmed() {
    let mut asked = asked(granted(Recipient::Involved(InvolvedWhen::WhileInvolved)));
    assert_eq!(asked.groups("police"), "");
    asked.relation = involved(Involvement::Claimed);
    assert_eq!(asked.groups("police"), "precautions", "not even existence");
    assert_eq!(
        asked.why("police", FieldGroup::Identity),
        Why::ClaimNotConfirmed
    );
    asked.relation = involved(Involvement::Confirmed);
    assert_eq!(asked.groups("police"), CARRIED);
}

#[test]
fn a_claim_opens_nothing_where_nobody_granted_it() {
    let mut asked = asked(to("health"));
    asked.relation = involved(Involvement::Confirmed);
    assert_eq!(asked.groups("police"), "");
}

#[test]
fn closing_ends_it_but_for_what_was_granted_for_good() {
    let over = Relation {
        involved_then: Involvement::Confirmed,
        ..Relation::default()
    };
    let mut asked = asked(granted(Recipient::Involved(InvolvedWhen::WhileInvolved)));
    asked.relation = over;
    assert_eq!(asked.groups("police"), "");
    asked.audience = granted(Recipient::Involved(InvolvedWhen::AtPublication));
    assert_eq!(asked.groups("police"), CARRIED);
}

#[test]
fn who_becomes_involved_later_gets_nothing_that_was_for_those_at_publication() {
    let mut asked = asked(granted(Recipient::Involved(InvolvedWhen::AtPublication)));
    asked.relation = Relation {
        involved: Involvement::Confirmed,
        ..Relation::default()
    };
    assert_eq!(asked.groups("police"), "");
}

#[test]
fn a_flow_for_the_involved_carries_a_claimant_s_precautions_alone() {
    let mut asked = conditional(Condition::Involved);
    assert_eq!(asked.groups("police"), "");
    assert_eq!(asked.why("police", FieldGroup::Safety), Why::NotInvolved);
    asked.relation = involved(Involvement::Claimed);
    assert_eq!(asked.groups("police"), "precautions");
    asked.relation = involved(Involvement::Confirmed);
    assert_eq!(asked.groups("police"), CARRIED);
}

#[test]
fn a_flow_for_attendees_carries_to_who_attends_the_meeting_that_is_named() {
    let mut asked = conditional(Condition::Attending);
    asked.relation = Relation {
        attends: &[MEETING],
        ..Relation::default()
    };
    assert_eq!(asked.groups("police"), "", "of another meeting");
    assert_eq!(asked.why("police", FieldGroup::Safety), Why::NotAttending);
    asked.audience = granted(Recipient::Meeting(MEETING));
    assert_eq!(asked.groups("police"), CARRIED);
    asked.relation = Relation::default();
    assert_eq!(asked.groups("police"), "");
}

#[test]
fn a_request_goes_to_the_originator_of_what_is_asked_for() {
    let mut asked = asked(Audience {
        purpose: Some(diogel_domain::codes::Purpose::WorkerSafety),
        lawful_basis: Some(diogel_domain::codes::LawfulBasis::PublicTask),
        ..Audience::originator_only()
    });
    asked.matter = Matter::AccessRequest;
    let versions = &mut asked.rules.agreements.get_mut("T-01").unwrap().versions;
    versions[0].protocol.flows[0].matters = vec![Matter::AccessRequest];
    assert_eq!(asked.groups("police"), "");
    asked.relation.concerned = true;
    assert_eq!(asked.groups("police"), CARRIED);
}
