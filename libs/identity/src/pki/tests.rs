//! The authority's rules, held against its files.

use std::os::unix::fs::PermissionsExt;

use x509_parser::prelude::{FromDer, X509Certificate};

use super::*;
use crate::peer::Peer;
use crate::reload::Reloading;

fn principal(text: &str) -> Principal {
    text.parse().unwrap()
}

fn der_of(path: &Path) -> Vec<u8> {
    x509_parser::pem::parse_x509_pem(&fs::read(path).unwrap())
        .unwrap()
        .1
        .contents
}

#[test]
fn keys_are_their_owners_alone_and_an_authority_is_never_overwritten() {
    let dir = tempfile::tempdir().unwrap();
    let mut authority = Authority::create(dir.path(), "west").unwrap();
    let issued = authority
        .issue(
            &principal("diogel://west/police/service/main"),
            &["localhost".into()],
            30,
        )
        .unwrap();
    for key in [dir.path().join("ca.key"), issued.key] {
        assert_eq!(
            fs::metadata(key).unwrap().permissions().mode() & 0o777,
            0o600
        );
    }
    assert!(matches!(
        Authority::create(dir.path(), "west"),
        Err(PkiError::Exists(_))
    ));
}

#[test]
fn a_role_that_does_not_serve_gets_no_server_certificate() {
    let dir = tempfile::tempdir().unwrap();
    let mut authority = Authority::create(dir.path(), "west").unwrap();
    for (role, serves) in [
        ("system", false),
        ("operator", false),
        ("service", true),
        ("projection", true),
    ] {
        let name = principal(&format!("diogel://west/police/{role}/a"));
        let issued = authority.issue(&name, &["127.0.0.1".into()], 1).unwrap();
        let der = der_of(&issued.cert);
        let (_, certificate) = X509Certificate::from_der(&der).unwrap();
        let uses = certificate.extended_key_usage().unwrap().unwrap().value;
        assert!(uses.client_auth);
        assert_eq!(uses.server_auth, serves, "{role}");
        let peer = Peer::from_certificate(&der).unwrap();
        assert_eq!((peer.principal, peer.serial), (name, issued.serial));
    }
}

#[test]
fn an_authority_certifies_its_own_board_only_and_hosts_that_are_hosts() {
    let dir = tempfile::tempdir().unwrap();
    let mut authority = Authority::create(dir.path(), "west").unwrap();
    let other = principal("diogel://north/police/service/main");
    assert!(matches!(
        authority.issue(&other, &[], 1),
        Err(PkiError::OtherBoard(_))
    ));
    let own = principal("diogel://west/police/service/main");
    let refused = authority.issue(&own, &["not a host".into()], 1);
    assert!(matches!(refused, Err(PkiError::Host(_))));
}

#[test]
fn two_principals_never_share_files() {
    let dir = tempfile::tempdir().unwrap();
    let mut authority = Authority::create(dir.path(), "west").unwrap();
    authority
        .issue(&principal("diogel://west/a/system/b-system-c"), &[], 1)
        .unwrap();
    let same = authority.issue(&principal("diogel://west/a-system-b/system/c"), &[], 1);
    assert!(matches!(same, Err(PkiError::SameFiles(_))));
}

#[test]
fn a_revocation_by_name_covers_every_certificate_of_the_principal_and_survives_reopening() {
    let dir = tempfile::tempdir().unwrap();
    let mut authority = Authority::create(dir.path(), "west").unwrap();
    let name = principal("diogel://west/police/service/main");
    let first = authority.issue(&name, &[], 1).unwrap();
    let second = authority.issue(&name, &[], 1).unwrap();
    let mut authority = Authority::open(dir.path()).unwrap();
    let revoked = authority
        .revoke(&Revoke::Principal(name.clone()), 7)
        .unwrap();
    assert_eq!(revoked, vec![first.serial.clone(), second.serial.clone()]);
    assert!(
        authority
            .revoke(&Revoke::Serial(first.serial.clone()), 7)
            .unwrap()
            .is_empty()
    );
    let unknown = Revoke::Serial(Serial::new(&[1]));
    assert!(matches!(
        authority.revoke(&unknown, 7),
        Err(PkiError::Unknown(_))
    ));
    let state = Reloading::load(authority.tls_files(&name))
        .unwrap()
        .current();
    assert!(state.revocations.is_revoked(&first.serial));
    assert!(state.revocations.is_revoked(&second.serial));
}

#[test]
fn an_index_that_cannot_be_read_stops_the_authority() {
    let dir = tempfile::tempdir().unwrap();
    drop(Authority::create(dir.path(), "west").unwrap());
    fs::write(dir.path().join("index.toml"), "board = 1").unwrap();
    assert!(matches!(
        Authority::open(dir.path()),
        Err(PkiError::Index { .. })
    ));
}
