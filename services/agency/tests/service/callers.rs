//! Who may call: this agency's systems to publish, the projection for keys, and nobody else for anything.

use std::sync::Arc;

use diogel_contract::v1;
use diogel_identity::{
    Allowlist, Principal, Reloading, Role, TlsFiles,
    pki::{Authority, Revoke, Validity},
};
use rustls_pki_types::pem::PemObject;
use time::{Duration, OffsetDateTime};
use tokio::{io::AsyncReadExt, net::TcpStream};
use tonic::{Code, Status};

use crate::support::{BOARD, Running, Site, error_of, given, name};

async fn publish_as(service: &Running<'_>, who: &Principal) -> Result<(), Status> {
    let mut client = service.publishing(who);
    client.publish(given::incident("mine")).await.map(|_| ())
}

fn assert_not_permitted(answer: Result<(), Status>, who: &Principal) {
    let error = error_of(&answer.expect_err(&who.to_string()));
    assert_eq!(
        (error.code, error.reason.as_str()),
        (Code::PermissionDenied, "NOT_PERMITTED"),
        "{who}"
    );
}

#[tokio::test]
async fn nobody_publishes_for_another_agency_or_in_another_role() {
    let site = Site::new();
    let service = site.start().await;
    for who in [
        name("police", Role::System, "case"),
        name("board", Role::System, "case"),
        name("board", Role::Operator, "office"),
        name("board", Role::Projection, "hub"),
        name("housing", Role::Operator, "office"),
        name("housing", Role::Projection, "hub"),
        name("housing", Role::Service, "other"),
    ] {
        assert_not_permitted(publish_as(&service, &who).await, &who);
    }
    assert_eq!(service.head().place.seq, 0);
    let own = name("housing", Role::System, "case");
    publish_as(&service, &own).await.unwrap();
}

#[tokio::test]
async fn every_call_of_the_publishing_service_asks_who_is_calling() {
    let site = Site::new();
    let service = site.start().await;
    let who = name("police", Role::System, "case");
    let mut client = service.publishing(&who);
    let receipt = v1::GetReceiptRequest { event: None };
    assert_not_permitted(client.get_receipt(receipt).await.map(|_| ()), &who);
    let erasure = given::erasure("e", given::by_key("k"));
    assert_not_permitted(client.erase_content(erasure).await.map(|_| ()), &who);
    let batch = v1::BatchPublishRequest {
        requests: vec![given::incident("k")],
    };
    assert_not_permitted(client.batch_publish(batch).await.map(|_| ()), &who);
    assert_eq!(service.head().place.seq, 0);
}

#[tokio::test]
async fn keys_are_the_projections_alone() {
    let site = Site::new();
    let service = site.start().await;
    for who in [
        name("housing", Role::System, "case"),
        name("housing", Role::Service, "other"),
        name("housing", Role::Projection, "hub"),
        name("board", Role::Operator, "office"),
        name("police", Role::System, "case"),
    ] {
        let asked = v1::GetContentKeysRequest {
            event_ids: Vec::new(),
        };
        let answer = service.keys(&who).get_content_keys(asked).await;
        assert_not_permitted(answer.map(|_| ()), &who);
    }
}

#[tokio::test]
async fn an_allowlist_that_slips_still_gives_no_key_and_takes_no_event_from_a_wrong_role() {
    let site = Site::new();
    let (config, mut list) = (site.config(), Allowlist::default());
    for role in [Role::System, Role::Operator, Role::Service] {
        let anybody = diogel_identity::Pattern::of_role(BOARD, None, role).unwrap();
        for service in ["diogel.v1.KeyService", "diogel.v1.PublishingService"] {
            list = list.with(service, [anybody.clone()]);
        }
    }
    site.allows(&list);
    let service = site.start_with(config).await.unwrap();
    let who = name("housing", Role::System, "case");
    let asked = v1::GetContentKeysRequest {
        event_ids: Vec::new(),
    };
    let answer = service.keys(&who).get_content_keys(asked).await;
    assert_not_permitted(answer.map(|_| ()), &who);
    for who in [
        name("police", Role::System, "case"),
        name("housing", Role::Operator, "o"),
    ] {
        assert_not_permitted(publish_as(&service, &who).await, &who);
    }
}

#[tokio::test]
async fn p8_who_leaves_the_allowlist_publishes_no_more_within_a_second_and_again_once_it_is_back() {
    let site = Site::new();
    let config = site.config();
    let before = std::fs::read(&config.allow).unwrap();
    let service = site.start_with(config).await.unwrap();
    let who = name("housing", Role::System, "case");
    let mut client = service.publishing(&who);
    client.publish(given::incident("one")).await.unwrap();
    let path = site.allows(&Allowlist::default());
    tokio::time::sleep(std::time::Duration::from_secs(1)).await;
    // On the connection that is open.
    let refused = client.publish(given::incident("two")).await;
    assert_not_permitted(refused.map(drop), &who);
    assert_eq!(service.head().place.seq, 1);
    std::fs::write(path, before).unwrap();
    tokio::time::sleep(std::time::Duration::from_secs(1)).await;
    client.publish(given::incident("two")).await.unwrap();
}

