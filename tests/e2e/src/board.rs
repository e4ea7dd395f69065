//! A board: its folder, its servers, its services.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use diogel_identity::person::issuer::{Invented, Issuer, people_file};
use tempfile::TempDir;
use time::OffsetDateTime;
use tonic::transport::Channel;

use crate::binaries::diogel;
use crate::clients::{self, BOARD};
use crate::nats::Nats;
use crate::process::Process;
use crate::waiting::{SOON, until};

/// The projection's name among the services; the others are agencies.
pub const PROJECTION: &str = "projection";
/// A replica's name among the services. It is started by those who need it.
pub const REPLICA: &str = "replica-reader";
/// The board's agencies, beside the Board itself.
const AGENCIES: [&str; 4] = ["board", "health", "police", "social-care"];

/// A board. Everything that runs ends when it is dropped.
pub struct Board {
    // Before the folder, so that the processes end first.
    pub(crate) services: BTreeMap<String, Process>,
    /// Its nats-servers.
    pub nats: Vec<Nats>,
    pub(crate) addresses: BTreeMap<String, String>,
    pub(crate) folder: TempDir,
    /// Who vouches for people at its console.
    pub people: Issuer,
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
        let made = diogel(&["replica", "reader", "--hub", &hub]);
        assert!(made.status.success(), "{made:?}");
        let people = vouching(&root);
        let board = Self {
            people,
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

    /// A channel to a service as the board's console has it.
    pub fn console_channel(&self, process: &str) -> Channel {
        let address = format!("https://{}", self.addresses[process]);
        clients::console(&self.root(), &address)
    }

    /// Somebody's access token, for the board's console.
    pub fn token(&self, person: Invented<'_>) -> String {
        let console = clients::console_thumbprint(&self.root());
        let token = self
            .people
            .token(person, &console, OffsetDateTime::now_utc());
        token.expect("a token")
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
    found.insert(REPLICA.into(), text(&hub["replicas"]["reader"]));
    found
}

/// Has the services trust a provider of the test's own.
fn vouching(root: &Path) -> Issuer {
    let (name, audience) = ("https://sign-in.example", format!("diogel:{BOARD}"));
    let issuer = Issuer::new(name, &audience).expect("a key");
    let file = people_file(name, &audience, "people-keys.json", AGENCIES);
    fs::write(root.join("people.toml"), file).expect("a file");
    let keys = issuer.keys().expect("keys");
    fs::write(root.join("people-keys.json"), keys).expect("a file");
    issuer
}
