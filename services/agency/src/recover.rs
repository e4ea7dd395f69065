//! Recovering a journal that was restored from a copy: once everything that the log holds of it is admitted, it imports what it
//! lacks, with the content keys, and goes on in a new epoch, so that no place is ever used twice. Events whose keys were lost with
//! the disk keep their places without their content; their requests aren't imported, so that a publisher who sends one again is
//! heard. (What the journal has kept without its key is told by its outcome: see `reconcile`.)

use std::path::{Path, PathBuf};

use diogel_contract::{
    envelope::Envelope,
    v1::{self, reconcile_service_client::ReconcileServiceClient},
};
use diogel_domain::content::{Kind, Open, ReferenceRole};
use diogel_event_log::{
    entry::{Entry, Place},
    journal::{Imported, KeyState, Request as JournalRequest},
};
use diogel_identity::{ContentKey, private_file};
use diogel_sharing::header::Header;
use tonic::{Status, transport::Channel};

use crate::{
    intake::{Intake, Request, unavailable},
    reconcile::DEADLINE,
};

/// The name of the file that says that the journal beside it was restored from a copy.
const RESTORED_MARK: &str = "RESTORED";

/// That file, put there by whoever restores a copy, or by the service that the projection has told so. It goes when the journal has
/// recovered. While it is there nothing is taken in, and a content key that the journal lacks is said to be lost for good.
#[derive(Debug, Clone)]
pub(crate) struct RestoredMark(PathBuf);

impl std::fmt::Display for RestoredMark {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.display().fmt(f)
    }
}

impl RestoredMark {
    pub(crate) fn new(data: &Path) -> Self {
        Self(data.join(RESTORED_MARK))
    }

    pub(crate) fn is_there(&self) -> bool {
        self.0.exists()
    }

    /// Durably: the next start may find the projection away.
    pub(crate) fn put(&self) {
        if let Err(error) = private_file::write_whole(&self.0, &[], private_file::PRIVATE) {
            // Until a restart the service knows without it; then the projection has to say so again.
            tracing::warn!(%error, "the mark of a restored journal could not be written");
        }
    }

    pub(crate) fn remove(&self) {
        match std::fs::remove_file(&self.0) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                // The next start only opens one epoch more.
                tracing::warn!(%error, "the mark of a restored journal could not be removed");
            }
            _ => {}
        }
    }
}

/// Imports everything admitted beyond the head, then opens the next epoch. Nobody may append meanwhile: the gate is closed.
pub(crate) async fn recover(
    intake: &Intake,
    client: &mut ReconcileServiceClient<Channel>,
) -> Result<(), Status> {
    loop {
        let page = next_page(intake, client).await?;
        if !page.events.is_empty() {
            import(intake, &page.events).await?;
        } else if !page.more {
            break;
        }
    }
    open_epoch(intake).await
}

async fn next_page(
    intake: &Intake,
    client: &mut ReconcileServiceClient<Channel>,
) -> Result<v1::RecoverResponse, Status> {
    let head = intake.journal.head().place;
    let mut request = tonic::Request::new(v1::RecoverRequest {
        agency: intake.profile.id.to_string(),
        after_epoch: head.epoch,
        after_seq: head.seq,
    });
    request.set_timeout(DEADLINE);
    Ok(client.recover(request).await?.into_inner())
}

async fn import(intake: &Intake, events: &[v1::RecoveredEvent]) -> Result<(), Status> {
    let imported = events.iter().map(imported).collect::<Option<Vec<_>>>();
    let imported = imported.ok_or_else(|| Status::data_loss("an admitted event can't be read"))?;
    tracing::warn!(
        count = imported.len(),
        "importing what was admitted beyond this journal"
    );
    let before = intake.journal.head();
    let head = intake.journal.import(imported).await.map_err(unavailable)?;
    if head == before {
        // The same page would come again, for ever.
        return Err(Status::data_loss("nothing of a recovered page is new"));
    }
    Ok(())
}

async fn open_epoch(intake: &Intake) -> Result<(), Status> {
    let head = intake.journal.head();
    let open = Open::EpochOpened {
        previous_epoch: head.place.epoch,
        previous_seq: head.place.seq,
        previous_hash: head.digest,
    };
    let header = Header {
        open: Some(open),
        ..Header::default()
    };
    let key = format!("epoch after {}/{}", head.place.epoch, head.place.seq);
    let asked = Request {
        system: "diogel",
        verified: false,
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
    let given_key = given.key.as_ref()?;
    let key = match (envelope.is_sealed(), given_key.state()) {
        (false, _) => KeyState::None,
        (true, v1::ContentKeyState::Destroyed | v1::ContentKeyState::None) => KeyState::Destroyed,
        (true, v1::ContentKeyState::Held) => KeyState::Key(ContentKey::from_slice(&given_key.key)?),
        (true, _) => KeyState::Unknown,
    };
    let request = JournalRequest {
        key: envelope.request_key_hash().try_into().ok()?,
        hash: envelope.request_hash().try_into().ok()?,
        recorded_at: envelope.recorded_at.0,
    };
    let lost = given_key.state() == v1::ContentKeyState::Lost;
    if lost {
        let event = envelope.event_id;
        tracing::error!(%event, "an accepted event's content was lost with the disk; its publisher has to send it again");
    }
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
        request: (!lost).then_some(request),
        key,
        erases,
    })
}
