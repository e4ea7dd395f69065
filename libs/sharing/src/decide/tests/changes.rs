//! What an originator changes after it published.

use super::*;
use crate::change::{Disclosure, Narrowing};

fn grant(id: &str) -> Change {
    Change::Widen(vec![Grant {
        to: Recipient::Agency(agency(id)),
        groups: None,
    }])
}

fn narrow(from: &[&str], groups: Groups) -> Change {
    Change::Narrow(Narrowing {
        from: from.iter().map(|id| agency(id)).collect(),
        groups,
    })
}

/// One change a day, from 1 April on.
fn changed(audience: Audience, changes: Vec<Change>) -> Asked<'static> {
    let mut asked = asked(audience);
    let days = (0..).map(|day| Moment(at("2026-04-01").0 + day * Moment::DAY));
    asked.changes = days.zip(changes).collect();
    asked
}

#[test]
fn widening_adds_a_recipient_as_far_as_a_flow_carries() {
    let asked = changed(to("police"), vec![grant("health"), grant("charity")]);
    assert_eq!(asked.groups("health"), CARRIED);
    assert_eq!(asked.groups("charity"), "");
}

#[test]
fn a_change_counts_from_its_position_on() {
    let mut asked = changed(to("police"), vec![narrow(&[], Groups::ALL)]);
    assert_eq!(asked.groups("police"), "");
    asked.now = "2026-03-31";
    assert_eq!(asked.groups("police"), CARRIED);
}

#[test]
fn narrowing_takes_away_what_it_names_from_whom_it_names() {
    let identity = Groups::NONE.with(FieldGroup::Identity);
    let mut asked = changed(
        granted(Recipient::Sector(Sector::Police)),
        vec![narrow(&["police"], identity), grant("health")],
    );
    assert_eq!(asked.groups("police"), "existence safety precautions");
    assert_eq!(asked.why("police", FieldGroup::Identity), Why::Narrowed);
    assert_eq!(asked.groups("health"), CARRIED);
    asked.changes.push((at("2026-04-20"), grant("police")));
    assert_eq!(asked.groups("police"), CARRIED, "given back by name");
}

#[test]
fn only_its_own_name_gives_back_what_is_withheld_from_an_agency() {
    let sector = Change::Widen(vec![Grant {
        to: Recipient::Sector(Sector::Police),
        groups: None,
    }]);
    let mut audience = to("health");
    audience.withheld.insert(agency("police"));
    let asked = changed(audience.clone(), vec![sector]);
    assert_eq!(asked.groups("police"), "");
    let asked = changed(audience, vec![grant("police")]);
    assert_eq!(asked.groups("police"), CARRIED);
}

#[test]
fn a_withdrawal_takes_it_from_everybody_but_the_originator() {
    let asked = changed(to("police"), vec![Change::Withdraw]);
    assert_eq!(asked.groups("police"), "");
    assert_eq!(asked.why("police", FieldGroup::Safety), Why::Withdrawn);
    assert_eq!(asked.of("housing").groups, Groups::ALL);
}

fn disclose(until: Option<&str>) -> Change {
    Change::Disclose(Disclosure {
        to: [agency("charity")].into(),
        groups: Groups::NONE
            .with(FieldGroup::Place)
            .with(FieldGroup::Safety),
        until: until.map(at),
    })
}

#[test]
fn an_emergency_discloses_beyond_every_protocol_what_it_names() {
    let asked = changed(to("police"), vec![disclose(None)]);
    assert_eq!(
        asked.groups("charity"),
        "existence safety place precautions"
    );
    assert_eq!(asked.why("charity", FieldGroup::Place), Why::Emergency);
    assert!(
        asked.of("charity").citation().is_none(),
        "it rests on no flow"
    );
    assert_eq!(asked.groups("health"), "");
}

#[test]
fn an_emergency_ends_with_its_time_and_with_a_narrowing() {
    let mut asked = changed(to("police"), vec![disclose(Some("2026-05-01"))]);
    assert_eq!(asked.groups("charity"), "");
    asked.now = "2026-04-30";
    assert_eq!(
        asked.groups("charity"),
        "existence safety place precautions"
    );
    let all = narrow(&["charity"], Groups::ALL);
    let asked = changed(to("police"), vec![disclose(None), all]);
    assert_eq!(asked.groups("charity"), "");
}

#[test]
fn whoever_is_no_party_to_an_escalation_is_told_of_it_by_name_and_glimpses_it() {
    let glimpse = |to| Grant {
        to,
        groups: Some(Groups::ALL),
    };
    let mut asked = asked(to("police"));
    asked.matter = Matter::Escalation;
    asked.audience.purpose = Some(Purpose::DisputeResolution);
    asked.changes = vec![
        (
            at("2026-04-01"),
            Change::Widen(vec![glimpse(Recipient::Sector(Sector::Health))]),
        ),
        (at("2026-04-02"), disclose(None)),
    ];
    assert_eq!(asked.groups("health"), "");
    assert_eq!(asked.groups("charity"), "");
    let named = Change::Widen(vec![glimpse(Recipient::Agency(agency("health")))]);
    asked.changes.push((at("2026-04-03"), named));
    assert_eq!(asked.groups("health"), "existence identity topic");
    assert!(asked.of("police").groups.has(FieldGroup::Dispute));
}
