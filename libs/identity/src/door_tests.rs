//! The door between real sockets: allowlist and revocation, at each request and on what is open, and what is told of it.

use std::convert::Infallible;
use std::fs;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use http_body::{Body as HttpBody, Frame};
use tonic::body::Body;
use tonic::codegen::{BoxFuture, Bytes, Service, http};
use tonic::server::NamedService;
use tonic::transport::Channel;
use tonic::{Code, Extensions, Status, Streaming};
use tonic_health::pb::health_client::HealthClient;
use tonic_health::pb::{HealthCheckRequest, HealthCheckResponse};

use crate::guarded_body::GuardedBody;
use crate::mtls_tests::{CLIENT, Hub, SERVER, SERVICE, call, client_der, name, within_a_second};
use crate::serve::Connection;
use crate::{Peer, Why};

impl Hub {
    async fn watches(&self, channel: &Channel) -> Streaming<HealthCheckResponse> {
        let mut client = HealthClient::new(channel.clone());
        let stream = client.watch(HealthCheckRequest::default()).await;
        let mut stream = stream.unwrap().into_inner();
        stream.message().await.unwrap().unwrap();
        stream
    }

    /// What was told of the client, the call without its service.
    fn told(&self) -> Vec<(String, Why)> {
        let refused = self.refused.lock().unwrap();
        let of_client = refused.iter().filter(|r| r.principal == name(CLIENT));
        let method = |call: &str| call.rsplit('/').next().unwrap_or_default().to_owned();
        of_client.map(|r| (method(&r.call), r.why)).collect()
    }
}

#[tokio::test]
async fn an_unlisted_principal_and_an_empty_list_are_denied_in_the_same_words() {
    let mut hub = Hub::start().await;
    let unlisted = "diogel://west/police/operator/jo";
    hub.authority.issue(&name(unlisted), &[], 30).unwrap();
    let refused = hub.call_as(unlisted).await.unwrap_err();
    assert_eq!(refused.code(), Code::PermissionDenied);
    hub.allows(&[]);
    let channel = hub.channel(hub.authority.tls_files(&name(CLIENT)), SERVER);
    assert!(within_a_second(&channel, Code::PermissionDenied).await);
    let denied = call(&channel).await.unwrap_err();
    assert_eq!(
        (denied.code(), denied.message()),
        (refused.code(), refused.message())
    );
}

#[tokio::test]
async fn another_boards_peer_is_denied_even_if_listed_and_no_peer_is_nobody() {
    let hub = Hub::start().await;
    hub.allows(&["diogel://north/*/system/*"]);
    tokio::time::sleep(Duration::from_secs(1)).await;
    let own = hub.server_tls.current().own.clone();
    let peer = Arc::new(Peer {
        principal: name("diogel://north/police/system/a"),
        ..own
    });
    let mut extensions = Extensions::new();
    let guard = hub.door.guard(SERVICE);
    let uri = "/grpc.health.v1.Health/Check".parse().unwrap();
    let headers = http::HeaderMap::new();
    let nobody = guard.check(&extensions, &uri, &headers).unwrap_err();
    assert_eq!(nobody.code(), Code::Unauthenticated);
    extensions.insert(Connection {
        peer,
        remote: hub.address,
    });
    let refused = guard.check(&extensions, &uri, &headers).unwrap_err();
    assert_eq!(refused.code(), Code::PermissionDenied);
    let told = hub.refused.lock().unwrap().clone();
    let whys: Vec<Why> = told.iter().map(|refused| refused.why).collect();
    assert_eq!(whys, [Why::OtherBoard], "who has no name isn't counted");
}

/// The refusal that ends it, within a second of now (P8).
async fn end(mut stream: Streaming<HealthCheckResponse>) -> Status {
    let last = tokio::time::timeout(Duration::from_secs(1), stream.message());
    let refused = last.await.expect("it ends within a second").unwrap_err();
    assert!(stream.message().await.unwrap_or_default().is_none());
    refused
}

#[tokio::test]
async fn p8_an_open_stream_ends_within_a_second_of_a_revocation() {
    let mut hub = Hub::start().await;
    let channel = hub.channel(hub.authority.tls_files(&name(CLIENT)), SERVER);
    let stream = hub.watches(&channel).await;
    hub.revoke(CLIENT);
    let refused = end(stream).await;
    assert_eq!(refused.code(), Code::Unauthenticated, "{refused:?}");
    assert_eq!(hub.told(), [("Watch".into(), Why::Revoked)]);
}

