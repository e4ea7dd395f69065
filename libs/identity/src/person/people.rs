//! Who is let in as a person. Owns bringing file and keys together; refuses everybody while either is missing.

use std::sync::{Arc, Weak};

use jsonwebtoken::jwk::JwkSet;
use time::OffsetDateTime;
use tonic::codegen::http::{HeaderMap, header::AUTHORIZATION};

use super::{
    PeopleError, PeopleFile, Person, TokenRefused,
    file::{PeopleState, Source},
    keys::Fetched,
    token,
};
use crate::peer::Peer;
use crate::reload::Reloading;

/// Verifies people's tokens for as long as it is held.
pub struct People {
    file: Arc<Reloading<PeopleFile>>,
    fetched: Arc<Fetched>,
}

impl People {
    /// Reads the file, and goes on reading it and fetching keys. Inside a tokio runtime.
    ///
    /// # Errors
    /// [`PeopleError`]. Keys that can't be fetched yet are no error: nobody is let in until they are.
    pub fn start(file: PeopleFile) -> Result<Arc<Self>, PeopleError> {
        let people = Arc::new(Self {
            file: Reloading::start(file)?,
            fetched: Arc::default(),
        });
        tokio::spawn(keep_fetching(Arc::downgrade(&people)));
        Ok(people)
    }

    /// What the file says now.
    pub fn now(&self) -> Arc<PeopleState> {
        self.file.current()
    }

    /// Somebody could be let in now: the provider's keys are at hand.
    pub fn has_keys(&self) -> bool {
        self.keys(&self.file.current()).is_some()
    }

    /// For whom a console calls, by the one bearer token among the request's headers.
    ///
    /// # Errors
    /// [`TokenRefused`].
    pub(crate) fn person(
        &self,
        headers: &HeaderMap,
        console: &Peer,
        now: OffsetDateTime,
    ) -> Result<Person, TokenRefused> {
        let token = bearer(headers).ok_or(TokenRefused::Missing)?;
        self.verify(token, console, now)
    }

    /// Whose token it is, as services judge it: for the console itself.
    ///
    /// # Errors
    /// [`TokenRefused`].
    pub fn verify(
        &self,
        token: &str,
        console: &Peer,
        now: OffsetDateTime,
    ) -> Result<Person, TokenRefused> {
        let state = self.file.current();
        let keys = self.keys(&state).ok_or(TokenRefused::NoProvider)?;
        let (name, thumbprint) = (&console.principal, &console.thumbprint);
        let person = token::verify(token, &state.provider, &keys, name, thumbprint, now);
        if person == Err(TokenRefused::UnknownKey) {
            self.fetched.unknown();
        }
        person
    }

    fn keys(&self, state: &PeopleState) -> Option<Arc<JwkSet>> {
        match &state.source {
            Source::Here(keys) => Some(Arc::clone(keys)),
            Source::At(address) => self.fetched.keys(address),
        }
    }
}

/// RFC 6750, section 2.1. Two tokens are none: which one counts would be anybody's guess.
fn bearer(headers: &HeaderMap) -> Option<&str> {
    let mut all = headers.get_all(AUTHORIZATION).iter();
    let (only, None) = (all.next()?, all.next()) else {
        return None;
    };
    let (scheme, token) = only.to_str().ok()?.split_once(' ')?;
    scheme
        .eq_ignore_ascii_case("bearer")
        .then_some(token.trim())
}

async fn keep_fetching(people: Weak<People>) {
    loop {
        let Some(held) = people.upgrade() else { return };
        let state = held.file.current();
        if let Source::At(address) = &state.source
            && let Err(error) = held.fetched.fetch(address, state.ca()).await
        {
            tracing::warn!(error, "the provider's keys could not be fetched");
        }
        // Whoever waits holds nothing but the keys: the rest ends with its last user.
        let fetched = Arc::clone(&held.fetched);
        drop(held);
        fetched.due().await;
    }
}
