//! What the order journal says, read without any service.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use diogel_contract::{envelope::Envelope, v1};
use diogel_event_log::journal;
use prost::Message;

/// An event in the order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ordered {
    /// Which.
    pub event_id: String,
    /// Whose.
    pub agency: String,
    /// Its place in the agency's chain.
    pub place: (u32, u64),
    /// Its hash.
    pub hash: String,
}

/// Every event of a stopped projection's order, by position.
pub fn order(root: &Path) -> Vec<Ordered> {
    let mut found = Vec::new();
    let read = journal::verify(root.join("data/_projection/order"), |_, bytes, _| {
        found.push(ordered(bytes)?);
        Ok(())
    });
    read.expect("the order journal is whole");
    found
}

fn ordered(bytes: &[u8]) -> Result<Ordered, String> {
    let record = v1::OrderRecord::decode(bytes).map_err(|e| e.to_string())?;
    let body = v1::OrderBody::decode(record.body).map_err(|e| e.to_string())?;
    let event = Envelope::read(body.event).map_err(|e| e.to_string())?;
    let hash = event.hash.iter();
    Ok(Ordered {
        event_id: event.event_id.to_string(),
        agency: event.agency.to_string(),
        place: (event.epoch, event.seq),
        hash: hash.fold(String::new(), |text, byte| text + &format!("{byte:02x}")),
    })
}

/// Each of these receipts' events stands in the order, where the receipt says and as it says; nothing stands there twice, and each
/// agency's events stand as its chain has them.
pub fn assert_each_once(order: &[Ordered], receipts: &[v1::Receipt]) {
    let ids: BTreeSet<_> = order.iter().map(|o| &o.event_id).collect();
    assert_eq!(ids.len(), order.len(), "an event has two positions");
    let places: BTreeMap<_, _> = order.iter().map(|o| ((&o.agency, o.place), o)).collect();
    assert_eq!(places.len(), order.len(), "a place was used twice");
    let mut last = BTreeMap::new();
    for event in order {
        let before = last.insert(&event.agency, event.place);
        assert!(before < Some(event.place), "against the chain: {event:?}");
    }
    for receipt in receipts {
        let place = (receipt.epoch, receipt.agency_seq);
        let found = places.get(&(&receipt.agency, place));
        let found = found.unwrap_or_else(|| panic!("lost: {receipt:?}"));
        assert_eq!(
            (&found.event_id, &found.hash),
            (&receipt.event_id, &receipt.hash)
        );
    }
}

/// The bytes of an event id.
pub(crate) fn bytes_of(event_id: &str) -> Vec<u8> {
    let digits: String = event_id.chars().filter(char::is_ascii_hexdigit).collect();
    let byte = |i| u8::from_str_radix(&digits[i..i + 2], 16).expect("hexadecimal");
    (0..32).step_by(2).map(byte).collect()
}
