//! P8 at real services: what is open when a certificate is revoked ends within a second.

use std::time::{Duration, Instant};

use diogel_contract::v1::{self, reading_service_client::ReadingServiceClient};
use diogel_e2e::{Board, PROJECTION, REPLICA, SOON, until};
use diogel_identity::{Principal, Role};
use tonic::transport::Channel;
use tonic::{Code, Status, Streaming};
use tonic_health::pb::{HealthCheckRequest, health_client::HealthClient};

use crate::certificates::Office;
use crate::connecting::{channel, tls};
use crate::identities::{Fault, Identity};

/// P8.
pub const SECOND: Duration = Duration::from_secs(1);

/// A watch from now on: it has nothing to say.
pub async fn watches(channel: Channel) -> Streaming<v1::WatchResponse> {
    let request = v1::WatchRequest {
        cursor: String::new(),
        from_now: true,
        ..v1::WatchRequest::default()
    };
    until("the view is complete", SOON, async || {
        let mut client = ReadingServiceClient::new(channel.clone());
        match client.watch(request.clone()).await {
            Ok(stream) => Some(stream.into_inner()),
            Err(status) if status.code() == Code::Unavailable => None,
            Err(status) => panic!("{status:?}"),
        }
    })
    .await
}

/// The refusal that the stream ends with, and how long it took.
pub async fn end<T>(mut stream: Streaming<T>, from: Instant) -> (Status, Duration) {
    loop {
        match tokio::time::timeout(SOON, stream.message()).await {
            Ok(Ok(Some(_sign_of_life))) => {}
            Ok(Ok(None)) => panic!("the stream ended without a word"),
            Ok(Err(status)) => return (status, from.elapsed()),
            Err(waited) => panic!("the stream is still open: {waited}"),
        }
    }
}

fn refused(process: &str, (status, after): (Status, Duration)) {
    assert_eq!(
        status.code(),
        Code::Unauthenticated,
        "{process}: {status:?}"
    );
    assert!(after < SECOND, "{process}: {after:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn p8_an_open_watch_ends_within_a_second_of_the_revocation() {
    let mut board = Board::start().await;
    board.start_service(REPLICA).await;
    let mut office = Office::open(&board);
    let right = Principal::new(office.board(), "police", Role::System, "case").expect("a name");
    let revoked = Identity::Faulty(Fault::RevokedLater);
    office.credentials(Identity::Faulty(Fault::Revoked), &right);
    let credentials = office.credentials(revoked, &right);
    let tls = tls(&office.ca(), credentials.as_ref());
    let at = |process| channel(board.address(process), tls.clone());
    let channels = [at(PROJECTION), at(REPLICA)];
    let first = watches(channels[0].clone()).await;
    let second = watches(channels[1].clone()).await;
    // Somebody else's, which goes on.
    let other = watches(board_reader(&mut office, &board, &right)).await;
    office.revoke(&right);
    let from = Instant::now();
    let ends = tokio::join!(end(first, from), end(second, from));
    refused(PROJECTION, ends.0);
    refused(REPLICA, ends.1);
    assert!(goes_on(other).await);
    // Nor is the open connection good for anything more.
    for channel in channels {
        let asked = v1::ListItemsRequest::default();
        let answer = ReadingServiceClient::new(channel).list_items(asked).await;
        assert_eq!(answer.expect_err("a refusal").code(), Code::Unauthenticated);
    }
}

/// As whoever supervises for the Board would.
#[tokio::test(flavor = "multi_thread")]
async fn p8_an_open_watch_of_health_ends_within_a_second_of_the_revocation() {
    let board = Board::start().await;
    let mut office = Office::open(&board);
    let name = Principal::new(office.board(), "board", Role::Operator, "supervision");
    let credentials = office.issued(&name.expect("a name"));
    let tls = tls(&office.ca(), Some(&credentials));
    let channel = |process| channel(board.address(process), tls.clone());
    let mut ends = Vec::new();
    for process in [PROJECTION, "police", "board"] {
        let mut client = HealthClient::new(channel(process));
        let watch = client.watch(HealthCheckRequest::default()).await;
        ends.push((process, watch.expect("a stream").into_inner()));
    }
    let name = Principal::new(office.board(), "board", Role::Operator, "supervision");
    office.revokes(name.expect("a name"));
    let from = Instant::now();
    for (process, watch) in ends {
        refused(process, end(watch, from).await);
    }
}

fn board_reader(office: &mut Office, board: &Board, right: &Principal) -> Channel {
    let known = Identity::Known("police", Role::System, "case");
    let credentials = office.credentials(known, right);
    let tls = tls(&office.ca(), credentials.as_ref());
    channel(board.address(PROJECTION), tls)
}

async fn goes_on(mut stream: Streaming<v1::WatchResponse>) -> bool {
    let next = tokio::time::timeout(SECOND, stream.message()).await;
    !matches!(next, Ok(Err(_) | Ok(None)))
}
