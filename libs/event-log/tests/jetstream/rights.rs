//! P7: what a user's certificate does not allow, the server does not do, whatever the client sends.

use std::time::Duration;

use async_nats::Client;
use diogel_event_log::jetstream::names::Role;
use diogel_event_log::jetstream::{Access, Link};
use futures_util::StreamExt;

use crate::board::{Board, hear_all};
use crate::suite::{NORTH, SOUTH, chain, nothing_but, publish};

const BRIEFLY: Duration = Duration::from_millis(300);

/// Whether anybody answers such a request with anything but a refusal to be reached.
async fn answered(client: &Client, subject: &str, payload: &str) -> bool {
    let request = client.request(subject.to_owned(), payload.to_owned().into());
    matches!(tokio::time::timeout(BRIEFLY, request).await, Ok(Ok(_)))
}

/// The first of these subjects on which a request is answered.
async fn answering(client: &Client, subjects: impl IntoIterator<Item = String>) -> Option<String> {
    let asked = subjects.into_iter().map(async |subject| {
        let answered = answered(client, &subject, "{}").await;
        answered.then_some(subject)
    });
    futures_util::future::join_all(asked)
        .await
        .into_iter()
        .flatten()
        .next()
}

fn requests(requests: &[&str], streams: &[&str]) -> Vec<String> {
    let on = |stream: &&str| {
        let stream = (*stream).to_owned();
        requests
            .iter()
            .map(move |request| format!("$JS.API.{request}.{stream}"))
    };
    streams.iter().flat_map(on).collect()
}

async fn client(board: &Board, role: Role) -> Client {
    board.hub.link(role).await.client().clone()
}

