//! Content keys from the agencies' services. Asked for until they come: an event without its key isn't admitted, and its chain
//! waits. A key that this projection lost with an older copy of its vault is fetched again.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use diogel_contract::{
    envelope::Envelope,
    v1::{self, key_service_client::KeyServiceClient},
};
use diogel_domain::ids::AgencyId;
use diogel_identity::{ContentKey, Reloading, Role, allow::Pattern, connect};
use tonic::{Status, transport::Channel};

const DEADLINE: Duration = Duration::from_secs(5);

/// Looks an agency up in the registry.
pub(crate) type Registry = Box<dyn Fn(&AgencyId) -> Option<Registered> + Send + Sync>;

/// What the registry says of an agency.
#[derive(Debug, Clone)]
pub(crate) struct Registered {
    pub(crate) endpoint: String,
    pub(crate) suspended: bool,
}

/// Where content keys come from: the agencies' services, as the registry names them.
pub(crate) struct KeySource {
    pub(crate) clients: KeyClients,
    pub(crate) registered: Registry,
}

/// What an agency's service says of an event's content key.
#[derive(Debug, Clone)]
pub(crate) enum FetchedKey {
    /// Here it is.
    Held(ContentKey),
    /// It was destroyed, or the event has no sealed content.
    Gone,
    /// Lost for good with the agency's disk. Said by a journal that was restored from a copy; whether that is true of an event that
    /// was admitted earlier, it can't know before it has recovered.
    Lost,
    /// The journal doesn't know the event, and nobody has said yet that it was restored from a copy.
    Unknown,
}

impl KeySource {
    /// Each event's key. All of one agency.
    pub(crate) async fn of(
        &self,
        agency: &AgencyId,
        events: &[&Envelope],
    ) -> Result<Vec<FetchedKey>, Status> {
        let sealed = events.iter().filter(|e| e.is_sealed());
        let sealed: Vec<[u8; 16]> = sealed.map(|e| e.event_id.0).collect();
        let mut keys = if sealed.is_empty() {
            Vec::new().into_iter()
        } else {
            let registered = (self.registered)(agency);
            let endpoint = registered
                .ok_or_else(|| Status::unavailable("the agency isn't in the registry yet"))?
                .endpoint;
            let fetched = self.clients.fetch(agency, &endpoint, &sealed).await?;
            fetched.into_iter()
        };
        let mut key = |event: &Envelope| event.is_sealed().then(|| keys.next()).flatten();
        let all = events.iter().map(|event| key(event));
        Ok(all.map(|key| key.unwrap_or(FetchedKey::Gone)).collect())
    }
}

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

    /// The keys of these events.
    pub(crate) async fn fetch(
        &self,
        agency: &AgencyId,
        endpoint: &str,
        events: &[[u8; 16]],
    ) -> Result<Vec<FetchedKey>, Status> {
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
        keys.into_iter().map(fetched).collect()
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

fn fetched(key: v1::ContentKey) -> Result<FetchedKey, Status> {
    use v1::ContentKeyState as Told;
    Ok(match key.state() {
        Told::Held => FetchedKey::Held(
            ContentKey::from_slice(&key.key)
                .ok_or_else(|| Status::internal("a content key has another length"))?,
        ),
        Told::None | Told::Destroyed => FetchedKey::Gone,
        Told::Lost => FetchedKey::Lost,
        Told::Unknown | Told::Unspecified => FetchedKey::Unknown,
    })
}
