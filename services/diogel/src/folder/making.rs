//! Making a hub's folder. Everything is built in `.making` inside it (a service may own its folder, and not the one around it);
//! once `hub.toml` is written there, whose presence says that the rest is whole, the parts are renamed to their places,
//! `hub.toml` last. Whatever is interrupted, the next attempt finishes it or begins again. A folder that holds parts of a hub
//! and no `hub.toml` is refused: a lost `hub.toml` must never cost an authority or a journal.

use std::{
    collections::BTreeMap,
    fs::{self, File, TryLockError},
    path::{Path, PathBuf},
};

use diogel_identity::private_file::{create_folder, sync_directory_of};

use super::{
    Folder, HUB_FILE, HubFile, Sources,
    allowlists::ALLOWLISTS,
    certificates, ports, profiles_in, protocols_in,
    shipped::{self, AGENCIES, PROTOCOLS},
};
use crate::failure::Failure;

/// Where a hub is built.
pub(super) const STAGING: &str = ".making";
/// The parts of a hub beside `hub.toml`.
pub(super) const PARTS: [&str; 8] = [
    "agencies",
    "protocols",
    shipped::AUDIENCES,
    shipped::POLICY,
    certificates::AUTHORITY,
    certificates::ROUTES,
    ALLOWLISTS,
    "data",
];
/// The board of a new hub, unless another one is named.
const DEFAULT_BOARD: &str = "cwm-derwen";

/// Makes a hub in `root`, or finishes one whose making was interrupted.
pub(super) fn make(root: &Path, sources: &Sources<'_>) -> Result<(), Failure> {
    let new = !root.exists();
    fs::create_dir_all(root).map_err(|e| Failure::at(root, e))?;
    let made = make_in(root, sources);
    if made.is_err() && new {
        // Only if nothing is in it.
        let _left = fs::remove_dir(root);
    }
    made
}

fn make_in(root: &Path, sources: &Sources<'_>) -> Result<(), Failure> {
    let _alone = alone(root)?;
    if root.join(HUB_FILE).exists() {
        return Ok(());
    }
    let staging = root.join(STAGING);
    if !staging.join(HUB_FILE).exists() {
        refuse_parts(root)?;
        remove(&staging)?;
        let built = build(&staging, sources);
        if built.is_err() {
            let _left = remove(&staging);
        }
        built?;
    }
    settle(root, &staging)
}

/// The folder itself is locked, so that two commands at once don't make two hubs in it.
fn alone(root: &Path) -> Result<File, Failure> {
    let folder = File::open(root).map_err(|e| Failure::at(root, e))?;
    match folder.try_lock() {
        Err(TryLockError::WouldBlock) => Err(Failure::Unavailable(format!(
            "another command is making a hub in {}: try again when it is done",
            root.display()
        ))),
        // Some file systems can't lock folders: then nobody is kept out.
        Ok(()) | Err(TryLockError::Error(_)) => Ok(folder),
    }
}

fn refuse_parts(root: &Path) -> Result<(), Failure> {
    let there = PARTS.iter().filter(|part| root.join(part).exists());
    let there: Vec<&str> = there.copied().collect();
    if there.is_empty() {
        return Ok(());
    }
    Err(Failure::Usage(format!(
        "{} holds {} and no hub.toml: if this was a hub, restore hub.toml from the backup; if not, choose another \
         folder with --hub",
        root.display(),
        there.join(", ")
    )))
}

fn remove(staging: &Path) -> Result<(), Failure> {
    match fs::remove_dir_all(staging) {
        Err(e) if e.kind() != std::io::ErrorKind::NotFound => Err(Failure::at(staging, e)),
        Ok(()) | Err(_) => Ok(()),
    }
}

/// Builds the whole hub; `hub.toml` is written last.
pub(super) fn build(staging: &Path, sources: &Sources<'_>) -> Result<(), Failure> {
    // Where the user can mend them, before they are copied.
    if let Some(from) = sources.agencies {
        profiles_in(from)?;
    }
    if let Some(from) = sources.protocols {
        protocols_in(from)?;
    }
    shipped::lay_down(&staging.join("agencies"), sources.agencies, &AGENCIES)?;
    shipped::lay_down(&staging.join("protocols"), sources.protocols, &PROTOCOLS)?;
    shipped::lay_down_audiences(staging, sources.protocols)?;
    shipped::lay_down_policy(staging)?;
    let profiles = profiles_in(&staging.join("agencies"))?;
    let mut addresses = ports::free(profiles.len() + 3)?.into_iter();
    let projection = addresses
        .next()
        .ok_or_else(|| Failure::Other("no free port".into()))?;
    let render = addresses.next();
    let console = addresses.next();
    let agencies = profiles.iter().map(|p| p.id.to_string());
    let file = HubFile {
        board: sources.board.unwrap_or(DEFAULT_BOARD).to_owned(),
        projection,
        replicas: BTreeMap::new(),
        agencies: agencies.zip(addresses).collect(),
        render,
        console,
        fed_on: None,
        genesis_key: None,
        first_keys: BTreeMap::new(),
    };
    let mut folder = Folder {
        root: staging.to_owned(),
        file,
    };
    folder.make_certificates()?;
    // Keys lie there: nobody else on this machine may look.
    let data = staging.join("data");
    create_folder(&data).map_err(|e| Failure::at(&data, e))?;
    folder.make_first_keys()?;
    folder.make_allowlists()?;
    folder.save()
}

/// Renames the parts that aren't in their places yet.
fn settle(root: &Path, staging: &Path) -> Result<(), Failure> {
    for part in PARTS {
        if staging.join(part).exists() {
            let place = root.join(part);
            fs::rename(staging.join(part), &place).map_err(|e| Failure::at(&place, e))?;
        }
    }
    let hub_file: PathBuf = root.join(HUB_FILE);
    // The parts' places are on the disk before it says that they are there.
    sync_directory_of(&hub_file).map_err(|e| Failure::at(root, e))?;
    fs::rename(staging.join(HUB_FILE), &hub_file).map_err(|e| Failure::at(&hub_file, e))?;
    sync_directory_of(&hub_file).map_err(|e| Failure::at(root, e))?;
    remove(staging)
}
