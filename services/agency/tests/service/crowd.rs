//! Callers that mean no good, or know no better: they cost the others nothing (P12). Bounded, so that the test is too.

use std::{sync::Arc, time::Duration};

use diogel_identity::{Reloading, Role};
use http_body::Frame;
use http_body_util::StreamBody;
use tokio::{io::AsyncWriteExt, net::TcpStream};
use tokio_stream::StreamExt;
use tonic::{
    body::Body,
    codegen::{Bytes, http},
};
use tower::ServiceExt;

use crate::support::{Running, Site, given, name};

async fn still_serves(service: &Running<'_>, key: &str) {
    let mut client = service.system();
    let call = client.publish(given::incident(key));
    let answered = tokio::time::timeout(Duration::from_secs(5), call).await;
    answered.expect("it hangs").unwrap();
}

#[tokio::test]
async fn half_open_connections_keep_nobody_out() {
    let site = Site::new();
    let service = site.start().await;
    let mut silent = Vec::new();
    for i in 0..100 {
        let mut tcp = TcpStream::connect(service.handle.address).await.unwrap();
        if i % 2 == 0 {
            // The beginning of a handshake that never goes on.
            tcp.write_all(&[0x16, 0x03, 0x01, 0x02]).await.unwrap();
        }
        silent.push(tcp);
    }
    still_serves(&service, "among the silent").await;
    let mut garbage = TcpStream::connect(service.handle.address).await.unwrap();
    garbage
        .write_all(&b"GET / HTTP/1.1\r\n\r\n".repeat(50))
        .await
        .unwrap();
    still_serves(&service, "after the garbage").await;
}

#[tokio::test]
async fn a_client_that_shakes_hands_and_says_nothing_keeps_nobody_out() {
    let site = Site::new();
    let service = site.start().await;
    let files = site.files(&name("housing", Role::System, "case"));
    let tls = Reloading::load(files).unwrap().current().client.clone();
    let mut silent = Vec::new();
    for _ in 0..8 {
        let tcp = TcpStream::connect(service.handle.address).await.unwrap();
        let connector = tokio_rustls::TlsConnector::from(Arc::clone(&tls));
        silent.push(
            connector
                .connect("localhost".try_into().unwrap(), tcp)
                .await
                .unwrap(),
        );
    }
    still_serves(&service, "among the silent").await;
}

/// So many publications at once on one channel: every one of them is accepted.
async fn crowd(count: u64) {
    let site = Site::new();
    let service = site.start().await;
    let client = service.system();
    let calls = (0..count).map(|i| {
        let mut client = client.clone();
        tokio::spawn(async move { client.publish(given::incident(&format!("crowd {i}"))).await })
    });
    let calls: Vec<_> = calls.collect();
    for call in calls {
        let call = tokio::time::timeout(Duration::from_secs(30), call).await;
        call.expect("it hangs").unwrap().expect("it was refused");
    }
    assert_eq!(service.head().place.seq, count);
    still_serves(&service, "after the crowd").await;
}

#[tokio::test]
async fn p12_more_calls_than_are_worked_on_at_once_wait_for_their_turn() {
    crowd(64).await;
}

#[tokio::test]
async fn p12_more_calls_than_there_may_be_streams_wait_at_the_client() {
    crowd(200).await;
}

/// A body that comes a byte at a time.
fn slow_body() -> Body {
    let bytes = tokio_stream::iter(std::iter::repeat_n(0_u8, 600));
    let slow = bytes.throttle(Duration::from_millis(100));
    let frames = slow.map(|byte| {
        let frame = Frame::data(Bytes::from(vec![byte]));
        Ok::<_, std::convert::Infallible>(frame)
    });
    Body::new(StreamBody::new(frames))
}

#[tokio::test]
async fn a_client_that_dawdles_is_given_up_and_keeps_nobody_from_ending() {
    let site = Site::new();
    let service = site.start().await;
    let channel = service.channel(&name("housing", Role::System, "case"));
    let request = http::Request::post("/diogel.v1.PublishingService/Publish")
        .header("content-type", "application/grpc")
        .header("te", "trailers")
        .body(slow_body())
        .unwrap();
    let dawdling = tokio::spawn(channel.oneshot(request));
    still_serves(&service, "beside the slow").await;
    let stopped = tokio::time::timeout(Duration::from_secs(20), service.stop()).await;
    assert!(
        stopped.is_ok(),
        "a slow client keeps the service from ending"
    );
    let ended = tokio::time::timeout(Duration::from_secs(5), dawdling).await;
    assert!(ended.is_ok(), "the slow call hangs");
}
