//! How people sign in and out. Owns what a session is begun with, and renewing its access token; refuses to go, after a sign-in, to
//! anywhere but a page of this console.

mod choice;
mod pages;
mod provider;

use diogel_identity::{Peer, People, Person};
use time::OffsetDateTime;

pub(crate) use choice::Choice;
pub(crate) use pages::{begin, choose, come_back, leave, left};
pub(crate) use provider::Provider;

use crate::session::SignedIn;

/// A token that ends sooner than this is renewed before it is used.
const SOON: i64 = 30;

/// How people sign in here.
pub(crate) enum SignIn {
    Provider(Box<Provider>),
    Choice(Choice),
}

/// What a provider answered for somebody.
pub(crate) struct Tokens {
    pub(crate) access: String,
    pub(crate) refresh: Option<String>,
    pub(crate) hint: Option<String>,
}

/// They can't be signed in, or not any longer. The reason is for the telemetry.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(crate) struct Refused(pub(crate) String);

impl SignIn {
    /// Has the access token good for a while yet. Says whether it is a new one.
    pub(crate) async fn renewed(
        &self,
        signed_in: &mut SignedIn,
        people: &People,
        own: &Peer,
    ) -> Result<bool, Refused> {
        let now = OffsetDateTime::now_utc();
        if signed_in.access_until - now.unix_timestamp() > SOON {
            return Ok(false);
        }
        let tokens = match self {
            Self::Provider(provider) => provider.renew(signed_in, own).await?,
            Self::Choice(choice) => choice.tokens(&signed_in.subject, own, now)?,
        };
        let person = person(people, &tokens.access, own, now)?;
        if person.subject != signed_in.subject || person.agency != signed_in.agency {
            return Err(Refused("the provider renewed somebody else".into()));
        }
        signed_in.access_until = person.until.unix_timestamp();
        signed_in.name = person.name;
        signed_in.roles = person.roles;
        signed_in.access = tokens.access;
        signed_in.refresh = tokens.refresh.or(signed_in.refresh.take());
        signed_in.hint = tokens.hint.or(signed_in.hint.take());
        Ok(true)
    }
}

/// Whose token it is, by the same check that every service makes.
fn person(
    people: &People,
    access: &str,
    own: &Peer,
    now: OffsetDateTime,
) -> Result<Person, Refused> {
    let person = people.verify(access, own, now);
    person.map_err(|why| Refused(format!("access token: {why}")))
}

/// Begins a session for whoever these tokens are of.
fn signed_in(
    people: &People,
    tokens: Tokens,
    own: &Peer,
    now: OffsetDateTime,
) -> Result<SignedIn, Refused> {
    let person = person(people, &tokens.access, own, now)?;
    Ok(SignedIn {
        subject: person.subject,
        name: person.name,
        agency: person.agency,
        roles: person.roles,
        access: tokens.access,
        access_until: person.until.unix_timestamp(),
        refresh: tokens.refresh,
        hint: tokens.hint,
        since: now.unix_timestamp(),
        purpose: 0,
    })
}

/// A page of this console, to go to after the sign-in; none: an address that leads elsewhere, or might.
pub(crate) fn local(to: &str) -> Option<&str> {
    let of_ours = ["/en/", "/cy/"].iter().any(|start| to.starts_with(start));
    let plain = |byte: u8| byte.is_ascii_graphic() && byte != b'\\';
    (of_ours && to.len() <= 500 && to.bytes().all(plain)).then_some(to)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sign_in_leads_to_pages_of_the_console_and_nowhere_else() {
        assert_eq!(local("/en/check"), Some("/en/check"));
        assert_eq!(
            local("/cy/items?kind=incident"),
            Some("/cy/items?kind=incident")
        );
        for elsewhere in [
            "",
            "/",
            "//evil.example/en/",
            "https://evil.example/en/",
            "/en",
            "/fr/",
            "\\/en/",
            "/en/\\evil.example",
            "/en/\r\nSet-Cookie: a=b",
            "/en/ x",
            "javascript:alert(1)//en/",
            &format!("/en/{}", "a".repeat(500)),
        ] {
            assert_eq!(local(elsewhere), None, "{elsewhere:?}");
        }
    }
}
