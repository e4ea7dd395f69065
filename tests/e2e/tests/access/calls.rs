//! Calls as no generated client makes them: any bytes to any method.

use std::time::Duration;

use prost::bytes::{Buf, BufMut, Bytes};
use tonic::client::Grpc;
use tonic::codec::{Codec, DecodeBuf, Decoder, EncodeBuf, Encoder};
use tonic::codegen::http::uri::PathAndQuery;
use tonic::transport::Channel;
use tonic::{Code, Request, Status};

use crate::connecting::why_no_tls;
use crate::services::Method;

/// How long a stream that has nothing to say may be silent until it counts as open.
const SILENT: Duration = Duration::from_millis(300);
/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(20);

/// How a call ended.
#[derive(Debug, Clone)]
pub enum Answer {
    /// The connection ended with the handshake, and why.
    NoTls(String),
    Refused(Status),
    Served,
}

/// Calls a method, and hears the first of its answers.
pub async fn call(channel: &Channel, method: &Method, message: Bytes) -> Answer {
    call_with(channel, method, message, None).await
}

/// The same with a person's access token.
pub async fn call_with(
    channel: &Channel,
    method: &Method,
    message: Bytes,
    token: Option<&str>,
) -> Answer {
    let path = PathAndQuery::try_from(format!("/{}", method.path())).expect("a path");
    let mut request = Request::new(message);
    request.set_timeout(PATIENCE);
    if let Some(token) = token {
        let value = format!("Bearer {token}").parse().expect("a token");
        request.metadata_mut().insert("authorization", value);
    }
    let answered = answered(channel, path, request, method.streams);
    let answer = tokio::time::timeout(PATIENCE, answered).await;
    match answer.unwrap_or_else(|_| panic!("no answer from {}", method.path())) {
        Ok(()) => Answer::Served,
        Err(status) => why_no_tls(&status).map_or(Answer::Refused(status), Answer::NoTls),
    }
}

async fn answered(
    channel: &Channel,
    path: PathAndQuery,
    request: Request<Bytes>,
    streams: bool,
) -> Result<(), Status> {
    let mut grpc = Grpc::new(channel.clone());
    grpc.ready()
        .await
        .map_err(|e| Status::from_error(e.into()))?;
    if !streams {
        return grpc.unary(request, path, Raw).await.map(drop);
    }
    let stream = grpc.server_streaming(request, path, Raw).await?;
    let mut stream = stream.into_inner();
    match tokio::time::timeout(SILENT, stream.message()).await {
        Ok(first) => first.map(drop),
        Err(_silent) => Ok(()),
    }
}

impl Answer {
    /// As `coverage.txt` has it.
    pub fn word(&self) -> &'static str {
        let status = match self {
            Self::NoTls(_) => return "no TLS",
            Self::Served => return "OK",
            Self::Refused(status) => status,
        };
        match status.code() {
            Code::PermissionDenied => "denied",
            Code::Unauthenticated => "unauth",
            Code::Unimplemented => "unimpl",
            Code::InvalidArgument => "invalid",
            Code::NotFound => "absent",
            Code::Unavailable => "unavail",
            Code::AlreadyExists => "exists",
            _ => "OTHER",
        }
    }

    /// Whoever called was told that it may not.
    pub fn is_refusal(&self) -> bool {
        matches!(self.word(), "no TLS" | "denied" | "unauth")
    }
}

/// Passes bytes through.
#[derive(Clone, Copy)]
struct Raw;

impl Codec for Raw {
    type Encode = Bytes;
    type Decode = Bytes;
    type Encoder = Self;
    type Decoder = Self;

    fn encoder(&mut self) -> Self {
        *self
    }

    fn decoder(&mut self) -> Self {
        *self
    }
}

impl Encoder for Raw {
    type Item = Bytes;
    type Error = Status;

    fn encode(&mut self, item: Bytes, into: &mut EncodeBuf<'_>) -> Result<(), Status> {
        into.put(item);
        Ok(())
    }
}

impl Decoder for Raw {
    type Item = Bytes;
    type Error = Status;

    fn decode(&mut self, from: &mut DecodeBuf<'_>) -> Result<Option<Bytes>, Status> {
        Ok(Some(from.copy_to_bytes(from.remaining())))
    }
}
