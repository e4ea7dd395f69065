//! A provider's keys, fetched from where it publishes them. Owns how often that is, and for how long they count once nobody
//! answers any more; refuses an answer that is longer than any list of keys.

use std::sync::Arc;
use std::time::{Duration, Instant};

use arc_swap::ArcSwapOption;
use jsonwebtoken::jwk::JwkSet;
use reqwest::{Certificate, Client, ClientBuilder, redirect::Policy};
use tokio::sync::Notify;

/// How often they are fetched.
const EVERY: Duration = Duration::from_mins(5);
/// How often at most, when somebody comes with a key that isn't among them: the provider may have a new one.
const SOONEST: Duration = Duration::from_secs(10);
/// How long they count if they can't be fetched anew.
pub const FETCHED_FOR: Duration = Duration::from_hours(1);
const PATIENCE: Duration = Duration::from_secs(5);
const LONGEST: usize = 64 * 1024;

/// Keys as they were fetched last.
#[derive(Default)]
pub(super) struct Fetched {
    held: ArcSwapOption<Held>,
    wanted: Notify,
}

struct Held {
    from: String,
    keys: Arc<JwkSet>,
    at: Instant,
}

impl Fetched {
    /// The keys of this address, if they still count.
    pub(super) fn keys(&self, from: &str) -> Option<Arc<JwkSet>> {
        let held = self.held.load();
        let held = held.as_ref().filter(|held| held.from == from)?;
        (held.at.elapsed() < FETCHED_FOR).then(|| Arc::clone(&held.keys))
    }

    /// Somebody came with a key that isn't among them.
    pub(super) fn unknown(&self) {
        self.wanted.notify_one();
    }

    /// Fetches them; what was there before stays if that fails.
    pub(super) async fn fetch(&self, from: &str, ca: Option<&[u8]>) -> Result<(), String> {
        let keys = fetch(from, ca).await?;
        self.held.store(Some(Arc::new(Held {
            from: from.to_owned(),
            keys: Arc::new(keys),
            at: Instant::now(),
        })));
        Ok(())
    }

    /// Returns when they are to be fetched again.
    pub(super) async fn due(&self) {
        tokio::time::sleep(SOONEST).await;
        let _either = tokio::time::timeout(EVERY, self.wanted.notified()).await;
    }
}

async fn fetch(from: &str, ca: Option<&[u8]>) -> Result<JwkSet, String> {
    let said = |error: reqwest::Error| error.without_url().to_string();
    let client = client(ca)?.build().map_err(|e| e.to_string())?;
    let mut answer = client.get(from).send().await.map_err(said)?;
    if !answer.status().is_success() {
        return Err(format!("answered {}", answer.status()));
    }
    let mut bytes = Vec::new();
    while let Some(chunk) = answer.chunk().await.map_err(said)? {
        bytes.extend_from_slice(&chunk);
        if bytes.len() > LONGEST {
            return Err("answered with more than 64 KiB".into());
        }
    }
    serde_json::from_slice(&bytes).map_err(|e| e.to_string())
}

/// A client of the provider's: it follows no redirection, which could lead anywhere.
///
/// # Errors
/// When `ca` holds no certificate.
pub fn client(ca: Option<&[u8]>) -> Result<ClientBuilder, String> {
    let said = |error: reqwest::Error| error.to_string();
    // The tree's only provider of cryptography; the library asks for one of the process. A second call changes nothing.
    let _there_already = rustls::crypto::ring::default_provider().install_default();
    let mut building = Client::builder()
        .https_only(true)
        .redirect(Policy::none())
        .timeout(PATIENCE)
        .tls_version_min(reqwest::tls::Version::TLS_1_2);
    if let Some(pem) = ca {
        let roots = Certificate::from_pem_bundle(pem).map_err(said)?;
        building = building.tls_certs_only(roots);
    }
    Ok(building)
}
