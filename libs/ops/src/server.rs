//! Limits that tonic leaves off, and the listening socket. Owns their numbers, one for all services (P12); refuses nothing
//! itself: hyper and tower do, by these.

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use tokio::net::TcpListener;
use tonic::transport::Server;

/// The longest message a service reads, in bytes: five events at their longest. For `max_decoding_message_size`.
pub const DECODE_LIMIT: usize = 256 * 1024;
/// The longest message a service writes, in bytes. For `max_encoding_message_size`.
pub const ENCODE_LIMIT: usize = 4 * 1024 * 1024;
/// How long a handler may take until its answer **starts**; a stream of answers goes on beyond it.
pub const REQUEST_TIMEOUT: Duration = Duration::from_secs(10);
/// Requests of one connection at work at once. More of them wait for their turn, on this connection alone, and none is refused:
/// [`STREAMS_PER_CONNECTION`] bounds how many can wait, [`REQUEST_TIMEOUT`] how long each of those before it takes.
pub const REQUESTS_PER_CONNECTION: usize = 32;
/// HTTP/2 streams open on one connection, whether at work or waiting; a client keeps what is beyond it to itself. More than the
/// 100 that clients begin with before they have read this (RFC 9113, section 6.5.2, recommends no fewer): what they send on a
/// refused stream counts as their error, and would cost them the connection.
pub const STREAMS_PER_CONNECTION: u32 = 128;
/// How long a connection takes new requests before the client has to shake hands anew.
pub const CONNECTION_AGE: Duration = Duration::from_mins(5);

const LOCAL_ERROR_RESETS: usize = 64;
const PENDING_ACCEPT_RESETS: usize = 20;
const HEADER_LIST: u32 = 8 * 1024;
const KEEPALIVE: Duration = Duration::from_secs(20);
const KEEPALIVE_TIMEOUT: Duration = Duration::from_secs(10);

/// The server with every limit set. The message limits are each service's own: [`DECODE_LIMIT`], [`ENCODE_LIMIT`].
#[must_use]
pub fn limits<L>(server: Server<L>) -> Server<L> {
    server
        .timeout(REQUEST_TIMEOUT)
        .concurrency_limit_per_connection(REQUESTS_PER_CONNECTION)
        .max_concurrent_streams(STREAMS_PER_CONNECTION)
        .max_connection_age(CONNECTION_AGE)
        .http2_keepalive_interval(Some(KEEPALIVE))
        .http2_keepalive_timeout(Some(KEEPALIVE_TIMEOUT))
        .http2_max_local_error_reset_streams(Some(LOCAL_ERROR_RESETS))
        .http2_max_pending_accept_reset_streams(Some(PENDING_ACCEPT_RESETS))
        .http2_max_header_list_size(HEADER_LIST)
}

/// Why an address can't be listened on.
#[derive(Debug, thiserror::Error)]
pub enum BindError {
    /// Something else listens there.
    #[error("{0} is taken by another process: stop that one, or configure another port")]
    InUse(SocketAddr),
    /// Not this machine's, or not for this user.
    #[error("can't listen on {address}: {source}")]
    Refused {
        /// The address.
        address: SocketAddr,
        /// What the operating system said.
        source: io::Error,
    },
}

/// Listens on `address`.
///
/// # Errors
/// [`BindError`].
pub async fn bind(address: SocketAddr) -> Result<TcpListener, BindError> {
    TcpListener::bind(address)
        .await
        .map_err(|source| match source.kind() {
            io::ErrorKind::AddrInUse => BindError::InUse(address),
            _ => BindError::Refused { address, source },
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_port_in_use_is_named_with_a_way_out() {
        let first = bind("127.0.0.1:0".parse().unwrap()).await.unwrap();
        let taken = first.local_addr().unwrap();
        let refused = bind(taken).await.unwrap_err();
        assert!(matches!(refused, BindError::InUse(address) if address == taken));
        assert!(refused.to_string().contains("another port"));
    }

    #[tokio::test]
    async fn an_address_of_another_machine_is_named() {
        let address = "192.0.2.1:0".parse().unwrap();
        assert!(matches!(
            bind(address).await,
            Err(BindError::Refused { .. })
        ));
    }

    #[test]
    fn limits_can_be_set_on_any_server() {
        let _limited = limits(Server::builder());
    }
}
