//! P9 and P7: what isn't understood is shared with nobody, and nobody stands in another's place.

use diogel_domain::{
    board::{AgencyRegistered, BoardEvent, KeyWithdrawn},
    codes::Sector,
    content::{Content, Open, ReferenceRole},
    effect::{Effect, Reason},
};
use diogel_views::{
    ContentState,
    rows::{ChangeKind, FoldOutcome},
};

use crate::given::{
    AGENCIES, PROTOCOL, Story, agency,
    content::{alert_about, incident, local, person},
    to,
    views::{eyes, folded, outcomes},
};

fn someone() -> Vec<diogel_domain::people::Person> {
    vec![person("p1", &["T-1"])]
}

#[test]
fn p9_what_is_not_understood_is_shared_with_nobody() {
    let mut story = Story::begins();
    let unknown = story.publishes("police", to(&["health"]), &[], incident(someone()));
    story.last().known = None;
    let unreadable = story.publishes("police", to(&["health"]), &[], incident(someone()));
    story.last().content = ContentState::NotUnderstood;
    let views = folded(&story.inputs);
    for event in [unknown, unreadable] {
        assert_eq!(
            outcomes(&views, "police", event),
            [FoldOutcome::Quarantined]
        );
        for (reader, _) in AGENCIES {
            let eyes = eyes(&views, reader, story.now);
            assert!(eyes.see(event).is_none() && eyes.list().is_empty());
            assert!(eyes.events_about(&[local("T-1")]).is_empty());
        }
    }
}

#[test]
fn p9_what_rests_on_something_not_understood_waits() {
    let mut story = Story::begins();
    let unknown = story.publishes("police", to(&["health"]), &[], incident(someone()));
    story.last().known = None;
    let alert = Content::HazardAlert(alert_about(someone()));
    let rests = [(unknown, ReferenceRole::RestsOn)];
    let waiting = story.publishes("police", to(&["health"]), &rests, alert);
    let views = folded(&story.inputs);
    assert_eq!(
        outcomes(&views, "police", waiting),
        [FoldOutcome::Judged(Effect::Parked)]
    );
}

#[test]
fn p7_what_a_thief_may_have_signed_is_shown_with_doubt_and_what_came_before_is_not() {
    let mut story = Story::begins();
    let incident = || incident(someone());
    let good = story.publishes("police", to(&["health"]), &[], incident());
    let others = story.publishes("housing", to(&["health"]), &[], incident());
    let alert = Content::HazardAlert(alert_about(someone()));
    let rests = [(good, ReferenceRole::RestsOn)];
    let doubtful = story.publishes("police", to(&["health"]), &rests, alert);
    let before = story.inputs.len();
    let withdraw = |last_good_seq| {
        BoardEvent::KeyWithdrawn(KeyWithdrawn {
            agency: agency("police"),
            last_good_epoch: 1,
            last_good_seq,
            last_good_hash: [0; 32],
            next_key: [2; 32],
        })
    };
    // Its signature under the protocol came first.
    story.board(withdraw(2));
    let after = story.publishes("police", to(&["health"]), &[], incident());
    let views = folded(&story.inputs);
    let eyes = eyes(&views, "health", story.now);
    let is_doubtful = |event| eyes.see(event).unwrap().doubtful;
    assert!(is_doubtful(doubtful));
    for event in [good, others, after] {
        assert!(!is_doubtful(event));
    }
    // Still a warning, and the reader is told.
    let check = eyes.check(&[local("T-1")]);
    assert!(
        check
            .iter()
            .any(|f| f.source.as_ref().unwrap().1 == doubtful && f.doubtful)
    );
    let changes = eyes.changes(&story);
    let told = changes
        .iter()
        .filter(|(_, _, kind)| *kind == ChangeKind::Changed);
    assert!(told.map(|(_, event, _)| *event).eq([doubtful]));
    // Without a good one, all of it; with one to come, none.
    for (last_good_seq, doubted) in [(0, true), (5, false)] {
        story.inputs.truncate(before);
        story.board(withdraw(last_good_seq));
        let views = folded(&story.inputs);
        let eyes = crate::given::views::eyes(&views, "health", story.now);
        let seen = [good, doubtful, others].map(|event| eyes.see(event).unwrap().doubtful);
        assert_eq!(seen, [doubted, doubted, false]);
    }
}

