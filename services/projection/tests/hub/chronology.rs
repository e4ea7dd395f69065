//! What happened to somebody, and who knew of it when.

use std::time::Duration;

use diogel_contract::v1::{self, publish_request::Content};
use tonic::Code;

use crate::{
    accountability::{accounting, gets, narrowing, reads_by_a_hidden_tie, says},
    support::{
        Hub,
        given::{alert, at, for_the_involved, incident, local},
    },
};

fn about(number: &str) -> v1::ChronologyRequest {
    v1::ChronologyRequest {
        identifiers: vec![local("housing", number)],
        ..v1::ChronologyRequest::default()
    }
}

async fn asked(
    hub: &Hub,
    agency: &str,
    request: v1::ChronologyRequest,
) -> Vec<v1::ChronologyEntry> {
    let answer = accounting(hub, agency).chronology(request).await.unwrap();
    let answer = answer.into_inner();
    assert!(answer.and_any_others_entitled);
    answer.entries
}

fn events(entries: &[v1::ChronologyEntry]) -> Vec<String> {
    let ids = entries
        .iter()
        .map(|e| e.item.as_ref().unwrap().event_id.clone());
    ids.collect()
}

fn known<'e>(entry: &'e v1::ChronologyEntry, agency: &str) -> &'e v1::KnownTo {
    let mut known = entry.known_to.iter();
    known.find(|known| known.agency == agency).unwrap()
}

/// An incident so many hours ago.
fn ago(key: &str, to: &[&str], hours: i64) -> v1::PublishRequest {
    let mut request = incident(key, to, "T-1");
    if let Some(Content::Incident(report)) = &mut request.content {
        let occurred = report.safety.as_mut().unwrap().occurred.as_mut().unwrap();
        occurred.from = Some(at(-3_600 * hours));
    }
    request
}

#[tokio::test]
async fn events_stand_in_the_order_in_which_they_occurred_whoever_told_of_them_when() {
    let hub = Hub::start(&["housing", "health", "police"]).await;
    let late = hub.publish("housing", ago("late", &["police"], 2)).await;
    let early = hub.publish("health", ago("early", &["police"], 9)).await;
    let hidden = hub.publish("health", ago("hidden", &["housing"], 5)).await;
    let decided = hub
        .publish("housing", alert("a", &["police"], "T-1", "late"))
        .await;
    hub.settled().await;
    let entries = asked(&hub, "police", about("T-1")).await;
    assert_eq!(events(&entries), [early.clone(), late.clone(), decided]);
    let housing = asked(&hub, "housing", about("T-1")).await;
    assert!(events(&housing).contains(&hidden));
    assert!(!events(&housing).contains(&early));

    let (mut paged, mut page_token) = (Vec::new(), String::new());
    loop {
        let request = v1::ChronologyRequest {
            page_size: 1,
            page_token: page_token.clone(),
            ..about("T-1")
        };
        let answer = accounting(&hub, "police")
            .chronology(request)
            .await
            .unwrap();
        let answer = answer.into_inner();
        paged.extend(answer.entries);
        page_token = answer.next_page_token;
        if page_token.is_empty() {
            break;
        }
    }
    assert_eq!(events(&paged), events(&entries));
    let request = v1::ChronologyRequest {
        page_token: "0301".into(),
        ..about("T-1")
    };
    let refused = accounting(&hub, "police").chronology(request).await;
    assert_eq!(refused.unwrap_err().code(), Code::InvalidArgument);
}

