//! The chain names its next key itself.

use std::{path::Path, time::Duration};

use bytes::Bytes;
use diogel_contract::envelope::{Envelope, links};
use diogel_domain::content::{Kind, Open};
use diogel_event_log::{
    entry::Place,
    journal::{JournalError, Verified, verify},
};
use diogel_identity::{PublicKey, SigningKey};

use crate::support::{Site, given};

async fn publish(service: &crate::support::Running<'_>, key: &str) {
    service
        .system()
        .publish(given::incident(key))
        .await
        .unwrap();
}

#[tokio::test]
async fn a_next_key_is_named_by_the_old_one_and_the_chain_goes_on() {
    let site = Site::new();
    let service = site.start().await;
    let old = service.handle.public_key;
    publish(&service, "by the old key").await;
    service.stop().await;

    let next = SigningKey::load_or_create(&site.data().join("signing.next.key")).unwrap();
    let service = site.start().await;
    assert_eq!(service.handle.public_key, next.public_key());
    publish(&service, "by the next key").await;
    let entries = service.handle.journal.read(Place::START, 10).await.unwrap();
    let events: Vec<_> = entries
        .iter()
        .map(|e| Envelope::read(e.event.clone()).unwrap())
        .collect();
    assert_eq!(events[1].kind(), Some(Kind::KeyNamed));
    let named = events[1].header().unwrap().open;
    assert_eq!(named, Some(Open::KeyNamed(next.public_key().to_bytes())));
    service.stop().await;
    assert!(!site.data().join("signing.next.key").exists());

    let service = site.start().await;
    assert_eq!(service.head().place.seq, 3, "the key is named once");
    service.stop().await;
    assert_eq!(verified(&site, &old).await, 3);
}

#[tokio::test]
async fn a_rotation_that_was_interrupted_is_finished_at_the_next_start() {
    let site = Site::new();
    let service = site.start().await;
    let old = service.handle.public_key;
    publish(&service, "one").await;
    service.stop().await;
    let (first, second) = (
        site.data().join("signing.key"),
        site.data().join("signing.next.key"),
    );
    let kept = std::fs::read(&first).unwrap();
    SigningKey::load_or_create(&second).unwrap();
    let next = std::fs::read(&second).unwrap();
    site.start().await.stop().await;

    // As if the power had gone before the files were exchanged.
    std::fs::rename(&first, &second).unwrap();
    assert_eq!(std::fs::read(&second).unwrap(), next);
    write_key(&first, &kept);
    let service = site.start().await;
    publish(&service, "two").await;
    service.stop().await;
    assert_eq!(verified(&site, &old).await, 3);
}

fn write_key(path: &Path, bytes: &[u8]) {
    use std::os::unix::fs::PermissionsExt;
    std::fs::write(path, bytes).unwrap();
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600)).unwrap();
}

/// Walks the journal as anybody can who has the first key; returns how many entries hold.
async fn verified(site: &Site, first: &PublicKey) -> u64 {
    loop {
        match walk(&site.data().join("journal"), *first) {
            // A read that nobody waits for any more may hold it a moment longer than the service.
            Err(JournalError::InUse(_)) => tokio::time::sleep(Duration::from_millis(20)).await,
            walked => return walked.unwrap().entries,
        }
    }
}

fn walk(journal: &Path, mut key: PublicKey) -> Result<Verified, JournalError> {
    let mut previous = [0; 32];
    verify(journal, |_, bytes, digest| {
        let event = Envelope::read(Bytes::copy_from_slice(bytes)).map_err(|e| e.to_string())?;
        if !event.is_signed_by(&key) || links(bytes) != Some((*digest, previous)) {
            return Err("not signed or not chained".into());
        }
        if let Some(Open::KeyNamed(next)) = event.header().and_then(|h| h.open) {
            key = PublicKey::from_bytes(&next).map_err(|e| e.to_string())?;
        }
        previous = *digest;
        Ok(())
    })
}
