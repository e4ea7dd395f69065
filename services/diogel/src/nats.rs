//! NATS for a hub's folder: the server's configuration, and its streams.

use std::{error::Error, time::Duration};

use diogel_event_log::{
    jetstream::{
        Streams,
        deployment::{
            AgencyUser, Cluster, Deployment, Node, ReplicaUser, TlsFiles as NodeTls, server_config,
        },
        names::Role as NatsRole,
        setup,
    },
    log::LogError,
};
use diogel_identity::{Role, TlsFiles};

use crate::{
    arguments::{Nats, NatsServer},
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

/// An error with what it came from.
fn causes(error: &(dyn Error + 'static)) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text.extend([": ", &error.to_string()]);
        cause = error.source();
    }
    text
}

/// How long a connection may take.
pub(crate) const READY: Duration = Duration::from_secs(10);

/// What NATS's refusal means to the command line.
pub(crate) fn refusal(error: &LogError) -> Failure {
    match error {
        LogError::Unavailable(cause) => Failure::Unavailable(format!(
            "NATS doesn't answer ({}): does nats-server run there, with what `diogel nats config` prints?",
            causes(&**cause)
        )),
        LogError::Refused(_) | LogError::Fenced(_) => Failure::Other(format!("NATS: {error}")),
    }
}

/// What a node may store: every stream at its limit, and once more the largest, for the server wants room for a stream that it is
/// asked to make before it finds that it is there.
const fn store_bytes(agencies: u64) -> u64 {
    let limits = streams(1);
    limits.agency_bytes * agencies + 2 * limits.order_bytes
}

pub(crate) async fn run(command: Nats) -> Result<(), Failure> {
    match command {
        Nats::Config(server) => {
            let folder = Folder::open(&server.hub.hub)?;
            show::line(&config(&folder, &server)?);
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
    link.wait_ready(READY).await.map_err(|e| refusal(&e))?;
    let agencies: Vec<&str> = folder.file.agencies.keys().map(String::as_str).collect();
    setup(&link, &agencies, &streams(replicas))
        .await
        .map_err(|e| refusal(&e))?;
    show::note(&format!(
        "streams of {} agencies and the order stream are there",
        agencies.len()
    ));
    Ok(())
}

fn config(folder: &Folder, server: &NatsServer) -> Result<String, Failure> {
    let name = |agency: &str, role| {
        folder
            .principal(agency, role, "nats")
            .map(|p| p.to_string())
    };
    let tls = folder.tls(BOARD, Role::Service, "nats-server")?;
    let agencies = folder.file.agencies.keys().map(|id| {
        Ok(AgencyUser {
            agency: id.clone(),
            certificate_names: vec![name(id, Role::Service)?],
        })
    });
    let replicas = folder.file.replicas.keys().map(|replica| {
        let principal = folder.principal(BOARD, Role::Projection, replica)?;
        Ok(ReplicaUser {
            name: replica.clone(),
            certificate_names: vec![principal.to_string()],
        })
    });
    let deployment = Deployment {
        node: Node {
            name: format!("{}-{}", folder.file.board, server.node),
            listen: server.listen,
            store: std::path::absolute(&server.store).map_err(Failure::other)?,
            store_bytes: store_bytes(folder.file.agencies.len() as u64),
            tls: node_tls(tls),
        },
        cluster: cluster(folder, server)?,
        agencies: agencies.collect::<Result<_, Failure>>()?,
        projections: vec![name(BOARD, Role::Projection)?],
        replicas: replicas.collect::<Result<_, Failure>>()?,
        operators: vec![name(BOARD, Role::Operator)?],
    };
    server_config(&deployment).map_err(Failure::other)
}

fn cluster(folder: &Folder, server: &NatsServer) -> Result<Option<Cluster>, Failure> {
    let Some(listen) = server.cluster_listen else {
        return Ok(None);
    };
    Ok(Some(Cluster {
        name: folder.file.board.clone(),
        listen,
        routes: server.routes.clone(),
        tls: node_tls(folder.route_tls()?),
    }))
}

fn node_tls(files: TlsFiles) -> NodeTls {
    NodeTls {
        certificate: files.cert,
        key: files.key,
        ca: files.ca,
    }
}
