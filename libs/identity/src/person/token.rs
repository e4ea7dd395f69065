//! Reading an access token (RFC 9068). Owns what makes it good: the provider's signature by an asymmetric algorithm, issuer,
//! audience, a life of five minutes at most, and the certificate it is bound to (RFC 8705, section 3.1). Refuses everything else,
//! an ID token among it, and says to nobody why.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jsonwebtoken::{
    Algorithm, DecodingKey, Header, Validation, decode, decode_header,
    jwk::{Jwk, JwkSet},
};
use serde::Deserialize;
use serde_json::{Map, Value};
use time::{Duration, OffsetDateTime};

use super::{Person, PersonRole, file::Provider};
use crate::name::Principal;

/// The longest life of a token. Somebody whose access is taken away has lost it by then.
pub const LONGEST_LIFE: Duration = Duration::minutes(5);
/// How far the provider's clock may be ahead of this one.
const SKEW: Duration = Duration::seconds(30);
/// Longest token, in bytes: headers have room for 8 KiB in all.
const LONGEST: usize = 6 * 1024;
/// Longest name and subject, in bytes.
const NAME: usize = 200;
/// Signatures that anybody can verify: a shared secret would let each service sign people in.
const ALGORITHMS: [Algorithm; 5] = [
    Algorithm::ES256,
    Algorithm::ES384,
    Algorithm::EdDSA,
    Algorithm::PS256,
    Algorithm::RS256,
];

/// Why a token opens nothing. For the telemetry: callers are told one thing, whatever it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TokenRefused {
    /// None came, or several, or it is too long.
    #[error("no bearer token")]
    Missing,
    /// Not a signed access token.
    #[error("not an access token")]
    Form,
    /// Signed by a key that the provider doesn't publish now.
    #[error("signed by an unknown key")]
    UnknownKey,
    /// Signature, issuer, audience or times don't hold.
    #[error("signature, issuer, audience or times don't hold")]
    Untrue,
    /// It lives for more than five minutes.
    #[error("good for more than five minutes")]
    TooLong,
    /// Bound to another certificate, or to none.
    #[error("not bound to this console's certificate")]
    Unbound,
    /// Its agency or its roles aren't configured here, or its name can't be written down.
    #[error("names no agency, role or person of this hub")]
    Nobody,
    /// Nobody vouches for people here, or the keys can't be had.
    #[error("no provider's keys at hand")]
    NoProvider,
}

#[derive(Deserialize)]
struct Body {
    sub: String,
    exp: i64,
    iat: i64,
    cnf: Option<Confirmation>,
    #[serde(flatten)]
    rest: Map<String, Value>,
}

#[derive(Deserialize)]
struct Confirmation {
    #[serde(rename = "x5t#S256")]
    certificate: Option<String>,
}

/// Whose token it is, if it is good at `now` for the console whose certificate has this SHA-256.
pub(super) fn verify(
    token: &str,
    provider: &Provider,
    keys: &JwkSet,
    console: &Principal,
    thumbprint: &[u8; 32],
    now: OffsetDateTime,
) -> Result<Person, TokenRefused> {
    if token.len() > LONGEST {
        return Err(TokenRefused::Missing);
    }
    let header = decode_header(token).map_err(|_| TokenRefused::Form)?;
    let key = key(&header, keys)?;
    let body = body(token, &header, key, provider)?;
    let (issued, until) = times(&body).ok_or(TokenRefused::Untrue)?;
    if now >= until || issued > now + SKEW {
        return Err(TokenRefused::Untrue);
    }
    if until - issued > LONGEST_LIFE {
        return Err(TokenRefused::TooLong);
    }
    let bound = body.cnf.as_ref().and_then(|cnf| cnf.certificate.as_deref());
    if bound != Some(URL_SAFE_NO_PAD.encode(thumbprint).as_str()) {
        return Err(TokenRefused::Unbound);
    }
    person(body, provider, console, until).ok_or(TokenRefused::Nobody)
}

fn key<'a>(header: &Header, keys: &'a JwkSet) -> Result<&'a Jwk, TokenRefused> {
    let is_access_token = header.typ.as_deref().is_some_and(|typ| {
        let typ = typ.strip_prefix("application/").unwrap_or(typ);
        typ.eq_ignore_ascii_case("at+jwt")
    });
    // A critical header that isn't understood must not be ignored (RFC 7515, section 4.1.11); none is.
    if !is_access_token || !ALGORITHMS.contains(&header.alg) {
        return Err(TokenRefused::Form);
    }
    let id = header.kid.as_deref().ok_or(TokenRefused::Form)?;
    let named = keys
        .keys
        .iter()
        .filter(|key| key.common.key_id.as_deref() == Some(id));
    let mut fitting = named.filter(|key| {
        let own = key.common.key_algorithm;
        own.is_none_or(|own| own.to_string() == format!("{:?}", header.alg))
    });
    fitting.next().ok_or(TokenRefused::UnknownKey)
}

fn body(
    token: &str,
    header: &Header,
    key: &Jwk,
    provider: &Provider,
) -> Result<Body, TokenRefused> {
    let key = DecodingKey::from_jwk(key).map_err(|_| TokenRefused::UnknownKey)?;
    let mut rules = Validation::new(header.alg);
    rules.set_issuer(&[&provider.issuer]);
    rules.set_audience(&[&provider.audience]);
    rules.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
    // The times are judged here, by the caller's clock and as the numbers that they have to be.
    rules.validate_exp = false;
    rules.validate_nbf = true;
    let read = decode::<Body>(token, &key, &rules);
    read.map(|read| read.claims)
        .map_err(|_| TokenRefused::Untrue)
}

fn times(body: &Body) -> Option<(OffsetDateTime, OffsetDateTime)> {
    let at = |seconds| OffsetDateTime::from_unix_timestamp(seconds).ok();
    Some((at(body.iat)?, at(body.exp)?)).filter(|(issued, until)| issued < until)
}

fn person(
    body: Body,
    provider: &Provider,
    console: &Principal,
    until: OffsetDateTime,
) -> Option<Person> {
    let claim = |name: &str| body.rest.get(name);
    let name = claim(&provider.claims.name)?.as_str()?.trim().to_owned();
    let agency = claim(&provider.claims.agency)?.as_str()?;
    let agency = provider.agencies.get(agency)?.clone();
    let mut roles: Vec<PersonRole> = texts(claim(&provider.claims.roles)?)
        .filter_map(|value| provider.roles.get(value))
        .flatten()
        .copied()
        .collect();
    roles.sort_unstable();
    roles.dedup();
    let writable =
        |text: &str| (1..=NAME).contains(&text.len()) && !text.chars().any(char::is_control);
    let known = !roles.is_empty() && writable(&name) && writable(&body.sub);
    known.then_some(Person {
        subject: body.sub,
        name,
        agency,
        roles,
        until,
        console: console.clone(),
    })
}

/// A claim of one text, or of several.
fn texts(claim: &Value) -> impl Iterator<Item = &str> {
    let several = claim.as_array().map(Vec::as_slice).unwrap_or_default();
    let one = claim.as_str();
    one.into_iter()
        .chain(several.iter().filter_map(Value::as_str))
}
