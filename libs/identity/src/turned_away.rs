//! Connections that came to nothing: without a certificate, or with one that isn't good. Owns that the telemetry hears of each, by a
//! line or in a number, and that no flood of them fills a log (P12): there is no verified name to count them by.

use std::io;
use std::net::SocketAddr;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Lines a second.
const LINES: u32 = 10;
const WINDOW: Duration = Duration::from_secs(1);

/// The count of one listener.
#[derive(Default)]
pub(crate) struct TurnedAway(Mutex<Window>);

#[derive(Default)]
struct Window {
    since: Option<Instant>,
    lines: u32,
    unsaid: u64,
}

impl TurnedAway {
    /// Says it in a line, with the number of those that had none before it; or counts it for the next line.
    pub(crate) fn say(&self, remote: SocketAddr, error: &io::Error) {
        if let Some(unsaid) = self.unsaid(Instant::now()) {
            tracing::info!(%remote, %error, unsaid, "a connection is refused");
        }
    }

    fn unsaid(&self, now: Instant) -> Option<u64> {
        let mut window = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let over = |since: Instant| now.saturating_duration_since(since) >= WINDOW;
        if window.since.is_none_or(over) {
            (window.since, window.lines) = (Some(now), 0);
        }
        if window.lines == LINES {
            window.unsaid += 1;
            return None;
        }
        window.lines += 1;
        Some(std::mem::take(&mut window.unsaid))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn p12_a_flood_of_connections_is_a_few_lines_and_a_number() {
        let (away, start) = (TurnedAway::default(), Instant::now());
        let said = (0..1_000).filter_map(|_| away.unsaid(start)).count();
        assert_eq!(said, 10);
        assert_eq!(away.unsaid(start + WINDOW), Some(990));
        assert_eq!(away.unsaid(start + WINDOW), Some(0));
    }
}
