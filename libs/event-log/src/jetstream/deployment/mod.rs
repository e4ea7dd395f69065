//! The server's configuration, generated from the agency registry. Owns the layout that keeps publishers apart (P7): the account
//! `HUB` alone has JetStream; each agency has an account of its own that holds one import, the way to its subject. Refuses a
//! registry in which two users share a certificate name, and routes under the clients' CA: whoever holds a client certificate
//! could otherwise join the cluster as a node, which may do anything.
//!
//! Users are authenticated by their client certificate (`verify_and_map`): its SAN URI is the user's name. A certificate that
//! names no user is turned away.

mod accounts;
mod rights;
mod server;
mod text;

use std::net::SocketAddr;
use std::path::PathBuf;

/// Everything that one node's configuration follows from.
#[derive(Clone, Debug)]
pub struct Deployment {
    /// This node.
    pub node: Node,
    /// The cluster that the node is part of; none for a server by itself.
    pub cluster: Option<Cluster>,
    /// The agencies and their certificates.
    pub agencies: Vec<AgencyUser>,
    /// SAN URIs of the admitting projection and its standbys.
    pub projections: Vec<String>,
    /// Projections that only follow.
    pub replicas: Vec<ReplicaUser>,
    /// SAN URIs of those who may make streams.
    pub operators: Vec<String>,
}

/// One server process.
#[derive(Clone, Debug)]
pub struct Node {
    /// Unique in the cluster.
    pub name: String,
    /// Where clients connect.
    pub listen: SocketAddr,
    /// Where streams are kept.
    pub store: PathBuf,
    /// Bytes that all streams together may take there. Make it at least the sum of the streams' limits.
    pub store_bytes: u64,
    /// The node's own certificate, and the CA that clients' certificates come from.
    pub tls: TlsFiles,
}

/// The other nodes.
#[derive(Clone, Debug)]
pub struct Cluster {
    /// The same on each node.
    pub name: String,
    /// Where the other nodes connect.
    pub listen: SocketAddr,
    /// `host:port` of each node's route listener; one's own among them does no harm.
    pub routes: Vec<String>,
    /// The node's certificate towards the others, and a CA of the nodes' own: *not* the clients'.
    pub tls: TlsFiles,
}

/// PEM files, as the server sees them.
#[derive(Clone, Debug)]
pub struct TlsFiles {
    /// The certificate chain.
    pub certificate: PathBuf,
    /// Its private key.
    pub key: PathBuf,
    /// The one CA that the other side's certificate must come from.
    pub ca: PathBuf,
}

/// An agency in the registry.
#[derive(Clone, Debug)]
pub struct AgencyUser {
    /// Its id.
    pub agency: String,
    /// SAN URIs of its service's certificates, exact.
    pub certificate_names: Vec<String>,
}

/// A follower of the order stream.
#[derive(Clone, Debug)]
pub struct ReplicaUser {
    /// Told apart by it; formed as an agency's id.
    pub name: String,
    /// SAN URIs of its certificates, exact.
    pub certificate_names: Vec<String>,
}

/// Why no configuration can be made of a deployment.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum NotDeployable {
    /// A name that could be read as something else.
    #[error("{0:?} can't stand in a server configuration")]
    Name(String),
    /// Two users with one certificate name, or an agency twice.
    #[error("{0:?} is there twice")]
    Twice(String),
    /// Nodes would accept clients' certificates as nodes'.
    #[error("the routes need a ca of their own")]
    SharedCa,
}

/// The text of a `nats-server` configuration file.
pub fn server_config(deployment: &Deployment) -> Result<String, NotDeployable> {
    let mut text = text::Text::new();
    server::write(&mut text, &deployment.node)?;
    if let Some(cluster) = &deployment.cluster {
        server::write_cluster(&mut text, cluster, &deployment.node.tls)?;
    }
    accounts::write(&mut text, deployment)?;
    Ok(text.finish())
}

#[cfg(test)]
mod tests;
