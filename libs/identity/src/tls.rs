//! One state of the files that TLS rests on. Owns reading them and building both rustls configurations: TLS 1.3 only, client
//! certificates always, revocation with its expiry enforced, no resumption. Refuses files that don't fit together.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustls::client::WebPkiServerVerifier;
use rustls::crypto::CryptoProvider;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, CertificateRevocationListDer, PrivateKeyDer};
use rustls::server::{NoServerSessionStorage, WebPkiClientVerifier};
use rustls::version::TLS13;
use rustls::{ClientConfig, RootCertStore, ServerConfig};
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use zeroize::Zeroizing;

use crate::peer::{Peer, PeerError};
use crate::private_file::read_private;
use crate::reload::{CERTIFICATE_WARNING, CRL_WARNING, Files};
use crate::revocation::{RevocationError, Revocations};

const ALPN_H2: &[u8] = b"h2";

/// The four files of a machine's identity, PEM.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TlsFiles {
    /// The board's authority.
    pub ca: PathBuf,
    /// The machine's certificate.
    pub cert: PathBuf,
    /// Its private key, mode 0600.
    pub key: PathBuf,
    /// The authority's revocation list.
    pub crl: PathBuf,
}

/// Why the files give no TLS.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// A file can't be read, or holds a key and may be read by others.
    #[error("{path}: {source}")]
    File {
        /// The file.
        path: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },
    /// A file isn't the PEM it should be.
    #[error("{path} holds no {what} in PEM")]
    Pem {
        /// The file.
        path: PathBuf,
        /// What it should hold.
        what: &'static str,
    },
    /// The revocation list can't be relied on.
    #[error("{path}: {source}")]
    Revocation {
        /// The revocation list.
        path: PathBuf,
        /// What is wrong with it.
        source: RevocationError,
    },
    /// The own certificate names nobody.
    #[error("{path}: {source}")]
    Own {
        /// The certificate.
        path: PathBuf,
        /// What is wrong with it.
        source: PeerError,
    },
    /// The certificate and the key don't belong together, or rustls refuses one of them.
    #[error("certificate, key and authority don't fit together: {0}")]
    Rustls(String),
}

/// The bytes of the files at one moment.
#[derive(PartialEq, Eq)]
pub struct Contents {
    ca: Vec<u8>,
    cert: Vec<u8>,
    key: Zeroizing<Vec<u8>>,
    crl: Vec<u8>,
}

impl Files for TlsFiles {
    type Contents = Contents;
    type State = TlsState;
    type Error = TlsError;
    const WHAT: &'static str = "certificates, authority or revocation list";

    fn read(&self) -> Result<Contents, TlsError> {
        Ok(Contents {
            ca: fs::read(&self.ca).map_err(|e| file(&self.ca, e))?,
            cert: fs::read(&self.cert).map_err(|e| file(&self.cert, e))?,
            key: Zeroizing::new(read_private(&self.key).map_err(|e| file(&self.key, e))?),
            crl: fs::read(&self.crl).map_err(|e| file(&self.crl, e))?,
        })
    }

    fn state(&self, contents: &Contents) -> Result<TlsState, TlsError> {
        TlsState::from_contents(self, contents)
    }

    fn warn_of_ends(&self, state: &TlsState, now: OffsetDateTime) {
        let list_ends = state.revocations.holds_until();
        if list_ends - now < CRL_WARNING {
            tracing::warn!(ends = %list_ends, file = %self.crl.display(),
                "the revocation list ends soon; from then on nobody is admitted: sign it anew");
        }
        if state.own.not_after - now < CERTIFICATE_WARNING {
            tracing::warn!(ends = %state.own.not_after, file = %self.cert.display(),
                "this machine's certificate ends soon: issue another");
        }
    }
}

/// What one state of the files amounts to.
pub struct TlsState {
    /// For accepting connections.
    pub server: Arc<ServerConfig>,
    /// For making connections.
    pub client: Arc<ClientConfig>,
    /// The serials that are revoked, and until when the list holds.
    pub revocations: Revocations,
    /// This machine, by its own certificate.
    pub own: Peer,
}

impl TlsState {
    /// For making connections that don't speak HTTP/2, as to a NATS server.
    pub fn plain_client(&self) -> ClientConfig {
        let mut config = (*self.client).clone();
        config.alpn_protocols.clear();
        config
    }

