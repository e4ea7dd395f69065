use diogel_contract::envelope::{Draft, Facts};
use diogel_domain::{
    board::{AgencyRegistered, KeyWithdrawn},
    codes::Sector,
    content::Kind,
    ids::EventId,
    times::Moment,
};
use diogel_identity::SigningKey;
use diogel_sharing::header::Header;

use super::*;

fn agency(id: &str) -> AgencyId {
    AgencyId::new(id).unwrap()
}

fn event(of: &str, place: (u32, u64), previous: Digest, open: Open, key: &SigningKey) -> Envelope {
    let facts = Facts {
        board: "test".into(),
        event_id: EventId([u8::try_from(place.1).unwrap(); 16]),
        agency: agency(of),
        recorded_at: Moment(0),
        system: String::new(),
        request_key_hash: [0; 32],
        request_hash: [0; 32],
        kind: Kind::KeyNamed,
        header: Header {
            open: Some(open),
            ..Header::default()
        },
    };
    let signed = Draft::new(&facts, None)
        .unwrap()
        .sign(place.0, place.1, previous, key);
    Envelope::read(signed.event).unwrap()
}

fn erased() -> Open {
    Open::ContentErased("test".into())
}

fn key(seed: u8) -> SigningKey {
    SigningKey::from_seed(&[seed; 32])
}

fn chain() -> (Chain, Envelope) {
    let first = event("housing", (1, 1), NO_DIGEST, erased(), &key(1));
    let mut chain = Chain::new(key(1).public_key().to_bytes());
    assert_eq!(chain.judge(&first), Verdict::Next);
    chain.advance(&first);
    (chain, first)
}

#[test]
fn p3_a_gap_waits_and_a_repeat_lies_behind() {
    let (chain, first) = chain();
    assert_eq!(chain.judge(&first), Verdict::Behind);
    let third = event("housing", (1, 3), [9; 32], erased(), &key(1));
    assert_eq!(chain.judge(&third), Verdict::Gap);
}

#[test]
fn p7_what_the_agency_did_not_sign_stops_nothing() {
    let (chain, first) = chain();
    let forged = event("housing", (1, 2), first.hash, erased(), &key(2));
    assert_eq!(chain.judge(&forged), Verdict::NotGenuine);
}

#[test]
fn a_genuine_event_that_names_another_past_is_a_fork() {
    let (chain, _) = chain();
    let other = event("housing", (1, 2), [7; 32], erased(), &key(1));
    assert_eq!(chain.judge(&other), Verdict::Fork);
}

#[test]
fn a_chain_names_its_own_next_key() {
    let (mut chain, first) = chain();
    let named = Open::KeyNamed(key(2).public_key().to_bytes());
    let naming = event("housing", (1, 2), first.hash, named, &key(1));
    assert_eq!(chain.judge(&naming), Verdict::Next);
    chain.advance(&naming);
    let old = event("housing", (1, 3), naming.hash, erased(), &key(1));
    let new = event("housing", (1, 3), naming.hash, erased(), &key(2));
    assert_eq!(
        (chain.judge(&old), chain.judge(&new)),
        (Verdict::NotGenuine, Verdict::Next)
    );
}

#[test]
fn an_epoch_opens_only_after_the_last_admitted_event() {
    let (chain, first) = chain();
    let opened = |previous_seq, previous_hash| Open::EpochOpened {
        previous_epoch: 1,
        previous_seq,
        previous_hash,
    };
    let right = event(
        "housing",
        (2, 1),
        first.hash,
        opened(1, first.hash),
        &key(1),
    );
    assert_eq!(chain.judge(&right), Verdict::Next);
    let wrong = event(
        "housing",
        (2, 1),
        first.hash,
        opened(9, first.hash),
        &key(1),
    );
    assert_eq!(chain.judge(&wrong), Verdict::Gap);
    let other_past = event("housing", (2, 1), [8; 32], opened(1, [8; 32]), &key(1));
    assert_eq!(chain.judge(&other_past), Verdict::Fork);
}

#[test]
fn p7_only_the_key_in_force_then_contradicts_what_was_admitted() {
    let (mut chain, first) = chain();
    let named = Open::KeyNamed(key(2).public_key().to_bytes());
    let naming = event("housing", (1, 2), first.hash, named, &key(1));
    chain.advance(&naming);
    let other = |seq, signer| event("housing", (1, seq), [7; 32], erased(), &key(signer));
    assert!(chain.is_contradicted_by(&other(1, 1)));
    assert!(!chain.is_contradicted_by(&other(1, 2)), "not in force yet");
    assert!(!chain.is_contradicted_by(&other(1, 9)), "a stranger's");
    chain.advance(&other(3, 2));
    assert!(chain.is_contradicted_by(&other(3, 2)));
    assert!(!chain.is_contradicted_by(&other(3, 1)), "given up");
}

fn registered(id: &str) -> Open {
    let first_key = key(1).public_key().to_bytes();
    Open::Board(BoardEvent::AgencyRegistered(AgencyRegistered {
        agency: agency(id),
        name: String::new(),
        name_cy: String::new(),
        sector: Sector::Housing,
        first_key,
        certificate_names: vec![],
        endpoint: String::new(),
    }))
}

/// The Board, which has registered housing; and that event.
fn with_housing() -> (Chains, Envelope) {
    let mut chains = Chains::new(agency("board"), key(0).public_key().to_bytes());
    let registering = event("board", (1, 1), NO_DIGEST, registered("housing"), &key(0));
    chains.apply(&registering);
    (chains, registering)
}

