//! P2: what the log lost is missed and asked for again; and nothing is missed that isn't.

use std::time::{Duration, Instant};

use diogel_contract::v1;
use tokio::task::JoinSet;

use crate::support::{
    Hub,
    given::{incident, local},
};

#[tokio::test]
async fn p2_what_the_log_lost_is_asked_for_again_within_seconds() {
    let hub = Hub::start(&["housing", "health"]).await;
    hub.wire.lose("housing", true);
    hub.publish("housing", incident("i", &["health"], "T-1"))
        .await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    hub.wire.lose("housing", false);
    let since = Instant::now();
    hub.settled().await;
    assert!(since.elapsed() < Duration::from_secs(12));
}

#[tokio::test]
async fn under_load_an_agency_is_never_told_that_it_was_rolled_back() {
    let hub = Hub::start(&["housing", "health"]).await;
    let mut tasks = JoinSet::new();
    for task in 0..24 {
        let mut client = hub.publishes("housing");
        tasks.spawn(async move {
            for n in 0..60 {
                let request = incident(&format!("{task}-{n}"), &["health"], "T-1");
                let receipt = client.publish(request).await.unwrap().into_inner().receipt;
                assert_eq!(receipt.unwrap().epoch, 1);
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        });
    }
    while let Some(ended) = tasks.join_next().await {
        ended.unwrap();
    }
    hub.settled().await;
}

#[tokio::test]
async fn an_answer_says_up_to_when_its_agencies_were_heard() {
    let hub = Hub::start(&["housing", "health"]).await;
    hub.publish("housing", incident("i", &["health"], "T-1"))
        .await;
    hub.settled().await;
    let before = crate::support::given::at(0).seconds;
    let request = v1::CheckRequest {
        identifiers: vec![local("housing", "T-1")],
        ..v1::CheckRequest::default()
    };
    let heard = async {
        loop {
            let check = hub.reads("housing").check(request.clone()).await;
            let heard = check.unwrap().into_inner().heard_to;
            let at = heard[0].at.as_ref().map_or(0, |at| at.seconds);
            if at >= before && !heard[0].silent {
                return;
            }
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(12), heard)
        .await
        .expect("heard within two reconciliations");
}
