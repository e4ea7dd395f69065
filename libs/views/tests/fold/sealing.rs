//! Copies are sealed: nothing of the content stands in clear in a store, a destroyed key is the end of its copies wherever they
//! lie, and the fold never asks for a key.

use std::{collections::BTreeSet, fs, path::Path};

use diogel_domain::{
    content::{Content, Kind, Matter, ReferenceRole},
    ids::EventId,
};
use diogel_views::{
    ContentState, FoldInput, Folded,
    store::{RedbStore, SledStore, Store, StoreError},
};

use crate::given::{
    AGENCIES, Story, agency,
    content::{local, person, place, report},
    keys::{Keys, Untouched, secret_of},
    random::{self, Dice},
    to,
    views::{
        Shared, differing, empty, empty_with, eyes, eyes_if_active, folded, in_batches, sweep,
    },
};

const STORY: &str = "the ochre gate by the weir";
const NAME: &str = "Gwenllian of the weir";
const REFERENCE: &str = "T-ochre-1";
const UPRN: &str = "100098765432";

fn told(story: &mut Story) -> EventId {
    let mut person = person("p1", &[REFERENCE]);
    NAME.clone_into(&mut person.identity.as_mut().unwrap().name);
    let mut report = report(vec![person], STORY);
    report.places = vec![place("l1", UPRN)];
    let audience = to(&["health", "housing"]);
    story.publishes("police", audience, &[], Content::Incident(report))
}

#[test]
fn content_stands_in_clear_in_no_file_of_a_store() {
    let folder = tempfile::tempdir().unwrap();
    let (sled, redb) = (folder.path().join("sled"), folder.path().join("redb"));
    in_clear_nowhere(&sled, || SledStore::open(&sled).unwrap());
    in_clear_nowhere(&redb, || RedbStore::open(&redb).unwrap());
}

/// Before and after an erasure; what does stand in clear is found, so the search isn't blind.
fn in_clear_nowhere<S: Store>(at: &Path, open: impl Fn() -> S) {
    let mut story = Story::begins();
    let event = told(&mut story);
    let whole = story.inputs.len();
    story.erases("police", event);
    for part in [&story.inputs[..whole], &story.inputs[whole..]] {
        let views = empty(open());
        views.fold(part).unwrap();
        drop(views);
        for phrase in [STORY, NAME, REFERENCE, UPRN] {
            assert!(!holds(at, phrase.as_bytes()), "{phrase}");
        }
        assert!(!holds(at, &secret_of(event)), "the key");
        assert!(holds(at, b"social-care") && holds(at, &event.0));
    }
}

fn holds(at: &Path, phrase: &[u8]) -> bool {
    if at.is_dir() {
        let mut entries = fs::read_dir(at).unwrap();
        return entries.any(|entry| holds(&entry.unwrap().path(), phrase));
    }
    let bytes = fs::read(at).unwrap();
    bytes.windows(phrase.len()).any(|window| window == phrase)
}

#[test]
fn a_destroyed_key_hides_at_once_what_its_erasure_has_yet_to_take() {
    let mut story = Story::begins();
    let event = told(&mut story);
    let keys = Keys::default();
    let views = empty_with(Shared::default(), keys.clone());
    views.fold(&story.inputs).unwrap();
    let health = eyes(&views, "health", story.now);
    assert!(health.see(event).unwrap().disclosed.is_some());
    assert_eq!(health.events_about(&[local(REFERENCE)]), [event]);
    keys.destroy(event);
    assert!(health.see(event).unwrap().disclosed.is_none());
    assert!(health.events_about(&[local(REFERENCE)]).is_empty());
    assert!(health.check(&[local(REFERENCE)]).is_empty());
    assert_eq!(health.list(), [event]);
}

#[test]
fn p5_a_missing_or_mistaken_key_is_an_error_never_other_content() {
    let mut story = Story::begins();
    let (event, other) = (told(&mut story), told(&mut story));
    let keys = Keys::default();
    let views = empty_with(Shared::default(), keys.clone());
    views.fold(&story.inputs).unwrap();
    let see = |of| views.see_event(&views.reader(&agency(of), story.now).unwrap(), event);
    keys.mistake(event, other);
    assert!(matches!(see("health"), Err(StoreError::Seal)));
    keys.lose(event);
    assert!(matches!(see("health"), Err(StoreError::KeyMissing)));
    // P6: whoever may not see it isn't told that something is amiss.
    assert!(matches!(see("charity"), Ok(None)));
}

