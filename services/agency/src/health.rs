//! Health, for whoever supervises the service: SERVING while events are taken in. Its own list in the allowlist says who may ask.

use diogel_event_log::journal::Journal;
use diogel_ops::Shutdown;
use tonic_health::{ServingStatus, server::HealthReporter};

use crate::{config::SERVICES, gate::Gate};

/// Keeps health up to date until shut down.
pub(crate) async fn run(
    reporter: HealthReporter,
    gate: Gate,
    journal: Journal,
    shutdown: Shutdown,
) {
    loop {
        let (open, stopped) = (gate.is_open(), journal.is_stopped());
        let status = if open && !stopped {
            ServingStatus::Serving
        } else {
            ServingStatus::NotServing
        };
        for service in ["", SERVICES[0]] {
            reporter.set_service_status(service, status).await;
        }
        tokio::select! {
            () = gate.turned(!open) => {}
            () = journal.stopped(), if !stopped => {}
            () = shutdown.requested() => return,
        }
    }
}
