//! Bounds of a request as a whole.

use diogel_contract::v1;

use crate::support::{Site, assert_names, error_of, given};

#[tokio::test]
async fn an_event_of_more_than_48_kib_is_refused_though_each_text_fits() {
    let site = Site::new();
    let service = site.start().await;
    let before = service.head();
    let mut request = given::incident("long");
    let narrative = given::report_of(&mut request).narrative.as_mut().unwrap();
    narrative.what_happened = "w".repeat(16 * 1024);
    narrative.worries = "x".repeat(16 * 1024);
    narrative.circumstances = "y".repeat(16 * 1024);
    for validate_only in [false, true] {
        request.validate_only = validate_only;
        let refused = service.system().publish(request.clone()).await.unwrap_err();
        assert_names(&refused, "content");
    }
    assert_eq!(service.head(), before);
    let narrative = given::report_of(&mut request).narrative.as_mut().unwrap();
    narrative.circumstances = "y".repeat(15 * 1024);
    request.validate_only = false;
    service.system().publish(request).await.unwrap();
}

#[tokio::test]
async fn a_request_key_has_1_to_128_bytes() {
    let site = Site::new();
    let service = site.start().await;
    let before = service.head();
    for key in [String::new(), "k".repeat(129)] {
        let refused = service.system().publish(given::incident(&key)).await;
        assert_names(&refused.unwrap_err(), "request_key");
    }
    assert_eq!(service.head(), before);
    let longest = given::incident(&"k".repeat(128));
    service.system().publish(longest).await.unwrap();
}

#[tokio::test]
async fn many_violations_still_reach_the_client_in_one_answer() {
    let site = Site::new();
    let service = site.start().await;
    let mut request = given::incident("much");
    let bad = given::grant("Not An Id");
    given::audience_of(&mut request).grants = vec![bad; 60];
    given::report_of(&mut request).people = vec![v1::Person::default(); 12];
    let refused = service.system().publish(request).await.unwrap_err();
    let fields = error_of(&refused).fields;
    assert!(fields.len() > 8, "{fields:?}");
    assert!(fields.last().unwrap().1.contains("more are at fault"));
}
