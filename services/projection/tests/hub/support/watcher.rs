//! A watch held open by a test.

use std::time::Duration;

use diogel_contract::v1::{self, watch_response::Change};
use tonic::{Status, Streaming};

const PATIENCE: Duration = Duration::from_secs(10);

/// An open stream.
pub struct Watcher(pub Streaming<v1::WatchResponse>);

impl Watcher {
    /// The next answer that isn't a sign of life.
    pub async fn next(&mut self) -> Result<v1::WatchResponse, Status> {
        loop {
            let next = tokio::time::timeout(PATIENCE, self.0.message()).await;
            let response = next.expect("something in ten seconds")?;
            let response = response.ok_or_else(|| Status::cancelled("the stream ended"))?;
            if !matches!(response.change, Some(Change::Alive(_))) {
                return Ok(response);
            }
        }
    }

    /// The next so many changes.
    pub async fn take(&mut self, count: usize) -> Vec<v1::WatchResponse> {
        let mut taken = Vec::new();
        for _ in 0..count {
            taken.push(self.next().await.unwrap());
        }
        taken
    }

    /// Nothing comes for a while.
    pub async fn is_quiet(&mut self) -> bool {
        let quiet = tokio::time::timeout(Duration::from_millis(400), self.0.message()).await;
        quiet.is_err()
    }
}

pub fn item(response: &v1::WatchResponse) -> &v1::Item {
    match &response.change {
        Some(Change::Item(item)) => item,
        other => panic!("no item: {other:?}"),
    }
}

pub fn retraction(response: &v1::WatchResponse) -> &v1::Retraction {
    match &response.change {
        Some(Change::Retraction(retraction)) => retraction,
        other => panic!("no retraction: {other:?}"),
    }
}
