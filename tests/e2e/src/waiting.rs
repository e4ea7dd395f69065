//! Waiting for something that will be so, with a deadline: never a sleep and a hope.

use std::time::{Duration, Instant};

/// Enough for anything that should come soon, on a machine with much to do.
pub const SOON: Duration = Duration::from_secs(40);

/// Asks again and again until there is an answer.
pub async fn until<T>(
    what: &str,
    patience: Duration,
    mut ask: impl AsyncFnMut() -> Option<T>,
) -> T {
    let end = Instant::now() + patience;
    loop {
        if let Some(answer) = ask().await {
            return answer;
        }
        assert!(Instant::now() < end, "not in {patience:?}: {what}");
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
}
