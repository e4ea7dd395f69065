//! A hub in separate processes, step by step: `init` makes the folder, `config` writes what each service is started with. Owns
//! neither addresses nor certificates: those are the folder's.

use std::{fs, path::Path};

use diogel_identity::private_file::{PUBLIC, write_whole};
use serde::Serialize;

use crate::{
    arguments::{Config, Init, Replica},
    failure::Failure,
    folder::Folder,
    show, up,
};

/// `init`: the folder, and nothing is started.
pub(crate) fn init(init: &Init) -> Result<(), Failure> {
    let folder = Folder::open_or_make(&init.hub.hub, &up::sources(&init.new))?;
    show::note(&format!(
        "hub of board {} with {} agencies in {}",
        folder.file.board,
        folder.file.agencies.len(),
        init.hub.hub.display()
    ));
    Ok(())
}

/// `config`: a file for each `diogel-agency`, and one for `diogel-projection`. Written anew each time.
pub(crate) fn config(config: &Config, json: bool) -> Result<(), Failure> {
    let folder = Folder::open(&config.hub.hub)?;
    let dir = folder.root.join("config");
    fs::create_dir_all(&dir).map_err(|e| Failure::at(&dir, e))?;
    for agency in folder.file.agencies.keys() {
        let agency_config = folder.agency_config(agency, &config.nats)?;
        write(&dir.join(format!("{agency}.toml")), &agency_config, json)?;
    }
    let store = up::store(&config.store);
    let projection = folder.projection_config(store, &config.nats, config.replicas)?;
    // No agency is called that, or begins so: profiles are refused that want to.
    write(&dir.join("projection.toml"), &projection, json)?;
    named(&folder.write_render_config()?, json);
    named(&folder.write_console_config()?, json);
    for replica in folder.file.replicas.keys() {
        let config = folder.replica_config(replica, store, &config.nats, config.replicas)?;
        write(&dir.join(format!("replica-{replica}.toml")), &config, json)?;
    }
    Ok(())
}

/// `replica`: an address and a certificate for one more follower of the order stream.
pub(crate) fn replica(replica: &Replica) -> Result<(), Failure> {
    let mut folder = Folder::open(&replica.hub.hub)?;
    folder.take_in_replica(&replica.name)?;
    let file = format!("config/replica-{}.toml", replica.name);
    show::note(&format!(
        "replica {} has an address and a certificate; next: `diogel nats config` for the servers, which then know it, `diogel config`, \
         which writes {file}, and `diogel-projection {file}`",
        replica.name
    ));
    Ok(())
}

fn write(path: &Path, config: &impl Serialize, json: bool) -> Result<(), Failure> {
    let text = toml::to_string(config).map_err(Failure::other)?;
    write_whole(path, text.as_bytes(), PUBLIC).map_err(|e| Failure::at(path, e))?;
    named(path, json);
    Ok(())
}

fn named(path: &Path, json: bool) {
    let path = path.display().to_string();
    show::line(&if json {
        serde_json::json!({ "file": path }).to_string()
    } else {
        path
    });
}
