//! mTLS between real sockets: who is let in, who is put out, and how soon.

use std::fs;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use time::OffsetDateTime;
use tokio::io::AsyncReadExt;
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsConnector;
use tonic::transport::{Channel, Server};
use tonic::{Code, Status};
use tonic_health::pb::HealthCheckRequest;
use tonic_health::pb::health_client::HealthClient;

use crate::pki::{Authority, Revoke, Validity};
use crate::revocation::RevocationError;
use crate::{
    AllowFile, Allowlist, Door, Pattern, Peer, People, Principal, Refusals, Refused, Reloading,
    TlsError, TlsFiles, connect, incoming,
};

pub(crate) const SERVICE: &str = "grpc.health.v1.Health";
pub(crate) const SERVER: &str = "diogel://west/board/projection/main";
pub(crate) const CLIENT: &str = "diogel://west/police/system/niche";

pub(crate) fn name(text: &str) -> Principal {
    text.parse().unwrap()
}

fn pattern(text: &str) -> Pattern {
    text.parse().unwrap()
}

/// A board's authority, with a server that a guard protects.
pub(crate) struct Hub {
    pub(crate) dir: tempfile::TempDir,
    pub(crate) authority: Authority,
    pub(crate) door: Door,
    pub(crate) refused: Arc<Mutex<Vec<Refused>>>,
    pub(crate) server_tls: Arc<Reloading>,
    pub(crate) address: SocketAddr,
}

impl Hub {
    pub(crate) async fn start() -> Self {
        Self::start_in(tempfile::tempdir().unwrap(), None).await
    }

    pub(crate) async fn start_in(dir: tempfile::TempDir, people: Option<Arc<People>>) -> Self {
        let mut authority = Authority::create(dir.path(), "west").unwrap();
        authority
            .issue(&name(SERVER), &["localhost".into(), "127.0.0.1".into()], 30)
            .unwrap();
        authority.issue(&name(CLIENT), &[], 30).unwrap();
        let path = dir.path().join("allow.toml");
        let list = Allowlist::default().with(SERVICE, [pattern("diogel://west/*/system/*")]);
        list.save(&path).unwrap();
        let services = &[SERVICE];
        let allow = Reloading::start(AllowFile { path, services }).unwrap();
        let server_tls = Reloading::start(authority.tls_files(&name(SERVER))).unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let refused = Arc::new(Mutex::new(Vec::new()));
        let kept = refused.clone();
        let refusals = Refusals::start(move |r| kept.lock().unwrap().push(r.clone()));
        let door = Door::new(allow, server_tls.clone(), refusals).with_people(people);
        let hub = Self {
            dir,
            authority,
            door,
            refused,
            server_tls,
            address,
        };
        hub.serve(listener);
        hub
    }

    fn serve(&self, listener: TcpListener) {
        let (_reporter, health) = tonic_health::server::health_reporter();
        let served = Server::builder()
            .add_service(self.door.guards(health))
            .serve_with_incoming(incoming(listener, self.server_tls.clone()));
        tokio::spawn(async { served.await.unwrap() });
    }

    pub(crate) fn allows(&self, names: &[&str]) {
        let names = names.iter().map(|text| pattern(text));
        let list = Allowlist::default().with(SERVICE, names);
        list.save(&self.dir.path().join("allow.toml")).unwrap();
    }

    pub(crate) fn channel(&self, files: TlsFiles, expected: &str) -> Channel {
        let tls = Arc::new(Reloading::load(files).unwrap());
        self.channel_with(tls, Some(pattern(expected)))
    }

    fn channel_with(&self, tls: Arc<Reloading>, expected: Option<Pattern>) -> Channel {
        connect(&format!("https://{}", self.address), tls, expected).unwrap()
    }

    pub(crate) async fn call_as(&self, principal: &str) -> Result<(), Status> {
        let files = self.authority.tls_files(&name(principal));
        call(&self.channel(files, SERVER)).await
    }

    pub(crate) fn revoke(&mut self, principal: &str) {
        self.authority
            .revoke(&Revoke::Principal(name(principal)), 7)
            .unwrap();
    }

    fn end_revocation_list(&mut self) {
        let now = OffsetDateTime::now_utc();
        let (from, until) = (
            now - time::Duration::days(2),
            now - time::Duration::minutes(1),
        );
        self.authority.sign_crl_until(from, until).unwrap();
    }
}

pub(crate) async fn call(channel: &Channel) -> Result<(), Status> {
    let request = HealthCheckRequest {
        service: String::new(),
    };
    HealthClient::new(channel.clone())
        .check(request)
        .await
        .map(|_| ())
}

