//! Accepting mTLS connections. Owns the handshakes, bounded in number and time, and the peer that each connection carries;
//! refuses peers without one exact name. A failed handshake ends nothing but itself, and fills no log (P12).

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, mpsc};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;
use tokio_stream::Stream;
use tokio_stream::wrappers::ReceiverStream;
use tonic::transport::server::Connected;

use crate::peer::Peer;
use crate::reload::Reloading;
use crate::share::{Place, Shares};
use crate::turned_away::TurnedAway;

/// Handshakes at once; others wait in the kernel's queue.
pub const HANDSHAKES: usize = 256;
/// How long a handshake may take.
pub const HANDSHAKE_TIMEOUT: Duration = Duration::from_secs(5);
/// After a failed accept (out of file descriptors) the next try would fail as well.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);

/// Who is at the other end, as tonic puts it into each request's extensions. Handlers don't read this but the
/// `Arc<Peer>` that [`crate::guard::Guard`] puts beside it, so that a service without a guard knows nobody.
#[derive(Debug, Clone)]
pub struct Connection {
    pub(crate) peer: Arc<Peer>,
    /// Where it calls from.
    pub remote: SocketAddr,
}

/// An accepted connection whose peer was verified.
pub struct PeerStream {
    stream: TlsStream<TcpStream>,
    connection: Connection,
    _place: Place,
}

/// Accepts on `listener` under the TLS state in force at each handshake, until the stream is dropped. For tonic's
/// `serve_with_incoming_shutdown`. Inside a tokio runtime.
pub fn incoming(
    listener: TcpListener,
    tls: Arc<Reloading>,
) -> impl Stream<Item = Result<PeerStream, io::Error>> + Send + Unpin + 'static {
    let (ready, accepted) = mpsc::channel(HANDSHAKES);
    tokio::spawn(async move {
        tokio::select! {
            () = ready.closed() => {}
            () = accept(&listener, &tls, &ready) => {}
        }
    });
    ReceiverStream::new(accepted)
}

type Ready = mpsc::Sender<Result<PeerStream, io::Error>>;

async fn accept(listener: &TcpListener, tls: &Arc<Reloading>, ready: &Ready) {
    let handshakes = Arc::new(Semaphore::new(HANDSHAKES));
    let (shares, away) = (Shares::default(), Arc::new(TurnedAway::default()));
    while let Ok(permit) = handshakes.clone().acquire_owned().await {
        match listener.accept().await {
            Ok((tcp, remote)) => {
                let (tls, ready, shares) = (tls.clone(), ready.clone(), shares.clone());
                let away = away.clone();
                tokio::spawn(async move {
                    match handshake(tcp, remote, &tls, &shares).await {
                        Ok(stream) => {
                            let _server_gone = ready.send(Ok(stream)).await;
                        }
                        Err(error) => away.say(remote, &error),
                    }
                    drop(permit);
                });
            }
            Err(error) => {
                tracing::warn!(%error, "accepting a connection failed");
                tokio::time::sleep(ACCEPT_PAUSE).await;
            }
        }
    }
}

async fn handshake(
    tcp: TcpStream,
    remote: SocketAddr,
    tls: &Reloading,
    shares: &Shares,
) -> io::Result<PeerStream> {
    let shaken = tokio::time::timeout(HANDSHAKE_TIMEOUT, shake(tcp, tls)).await;
    shaken
        .unwrap_or_else(|elapsed| Err(elapsed.into()))
        .and_then(|(stream, peer)| {
            let full = || io::Error::other("the principal has too many connections");
            let place = shares.take(&peer.principal).ok_or_else(full)?;
            let connection = Connection {
                peer: Arc::new(peer),
                remote,
            };
            Ok(PeerStream {
                stream,
                connection,
                _place: place,
            })
        })
}

async fn shake(tcp: TcpStream, tls: &Reloading) -> io::Result<(TlsStream<TcpStream>, Peer)> {
    tcp.set_nodelay(true)?;
    let config = tls.current().server.clone();
    let stream = TlsAcceptor::from(config).accept(tcp).await?;
    let certificates = stream.get_ref().1.peer_certificates().unwrap_or_default();
    let der = certificates.first().map_or(&[][..], |der| der.as_ref());
    let peer = Peer::from_certificate(der).map_err(io::Error::other)?;
    Ok((stream, peer))
}

impl Connected for PeerStream {
    type ConnectInfo = Connection;

    fn connect_info(&self) -> Connection {
        self.connection.clone()
    }
}

impl AsyncRead for PeerStream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, buf)
    }
}

impl AsyncWrite for PeerStream {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(cx, buf)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
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
