//! What `deploy/` promises in its comments: profiles and protocols of the invented board.

#![cfg(test)]

mod alone;
mod board;

use alone::{judge, said};
use board::{Board, Shared, matter, midnight, reach::Decide, root};
use diogel_contract::v1::{self, publish_request::Content};
use diogel_domain::{
    codes::{LawfulBasis, Purpose, Sector},
    content::Matter,
    ids::AgencyId,
    incident::LocalCode,
};
use diogel_generator::{Generator, Shape};
use diogel_sharing::{
    audience::{Audience, Recipient},
    decide::{Question, Relation, decide},
    defaults::Published,
    groups::{FieldGroup, Groups},
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

/// What the default audiences are for.
const PROTECTIVE: [Purpose; 3] = [
    Purpose::WorkerSafety,
    Purpose::ChildProtection,
    Purpose::AdultProtection,
];

/// Everybody but the Board publishes about danger and protection.
fn defaults_of(board: &Board, agency: &AgencyId, request: &v1::PublishRequest) {
    let at = midnight("2026-11-02");
    for purpose in PROTECTIVE {
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

/// What the test looks at of a generated publication; none: no default is for it. Of alerts, only those about a person: where
/// premises are, nobody is told by default, so a check of theirs finds nothing.
fn warned_of(request: &v1::PublishRequest) -> Option<&'static str> {
    match request.content.as_ref()? {
        Content::Incident(report) => {
            let at_once = report.safety.as_ref().is_some_and(|s| s.danger_at_once);
            Some(if at_once {
                "danger at once"
            } else {
                "incident"
            })
        }
        Content::HazardAlert(alert) => match alert.target.as_ref()?.target.as_ref()? {
            v1::alert_target::Target::Person(_) => Some("alert"),
            _ => None,
        },
        _ => None,
    }
}

#[test]
fn default_audiences_reach_whom_they_name() {
    let board = Board::deployed();
    let mut seen = std::collections::BTreeSet::new();
    for (agency, request) in
        Generator::new(3, Shape::cwm_derwen(1_000, midnight("2026-11-02"))).take(10_000)
    {
        let agency = AgencyId::new(agency).expect("an id");
        let what = warned_of(&request);
        if what.is_some_and(|what| seen.insert((agency.clone(), what))) {
            defaults_of(&board, &agency, &request);
        }
    }
    // Of eight agencies, each of the three.
    assert_eq!(seen.len(), 24, "{seen:?}");
}

/// What a visitor needs, and nothing that is protected or tells the story.
fn warning() -> Groups {
    use FieldGroup::{Existence, Identity, Plan, Precautions, Safety};
    [Existence, Safety, Precautions, Identity, Plan]
        .into_iter()
        .collect()
}

/// The sectors that visit.
const VISITING: [Sector; 6] = [
    Sector::SocialCare,
    Sector::Health,
    Sector::Police,
    Sector::Housing,
    Sector::Probation,
    Sector::Education,
];

/// To whom the story of an incident is granted by default. Flows may carry it to fewer, but to social care, which leads.
const fn told_the_story(purpose: Purpose) -> &'static [Sector] {
    match purpose {
        Purpose::ChildProtection => &[Sector::SocialCare, Sector::Health, Sector::Education],
        Purpose::AdultProtection => &[Sector::SocialCare, Sector::Health],
        Purpose::WorkerSafety
        | Purpose::MultiAgencyMeeting
        | Purpose::DisputeResolution
        | Purpose::BoardGovernance => &[],
    }
}

/// What each agency, involved with nobody, gets by default of a publication; none: the board has no default for it.
fn by_default<'b>(
    board: &'b Board,
    originator: &'b AgencyId,
    published: Published,
    purpose: Purpose,
) -> Option<Vec<(&'b AgencyId, Groups)>> {
    let now = midnight("2026-11-02");
    let own = (originator, board.sector(originator));
    let filled = board.defaults.of(published, purpose, own)?;
    let audience = Audience {
        grants: filled.grants,
        originator_only: false,
        purpose: Some(purpose),
        lawful_basis: filled.basis,
        ..Audience::originator_only()
    };
    let question = Question {
        originator,
        matter: published.matter,
        audience: &audience,
        changes: &[],
        published: now,
        now,
    };
    let others = board.agencies.iter().filter(|a| *a != originator);
    let got = others.map(|to| {
        let groups = decide(&board.rules, &question, to, Relation::default()).groups;
        carried_whole(board, &audience, to, groups);
        (to, groups)
    });
    Some(got.collect())
}

