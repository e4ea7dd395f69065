//! Pages of what there is about somebody: what a page doesn't hold isn't opened for it.

use std::{
    ops::ControlFlow,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use diogel_domain::{content::Matter, ids::EventId};
use diogel_views::{CopyKeyState, CopyKeys, Seen, Which, read::Outstanding, store::StoreError};

use crate::given::{
    Story, agency,
    content::{incident, local, person},
    keys::Keys,
    random, to,
    views::{Shared, empty_with, eyes_if_active, folded},
};

/// Counts what is opened.
#[derive(Clone, Default)]
struct Counted {
    keys: Keys,
    opened: Arc<AtomicUsize>,
}

impl CopyKeys for Counted {
    fn copy_key(&self, event: EventId) -> Result<CopyKeyState, StoreError> {
        self.opened.fetch_add(1, Ordering::Relaxed);
        self.keys.copy_key(event)
    }
}

#[test]
fn p12_a_page_about_somebody_opens_what_it_holds_and_goes_on_after_what_is_seen() {
    let mut story = Story::begins();
    let mut events = Vec::new();
    for _ in 0..100 {
        let report = incident(vec![person("p1", &["T-1"])]);
        events.insert(0, story.publishes("police", to(&["health"]), &[], report));
    }
    let report = incident(vec![person("p1", &["T-1"])]);
    let hidden = story.publishes("police", to(&["housing"]), &[], report);
    let counted = Counted::default();
    let views = empty_with(Shared::default(), counted.clone());
    views.fold(&story.inputs).unwrap();
    let reader = views.reader(&agency("health"), story.now).unwrap();
    let found = || views.found(&reader, &[local("T-1")], false).unwrap();
    let ids = |page: Vec<_>| -> Vec<EventId> {
        let page = page.into_iter().map(Result::unwrap);
        page.map(|(seen, _): (diogel_views::Seen, Vec<String>)| seen.item.event_id)
            .collect()
    };

    let before = counted.opened.load(Ordering::Relaxed);
    assert_eq!(ids(found().take(3).collect()), events[..3]);
    let mut next = found();
    let end = next.skip_to(events[50]).unwrap().unwrap();
    assert_eq!(end.item.event_id, events[50]);
    assert_eq!(ids(next.take(2).collect()), events[51..53]);
    let opened = counted.opened.load(Ordering::Relaxed) - before;
    assert!(opened <= 6, "{opened}");

    assert_eq!(ids(found().collect()), events);
    let unseen = found().skip_to(hidden).unwrap();
    assert!(unseen.is_none(), "what it can't see places no page");
}

#[test]
fn a_list_of_one_kind_is_the_list_of_all_without_the_others() {
    let (mut found, mut open) = (0, 0);
    for seed in 0..20 {
        let (story, _) = random::story(seed, 80);
        let views = folded(&story.inputs);
        for reader in ["health", "police"] {
            let Some(eyes) = eyes_if_active(&views, reader, story.now) else {
                continue;
            };
            let listed = |which: Which| {
                let mut ids = Vec::new();
                let next = views.newest(&eyes.reader, u64::MAX, which, |seen: Seen| {
                    ids.push((seen.matter(), seen.is_open(), seen.item.event_id));
                    ControlFlow::Continue(())
                });
                assert_eq!(next.unwrap(), 0);
                ids
            };
            let all = listed(Which::ALL);
            let by = |id: &EventId| eyes.see(*id).unwrap().item.originator;
            let mut own = all.clone();
            own.retain(|(.., id)| by(id) == agency(reader));
            assert_eq!(listed(Which::ALL.own()), own, "seed {seed}");
            for matter in Matter::ALL {
                let kept = all.iter().filter(|(of, ..)| *of == Some(*matter));
                let mut kept: Vec<_> = kept.copied().collect();
                found += kept.len();
                let listed_of = listed(Which::of(*matter));
                assert_eq!(listed_of, kept, "seed {seed}, {matter:?}");
                if matches!(matter, Matter::HazardAlert | Matter::Escalation) {
                    kept.retain(|(_, open, _)| *open);
                    open += kept.len();
                    // By when they were published, not by when they were shown.
                    let mut listed_open = listed(Which::of(*matter).open());
                    listed_open.sort_by_key(|(.., id)| *id);
                    kept.sort_by_key(|(.., id)| *id);
                    assert_eq!(listed_open, kept, "seed {seed}, {matter:?}");
                }
            }
        }
    }
    assert!(found > 300 && open > 10, "{found}, {open} prove little");
}

#[test]
fn whatever_wasn_t_taken_is_among_what_is_outstanding() {
    let (mut own, mut others) = (0, 0);
    for seed in 0..30 {
        let (story, _) = random::story(seed, 80);
        let views = folded(&story.inputs);
        for reader in ["health", "police", "housing", "board"] {
            let Some(eyes) = eyes_if_active(&views, reader, story.now) else {
                continue;
            };
            let mut listed = Vec::new();
            let take = |outstanding| {
                listed.push(outstanding);
                ControlFlow::Continue(())
            };
            let next = views.outstanding(&eyes.reader, u64::MAX, take);
            assert_eq!(next.unwrap(), 0);
            let all = (1..=views.checkpoint().position).rev();
            let all = all.map(|at| views.outstanding_at(&eyes.reader, at).unwrap());
            let all: Vec<_> = all.flatten().collect();
            let of_own = |one: &&Outstanding| one.agencies != [agency(reader)];
            own += all.iter().filter(of_own).count();
            others += all.iter().filter(|one| !of_own(one)).count();
            assert_eq!(listed, all, "seed {seed}, {reader}");
        }
    }
    assert!(own > 30 && others > 30, "{own}, {others} prove little");
}
