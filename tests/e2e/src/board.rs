//! A board: its folder, its servers, its services.

use std::collections::BTreeMap;
use std::fs;
use std::net::TcpStream;
use std::path::{Path, PathBuf};

use diogel_contract::v1::{
    self, get_receipt_request::Event, publishing_service_client::PublishingServiceClient,
    reading_service_client::ReadingServiceClient,
};
use serde_json::Value;
use tempfile::TempDir;
use tonic::{Status, transport::Channel};

use crate::binaries::{command, diogel};
use crate::clients::{self, BOARD};
use crate::nats::Nats;
use crate::offline;
use crate::process::{Ended, Process};
use crate::waiting::{SOON, until};

/// The projection's name among the services; the others are agencies.
pub const PROJECTION: &str = "projection";
/// Lines of each log that a failed test shows.
const LAST_LINES: usize = 25;
/// The board's agencies, beside the Board itself.
const AGENCIES: [&str; 4] = ["board", "health", "police", "social-care"];

/// A board. Everything that runs ends when it is dropped.
pub struct Board {
    // Before the folder, so that the processes end first.
    services: BTreeMap<String, Process>,
    /// Its nats-servers.
    pub nats: Vec<Nats>,
    addresses: BTreeMap<String, String>,
    folder: TempDir,
}

impl Board {
    /// A board that runs on one nats-server, with everything registered.
    pub async fn start() -> Self {
        Self::start_on(1).await
    }

    /// A board that runs on so many.
    pub async fn start_on(servers: u16) -> Self {
        let mut board = Self::make(servers);
        board.start_nats().await;
        board.start_all().await;
        board.register();
        board
    }

