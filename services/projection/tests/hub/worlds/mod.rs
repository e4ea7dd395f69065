//! P6 over the wire, and on the console's pages: two hubs are fed the same publications in the same order, one of them others between, of which health may know
//! nothing; then health asks each of them everything that it can, and every answer must be the same but for ids, hashes and times.
//!
//! The views have a test of this over every kind of change (`libs/views/tests/fold/worlds`); here it is about what the service adds:
//! page tokens, statements, summaries, the access log, the stream.

mod asks;
mod happens;
pub mod pages;

use crate::support::Hub;
use asks::asked;
use happens::{Happens, story};

/// Pairs of hubs.
const PAIRS: u64 = 4;

#[tokio::test]
async fn p6_over_the_wire_a_reader_gets_the_same_whatever_it_may_not_see() {
    let mut compared = 0;
    for seed in 0..PAIRS {
        let story = story(seed);
        let hidden = story.iter().filter(|happens| happens.hidden).count();
        assert!(hidden > 5, "seed {seed}: {hidden} hidden");
        let (quiet, busy) = tokio::join!(told(&story, false), told(&story, true));
        for (one, other) in quiet.iter().zip(&busy) {
            assert!(one == other, "seed {seed}: {}", parted(one, other));
        }
        assert_eq!(quiet.len(), busy.len(), "seed {seed}");
        compared += quiet.len();
    }
    assert!(compared > 800, "{compared} answers prove little");
}

/// What health is answered, with the hidden publications or without.
async fn told(story: &[Happens], with_hidden: bool) -> Vec<String> {
    let mut hub = Hub::start(&["housing", "health", "police"]).await;
    let mut ids = Vec::new();
    for happens in story.iter().filter(|h| with_hidden || !h.hidden) {
        let request = if with_hidden {
            happens.request.clone()
        } else {
            happens.otherwise()
        };
        let id = hub.publish(happens.by, request).await;
        ids.push((id, happens.request.request_key.clone()));
        // Agencies don't wait for each other: only what was folded keeps its order in both worlds.
        hub.settled().await;
    }
    let mut told = asked(&hub, story, &ids).await;
    // Its own look at each event stands in the log that the pages show: the same in both worlds.
    told.extend(pages::shown(&mut hub, story, &ids).await);
    told
}

/// Two answers from a little before where they part.
fn parted(one: &str, other: &str) -> String {
    let same = one.chars().zip(other.chars());
    let same = same.take_while(|(a, b)| a == b).count();
    let part = |of: &str| -> String {
        let from = of.chars().skip(same.saturating_sub(200));
        from.take(400).collect()
    };
    format!("{}\n{}", part(one), part(other))
}
