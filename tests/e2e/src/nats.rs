//! A nats-server with the configuration that `diogel nats config` prints.

use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Command;

use diogel_harness::{free_address, nats_server};

use crate::binaries::diogel;
use crate::process::Process;
use crate::waiting::{SOON, until};

/// One server, running or not.
pub struct Nats {
    folder: PathBuf,
    listen: SocketAddr,
    process: Option<Process>,
}

impl Nats {
    /// Configures this many servers for the hub in `root`; starts none.
    pub fn configure(root: &Path, folder: &Path, count: u16) -> Vec<Self> {
        let routes: Vec<String> = (0..count).map(|_| free_address().to_string()).collect();
        (1..=count)
            .map(|n| Self::one(root, &folder.join(format!("nats-{n}")), n, &routes))
            .collect()
    }

    fn one(root: &Path, folder: &Path, n: u16, routes: &[String]) -> Self {
        std::fs::create_dir_all(folder).expect("a folder");
        let (listen, store) = (free_address(), folder.join("store"));
        let (root, store) = (root.display().to_string(), store.display().to_string());
        let (address, node, all) = (listen.to_string(), n.to_string(), routes.join(","));
        let mut arguments = vec!["nats", "config", "--hub", &root, "--store", &store];
        arguments.extend(["--listen", &address, "--node", &node]);
        let own = &routes[usize::from(n) - 1];
        if routes.len() > 1 {
            arguments.extend(["--cluster-listen", own, "--routes", &all]);
        }
        let printed = diogel(&arguments);
        assert!(printed.status.success(), "{printed:?}");
        std::fs::write(folder.join("nats.conf"), printed.stdout).expect("a file");
        Self {
            folder: folder.to_owned(),
            listen,
            process: None,
        }
    }

    /// `tls://host:port`.
    pub fn address(&self) -> String {
        format!("tls://{}", self.listen)
    }

    /// Starts it, with whatever its store holds.
    pub fn start(&mut self) {
        let mut command = Command::new(nats_server());
        command.arg("--config").arg(self.folder.join("nats.conf"));
        let log = self.folder.join("nats.log");
        self.process = Some(Process::start("nats-server", command, &log));
    }

    /// Waits until it listens.
    pub async fn listens(&mut self) {
        let process = self.process.as_mut().expect("a running server");
        until("nats-server listens", SOON, async || {
            assert!(process.runs(), "nats-server ended: {}", process.said());
            TcpStream::connect(self.listen).ok().map(drop)
        })
        .await;
    }

    /// `kill -9`.
    pub fn kill(&mut self) {
        self.process.take().expect("a running server").kill();
    }

    /// The store of a server that doesn't run.
    pub fn store(&self) -> PathBuf {
        assert!(self.process.is_none(), "kill it first");
        self.folder.join("store")
    }
}
