//! Recovering a journal that was restored from a copy: it imports what was admitted beyond its head, with the content keys, and
//! goes on in a new epoch, so that no place is ever used twice.

use diogel_contract::{
    envelope::Envelope,
    v1::{self, reconcile_service_client::ReconcileServiceClient},
};
use diogel_domain::content::{Kind, Open, ReferenceRole};
use diogel_event_log::{
    entry::{Entry, Place},
    journal::{Imported, KeyState, Request as JournalRequest},
};
use diogel_identity::ContentKey;
use diogel_sharing::header::Header;
use tonic::{Status, transport::Channel};

use crate::intake::{Intake, Request, unavailable};

/// Imports everything admitted beyond the head, then opens the next epoch.
pub(crate) async fn recover(
    intake: &Intake,
    client: &mut ReconcileServiceClient<Channel>,
) -> Result<(), Status> {
    loop {
        let head = intake.journal.head().place;
        let request = v1::RecoverRequest {
            agency: intake.profile.id.to_string(),
            after_epoch: head.epoch,
            after_seq: head.seq,
        };
        let events = client.recover(request).await?.into_inner().events;
        if events.is_empty() {
            break;
        }
        let imported = events.iter().map(imported).collect::<Option<Vec<_>>>();
        let imported =
            imported.ok_or_else(|| Status::data_loss("an admitted event can't be read"))?;
        tracing::warn!(
            count = imported.len(),
            "importing what was admitted beyond this journal"
        );
        intake.journal.import(imported).await.map_err(unavailable)?;
    }
    open_epoch(intake).await
}

async fn open_epoch(intake: &Intake) -> Result<(), Status> {
    let head = intake.journal.head();
    let open = Open::EpochOpened {
        previous_epoch: head.place.epoch,
        previous_seq: head.place.seq,
        previous_hash: head.digest,
    };
    let header = Header {
        labels: Vec::new(),
        audience: None,
        references: Vec::new(),
        open: Some(open),
    };
    let key = format!("epoch after {}/{}", head.place.epoch, head.place.seq);
    let asked = Request {
        system: "diogel",
        request_key: &key,
        hash: head.digest,
    };
    let draft = intake.draft(&asked, Kind::EpochOpened, header, None)?;
    intake
        .journal
        .open_epoch(draft)
        .await
        .map_err(unavailable)?;
    tracing::warn!(
        epoch = head.place.epoch + 1,
        "journal goes on in a new epoch"
    );
    Ok(())
}

fn imported(given: &v1::RecoveredEvent) -> Option<Imported> {
    let envelope = Envelope::read(given.event.clone()).ok()?;
    let key = given.key.as_ref()?;
    let key = match (envelope.is_sealed(), key.destroyed) {
        (false, _) => KeyState::None,
        (true, true) => KeyState::Destroyed,
        (true, false) => ContentKey::from_slice(&key.key).map_or(KeyState::Unknown, KeyState::Key),
    };
    let request = JournalRequest {
        key: envelope.request_key_hash().try_into().ok()?,
        hash: envelope.request_hash().try_into().ok()?,
        recorded_at: envelope.recorded_at.0,
    };
    let references = envelope.header().map(|h| h.references).unwrap_or_default();
    let erases = references
        .iter()
        .find(|r| r.role == ReferenceRole::Erases)
        .map(|r| r.event_id.0);
    let entry = Entry {
        place: Place {
            epoch: envelope.epoch,
            seq: envelope.seq,
        },
        digest: envelope.hash,
        event_id: envelope.event_id.0,
        event: given.event.clone(),
    };
    Some(Imported {
        entry,
        request: Some(request),
        key,
        erases,
    })
}
