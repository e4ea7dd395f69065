//! A codec that refuses unknown fields in requests. A sender that knows a newer contract would otherwise believe that we stored
//! what we dropped. Answers stay lenient, so that older readers understand newer services.

use std::{marker::PhantomData, sync::LazyLock};

use prost::{Message, Name, bytes::Buf};
use prost_reflect::{DescriptorPool, DynamicMessage, Value};
use tonic::{
    Status,
    codec::{Codec, DecodeBuf, Decoder},
};
use tonic_prost::ProstEncoder;

use crate::refusal::{Refusal, Violation};

/// The contract's descriptors.
pub(crate) static POOL: LazyLock<Option<DescriptorPool>> =
    LazyLock::new(|| DescriptorPool::decode(crate::DESCRIPTOR_SET).ok());

/// Encodes as prost does; decodes strictly where the message is a request.
#[derive(Debug)]
pub struct StrictCodec<T, U>(PhantomData<(T, U)>);

impl<T, U> Default for StrictCodec<T, U> {
    fn default() -> Self {
        Self(PhantomData)
    }
}

impl<T, U> Codec for StrictCodec<T, U>
where
    T: Message + Send + 'static,
    U: Message + Name + Default + Send + 'static,
{
    type Encode = T;
    type Decode = U;
    type Encoder = ProstEncoder<T>;
    type Decoder = StrictDecoder<U>;

    fn encoder(&mut self) -> Self::Encoder {
        ProstEncoder::default()
    }

    fn decoder(&mut self) -> Self::Decoder {
        StrictDecoder(PhantomData)
    }
}

/// See [`StrictCodec`].
#[derive(Debug)]
pub struct StrictDecoder<U>(PhantomData<U>);

impl<U: Message + Name + Default> Decoder for StrictDecoder<U> {
    type Item = U;
    type Error = Status;

    fn decode(&mut self, buffer: &mut DecodeBuf<'_>) -> Result<Option<U>, Status> {
        let bytes = buffer.copy_to_bytes(buffer.remaining());
        if U::NAME.ends_with("Request") {
            refuse_unknown(&U::full_name(), &bytes)?;
        }
        let read = U::decode(bytes).map_err(|_| not_protobuf())?;
        Ok(Some(read))
    }
}

fn not_protobuf() -> Status {
    Refusal::malformed("the body is no protobuf message of this call; compare with proto/diogel/v1")
        .into()
}

fn refuse_unknown(name: &str, bytes: &[u8]) -> Result<(), Status> {
    let pool = POOL
        .as_ref()
        .ok_or_else(|| Status::internal("contract can't be read"))?;
    let message = pool
        .get_message_by_name(name)
        .ok_or_else(|| Status::internal("message isn't part of the contract"))?;
    let read = DynamicMessage::decode(message, bytes).map_err(|_| not_protobuf())?;
    let mut violations = Vec::new();
    find_unknown(&read, "", &mut violations);
    if violations.is_empty() {
        Ok(())
    } else {
        Err(Refusal::invalid(violations).into())
    }
}

/// Unknown fields that are looked for: a refusal names no more, and a hostile message has a hundred thousand.
const UNKNOWN: usize = 32;

fn find_unknown(message: &DynamicMessage, at: &str, found: &mut Vec<Violation>) {
    for unknown in message.unknown_fields() {
        if found.len() >= UNKNOWN {
            return;
        }
        found.push(Violation {
            field: format!("{at}#{}", unknown.number()),
            description:
                "is a field that this version of the contract doesn't know; leave it out, or ask \
                          for the newer contract to be installed here"
                    .into(),
        });
    }
    for (field, value) in message.fields() {
        let path = format!("{at}{}", field.name());
        find_in_value(value, &path, found);
    }
}

fn find_in_value(value: &Value, path: &str, found: &mut Vec<Violation>) {
    match value {
        Value::Message(inner) => find_unknown(inner, &format!("{path}."), found),
        Value::List(items) => {
            for (i, item) in items.iter().enumerate() {
                find_in_value(item, &format!("{path}[{i}]"), found);
            }
        }
        _ => {}
    }
}
