//! The JSON form (proto3 JSON mapping) of the contract's messages, so that real files can be fed in and answers read by scripts.

use prost::{Message, Name};
use prost_reflect::{DeserializeOptions, DynamicMessage, SerializeOptions};

use crate::codec::POOL;

/// Why a text is no message of the contract.
#[derive(Debug, thiserror::Error)]
pub enum JsonError {
    /// The contract itself can't be read.
    #[error("the contract can't be read")]
    Contract,
    /// Not JSON, or not this message; says where.
    #[error("{0}")]
    Text(#[from] serde_json::Error),
    /// Can't be turned into the message.
    #[error("can't be turned into the message")]
    Message(#[from] prost::DecodeError),
}

/// Reads a message; unknown fields are refused.
pub fn read<M: Message + Name + Default>(value: serde_json::Value) -> Result<M, JsonError> {
    let message = descriptor::<M>()?;
    let options = DeserializeOptions::new().deny_unknown_fields(true);
    let read = DynamicMessage::deserialize_with_options(message, value, &options)?;
    Ok(M::decode(read.encode_to_vec().as_slice())?)
}

/// Writes a message.
pub fn write<M: Message + Name>(message: &M) -> Result<serde_json::Value, JsonError> {
    let read = DynamicMessage::decode(descriptor::<M>()?, message.encode_to_vec().as_slice())?;
    let options = SerializeOptions::new().stringify_64_bit_integers(false);
    Ok(read.serialize_with_options(serde_json::value::Serializer, &options)?)
}

fn descriptor<M: Name>() -> Result<prost_reflect::MessageDescriptor, JsonError> {
    let pool = POOL.as_ref().ok_or(JsonError::Contract)?;
    pool.get_message_by_name(&M::full_name())
        .ok_or(JsonError::Contract)
}
