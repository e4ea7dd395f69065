//! The gRPC server: reading, reconciling (the admitting projection alone) and health. Health says SERVING only while views are
//! proven complete (P5); any peer with a certificate of the board may ask it.

use std::sync::{Arc, Mutex};

use arc_swap::ArcSwap;
use diogel_contract::{
    explained::Explained,
    v1::{
        accountability_service_server::AccountabilityServiceServer,
        reading_service_server::ReadingServiceServer,
        reconcile_service_server::ReconcileServiceServer,
    },
};
use diogel_identity::{Allowlist, Guard, Reloading};
use diogel_ops::{DECODE_LIMIT, ENCODE_LIMIT, Shutdown, limits};
use diogel_sharing::defaults::Defaults;
use tokio::sync::mpsc;
use tonic::{
    service::interceptor::InterceptedService,
    transport::{Server, server::Router},
};
use tonic_health::{ServingStatus, server::HealthReporter};

use crate::{
    accesses::Accesses,
    accounting::Accounting,
    admit::Admission,
    config::{ProjectionConfig, SERVICES},
    desk::Desk,
    feed::Ground,
    reading::Reading,
    reconciling::Reconciling,
    standing::Complete,
    view_folder::FolderStore,
};

/// What serving alone needs.
pub(crate) struct Served {
    /// Dropped by the last connection: only then are journal and views free for the next to open.
    pub(crate) held: mpsc::Sender<()>,
    /// Of the views.
    pub(crate) generation: u64,
    /// None: a replica.
    pub(crate) admission: Option<Arc<Admission>>,
    pub(crate) accesses: Accesses,
    pub(crate) defaults: Arc<Defaults>,
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
    config: &ProjectionConfig,
    ground: &Ground<S>,
    served: Served,
    tls: &Arc<Reloading>,
) -> (Router, Health) {
    let allow: Arc<ArcSwap<Allowlist>> = Arc::new(ArcSwap::from_pointee(config.allow.clone()));
    let guard = |service: &str| Guard::new(service, allow.clone(), tls.clone());
    let (reporter, health) = tonic_health::server::health_reporter();
    let desk = Desk {
        views: Arc::clone(&ground.views),
        complete: ground.complete.clone(),
        accesses: served.accesses,
    };
    let accounting = AccountabilityServiceServer::new(Accounting {
        views: Arc::clone(&ground.views),
        desk: desk.clone(),
        defaults: served.defaults,
        generation: served.generation,
        _held: served.held.clone(),
    })
    .max_decoding_message_size(DECODE_LIMIT)
    .max_encoding_message_size(ENCODE_LIMIT);
    let reading = Reading {
        desk,
        views: Arc::clone(&ground.views),
        generation: served.generation,
        complete: ground.complete.clone(),
        heard: Arc::clone(&ground.heard),
        guard: guard(SERVICES[0]),
        _held: served.held.clone(),
    };
    let reading = ReadingServiceServer::new(reading)
        .max_decoding_message_size(DECODE_LIMIT)
        .max_encoding_message_size(ENCODE_LIMIT);
    let reconciling = served.admission.map(|admission| {
        let reconciling = Reconciling {
            admission,
            views: Arc::clone(&ground.views),
            ended: ground.ended.clone(),
            recovered: Mutex::default(),
            _held: served.held,
        };
        // A recovery carries two hundred events of up to 48 KiB.
        let reconciling = ReconcileServiceServer::new(reconciling)
            .max_decoding_message_size(DECODE_LIMIT)
            .max_encoding_message_size(4 * ENCODE_LIMIT);
        Explained::new(InterceptedService::new(reconciling, guard(SERVICES[1])))
    });
    let router = limits(Server::builder())
        .add_service(Explained::new(InterceptedService::new(
            reading,
            guard(SERVICES[0]),
        )))
        .add_service(Explained::new(InterceptedService::new(
            accounting,
            guard(SERVICES[2]),
        )))
        .add_optional_service(reconciling)
        .add_service(health);
    let health = Health {
        reporter,
        complete: ground.complete.clone(),
    };
    (router, health)
}
