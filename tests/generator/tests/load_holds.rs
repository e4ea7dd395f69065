//! Generated load holds by the same rules as the scenarios, has the promised mixture, and is the same for the same seed.

#![cfg(test)]

mod alone;
mod board;

use std::collections::{BTreeMap, BTreeSet};

use alone::{judge, said};
use board::{Board, midnight};
use diogel_contract::{
    read::{Publication, ReferenceTo},
    v1,
};
use diogel_domain::{content::Kind, ids::AgencyId, times::Moment};
use diogel_generator::{Generator, Shape, line};
use prost::Message;

const EVENTS: usize = 2_000;

fn now() -> Moment {
    midnight("2026-10-01").plus_seconds(12 * 3_600)
}

fn load(seed: u64) -> Vec<(AgencyId, v1::PublishRequest)> {
    let events = Generator::new(seed, Shape::cwm_derwen(1_000, now())).take(EVENTS);
    let event = |(agency, request)| (AgencyId::new(agency).expect("an id"), request);
    events.map(event).collect()
}

fn judged(board: &Board, seed: u64) -> Vec<(AgencyId, String, Publication)> {
    let judged = |(agency, request): (AgencyId, v1::PublishRequest)| {
        let publication = judge(board, &agency, now(), &request);
        let publication = publication.unwrap_or_else(|wrong| {
            panic!("seed {seed}, {}: {}", request.request_key, wrong.join("; "))
        });
        (agency, request.request_key, publication)
    };
    load(seed).into_iter().map(judged).collect()
}

#[test]
fn every_event_is_taken_and_refers_to_the_same_agencys_earlier_ones() {
    let board = Board::deployed();
    for seed in [1, 2, 3, 1_234_567, u64::MAX] {
        let mut published = BTreeSet::new();
        for (agency, key, publication) in judged(&board, seed) {
            for reference in publication.references {
                let ReferenceTo::RequestKey(target) = reference.to else {
                    panic!("{key}: {} has an event id", reference.field)
                };
                assert!(published.contains(&(agency.clone(), target)), "{key}");
            }
            assert!(published.insert((agency, key)));
        }
    }
}

#[test]
fn the_mixture_is_as_promised() {
    let board = Board::deployed();
    let judged = judged(&board, 5);
    let mut kinds = BTreeMap::<Kind, usize>::new();
    let mut recipients = 0;
    for (_, _, publication) in &judged {
        *kinds.entry(publication.kind()).or_default() += 1;
        let named = matches!(
            publication.kind(),
            Kind::IncidentReported | Kind::HazardAlertRaised
        );
        let audience = said(publication).filter(|_| named);
        recipients += audience.map_or(0, |(_, audience)| audience.grants.len());
    }
    let share = |kind| kinds.get(&kind).copied().unwrap_or(0) * 1_000 / EVENTS;
    for (kind, least, most) in [
        (Kind::IncidentReported, 780, 840),
        (Kind::HazardAlertRaised, 45, 75),
        (Kind::EscalationRaised, 10, 30),
        (Kind::IncidentCorrected, 8, 30),
        (Kind::EnteredInError, 1, 10),
        (Kind::InvolvementClaimed, 20, 40),
        (Kind::InvolvementClosed, 4, 16),
        (Kind::MeetingScheduled, 14, 34),
        (Kind::MeetingChanged, 2, 14),
        (Kind::AudienceChanged, 10, 30),
        (Kind::SharingDeclined, 4, 18),
    ] {
        let share = share(kind);
        assert!(
            (least..=most).contains(&share),
            "{kind:?} {share}: {kinds:?}"
        );
    }
    let named = kinds[&Kind::IncidentReported] + kinds[&Kind::HazardAlertRaised];
    assert!(
        (38..=43).contains(&(recipients * 10 / named)),
        "{recipients} of {named}"
    );
}

#[test]
fn incidents_are_as_long_as_real_ones() {
    let incident = |(_, r): &(AgencyId, v1::PublishRequest)| {
        let incident = matches!(r.content, Some(v1::publish_request::Content::Incident(_)));
        incident.then(|| r.encoded_len())
    };
    let mut sizes: Vec<usize> = load(6).iter().filter_map(incident).collect();
    sizes.sort_unstable();
    let spread = [0, 10, 500, 900, 999].map(|per_mille| sizes[sizes.len() * per_mille / 1_000]);
    let [shortest, _, median, long, longest] = spread;
    assert!(
        shortest >= 450 && (600..=900).contains(&median),
        "{spread:?}"
    );
    assert!(long >= 1_500 && longest <= 2_500, "{spread:?}");
}

#[test]
fn the_same_seed_gives_the_same_bytes_and_another_one_others() {
    let text = |seed| {
        let lines = load(seed).into_iter();
        let line = |(agency, request): (AgencyId, _)| line(agency.as_str(), now(), &request);
        let lines: Vec<String> = lines.map(line).map(|l| l.expect("a line")).collect();
        lines.join("\n")
    };
    assert_eq!(text(7), text(7));
    assert_ne!(text(7), text(8));
}

#[test]
fn the_shape_is_the_deployed_board() {
    let board = Board::deployed();
    let shape = Shape::cwm_derwen(1, now());
    let ids: Vec<&str> = shape.agencies.iter().map(|a| a.id.as_str()).collect();
    let deployed: Vec<&str> = board.agencies.iter().map(AgencyId::as_str).collect();
    assert_eq!(ids, deployed);
    for agency in &shape.agencies {
        let id = AgencyId::new(agency.id.as_str()).expect("an id");
        assert_eq!(agency.sector, board.sector(&id));
    }
}
