//! Batches: each request is judged alone.

use diogel_contract::v1::{self, batch_result::Result as Judged};

use crate::support::{Site, assert_names, given};

async fn batch(
    client: &mut v1::publishing_service_client::PublishingServiceClient<tonic::transport::Channel>,
    requests: Vec<v1::PublishRequest>,
) -> Vec<Judged> {
    let answer = client
        .batch_publish(v1::BatchPublishRequest { requests })
        .await;
    let results = answer.unwrap().into_inner().results.into_iter();
    results.map(|r| r.result.unwrap()).collect()
}

#[tokio::test]
async fn one_bad_request_of_a_batch_spoils_no_other() {
    let site = Site::new();
    let service = site.start().await;
    let mut bad = given::incident("bad");
    given::safety_of(&mut bad).harm = 0;
    let alert = given::alert("alert", "incident");
    let results = batch(
        &mut service.system(),
        vec![given::incident("incident"), bad, alert],
    )
    .await;
    let [
        Judged::Receipt(first),
        Judged::Refusal(refusal),
        Judged::Receipt(third),
    ] = &results[..]
    else {
        panic!("{results:?}");
    };
    assert_eq!((first.agency_seq, third.agency_seq), (1, 2));
    assert_eq!(
        (refusal.code, refusal.reason.as_str()),
        (3, "INVALID_FIELDS")
    );
    assert_eq!(refusal.violations[0].field, "incident.safety.harm");
    assert_eq!(service.head().place.seq, 2);
}

#[tokio::test]
async fn a_batch_of_101_is_refused_whole() {
    let site = Site::new();
    let service = site.start().await;
    let requests = (0..101).map(|i| {
        let mut small = given::incident(&format!("b {i}"));
        given::report_of(&mut small).narrative = None;
        small
    });
    let mut requests: Vec<_> = requests.collect();
    let asked = v1::BatchPublishRequest {
        requests: requests.clone(),
    };
    let refused = service.system().batch_publish(asked).await.unwrap_err();
    assert_names(&refused, "requests");
    assert_eq!(service.head().place.seq, 0);
    requests.pop();
    let results = batch(&mut service.system(), requests).await;
    assert!(results.iter().all(|r| matches!(r, Judged::Receipt(_))));
    assert_eq!(service.head().place.seq, 100);
}

#[tokio::test]
async fn a_key_used_twice_in_one_batch_gives_one_event_or_a_refusal() {
    let site = Site::new();
    let service = site.start().await;
    let one = given::incident("same");
    let mut other = one.clone();
    given::report_of(&mut other).people[0].name = "Somebody Else".into();
    let results = batch(&mut service.system(), vec![one.clone(), one, other]).await;
    let [
        Judged::Receipt(first),
        Judged::Receipt(again),
        Judged::Refusal(refusal),
    ] = &results[..]
    else {
        panic!("{results:?}");
    };
    assert_eq!(first.event_id, again.event_id);
    assert_eq!((first.replayed, again.replayed), (false, true));
    assert_eq!(refusal.reason, "REQUEST_KEY_REUSED");
    assert_eq!(service.head().place.seq, 1);
}

#[tokio::test]
async fn validate_only_checks_everything_and_stores_nothing() {
    let site = Site::new();
    let service = site.start().await;
    let mut client = service.system();
    let mut request = given::incident("later");
    request.validate_only = true;
    let receipt = client
        .publish(request.clone())
        .await
        .unwrap()
        .into_inner()
        .receipt
        .unwrap();
    assert!(receipt.event_id.is_empty());
    assert_eq!(service.head().place.seq, 0);
    request.validate_only = false;
    client.publish(request.clone()).await.unwrap();
    assert_eq!(service.head().place.seq, 1);

    // The key is taken now: the check says what publishing would say.
    request.validate_only = true;
    client.publish(request.clone()).await.unwrap();
    given::report_of(&mut request).people[0].name = "Somebody Else".into();
    let refused = client.publish(request).await.unwrap_err();
    assert_eq!(refused.code(), tonic::Code::AlreadyExists);
    assert_eq!(service.head().place.seq, 1);
}
