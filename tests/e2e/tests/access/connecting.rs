//! Channels over TLS with any certificate or none, as a client would that wants to be let in at any price: it believes every server
//! of the board, and doesn't mind that its own certificate was revoked. Owns telling a handshake that failed from a call that did.

use std::error::Error;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use hyper_util::rt::TokioIo;
use rustls::{ClientConfig, RootCertStore};
use rustls_pki_types::pem::PemObject;
use rustls_pki_types::{CertificateDer, PrivateKeyDer};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::net::TcpStream;
use tokio_rustls::{TlsConnector, client::TlsStream};
use tonic::Status;
use tonic::transport::{Channel, Endpoint, Uri};

use crate::certificates::Credentials;

/// What every failed handshake says first.
const NO_TLS: &str = "no TLS: ";

/// How this identity shakes hands.
pub fn tls(ca: &[u8], credentials: Option<&Credentials>) -> Arc<ClientConfig> {
    let mut roots = RootCertStore::empty();
    roots
        .add(CertificateDer::from_pem_slice(ca).expect("pem"))
        .expect("a root");
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("tls versions")
        .with_root_certificates(roots);
    let mut config = match credentials {
        None => builder.with_no_client_auth(),
        Some(credentials) => builder
            .with_client_auth_cert(
                vec![CertificateDer::from(credentials.certificate.clone())],
                PrivateKeyDer::try_from(credentials.key.clone()).expect("a key"),
            )
            .expect("a key pair"),
    };
    config.alpn_protocols = vec![b"h2".to_vec()];
    Arc::new(config)
}

/// A channel that shakes hands at its first call, and again at the next after one that failed.
pub fn channel(address: &str, tls: Arc<ClientConfig>) -> Channel {
    let address: SocketAddr = address.parse().expect("an address");
    let connector = tower::service_fn(move |_: Uri| {
        let tls = Arc::clone(&tls);
        async move { connect(address, tls).await.map(TokioIo::new) }
    });
    // To tonic the connection is plain: the connector speaks TLS.
    let endpoint = Endpoint::from_shared(format!("http://{address}")).expect("an endpoint");
    endpoint.connect_with_connector_lazy(connector)
}

/// With TLS 1.3 a client has shaken hands before the server has looked at its certificate: only the server's first word tells.
async fn connect(
    address: SocketAddr,
    tls: Arc<ClientConfig>,
) -> io::Result<BufReader<TlsStream<TcpStream>>> {
    let tcp = TcpStream::connect(address).await?;
    let name = address.ip().into();
    let shaken = TlsConnector::from(tls).connect(name, tcp).await;
    let mut stream = BufReader::new(shaken.map_err(failed)?);
    let word = stream.fill_buf().await.map_err(failed)?;
    if word.is_empty() {
        return Err(failed("closed without a word"));
    }
    Ok(stream)
}

fn failed(why: impl std::fmt::Display) -> io::Error {
    io::Error::other(format!("{NO_TLS}{why}"))
}

/// Why the handshake failed, if it was that.
pub fn why_no_tls(status: &Status) -> Option<String> {
    let mut cause: Option<&(dyn Error + 'static)> = status.source();
    while let Some(error) = cause {
        if let Some((_, why)) = error.to_string().split_once(NO_TLS) {
            return Some(why.to_owned());
        }
        cause = error.source();
    }
    None
}