/// The refusal came from the transport: the call never reached the guard.
fn refused_at_handshake(answer: &Result<(), Status>) -> bool {
    answer.as_ref().is_err_and(|status| {
        !matches!(
            status.code(),
            Code::Unauthenticated | Code::PermissionDenied
        )
    })
}

/// Asks again until the code comes, for a second at most (P8).
pub(crate) async fn within_a_second(channel: &Channel, code: Code) -> bool {
    let asked = async {
        while call(channel).await.err().map(|status| status.code()) != Some(code) {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(1), asked)
        .await
        .is_ok()
}

#[tokio::test]
async fn a_listed_peer_with_a_good_certificate_is_served() {
    let hub = Hub::start().await;
    hub.call_as(CLIENT).await.unwrap();
}

#[tokio::test]
async fn nobody_without_a_certificate_gets_in() {
    let hub = Hub::start().await;
    let mut roots = rustls::RootCertStore::empty();
    let ca = fs::read(hub.dir.path().join("ca.pem")).unwrap();
    let ca = x509_parser::pem::parse_x509_pem(&ca).unwrap().1.contents;
    roots.add(ca.into()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let tcp = TcpStream::connect(hub.address).await.unwrap();
    let host = "localhost".try_into().unwrap();
    let outcome = match TlsConnector::from(Arc::new(config))
        .connect(host, tcp)
        .await
    {
        Ok(mut stream) => stream.read_u8().await.map(|_| ()),
        Err(error) => Err(error),
    };
    assert!(
        outcome
            .unwrap_err()
            .to_string()
            .to_lowercase()
            .contains("certificate")
    );
}

#[tokio::test]
async fn a_certificate_of_another_authority_is_refused_even_with_the_right_name() {
    let hub = Hub::start().await;
    let elsewhere = tempfile::tempdir().unwrap();
    let mut foreign = Authority::create(elsewhere.path(), "west").unwrap();
    foreign.issue(&name(CLIENT), &[], 30).unwrap();
    let own = hub.authority.tls_files(&name(CLIENT));
    let files = TlsFiles {
        ca: own.ca,
        crl: own.crl,
        ..foreign.tls_files(&name(CLIENT))
    };
    assert!(refused_at_handshake(
        &call(&hub.channel(files, SERVER)).await
    ));
}

#[tokio::test]
async fn a_revoked_certificate_is_refused_at_the_handshake() {
    let mut hub = Hub::start().await;
    let before = Arc::new(Reloading::load(hub.authority.tls_files(&name(CLIENT))).unwrap());
    hub.revoke(CLIENT);
    hub.server_tls.reload().unwrap();
    let channel = hub.channel_with(before, None);
    assert!(refused_at_handshake(&call(&channel).await));
}

#[tokio::test]
async fn a_revocation_works_within_a_second_on_an_existing_connection() {
    let mut hub = Hub::start().await;
    let channel = hub.channel(hub.authority.tls_files(&name(CLIENT)), SERVER);
    call(&channel).await.unwrap();
    hub.revoke(CLIENT);
    assert!(within_a_second(&channel, Code::Unauthenticated).await);
}

#[tokio::test]
async fn an_expired_certificate_is_refused() {
    let mut hub = Hub::start().await;
    let now = OffsetDateTime::now_utc();
    let validity = Validity {
        from: now - time::Duration::days(2),
        until: now - time::Duration::days(1),
    };
    hub.authority
        .issue_for(&name(CLIENT), &[], validity)
        .unwrap();
    assert!(refused_at_handshake(&hub.call_as(CLIENT).await));
}

#[tokio::test]
async fn a_certificate_that_ends_while_connected_is_refused_on_the_next_request() {
    let mut hub = Hub::start().await;
    let now = OffsetDateTime::now_utc();
    let validity = Validity {
        from: now - time::Duration::days(1),
        until: now + time::Duration::seconds(2),
    };
    hub.authority
        .issue_for(&name(CLIENT), &[], validity)
        .unwrap();
    let channel = hub.channel(hub.authority.tls_files(&name(CLIENT)), SERVER);
    call(&channel).await.unwrap();
    tokio::time::sleep(Duration::from_secs(2)).await;
    assert!(within_a_second(&channel, Code::Unauthenticated).await);
}

#[tokio::test]
async fn a_client_refuses_a_server_of_another_role_agency_or_host() {
    let hub = Hub::start().await;
    for expected in [
        "diogel://west/board/service/main",
        "diogel://west/police/projection/*",
        "diogel://north/*/projection/*",
    ] {
        let channel = hub.channel(hub.authority.tls_files(&name(CLIENT)), expected);
        assert_eq!(
            call(&channel).await.unwrap_err().code(),
            Code::Unavailable,
            "{expected}"
        );
    }
    let tls = Arc::new(Reloading::load(hub.authority.tls_files(&name(CLIENT))).unwrap());
    let other_host = format!("https://127.0.0.2:{}", hub.address.port());
    assert!(
        call(&connect(&other_host, tls, None).unwrap())
            .await
            .is_err()
    );
}

#[tokio::test]
async fn a_client_ends_its_connection_to_a_revoked_server() {
    let mut hub = Hub::start().await;
    let tls = Reloading::start(hub.authority.tls_files(&name(CLIENT))).unwrap();
    let channel = hub.channel_with(tls, None);
    call(&channel).await.unwrap();
    hub.revoke(SERVER);
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert!(call(&channel).await.is_err());
}

#[tokio::test]
async fn a_renewed_certificate_is_used_without_a_restart() {
    let mut hub = Hub::start().await;
    let hosts = ["127.0.0.1".to_owned()];
    let renewed = hub.authority.issue(&name(SERVER), &hosts, 30).unwrap();
    let mut changes = hub.server_tls.changes();
    tokio::time::timeout(Duration::from_secs(1), changes.changed())
        .await
        .unwrap()
        .unwrap();
    assert_eq!(hub.server_tls.current().own.serial, renewed.serial);
    hub.call_as(CLIENT).await.unwrap();
}

#[tokio::test]
async fn a_broken_or_foreign_revocation_list_keeps_the_old_one() {
    let mut hub = Hub::start().await;
    hub.revoke(CLIENT);
    hub.server_tls.reload().unwrap();
    let crl = hub.dir.path().join("crl.pem");
    let good = fs::read(&crl).unwrap();
    let elsewhere = tempfile::tempdir().unwrap();
    drop(Authority::create(elsewhere.path(), "west").unwrap());
    let foreign = fs::read(elsewhere.path().join("crl.pem")).unwrap();
    for bad in [foreign.as_slice(), b"", &good[..good.len() / 2]] {
        fs::write(&crl, bad).unwrap();
        hub.server_tls.reload().unwrap_or_default();
        let serial = Peer::from_certificate(&client_der(&hub)).unwrap().serial;
        assert!(hub.server_tls.current().revocations.is_revoked(&serial));
    }
    fs::write(&crl, foreign).unwrap();
    let stranger = Reloading::load(hub.authority.tls_files(&name(SERVER)));
    let source = RevocationError::NotTheAuthoritys;
    assert!(matches!(stranger.err(), Some(TlsError::Revocation { source: s, .. }) if s == source));
    fs::remove_file(&crl).unwrap();
    assert!(Reloading::load(hub.authority.tls_files(&name(SERVER))).is_err());
}

pub(crate) fn client_der(hub: &Hub) -> Vec<u8> {
    let path: &Path = &hub.authority.tls_files(&name(CLIENT)).cert;
    x509_parser::pem::parse_x509_pem(&fs::read(path).unwrap())
        .unwrap()
        .1
        .contents
}

#[tokio::test]
async fn an_ended_revocation_list_admits_nobody_and_says_so() {
    let mut hub = Hub::start().await;
    let channel = hub.channel(hub.authority.tls_files(&name(CLIENT)), SERVER);
    call(&channel).await.unwrap();
    hub.end_revocation_list();
    assert!(within_a_second(&channel, Code::Unavailable).await);
    let said = call(&channel).await.unwrap_err();
    assert!(
        said.message().contains("revocation list has ended"),
        "{said}"
    );
    assert!(hub.call_as(CLIENT).await.is_err());
}

#[tokio::test]
async fn silent_connections_keep_nobody_from_shaking_hands() {
    let hub = Hub::start().await;
    let mut silent = Vec::new();
    for _ in 0..100 {
        silent.push(TcpStream::connect(hub.address).await.unwrap());
    }
    hub.call_as(CLIENT).await.unwrap();
}

#[tokio::test]
async fn a_channel_connects_again_after_its_server_came_back() {
    let hub = Hub::start().await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let tls = Arc::new(Reloading::load(hub.authority.tls_files(&name(CLIENT))).unwrap());
    let channel = connect(&format!("https://{address}"), tls, None).unwrap();
    assert_eq!(call(&channel).await.unwrap_err().code(), Code::Unavailable);
    let listener = TcpListener::bind(address).await.unwrap();
    hub.serve(listener);
    call(&channel).await.unwrap();
}

#[tokio::test]
async fn an_endpoint_is_https_with_host_and_port() {
    let hub = Hub::start().await;
    for endpoint in ["http://localhost:1", "https://localhost", "localhost:1", ""] {
        assert!(
            connect(endpoint, hub.server_tls.clone(), None).is_err(),
            "{endpoint}"
        );
    }
    assert!(connect("https://[::1]:1", hub.server_tls.clone(), None).is_ok());
}
