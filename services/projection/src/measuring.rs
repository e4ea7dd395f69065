//! What whoever runs the hub watches, in numbers: how far the order and the views have come, and each agency's chain. The same facts as
//! `OversightService` tells.

use std::{sync::Arc, time::Duration};

use diogel_domain::{ids::AgencyId, times::Moment};
use diogel_event_log::entry::Place;
use diogel_identity::{Reloading, TlsFiles};
use diogel_ops::Shutdown;
use diogel_views::Folded;
use metrics::gauge;

use crate::{
    admit::Admission, chain::Chain, heard::HeardBoard, order::OrderJournal, run::now,
    standing::Complete, view_folder::FolderStore,
};

/// How often.
const EVERY: Duration = Duration::from_secs(5);

/// What is measured.
pub(crate) struct Measuring<S> {
    pub(crate) views: Arc<Folded<S>>,
    pub(crate) admission: Option<Arc<Admission>>,
    pub(crate) heard: Arc<HeardBoard>,
    pub(crate) order: OrderJournal,
    pub(crate) complete: Complete,
    pub(crate) tls: Arc<Reloading<TlsFiles>>,
}

impl<S: FolderStore> Measuring<S> {
    pub(crate) async fn run(self, shutdown: Shutdown) {
        loop {
            self.measure(now());
            tokio::select! {
                () = tokio::time::sleep(EVERY) => {}
                () = shutdown.requested() => return,
            }
        }
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "a gauge is a float; no position comes near 2^53"
    )]
    fn measure(&self, at: Moment) {
        let checkpoint = self.views.checkpoint();
        gauge!("diogel_ordered_position").set(self.order.head() as f64);
        gauge!("diogel_folded_position").set(checkpoint.position as f64);
        gauge!("diogel_views_complete").set(f64::from(u8::from(self.complete.holds())));
        let tls = self.tls.current();
        let seconds = at.0 / Moment::SECOND;
        let left = |end: time::OffsetDateTime| (end.unix_timestamp() - seconds) as f64;
        gauge!("diogel_certificate_left_s").set(left(tls.own.not_after));
        gauge!("diogel_revocation_list_left_s").set(left(tls.revocations.holds_until()));
        for agency in self.views.registry().agencies() {
            self.chain(&agency.facts.agency, at);
        }
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "a gauge is a float; no sequence comes near 2^53"
    )]
    fn chain(&self, agency: &AgencyId, at: Moment) {
        let chain = self.admission.as_ref().and_then(|all| all.chain(agency));
        let admitted = chain.as_ref().map_or(Place::START, Chain::place);
        let heard = self.heard.outline(agency, at);
        let agency = agency.to_string();
        gauge!("diogel_chain_admitted", "agency" => agency.clone()).set(admitted.seq as f64);
        if let Some(journal) = heard.journal.filter(|place| place.epoch == admitted.epoch) {
            let behind = journal.seq.saturating_sub(admitted.seq);
            gauge!("diogel_chain_behind", "agency" => agency.clone()).set(behind as f64);
        }
        if let Some(last) = heard.last {
            let silence = (at.0 - last.0) / Moment::SECOND;
            gauge!("diogel_chain_silence_s", "agency" => agency.clone()).set(silence as f64);
        }
        let stopped = u8::from(heard.forked);
        gauge!("diogel_chain_forked", "agency" => agency).set(f64::from(stopped));
    }
}
