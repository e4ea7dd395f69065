//! Content keys, to the projection alone.

use std::sync::Arc;

use diogel_contract::{
    refusal::{Reason, Refusal},
    v1::{self, key_service_server::KeyService},
};
use diogel_event_log::journal::KeyState;
use diogel_identity::{Peer, Role};
use tonic::{Request, Response, Status};

use crate::{
    gate::Gate,
    intake::{Intake, unavailable},
};

/// Keys a call may ask for.
const KEYS_LIMIT: usize = 1_000;

/// Serves `KeyService`.
#[derive(Clone)]
pub(crate) struct Keys {
    pub(crate) intake: Arc<Intake>,
    pub(crate) gate: Gate,
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
        let mut keys = Vec::with_capacity(ids.len());
        for (id, state) in ids.iter().zip(states) {
            keys.push(self.key(*id, state).await?);
        }
        Ok(Response::new(v1::GetContentKeysResponse { keys }))
    }
}

impl Keys {
    async fn key(&self, event: [u8; 16], state: KeyState) -> Result<v1::ContentKey, Refusal> {
        use v1::ContentKeyState as Told;
        let (told, key) = match state {
            KeyState::Key(key) => (Told::Held, key.as_bytes().to_vec()),
            KeyState::None => (Told::None, Vec::new()),
            KeyState::Destroyed => (Told::Destroyed, Vec::new()),
            KeyState::Unknown if self.has_lost(event).await? => (Told::Lost, Vec::new()),
            KeyState::Unknown => (Told::Unknown, Vec::new()),
        };
        Ok(v1::ContentKey {
            key: key.into(),
            state: told as i32,
        })
    }

    /// Whoever asks has the event from the log. A restored journal that lacks it lost it with the disk, and a journal that has the
    /// event without its key will never have it again.
    async fn has_lost(&self, event: [u8; 16]) -> Result<bool, Refusal> {
        let found = self.intake.journal.find(event).await;
        Ok(self.gate.is_restored() || found.map_err(unavailable)?.is_some())
    }
}
