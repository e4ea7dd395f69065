//! A hub's folder: addresses, certificates, profiles, protocols and data of one board on one machine. Made once, whole or not at
//! all (`making`), then read; a folder of another board is refused.

mod allowlists;
mod certificates;
mod configurations;
mod console;
mod file;
mod keys;
mod making;
mod ports;
mod rendering;
mod replicas;
mod shipped;
#[cfg(test)]
mod tests;

use std::{
    fs,
    io::ErrorKind,
    path::{Path, PathBuf},
};

use diogel_agency::profile::{self, Profile, ProfileError};
use diogel_domain::codes::Sector;
use diogel_identity::{Principal, Role, TlsFiles};

use crate::{failure::Failure, show};

pub(crate) use file::HubFile;

/// The agency id of the Board itself.
pub(crate) const BOARD: &str = "board";
/// The name of an agency's own system in the certificates made here.
const SYSTEM: &str = "case";
/// The name of the system at which an agency decides emergency disclosures: a right of its own.
const DUTY: &str = "duty";
/// The name of an agency's operators who sign protocols.
const GOVERNANCE: &str = "governance";
/// The name of whatever supervises processes: it may ask for their health, and has no other right. `diogel pki issue` issues it.
const SUPERVISION: &str = "supervision";
/// The file that makes a folder a hub's.
const HUB_FILE: &str = "hub.toml";

/// A hub's folder.
#[derive(Debug, Clone)]
pub(crate) struct Folder {
    pub(crate) root: PathBuf,
    pub(crate) file: HubFile,
}

/// From what a new folder is made.
#[derive(Default)]
pub(crate) struct Sources<'a> {
    /// The board's id; any, of a folder that is there.
    pub(crate) board: Option<&'a str>,
    pub(crate) agencies: Option<&'a Path>,
    pub(crate) protocols: Option<&'a Path>,
}

impl Folder {
    /// Opens a folder that a hub was made in.
    pub(crate) fn open(root: &Path) -> Result<Self, Failure> {
        let path = root.join(HUB_FILE);
        let text = fs::read_to_string(&path).map_err(|e| match e.kind() {
            ErrorKind::NotFound | ErrorKind::NotADirectory => Failure::Usage(format!(
                "{} holds no hub: name its folder with --hub, or make one with `diogel demo --hub {0}`, \
                 `diogel up --hub {0}` or `diogel init --hub {0}`",
                root.display()
            )),
            _ => Failure::at(&path, e),
        })?;
        // Configurations of other processes name files in it.
        let root = std::path::absolute(root).map_err(|e| Failure::at(root, e))?;
        let file = HubFile::from_toml(&text)
            .map_err(|e| Failure::Invalid(format!("{}: {e}", path.display())))?;
        Ok(Self { root, file })
    }

    /// Opens the folder, or makes a new hub in it. Agencies whose profiles were added since are taken in, and certificates that
    /// end soon are issued anew.
    pub(crate) fn open_or_make(root: &Path, sources: &Sources<'_>) -> Result<Self, Failure> {
        if !root.join(HUB_FILE).exists() {
            making::make(root, sources)?;
        } else if sources.agencies.is_some() || sources.protocols.is_some() {
            show::note(&format!(
                "{} is a hub already: its own agencies and protocols folders count, not those given",
                root.display()
            ));
        }
        let mut folder = Self::open(root)?;
        if let Some(board) = sources.board.filter(|board| *board != folder.file.board) {
            return Err(Failure::Usage(format!(
                "{} is the hub of board {}, not of {board}: choose another folder with --hub",
                root.display(),
                folder.file.board
            )));
        }
        folder.take_in_new_agencies()?;
        folder.take_in_render()?;
        folder.take_in_console()?;
        folder.keep_certificates()?;
        Ok(folder)
    }

    /// An agency whose profile was put into the folder gets an address and a key; its certificates are issued like the others'.
    fn take_in_new_agencies(&mut self) -> Result<(), Failure> {
        let mut new: Vec<String> = self.profiles()?.iter().map(|p| p.id.to_string()).collect();
        new.retain(|id| !self.file.agencies.contains_key(id));
        let addresses = ports::free(new.len())?;
        let changed = !new.is_empty();
        self.file.agencies.extend(new.into_iter().zip(addresses));
        if self.make_first_keys()? || changed {
            self.save()?;
        }
        Ok(())
    }

    /// Writes `hub.toml`.
    pub(crate) fn save(&self) -> Result<(), Failure> {
        self.file.save(&self.root.join(HUB_FILE))
    }

