//! Rebuilding the views beside the ones in use, and comparing: two builds from the same order say the same (P4).

use diogel_contract::hexadecimal;
use diogel_identity::SigningKey;
use diogel_projection::{
    config::StoreKind,
    open_event,
    order::OrderJournal,
    view_folder::{FolderStore, OpenView, ViewFolder},
};
use diogel_views::store::{RedbStore, SledStore};

use crate::{arguments::Rebuild, failure::Failure, folder::Folder, show, up};

/// Records folded at once.
const BATCH: usize = 1_000;
/// Items brought up to the rules in force at once.
const SWEPT: u64 = 1_000;

pub(crate) async fn run(rebuild: &Rebuild, json: bool) -> Result<(), Failure> {
    let kind = up::store(&rebuild.store);
    match kind {
        StoreKind::Sled => on::<SledStore>(rebuild, kind, json).await,
        StoreKind::Redb => on::<RedbStore>(rebuild, kind, json).await,
    }
}

async fn on<S: FolderStore>(rebuild: &Rebuild, kind: StoreKind, json: bool) -> Result<(), Failure> {
    let folder = Folder::open(&rebuild.hub.hub)?;
    let data = folder.projection_data();
    let key = SigningKey::load(&data.join("order.key")).map_err(Failure::other)?;
    let order = OrderJournal::open(&data.join("order"), &folder.file.board, key)
        .await
        .map_err(|e| Failure::Unavailable(e.to_string()))?;
    let views = ViewFolder::new(&data, kind).map_err(Failure::other)?;
    let before = views.current();
    let built: OpenView<S> = views.beside(&order).map_err(Failure::other)?;
    fold_all(&order, &built).await?;
    let digest = built.views.digest().map_err(Failure::other)?;
    let position = built.views.checkpoint().position;
    let same = match before {
        Some(_) => Some(compare::<S>(&views, &order, position, digest).await?),
        None => None,
    };
    let generation = built.generation;
    drop(built);
    views.make_current(generation).map_err(Failure::other)?;
    if let Some(old) = before {
        views.remove(old);
    }
    tell(position, digest, same, json);
    if same == Some(false) {
        return Err(Failure::Other(
            "the view in use said something else; it was replaced".into(),
        ));
    }
    Ok(())
}

async fn fold_all<S: FolderStore>(
    order: &OrderJournal,
    built: &OpenView<S>,
) -> Result<(), Failure> {
    let bar = show::progress(order.head(), "folding");
    loop {
        let position = built.views.checkpoint().position;
        bar.set_position(position);
        let records = order.read(position, BATCH).await.map_err(Failure::other)?;
        if records.is_empty() {
            // A change of the rules that wasn't carried through everything yet would tell two views apart that say the same.
            while built.views.sweep(SWEPT).map_err(Failure::other)? {}
            bar.finish_and_clear();
            return Ok(());
        }
        let ids: Vec<[u8; 16]> = records.iter().map(|r| r.event.event_id.0).collect();
        let keys = order
            .journal()
            .content_keys(&ids)
            .await
            .map_err(Failure::other)?;
        let inputs = records
            .iter()
            .zip(&keys)
            .map(|(record, key)| open_event::open(record, key));
        let inputs: Vec<_> = inputs.collect::<Result<_, _>>().map_err(Failure::other)?;
        built.views.fold(&inputs).map_err(Failure::other)?;
    }
}

/// The view in use, brought up to the same position, has the same digest.
async fn compare<S: FolderStore>(
    views: &ViewFolder,
    order: &OrderJournal,
    position: u64,
    digest: [u8; 32],
) -> Result<bool, Failure> {
    let current: OpenView<S> = views.open(order).await.map_err(Failure::other)?;
    fold_all(order, &current).await?;
    let same = current.views.checkpoint().position == position;
    Ok(same && current.views.digest().map_err(Failure::other)? == digest)
}

fn tell(position: u64, digest: [u8; 32], same: Option<bool>, json: bool) {
    let digest = hexadecimal::write(&digest);
    show::line(&if json {
        serde_json::json!({ "position": position, "digest": digest, "sameAsBefore": same })
            .to_string()
    } else {
        let compared = match same {
            Some(true) => ", the same as the view in use",
            Some(false) => ", NOT the same as the view in use",
            None => "",
        };
        format!(
            "{position} events folded, digest {}{compared}",
            &digest[..16]
        )
    });
}
