//! Addresses for a hub's services.

use std::net::{Ipv4Addr, SocketAddr, TcpListener};

use crate::failure::Failure;

/// Ports that are free now. Kept in `hub.toml`, so that addresses stay the same: they lie below those that the system gives to
/// outgoing connections, which would take one while its service is down. Where the search begins differs from process to
/// process, so that two hubs made at once don't choose the same.
pub(super) fn free(count: usize) -> Result<Vec<SocketAddr>, Failure> {
    let (first, last) = (20_000, 32_000_u16);
    let spread = std::process::id().wrapping_mul(37) % u32::from(last - first);
    let start = first + u16::try_from(spread).unwrap_or(0);
    let ports = (start..last).chain(first..start);
    let free = ports.filter_map(|port| TcpListener::bind((Ipv4Addr::LOCALHOST, port)).ok());
    let listeners: Vec<TcpListener> = free.take(count).collect();
    if listeners.len() < count {
        let text = format!("{count} free ports are needed between {first} and {last}");
        return Err(Failure::Other(text));
    }
    listeners
        .iter()
        .map(|l| l.local_addr().map_err(Failure::other))
        .collect()
}
