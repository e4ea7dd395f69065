//! Signing tokens for invented people: the demo's own provider, and what tests forge tokens with. Owns a key that is made when it
//! starts and kept nowhere. Whoever trusts it trusts the process that holds it: a board's configuration names its real provider.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jsonwebtoken::{
    Algorithm, EncodingKey, Header, encode,
    jwk::{Jwk, JwkSet, KeyAlgorithm, PublicKeyUse},
};
use ring::{
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair},
};
use serde_json::{Value, json};
use time::OffsetDateTime;

use super::{LONGEST_LIFE, PersonRole};
use crate::content_key::NoRandomness;

/// The name of its only key.
const KEY: &str = "1";

/// Whoever is signed in.
#[derive(Debug, Clone, Copy)]
pub struct Invented<'a> {
    /// Stable, and nobody else's.
    pub subject: &'a str,
    /// As what they are written down.
    pub name: &'a str,
    /// For whom they act.
    pub agency: &'a str,
    /// What they are there.
    pub roles: &'a [PersonRole],
}

/// A provider with one key.
pub struct Issuer {
    issuer: String,
    audience: String,
    key: EncodingKey,
}

impl Issuer {
    /// With a new key (ES256).
    ///
    /// # Errors
    /// [`NoRandomness`].
    pub fn new(issuer: &str, audience: &str) -> Result<Self, NoRandomness> {
        let (curve, chance) = (&ECDSA_P256_SHA256_FIXED_SIGNING, SystemRandom::new());
        let key = EcdsaKeyPair::generate_pkcs8(curve, &chance).map_err(|_| NoRandomness)?;
        Ok(Self {
            issuer: issuer.into(),
            audience: audience.into(),
            key: EncodingKey::from_ec_der(key.as_ref()),
        })
    }

    /// What its tokens are verified with: a JWK Set (RFC 7517).
    ///
    /// # Errors
    /// Of the library, which can't happen with a key that was made here.
    pub fn keys(&self) -> Result<String, jsonwebtoken::errors::Error> {
        let mut key = Jwk::from_encoding_key(&self.key, Algorithm::ES256)?;
        key.common.key_id = Some(KEY.into());
        key.common.key_algorithm = Some(KeyAlgorithm::ES256);
        key.common.public_key_use = Some(PublicKeyUse::Signature);
        Ok(serde_json::to_string(&JwkSet { keys: vec![key] })?)
    }

    /// An access token from now on, for a console whose certificate has this SHA-256.
    ///
    /// # Errors
    /// Of the library, which can't happen with a key that was made here.
    pub fn token(
        &self,
        person: Invented<'_>,
        thumbprint: &[u8; 32],
        now: OffsetDateTime,
    ) -> Result<String, jsonwebtoken::errors::Error> {
        self.signed("at+jwt", &self.claims(person, thumbprint, now))
    }

    /// What such a token says.
    pub fn claims(
        &self,
        person: Invented<'_>,
        thumbprint: &[u8; 32],
        now: OffsetDateTime,
    ) -> Value {
        let issued = now.unix_timestamp();
        json!({
            "iss": self.issuer,
            "aud": self.audience,
            "sub": person.subject,
            "iat": issued,
            "exp": issued + LONGEST_LIFE.whole_seconds(),
            "cnf": { "x5t#S256": URL_SAFE_NO_PAD.encode(thumbprint) },
            "name": person.name,
            "agency": person.agency,
            "roles": person.roles,
        })
    }

    /// Any claims, signed.
    ///
    /// # Errors
    /// Of the library, for claims that aren't an object.
    pub fn signed(&self, typ: &str, claims: &Value) -> Result<String, jsonwebtoken::errors::Error> {
        let header = Header {
            typ: Some(typ.into()),
            kid: Some(KEY.into()),
            ..Header::new(Algorithm::ES256)
        };
        encode(&header, claims, &self.key)
    }
}

/// The file that has services trust it, with its keys in `keys` beside that file: every role and these agencies, each by its own
/// name.
pub fn people_file<'a>(
    issuer: &str,
    audience: &str,
    keys: &str,
    agencies: impl IntoIterator<Item = &'a str>,
) -> String {
    use std::fmt::Write as _;
    let mut file = format!(
        "issuer = {issuer:?}\naudience = {audience:?}\nkeys = {keys:?}\n\n[claims]\nagency = \"agency\"\nroles = \"roles\"\n\n[agencies]\n"
    );
    // Writing to a text can't fail.
    for agency in agencies {
        let _ = writeln!(file, "{agency} = {agency:?}");
    }
    file.push_str("\n[roles]\n");
    for role in PersonRole::ALL {
        let _ = writeln!(file, "{role} = [\"{role}\"]");
    }
    file
}
