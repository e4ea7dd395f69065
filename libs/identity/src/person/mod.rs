//! People at the console. Owns who somebody is by the access token that the console forwards, in which roles, and which calls
//! those roles open. Refuses to take the console's word for anything: every service verifies the token itself.

mod file;
pub mod issuer;
mod keys;
mod people;
mod rights;
mod role;
#[cfg(test)]
mod tests;
mod token;

use time::OffsetDateTime;

pub use file::{PeopleError, PeopleFile, Provider, Source};
pub use keys::{FETCHED_FOR, client as provider_client};
pub use people::People;
pub use rights::{RIGHTS, Right, may_call};
pub use role::{PersonRole, UnknownRole};
pub use token::{LONGEST_LIFE, TokenRefused};

use crate::name::Principal;

/// Somebody who is signed in at the console, as a verified access token says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Whose token it is at the provider: stable, and nobody else's.
    pub subject: String,
    /// As what the person does is written down: what the provider calls them, by the claim that is configured for it.
    pub name: String,
    /// The agency that they act for.
    pub agency: String,
    /// What they are there, each once, in the order of the list of roles.
    pub roles: Vec<PersonRole>,
    /// The last moment at which the token is good.
    pub until: OffsetDateTime,
    /// The console at whose certificate the token may be used.
    pub console: Principal,
}
