//! What keeps a service from starting, and from ending.

use std::time::Duration;

use diogel_agency::{StartError, config::AgencyConfig};
use diogel_identity::{Allowlist, Pattern, Role};
use tonic_health::pb::{
    HealthCheckRequest, health_check_response::ServingStatus, health_client::HealthClient,
};

use crate::support::{Running, Site, error_of, given, name};

#[tokio::test]
async fn a_port_in_use_is_named_with_a_way_out() {
    let site = Site::new();
    let service = site.start().await;
    let other = Site::new();
    let mut config = other.config();
    config.listen = service.handle.address;
    let refused = other.start_with(config).await.err().unwrap().to_string();
    assert!(
        refused.contains(&service.handle.address.to_string()),
        "{refused}"
    );
    assert!(refused.contains("another port"), "{refused}");
}

#[tokio::test]
async fn two_services_never_share_one_journal() {
    let site = Site::new();
    let _first = site.start().await;
    let refused = site.start_with(site.config()).await.err().unwrap();
    assert!(matches!(refused, StartError::Journal(_)), "{refused}");
}

#[tokio::test]
async fn another_services_certificate_starts_nothing() {
    let site = Site::new();
    for (agency, role) in [("police", Role::Service), ("housing", Role::System)] {
        let mut config = site.config();
        config.tls = site.files(&name(agency, role, "wrong"));
        let refused = site.start_with(config).await.err().unwrap().to_string();
        assert!(refused.contains("tls.cert"), "{refused}");
    }
}

#[tokio::test]
async fn an_allowlist_for_a_service_that_is_not_here_refuses_to_start() {
    let site = Site::new();
    let config = site.config();
    let anybody = Pattern::of_role("west", None, Role::System).unwrap();
    site.allows(&Allowlist::default().with("diogel.v1.ReadingService", [anybody]));
    let refused = site.start_with(config).await.err().unwrap().to_string();
    assert!(refused.contains("diogel.v1.ReadingService"), "{refused}");
}

#[tokio::test]
async fn an_agency_without_a_profile_does_not_start() {
    let site = Site::of("coastguard");
    let refused = site
        .start_with(site.config())
        .await
        .err()
        .unwrap()
        .to_string();
    assert!(refused.contains("coastguard.toml"), "{refused}");
}

#[test]
fn an_unknown_key_in_the_configuration_is_named() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("agency.toml");
    let text = "board = \"west\"\nagency = \"housing\"\nlisten = \"127.0.0.1:1\"\ndata = \"d\"\nprofiles = \"p\"\nallow = \"a\"\n\
        colour = \"red\"\n[tls]\nca = \"a\"\ncert = \"b\"\nkey = \"c\"\ncrl = \"d\"\n";
    std::fs::write(&path, text).unwrap();
    let refused = diogel_ops::config::load::<AgencyConfig>(&path)
        .unwrap_err()
        .to_string();
    assert!(refused.contains("colour"), "{refused}");
    std::fs::write(&path, text.replace("colour = \"red\"\n", "")).unwrap();
    diogel_ops::config::load::<AgencyConfig>(&path).unwrap();
}

#[tokio::test]
async fn a_restored_journal_takes_nothing_in_before_the_projection_is_heard_and_still_ends() {
    let site = Site::new();
    site.start().await.stop().await;
    let service = site.start_restored().await;
    let refused = service
        .system()
        .publish(given::incident("early"))
        .await
        .unwrap_err();
    let error = error_of(&refused);
    assert_eq!(error.reason, "JOURNAL_UNAVAILABLE");
    assert!(error.message.contains("same key"));
    assert_eq!(service.head().place.seq, 0);
    let ended = tokio::time::timeout(Duration::from_secs(5), service.stop()).await;
    assert!(ended.is_ok(), "it waits for the projection for ever");
}

#[tokio::test]
async fn a_restored_journal_that_can_ask_nobody_does_not_start() {
    let site = Site::new();
    site.start().await.stop().await;
    std::fs::write(site.data().join("RESTORED"), "").unwrap();
    let refused = site.start_with(site.config()).await.err().unwrap();
    assert!(refused.to_string().contains("`projection`"), "{refused}");
}

pub async fn health(service: &Running<'_>) -> ServingStatus {
    let mut client = HealthClient::new(service.channel(&name("board", Role::Operator, "watch")));
    let answer = client.check(HealthCheckRequest::default());
    answer.await.unwrap().into_inner().status()
}

#[tokio::test]
async fn health_says_whether_reports_are_taken_in() {
    let site = Site::new();
    let service = site.start().await;
    assert_eq!(health(&service).await, ServingStatus::Serving);
    service.stop().await;
    let service = site.start_restored().await;
    assert_eq!(health(&service).await, ServingStatus::NotServing);
}
