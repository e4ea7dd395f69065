//! The signed envelope: how an event is composed, sealed, chained and signed, and how it is read and verified. Signatures and
//! hashes go over the bytes as they were received, never over a re-encoding. Refuses an event that says more than its kind allows.

use bytes::Bytes;
use diogel_domain::{
    content::{Content, Kind},
    ids::{AgencyId, EventId},
    times::Moment,
};
use diogel_identity::{
    content_key::ContentKey,
    seal,
    signing::{KeyId, PublicKey, SigningKey, sha256},
};
use diogel_sharing::{audience::AudienceTexts, header::Header};
use prost::Message;

use crate::{read, v1, write};

/// Separates an event's signature from every other use of the key.
pub const EVENT_DOMAIN: &str = "diogel/v1/event";
/// Separates an order record's signature and hash.
pub const ORDER_DOMAIN: &str = "diogel/v1/order";
/// Separates the chain's hash.
pub const CHAIN_DOMAIN: &str = "diogel/v1/chain";
/// The version that kinds are written in.
pub const KIND_VERSION: u32 = 1;
/// An event is at most this long, in bytes (DESIGN, section 3).
pub const EVENT_LIMIT: usize = 48 * 1024;

/// Why an event can't be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Malformed {
    /// Not the message that it should be.
    #[error("not a signed event")]
    Encoding,
    /// A field has a wrong length or value.
    #[error("the envelope's {0} is malformed")]
    Field(&'static str),
    /// The seal doesn't open with the key given.
    #[error("the content doesn't open with its key")]
    Seal,
}

/// What an agency's service knows of an event before its place in the chain is known.
#[derive(Debug, Clone)]
pub struct Facts {
    /// The board's id.
    pub board: String,
    /// The event's id.
    pub event_id: EventId,
    /// Whose event.
    pub agency: AgencyId,
    /// When it was recorded.
    pub recorded_at: Moment,
    /// The publishing system.
    pub system: String,
    /// Over the system's name and its request key.
    pub request_key_hash: [u8; 32],
    /// Over the request without its key.
    pub request_hash: [u8; 32],
    /// The kind.
    pub kind: Kind,
    /// What stands in clear.
    pub header: Header,
}

/// Content with what is sealed beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed {
    /// What happened.
    pub content: Content,
    /// For whom the system acted.
    pub on_behalf_of: String,
    /// By that person's own token, not only as the system says.
    pub verified: bool,
    /// Texts of the audience.
    pub texts: AudienceTexts,
}

/// An event ready to be given its place: sealed, its place and signature outstanding.
#[derive(Debug, Clone)]
pub struct Draft(v1::EventBody);

impl Draft {
    /// Seals the content, if there is any, under the event's own key.
    pub fn new(facts: &Facts, sealed: Option<(&Sealed, &ContentKey)>) -> Result<Self, Malformed> {
        let mut body = v1::EventBody {
            board: facts.board.clone(),
            event_id: facts.event_id.0.to_vec().into(),
            agency: facts.agency.to_string(),
            recorded_at: Some(write::timestamp(facts.recorded_at)),
            system: facts.system.clone(),
            request_key_hash: facts.request_key_hash.to_vec().into(),
            request_hash: facts.request_hash.to_vec().into(),
            kind: facts.kind.code().into(),
            kind_version: KIND_VERSION,
            header: write::header(&facts.header).encode_to_vec().into(),
            ..v1::EventBody::default()
        };
        if let Some((sealed, key)) = sealed {
            let content = v1::Content {
                content: Some(write::sealed(&sealed.content)),
                on_behalf_of: sealed.on_behalf_of.clone(),
                family_reason: sealed.texts.family_reason.clone(),
                handling_conditions: sealed.texts.handling_conditions.clone(),
                withheld_persons: sealed.texts.withheld_persons.clone(),
                verified: sealed.verified,
            };
            body.sealed_content = seal::seal(key, &bound(&body), &content.encode_to_vec())
                .map_err(|_| Malformed::Seal)?
                .into();
        }
        Ok(Self(body))
    }

    /// How long the signed event will be, in bytes, at most.
    pub fn length(&self) -> usize {
        // Place, previous hash, signature and key id come on top.
        self.0.encoded_len() + 160
    }

