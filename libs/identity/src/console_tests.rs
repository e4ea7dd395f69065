//! People at the door, between real sockets: a console's certificate alone opens nothing.

use std::fs;
use std::time::Duration as StdDuration;

use serde_json::json;
use time::{Duration, OffsetDateTime};
use tonic::metadata::MetadataValue;
use tonic::transport::Channel;
use tonic::{Code, Request, Status};
use tonic_health::pb::HealthCheckRequest;
use tonic_health::pb::health_client::HealthClient;

use crate::mtls_tests::{CLIENT, Hub, SERVER, name};
use crate::person::issuer::{Invented, Issuer, people_file};
use crate::person::{People, PeopleFile, PersonRole};
use crate::{Peer, Why};

const CONSOLE: &str = "diogel://west/console/console/main";
const OTHER: &str = "diogel://west/console/console/other";
const ISSUER: &str = "https://sign-in.example";
const AUDIENCE: &str = "diogel:west";
const OPERATOR: Invented<'_> = Invented {
    subject: "u-1",
    name: "Owain Prys",
    agency: "police",
    roles: &[PersonRole::Operator],
};

struct Site {
    hub: Hub,
    issuer: Issuer,
}

impl Site {
    async fn start() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let issuer = Issuer::new(ISSUER, AUDIENCE).unwrap();
        let path = dir.path().join("people.toml");
        let file = people_file(ISSUER, AUDIENCE, "keys.json", ["police"]);
        fs::write(&path, file).unwrap();
        fs::write(dir.path().join("keys.json"), issuer.keys().unwrap()).unwrap();
        let people = People::start(PeopleFile { path }).unwrap();
        let mut hub = Hub::start_in(dir, Some(people)).await;
        for console in [CONSOLE, OTHER] {
            hub.authority.issue(&name(console), &[], 30).unwrap();
        }
        hub.allows(&[CONSOLE, OTHER, "diogel://west/*/system/*"]);
        tokio::time::sleep(StdDuration::from_secs(1)).await;
        Self { hub, issuer }
    }

    fn channel(&self, of: &str) -> Channel {
        self.hub
            .channel(self.hub.authority.tls_files(&name(of)), SERVER)
    }

    fn thumbprint(&self, of: &str) -> [u8; 32] {
        let pem = fs::read(self.hub.authority.tls_files(&name(of)).cert).unwrap();
        let der = x509_parser::pem::parse_x509_pem(&pem).unwrap().1.contents;
        Peer::from_certificate(&der).unwrap().thumbprint
    }

    fn token(&self, of: &str, person: Invented<'_>) -> String {
        let now = OffsetDateTime::now_utc();
        self.issuer
            .token(person, &self.thumbprint(of), now)
            .unwrap()
    }

    fn told(&self, of: &str) -> Vec<Why> {
        let refused = self.hub.refused.lock().unwrap();
        let of = refused.iter().filter(|r| r.principal == name(of));
        of.map(|r| r.why).collect()
    }
}

fn with(tokens: &[String]) -> Request<HealthCheckRequest> {
    let mut request = Request::new(HealthCheckRequest::default());
    for token in tokens {
        let value = MetadataValue::try_from(format!("Bearer {token}")).unwrap();
        request.metadata_mut().append("authorization", value);
    }
    request
}

async fn call(channel: &Channel, tokens: &[String]) -> Result<(), Status> {
    let mut client = HealthClient::new(channel.clone());
    client.check(with(tokens)).await.map(drop)
}

fn code(answer: Result<(), Status>) -> Code {
    answer.err().map_or(Code::Ok, |status| status.code())
}

#[tokio::test]
async fn a_consoles_certificate_alone_opens_nothing_and_with_a_persons_token_what_their_role_opens()
{
    let site = Site::start().await;
    let channel = site.channel(CONSOLE);
    assert_eq!(code(call(&channel, &[]).await), Code::Unauthenticated);
    let token = site.token(CONSOLE, OPERATOR);
    assert_eq!(
        code(call(&channel, std::slice::from_ref(&token)).await),
        Code::Ok
    );
    // Which of two tokens counts would be a guess.
    let twice = [token.clone(), token];
    assert_eq!(code(call(&channel, &twice).await), Code::Unauthenticated);
    let chair = Invented {
        roles: &[PersonRole::Chair],
        ..OPERATOR
    };
    let chair = [site.token(CONSOLE, chair)];
    assert_eq!(code(call(&channel, &chair).await), Code::PermissionDenied);
    assert_eq!(site.told(CONSOLE), [Why::NotSignedIn, Why::NotSignedIn]);
    // Whose agency it is told to: the person's.
    assert_eq!(
        site.told("diogel://west/police/console/main"),
        [Why::NotTheirRole]
    );
}

#[tokio::test]
async fn a_token_is_good_at_the_console_it_was_made_for_and_at_no_other_certificate() {
    let site = Site::start().await;
    let stolen = [site.token(CONSOLE, OPERATOR)];
    let other = site.channel(OTHER);
    assert_eq!(code(call(&other, &stolen).await), Code::Unauthenticated);
    // A system is itself, whatever token it brings.
    let system = site.channel(CLIENT);
    assert_eq!(code(call(&system, &stolen).await), Code::Ok);
    assert_eq!(code(call(&system, &["x".into()]).await), Code::Ok);
}

#[tokio::test]
async fn p8_a_token_opens_nothing_from_the_second_it_ends() {
    let site = Site::start().await;
    let now = OffsetDateTime::now_utc();
    let mut claims = site.issuer.claims(OPERATOR, &site.thumbprint(CONSOLE), now);
    claims["exp"] = json!((now + Duration::seconds(2)).unix_timestamp());
    let token = site.issuer.signed("at+jwt", &claims).unwrap();
    let channel = site.channel(CONSOLE);
    assert_eq!(
        code(call(&channel, std::slice::from_ref(&token)).await),
        Code::Ok
    );
    tokio::time::sleep(StdDuration::from_millis(2_200)).await;
    assert_eq!(code(call(&channel, &[token]).await), Code::Unauthenticated);
}

#[tokio::test]
async fn a_service_without_a_provider_lets_no_person_in() {
    let mut hub = Hub::start().await;
    hub.authority.issue(&name(CONSOLE), &[], 30).unwrap();
    hub.allows(&[CONSOLE]);
    tokio::time::sleep(StdDuration::from_secs(1)).await;
    let channel = hub.channel(hub.authority.tls_files(&name(CONSOLE)), SERVER);
    let issuer = Issuer::new(ISSUER, AUDIENCE).unwrap();
    let token = issuer.token(OPERATOR, &[0; 32], OffsetDateTime::now_utc());
    assert_eq!(
        code(call(&channel, &[token.unwrap()]).await),
        Code::Unauthenticated
    );
}

#[tokio::test]
async fn a_token_in_another_scheme_is_none() {
    let site = Site::start().await;
    let mut request = with(&[]);
    let value = format!("Basic {}", site.token(CONSOLE, OPERATOR));
    request
        .metadata_mut()
        .insert("authorization", value.parse().unwrap());
    let mut client = HealthClient::new(site.channel(CONSOLE));
    let refused = client.check(request).await.unwrap_err();
    assert_eq!(refused.code(), Code::Unauthenticated);
}
