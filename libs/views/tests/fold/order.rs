//! P3 and P4: each event once, in its order; however it comes in batches, and whatever it lies in, the view is the same.

use diogel_sharing::groups::Groups;
use diogel_views::{
    fold::FoldError,
    store::{MemoryStore, RedbStore, SledStore, Store},
};

use crate::given::{
    Story,
    content::{danger, incident, person, place},
    only,
    random::{self, Dice},
    to,
    views::{Shared, empty, folded, folded_in, in_batches, sweep},
};

#[test]
fn p3_a_position_that_does_not_follow_is_refused_and_changes_nothing() {
    let mut story = Story::begins();
    for _ in 0..4 {
        story.publishes(
            "police",
            to(&["health"]),
            &[],
            incident(vec![person("p1", &["T-1"])]),
        );
    }
    let (known, more) = story.inputs.split_at(story.inputs.len() - 3);
    let views = folded(known);
    let before = (views.digest().unwrap(), views.checkpoint());
    let twice = &known[known.len() - 1..];
    let gap = &more[1..];
    // The first of the batch follows; that counts for nothing without the rest.
    let torn = [more[0].clone(), more[2].clone()];
    for batch in [twice, gap, &torn[..]] {
        let refused = views.fold(batch);
        assert!(matches!(refused, Err(FoldError::OutOfOrder { .. })));
        assert_eq!((views.digest().unwrap(), views.checkpoint()), before);
    }
    views.fold(more).unwrap();
    assert_eq!(
        views.digest().unwrap(),
        folded(&story.inputs).digest().unwrap()
    );
}

#[test]
fn p3_two_folds_at_once_fold_each_event_once() {
    let (story, _) = random::story(1, 40);
    let views = empty(Shared::default());
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                // Each tries every event; whoever comes second is refused.
                for input in &story.inputs {
                    while views.checkpoint().position < input.position {
                        let _ = views.fold(std::slice::from_ref(input));
                    }
                }
            });
        }
    });
    sweep(&views);
    assert_eq!(
        views.digest().unwrap(),
        folded(&story.inputs).digest().unwrap()
    );
}

#[test]
fn p4_one_by_one_or_in_batches_of_any_size_the_view_is_the_same() {
    for seed in 0..60 {
        let (story, _) = random::story(seed, 60);
        let whole = folded(&story.inputs).digest().unwrap();
        let mut dice = Dice(seed);
        let sizes: Vec<usize> = (0..7).map(|_| 1 + dice.roll(16)).collect();
        for sizes in [&[1][..], &sizes] {
            let views = folded_in(&story.inputs, sizes);
            assert_eq!(views.digest().unwrap(), whole, "seed {seed}, {sizes:?}");
        }
    }
}

#[test]
fn p4_every_backend_holds_the_same_view_also_after_a_reopening() {
    let (story, _) = random::story(7, 120);
    let whole = folded(&story.inputs).digest().unwrap();
    let (first, rest) = story.inputs.split_at(50);
    let folder = tempfile::tempdir().unwrap();
    let sled = || SledStore::open(&folder.path().join("sled")).unwrap();
    let redb = || RedbStore::open(&folder.path().join("redb")).unwrap();
    assert_eq!(digest(MemoryStore::default(), &[&story.inputs]), whole);
    digest(sled(), &[first]);
    assert_eq!(digest(sled(), &[rest]), whole);
    digest(redb(), &[first]);
    assert_eq!(digest(redb(), &[rest]), whole);
}

fn digest<S: Store>(store: S, parts: &[&[diogel_views::FoldInput]]) -> [u8; 32] {
    let views = empty(store);
    for part in parts {
        in_batches(&views, part, &[7]);
    }
    views.digest().unwrap()
}

#[test]
fn p4_a_log_of_many_chunks_stays_whole_when_an_early_entry_goes() {
    let mut story = Story::begins();
    let mut tell = |n: usize| {
        let told = |story: &mut Story| {
            let content = incident(vec![person("p1", &["T-1"])]);
            story.publishes("police", to(&["health"]), &[], content)
        };
        (0..n).map(|_| told(&mut story)).collect::<Vec<_>>()
    };
    let early = tell(150)[3];
    // Within one batch: the tail is known, an early chunk is written again, and the log goes on.
    let before = story.inputs.len();
    story.publishes(
        "police",
        to(&["health"]),
        &[],
        incident(vec![person("p1", &["T-1"])]),
    );
    story.erases("police", early);
    for _ in 0..80 {
        story.publishes(
            "police",
            to(&["health"]),
            &[],
            incident(vec![person("p1", &["T-1"])]),
        );
    }
    let views = empty(Shared::default());
    views.fold(&story.inputs[..before]).unwrap();
    views.fold(&story.inputs[before..]).unwrap();
    let eyes = crate::given::views::eyes(&views, "health", story.now);
    assert_eq!(
        eyes.events_about(&[crate::given::content::local("T-1")])
            .len(),
        230
    );
    assert_eq!(
        views.digest().unwrap(),
        folded_in(&story.inputs, &[1]).digest().unwrap()
    );
}

#[test]
#[ignore = "a measurement: cargo test --release -p diogel-views --test fold rate -- --ignored --nocapture"]
fn the_rate_in_memory_in_batches_of_a_thousand() {
    const EVENTS: u32 = 100_000;
    let mut story = Story::begins();
    for n in 0..EVENTS {
        // Five events a person; four recipients in two groups of groups.
        let mut audience = to(&["health", "housing"]);
        audience
            .grants
            .extend(only(&["social-care", "education"], Groups::ALL).grants);
        let person = person("p1", &[&format!("T-{}", n / 5), &format!("U-{}", n / 5)]);
        let address = place("l1", &(1 + n / 5).to_string());
        story.publishes("police", audience, &[], danger(vec![person], vec![address]));
    }
    let views = empty(Shared::default());
    let begun = std::time::Instant::now();
    in_batches(&views, &story.inputs, &[1000]);
    println!(
        "{:.0} events/s",
        f64::from(EVENTS) / begun.elapsed().as_secs_f64()
    );
}
