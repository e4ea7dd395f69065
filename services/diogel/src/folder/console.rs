//! The console of a hub's folder: where it listens, what it is started with, and the provider that vouches for people: the operator's
//! own, in `people.toml`, or the demo's, whose people are invented.

use std::{collections::BTreeMap, fs, net::SocketAddr, path::PathBuf};

use diogel_console::config::{AgencyEntry, ConsoleConfig, InventedPerson, SignInConfig};
use diogel_domain::codes::Sector;
use diogel_identity::{
    Role,
    person::issuer::people_file,
    private_file::{PUBLIC, write_whole},
};

use super::{Folder, ports, rendering::MAIN};
use crate::failure::Failure;

/// What stands in its certificate for an agency, and what its files are called; no agency's id is.
pub(super) const CONSOLE: &str = "console";
/// Who vouches for people.
const PEOPLE: &str = "people.toml";
/// The same in the demo.
const DEMO_PEOPLE: &str = "people-demo.toml";
/// The demo's keys, beside it.
const DEMO_KEYS: &str = "people-demo-keys.json";

impl Folder {
    /// Gives the console an address, in a folder of before there was one, and lets it in where people may call.
    pub(super) fn take_in_console(&mut self) -> Result<(), Failure> {
        if self.file.console.is_none() {
            self.file.console = ports::free(1)?.first().copied();
            self.let_console_in()?;
            self.save()?;
        }
        Ok(())
    }

    /// Where the console listens.
    pub(crate) fn console(&self) -> Result<SocketAddr, Failure> {
        self.file.console.ok_or_else(|| {
            Failure::Usage("this hub's folder was made before there was a console; `diogel init --hub` on it adds it".into())
        })
    }

    /// As browsers on this machine know it.
    pub(crate) fn console_origin(&self) -> Result<String, Failure> {
        Ok(format!("http://localhost:{}", self.console()?.port()))
    }

    /// The operator's provider, if one is named.
    pub(crate) fn people(&self) -> Option<PathBuf> {
        Some(self.root.join(PEOPLE)).filter(|path| path.exists())
    }

    /// The demo's provider, written now. Its keys are made when the console starts: those of another start open nothing.
    pub(crate) fn demo_people(&self) -> Result<PathBuf, Failure> {
        let (origin, audience) = (self.console_origin()?, self.audience());
        let agencies = self.file.agencies.keys().map(String::as_str);
        let file = people_file(&origin, &audience, DEMO_KEYS, agencies);
        for (name, text) in [(DEMO_PEOPLE, file.as_str()), (DEMO_KEYS, "{\"keys\":[]}")] {
            let path = self.root.join(name);
            write_whole(&path, text.as_bytes(), PUBLIC).map_err(|e| Failure::at(&path, e))?;
        }
        Ok(self.root.join(DEMO_PEOPLE))
    }

    fn audience(&self) -> String {
        format!("diogel:{}", self.file.board)
    }

    /// What the demo's console is started with.
    pub(crate) fn demo_console(
        &self,
        people: Vec<InventedPerson>,
    ) -> Result<ConsoleConfig, Failure> {
        self.console_config(
            self.root.join(DEMO_PEOPLE),
            SignInConfig::Choice {
                audience: self.audience(),
                keys: self.root.join(DEMO_KEYS),
                people,
            },
        )
    }

    /// What the board's own console is started with.
    fn console_config(
        &self,
        people: PathBuf,
        sign_in: SignInConfig,
    ) -> Result<ConsoleConfig, Failure> {
        let mut agencies = BTreeMap::new();
        for profile in self.profiles()? {
            let id = profile.id.to_string();
            let entry = AgencyEntry {
                endpoint: self.endpoint(&id)?,
                charity: profile.sector == Sector::Charity,
                name: profile.name,
                name_cy: profile.name_cy,
            };
            agencies.insert(id, entry);
        }
        Ok(ConsoleConfig {
            board: self.file.board.clone(),
            board_agency: super::BOARD.into(),
            listen: self.console()?,
            origin: self.console_origin()?,
            tls: self.tls(CONSOLE, Role::Console, MAIN)?,
            people,
            projection: self.projection_endpoint(),
            render: Some(format!("https://{}", self.render()?)),
            agencies,
            metrics: None,
            sign_in,
            idle_minutes: 20,
            longest_minutes: 600,
        })
    }

    /// Writes the console's configuration, and says where: with a provider to be filled in.
    pub(crate) fn write_console_config(&self) -> Result<PathBuf, Failure> {
        let dir = self.root.join("config");
        fs::create_dir_all(&dir).map_err(|e| Failure::at(&dir, e))?;
        let config = self.console_config(
            self.root.join(PEOPLE),
            SignInConfig::Provider {
                client_id: "diogel-console".into(),
                client_secret: None,
                scopes: vec!["profile".into(), "offline_access".into()],
            },
        )?;
        let text = toml::to_string(&config).map_err(Failure::other)?;
        let path = dir.join(format!("{CONSOLE}.toml"));
        write_whole(&path, text.as_bytes(), PUBLIC).map_err(|e| Failure::at(&path, e))?;
        Ok(path)
    }
}
