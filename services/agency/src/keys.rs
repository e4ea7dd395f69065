//! Content keys, to the projection alone. Refuses to say that a key is lost while the right journal or vault may still be put back.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

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
    /// Operators were told that a key is missing.
    told: Arc<AtomicBool>,
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
        let keys = states.into_iter().map(|state| self.key(state)).collect();
        Ok(Response::new(v1::GetContentKeysResponse { keys }))
    }
}

impl Keys {
    pub(crate) fn new(intake: Arc<Intake>, gate: Gate) -> Self {
        Self {
            intake,
            gate,
            told: Arc::default(),
        }
    }

    fn key(&self, state: KeyState) -> v1::ContentKey {
        use v1::ContentKeyState as Told;
        let (told, key) = match state {
            KeyState::Key(key) => (Told::Held, key.as_bytes().to_vec()),
            KeyState::None => (Told::None, Vec::new()),
            KeyState::Destroyed => (Told::Destroyed, Vec::new()),
            KeyState::Unknown => (self.missing(), Vec::new()),
        };
        v1::ContentKey {
            key: key.into(),
            state: told as i32,
        }
    }

    /// Whoever asks has the event from the log. That its content is lost for good is for people to say, by the mark of a restored
    /// journal: a vault that is damaged, or not the right one, may be put right.
    fn missing(&self) -> v1::ContentKeyState {
        if self.gate.is_restored() {
            return v1::ContentKeyState::Lost;
        }
        if !self.told.swap(true, Ordering::Relaxed) {
            tracing::error!(
                "the projection needs a content key that this journal lacks, and waits. Put the right vault.keys (and the journal it \
                 belongs to) back and restart; or, if there is none, put an empty file RESTORED beside signing.key and restart: then \
                 the content is lost, and its publishers are told"
            );
        }
        v1::ContentKeyState::Unknown
    }
}
