//! Receipts: what they say, and to whom.

use diogel_contract::v1::{self, get_receipt_request::Event};
use diogel_identity::Role;
use tonic::{Code, Status};

use crate::support::{Running, Site, error_of, given, name};

async fn ask(service: &Running<'_>, system: &str, event: Event) -> Result<v1::Receipt, Status> {
    let mut client = service.publishing(&name("housing", Role::System, system));
    let asked = v1::GetReceiptRequest { event: Some(event) };
    client
        .get_receipt(asked)
        .await
        .map(|answer| answer.into_inner().receipt.unwrap())
}

#[tokio::test]
async fn a_receipt_says_what_was_taken_and_what_it_is_not() {
    let site = Site::new();
    let service = site.start().await;
    let answer = service
        .system()
        .publish(given::incident("one"))
        .await
        .unwrap();
    let receipt = answer.into_inner().receipt.unwrap();
    assert_eq!(
        (receipt.agency.as_str(), receipt.epoch, receipt.agency_seq),
        ("housing", 1, 1)
    );
    assert_eq!(receipt.state(), v1::EventState::Accepted);
    assert_eq!((receipt.event_id.len(), receipt.hash.len()), (36, 64));
    assert!(receipt.recorded_at.is_some());
    for words in ["999", "s128/s130", "RIDDOR", "Nid galwad frys"] {
        assert!(receipt.notice.contains(words), "{words}");
    }
    let digest = receipt.hash.clone();
    let head = service
        .head()
        .digest
        .iter()
        .fold(String::new(), |t, b| t + &format!("{b:02x}"));
    assert_eq!(digest, head);
}

#[tokio::test]
async fn a_receipt_is_found_by_id_and_by_the_same_systems_key() {
    let site = Site::new();
    let service = site.start().await;
    let answer = service
        .system()
        .publish(given::incident("one"))
        .await
        .unwrap();
    let receipt = answer.into_inner().receipt.unwrap();
    let by_id = ask(&service, "case", Event::EventId(receipt.event_id.clone()))
        .await
        .unwrap();
    let by_key = ask(&service, "case", Event::RequestKey("one".into()))
        .await
        .unwrap();
    assert_eq!(by_id.event_id, receipt.event_id);
    assert_eq!(by_key.hash, receipt.hash);
    assert!(!by_id.replayed && !by_key.replayed);
    assert!(by_id.state() >= v1::EventState::Accepted);
}

#[tokio::test]
async fn another_systems_key_is_not_found_and_may_be_used_again() {
    let site = Site::new();
    let service = site.start().await;
    service
        .system()
        .publish(given::incident("one"))
        .await
        .unwrap();
    let refused = ask(&service, "other", Event::RequestKey("one".into()))
        .await
        .unwrap_err();
    assert_eq!(
        (refused.code(), error_of(&refused).reason.as_str()),
        (Code::NotFound, "NOT_FOUND")
    );
    let mut other = service.publishing(&name("housing", Role::System, "other"));
    let receipt = other
        .publish(given::incident("one"))
        .await
        .unwrap()
        .into_inner()
        .receipt
        .unwrap();
    assert_eq!((receipt.agency_seq, receipt.replayed), (2, false));
}

#[tokio::test]
async fn what_does_not_exist_is_not_found() {
    let site = Site::new();
    let service = site.start().await;
    for event in [
        Event::EventId("0199aa00-0000-7000-8000-000000000000".into()),
        Event::EventId("no id".into()),
        Event::RequestKey("never sent".into()),
    ] {
        let refused = ask(&service, "case", event).await.unwrap_err();
        assert_eq!(refused.code(), Code::NotFound);
    }
    let nothing = v1::GetReceiptRequest { event: None };
    let refused = service.system().get_receipt(nothing).await.unwrap_err();
    assert_eq!(error_of(&refused).fields[0].0, "event");
}
