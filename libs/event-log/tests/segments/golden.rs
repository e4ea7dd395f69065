//! P11: a log of the first format stays readable.

use std::path::Path;

use diogel_event_log::entry::Digest;
use diogel_event_log::segments::verify;

use crate::support::{append, check_all, copy, open};

/// The head of records 1 to 12.
const HEAD: Digest = [
    0x72, 0xf8, 0x2b, 0xd5, 0x20, 0x7d, 0x57, 0x45, 0x22, 0xf1, 0x7b, 0xfa, 0x16, 0xd5, 0x84, 0x45,
    0xf2, 0x03, 0x46, 0xc5, 0x9f, 0x04, 0x1f, 0xb9, 0x02, 0xec, 0x8a, 0xb4, 0x88, 0x50, 0xf2, 0x73,
];

#[tokio::test]
async fn p11_a_log_of_the_first_format_stays_readable() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/segments/golden");
    let copied = copy(&folder);
    let verified = verify(copied.path()).unwrap();
    assert_eq!((verified.length, verified.torn), (12, 0));
    assert_eq!(verified.head, HEAD);
    let log = open(copied.path());
    append(&log, 13..=20);
    check_all(&log, 20).await;
}