#[tokio::test]
async fn each_of_the_times_is_told() {
    let hub = Hub::start(&["housing", "health", "police"]).await;
    let event = hub.publish("housing", ago("i", &["health"], 3)).await;
    hub.settled().await;
    let before = asked(&hub, "housing", about("T-1")).await;
    let health = known(&before[0], "health");
    assert!(health.available_at.is_some() && health.first_seen_at.is_none());
    let item = gets(&hub, "health", &event, "").await.unwrap();
    gets(&hub, "health", &event, "").await.unwrap();
    let acknowledgement = v1::Acknowledgement {
        event: Some(v1::Reference {
            event: Some(v1::reference::Event::EventId(event.clone())),
            hash: item.hash.clone(),
        }),
    };
    let acknowledgement = says("ack", Content::Acknowledgement(acknowledgement));
    hub.publish("health", acknowledgement).await;
    hub.settled().await;
    let entries = asked(&hub, "housing", about("T-1")).await;
    let [entry] = &entries[..] else {
        panic!("{entries:?}");
    };
    let shown = entry.item.as_ref().unwrap();
    let occurred = entry.occurred.as_ref().unwrap().from.unwrap();
    let recorded = shown.recorded_at.unwrap();
    let health = known(entry, "health");
    let order = [
        occurred,
        recorded,
        shown.ordered_at.unwrap(),
        health.available_at.unwrap(),
        health.first_seen_at.unwrap(),
        health.acknowledged_at.unwrap(),
    ];
    let seconds = order.map(|at| (at.seconds, at.nanos));
    assert!(seconds.is_sorted(), "{seconds:?}");
    assert!(entry.known_to.iter().all(|known| known.agency != "police"));
    let own = asked(&hub, "health", about("T-1")).await;
    let lines: Vec<&str> = own[0].known_to.iter().map(|k| k.agency.as_str()).collect();
    assert_eq!(
        lines,
        ["health"],
        "who else knew is its originator's to be told"
    );
    assert_eq!(known(&own[0], "health"), health);
}

#[tokio::test]
async fn who_knew_what_when_stays_told_after_it_was_taken_back() {
    let hub = Hub::start(&["housing", "health"]).await;
    hub.publish("housing", ago("i", &["health"], 3)).await;
    hub.settled().await;
    tokio::time::sleep(Duration::from_millis(20)).await;
    hub.publish("housing", narrowing("n", "i", "health")).await;
    hub.settled().await;
    let entries = asked(&hub, "housing", about("T-1")).await;
    let health = known(&entries[0], "health");
    assert!(health.groups.is_empty());
    let [gave, took] = &health.held[..] else {
        panic!("{:?}", health.held);
    };
    assert!(!gave.groups.is_empty() && took.groups.is_empty());
    let as_of = v1::ChronologyRequest {
        as_of: gave.since,
        ..about("T-1")
    };
    let then = asked(&hub, "housing", as_of).await;
    assert_eq!(known(&then[0], "health").groups, gave.groups);
    assert_eq!(asked(&hub, "health", about("T-1")).await, []);
}

#[tokio::test]
async fn p6_no_time_shows_a_reader_that_the_originator_may_not_know_of() {
    let hub = Hub::start(&["housing", "health", "refuge", "social-care"]).await;
    let report = for_the_involved(ago("i", &["health"], 3));
    let event = hub.publish("housing", report).await;
    hub.settled().await;
    let before = asked(&hub, "housing", about("T-1")).await;
    reads_by_a_hidden_tie(&hub, &event).await;
    let own = asked(&hub, "refuge", about("T-1")).await;
    assert!(own[0].known_to[0].first_seen_at.is_some());
    assert_eq!(asked(&hub, "housing", about("T-1")).await, before);
}

/// As if the refuge hadn't known of it before it was told of it openly.
#[tokio::test]
async fn p6_a_first_read_by_a_hidden_tie_leaves_no_gap_in_the_chronology() {
    let hub = Hub::start(&["housing", "health", "refuge", "social-care"]).await;
    let report = for_the_involved(ago("i", &["health"], 3));
    let event = hub.publish("housing", report).await;
    reads_by_a_hidden_tie(&hub, &event).await;
    let mut widening = narrowing("w", "i", "refuge");
    if let Some(Content::AudienceChanged(changed)) = &mut widening.content {
        let refuge = v1::Grant {
            to: Some(v1::grant::To::Agency("refuge".into())),
            ..v1::Grant::default()
        };
        let grants = vec![refuge];
        changed.change = Some(v1::AudienceChange {
            change: Some(v1::audience_change::Change::Widen(v1::Widening { grants })),
        });
    }
    hub.publish("housing", widening).await;
    hub.settled().await;
    let seen = async || {
        let told = asked(&hub, "housing", about("T-1")).await;
        let refuge = known(&told[0], "refuge");
        (
            refuge.available_at.is_some(),
            refuge.first_seen_at.is_some(),
        )
    };
    assert_eq!(seen().await, (true, false));
    gets(&hub, "refuge", &event, "").await.unwrap();
    assert_eq!(seen().await, (true, true));
}
