//! Who may call: whom the allowlist names, and nobody else.

use diogel_identity::Role;
use tonic::Code;
use tonic_health::pb::{HealthCheckRequest, health_client::HealthClient};

use crate::support::{Site, morgan, name, projection, render};

#[tokio::test]
async fn p8_whoever_is_not_listed_renders_nothing() {
    let mut service = Site::new().start().await;
    for who in [
        name("police", Role::System, "case"),
        name("police", Role::Service, "hub"),
        name("police", Role::Projection, "main"),
        name("board", Role::Operator, "office"),
        name("board", Role::System, "case"),
    ] {
        let mut client = service.client(&who);
        let refused = render(&mut client, &morgan("en")).await.err().unwrap();
        assert_eq!(refused.code(), Code::PermissionDenied, "{who}");
    }
    let mut client = service.client(&projection());
    assert!(render(&mut client, &morgan("en")).await.is_ok());
}

#[tokio::test]
async fn health_is_for_its_supervisor() {
    let mut service = Site::new().start().await;
    let request = || HealthCheckRequest {
        service: "diogel.v1.RenderingService".into(),
    };
    let supervisor = service.channel(&name("board", Role::Operator, "supervision"));
    let health = HealthClient::new(supervisor)
        .check(request())
        .await
        .unwrap();
    assert_eq!(health.into_inner().status, 1);
    let other = service.channel(&projection());
    let refused = HealthClient::new(other).check(request()).await.unwrap_err();
    assert_eq!(refused.code(), Code::PermissionDenied);
}

#[tokio::test]
async fn it_ends_when_asked() {
    let service = Site::new().start().await;
    service.shutdown.request();
    service.handle.ended().await;
}
