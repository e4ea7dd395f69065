//! An admission task for each agency that the Board has registered, from the moment it is.

use std::{collections::BTreeSet, sync::Arc};

use diogel_domain::ids::AgencyId;
use diogel_ops::Shutdown;
use diogel_views::{Folded, store::Store};
use tokio::task::JoinSet;

use crate::admit::Admission;

/// Starts tasks until shut down, then ends them.
pub(crate) async fn run<S: Store>(
    admission: Arc<Admission>,
    views: Arc<Folded<S>>,
    board: AgencyId,
    shutdown: Shutdown,
) {
    let mut tasks = JoinSet::new();
    let mut followed = BTreeSet::from([board.clone()]);
    tasks.spawn(Arc::clone(&admission).follow(board));
    let mut changed = views.changed();
    loop {
        for agency in views.registry().agencies() {
            let id = &agency.facts.agency;
            if followed.insert(id.clone()) {
                tasks.spawn(Arc::clone(&admission).follow(id.clone()));
            }
        }
        tokio::select! {
            changed = changed.changed() => if changed.is_err() { return },
            () = shutdown.requested() => return,
        }
    }
}
