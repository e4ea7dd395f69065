//! Given a board whose protocol is signed: who gets what, as the rule says it.

mod changes;
mod over_time;
mod relations;

use diogel_domain::{
    codes::{LawfulBasis, Purpose},
    times::Day,
};

use super::*;
use crate::{
    agreement::{Agreement, Span, Standing, Version},
    audience::{Grant, Recipient},
    change::Narrowing,
    protocol::Protocol,
};

const PROTOCOL: &str = r#"
id = "T-01"
version = 2
title = "Test"
title_cy = "Prawf"
status = "for-signature"
host = "The Board of the test"
processor = "Nobody"
parties = ["housing", "police", "health", "social-care", "board"]
lead = "sector:social-care"

[[flow]]
number = 4
from = "sector:housing"
to = "any"
kinds = ["incident"]
groups = ["existence", "safety", "identity", "place"]
purposes = ["worker-safety"]
bases = ["public-task"]
powers = []
valid_from = "2026-01-01"
review_by = "2026-12-31"

[[flow]]
number = 9
from = "any"
to = "sector:board"
kinds = ["escalation", "emergency_disclosure"]
groups = ["existence", "narrative", "dispute"]
purposes = ["dispute-resolution", "worker-safety"]
bases = ["public-task"]
powers = []
valid_from = "2026-01-01"
review_by = "2026-12-31"

[[flow]]
number = 10
from = "any"
to = "any"
kinds = ["escalation"]
groups = ["existence", "identity", "dispute"]
purposes = ["dispute-resolution"]
bases = ["public-task"]
powers = []
valid_from = "2026-01-01"
review_by = "2026-12-31"
"#;

const SECTORS: [(&str, Sector); 6] = [
    ("housing", Sector::Housing),
    ("police", Sector::Police),
    ("health", Sector::Health),
    ("social-care", Sector::SocialCare),
    ("charity", Sector::Charity),
    ("board", Sector::Board),
];

fn agency(id: &str) -> AgencyId {
    AgencyId::new(id).unwrap()
}

fn at(day: &str) -> Moment {
    Moment(i64::from(Day::parse(day).unwrap().0) * Moment::DAY)
}

/// Everybody named signed it on the day of its adoption.
fn version(toml: &str, adopted: &str) -> Version {
    let protocol = Protocol::from_toml(toml).unwrap();
    let since = Span::since(at(adopted));
    let signed = protocol
        .parties
        .iter()
        .map(|party| (party.clone(), vec![since]));
    Version {
        adopted: since,
        signed: signed.collect(),
        protocol,
    }
}

fn rules() -> Rules {
    let agencies = SECTORS.map(|(id, sector)| (agency(id), Standing::active(sector)));
    let agreement = Agreement {
        versions: vec![version(PROTOCOL, "2026-02-01")],
    };
    Rules {
        agencies: agencies.into(),
        agreements: [("T-01".to_owned(), agreement)].into(),
        turned: Vec::new(),
    }
}

fn granted(to: Recipient) -> Audience {
    Audience {
        grants: vec![Grant { to, groups: None }],
        originator_only: false,
        purpose: Some(Purpose::WorkerSafety),
        lawful_basis: Some(LawfulBasis::PublicTask),
        ..Audience::originator_only()
    }
}

fn to(id: &str) -> Audience {
    granted(Recipient::Agency(agency(id)))
}

/// An incident of housing's, published on 1 March 2026.
struct Asked<'a> {
    rules: Rules,
    audience: Audience,
    changes: Vec<(Moment, Change)>,
    relation: Relation<'a>,
    matter: Matter,
    now: &'a str,
}

fn asked(audience: Audience) -> Asked<'static> {
    Asked {
        rules: rules(),
        audience,
        changes: Vec::new(),
        relation: Relation::default(),
        matter: Matter::Incident,
        now: "2026-06-01",
    }
}

