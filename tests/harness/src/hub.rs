//! A board's NATS: one server or three, with users for every role.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use diogel_event_log::jetstream::deployment::{
    AgencyUser, Cluster, Deployment, Node as NodeSettings, ReplicaUser,
};
use diogel_event_log::jetstream::names::Role;
use diogel_event_log::jetstream::{Access, Link, Streams, setup};
use diogel_event_log::log::LogError;
use tempfile::TempDir;

use crate::authority::{Authority, Credentials};
use crate::folder;
use crate::node::{Node, free_address};

/// The replica that has a user.
pub(crate) const REPLICA: &str = "reader";
/// How long a cluster may take to elect leaders.
const PATIENCE: Duration = Duration::from_mins(1);
const READY: Duration = Duration::from_secs(20);

/// Running servers, with the streams made. Everything is gone once it is dropped.
pub struct Hub {
    // Before the folder, so that the processes end first.
    nodes: Vec<Node>,
    folder: TempDir,
    clients: Authority,
    routes: Authority,
    agencies: Vec<String>,
    streams: Streams,
}

impl Hub {
    /// One server.
    pub async fn start(agencies: &[&str]) -> Self {
        Self::launch(agencies, 1, &std::env::temp_dir()).await
    }

    /// One server whose store lies below this folder.
    pub async fn start_in(folder: &Path, agencies: &[&str]) -> Self {
        Self::launch(agencies, 1, folder).await
    }

    /// A cluster of three, each stream on all of them.
    pub async fn cluster(agencies: &[&str]) -> Self {
        Self::launch(agencies, 3, &std::env::temp_dir()).await
    }

    async fn launch(agencies: &[&str], count: usize, folder: &Path) -> Self {
        let mut hub = Self {
            nodes: Vec::new(),
            folder: tempfile::tempdir_in(folder).expect("a folder"),
            clients: Authority::new(),
            routes: Authority::new(),
            agencies: agencies.iter().map(ToString::to_string).collect(),
            streams: Streams {
                replicas: count,
                agency_bytes: 64 << 20,
                order_bytes: 64 << 20,
            },
        };
        let routes: Vec<_> = (0..count).map(|_| free_address()).collect();
        for n in 0..count {
            let node = hub.node(n, &routes);
            hub.nodes.push(node);
        }
        for n in 0..count {
            hub.nodes[n].start();
        }
        for n in 0..count {
            hub.nodes[n].wait().await;
        }
        hub.make_streams().await;
        hub
    }

    fn node(&self, n: usize, routes: &[SocketAddr]) -> Node {
        let folder = self.folder.path().join(format!("node-{n}"));
        std::fs::create_dir_all(&folder).expect("a folder");
        Node::new(&folder, self.deployment(&folder, n, routes))
    }

    fn deployment(&self, folder: &Path, n: usize, routes: &[SocketAddr]) -> Deployment {
        Deployment {
            node: NodeSettings {
                name: format!("node-{n}"),
                listen: free_address(),
                store: folder.join("store"),
                store_bytes: 4 << 30,
                tls: self
                    .clients
                    .write(folder, "clients", &self.clients.server()),
            },
            cluster: (routes.len() > 1).then(|| self.cluster_of(folder, n, routes)),
            agencies: self
                .agencies
                .iter()
                .map(|agency| agency_user(agency))
                .collect(),
            projections: vec![certificate_name(&Role::Projection)],
            replicas: vec![ReplicaUser {
                name: REPLICA.to_owned(),
                certificate_names: vec![certificate_name(&Role::Replica(REPLICA.to_owned()))],
            }],
            operators: vec![certificate_name(&Role::Operator)],
        }
    }

    fn cluster_of(&self, folder: &Path, n: usize, routes: &[SocketAddr]) -> Cluster {
        Cluster {
            name: "harness".to_owned(),
            listen: routes[n],
            routes: routes.iter().map(ToString::to_string).collect(),
            tls: self.routes.write(folder, "routes", &self.routes.server()),
        }
    }

    /// Makes the streams, if they are not there. A cluster needs a while until it has a leader that can.
    pub async fn make_streams(&self) {
        let operator = self.link(Role::Operator).await;
        let agencies: Vec<_> = self.agencies.iter().map(String::as_str).collect();
        let until = tokio::time::Instant::now() + PATIENCE;
        loop {
            match setup(&operator, &agencies, &self.streams).await {
                Err(LogError::Unavailable(_)) if tokio::time::Instant::now() < until => {
                    tokio::time::sleep(Duration::from_millis(200)).await;
                }
                made => return made.expect("streams are made"),
            }
        }
    }

