//! The same request key: the same receipt, for the same content; a clear refusal for other content.

use tonic::Code;

use diogel_identity::Role;

use crate::support::{Running, Site, error_of, given, name};
use diogel_contract::v1;

async fn publish(service: &Running<'_>, request: v1::PublishRequest) -> v1::Receipt {
    let answer = service.system().publish(request).await.unwrap();
    answer.into_inner().receipt.unwrap()
}

fn same(receipt: &v1::Receipt, again: &v1::Receipt) {
    let bare = |receipt: &v1::Receipt| v1::Receipt {
        replayed: false,
        state: 0,
        effect_reason: String::new(),
        ..receipt.clone()
    };
    assert!(again.replayed);
    assert_eq!(bare(receipt), bare(again));
}

#[tokio::test]
async fn a_repeat_gets_the_same_receipt_over_a_restart_too() {
    let site = Site::new();
    let service = site.start().await;
    let receipt = publish(&service, given::incident("again")).await;
    assert!(!receipt.replayed);
    same(&receipt, &publish(&service, given::incident("again")).await);
    service.stop().await;
    let service = site.start().await;
    same(&receipt, &publish(&service, given::incident("again")).await);
    assert_eq!(service.head().place.seq, 1);
}

#[tokio::test]
async fn a_repeat_is_not_refused_by_a_rule_that_depends_on_today() {
    let site = Site::new();
    let service = site.start().await;
    let mut request = given::incident("brief");
    given::audience_of(&mut request).until = Some(given::at(2));
    let receipt = publish(&service, request.clone()).await;
    given::wait(2).await;
    same(&receipt, &publish(&service, request.clone()).await);
    request.request_key = "new".into();
    let refused = service.system().publish(request).await.unwrap_err();
    assert_eq!(error_of(&refused).fields[0].0, "audience.until");
    assert_eq!(service.head().place.seq, 1);
}

#[tokio::test]
async fn the_same_key_with_other_content_is_refused_clearly() {
    let site = Site::new();
    let service = site.start().await;
    publish(&service, given::incident("key")).await;
    let mut other = given::incident("key");
    given::report_of(&mut other)
        .narrative
        .as_mut()
        .unwrap()
        .worries = "it may happen again".into();
    let refused = service.system().publish(other).await.unwrap_err();
    let error = error_of(&refused);
    assert_eq!(
        (error.code, error.reason.as_str()),
        (Code::AlreadyExists, "REQUEST_KEY_REUSED")
    );
    assert!(error.message.contains("use a new key"));
    assert_eq!(service.head().place.seq, 1);
}

#[tokio::test]
async fn twenty_at_once_are_one_event() {
    let site = Site::new();
    let service = site.start().await;
    let request = given::incident("at once");
    let calls = (0..20).map(|_| {
        let (mut client, request) = (service.system(), request.clone());
        tokio::spawn(async move {
            client
                .publish(request)
                .await
                .unwrap()
                .into_inner()
                .receipt
                .unwrap()
        })
    });
    let calls: Vec<_> = calls.collect();
    let mut receipts = Vec::new();
    for call in calls {
        receipts.push(call.await.unwrap());
    }
    assert!(receipts.iter().all(|r| r.event_id == receipts[0].event_id));
    assert_eq!(receipts.iter().filter(|r| !r.replayed).count(), 1);
    assert_eq!(service.head().place.seq, 1);
}

#[tokio::test]
async fn p6_another_systems_request_key_is_neither_met_nor_answered() {
    let site = Site::new();
    let service = site.start().await;
    let own = publish(&service, given::incident("one key")).await;
    let mut other = given::incident("one key");
    given::report_of(&mut other)
        .narrative
        .as_mut()
        .unwrap()
        .worries = "the other system's".into();
    let duty = name("housing", Role::System, "duty");
    let mut duty = service.publishing(&duty);
    let by_key = |key: &str| v1::GetReceiptRequest {
        event: Some(v1::get_receipt_request::Event::RequestKey(key.into())),
    };
    let hidden = duty.get_receipt(by_key("one key")).await.unwrap_err();
    let missing = duty.get_receipt(by_key("no key")).await.unwrap_err();
    assert_eq!(hidden.code(), Code::NotFound);
    assert_eq!(hidden.message(), missing.message());
    let taken = duty.publish(other).await.unwrap().into_inner();
    let taken = taken.receipt.unwrap();
    assert!(!taken.replayed, "it is a key of its own");
    assert_ne!(taken.event_id, own.event_id);
}