#[tokio::test]
async fn p8_who_leaves_the_allowlist_is_out_within_a_second_and_back_when_it_returns() {
    let hub = Hub::start().await;
    let channel = hub.channel(hub.authority.tls_files(&name(CLIENT)), SERVER);
    let stream = hub.watches(&channel).await;
    hub.allows(&["diogel://west/health/system/*"]);
    let refused = end(stream).await;
    assert_eq!(refused.code(), Code::PermissionDenied, "{refused:?}");
    let again = call(&channel).await.unwrap_err();
    assert_eq!(
        (again.code(), again.message()),
        (refused.code(), refused.message())
    );
    let told = [
        ("Watch".to_owned(), Why::NotListed),
        ("Check".to_owned(), Why::NotListed),
    ];
    assert_eq!(hub.told(), told);
    hub.allows(&["diogel://west/police/system/*"]);
    // It is within a second where the machine has nothing else to do.
    let back = async {
        while call(&channel).await.is_err() {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), back)
        .await
        .expect("it is let in again");
    // A broken file puts nobody out at once, and lets nobody in.
    let stream = hub.watches(&channel).await;
    fs::write(hub.dir.path().join("allow.toml"), "x").unwrap();
    tokio::time::sleep(Duration::from_secs(1)).await;
    call(&channel).await.unwrap();
    drop(stream);
}

/// Always has something to say.
struct Endless;

impl HttpBody for Endless {
    type Data = Bytes;
    type Error = Status;

    fn poll_frame(
        self: Pin<&mut Self>,
        _cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Status>>> {
        Poll::Ready(Some(Ok(Frame::data(Bytes::from_static(b"more")))))
    }
}

#[tokio::test]
async fn p8_a_stream_that_never_pauses_ends_as_soon_as_one_that_says_nothing() {
    let mut hub = Hub::start().await;
    let peer = Arc::new(Peer::from_certificate(&client_der(&hub)).unwrap());
    let guard = Arc::new(hub.door.guard(SERVICE));
    let uri = "/grpc.health.v1.Health/Watch".parse().unwrap();
    let mut body = GuardedBody::new(Body::new(Endless), guard, peer, uri);
    let mut next = async || {
        tokio::task::yield_now().await;
        std::future::poll_fn(|cx| Pin::new(&mut body).poll_frame(cx)).await
    };
    for _ in 0..100 {
        assert!(next().await.unwrap().unwrap().is_data());
    }
    hub.revoke(CLIENT);
    let last = async {
        loop {
            let frame = next().await.unwrap().unwrap();
            if let Ok(trailers) = frame.into_trailers() {
                return trailers;
            }
        }
    };
    let last = tokio::time::timeout(Duration::from_secs(1), last).await;
    let status = Status::from_header_map(&last.unwrap()).unwrap();
    assert_eq!(status.code(), Code::Unauthenticated);
    assert!(next().await.is_none(), "nothing comes after it");
}

/// Takes a while to answer.
#[derive(Clone)]
struct Slow;

impl NamedService for Slow {
    const NAME: &'static str = SERVICE;
}

impl Service<http::Request<()>> for Slow {
    type Response = http::Response<Body>;
    type Error = Infallible;
    type Future = BoxFuture<Self::Response, Infallible>;

    fn poll_ready(&mut self, _cx: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, _request: http::Request<()>) -> Self::Future {
        Box::pin(async {
            tokio::time::sleep(Duration::from_secs(1)).await;
            Ok(http::Response::new(Body::empty()))
        })
    }
}

#[tokio::test]
async fn p8_who_is_revoked_while_an_answer_is_in_the_making_doesnt_get_it() {
    let mut hub = Hub::start().await;
    let peer = Arc::new(Peer::from_certificate(&client_der(&hub)).unwrap());
    let mut slow = hub.door.guards(Slow);
    let mut answered = |peer: &Arc<Peer>| {
        let mut request = http::Request::new(());
        let connection = Connection {
            peer: peer.clone(),
            remote: ([127, 0, 0, 1], 0).into(),
        };
        request.extensions_mut().insert(connection);
        slow.call(request)
    };
    let before = answered(&peer).await.unwrap();
    assert!(!before.headers().contains_key("grpc-status"));
    let meanwhile = answered(&peer);
    hub.revoke(CLIENT);
    let status = Status::from_header_map(meanwhile.await.unwrap().headers()).unwrap();
    assert_eq!(status.code(), Code::Unauthenticated);
}