    /// What the streams were made with.
    pub fn streams(&self) -> Streams {
        self.streams
    }

    /// The follower that has a user.
    pub fn replica(&self) -> Role {
        Role::Replica(REPLICA.to_owned())
    }

    /// A connection as this user, connected.
    pub async fn link(&self, role: Role) -> Link {
        let link = Link::open(self.access(role)).await.expect("a link");
        link.wait_ready(READY).await.expect("a connection");
        link
    }

    /// What this user connects with.
    pub fn access(&self, role: Role) -> Access {
        let credentials = self.clients.client(&certificate_name(&role));
        Access {
            servers: self.servers(),
            role,
            tls: self.clients.tls(&credentials),
        }
    }

    /// The clients' CA, for certificates that the registry doesn't know.
    pub fn clients(&self) -> &Authority {
        &self.clients
    }

    /// The CA of the cluster's nodes.
    pub fn routes(&self) -> &Authority {
        &self.routes
    }

    /// A further server that tries to join the cluster with this route certificate; it ends when it is dropped.
    pub async fn join(&self, credentials: &Credentials) -> impl Drop + use<> {
        let folder = self
            .folder
            .path()
            .join(format!("joining-{}", free_address().port()));
        std::fs::create_dir_all(&folder).expect("a folder");
        let mut deployment = self.deployment(&folder, self.nodes.len(), &[]);
        let routes: Vec<_> = self.nodes.iter().filter_map(Node::route).collect();
        let listen = free_address();
        deployment.cluster = Some(Cluster {
            name: "harness".to_owned(),
            listen,
            routes: routes.iter().map(ToString::to_string).collect(),
            tls: self.routes.write(&folder, "routes", credentials),
        });
        let mut node = Node::new(&folder, deployment);
        node.start();
        node.wait().await;
        node
    }

    /// Addresses of all nodes.
    pub fn servers(&self) -> Vec<String> {
        self.nodes
            .iter()
            .map(|node| format!("tls://{}", node.listen()))
            .collect()
    }

    /// `kill -9`.
    pub fn kill(&mut self, node: usize) {
        self.nodes[node].kill();
    }

    /// Takes an agency out of the registry: every running node reads its configuration again.
    pub fn dismiss(&mut self, agency: &str) {
        for node in &mut self.nodes {
            node.change(|deployment| deployment.agencies.retain(|user| user.agency != agency));
        }
    }

    /// `kill -STOP`: from now on the node writes nothing.
    pub fn pause(&self, node: usize) {
        self.nodes[node].pause();
    }

    /// Starts a killed node again, at its address and with its store.
    pub async fn restart(&mut self, node: usize) {
        self.nodes[node].start();
        self.nodes[node].wait().await;
    }

    /// The store of a killed node, for good or ill.
    pub fn store(&self, node: usize) -> PathBuf {
        assert!(
            !self.nodes[node].is_running(),
            "kill it first: a running store can't be copied"
        );
        self.nodes[node].store().to_owned()
    }

    /// A copy of a killed node's store.
    pub fn copy_store(&self, node: usize) -> TempDir {
        let copy = tempfile::tempdir().expect("a folder");
        folder::copy(&self.store(node), copy.path());
        copy
    }

    /// Puts a copy in the place of a killed node's store.
    pub fn restore_store(&self, node: usize, copy: &Path) {
        let store = self.store(node);
        std::fs::remove_dir_all(&store).expect("the store goes");
        folder::copy(copy, &store);
    }
}

fn agency_user(agency: &str) -> AgencyUser {
    let name = certificate_name(&Role::Agency(agency.to_owned()));
    AgencyUser {
        agency: agency.to_owned(),
        certificate_names: vec![name],
    }
}

/// The SAN URI of a user of this harness.
fn certificate_name(role: &Role) -> String {
    match role {
        Role::Agency(id) => format!("spiffe://harness.diogel.test/agency/{id}"),
        Role::Projection | Role::Replica(_) | Role::Operator => {
            format!("spiffe://harness.diogel.test/{role}")
        }
    }
}
