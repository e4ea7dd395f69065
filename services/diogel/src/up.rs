//! `up`: a whole hub in one process, until it is told to stop.

use diogel_ops::Shutdown;
use diogel_projection::config::StoreKind;

use crate::{
    arguments::{NewFolder, Up},
    failure::Failure,
    folder::{Folder, Sources},
    hub::{Options, RunningHub},
    show,
};

pub(crate) fn store(name: &str) -> StoreKind {
    if name == "redb" {
        StoreKind::Redb
    } else {
        StoreKind::Sled
    }
}

pub(crate) fn sources(new: &NewFolder) -> Sources<'_> {
    Sources {
        board: new.board.as_deref(),
        agencies: new.agencies.as_deref(),
        protocols: new.protocols.as_deref(),
    }
}

pub(crate) async fn run(up: Up) -> Result<(), Failure> {
    let folder = Folder::open_or_make(&up.hub.hub, &sources(&up.new))?;
    let options = Options {
        nats: up.nats,
        replicas: up.replicas,
        store: store(&up.store),
        people: None,
        early_releases: false,
    };
    let shutdown = Shutdown::on_signals().map_err(Failure::other)?;
    let Some(hub) = RunningHub::start_unless(&folder, &options, &shutdown).await? else {
        return Ok(());
    };
    for (agency, handle) in &hub.agencies {
        show::note(&format!("{agency:<14} https://{}", handle.address));
    }
    show::note(&format!(
        "{:<14} https://{}",
        "projection", hub.projection.address
    ));
    show::note("ready; ctrl-c ends it");
    let ended = hub.until(&shutdown).await;
    hub.stop().await;
    ended
}