    fn from_contents(files: &TlsFiles, contents: &Contents) -> Result<Self, TlsError> {
        let authorities = certificates(&files.ca, &contents.ca)?;
        let chain = certificates(&files.cert, &contents.cert)?;
        let key = PrivateKeyDer::from_pem_slice(&contents.key)
            .map_err(|_| pem(&files.key, "private key"))?;
        let lists = lists(&files.crl, &contents.crl)?;
        let revocations =
            Revocations::verified(&lists, &authorities).map_err(|source| TlsError::Revocation {
                path: files.crl.clone(),
                source,
            })?;
        let own = Peer::from_certificate(chain.first().map_or(&[], |der| der.as_ref())).map_err(
            |source| TlsError::Own {
                path: files.cert.clone(),
                source,
            },
        )?;
        let trust = Trust {
            roots: roots(&authorities)?,
            lists,
            chain,
            key,
        };
        Ok(Self {
            server: trust.server()?,
            client: trust.client()?,
            revocations,
            own,
        })
    }
}

struct Trust {
    roots: Arc<RootCertStore>,
    lists: Vec<CertificateRevocationListDer<'static>>,
    chain: Vec<CertificateDer<'static>>,
    key: PrivateKeyDer<'static>,
}

impl Trust {
    fn server(&self) -> Result<Arc<ServerConfig>, TlsError> {
        let verifier = WebPkiClientVerifier::builder_with_provider(self.roots.clone(), provider())
            .with_crls(self.lists.clone())
            .enforce_revocation_expiration()
            .build()
            .map_err(refused)?;
        let mut config = ServerConfig::builder_with_provider(provider())
            .with_protocol_versions(&[&TLS13])
            .map_err(refused)?
            .with_client_cert_verifier(verifier)
            .with_single_cert(self.chain.clone(), self.key.clone_key())
            .map_err(refused)?;
        // Resumption restores a client without verifying it, revoked or not (P8).
        config.session_storage = Arc::new(NoServerSessionStorage {});
        config.send_tls13_tickets = 0;
        config.alpn_protocols = vec![ALPN_H2.to_vec()];
        Ok(Arc::new(config))
    }

    fn client(&self) -> Result<Arc<ClientConfig>, TlsError> {
        let verifier = WebPkiServerVerifier::builder_with_provider(self.roots.clone(), provider())
            .with_crls(self.lists.clone())
            .enforce_revocation_expiration()
            .build()
            .map_err(refused)?;
        let mut config = ClientConfig::builder_with_provider(provider())
            .with_protocol_versions(&[&TLS13])
            .map_err(refused)?
            .with_webpki_verifier(verifier)
            .with_client_auth_cert(self.chain.clone(), self.key.clone_key())
            .map_err(refused)?;
        config.resumption = rustls::client::Resumption::disabled();
        config.alpn_protocols = vec![ALPN_H2.to_vec()];
        Ok(Arc::new(config))
    }
}

/// Named wherever a configuration is made: no process-wide default that another crate could set first.
fn provider() -> Arc<CryptoProvider> {
    Arc::new(rustls::crypto::ring::default_provider())
}

fn roots(authorities: &[CertificateDer<'static>]) -> Result<Arc<RootCertStore>, TlsError> {
    let mut roots = RootCertStore::empty();
    authorities
        .iter()
        .try_for_each(|der| roots.add(der.clone()))
        .map_err(refused)?;
    Ok(Arc::new(roots))
}

fn certificates(path: &Path, bytes: &[u8]) -> Result<Vec<CertificateDer<'static>>, TlsError> {
    let found: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(bytes).collect();
    found
        .ok()
        .filter(|all| !all.is_empty())
        .ok_or_else(|| pem(path, "certificate"))
}

fn lists(
    path: &Path,
    bytes: &[u8],
) -> Result<Vec<CertificateRevocationListDer<'static>>, TlsError> {
    let found: Result<Vec<_>, _> = CertificateRevocationListDer::pem_slice_iter(bytes).collect();
    found
        .ok()
        .filter(|all| !all.is_empty())
        .ok_or_else(|| pem(path, "revocation list"))
}

fn pem(path: &Path, what: &'static str) -> TlsError {
    TlsError::Pem {
        path: path.to_owned(),
        what,
    }
}

fn file(path: &Path, source: io::Error) -> TlsError {
    TlsError::File {
        path: path.to_owned(),
        source,
    }
}

fn refused(error: impl std::fmt::Display) -> TlsError {
    TlsError::Rustls(error.to_string())
}