#[tokio::test]
async fn the_boards_service_is_the_boards_own_and_its_operators() {
    let event = v1::PublishBoardEventRequest::default();
    let site = Site::new();
    let service = site.start().await;
    let operator = name("board", Role::Operator, "office");
    let elsewhere = service
        .board(&operator)
        .publish_board_event(event.clone())
        .await;
    assert_eq!(elsewhere.unwrap_err().code(), Code::Unimplemented);

    let site = Site::of("board");
    let service = site.start().await;
    for who in [
        name("board", Role::System, "case"),
        name("housing", Role::Operator, "office"),
        name("board", Role::Projection, "hub"),
    ] {
        let answer = service.board(&who).publish_board_event(event.clone()).await;
        assert_not_permitted(answer.map(|_| ()), &who);
    }
    assert_eq!(service.head().place.seq, 0);
}

async fn never_reaches_the_service(service: &Running<'_>, files: TlsFiles) {
    let mut client =
        v1::publishing_service_client::PublishingServiceClient::new(service.channel_with(files));
    let status = client.publish(given::incident("x")).await.unwrap_err();
    // From the transport: with TLS 1.3 a client learns after its own handshake that it was refused.
    let transport = matches!(status.code(), Code::Unavailable | Code::Unknown);
    assert!(transport && status.details().is_empty(), "{status:?}");
    assert_eq!(service.head().place.seq, 0);
}

#[tokio::test]
async fn an_expired_certificate_opens_nothing() {
    let site = Site::new();
    let service = site.start().await;
    let who = name("housing", Role::System, "old");
    let now = OffsetDateTime::now_utc();
    let validity = Validity {
        from: now - Duration::days(9),
        until: now - Duration::minutes(1),
    };
    site.authority().issue_for(&who, &[], validity).unwrap();
    never_reaches_the_service(&service, site.files(&who)).await;
}

#[tokio::test]
async fn a_certificate_that_ends_while_connected_opens_nothing_more() {
    let site = Site::new();
    let service = site.start().await;
    let who = name("housing", Role::System, "brief");
    let now = OffsetDateTime::now_utc();
    let validity = Validity {
        from: now - Duration::days(1),
        until: now + Duration::seconds(3),
    };
    site.authority().issue_for(&who, &[], validity).unwrap();
    let mut client = service.publishing(&who);
    client.publish(given::incident("in time")).await.unwrap();
    given::wait(4).await;
    let refused = client
        .publish(given::incident("too late"))
        .await
        .unwrap_err();
    let error = error_of(&refused);
    assert_eq!(
        (error.code, error.reason.as_str()),
        (Code::Unauthenticated, "NOT_AUTHENTICATED")
    );
    assert_eq!(service.head().place.seq, 1);
}

#[tokio::test]
async fn a_revoked_certificate_is_put_out_within_a_second_and_not_let_in_again() {
    let site = Site::new();
    let service = site.start().await;
    let who = name("housing", Role::System, "lost");
    let mut client = service.publishing(&who);
    client.publish(given::incident("before")).await.unwrap();
    let files = site.files(&who);
    site.authority().revoke(&Revoke::Principal(who), 7).unwrap();
    given::wait(1).await;
    let refused = client.publish(given::incident("after")).await.unwrap_err();
    assert_eq!(error_of(&refused).reason, "NOT_AUTHENTICATED");
    // The list of before, so that the client itself doesn't mind.
    let mut client =
        v1::publishing_service_client::PublishingServiceClient::new(service.channel_with(files));
    assert!(client.publish(given::incident("after")).await.is_err());
    assert_eq!(service.head().place.seq, 1);
}

#[tokio::test]
async fn another_authoritys_certificate_opens_nothing_though_the_name_is_right() {
    let site = Site::new();
    let service = site.start().await;
    let elsewhere = tempfile::tempdir().unwrap();
    let mut foreign = Authority::create(elsewhere.path(), BOARD).unwrap();
    let who = name("housing", Role::System, "case");
    foreign.issue(&who, &[], 30).unwrap();
    let own = site.files(&who);
    let files = TlsFiles {
        ca: own.ca,
        crl: own.crl,
        ..foreign.tls_files(&who)
    };
    never_reaches_the_service(&service, files).await;
}

#[tokio::test]
async fn without_a_certificate_there_is_no_connection() {
    let site = Site::new();
    let service = site.start().await;
    let ca = std::fs::read(site.dir.path().join("pki/ca.pem")).unwrap();
    let mut roots = rustls::RootCertStore::empty();
    roots
        .add(rustls_pki_types::CertificateDer::from_pem_slice(&ca).unwrap())
        .unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let tcp = TcpStream::connect(service.handle.address).await.unwrap();
    let connector = tokio_rustls::TlsConnector::from(Arc::new(config));
    let mut stream = connector
        .connect("localhost".try_into().unwrap(), tcp)
        .await
        .unwrap();
    let ended = stream.read_u8().await.unwrap_err().to_string();
    assert!(ended.to_lowercase().contains("certificate"), "{ended}");
    assert!(Reloading::load(site.files(&name("housing", Role::System, "case"))).is_ok());
}
