//! The contract: generated gRPC types, the way between them and the domain, the signed envelope, the JSON form, the one error
//! bridge. Refuses what it doesn't know: an unknown field or code in a request is an error, never dropped in silence.

pub mod codec;
pub mod envelope;
pub mod explained;
pub mod hexadecimal;
pub mod json;
pub mod read;
pub mod refusal;
pub mod write;

/// Generated from `proto/diogel/v1`.
#[allow(
    missing_docs,
    clippy::all,
    clippy::pedantic,
    clippy::allow_attributes_without_reason,
    reason = "generated code; its documentation stands in the proto files"
)]
pub mod v1 {
    tonic::include_proto!("diogel.v1");
}

pub use prost_types::Timestamp;

/// The encoded `FileDescriptorSet` of the contract, for reflection.
pub const DESCRIPTOR_SET: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/diogel.v1.binpb"));