    /// Gives the event its place, and signs it.
    pub fn sign(mut self, epoch: u32, seq: u64, previous: [u8; 32], key: &SigningKey) -> Signed {
        self.0.epoch = epoch;
        self.0.agency_seq = seq;
        self.0.previous_hash = previous.to_vec().into();
        let body = Bytes::from(self.0.encode_to_vec());
        let event = v1::SignedEvent {
            signature: key.sign(EVENT_DOMAIN, &body).to_vec().into(),
            key_id: key.key_id().0.to_vec().into(),
            body: body.clone(),
        };
        Signed {
            event: event.encode_to_vec().into(),
            hash: sha256(CHAIN_DOMAIN, &body),
        }
    }
}

/// A signed event with its hash.
#[derive(Debug, Clone)]
pub struct Signed {
    /// Encoded `SignedEvent`.
    pub event: Bytes,
    /// What the next event of the chain names.
    pub hash: [u8; 32],
}

/// An event as it was received: read, not yet believed.
#[derive(Debug, Clone)]
pub struct Envelope {
    /// Encoded `SignedEvent`, as received.
    pub bytes: Bytes,
    /// The event's id.
    pub event_id: EventId,
    /// Whose event it says it is.
    pub agency: AgencyId,
    /// Its epoch.
    pub epoch: u32,
    /// Its place in the epoch.
    pub seq: u64,
    /// The hash of the event before.
    pub previous: [u8; 32],
    /// Its own hash.
    pub hash: [u8; 32],
    /// When it was recorded.
    pub recorded_at: Moment,
    /// The key that it says it is signed with.
    pub key_id: KeyId,
    body: v1::EventBody,
    body_bytes: Bytes,
    signature: Bytes,
}

impl Envelope {
    /// Reads a signed event. Says nothing about whether it is genuine.
    pub fn read(bytes: Bytes) -> Result<Self, Malformed> {
        let signed = v1::SignedEvent::decode(bytes.clone()).map_err(|_| Malformed::Encoding)?;
        let body = v1::EventBody::decode(signed.body.clone()).map_err(|_| Malformed::Encoding)?;
        let agency = AgencyId::new(body.agency.as_str()).map_err(|_| Malformed::Field("agency"))?;
        let recorded_at = body.recorded_at.as_ref().and_then(read::moment);
        if body.epoch == 0 || body.agency_seq == 0 {
            return Err(Malformed::Field("place"));
        }
        Ok(Self {
            event_id: EventId(array(&body.event_id, "event_id")?),
            agency,
            epoch: body.epoch,
            seq: body.agency_seq,
            previous: array(&body.previous_hash, "previous_hash")?,
            hash: sha256(CHAIN_DOMAIN, &signed.body),
            recorded_at: recorded_at.ok_or(Malformed::Field("recorded_at"))?,
            key_id: KeyId(array(&signed.key_id, "key_id")?),
            body_bytes: signed.body,
            signature: signed.signature,
            body,
            bytes,
        })
    }

    /// The signature is this key's.
    pub fn is_signed_by(&self, key: &PublicKey) -> bool {
        key.key_id() == self.key_id
            && key
                .verify(EVENT_DOMAIN, &self.body_bytes, &self.signature)
                .is_ok()
    }

    /// The board that it names.
    pub fn board(&self) -> &str {
        &self.body.board
    }

    /// The publishing system.
    pub fn system(&self) -> &str {
        &self.body.system
    }

    /// The kind's name, known here or not.
    pub fn kind_code(&self) -> &str {
        &self.body.kind
    }

    /// The kind; none if this version doesn't know it: quarantine (P9).
    pub fn kind(&self) -> Option<Kind> {
        (self.body.kind_version == KIND_VERSION)
            .then(|| Kind::from_code(&self.body.kind))
            .flatten()
    }

    /// The header; none if this version doesn't understand it: quarantine (P9).
    pub fn header(&self) -> Option<Header> {
        let header = v1::Header::decode(self.body.header.clone()).ok()?;
        write::read_header(&header)
    }

    /// Hash over the system's request key.
    pub fn request_key_hash(&self) -> &[u8] {
        &self.body.request_key_hash
    }

    /// Hash over the request.
    pub fn request_hash(&self) -> &[u8] {
        &self.body.request_hash
    }

    /// It has sealed content.
    pub fn is_sealed(&self) -> bool {
        !self.body.sealed_content.is_empty()
    }

