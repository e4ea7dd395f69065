//! Calling another service over mTLS. Owns the channel, its reconnecting and the check that the server is the one meant;
//! refuses a server that only has the right host name.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use hyper_util::rt::TokioIo;
use rustls::pki_types::ServerName;
use time::OffsetDateTime;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tonic::transport::{Channel, Endpoint, Uri};

use crate::allow::Pattern;
use crate::peer::Peer;
use crate::reload::Reloading;

/// How long connecting and shaking hands may take together.
pub const CONNECT_TIMEOUT: Duration = Duration::from_secs(3);
/// Keepalive pings, also while nothing is asked, so that a dead server is noticed before it is needed.
pub const KEEPALIVE: Duration = Duration::from_secs(20);
/// How long a server may take to answer a ping.
pub const KEEPALIVE_TIMEOUT: Duration = Duration::from_secs(10);

/// Why an endpoint can't be called at all.
#[derive(Debug, thiserror::Error)]
pub enum ConnectError {
    /// Not `https://host:port`.
    #[error("{0:?} isn't an endpoint: https://host:port is")]
    Endpoint(String),
}

/// A channel to `endpoint` (`https://host:port`), which connects when first used and again after each failure. The server
/// has to be certified for that host, not revoked, and match `expected`. Inside a tokio runtime.
///
/// A call fails with `UNAVAILABLE` while there is no connection. Deadlines per call are the caller's.
///
/// # Errors
/// [`ConnectError::Endpoint`].
pub fn connect(
    endpoint: &str,
    tls: Arc<Reloading>,
    expected: Option<Pattern>,
) -> Result<Channel, ConnectError> {
    let target = Arc::new(Target::new(endpoint, tls, expected)?);
    let connector = tower::service_fn(move |_: Uri| {
        let target = target.clone();
        async move { target.connect().await.map(TokioIo::new) }
    });
    Ok(limits(plain(endpoint)?).connect_with_connector_lazy(connector))
}

/// To tonic the connection is plain: it is this module's connector that speaks TLS.
fn plain(endpoint: &str) -> Result<Endpoint, ConnectError> {
    let refused = || ConnectError::Endpoint(endpoint.to_owned());
    let address = endpoint.strip_prefix("https://").ok_or_else(refused)?;
    Endpoint::from_shared(format!("http://{address}")).map_err(|_| refused())
}

fn limits(endpoint: Endpoint) -> Endpoint {
    endpoint
        .connect_timeout(CONNECT_TIMEOUT)
        .http2_keep_alive_interval(KEEPALIVE)
        .keep_alive_timeout(KEEPALIVE_TIMEOUT)
        .keep_alive_while_idle(true)
}

struct Target {
    host: String,
    port: u16,
    name: ServerName<'static>,
    tls: Arc<Reloading>,
    expected: Option<Pattern>,
}

impl Target {
    fn new(
        endpoint: &str,
        tls: Arc<Reloading>,
        expected: Option<Pattern>,
    ) -> Result<Self, ConnectError> {
        let refused = || ConnectError::Endpoint(endpoint.to_owned());
        let uri: Uri = endpoint.parse().map_err(|_| refused())?;
        let (Some("https"), Some(host), Some(port)) =
            (uri.scheme_str(), uri.host(), uri.port_u16())
        else {
            return Err(refused());
        };
        let host = host.trim_matches(['[', ']']).to_owned();
        let name = ServerName::try_from(host.clone()).map_err(|_| refused())?;
        Ok(Self {
            host,
            port,
            name,
            tls,
            expected,
        })
    }

    async fn connect(&self) -> io::Result<ServerStream> {
        let tcp = TcpStream::connect((self.host.as_str(), self.port)).await?;
        tcp.set_nodelay(true)?;
        let config = self.tls.current().client.clone();
        let stream = TlsConnector::from(config)
            .connect(self.name.clone(), tcp)
            .await?;
        let peer = self.checked(&stream).inspect_err(|error| {
            tracing::warn!(host = self.host, port = self.port, %error, "the server is refused");
        })?;
        Ok(ServerStream {
            stream,
            peer,
            tls: self.tls.clone(),
        })
    }

    fn checked(&self, stream: &TlsStream<TcpStream>) -> io::Result<Peer> {
        let certificates = stream.get_ref().1.peer_certificates().unwrap_or_default();
        let der = certificates.first().map_or(&[][..], |der| der.as_ref());
        let peer = Peer::from_certificate(der).map_err(io::Error::other)?;
        match &self.expected {
            Some(pattern) if !pattern.matches(&peer.principal) => Err(io::Error::other(format!(
                "{} is not {pattern}",
                peer.principal
            ))),
            _ => Ok(peer),
        }
    }
}

/// A connection to a server. Fails as soon as the server's certificate is revoked, before another byte is read (P8): an
/// open stream of answers would else outlive the revocation.
struct ServerStream {
    stream: TlsStream<TcpStream>,
    peer: Peer,
    tls: Arc<Reloading>,
}

impl ServerStream {
    fn admitted(&self) -> io::Result<()> {
        self.tls
            .admits(&self.peer, OffsetDateTime::now_utc())
            .map_err(io::Error::other)
    }
}

impl AsyncRead for ServerStream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        self.admitted()?;
        Pin::new(&mut self.stream).poll_read(cx, buf)
    }
}

impl AsyncWrite for ServerStream {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.admitted()?;
        Pin::new(&mut self.stream).poll_write(cx, buf)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.admitted()?;
        Pin::new(&mut self.stream).poll_write_vectored(cx, bufs)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}