/// The defaults grant no more than the flows carry: what is granted by name of group arrives.
fn carried_whole(board: &Board, audience: &Audience, to: &AgencyId, got: Groups) {
    let named = audience.grants.iter().filter(|grant| match &grant.to {
        Recipient::Agency(id) => id == to,
        Recipient::Sector(sector) => *sector == board.sector(to),
        Recipient::Involved(_) | Recipient::Meeting(_) => false,
    });
    for grant in named.filter(|grant| grant.groups.is_some()) {
        assert!(got.covers(grant.granted()), "{to}: {got:?} of {grant:?}");
    }
}

#[test]
fn danger_by_default_reaches_everybody_who_visits_and_the_story_nobody_more() {
    let board = Board::deployed();
    let mut tried = 0;
    for (originator, matter, danger, purpose) in every_default(&board) {
        if !matches!(matter, Matter::Incident | Matter::HazardAlert) {
            continue;
        }
        let at = format!("{originator} {matter:?} {danger} {purpose:?}");
        let published = Published {
            matter,
            danger,
            threat_to_kill: false,
        };
        let Some(got) = by_default(&board, &originator, published, purpose) else {
            continue;
        };
        tried += 1;
        let warned = |groups: Groups| groups.covers(warning());
        assert!(got.iter().any(|(_, groups)| warned(*groups)), "{at}");
        for (to, groups) in got {
            let (at, sector) = (format!("{at} to {to}"), board.sector(to));
            let story = told_the_story(purpose).contains(&sector) && matter == Matter::Incident;
            assert!(groups.meet(Groups::PROTECTED).is_empty(), "{at}");
            assert!(story || warning().covers(groups), "{at}: {groups:?}");
            let leads = sector == Sector::SocialCare;
            assert!(
                !story || !leads || groups.has(FieldGroup::Narrative),
                "{at}"
            );
            let visits = VISITING.contains(&sector);
            assert!(visits || groups.is_empty(), "{at}: {groups:?}");
            assert!(!danger || !visits || warned(groups), "{at}: {groups:?}");
        }
    }
    // Eight agencies; an alert, danger at once and another incident; three purposes.
    assert_eq!(tried, 8 * 3 * 3);
}

#[test]
fn a_threat_to_kill_by_default_takes_its_story_to_the_police_whatever_it_was_reported_for() {
    let board = Board::deployed();
    let mut tried = 0;
    for (originator, matter, danger, purpose) in every_default(&board) {
        let said = |threat_to_kill| Published {
            matter,
            danger,
            threat_to_kill,
        };
        let of = |threat_to_kill| by_default(&board, &originator, said(threat_to_kill), purpose);
        let (Some(got), Matter::Incident) = (of(true), matter) else {
            continue;
        };
        tried += 1;
        let others = of(false).unwrap();
        for ((to, groups), (_, without)) in got.iter().zip(&others) {
            let police = board.sector(to) == Sector::Police;
            let at = format!("{originator} {purpose:?} to {to}: {groups:?}");
            assert!(groups.covers(*without), "{at}");
            assert_eq!(groups != without, police, "{at}");
            assert!(!police || groups.has(FieldGroup::Narrative), "{at}");
        }
    }
    // Eight agencies; with danger at once and without; three purposes.
    assert_eq!(tried, 8 * 2 * 3);
}

#[test]
fn what_is_worked_on_together_reaches_by_default_who_leads_and_nobody_who_merely_visits() {
    let board = Board::deployed();
    let mut tried = 0;
    for (originator, matter, danger, purpose) in every_default(&board) {
        if danger || matches!(matter, Matter::Incident | Matter::HazardAlert) {
            continue;
        }
        let published = Published {
            matter,
            danger,
            threat_to_kill: false,
        };
        let Some(got) = by_default(&board, &originator, published, purpose) else {
            continue;
        };
        tried += 1;
        for (to, groups) in got {
            let at = format!("{originator} {matter:?} {purpose:?} to {to}");
            let leads = board.sector(to) == Sector::SocialCare;
            assert_eq!(groups.has(FieldGroup::Plan), leads, "{at}: {groups:?}");
            assert_eq!(groups.is_empty(), !leads, "{at}: {groups:?}");
        }
    }
    // Eight agencies; six records for two purposes, and a step for three.
    assert_eq!(tried, 8 * (6 * 2 + 3));
}

/// Whoever publishes, of every kind, dangerous or not, for every purpose. There is no alert without danger.
fn every_default(board: &Board) -> Vec<(AgencyId, Matter, bool, Purpose)> {
    let mut all = Vec::new();
    let publishing = board.agencies.iter();
    for agency in publishing.filter(|a| board.sector(a) != Sector::Board) {
        for matter in Matter::ALL {
            for danger in [false, true] {
                if danger == (*matter == Matter::HazardAlert) || *matter == Matter::Incident {
                    let purposes = Purpose::ALL.iter();
                    all.extend(purposes.map(|p| (agency.clone(), *matter, danger, *p)));
                }
            }
        }
    }
    all
}