    /// Opens the content with the event's key.
    pub fn open(&self, key: &ContentKey) -> Result<Sealed, Malformed> {
        let opened = seal::open(key, &bound(&self.body), &self.body.sealed_content)
            .map_err(|_| Malformed::Seal)?;
        let sealed = v1::Content::decode(opened.as_slice()).map_err(|_| Malformed::Encoding)?;
        let content = read::content(&sealed).map_err(|_| Malformed::Field("content"))?;
        Ok(Sealed {
            content,
            on_behalf_of: sealed.on_behalf_of,
            verified: sealed.verified,
            texts: AudienceTexts {
                family_reason: sealed.family_reason,
                handling_conditions: sealed.handling_conditions,
                withheld_persons: sealed.withheld_persons,
            },
        })
    }
}

/// What the seal binds: content can't be moved to another event, agency, kind or header.
fn bound(body: &v1::EventBody) -> Vec<u8> {
    v1::EventBody {
        board: body.board.clone(),
        event_id: body.event_id.clone(),
        agency: body.agency.clone(),
        kind: body.kind.clone(),
        kind_version: body.kind_version,
        header: body.header.clone(),
        ..v1::EventBody::default()
    }
    .encode_to_vec()
}

fn array<const N: usize>(bytes: &[u8], field: &'static str) -> Result<[u8; N], Malformed> {
    bytes.try_into().map_err(|_| Malformed::Field(field))
}

/// Own and previous hash of an encoded event: what a journal checks its chain by.
pub fn links(event: &[u8]) -> Option<([u8; 32], [u8; 32])> {
    let envelope = Envelope::read(Bytes::copy_from_slice(event)).ok()?;
    Some((envelope.hash, envelope.previous))
}

#[cfg(test)]
mod tests {
    use diogel_domain::{content::Open, correction::Correction};

    use super::*;

    fn facts(kind: Kind, open: Option<Open>) -> Facts {
        Facts {
            board: "test".into(),
            event_id: EventId([7; 16]),
            agency: AgencyId::new("housing").unwrap(),
            recorded_at: Moment(1_790_000_000_000_000),
            system: "case".into(),
            request_key_hash: [1; 32],
            request_hash: [2; 32],
            kind,
            header: Header {
                open,
                ..Header::default()
            },
        }
    }

    fn sealed() -> Sealed {
        let correction = Correction {
            reason: "wrong day".into(),
            replacement: None,
        };
        Sealed {
            content: Content::Correction(correction),
            on_behalf_of: String::new(),
            verified: false,
            texts: AudienceTexts::default(),
        }
    }

    #[test]
    fn an_event_reads_back_and_verifies() {
        let key = SigningKey::from_seed(&[3; 32]);
        let content_key = ContentKey::from_bytes([4; 32]);
        let draft = Draft::new(
            &facts(Kind::EnteredInError, None),
            Some((&sealed(), &content_key)),
        );
        let signed = draft.unwrap().sign(1, 9, [5; 32], &key);
        let read = Envelope::read(signed.event).unwrap();
        assert!(read.is_signed_by(&key.public_key()));
        assert!(!read.is_signed_by(&SigningKey::from_seed(&[9; 32]).public_key()));
        assert_eq!(
            (read.seq, read.previous, read.hash),
            (9, [5; 32], signed.hash)
        );
        assert_eq!(read.open(&content_key).unwrap(), sealed());
        assert_eq!(
            read.open(&ContentKey::from_bytes([0; 32])),
            Err(Malformed::Seal)
        );
    }

    #[test]
    fn content_can_not_be_moved_to_another_event() {
        let content_key = ContentKey::from_bytes([4; 32]);
        let mut other = facts(Kind::EnteredInError, None);
        other.event_id = EventId([8; 16]);
        let of = |facts: &Facts| {
            Draft::new(facts, Some((&sealed(), &content_key)))
                .unwrap()
                .0
        };
        let mut moved = of(&other);
        moved.sealed_content = of(&facts(Kind::EnteredInError, None)).sealed_content;
        let signed = Draft(moved).sign(1, 1, [0; 32], &SigningKey::from_seed(&[3; 32]));
        let read = Envelope::read(signed.event).unwrap();
        assert_eq!(read.open(&content_key), Err(Malformed::Seal));
    }

    #[test]
    fn bytes_that_are_no_event_are_refused_not_crashed_on() {
        for bytes in [&b""[..], b"\x0a", &[0xff; 64], &[0; 64]] {
            assert!(Envelope::read(Bytes::copy_from_slice(bytes)).is_err());
        }
    }
}
