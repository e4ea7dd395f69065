//! Content keys from the agencies' services. Asked for until they come: an event without its key isn't admitted, and its chain
//! waits.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use diogel_contract::v1::{self, key_service_client::KeyServiceClient};
use diogel_domain::ids::AgencyId;
use diogel_identity::{ContentKey, Reloading, Role, allow::Pattern, connect};
use tonic::{Status, transport::Channel};

const DEADLINE: Duration = Duration::from_secs(5);

/// Connections to the agencies' services.
pub(crate) struct KeyClients {
    board: String,
    tls: Arc<Reloading>,
    channels: Mutex<BTreeMap<AgencyId, (String, Channel)>>,
}

impl KeyClients {
    pub(crate) fn new(board: String, tls: Arc<Reloading>) -> Self {
        Self {
            board,
            tls,
            channels: Mutex::default(),
        }
    }

    /// The keys of these events; none where the key was destroyed or there never was one.
    pub(crate) async fn fetch(
        &self,
        agency: &AgencyId,
        endpoint: &str,
        events: &[[u8; 16]],
    ) -> Result<Vec<Option<ContentKey>>, Status> {
        let mut client = KeyServiceClient::new(self.channel(agency, endpoint)?);
        let event_ids = events.iter().map(|id| id.to_vec().into()).collect();
        let mut request = tonic::Request::new(v1::GetContentKeysRequest { event_ids });
        request.set_timeout(DEADLINE);
        let keys = client.get_content_keys(request).await?.into_inner().keys;
        if keys.len() != events.len() {
            return Err(Status::internal(
                "the agency's service answered another number of keys",
            ));
        }
        let key = |key: v1::ContentKey| match (key.destroyed, key.key.is_empty()) {
            (true, _) | (false, true) => Ok(None),
            (false, false) => ContentKey::from_slice(&key.key)
                .map(Some)
                .ok_or_else(|| Status::internal("a content key has another length")),
        };
        keys.into_iter().map(key).collect()
    }

    fn channel(&self, agency: &AgencyId, endpoint: &str) -> Result<Channel, Status> {
        let mut channels = self.channels.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((known, channel)) = channels.get(agency)
            && known == endpoint
        {
            return Ok(channel.clone());
        }
        let internal = |e: &dyn std::fmt::Display| Status::internal(e.to_string());
        let expected = Pattern::of_role(&self.board, Some(agency.as_str()), Role::Service)
            .map_err(|e| internal(&e))?;
        let channel =
            connect(endpoint, self.tls.clone(), Some(expected)).map_err(|e| internal(&e))?;
        channels.insert(agency.clone(), (endpoint.to_owned(), channel.clone()));
        Ok(channel)
    }
}
