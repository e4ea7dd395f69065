//! Metrics in Prometheus's text format, on an address of their own: numbers by service, call and agency, and nothing of anybody. Owns where
//! they are asked for; refuses an address that others than this machine or an inner network would reach by accident: it has to be configured.

use std::net::SocketAddr;

use metrics_exporter_prometheus::{BuildError, Matcher, PrometheusBuilder};

/// Seconds that a call takes at most, by bucket: a page's bound is 20 ms, a person's patience a few seconds.
const SECONDS: [f64; 10] = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 2.0, 10.0];

/// Why there are no metrics.
#[derive(Debug, thiserror::Error)]
#[error("metrics at {at}: {source}")]
pub struct MetricsError {
    at: SocketAddr,
    source: BuildError,
}

/// Serves `GET /metrics` at this address, over plain HTTP, until the process ends. Without it whatever is measured is measured for nobody,
/// and costs nothing.
///
/// # Errors
/// [`MetricsError`]: the address is taken, or they are served already.
pub fn serve(at: SocketAddr) -> Result<(), MetricsError> {
    let refused = |source| MetricsError { at, source };
    let matcher = Matcher::Suffix("_seconds".to_owned());
    PrometheusBuilder::new()
        .with_http_listener(at)
        .set_buckets_for_metric(matcher, &SECONDS)
        .map_err(refused)?
        .install()
        .map_err(refused)
}
