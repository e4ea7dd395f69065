//! The gRPC server: reading, reconciling (the admitting projection alone) and health, all behind one door. Health says SERVING
//! only while views are proven complete (P5).

use std::sync::{Arc, Mutex};

use diogel_contract::{
    explained::Explained,
    v1::{
        accountability_service_server::AccountabilityServiceServer,
        indicator_service_server::IndicatorServiceServer,
        oversight_service_server::OversightServiceServer,
        reading_service_server::ReadingServiceServer,
        reconcile_service_server::ReconcileServiceServer,
    },
};
use diogel_domain::ids::AgencyId;
use diogel_identity::{Door, Refusals, Reloading, TlsFiles};
use diogel_ops::{DECODE_LIMIT, ENCODE_LIMIT, Shutdown, limits};
use diogel_sharing::defaults::Defaults;
use tokio::sync::mpsc;
use tonic::transport::{Server, server::Router};
use tonic_health::{ServingStatus, server::HealthReporter};

use crate::{
    accesses::Accesses,
    accounting::Accounting,
    admit::Admission,
    config::SERVICES,
    cursor::Cursors,
    desk::Desk,
    feed::Ground,
    indicating::{Indicating, Releases},
    overseeing::Overseeing,
    reading::Reading,
    reconciling::Reconciling,
    standing::Complete,
    turns::Turns,
    view_folder::FolderStore,
};

/// What serving alone needs.
pub(crate) struct Served {
    /// Dropped by the last connection: only then are journal and views free for the next to open.
    pub(crate) held: mpsc::Sender<()>,
    pub(crate) cursors: Cursors,
    /// None: a replica.
    pub(crate) admission: Option<Arc<Admission>>,
    pub(crate) accesses: Accesses,
    pub(crate) releases: Arc<Releases>,
    pub(crate) defaults: Arc<Defaults>,
    pub(crate) refusals: Refusals,
    /// The Board's agency: whose operators oversee who isn't let in.
    pub(crate) board: AgencyId,
    pub(crate) tls: Arc<Reloading<TlsFiles>>,
}

/// Keeps health up to date.
pub(crate) struct Health {
    reporter: HealthReporter,
    complete: Complete,
}

impl Health {
    pub(crate) async fn run(self, shutdown: Shutdown) {
        let mut complete = self.complete.changed();
        loop {
            let status = if *complete.borrow_and_update() {
                ServingStatus::Serving
            } else {
                ServingStatus::NotServing
            };
            for service in ["", SERVICES[0]] {
                self.reporter.set_service_status(service, status).await;
            }
            tokio::select! {
                changed = complete.changed() => if changed.is_err() { return },
                () = shutdown.requested() => return,
            }
        }
    }
}

pub(crate) fn server<S: FolderStore>(
    ground: &Ground<S>,
    served: Served,
    door: &Door,
) -> (Router, Health) {
    let (reporter, health) = tonic_health::server::health_reporter();
    let desk = Desk {
        views: Arc::clone(&ground.views),
        complete: ground.complete.clone(),
        accesses: served.accesses,
        refusals: served.refusals.clone(),
        turns: Turns::default(),
    };
    let indicating = IndicatorServiceServer::new(Indicating {
        desk: desk.clone(),
        views: Arc::clone(&ground.views),
        releases: served.releases,
        board: served.board.clone(),
        held: served.held.clone(),
    })
    .max_decoding_message_size(DECODE_LIMIT);
    let overseeing = OversightServiceServer::new(Overseeing {
        desk: desk.clone(),
        views: Arc::clone(&ground.views),
        admission: served.admission.clone(),
        heard: Arc::clone(&ground.heard),
        order: ground.order.clone(),
        tls: served.tls,
        board: served.board.clone(),
        held: served.held.clone(),
    })
    .max_decoding_message_size(DECODE_LIMIT);
    let accounting = AccountabilityServiceServer::new(Accounting {
        views: Arc::clone(&ground.views),
        desk: desk.clone(),
        defaults: served.defaults,
        cursors: served.cursors.clone(),
        board: served.board,
        held: served.held.clone(),
    })
    .max_decoding_message_size(DECODE_LIMIT)
    .max_encoding_message_size(ENCODE_LIMIT);
    let reading = Reading {
        desk,
        views: Arc::clone(&ground.views),
        cursors: served.cursors,
        complete: ground.complete.clone(),
        heard: Arc::clone(&ground.heard),
        held: served.held.clone(),
    };
    let reading = ReadingServiceServer::new(reading)
        .max_decoding_message_size(DECODE_LIMIT)
        .max_encoding_message_size(ENCODE_LIMIT);
    let reconciling = served.admission.map(|admission| {
        let reconciling = Reconciling {
            admission,
            views: Arc::clone(&ground.views),
            ended: ground.ended.clone(),
            refusals: served.refusals,
            recovered: Mutex::default(),
            _held: served.held,
        };
        // A recovery carries two hundred events of up to 48 KiB.
        let reconciling = ReconcileServiceServer::new(reconciling)
            .max_decoding_message_size(DECODE_LIMIT)
            .max_encoding_message_size(4 * ENCODE_LIMIT);
        Explained::new(door.guards(reconciling))
    });
    let router = limits(Server::builder())
        .add_service(Explained::new(door.guards(reading)))
        .add_service(Explained::new(door.guards(accounting)))
        .add_service(Explained::new(door.guards(indicating)))
        .add_service(Explained::new(door.guards(overseeing)))
        .add_optional_service(reconciling)
        .add_service(Explained::new(door.guards(health)));
    let health = Health {
        reporter,
        complete: ground.complete.clone(),
    };
    (router, health)
}
