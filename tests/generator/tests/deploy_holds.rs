//! What `deploy/` promises in its comments: profiles and protocols of the invented board.

#![cfg(test)]

mod alone;
mod board;

use alone::{judge, said};
use board::{Board, Shared, matter, midnight, reach::Decide, root};
use diogel_contract::v1::{self, publish_request::Content};
use diogel_domain::{
    codes::{LawfulBasis, Purpose, Sector},
    ids::AgencyId,
    incident::LocalCode,
};
use diogel_generator::{Generator, Shape};
use diogel_sharing::{
    decide::{Question, Relation, decide},
    groups::FieldGroup,
    protocol::{Flow, Side},
};

fn flows(board: &Board) -> impl Iterator<Item = (&str, &Flow)> {
    let protocols = board
        .rules
        .agreements
        .values()
        .flat_map(|a| &a.versions)
        .map(|v| &v.protocol);
    protocols.flat_map(|p| p.flows.iter().map(|flow| (p.id.as_str(), flow)))
}

/// Every flow with this group goes to one of these sectors.
fn only_to(board: &Board, group: FieldGroup, sectors: &[Sector]) {
    for (id, flow) in flows(board).filter(|(_, f)| f.groups.has(group)) {
        let narrow = sectors.iter().any(|s| flow.to == Side::Sector(*s));
        assert!(narrow, "{id} flow {}: {}", flow.number, group.code());
    }
}

#[test]
fn a_profile_is_named_after_its_agency() {
    for agency in &Board::deployed().agencies {
        let path = root().join(format!("deploy/agencies/{agency}.toml"));
        assert!(path.is_file(), "{agency}");
    }
}

#[test]
fn police_health_signals_never_map_to_behaviour() {
    let board = Board::deployed();
    for code in ["MH", "SU", "SH", "AI", "CO", "AL"] {
        let list = "niche-warning-signals".into();
        let signal = LocalCode {
            list,
            code: code.into(),
        };
        for (agency, codes) in &board.codes {
            assert!(!codes.0.contains_key(&signal), "{agency} maps {code}");
        }
    }
}

#[test]
fn a_protocol_fits_into_the_event_that_adopts_it() {
    for entry in std::fs::read_dir(root().join("deploy/protocols")).expect("a folder") {
        let path = entry.expect("an entry").path();
        let length = std::fs::metadata(&path).expect("a file").len();
        assert!(length <= 16 * 1_024, "{}: {length}", path.display());
    }
}

#[test]
fn no_flow_reaches_back_and_each_says_its_power() {
    let board = Board::deployed();
    for (id, flow) in flows(&board) {
        let at = format!("{id} flow {}", flow.number);
        assert_eq!(flow.reaches_back_to, None, "{at}");
        assert!(!flow.powers.is_empty(), "{at}");
        assert!(flow.groups.has(FieldGroup::Existence), "{at}");
        assert!(flow.opens_to(midnight("2026-01-01")), "{at}");
        assert!(flow.opens_to(midnight("2035-12-31")), "{at}");
    }
}

#[test]
fn recognised_legitimate_interest_is_for_charities() {
    let basis = LawfulBasis::RecognisedLegitimateInterest;
    for (id, flow) in flows(&Board::deployed()).filter(|(_, f)| f.bases.contains(&basis)) {
        assert_eq!(
            flow.from,
            Side::Sector(Sector::Charity),
            "{id} {}",
            flow.number
        );
    }
}

#[test]
fn what_is_delicate_goes_to_few() {
    use Sector::{Education, Health, Police, Probation, SocialCare};
    let board = Board::deployed();
    only_to(
        &board,
        FieldGroup::Criminal,
        &[Police, Probation, SocialCare],
    );
    only_to(&board, FieldGroup::Health, &[Health, SocialCare, Education]);
    only_to(
        &board,
        FieldGroup::Voice,
        &[Health, SocialCare, Education, Police],
    );
    only_to(&board, FieldGroup::Worker, &[SocialCare, Police]);
}

#[test]
fn every_escalation_reaches_the_board_unnamed() {
    let deployed = Board::deployed();
    let board = AgencyId::new("board").expect("an id");
    let now = midnight("2026-10-01");
    let load = Generator::new(1, Shape::cwm_derwen(1_000, now)).take(2_000);
    let escalations = load.filter(|(_, r)| matches!(r.content, Some(Content::Escalation(_))));
    for (agency, request) in escalations {
        let agency = AgencyId::new(agency).expect("an id");
        let publication = judge(&deployed, &agency, now, &request).expect("taken");
        let (content, audience) = said(&publication).expect("sealed");
        let question = Question {
            originator: &agency,
            matter: matter(content),
            audience,
            changes: &[],
            published: now,
            now,
        };
        let groups = decide(&deployed.rules, &question, &board, Relation::default()).groups;
        assert!(groups.has(FieldGroup::Dispute) && groups.has(FieldGroup::Identity));
        assert!(
            !groups.has(FieldGroup::Reporter),
            "unless the originator names it"
        );
    }
}

/// Everybody but the Board publishes about danger and protection.
fn defaults_of(board: &Board, agency: &AgencyId, request: &v1::PublishRequest) {
    let at = midnight("2026-11-02");
    for purpose in [
        Purpose::WorkerSafety,
        Purpose::ChildProtection,
        Purpose::AdultProtection,
    ] {
        let audience = v1::Audience {
            by_default: true,
            purpose: purpose.number(),
            ..v1::Audience::default()
        };
        let request = v1::PublishRequest {
            audience: Some(audience),
            ..request.clone()
        };
        let publication = board.taken(agency, at, &request).expect("a publication");
        let shared = Shared::of(agency, at, &publication).expect("an audience");
        assert!(shared.audience.grants.len() > 3, "{agency} {purpose:?}");
        assert!(shared.audience.lawful_basis.is_some(), "{agency}");
        let alone = |_: &AgencyId, decide: &Decide<'_>| decide(Relation::default());
        let mut unreached = board.unreached(&shared, &[], at, alone);
        // An agency that is alone in its sector tells itself nothing.
        unreached.retain(|found| !found.ends_with("holds no agency"));
        assert!(unreached.is_empty(), "{agency} {purpose:?}: {unreached:?}");
    }
}

#[test]
fn default_audiences_reach_whom_they_name() {
    let board = Board::deployed();
    let mut seen = std::collections::BTreeSet::new();
    for (agency, request) in
        Generator::new(3, Shape::cwm_derwen(1_000, midnight("2026-11-02"))).take(2_000)
    {
        let agency = AgencyId::new(agency).expect("an id");
        if matches!(request.content, Some(Content::Incident(_))) && seen.insert(agency.clone()) {
            defaults_of(&board, &agency, &request);
        }
    }
    assert!(seen.len() >= 8, "{seen:?}");
}
