//! A record of the order: an event with the position that it was given, signed. Read and made here alone.

use bytes::Bytes;
use diogel_contract::{
    envelope::{Envelope, Malformed, ORDER_DOMAIN},
    read, v1, write,
};
use diogel_domain::times::Moment;
use diogel_event_log::entry::Digest;
use diogel_identity::{PublicKey, SigningKey, sha256};
use prost::Message;

use super::{Admitted, AdmittedKey};

/// A record read back.
#[derive(Debug, Clone)]
pub struct Record {
    /// The position.
    pub position: u64,
    /// When it was given.
    pub ordered_at: Moment,
    /// The event.
    pub event: Envelope,
    /// Its content key was lost with its originator's disk before it was given its position.
    pub content_lost: bool,
    /// Hash of the record before.
    pub previous: Digest,
    /// Hash of the record.
    pub digest: Digest,
    /// The encoded `OrderRecord`, as it was read.
    pub bytes: Bytes,
    body: Bytes,
    signature: Bytes,
}

impl Record {
    /// Reads an encoded `OrderRecord`.
    pub fn read(bytes: &Bytes) -> Result<Self, Malformed> {
        let record = v1::OrderRecord::decode(bytes.clone()).map_err(|_| Malformed::Encoding)?;
        let body = v1::OrderBody::decode(record.body.clone()).map_err(|_| Malformed::Encoding)?;
        let ordered_at = body.ordered_at.as_ref().and_then(read::moment);
        let event = Envelope::read(body.event)?;
        let same = body.hash.as_ref() == event.hash
            && body.agency == event.agency.as_str()
            && (body.epoch, body.agency_seq) == (event.epoch, event.seq);
        if !same {
            return Err(Malformed::Field("order body"));
        }
        Ok(Self {
            position: body.position,
            ordered_at: ordered_at.ok_or(Malformed::Field("ordered_at"))?,
            event,
            content_lost: body.content_lost,
            previous: body
                .previous_hash
                .as_ref()
                .try_into()
                .map_err(|_| Malformed::Field("previous_hash"))?,
            digest: sha256(ORDER_DOMAIN, &record.body),
            bytes: bytes.clone(),
            body: record.body,
            signature: record.signature,
        })
    }

    /// The projection's signature over the record is this key's.
    pub fn is_signed_by(&self, key: &PublicKey) -> bool {
        key.verify(ORDER_DOMAIN, &self.body, &self.signature)
            .is_ok()
    }
}

/// Makes a record; answers its bytes and its hash.
pub(super) fn sign(
    position: u64,
    ordered_at: Moment,
    admitted: &Admitted,
    previous: Digest,
    key: &SigningKey,
) -> (Bytes, Digest) {
    let event = &admitted.event;
    let body = v1::OrderBody {
        position,
        ordered_at: Some(write::timestamp(ordered_at)),
        agency: event.agency.to_string(),
        epoch: event.epoch,
        agency_seq: event.seq,
        hash: event.hash.to_vec().into(),
        event: event.bytes.clone(),
        previous_hash: previous.to_vec().into(),
        content_lost: matches!(admitted.key, AdmittedKey::Lost),
    };
    let body = Bytes::from(body.encode_to_vec());
    let digest = sha256(ORDER_DOMAIN, &body);
    let record = v1::OrderRecord {
        signature: key.sign(ORDER_DOMAIN, &body).to_vec().into(),
        key_id: key.key_id().0.to_vec().into(),
        body,
    };
    (record.encode_to_vec().into(), digest)
}