impl Asked<'_> {
    fn of(&self, recipient: &str) -> Decision<'_> {
        let originator = agency("housing");
        let question = Question {
            originator: &originator,
            matter: self.matter,
            audience: &self.audience,
            changes: &self.changes,
            published: at("2026-03-01"),
            now: at(self.now),
        };
        decide(&self.rules, &question, &agency(recipient), self.relation)
    }

    fn groups(&self, recipient: &str) -> String {
        let groups = self.of(recipient).groups;
        groups
            .iter()
            .map(FieldGroup::code)
            .collect::<Vec<_>>()
            .join(" ")
    }

    fn why(&self, recipient: &str, group: FieldGroup) -> Why {
        self.of(recipient).why(group)
    }
}

const CARRIED: &str = "existence safety identity precautions";

#[test]
fn what_is_granted_meets_what_a_flow_allows() {
    let asked = asked(to("police"));
    assert_eq!(asked.groups("police"), CARRIED);
    let cited = asked.of("police").citation().unwrap().to_owned();
    assert_eq!(cited.to_string(), "T-01 v2, flow 4");
    assert_eq!(asked.why("police", FieldGroup::Narrative), Why::NoFlow);
    assert_eq!(asked.why("police", FieldGroup::Place), Why::NotGranted);
}

#[test]
fn a_protected_group_is_given_where_it_is_named() {
    let mut asked = asked(to("police"));
    let places = Groups::NONE
        .with(FieldGroup::Place)
        .with(FieldGroup::Worker);
    asked.audience.grants[0].groups = Some(places);
    assert_eq!(asked.groups("police"), "existence place");
    assert_eq!(asked.why("police", FieldGroup::Worker), Why::NoFlow);
}

#[test]
fn who_is_not_named_gets_nothing() {
    assert_eq!(asked(to("police")).groups("health"), "");
    assert_eq!(asked(to("charity")).groups("charity"), "");
    assert_eq!(asked(to("stranger")).groups("stranger"), "");
    let nobody = Audience {
        grants: Vec::new(),
        ..to("police")
    };
    assert_eq!(asked(nobody).groups("police"), "", "no grant is no grant");
}

#[test]
fn withheld_wins_over_granted() {
    let mut asked = asked(granted(Recipient::Sector(Sector::Police)));
    asked.audience.withheld.insert(agency("police"));
    assert_eq!(asked.groups("police"), "");
    assert_eq!(asked.why("police", FieldGroup::Existence), Why::Withheld);
}

#[test]
fn what_was_taken_from_an_agency_by_name_no_sector_gives_back() {
    let mut asked = asked(granted(Recipient::Sector(Sector::Police)));
    let widen = |to| Change::Widen(granted(to).grants);
    asked.changes = vec![
        (
            at("2026-04-01"),
            Change::Narrow(Narrowing {
                from: [agency("police")].into(),
                groups: Groups::ALL,
            }),
        ),
        (at("2026-04-02"), widen(Recipient::Sector(Sector::Police))),
    ];
    assert_eq!(asked.groups("police"), "");
    let by_name = widen(Recipient::Agency(agency("police")));
    asked.changes.push((at("2026-04-03"), by_name));
    assert_eq!(asked.groups("police"), CARRIED);
}

#[test]
fn originator_only_means_only_the_originator() {
    let mut asked = asked(to("police"));
    asked.audience.originator_only = true;
    assert_eq!(asked.groups("police"), "");
    assert_eq!(asked.of("housing").groups, Groups::ALL);
}

#[test]
fn a_suspended_agency_reads_nothing_not_even_its_own() {
    let mut asked = asked(to("police"));
    let suspended = Standing {
        sector: Sector::Housing,
        suspended: vec![Span::since(at("2026-05-01"))],
    };
    asked.rules.agencies.insert(agency("housing"), suspended);
    assert_eq!(asked.groups("housing"), "");
    asked.now = "2026-04-30";
    assert_eq!(asked.of("housing").groups, Groups::ALL, "before, it did");
}

#[test]
fn the_board_sees_every_escalation_whoever_withholds_it() {
    let mut asked = asked(to("police"));
    asked.matter = Matter::Escalation;
    asked.audience.withheld.insert(agency("board"));
    asked.changes = vec![(at("2026-04-01"), Change::Withdraw)];
    assert_eq!(asked.groups("board"), "existence narrative dispute topic");
    assert_eq!(asked.groups("health"), "");
    asked.matter = Matter::Incident;
    assert_eq!(asked.groups("board"), "");
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
