//! A CA made for one test, and certificates from it.

use std::net::{IpAddr, Ipv4Addr};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use diogel_event_log::jetstream::deployment::TlsFiles;
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair, SanType};
use rustls::{ClientConfig, RootCertStore};
use rustls_pki_types::pem::PemObject;
use rustls_pki_types::{CertificateDer, PrivateKeyDer};

/// A certificate authority.
pub struct Authority {
    issuer: CertifiedIssuer<'static, KeyPair>,
}

/// A certificate with its key.
pub struct Credentials {
    certificate: String,
    key: String,
}

impl Authority {
    /// One that nobody else trusts.
    pub fn new() -> Self {
        let mut params = CertificateParams::default();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().expect("a key");
        Self {
            issuer: CertifiedIssuer::self_signed(params, key).expect("a ca"),
        }
    }

    /// A certificate whose only name is this URI.
    pub fn client(&self, uri: &str) -> Credentials {
        self.issue(vec![SanType::URI(uri.try_into().expect("a uri"))])
    }

    /// A certificate for a server on this machine.
    pub fn server(&self) -> Credentials {
        self.issue(vec![
            SanType::IpAddress(IpAddr::V4(Ipv4Addr::LOCALHOST)),
            SanType::DnsName("localhost".try_into().expect("a name")),
        ])
    }

    fn issue(&self, names: Vec<SanType>) -> Credentials {
        let mut params = CertificateParams::default();
        params.subject_alt_names = names;
        let key = KeyPair::generate().expect("a key");
        let certificate = params.signed_by(&key, &self.issuer).expect("a certificate");
        Credentials {
            certificate: certificate.pem(),
            key: key.serialize_pem(),
        }
    }

    /// How a client with these credentials connects: this CA is its only root.
    pub fn tls(&self, credentials: &Credentials) -> ClientConfig {
        let mut roots = RootCertStore::empty();
        roots.add(self.issuer.der().clone()).expect("a root");
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let builder = ClientConfig::builder_with_provider(provider);
        let builder = builder
            .with_safe_default_protocol_versions()
            .expect("tls versions");
        let (chain, key) = credentials.der();
        builder
            .with_root_certificates(roots)
            .with_client_auth_cert(chain, key)
            .expect("a key pair")
    }

    /// Writes the CA and the credentials where a server can read them.
    pub(crate) fn write(&self, folder: &Path, name: &str, credentials: &Credentials) -> TlsFiles {
        let file = |part: &str, text: &str| -> PathBuf {
            let path = folder.join(format!("{name}-{part}.pem"));
            std::fs::write(&path, text).expect("a file");
            path
        };
        TlsFiles {
            certificate: file("certificate", &credentials.certificate),
            key: file("key", &credentials.key),
            ca: file("ca", &self.issuer.pem()),
        }
    }
}

impl Default for Authority {
    fn default() -> Self {
        Self::new()
    }
}

impl Credentials {
    fn der(&self) -> (Vec<CertificateDer<'static>>, PrivateKeyDer<'static>) {
        let certificate = CertificateDer::from_pem_slice(self.certificate.as_bytes());
        let key = PrivateKeyDer::from_pem_slice(self.key.as_bytes());
        (vec![certificate.expect("pem")], key.expect("pem"))
    }
}
