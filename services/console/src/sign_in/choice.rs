//! A chooser of invented people, for the demo and for tests. Owns its own keys; refuses to be reached from another machine.

use std::{net::SocketAddr, path::Path};

use diogel_identity::{
    Peer,
    person::issuer::{Invented, Issuer},
    private_file::{PUBLIC, write_whole},
};
use time::OffsetDateTime;

use super::{Refused, Tokens};
use crate::config::InventedPerson;

/// Whoever may be chosen.
pub(crate) struct Choice {
    issuer: Issuer,
    pub(crate) people: Vec<InventedPerson>,
}

impl Choice {
    /// Writes its keys where services read them.
    pub(crate) fn new(
        issuer: &str,
        audience: &str,
        keys: &Path,
        people: Vec<InventedPerson>,
        listen: SocketAddr,
    ) -> Result<Self, String> {
        if !listen.ip().is_loopback() {
            return Err(format!(
                "listen: {listen} can be reached from other machines, where anybody could choose to be anybody: take a loopback \
                 address, or a provider"
            ));
        }
        let issuer = Issuer::new(issuer, audience).map_err(|e| e.to_string())?;
        let public = issuer.keys().map_err(|e| e.to_string())?;
        write_whole(keys, public.as_bytes(), PUBLIC)
            .map_err(|e| format!("{}: {e}", keys.display()))?;
        Ok(Self { issuer, people })
    }

    /// By their place in the list.
    pub(super) fn tokens(
        &self,
        subject: &str,
        own: &Peer,
        now: OffsetDateTime,
    ) -> Result<Tokens, Refused> {
        let place: Option<usize> = subject.parse().ok();
        let person = place.and_then(|place| self.people.get(place));
        let person = person.ok_or_else(|| Refused("nobody of that number".into()))?;
        let invented = Invented {
            subject,
            name: &person.name,
            agency: &person.agency,
            roles: &person.roles,
        };
        let token = self.issuer.token(invented, &own.thumbprint, now);
        Ok(Tokens {
            access: token.map_err(|e| Refused(e.to_string()))?,
            refresh: None,
            hint: None,
        })
    }
}
