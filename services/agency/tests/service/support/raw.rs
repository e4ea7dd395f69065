//! Calls as no generated client makes them.

use http_body_util::{BodyExt, Full};
use tonic::{
    Status,
    body::Body,
    codegen::{Bytes, http},
    transport::Channel,
};
use tower::ServiceExt;

/// A gRPC frame around a message: not compressed, its length, its bytes.
pub fn framed(message: &[u8]) -> Vec<u8> {
    let length = u32::try_from(message.len()).unwrap();
    [&[0], &length.to_be_bytes()[..], message].concat()
}

/// Posts a body, whatever it is, and reads how the call ended.
pub async fn post(channel: Channel, path: &str, body: Vec<u8>) -> Status {
    let body = Body::new(Full::new(Bytes::from(body)));
    let request = http::Request::post(path)
        .header("content-type", "application/grpc")
        .header("te", "trailers")
        .body(body)
        .unwrap();
    let response = match channel.oneshot(request).await {
        Ok(response) => response,
        Err(error) => return Status::from_error(error.into()),
    };
    let (parts, body) = response.into_parts();
    if let Some(status) = Status::from_header_map(&parts.headers) {
        return status;
    }
    let collected = body.collect().await.unwrap();
    let trailers = collected.trailers().cloned().unwrap_or_default();
    Status::from_header_map(&trailers).unwrap_or_else(|| Status::unknown("no status"))
}
