//! The `Nats-Msg-Id` header: an entry's place and the beginning of its hash. Owns its form; refuses to be believed: an agency
//! writes it, and with a false one hurts nothing but the delivery of its own stream.

use async_nats::HeaderMap;
use async_nats::header::NATS_MESSAGE_ID;
use ring::rand::{SecureRandom, SystemRandom};

use super::names::append_hex;
use crate::entry::{Entry, Place};

/// Bytes of the digest: two different events at one place (a fork) must not suppress each other.
const DIGEST_PREFIX: usize = 16;

/// The id of an entry. For `resend` it is another one each time, or the server would answer that it has the entry while the
/// very reason for sending it again may be that it lost it (P2).
pub(super) fn id(entry: &Entry, resend: bool) -> String {
    let mut id = format!("{}-{}-", entry.place.epoch, entry.place.seq);
    append_hex(&mut id, &entry.digest[..DIGEST_PREFIX]);
    if resend {
        id.push_str("-r");
        append_hex(&mut id, &random());
    }
    id
}

/// The place that a stored message says it has.
pub(super) fn place(headers: &HeaderMap) -> Option<Place> {
    let mut parts = headers.get(NATS_MESSAGE_ID)?.as_str().split('-');
    Some(Place {
        epoch: parts.next()?.parse().ok()?,
        seq: parts.next()?.parse().ok()?,
    })
}

/// Without randomness all resends of an entry within the window share an id: the next one after it gets through.
fn random() -> [u8; 8] {
    let mut bytes = [0; 8];
    if SystemRandom::new().fill(&mut bytes).is_err() {
        tracing::error!("no randomness for a resend");
    }
    bytes
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;

    use super::*;

    fn entry() -> Entry {
        let place = Place { epoch: 2, seq: 71 };
        Entry {
            place,
            digest: [0xab; 32],
            event_id: [0; 16],
            event: Bytes::new(),
        }
    }

    #[test]
    fn an_id_gives_its_place_back() {
        let mut headers = HeaderMap::new();
        headers.insert(NATS_MESSAGE_ID, id(&entry(), true).as_str());
        assert_eq!(place(&headers), Some(Place { epoch: 2, seq: 71 }));
    }

    #[test]
    fn a_resend_never_has_the_id_of_another_send() {
        assert_eq!(id(&entry(), false), id(&entry(), false));
        assert_ne!(id(&entry(), true), id(&entry(), false));
        assert_ne!(id(&entry(), true), id(&entry(), true));
    }

    #[test]
    fn a_fork_at_one_place_has_another_id() {
        let fork = Entry {
            digest: [0xcd; 32],
            ..entry()
        };
        assert_ne!(id(&fork, false), id(&entry(), false));
    }
}
