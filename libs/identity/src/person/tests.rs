//! Tokens, good and forged.

use std::fs;

use jsonwebtoken::jwk::JwkSet;
use serde_json::{Value, json};
use tempfile::TempDir;
use time::{Duration, OffsetDateTime, macros::datetime};

use super::{
    PeopleFile, Person, PersonRole, Provider, TokenRefused,
    file::Source,
    issuer::{Invented, Issuer, people_file},
    token::verify,
};
use crate::name::Principal;
use crate::reload::Reloading;

const ISSUER: &str = "https://sign-in.example";
const AUDIENCE: &str = "diogel:west";
const NOW: OffsetDateTime = datetime!(2026-11-30 09:00 UTC);
const CERTIFICATE: [u8; 32] = [7; 32];
const SIAN: Invented<'_> = Invented {
    subject: "u-1",
    name: "Siân Powell",
    agency: "police",
    roles: &[PersonRole::Chair, PersonRole::Practitioner],
};

struct Board {
    issuer: Issuer,
    provider: Provider,
    keys: JwkSet,
}

impl Board {
    fn new() -> Self {
        let issuer = Issuer::new(ISSUER, AUDIENCE).unwrap();
        let file = people_file(ISSUER, AUDIENCE, "keys.json", ["police", "health"]);
        Self {
            keys: serde_json::from_str(&issuer.keys().unwrap()).unwrap(),
            provider: toml::from_str(&file).unwrap(),
            issuer,
        }
    }

    fn verify(&self, token: &str) -> Result<Person, TokenRefused> {
        let console = console();
        verify(
            token,
            &self.provider,
            &self.keys,
            &console,
            &CERTIFICATE,
            NOW,
        )
    }

    /// The token that has these claims beside, or in place of, the usual ones.
    fn with(&self, other: &Value) -> String {
        let mut claims = self.issuer.claims(SIAN, &CERTIFICATE, NOW);
        let (all, other) = (claims.as_object_mut().unwrap(), other.as_object().unwrap());
        all.extend(other.clone());
        all.retain(|_, value| !value.is_null());
        self.issuer.signed("at+jwt", &claims).unwrap()
    }

    fn refuses(&self, other: &Value) -> TokenRefused {
        self.verify(&self.with(other)).unwrap_err()
    }
}

fn console() -> Principal {
    "diogel://west/console/console/main".parse().unwrap()
}

#[test]
fn a_good_token_says_who_it_is_and_what_they_are() {
    let board = Board::new();
    let token = board.issuer.token(SIAN, &CERTIFICATE, NOW).unwrap();
    let person = board.verify(&token).unwrap();
    assert_eq!((&*person.name, &*person.agency), ("Siân Powell", "police"));
    assert_eq!(person.roles, [PersonRole::Practitioner, PersonRole::Chair]);
    assert_eq!(person.until, NOW + Duration::minutes(5));
    assert_eq!(person.console, console());
}

#[test]
fn one_role_may_come_as_a_text_and_unknown_ones_are_left_out() {
    let board = Board::new();
    let one = board
        .verify(&board.with(&json!({"roles": "chair"})))
        .unwrap();
    assert_eq!(one.roles, [PersonRole::Chair]);
    let known = board.verify(&board.with(&json!({"roles": ["root", "analyst", 7]})));
    assert_eq!(known.unwrap().roles, [PersonRole::Analyst]);
}

#[test]
fn what_is_said_of_another_issuer_audience_or_time_opens_nothing() {
    let board = Board::new();
    let at = |minutes: i64| (NOW + Duration::minutes(minutes)).unix_timestamp();
    for untrue in [
        json!({"iss": "https://sign-in.example/"}),
        json!({"iss": null}),
        json!({"aud": "diogel:north"}),
        json!({"aud": null}),
        json!({"aud": []}),
        json!({"iat": at(-6), "exp": at(-1)}),
        json!({"iat": at(-5), "exp": at(0)}),
        json!({"iat": at(1), "exp": at(4)}),
        json!({"iat": at(2), "exp": at(1)}),
        json!({"exp": at(4).to_string()}),
        json!({"exp": null}),
        json!({"iat": null}),
        json!({"sub": null}),
    ] {
        assert_eq!(board.refuses(&untrue), TokenRefused::Untrue, "{untrue}");
    }
    let long = json!({"iat": at(0), "exp": at(6)});
    assert_eq!(board.refuses(&long), TokenRefused::TooLong);
}

#[test]
fn a_token_of_another_certificate_or_of_none_opens_nothing() {
    let board = Board::new();
    let other = board.issuer.token(SIAN, &[8; 32], NOW).unwrap();
    assert_eq!(board.verify(&other), Err(TokenRefused::Unbound));
    for unbound in [
        json!({"cnf": null}),
        json!({"cnf": {}}),
        json!({"cnf": {"jkt": "x"}}),
    ] {
        assert_eq!(board.refuses(&unbound), TokenRefused::Unbound);
    }
}