#[test]
fn p7_an_event_with_an_id_that_is_taken_takes_nobodys_place() {
    let mut story = Story::begins();
    let event = story.publishes("police", to(&["health"]), &[], incident(someone()));
    story.publishes(
        "housing",
        to(&["health"]),
        &[],
        incident(vec![person("p1", &["T-2"])]),
    );
    story.last().event_id = event;
    let correction = story.corrects("police", to(&["health"]), event, None);
    let views = folded(&story.inputs);
    let eyes = eyes(&views, "health", story.now);
    assert_eq!(eyes.see(event).unwrap().item.originator, agency("police"));
    assert!(eyes.events_about(&[local("T-2")]).is_empty());
    assert_eq!(
        outcomes(&views, "housing", event),
        [FoldOutcome::Quarantined]
    );
    let done = [FoldOutcome::Judged(Effect::Effective)];
    assert_eq!(outcomes(&views, "police", correction), done);
}

#[test]
fn only_the_board_speaks_for_the_board() {
    let mut story = Story::begins();
    let event = story.board(BoardEvent::ProtocolAdopted(
        PROTOCOL.replace("T-01", "T-02"),
    ));
    story.last().agency = agency("police");
    let views = folded(&story.inputs);
    let refused = FoldOutcome::Judged(Effect::WithoutEffect(Reason::NotTheBoard));
    assert_eq!(outcomes(&views, "police", event), [refused]);
    assert_eq!(views.registry().rules().agreements.len(), 1);
}

#[test]
fn an_agency_keeps_its_sector_and_what_else_is_known_of_it_is_renewed() {
    let mut story = Story::begins();
    let again = |sector, name: &str| {
        BoardEvent::AgencyRegistered(AgencyRegistered {
            agency: agency("health"),
            name: name.to_owned(),
            name_cy: name.to_owned(),
            sector,
            first_key: [1; 32],
            certificate_names: Vec::new(),
            endpoint: String::new(),
        })
    };
    let other = story.board(again(Sector::Housing, "other"));
    let same = story.board(again(Sector::Health, "renewed"));
    let views = folded(&story.inputs);
    let refused = FoldOutcome::Judged(Effect::WithoutEffect(Reason::SectorStays));
    assert_eq!(outcomes(&views, "board", other), [refused]);
    let done = FoldOutcome::Judged(Effect::Effective);
    assert_eq!(outcomes(&views, "board", same), [done]);
    let registry = views.registry();
    let health = &registry.agency(&agency("health")).unwrap().facts;
    assert_eq!(
        (health.sector, health.name.as_str()),
        (Sector::Health, "renewed")
    );
}

#[test]
fn p7_nobody_has_everything_decided_again_by_signing_and_leaving_without_end() {
    let mut story = Story::begins();
    let event = story.publishes("police", to(&["health"]), &[], incident(someone()));
    let mut signed = Vec::new();
    for _ in 0..9 {
        let left = Open::ProtocolLeft("T-01".to_owned());
        story.says("health", left, &[]);
        signed.push(story.signs("health", PROTOCOL));
    }
    let views = folded(&story.inputs);
    let told = signed
        .iter()
        .map(|signed| outcomes(&views, "health", *signed));
    let told: Vec<_> = told.flatten().collect();
    let refused = FoldOutcome::Judged(Effect::WithoutEffect(Reason::SignedTooOften));
    assert_eq!(told.iter().filter(|told| **told == refused).count(), 2);
    assert!(eyes(&views, "police", story.now).see(event).is_some());
}

#[test]
fn the_first_event_of_all_registers_the_board_itself() {
    let mut story = Story::begins();
    // The Board's own registration is left out: police is registered by a Board that nobody knows.
    story.inputs.remove(0);
    for (input, position) in story.inputs.iter_mut().zip(1..) {
        input.position = position;
    }
    let views = folded(&story.inputs);
    assert!(views.registry().agencies().is_empty());
    assert!(views.registry().rules().agreements.is_empty());
}

#[test]
fn a_protocol_that_cannot_be_read_is_never_in_force() {
    let mut story = Story::begins();
    let event = story.board(BoardEvent::ProtocolAdopted(
        PROTOCOL.replace("powers", "power"),
    ));
    let views = folded(&story.inputs);
    let refused = FoldOutcome::Judged(Effect::WithoutEffect(Reason::UnreadableProtocol));
    assert_eq!(outcomes(&views, "board", event), [refused]);
}
