use std::collections::BTreeSet;

use diogel_domain::{
    codes::{FamilyHandling, HandlingCode, LawfulBasis, Purpose},
    times::Day,
};

use super::*;
use crate::audience::Grant;

const PROTOCOL: &str = r#"
id = "T-01"
version = 2
title = "Test"
title_cy = "Prawf"
parties = ["housing", "police", "health", "board"]

[[flow]]
number = 4
from = "sector:housing"
to = "any"
matters = ["incident"]
groups = ["existence", "safety", "identity", "place"]
purposes = ["worker-safety"]
bases = ["public-task"]
powers = []
valid_from = "2026-01-01"
valid_until = "2026-12-31"

[[flow]]
number = 9
from = "any"
to = "sector:board"
matters = ["escalation"]
groups = ["existence", "dispute"]
purposes = ["dispute-resolution"]
bases = ["public-task"]
powers = []
valid_from = "2026-01-01"
valid_until = "2026-12-31"
"#;

fn agency(id: &str) -> AgencyId {
    AgencyId::new(id).unwrap()
}

fn rules() -> Rules {
    let sectors = [
        ("housing", Sector::Housing),
        ("police", Sector::Police),
        ("health", Sector::Health),
        ("charity", Sector::Charity),
        ("board", Sector::Board),
    ];
    let standing = |sector| Standing {
        sector,
        suspended: false,
    };
    let agencies = sectors.map(|(id, sector)| (agency(id), standing(sector)));
    let adopted = Adopted {
        protocol: Protocol::from_toml(PROTOCOL).unwrap(),
        since: at("2026-02-01"),
    };
    Rules {
        agencies: agencies.into(),
        protocols: [("T-01".to_owned(), adopted)].into(),
    }
}

fn at(day: &str) -> Moment {
    Moment(i64::from(Day::parse(day).unwrap().0) * Moment::DAY)
}

fn to(id: &str) -> Audience {
    Audience {
        grants: vec![Grant {
            to: Recipient::Agency(agency(id)),
            groups: None,
        }],
        originator_only: false,
        withheld: BTreeSet::new(),
        purpose: Some(Purpose::WorkerSafety),
        lawful_basis: Some(LawfulBasis::PublicTask),
        until: None,
        family: FamilyHandling::No,
        handling: HandlingCode::Permitted,
    }
}

fn decided(rules: &Rules, audience: &Audience, recipient: &str, now: &str) -> Decision {
    let originator = agency("housing");
    let question = Question {
        originator: &originator,
        matter: Matter::Incident,
        audience,
        published: at("2026-03-01"),
        now: at(now),
    };
    decide(rules, question, &agency(recipient))
}

#[test]
fn what_is_granted_meets_what_a_flow_allows() {
    let decision = decided(&rules(), &to("police"), "police", "2026-06-01");
    let codes: Vec<_> = decision.groups.iter().map(FieldGroup::code).collect();
    assert_eq!(codes, ["existence", "safety", "identity"]);
    assert_eq!(decision.citation.unwrap().to_string(), "T-01 v2, flow 4");
    assert_eq!(
        decision.reasons[3],
        Why::NoFlow,
        "narrative is granted, no flow carries it"
    );
    assert_eq!(
        decision.reasons[4],
        Why::NotGranted,
        "place is protected until it is named"
    );
}

#[test]
fn who_is_not_named_gets_nothing() {
    assert!(
        decided(&rules(), &to("police"), "health", "2026-06-01")
            .groups
            .is_empty()
    );
    assert!(
        decided(&rules(), &to("charity"), "charity", "2026-06-01")
            .groups
            .is_empty()
    );
    assert!(
        decided(&rules(), &to("stranger"), "stranger", "2026-06-01")
            .groups
            .is_empty()
    );
}

#[test]
fn an_expired_flow_carries_nothing() {
    assert!(
        decided(&rules(), &to("police"), "police", "2027-01-01")
            .groups
            .is_empty()
    );
}

#[test]
fn withheld_wins_over_granted() {
    let mut audience = to("police");
    audience.withheld.insert(agency("police"));
    let decision = decided(&rules(), &audience, "police", "2026-06-01");
    assert_eq!(
        (decision.groups, decision.reasons[0]),
        (Groups::NONE, Why::Withheld)
    );
}

#[test]
fn originator_only_means_only_the_originator() {
    let mut audience = to("police");
    audience.originator_only = true;
    assert!(
        decided(&rules(), &audience, "police", "2026-06-01")
            .groups
            .is_empty()
    );
    assert_eq!(
        decided(&rules(), &audience, "housing", "2026-06-01").groups,
        Groups::ALL
    );
}

#[test]
fn a_suspended_agency_reads_nothing_not_even_its_own() {
    let mut rules = rules();
    rules.agencies.insert(
        agency("housing"),
        Standing {
            sector: Sector::Housing,
            suspended: true,
        },
    );
    assert!(
        decided(&rules, &to("police"), "housing", "2026-06-01")
            .groups
            .is_empty()
    );
}

#[test]
fn a_flow_reaches_back_only_where_it_says_so() {
    let mut rules = rules();
    let adopted = rules.protocols.get_mut("T-01").unwrap();
    adopted.since = at("2026-05-01");
    assert!(
        decided(&rules, &to("police"), "police", "2026-06-01")
            .groups
            .is_empty()
    );
    let adopted = rules.protocols.get_mut("T-01").unwrap();
    adopted.protocol.flows[0].reaches_back_to = Day::parse("2026-01-01");
    assert!(
        !decided(&rules, &to("police"), "police", "2026-06-01")
            .groups
            .is_empty()
    );
}

#[test]
fn the_board_sees_every_escalation() {
    let originator = agency("police");
    let mut audience = to("health");
    audience.purpose = Some(Purpose::DisputeResolution);
    let question = Question {
        originator: &originator,
        matter: Matter::Escalation,
        audience: &audience,
        published: at("2026-03-01"),
        now: at("2026-06-01"),
    };
    assert!(
        decide(&rules(), question, &agency("board"))
            .groups
            .has(FieldGroup::Dispute)
    );
    assert!(
        decide(&rules(), question, &agency("housing"))
            .groups
            .is_empty()
    );
}

#[test]
fn no_party_keeps_an_escalation_from_the_board_by_withholding_it() {
    let originator = agency("police");
    let mut audience = to("health");
    audience.purpose = Some(Purpose::DisputeResolution);
    audience.withheld.insert(agency("board"));
    let asked = |matter| {
        let question = Question {
            originator: &originator,
            matter,
            audience: &audience,
            published: at("2026-03-01"),
            now: at("2026-06-01"),
        };
        decide(&rules(), question, &agency("board"))
    };
    let groups = asked(Matter::Escalation).groups;
    assert!(groups.has(FieldGroup::Dispute));
    assert_eq!(asked(Matter::Incident).reasons[0], Why::Withheld);
}

#[test]
fn a_protocol_with_what_is_not_understood_is_refused() {
    for (from, to) in [
        ("public-task", "no-such-basis"),
        ("number = 9", "number = 4"),
        ("powers = []", "power = []"),
    ] {
        let text = PROTOCOL.replace(from, to);
        assert!(Protocol::from_toml(&text).is_err(), "{to} was taken");
    }
}
