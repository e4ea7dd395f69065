//! Callers that don't give up: each request is sent again with its key until there is a receipt, as a real system would.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use diogel_contract::v1::{
    PublishRequest, Receipt, publishing_service_client::PublishingServiceClient,
};
use diogel_e2e::{Board, SOON, until};
use tokio::task::JoinHandle;
use tonic::{Code, transport::Channel};

/// Requests under way at once.
const CALLERS: usize = 8;

/// A load that runs beside the test.
pub struct Load {
    done: Arc<AtomicUsize>,
    callers: Vec<JoinHandle<Vec<Receipt>>>,
}

impl Load {
    /// Begins to publish requests that don't refer to each other.
    pub fn start(board: &Board, agency: &str, requests: Vec<PublishRequest>) -> Self {
        let done = Arc::new(AtomicUsize::new(0));
        let client = board.publisher(agency);
        let mut shares = vec![Vec::new(); CALLERS];
        for (n, request) in requests.into_iter().enumerate() {
            shares[n % CALLERS].push(request);
        }
        let caller = |share| tokio::spawn(publish(client.clone(), share, done.clone()));
        let callers = shares.into_iter().map(caller).collect();
        Self { done, callers }
    }

    /// Waits until so many have their receipts.
    pub async fn reaches(&self, count: usize) {
        let enough = async || (self.done.load(Ordering::SeqCst) >= count).then_some(());
        until(&format!("{count} receipts"), SOON, enough).await;
    }

    /// Waits for all of them.
    pub async fn receipts(self) -> Vec<Receipt> {
        let mut receipts = Vec::new();
        for caller in self.callers {
            receipts.extend(caller.await.expect("a caller"));
        }
        receipts
    }
}

async fn publish(
    mut client: PublishingServiceClient<Channel>,
    share: Vec<PublishRequest>,
    done: Arc<AtomicUsize>,
) -> Vec<Receipt> {
    let mut receipts = Vec::new();
    for request in share {
        receipts.push(insist(&mut client, &request).await);
        done.fetch_add(1, Ordering::SeqCst);
    }
    receipts
}

/// A service that was killed in the middle of a call may look like any of these to its caller.
const WORTH_ANOTHER_TRY: [Code; 4] = [
    Code::Unavailable,
    Code::Unknown,
    Code::Cancelled,
    Code::DeadlineExceeded,
];

async fn insist(
    client: &mut PublishingServiceClient<Channel>,
    request: &PublishRequest,
) -> Receipt {
    let end = std::time::Instant::now() + SOON;
    loop {
        match client.publish(request.clone()).await {
            Ok(answer) => return answer.into_inner().receipt.expect("a receipt"),
            Err(status) => {
                let again = WORTH_ANOTHER_TRY.contains(&status.code());
                assert!(again && std::time::Instant::now() < end, "{status:?}");
            }
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}