    /// The folder and the configurations; nothing runs.
    pub fn make(servers: u16) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path().join("hub");
        let profiles = folder.path().join("agencies");
        fs::create_dir_all(&profiles).expect("a folder");
        for agency in AGENCIES {
            let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../deploy/agencies");
            let name = format!("{agency}.toml");
            fs::copy(shipped.join(&name), profiles.join(&name)).expect("a profile");
        }
        let (hub, agencies) = (root.display().to_string(), profiles.display().to_string());
        let init = [
            "init",
            "--hub",
            &hub,
            "--board",
            BOARD,
            "--agencies",
            &agencies,
        ];
        let made = diogel(&init);
        assert!(made.status.success(), "{made:?}");
        let board = Self {
            services: BTreeMap::new(),
            nats: Nats::configure(&root, folder.path(), servers),
            addresses: addresses(&root),
            folder,
        };
        board.run(&[
            "config",
            "--nats",
            &board.servers(),
            "--replicas",
            &servers.to_string(),
        ]);
        board
    }

    /// The hub's folder.
    pub fn root(&self) -> PathBuf {
        self.folder.path().join("hub")
    }

    /// A folder for the test's own things.
    pub fn beside(&self) -> &Path {
        self.folder.path()
    }

    /// An agency's data.
    pub fn data(&self, agency: &str) -> PathBuf {
        self.root().join("data").join(agency)
    }

    fn servers(&self) -> String {
        let addresses: Vec<String> = self.nats.iter().map(Nats::address).collect();
        addresses.join(",")
    }

    /// Starts the nats-servers, and makes the streams that aren't there.
    pub async fn start_nats(&mut self) {
        for nats in &mut self.nats {
            nats.start();
        }
        for nats in &mut self.nats {
            nats.listens().await;
        }
        self.make_streams().await;
    }

    /// Makes the streams that aren't there. A cluster needs a while until it has a leader that can.
    pub async fn make_streams(&self) {
        let (servers, replicas) = (self.servers(), self.nats.len().to_string());
        let setup = ["nats", "setup", "--nats", &servers, "--replicas", &replicas];
        until("streams are made", SOON, async || {
            let made = self.try_run(&setup);
            made.status.success().then_some(())
        })
        .await;
    }

    /// Starts every service, and waits until it listens.
    pub async fn start_all(&mut self) {
        let names: Vec<String> = self.addresses.keys().cloned().collect();
        for name in &names {
            self.launch(name);
        }
        for name in &names {
            self.listens(name).await;
        }
    }

    /// Starts a service: an agency's, or [`PROJECTION`].
    pub async fn start_service(&mut self, name: &str) {
        self.launch(name);
        self.listens(name).await;
    }

    /// Starts a service, which may refuse.
    pub fn launch(&mut self, name: &str) {
        let program = if name == PROJECTION {
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

    /// Runs the command line on this hub; it must succeed.
    pub fn run(&self, arguments: &[&str]) -> String {
        let output = self.try_run(arguments);
        assert!(output.status.success(), "{arguments:?}: {output:?}");
        String::from_utf8(output.stdout).expect("text")
    }

    /// Runs the command line on this hub.
    pub fn try_run(&self, arguments: &[&str]) -> std::process::Output {
        let root = self.root().display().to_string();
        diogel(&[arguments, &["--hub", &root]].concat())
    }

    /// Has the Board register everybody.
    pub fn register(&self) {
        self.run(&["register"]);
    }

    /// Stops every service, builds the views anew and answers their digest: the same as before, or the test fails (P4).
    pub fn rebuilt(&mut self) -> String {
        self.stop_all();
        let told: Value = serde_json::from_str(&self.run(&["rebuild", "--json"])).expect("json");
        assert_eq!(told["sameAsBefore"], Value::Bool(true), "{told}");
        told["digest"].as_str().expect("a digest").to_owned()
    }

    /// Publishes as an agency's system.
    pub fn publisher(&self, agency: &str) -> PublishingServiceClient<Channel> {
        clients::publishing(&self.root(), agency, &self.addresses[agency])
    }

    /// Reads as an agency's system.
    pub fn reader(&self, agency: &str) -> ReadingServiceClient<Channel> {
        clients::reading(&self.root(), agency, &self.addresses[PROJECTION])
    }

    /// Publishes, which must succeed.
    pub async fn publish(&self, agency: &str, request: v1::PublishRequest) -> v1::Receipt {
        let answer = self.publisher(agency).publish(request).await;
        answer
            .expect("a receipt")
            .into_inner()
            .receipt
            .expect("a receipt")
    }

    /// Publishes one after the other, each at its agency; all must succeed.
    pub async fn publish_all(
        &self,
        requests: Vec<(String, v1::PublishRequest)>,
    ) -> Vec<v1::Receipt> {
        let mut clients = BTreeMap::new();
        let mut receipts = Vec::new();
        for (agency, request) in requests {
            let client = clients
                .entry(agency.clone())
                .or_insert_with(|| self.publisher(&agency));
            let answer = client.publish(request).await.expect("a receipt");
            receipts.push(answer.into_inner().receipt.expect("a receipt"));
        }
        receipts
    }

    /// What became of an event.
    pub async fn receipt(&self, agency: &str, event_id: &str) -> Result<v1::Receipt, Status> {
        let event = Some(Event::EventId(event_id.into()));
        let answer = self
            .publisher(agency)
            .get_receipt(v1::GetReceiptRequest { event })
            .await?;
        Ok(answer.into_inner().receipt.expect("a receipt"))
    }

    /// An event's content key, as the projection is given it; none once it was destroyed.
    pub async fn content_key(&self, agency: &str, receipt: &v1::Receipt) -> Option<Vec<u8>> {
        let mut client = clients::keys(&self.root(), &self.addresses[agency]);
        let id = offline::bytes_of(&receipt.event_id);
        let request = v1::GetContentKeysRequest {
            event_ids: vec![id.into()],
        };
        let answer = client.get_content_keys(request).await.expect("an answer");
        let key = answer.into_inner().keys.remove(0);
        (!key.destroyed).then(|| key.key.to_vec())
    }

    /// Waits until every one of these events has been folded, and its agency was told what became of it.
    pub async fn settled(&self, receipts: &[v1::Receipt]) {
        let mut last = BTreeMap::new();
        for receipt in receipts {
            let known = last.entry(&receipt.agency).or_insert(receipt);
            if (known.epoch, known.agency_seq) < (receipt.epoch, receipt.agency_seq) {
                *known = receipt;
            }
        }
        for (agency, receipt) in last {
            until(&format!("{agency}'s events are folded"), SOON, async || {
                let told = self.receipt(agency, &receipt.event_id).await.ok()?;
                (told.state >= v1::EventState::Effective as i32).then_some(())
            })
            .await;
        }
    }
}

fn addresses(root: &Path) -> BTreeMap<String, String> {
    let text = fs::read_to_string(root.join("hub.toml")).expect("hub.toml");
    let hub: toml::Table = text.parse().expect("toml");
    let text = |value: &toml::Value| value.as_str().expect("an address").to_owned();
    let agencies = hub["agencies"].as_table().expect("agencies");
    let mut found: BTreeMap<String, String> = agencies
        .iter()
        .map(|(id, address)| (id.clone(), text(address)))
        .collect();
    found.insert(PROJECTION.into(), text(&hub[PROJECTION]));
    found
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
