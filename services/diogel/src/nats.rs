//! NATS for a hub's folder: the server's configuration, and its streams.

use std::{net::SocketAddr, path::PathBuf, time::Duration};

use diogel_event_log::jetstream::{
    Streams,
    deployment::{AgencyUser, Deployment, Node, TlsFiles as NodeTls, server_config},
    names::Role as NatsRole,
    setup,
};
use diogel_identity::Role;

use crate::{
    arguments::Nats,
    failure::Failure,
    folder::{BOARD, Folder},
    hub, show,
};

/// Limits of the streams: a board's ten years. The server reserves nothing; it refuses what would pass them.
pub(crate) const fn streams(replicas: usize) -> Streams {
    Streams {
        replicas,
        agency_bytes: 4 << 30,
        order_bytes: 32 << 30,
    }
}

pub(crate) async fn run(command: Nats) -> Result<(), Failure> {
    match command {
        Nats::Config { hub, listen, store } => {
            let folder = Folder::open(&hub.hub)?;
            show::line(&config(&folder, listen, store)?);
            Ok(())
        }
        Nats::Setup {
            hub,
            nats,
            replicas,
        } => make_streams(&Folder::open(&hub.hub)?, nats, replicas).await,
    }
}

async fn make_streams(
    folder: &Folder,
    servers: Vec<String>,
    replicas: usize,
) -> Result<(), Failure> {
    let tls = folder.tls(BOARD, Role::Operator, "nats")?;
    let link = hub::link(servers, &tls, NatsRole::Operator).await?;
    let unavailable = |e| Failure::Unavailable(format!("NATS: {e}"));
    link.wait_ready(Duration::from_secs(10))
        .await
        .map_err(unavailable)?;
    let agencies: Vec<&str> = folder.file.agencies.keys().map(String::as_str).collect();
    setup(&link, &agencies, &streams(replicas))
        .await
        .map_err(|e| Failure::Other(format!("NATS: {e}")))?;
    show::note(&format!(
        "streams of {} agencies and the order stream are there",
        agencies.len()
    ));
    Ok(())
}

fn config(folder: &Folder, listen: SocketAddr, store: PathBuf) -> Result<String, Failure> {
    let name = |agency: &str, role| {
        folder
            .principal(agency, role, "nats")
            .map(|p| p.to_string())
    };
    let tls = folder.tls(BOARD, Role::Service, "nats-server")?;
    let absolute = |path: PathBuf| std::path::absolute(path).map_err(Failure::other);
    let agencies = folder.file.agencies.keys().map(|id| {
        Ok(AgencyUser {
            agency: id.clone(),
            certificate_names: vec![name(id, Role::Service)?],
        })
    });
    let bytes = streams(1);
    let deployment = Deployment {
        node: Node {
            name: format!("{}-1", folder.file.board),
            listen,
            store: absolute(store)?,
            store_bytes: bytes.agency_bytes * folder.file.agencies.len() as u64 + bytes.order_bytes,
            tls: NodeTls {
                certificate: absolute(tls.cert)?,
                key: absolute(tls.key)?,
                ca: absolute(tls.ca)?,
            },
        },
        cluster: None,
        agencies: agencies.collect::<Result<_, Failure>>()?,
        projections: vec![name(BOARD, Role::Projection)?],
        replicas: Vec::new(),
        operators: vec![name(BOARD, Role::Operator)?],
    };
    server_config(&deployment).map_err(Failure::other)
}
