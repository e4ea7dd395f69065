//! A board's services: started, killed, stopped, and heard when a test failed.

use std::net::TcpStream;
use std::path::PathBuf;

use diogel_harness::free_address;

use crate::binaries::command;
use crate::board::{Board, PROJECTION, REPLICA};
use crate::process::{Ended, Process};
use crate::waiting::{SOON, until};

/// Lines of each log that a failed test shows.
const LAST_LINES: usize = 25;
impl Board {
    /// Starts every service but [`REPLICA`], and waits until it listens.
    pub async fn start_all(&mut self) {
        let names = self.addresses.keys().filter(|name| *name != REPLICA);
        let names: Vec<String> = names.cloned().collect();
        for name in &names {
            self.launch(name);
        }
        for name in &names {
            self.listens(name).await;
        }
    }

    /// Starts a service: an agency's, [`REPLICA`], or a projection, whose name ends in [`PROJECTION`].
    pub async fn start_service(&mut self, name: &str) {
        self.launch(name);
        self.listens(name).await;
    }

    /// Starts a service, which may refuse.
    pub fn launch(&mut self, name: &str) {
        let program = if name.ends_with(PROJECTION) || name == REPLICA {
            "diogel-projection"
        } else {
            "diogel-agency"
        };
        let mut command = command(program);
        let filter = std::env::var("E2E_LOG").unwrap_or_else(|_| "info".into());
        command.arg(self.config(name)).env("DIOGEL_LOG", filter);
        let log = self.folder.path().join(format!("{name}.log"));
        let before = self
            .services
            .insert(name.into(), Process::start(name, command, &log));
        assert!(before.is_none(), "{name} runs already");
    }

    /// A service's configuration.
    pub fn config(&self, name: &str) -> PathBuf {
        self.root().join(format!("config/{name}.toml"))
    }

    async fn listens(&mut self, name: &str) {
        let (process, address) = (self.services.get_mut(name), self.addresses[name].clone());
        let process = process.expect("a launched service");
        until("the service listens", SOON, async || {
            assert!(process.runs(), "{name} ended: {}", process.said());
            TcpStream::connect(&address).ok().map(drop)
        })
        .await;
    }

    /// Where a service listens.
    pub fn address(&self, name: &str) -> &str {
        &self.addresses[name]
    }

    /// An address for a further service.
    pub fn free_address(&mut self, name: &str) -> String {
        let address = free_address().to_string();
        self.addresses.insert(name.into(), address.clone());
        address
    }

    /// A running service.
    pub fn service(&self, name: &str) -> &Process {
        self.services.get(name).expect("a running service")
    }

    fn take(&mut self, name: &str) -> Process {
        self.services.remove(name).expect("a running service")
    }

    /// `kill -9`.
    pub fn kill(&mut self, name: &str) {
        self.take(name).kill();
    }

    /// Asks a service to end, and waits for it.
    pub fn stop(&mut self, name: &str) -> Ended {
        self.take(name).stop()
    }

    /// Waits for a service that ends by itself.
    pub fn ended(&mut self, name: &str) -> Ended {
        self.take(name).ended()
    }

    /// Stops every service; the nats-servers go on.
    pub fn stop_all(&mut self) {
        for process in std::mem::take(&mut self.services).into_values() {
            process.stop();
        }
    }
}

/// What each service said last: why a test failed is found there.
impl Drop for Board {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            return;
        }
        for (name, process) in &self.services {
            let said = process.said();
            let last: Vec<&str> = said.lines().rev().take(LAST_LINES).collect();
            eprintln!("--- {name}");
            last.iter().rev().for_each(|line| eprintln!("{line}"));
        }
    }
}
