//! What feeds the fold: the admitting projection gives positions and writes the order stream, a replica follows it. Either ends
//! for good when the order turns out to be another's; then nothing more is folded, and readers are refused.

use std::{
    path::PathBuf,
    sync::{Arc, Mutex},
};

use diogel_event_log::log::{Inlets, OrderLog};
use diogel_ops::Shutdown;
use diogel_views::{Folded, store::Store};
use tokio::{
    sync::{RwLock, watch},
    task::JoinHandle,
};

use crate::{
    admit::Admission,
    chain::Chains,
    config::ProjectionConfig,
    folding::Following,
    heard::HeardBoard,
    key_client::KeySource,
    mending::Mending,
    order::OrderJournal,
    pinned::Pinned,
    positions::Underway,
    publish_order::{self, Release},
    replica::Replica,
    run::StartError,
    snapshot,
    standing::{Complete, Ended},
    supervise,
    view_folder::Doubt,
};

/// What everything in the process stands on.
pub(crate) struct Ground<S> {
    pub(crate) order: OrderJournal,
    pub(crate) views: Arc<Folded<S>>,
    pub(crate) heard: Arc<HeardBoard>,
    pub(crate) keys: Arc<KeySource>,
    pub(crate) complete: Complete,
    pub(crate) ended: Ended,
    pub(crate) shutdown: Shutdown,
}

/// What feeding alone needs.
pub(crate) struct Feeding {
    pub(crate) pinned: Pinned,
    pub(crate) doubt: Doubt,
    /// Where the snapshot of the chains lies.
    pub(crate) snapshot: PathBuf,
}

/// Starts the fold, and what feeds it. Answers the admission, which a replica has not.
pub(crate) async fn start<S: Store>(
    ground: &Ground<S>,
    feeding: Feeding,
    config: &ProjectionConfig,
    inlets: Arc<dyn Inlets>,
    stream: Arc<dyn OrderLog>,
) -> Result<(Option<Arc<Admission>>, Vec<JoinHandle<()>>), StartError> {
    let Feeding {
        pinned,
        doubt,
        snapshot,
    } = feeding;
    let fresh = Chains::new(pinned.board.clone(), pinned.genesis_key);
    let position = ground.views.checkpoint().position;
    let (chains, at_view) = snapshot::chains(fresh, &ground.order, &snapshot, position).await?;
    let (releasing, released) = watch::channel(None);
    let mending = Arc::new(Mending {
        order: ground.order.clone(),
        keys: Arc::clone(&ground.keys),
    });
    let following = Following {
        order: ground.order.clone(),
        views: Arc::clone(&ground.views),
        heard: Arc::clone(&ground.heard),
        complete: ground.complete.clone(),
        ended: ground.ended.clone(),
        chains: at_view,
        snapshot,
        mending: Arc::clone(&mending),
        doubt,
        released,
    };
    let folding = tokio::spawn(following.run(ground.shutdown.clone()));
    let mending = tokio::spawn(mending.run(ground.shutdown.clone()));
    if let Some(order_key) = pinned.order_key {
        let replica = Replica {
            order: ground.order.clone(),
            chains,
            stream,
            order_key,
            keys: Arc::clone(&ground.keys),
            views: Arc::clone(&ground.views),
            released: releasing,
        };
        return Ok((None, vec![folding, mending, follow(ground, replica)]));
    }
    let admission = Arc::new(Admission {
        board: config.board.clone(),
        order: ground.order.clone(),
        chains: Mutex::new(chains),
        heard: Arc::clone(&ground.heard),
        keys: Arc::clone(&ground.keys),
        inlets,
        underway: Underway::default(),
        board_agency: pinned.board.clone(),
        keys_in_force: RwLock::default(),
    });
    let admitting = admit(ground, &admission, pinned, stream, releasing);
    Ok((Some(admission), vec![folding, mending, admitting]))
}

fn admit<S: Store>(
    ground: &Ground<S>,
    admission: &Arc<Admission>,
    pinned: Pinned,
    stream: Arc<dyn OrderLog>,
    releasing: watch::Sender<Option<Release>>,
) -> JoinHandle<()> {
    let (shutdown, ended) = (ground.shutdown.clone(), ground.ended.clone());
    let journal = ground.order.journal().clone();
    let publishing = publish_order::run(journal, stream, releasing, shutdown.clone());
    let (admission, views) = (Arc::clone(admission), Arc::clone(&ground.views));
    let supervising = supervise::run(admission, views, pinned.board, shutdown);
    tokio::spawn(async move {
        // Fenced: what another projection orders is not ours to order. Admission ends with it.
        tokio::select! {
            result = publishing => if let Err(error) = result {
                ended.tell(&format!("order stream: {error}"));
            },
            () = supervising => {}
        }
    })
}

fn follow<S: Store>(ground: &Ground<S>, replica: Replica<S>) -> JoinHandle<()> {
    let (shutdown, ended) = (ground.shutdown.clone(), ground.ended.clone());
    tokio::spawn(async move {
        if let Err(error) = replica.run(shutdown).await {
            ended.tell(&format!("order stream: {error}"));
        }
    })
}
