//! What feeds the fold: the admitting projection gives positions and writes the order stream, a replica follows it. Either ends
//! for good when the order turns out to be another's; then nothing more is folded, and readers are refused.

use std::sync::{Arc, Mutex};

use diogel_domain::ids::AgencyId;
use diogel_event_log::log::{Inlets, OrderLog};
use diogel_identity::PublicKey;
use diogel_ops::Shutdown;
use diogel_views::{Folded, store::Store};
use tokio::{sync::watch, task::JoinHandle};

use crate::{
    admit::Admission,
    chain::Chains,
    config::ProjectionConfig,
    heard::HeardBoard,
    key_client::KeySource,
    order::OrderJournal,
    positions::Underway,
    publish_order::{self, Release},
    replica::Replica,
    run::{StartError, board_agency},
    standing::Ended,
    supervise,
};

/// What both ways need.
pub(crate) struct Feed<S> {
    pub(crate) order: OrderJournal,
    /// As of the order journal's head.
    pub(crate) chains: Chains,
    pub(crate) keys: Arc<KeySource>,
    pub(crate) heard: Arc<HeardBoard>,
    pub(crate) views: Arc<Folded<S>>,
    pub(crate) released: watch::Sender<Option<Release>>,
    pub(crate) ended: Ended,
    pub(crate) shutdown: Shutdown,
}

impl<S: Store> Feed<S> {
    /// Starts admitting.
    pub(crate) fn admitting(
        self,
        config: &ProjectionConfig,
        inlets: Arc<dyn Inlets>,
        stream: Arc<dyn OrderLog>,
        tasks: &mut Vec<JoinHandle<()>>,
    ) -> Result<Arc<Admission>, StartError> {
        let board: AgencyId = board_agency(config)?;
        let journal = self.order.journal().clone();
        let admission = Arc::new(Admission {
            board: config.board.clone(),
            order: self.order,
            chains: Mutex::new(self.chains),
            heard: self.heard,
            keys: self.keys,
            inlets,
            underway: Underway::default(),
        });
        let (shutdown, ended) = (self.shutdown, self.ended);
        let publishing = publish_order::run(journal, stream, self.released, shutdown.clone());
        let supervising = supervise::run(Arc::clone(&admission), self.views, board, shutdown);
        tasks.push(tokio::spawn(async move {
            // Fenced: what another projection orders is not ours to order. Admission ends with it.
            tokio::select! {
                result = publishing => if let Err(error) = result {
                    ended.tell(&format!("order stream: {error}"));
                },
                () = supervising => {}
            }
        }));
        Ok(admission)
    }

    /// Starts following.
    pub(crate) fn replica(self, stream: Arc<dyn OrderLog>, order_key: PublicKey) -> JoinHandle<()> {
        let (shutdown, ended) = (self.shutdown, self.ended);
        let replica = Replica {
            order: self.order,
            chains: self.chains,
            stream,
            order_key,
            keys: self.keys,
            views: self.views,
            released: self.released,
        };
        tokio::spawn(async move {
            if let Err(error) = replica.run(shutdown).await {
                ended.tell(&format!("order stream: {error}"));
            }
        })
    }
}
