//! A hub with the contract suite's two agencies, and short ways to its ends.

use std::time::Duration;

use diogel_event_log::entry::{Entry, Place};
use diogel_event_log::jetstream::names::Role;
use diogel_event_log::jetstream::{JetStreamInlets, JetStreamOrder, JetStreamOutlet};
use diogel_event_log::log::{Inlet, Inlets, LogError, OrderLog, Outlet};
use diogel_harness::Hub;

use crate::suite::{Fixture, NORTH, SOUTH};

/// How long a test waits for what must come.
const PATIENCE: Duration = Duration::from_secs(30);

pub struct Board {
    pub hub: Hub,
}

impl Board {
    pub async fn start() -> Self {
        Self {
            hub: Hub::start(&[NORTH, SOUTH]).await,
        }
    }

    pub async fn cluster() -> Self {
        Self {
            hub: Hub::cluster(&[NORTH, SOUTH]).await,
        }
    }

    pub async fn outlet_of(&self, agency: &str) -> JetStreamOutlet {
        let link = self.hub.link(Role::Agency(agency.to_owned())).await;
        JetStreamOutlet::open(link, agency)
            .await
            .expect("an outlet")
    }

    pub async fn all_inlets(&self) -> JetStreamInlets {
        JetStreamInlets::new(self.hub.link(Role::Projection).await, self.hub.streams())
    }

    pub async fn inlet_of(&self, agency: &str) -> Box<dyn Inlet> {
        self.all_inlets()
            .await
            .inlet(agency, Place::START)
            .await
            .expect("an inlet")
    }

    pub async fn order_as(&self, role: Role) -> JetStreamOrder {
        let link = self.hub.link(role).await;
        JetStreamOrder::open(link, self.hub.streams())
            .await
            .expect("an order log")
    }
}

impl Fixture for Board {
    async fn journalled(&self, _: &str, _: &[Entry]) {}

    async fn outlet(&self, agency: &str) -> Box<dyn Outlet> {
        Box::new(self.outlet_of(agency).await)
    }

    async fn inlets(&self) -> Box<dyn Inlets> {
        Box::new(self.all_inlets().await)
    }

    async fn order(&self) -> Box<dyn OrderLog> {
        Box::new(self.order_as(Role::Projection).await)
    }

    fn keeps_order(&self) -> bool {
        true
    }
}

/// Offers until everything is acknowledged, as an agency's service does: what was not is offered again.
pub async fn offer_until_safe(outlet: &impl Outlet, entries: &[Entry], resend: bool) {
    let until = tokio::time::Instant::now() + PATIENCE;
    let mut rest = entries;
    while !rest.is_empty() {
        match outlet.offer(rest.to_vec(), resend).await {
            Ok(safe) => rest = &rest[safe..],
            Err(LogError::Unavailable(error)) => {
                assert!(tokio::time::Instant::now() < until, "never safe: {error}");
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
            Err(other) => panic!("{other}"),
        }
    }
}

/// Takes and settles until each of the entries was heard at least once, in any order, through breaks.
pub async fn hear_all(inlet: &mut dyn Inlet, wanted: &[Entry]) {
    let mut missing: std::collections::HashSet<_> =
        wanted.iter().map(|e| e.event.clone()).collect();
    let until = tokio::time::Instant::now() + PATIENCE;
    while !missing.is_empty() {
        match tokio::time::timeout_at(until, inlet.take(100)).await {
            Ok(Ok(taken)) => {
                missing.retain(|event| !taken.contains(event));
                inlet.settle().await.expect("settles");
            }
            Ok(Err(LogError::Unavailable(_))) => {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            Ok(Err(other)) => panic!("{other}"),
            Err(late) => panic!("{} events never came: {late}", missing.len()),
        }
    }
}
