//! Content keys, to the projection alone.

use std::sync::Arc;

use diogel_contract::{
    refusal::{Reason, Refusal},
    v1::{self, key_service_server::KeyService},
};
use diogel_event_log::journal::KeyState;
use diogel_identity::{Peer, Role};
use tonic::{Request, Response, Status};

use crate::intake::{Intake, unavailable};

/// Keys a call may ask for.
const KEYS_LIMIT: usize = 1_000;

/// Serves `KeyService`.
#[derive(Clone)]
pub(crate) struct Keys {
    pub(crate) intake: Arc<Intake>,
}

#[tonic::async_trait]
impl KeyService for Keys {
    async fn get_content_keys(
        &self,
        request: Request<v1::GetContentKeysRequest>,
    ) -> Result<Response<v1::GetContentKeysResponse>, Status> {
        let peer = request.extensions().get::<Arc<Peer>>();
        // The allowlist says the same; a key that leaves by a slip in it can't be called back.
        if peer.is_none_or(|p| p.principal.role() != Role::Projection) {
            return Err(Refusal::new(Reason::NotPermitted).into());
        }
        let ids = request.into_inner().event_ids;
        if ids.len() > KEYS_LIMIT {
            return Err(Refusal::field("event_ids", "has more than 1,000 entries").into());
        }
        let ids: Option<Vec<[u8; 16]>> = ids.iter().map(|id| id.as_ref().try_into().ok()).collect();
        let ids =
            ids.ok_or_else(|| Refusal::field("event_ids", "has an entry that isn't 16 bytes"))?;
        let states = self.intake.journal.content_keys(&ids).await;
        let states = states.map_err(unavailable)?;
        let keys = states
            .into_iter()
            .map(key)
            .collect::<Result<_, Refusal>>()?;
        Ok(Response::new(v1::GetContentKeysResponse { keys }))
    }
}

fn key(state: KeyState) -> Result<v1::ContentKey, Refusal> {
    match state {
        KeyState::Key(key) => Ok(v1::ContentKey {
            key: key.as_bytes().to_vec().into(),
            destroyed: false,
        }),
        KeyState::None => Ok(v1::ContentKey::default()),
        KeyState::Destroyed => Ok(v1::ContentKey {
            destroyed: true,
            ..v1::ContentKey::default()
        }),
        KeyState::Unknown => Err(Refusal::new(Reason::NotFound)),
    }
}
