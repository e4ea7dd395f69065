//! One nats-server process. It ends when it is dropped, by its own process id.

use std::fs::File;
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use diogel_event_log::jetstream::deployment::{Deployment, server_config};

/// How long a server may take to listen.
const PATIENCE: Duration = Duration::from_secs(20);

/// A server, running or killed.
pub(crate) struct Node {
    folder: PathBuf,
    deployment: Deployment,
    process: Option<Child>,
}

impl Node {
    /// Writes the configuration; starts nothing.
    pub fn new(folder: &Path, deployment: Deployment) -> Self {
        let node = Self {
            folder: folder.to_owned(),
            deployment,
            process: None,
        };
        node.write();
        node
    }

    fn write(&self) {
        let config = server_config(&self.deployment).expect("a configuration");
        std::fs::write(self.folder.join("nats.conf"), config).expect("a file");
    }

    /// Changes the configuration, and has the server read it again if it runs.
    pub fn change(&mut self, change: impl FnOnce(&mut Deployment)) {
        change(&mut self.deployment);
        self.write();
        if self.process.is_some() {
            self.signal("-HUP");
        }
    }

    /// Where clients connect.
    pub fn listen(&self) -> SocketAddr {
        self.deployment.node.listen
    }

    /// Where its streams are.
    pub fn store(&self) -> &Path {
        &self.deployment.node.store
    }

    /// Starts the process. [`Node::wait`] says when it listens.
    pub fn start(&mut self) {
        assert!(self.process.is_none(), "the server runs already");
        let log = File::options()
            .create(true)
            .append(true)
            .open(self.folder.join("nats.log"));
        let process = Command::new(server())
            .arg("--config")
            .arg(self.folder.join("nats.conf"))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log.expect("a log file"))
            .spawn();
        self.process = Some(process.expect("nats-server starts"));
    }

    /// Waits until it listens.
    pub async fn wait(&mut self) {
        let until = Instant::now() + PATIENCE;
        while TcpStream::connect(self.listen()).is_err() {
            let process = self.process.as_mut().expect("a running server");
            let ended = process.try_wait().expect("a process");
            assert!(
                ended.is_none() && Instant::now() < until,
                "no server: {}",
                self.log()
            );
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    /// `kill -9`: nothing is flushed or said.
    pub fn kill(&mut self) {
        if let Some(mut process) = self.process.take() {
            process.kill().expect("kill");
            process.wait().expect("wait");
        }
    }

    /// Stops it in its tracks.
    pub fn pause(&self) {
        self.signal("-STOP");
    }

    fn signal(&self, signal: &str) {
        let id = self.process.as_ref().expect("a running server").id();
        let sent = Command::new("kill")
            .arg(signal)
            .arg(id.to_string())
            .status();
        assert!(
            sent.expect("kill runs").success(),
            "the server gets {signal}"
        );
    }

    /// Where other nodes connect.
    pub fn route(&self) -> Option<SocketAddr> {
        self.deployment
            .cluster
            .as_ref()
            .map(|cluster| cluster.listen)
    }

    pub fn is_running(&self) -> bool {
        self.process.is_some()
    }

    fn log(&self) -> String {
        std::fs::read_to_string(self.folder.join("nats.log")).unwrap_or_default()
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        self.kill();
    }
}

/// The server's binary: found or fetched by `tests/install-nats`, once per process.
pub fn server() -> &'static Path {
    static SERVER: OnceLock<PathBuf> = OnceLock::new();
    SERVER.get_or_init(|| {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../install-nats");
        let output = Command::new(script)
            .stdin(Stdio::null())
            .output()
            .expect("install-nats runs");
        let text = String::from_utf8_lossy(&output.stdout).trim().to_owned();
        let problem = String::from_utf8_lossy(&output.stderr);
        assert!(
            output.status.success() && !text.is_empty(),
            "install-nats: {problem}"
        );
        PathBuf::from(text)
    })
}

/// An address that was free a moment ago, and that this process gives out once. It lies below the ports of outgoing connections:
/// one of those would take it while its server is down, be it only a client that tries to reach the server.
pub fn free_address() -> SocketAddr {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let (first, count) = (10_000, 10_000);
    let start = std::process::id().wrapping_mul(37);
    loop {
        let n = start.wrapping_add(NEXT.fetch_add(1, Ordering::Relaxed));
        let port = first + u16::try_from(n % count).expect("a port");
        if let Ok(listener) = TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
            return listener.local_addr().expect("an address");
        }
    }
}
