//! Who calls: somebody of this agency in the right role, or nobody. A certificate of another agency does nothing here.

use std::sync::Arc;

use diogel_contract::refusal::{Reason, Refusal};
use diogel_identity::{Peer, Role};
use tonic::{Request, Status};

use crate::intake::Intake;

/// Whoever calls.
#[derive(Clone)]
pub(crate) struct Caller {
    /// Its name: the system's, or the console's at this agency.
    pub(crate) system: String,
    /// For whom a console calls, by that person's token; none: whatever the system says.
    person: Option<String>,
}

impl Caller {
    /// For whom it acts, and whether that was verified. A console acts for the person who is signed in and for nobody else.
    pub(crate) fn acts_for(&self, said: &str) -> (String, bool) {
        match &self.person {
            Some(person) => (person.clone(), true),
            None => (said.to_owned(), false),
        }
    }
}

/// The caller, in this role; or a console that calls for somebody of this agency, whose roles the door held against the call.
pub(crate) fn own<T>(request: &Request<T>, intake: &Intake, role: Role) -> Result<Caller, Status> {
    let peer = request.extensions().get::<Arc<Peer>>();
    let own = peer.filter(|p| p.principal.agency() == intake.profile.id.as_str());
    let fits = |peer: &&Arc<Peer>| peer.person.is_some() || peer.principal.role() == role;
    own.filter(fits)
        .map(|peer| Caller {
            system: peer.principal.to_string(),
            person: peer.person.as_ref().map(|person| person.name.clone()),
        })
        .ok_or_else(|| Refusal::new(Reason::NotPermitted).into())
}