fn agency(id: &str) -> Role {
    Role::Agency(id.to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_agency_publishes_to_its_own_subject_only() {
    let board = Board::start().await;
    let south = client(&board, agency(SOUTH)).await;
    let others = [
        "hub.evt.north",
        "hub.order",
        "EVT_NORTH",
        "_INBOX_north.x",
        "$SYS.REQ.SERVER.PING",
    ];
    assert_eq!(answering(&south, others.map(String::from)).await, None);
    assert!(answered(&south, "hub.evt.south", "its own").await);
    let mut north = board.inlet_of(NORTH).await;
    nothing_but(north.as_mut(), &[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_agency_can_neither_see_nor_change_any_stream_its_own_included() {
    let board = Board::start().await;
    let entries = chain(NORTH, 5, 200);
    publish(&board, NORTH, &entries).await;
    let north = client(&board, agency(NORTH)).await;
    let mut subjects = requests(
        &[
            "STREAM.INFO",
            "STREAM.CREATE",
            "STREAM.UPDATE",
            "STREAM.DELETE",
            "STREAM.PURGE",
            "STREAM.MSG.GET",
            "STREAM.MSG.DELETE",
            "STREAM.SNAPSHOT",
            "DIRECT.GET",
            "CONSUMER.CREATE",
            "CONSUMER.LIST",
        ],
        &["EVT_NORTH", "EVT_SOUTH", "ORDER"],
    );
    let more = [
        "$JS.API.INFO",
        "$JS.API.STREAM.NAMES",
        "$JS.API.STREAM.LIST",
        "$JS.ACK.EVT_NORTH.projection.1.1.1.1.0",
    ];
    subjects.extend(more.map(String::from));
    assert_eq!(answering(&north, subjects).await, None);
    hear_all(board.inlet_of(NORTH).await.as_mut(), &entries).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_hears_what_is_meant_for_another() {
    let board = Board::start().await;
    let spies = [agency(SOUTH), board.hub.replica()];
    let mut ears = Vec::new();
    for spy in &spies {
        let client = client(&board, spy.clone()).await;
        for subject in [
            ">",
            "hub.>",
            "hub.evt.north",
            "_INBOX_north.>",
            "_INBOX_projection.>",
            "$JS.>",
        ] {
            ears.push((
                client.subscribe(subject).await.expect("sent"),
                client.clone(),
                subject,
            ));
        }
    }
    let entries = chain(NORTH, 5, 200);
    publish(&board, NORTH, &entries).await;
    hear_all(board.inlet_of(NORTH).await.as_mut(), &entries).await;
    for (mut ear, _client, subject) in ears {
        let heard = tokio::time::timeout(BRIEFLY / 10, ear.next()).await;
        assert!(
            !matches!(heard, Ok(Some(_))),
            "something was heard on {subject}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn another_agency_s_message_ids_suppress_nothing() {
    let board = Board::start().await;
    let entries = chain(NORTH, 3, 200);
    // South sends, first, what North is about to send, ids included.
    let outlet = board.outlet_of(SOUTH).await;
    crate::board::offer_until_safe(&outlet, &entries, false).await;
    publish(&board, NORTH, &entries).await;
    hear_all(board.inlet_of(NORTH).await.as_mut(), &entries).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn headers_can_t_empty_an_agency_s_own_stream() {
    let board = Board::start().await;
    let entries = chain(NORTH, 5, 200);
    publish(&board, NORTH, &entries).await;
    let north = client(&board, agency(NORTH)).await;
    for (name, value) in [
        ("Nats-Rollup", "all"),
        ("Nats-Rollup", "sub"),
        ("Nats-TTL", "1s"),
    ] {
        let mut headers = async_nats::HeaderMap::new();
        headers.insert(name, value);
        let answer = north
            .request_with_headers("hub.evt.north", headers, "x".into())
            .await;
        let answer = answer.expect("an answer");
        assert!(
            String::from_utf8_lossy(&answer.payload).contains("error"),
            "{name} was taken"
        );
    }
    hear_all(board.inlet_of(NORTH).await.as_mut(), &entries).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_service_can_change_delete_or_purge_a_stream() {
    let board = Board::start().await;
    let changes = [
        "STREAM.UPDATE",
        "STREAM.DELETE",
        "STREAM.PURGE",
        "STREAM.MSG.DELETE",
        "STREAM.RESTORE",
        "STREAM.SNAPSHOT",
        "STREAM.LEADER.STEPDOWN",
    ];
    for role in [Role::Projection, board.hub.replica(), Role::Operator] {
        let client = client(&board, role.clone()).await;
        let subjects = requests(&changes, &["EVT_NORTH", "ORDER"]);
        assert_eq!(answering(&client, subjects).await, None, "{role}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_replica_reads_the_order_stream_and_nothing_else() {
    let board = Board::start().await;
    let replica = client(&board, board.hub.replica()).await;
    assert!(answered(&replica, "$JS.API.STREAM.INFO.ORDER", "{}").await);
    let more = [
        "hub.order",
        "hub.evt.north",
        "$JS.API.STREAM.INFO.EVT_NORTH",
        "$JS.API.STREAM.MSG.GET.EVT_NORTH",
        "$JS.API.CONSUMER.CREATE.ORDER",
        "$JS.API.CONSUMER.CREATE.EVT_NORTH.x",
    ];
    assert_eq!(answering(&replica, more.map(String::from)).await, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_agency_can_t_use_up_the_server_s_connections() {
    let board = Board::start().await;
    let mut links = Vec::new();
    for _ in 0..30 {
        let access = board.hub.access(agency(SOUTH));
        links.push(Link::open(access).await.expect("a link"));
    }
    tokio::time::sleep(Duration::from_secs(2)).await;
    let connected = links.iter().filter(|link| link.ready().is_ok()).count();
    assert!((1..=16).contains(&connected), "{connected} connections");
    board.hub.link(agency(NORTH)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_that_the_registry_does_not_know_is_turned_away() {
    let board = Board::start().await;
    let known = board.hub.clients();
    let stranger = known.client("spiffe://harness.diogel.test/agency/north/x");
    let other_ca = diogel_harness::Authority::new();
    let north = other_ca.client("spiffe://harness.diogel.test/agency/north");
    for (credentials, what) in [(stranger, "an unknown name"), (north, "another ca")] {
        let access = Access {
            servers: board.hub.servers(),
            role: agency(NORTH),
            tls: known.tls(&credentials),
        };
        let link = Link::open(access).await.expect("a link");
        let ready = link.wait_ready(Duration::from_secs(1)).await;
        assert!(ready.is_err(), "{what} was let in");
    }
}

/// P8: leaving the registry is the revocation. It reaches connections that are open.
#[tokio::test(flavor = "multi_thread")]
async fn an_agency_that_left_the_registry_is_cut_off_within_a_second() {
    let mut board = Board::start().await;
    let (north, south) = (
        board.hub.link(agency(NORTH)).await,
        board.hub.link(agency(SOUTH)).await,
    );
    board.hub.dismiss(SOUTH);
    let began = std::time::Instant::now();
    while south.ready().is_ok() {
        assert!(began.elapsed() < Duration::from_secs(1), "still connected");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    assert!(
        south.wait_ready(Duration::from_secs(1)).await.is_err(),
        "it came back"
    );
    assert!(answered(north.client(), "hub.evt.north", "its own").await);
}