    /// A name in this board.
    pub(crate) fn principal(
        &self,
        agency: &str,
        role: Role,
        name: &str,
    ) -> Result<Principal, Failure> {
        Principal::new(&self.file.board, agency, role, name)
            .map_err(|e| Failure::Usage(format!("{}/{agency}/{role}/{name}: {e}", self.file.board)))
    }

    /// The files of an agency's own system.
    pub(crate) fn system_tls(&self, agency: &str) -> Result<TlsFiles, Failure> {
        self.known(agency)?;
        self.tls(agency, Role::System, SYSTEM)
    }

    /// The files of the system at which an agency decides emergency disclosures.
    pub(crate) fn duty_tls(&self, agency: &str) -> Result<TlsFiles, Failure> {
        self.known(agency)?;
        self.tls(agency, Role::System, DUTY)
    }

    /// The files of an agency's operators who sign protocols.
    pub(crate) fn governance_tls(&self, agency: &str) -> Result<TlsFiles, Failure> {
        self.known(agency)?;
        self.tls(agency, Role::Operator, GOVERNANCE)
    }

    /// Profiles of the agencies.
    pub(crate) fn profiles(&self) -> Result<Vec<Profile>, Failure> {
        profiles_in(&self.root.join("agencies"))
    }

    /// The protocols' files with their texts, sorted by file name.
    pub(crate) fn protocols(&self) -> Result<Vec<(PathBuf, String)>, Failure> {
        protocols_in(&self.root.join("protocols"))
    }

    /// The data folder of an agency.
    pub(crate) fn agency_data(&self, agency: &str) -> PathBuf {
        self.root.join("data").join(agency)
    }

    /// The data folder of the projection. No agency's id has an underscore.
    pub(crate) fn projection_data(&self) -> PathBuf {
        self.root.join("data").join("_projection")
    }

    /// Where an agency's service is to be called.
    pub(crate) fn endpoint(&self, agency: &str) -> Result<String, Failure> {
        Ok(format!("https://{}", self.known(agency)?))
    }

    /// Where the projection is to be called.
    pub(crate) fn projection_endpoint(&self) -> String {
        format!("https://{}", self.file.projection)
    }

    /// Where an agency's service listens, if it is one of this hub.
    pub(crate) fn known(&self, agency: &str) -> Result<std::net::SocketAddr, Failure> {
        self.file.agencies.get(agency).copied().ok_or_else(|| {
            let known: Vec<&str> = self.file.agencies.keys().map(String::as_str).collect();
            Failure::Usage(format!(
                "{agency:?} is no agency of this hub; it has {}",
                known.join(", ")
            ))
        })
    }
}

/// The profiles in a folder: the Board's own is among them, and it alone is of the sector of boards, whose services do what only
/// the Board may.
fn profiles_in(folder: &Path) -> Result<Vec<Profile>, Failure> {
    let profiles = profile::read_all(folder).map_err(|e| match e {
        ProfileError::Io { .. } => Failure::Usage(e.to_string()),
        ProfileError::Unreadable { .. } | ProfileError::Missing(_) => {
            Failure::Invalid(e.to_string())
        }
    })?;
    let refused = |what: String| Err(Failure::Invalid(format!("{}: {what}", folder.display())));
    if !profiles.iter().any(|p| p.id.as_str() == BOARD) {
        return refused("the Board's own profile is missing: add board.toml".into());
    }
    match profiles
        .iter()
        .find(|p| (p.id.as_str() == BOARD) != (p.sector == Sector::Board))
    {
        Some(p) => refused(format!(
            "{}.toml: the sector \"board\" is the Board's, and its only one",
            p.id
        )),
        None => Ok(profiles),
    }
}

/// The protocols in a folder, each of which can be read.
fn protocols_in(folder: &Path) -> Result<Vec<(PathBuf, String)>, Failure> {
    let entries =
        fs::read_dir(folder).map_err(|e| Failure::Usage(format!("{}: {e}", folder.display())))?;
    let mut paths: Vec<PathBuf> = entries
        .filter_map(|entry| entry.ok().map(|e| e.path()))
        .filter(|path| path.extension().is_some_and(|e| e == "toml"))
        .collect();
    paths.sort();
    let read = |path: PathBuf| {
        let text = fs::read_to_string(&path).map_err(|e| Failure::at(&path, e))?;
        diogel_sharing::protocol::Protocol::from_toml(&text)
            .map_err(|e| Failure::Invalid(format!("{}: {e}", path.display())))?;
        Ok((path, text))
    };
    paths.into_iter().map(read).collect()
}