/// The same with housing's first event.
fn with_first() -> (Chains, Envelope, Envelope) {
    let (mut chains, registering) = with_housing();
    let first = event("housing", (1, 1), NO_DIGEST, erased(), &key(1));
    chains.apply(&first);
    (chains, registering, first)
}

/// The Board withdraws housing's key; none is good if there is no last good event.
fn withdrawal(after: &Envelope, last_good: Option<&Envelope>) -> Envelope {
    let withdrawn = KeyWithdrawn {
        agency: agency("housing"),
        last_good_epoch: 1,
        last_good_seq: last_good.map_or(0, |event| event.seq),
        last_good_hash: last_good.map_or(NO_DIGEST, |event| event.hash),
        next_key: key(5).public_key().to_bytes(),
    };
    let open = Open::Board(BoardEvent::KeyWithdrawn(withdrawn));
    event("board", (1, after.seq + 1), after.hash, open, &key(0))
}

#[test]
fn p7_a_withdrawn_key_contradicts_nothing() {
    let (mut chains, registering, first) = with_first();
    chains.apply(&withdrawal(&registering, Some(&first)));
    let other = Open::ContentErased("x".into());
    let stolen = event("housing", (1, 1), NO_DIGEST, other, &key(1));
    let housing = chains.get(&agency("housing")).unwrap();
    assert!(!housing.is_contradicted_by(&stolen));
}

#[test]
fn the_board_registers_agencies_and_withdraws_keys() {
    let (mut chains, registering) = with_housing();
    assert!(chains.get(&agency("housing")).is_some());
    chains.apply(&withdrawal(&registering, None));
    let stolen = event("housing", (1, 1), NO_DIGEST, erased(), &key(1));
    let good = event("housing", (1, 1), NO_DIGEST, erased(), &key(5));
    let housing = chains.get(&agency("housing")).unwrap();
    assert_eq!(
        (housing.judge(&stolen), housing.judge(&good)),
        (Verdict::NotGenuine, Verdict::Next)
    );
    // Only the Board's own chain counts.
    let stranger = registered("stranger");
    chains.apply(&event("housing", (1, 1), NO_DIGEST, stranger, &key(5)));
    assert!(chains.get(&agency("stranger")).is_none());
}

#[test]
fn p1_a_withdrawn_key_is_good_up_to_the_last_good_event_and_no_further() {
    let (mut chains, registering, first) = with_first();
    let second = event("housing", (1, 2), first.hash, erased(), &key(1));
    let third = event("housing", (1, 3), second.hash, erased(), &key(1));
    let next = event("housing", (1, 4), third.hash, erased(), &key(5));
    let judge = |chains: &Chains, event| chains.get(&agency("housing")).unwrap().judge(event);
    let early = withdrawal(&registering, Some(&second));
    chains.apply(&early);
    let other = event(
        "housing",
        (1, 2),
        first.hash,
        Open::ContentErased("x".into()),
        &key(1),
    );
    assert_eq!(
        judge(&chains, &other),
        Verdict::NotGenuine,
        "not the good one"
    );
    assert_eq!(judge(&chains, &second), Verdict::Next);
    chains.apply(&second);
    assert_eq!(judge(&chains, &third), Verdict::NotGenuine);
    // The Board hears that the agency had accepted one more.
    chains.apply(&withdrawal(&early, Some(&third)));
    assert_eq!(judge(&chains, &third), Verdict::Next);
    assert!(
        chains
            .get(&agency("housing"))
            .unwrap()
            .waits_for_the_next_key()
    );
    chains.apply(&third);
    assert_eq!(judge(&chains, &next), Verdict::Next);
    chains.apply(&next);
    let housing = chains.get(&agency("housing")).unwrap();
    assert!(!housing.waits_for_the_next_key());
    let stolen = event("housing", (1, 5), next.hash, erased(), &key(1));
    assert_eq!(housing.judge(&stolen), Verdict::NotGenuine);
}

#[test]
fn p7_a_stolen_key_can_not_name_the_next_one_once_it_is_withdrawn() {
    let (mut chains, registering, first) = with_first();
    let named = Open::KeyNamed(key(2).public_key().to_bytes());
    let naming = event("housing", (1, 2), first.hash, named, &key(1));
    chains.apply(&withdrawal(&registering, Some(&naming)));
    chains.apply(&naming);
    let housing = chains.get(&agency("housing")).unwrap();
    let by = |signer| event("housing", (1, 3), naming.hash, erased(), &key(signer));
    assert_eq!(housing.judge(&by(2)), Verdict::NotGenuine);
    assert_eq!(housing.judge(&by(5)), Verdict::Next);
}

#[test]
fn what_comes_late_from_an_epoch_that_was_closed_before_it_is_told_apart() {
    let (mut chain, first) = chain();
    let opened = Open::EpochOpened {
        previous_epoch: 1,
        previous_seq: 1,
        previous_hash: first.hash,
    };
    let opening = event("housing", (2, 1), first.hash, opened, &key(1));
    assert_eq!(chain.judge(&opening), Verdict::Next);
    chain.advance(&opening);
    let late = event("housing", (1, 2), first.hash, erased(), &key(1));
    assert_eq!(chain.judge(&late), Verdict::Behind);
    assert!(chain.has_closed_before(&late) && !chain.has_closed_before(&first));
}