#[test]
fn whoever_is_not_configured_is_nobody() {
    let board = Board::new();
    for nobody in [
        json!({"agency": "fire"}),
        json!({"agency": null}),
        json!({"agency": ["police"]}),
        json!({"roles": []}),
        json!({"roles": ["root"]}),
        json!({"roles": null}),
        json!({"name": ""}),
        json!({"name": "a\nb"}),
        json!({"name": "a".repeat(201)}),
        json!({"sub": ""}),
    ] {
        assert_eq!(board.refuses(&nobody), TokenRefused::Nobody, "{nobody}");
    }
}

#[test]
fn an_id_token_and_a_forged_one_open_nothing() {
    let board = Board::new();
    let claims = board.issuer.claims(SIAN, &CERTIFICATE, NOW);
    let id_token = board.issuer.signed("JWT", &claims).unwrap();
    assert_eq!(board.verify(&id_token), Err(TokenRefused::Form));
    // Another's key under the same name.
    let other = Issuer::new(ISSUER, AUDIENCE).unwrap();
    let forged = other.token(SIAN, &CERTIFICATE, NOW).unwrap();
    assert_eq!(board.verify(&forged), Err(TokenRefused::Untrue));
    let good = board.issuer.token(SIAN, &CERTIFICATE, NOW).unwrap();
    let parts: Vec<&str> = good.split('.').collect();
    let unsigned = "eyJ0eXAiOiJhdCtqd3QiLCJhbGciOiJub25lIiwia2lkIjoiMSJ9";
    let shared = "eyJ0eXAiOiJhdCtqd3QiLCJhbGciOiJIUzI1NiIsImtpZCI6IjEifQ";
    for header in [unsigned, shared] {
        let token = format!("{header}.{}.{}", parts[1], parts[2]);
        assert!(board.verify(&token).is_err());
        assert!(board.verify(&format!("{header}.{}.", parts[1])).is_err());
    }
    let renamed = Board {
        keys: serde_json::from_str(&board.issuer.keys().unwrap().replace("\"1\"", "\"2\""))
            .unwrap(),
        ..Board::new()
    };
    assert_eq!(renamed.verify(&good), Err(TokenRefused::UnknownKey));
    for text in ["", "a", "a.b", "a.b.c", &"a".repeat(7000)] {
        assert!(board.verify(text).is_err());
    }
}

#[test]
fn no_changed_byte_of_a_token_is_taken() {
    let board = Board::new();
    let good = board.issuer.token(SIAN, &CERTIFICATE, NOW).unwrap();
    for at in 0..good.len() {
        let mut bytes = good.clone().into_bytes();
        // Another letter, and not only the bits that base64 leaves over at an end.
        bytes[at] = if bytes[at] == b'A' { b'Q' } else { b'A' };
        let changed = String::from_utf8(bytes).unwrap();
        assert!(board.verify(&changed).is_err(), "byte {at}");
    }
}

fn people(text: &str, keys: &str) -> Result<Reloading<PeopleFile>, String> {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("people.toml");
    fs::write(&path, text).unwrap();
    fs::write(folder.path().join("keys.json"), keys).unwrap();
    Reloading::load(PeopleFile { path }).map_err(|e| e.to_string())
}

#[test]
fn a_file_of_people_is_read_and_a_slip_in_it_is_named() {
    let good = people_file(ISSUER, AUDIENCE, "keys.json", ["police"]);
    let keys = Issuer::new(ISSUER, AUDIENCE).unwrap().keys().unwrap();
    let read = people(&good, &keys).unwrap().current();
    assert!(matches!(&read.source, Source::Here(keys) if keys.keys.len() == 1));
    let far = good.replace("keys.json", "https://sign-in.example/keys");
    assert!(matches!(
        &people(&far, "").unwrap().current().source,
        Source::At(_)
    ));
    for (slip, named) in [
        (
            good.replace("keys.json", "http://sign-in.example/keys"),
            "keys:",
        ),
        (good.replace("keys.json", "other.json"), "other.json"),
        (good.replace(ISSUER, ""), "issuer:"),
        (
            good.replace("police = \"police\"", "police = \"Police\""),
            "agencies:",
        ),
        (good.replace("[\"chair\"]", "[\"root\"]"), "root"),
        (good.replace("audience", "audiences"), "audiences"),
    ] {
        let refused = people(&slip, &keys).err().unwrap();
        assert!(refused.contains(named), "{named}: {refused}");
    }
    assert!(people(&good, "{").err().unwrap().contains("keys:"));
}
