//! Another reader's tokens, cursors and answers: nothing of one agency's ever reaches the next.

use diogel_contract::v1;
use tokio_stream::StreamExt;
use tonic::Code;

use crate::support::{
    Hub,
    given::{incident, local},
};

fn about(number: &str) -> v1::ListItemsRequest {
    v1::ListItemsRequest {
        identifiers: vec![local("housing", number)],
        ..v1::ListItemsRequest::default()
    }
}

/// Housing tells health of every one, the police of each third.
async fn told() -> (Hub, Vec<String>) {
    let hub = Hub::start(&["housing", "health", "police"]).await;
    let mut shared = Vec::new();
    for n in 0..12 {
        let both = n % 3 == 0;
        let to: &[&str] = if both {
            &["health", "police"]
        } else {
            &["health"]
        };
        let event = hub
            .publish("housing", incident(&format!("i{n}"), to, "T-1"))
            .await;
        shared.extend(both.then_some(event));
    }
    hub.settled().await;
    (hub, shared)
}

async fn page(
    hub: &Hub,
    agency: &str,
    request: v1::ListItemsRequest,
) -> Option<v1::ListItemsResponse> {
    let answer = hub.reads(agency).list_items(request).await;
    answer.ok().map(tonic::Response::into_inner)
}

#[tokio::test]
async fn p6_another_agencys_page_token_opens_nothing_of_its_list() {
    let (hub, shared) = told().await;
    for of in [v1::ListItemsRequest::default(), about("T-1")] {
        let first = v1::ListItemsRequest {
            page_size: 3,
            ..of.clone()
        };
        let theirs = page(&hub, "health", first).await.unwrap().next_page_token;
        assert!(!theirs.is_empty());
        let taken = v1::ListItemsRequest {
            page_token: theirs,
            ..of
        };
        // It is a place in the police's own list, or none.
        let own = page(&hub, "police", taken).await;
        for item in own.into_iter().flat_map(|page| page.items) {
            assert!(shared.contains(&item.event_id), "{}", item.event_id);
        }
    }
}

#[tokio::test]
async fn p6_another_agencys_cursor_opens_nothing_of_its_watch() {
    let (hub, _) = told().await;
    let watch = async |agency: &str, cursor: String| {
        let request = v1::WatchRequest {
            cursor,
            ..v1::WatchRequest::default()
        };
        hub.reads(agency).watch(request).await
    };
    let theirs = watch("health", String::new()).await.unwrap();
    let cursor = theirs.into_inner().next().await.unwrap().unwrap().cursor;
    assert!(watch("health", cursor.clone()).await.is_ok());
    let refused = watch("police", cursor).await.unwrap_err();
    assert_eq!(refused.code(), Code::InvalidArgument);
}

#[tokio::test]
async fn p6_many_readers_at_once_each_get_their_own_answer() {
    let (hub, shared) = told().await;
    let alone = page(&hub, "police", about("T-1")).await.unwrap();
    let whole = page(&hub, "health", about("T-1")).await.unwrap();
    assert_eq!((alone.items.len(), whole.items.len()), (shared.len(), 12));
    let items = |page: v1::ListItemsResponse| page.items;
    let (alone, whole) = (items(alone), items(whole));
    for _ in 0..30 {
        let [police, health] = ["police", "health"].map(|agency| page(&hub, agency, about("T-1")));
        let (police, health) = tokio::join!(police, health);
        assert_eq!(items(police.unwrap()), alone);
        assert_eq!(items(health.unwrap()), whole);
    }
}
