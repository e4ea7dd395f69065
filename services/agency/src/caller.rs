//! Who calls: somebody of this agency in the right role, or nobody. A certificate of another agency does nothing here.

use std::sync::Arc;

use diogel_contract::refusal::{Reason, Refusal};
use diogel_identity::{Peer, Role};
use tonic::{Request, Status};

use crate::intake::Intake;

/// The caller's name.
pub(crate) fn own<T>(request: &Request<T>, intake: &Intake, role: Role) -> Result<String, Status> {
    let peer = request.extensions().get::<Arc<Peer>>();
    let own = peer.filter(|p| p.principal.agency() == intake.profile.id.as_str());
    own.filter(|p| p.principal.role() == role)
        .map(|p| p.principal.to_string())
        .ok_or_else(|| Refusal::new(Reason::NotPermitted).into())
}