#[test]
fn p4_the_fold_asks_for_no_key() {
    for seed in 0..40 {
        let (mut story, _) = random::story(seed, 60);
        publications(&mut story);
        let views = empty_with(Shared::default(), Untouched);
        in_batches(&views, &story.inputs, &[7]);
        assert_eq!(
            views.digest().unwrap(),
            folded(&story.inputs).digest().unwrap(),
            "seed {seed}"
        );
    }
}

/// What changes who holds earlier events makes copies anew, and needs their keys; the rest doesn't.
fn publications(story: &mut Story) {
    let begun = Story::begins().inputs.len() as u64;
    story.inputs.retain(|input| {
        let kind = input.known.as_ref().map(|(kind, _)| *kind);
        let matter = kind.and_then(Kind::matter);
        let kept = [Matter::Incident, Matter::HazardAlert, Matter::Escalation];
        let kept = matter.is_some_and(|m| kept.contains(&m) || m == Matter::Correction);
        input.position <= begun || kept || kind == Some(Kind::ContentErased)
    });
    for (input, position) in story.inputs.iter_mut().zip(1..) {
        input.position = position;
    }
}

#[test]
fn p4_however_far_the_fold_lags_behind_the_keys_the_view_is_the_same() {
    let (mut hidden, mut disclosed) = (0, 0);
    for seed in 0..150 {
        let (story, _) = random::story(seed, 50);
        let mut dice = Dice(seed);
        let keys = Keys::default();
        let rows = Shared::default();
        let views = empty_with(rows.clone(), keys.clone());
        let mut folded_to = Story::begins().inputs.len();
        views.fold(&story.inputs[..folded_to]).unwrap();
        while folded_to < story.inputs.len() {
            let left = story.inputs.len() - folded_to;
            let end = folded_to + 1 + dice.roll(left.min(6));
            let admitted = (end + dice.roll(12)).min(story.inputs.len());
            let destroyed = destroyed(&story.inputs[..admitted]);
            for event in &destroyed {
                keys.destroy(*event);
            }
            let gone: Vec<EventId> = destroyed.iter().copied().collect();
            let opened = story.with_erased(&gone);
            views.fold(&opened[folded_to..end]).unwrap();
            folded_to = end;
            let seen = disclosed_events(&views, &story);
            assert!(seen.is_disjoint(&destroyed), "seed {seed}");
            disclosed += seen.len();
            hidden += destroyed.len();
        }
        let gone: Vec<EventId> = destroyed(&story.inputs).into_iter().collect();
        sweep(&views);
        let rebuilt = in_one(&story.with_erased(&gone));
        assert_eq!(
            differing(&rows, &rebuilt),
            None,
            "seed {seed}: after the keys went"
        );
        let before = in_one(&story.inputs);
        assert_eq!(
            differing(&rows, &before),
            None,
            "seed {seed}: while the keys were there"
        );
    }
    assert!(
        hidden > 1_000 && disclosed > 10_000,
        "{hidden}, {disclosed}"
    );
}

fn in_one(inputs: &[FoldInput]) -> Shared {
    let rows = Shared::default();
    let views = empty(rows.clone());
    views.fold(inputs).unwrap();
    sweep(&views);
    rows
}

/// Said once more, as admission does it: the keys that the erasures among these events destroy.
fn destroyed(admitted: &[FoldInput]) -> BTreeSet<EventId> {
    let of_erasure = |(n, input): (usize, &FoldInput)| {
        let (kind, header) = input.known.as_ref()?;
        let mut erases = header.references.iter();
        let target = erases.find(|r| r.role == ReferenceRole::Erases)?.event_id;
        let earlier = admitted.iter().take(n).find(|i| i.event_id == target)?;
        let sealed = !matches!(earlier.content, ContentState::None);
        let own = earlier.agency == input.agency && *kind == Kind::ContentErased;
        (own && sealed).then_some(target)
    };
    admitted.iter().enumerate().filter_map(of_erasure).collect()
}

/// Whatever anybody gets content of.
fn disclosed_events(views: &Folded<Shared>, story: &Story) -> BTreeSet<EventId> {
    let mut found = BTreeSet::new();
    for (id, _) in AGENCIES {
        let Some(eyes) = eyes_if_active(views, id, story.now) else {
            continue;
        };
        for input in &story.inputs {
            let seen = eyes.see(input.event_id);
            found.extend(
                seen.filter(|s| s.disclosed.is_some())
                    .map(|_| input.event_id),
            );
        }
    }
    found
}
