//! A narrowing, to an open watch: from the publication that narrows, or from the Board's word that ends a protocol, to the retraction
//! in the reader's hands. The whole hub runs, over mutual TLS and with its journals on the disk; nobody else asks anything of it.

pub mod callers;
pub mod hub;
mod publications;

use std::time::{Duration, Instant};

use bench::{Outcome, times::Times};
use diogel_contract::v1;
use diogel_contract::v1::publishing_service_client::PublishingServiceClient;
use diogel_domain::board::BoardEvent;
use tonic::transport::Channel;

use crate::{
    board::{self, CHANGED},
    figures::{Figures, In},
    options::Options,
};
use callers::{Office, Watch};
use hub::Hub;
use publications::Publications;

/// A narrowing has to be in the reader's hands within this.
const LIMIT: Duration = Duration::from_millis(50);
const ORIGINATOR: &str = "housing";
const READER: &str = "health";
/// Between two rounds: idle is what is measured.
const PAUSE: Duration = Duration::from_millis(20);

/// Measures.
pub fn run(options: &Options, figures: &mut Figures) -> Outcome<()> {
    hub::beside(measure(options, figures))
}

async fn measure(options: &Options, figures: &mut Figures) -> Outcome<()> {
    let folder = options.fresh_folder()?;
    let agencies = [ORIGINATOR, READER, "police"];
    let hub = Hub::start(folder.path(), &agencies, options.store).await?;
    let mut office = Office::of(&hub)?;
    office.registers(&hub).await?;
    let protocols = board::protocols()?;
    for text in &protocols {
        office.agrees(text).await?;
    }
    hub.settled().await?;
    let mut round = Rounds {
        publishing: callers::publishing(&hub, ORIGINATOR)?,
        watch: Watch::open(&hub, READER).await?,
        publications: Publications::of(ORIGINATOR, READER),
    };
    let narrowed = round.narrowed(options.rounds()).await?;
    narrowed.report(figures);
    let cd_01 = protocols.first().ok_or("a protocol")?;
    let rounds = (options.rounds() / 10).max(3);
    let mut ended = Times::default();
    for version in (2..).take(rounds) {
        let text = board::numbered(cd_01, version);
        ended.add(round.ended(&hub, &mut office, &text).await?);
    }
    figures.below(
        format!("protocol ended by the Board to retraction ({rounds} rounds), p99"),
        ended.p99(),
        In::Millis,
        LIMIT,
    );
    figures.time("  the same, median", ended.median(), In::Millis);
    drop(round);
    hub.stop().await;
    Ok(())
}

/// What the rounds of a narrowing took.
#[derive(Default)]
struct Narrowed {
    /// From the publication of an event to its item.
    shown: Times,
    /// From the call that narrows to its receipt.
    accepted: Times,
    /// From that call to the retraction.
    retracted: Times,
    /// From the receipt to the retraction.
    after_receipt: Times,
}

impl Narrowed {
    fn report(&self, figures: &mut Figures) {
        let rounds = self.retracted.len();
        let name = format!("narrowing published to retraction ({rounds} rounds), p99");
        figures.below(name, self.retracted.p99(), In::Millis, LIMIT);
        for (name, times) in [
            ("  the same", &self.retracted),
            ("  its receipt alone", &self.accepted),
            ("  from the receipt on", &self.after_receipt),
            ("event published to its item", &self.shown),
        ] {
            figures.time(format!("{name}, median"), times.median(), In::Millis);
            figures.time(format!("{name}, p99"), times.p99(), In::Millis);
            figures.time(format!("{name}, longest"), times.longest(), In::Millis);
        }
    }
}

/// The originator and the reader, round after round.
struct Rounds {
    publishing: PublishingServiceClient<Channel>,
    watch: Watch,
    publications: Publications,
}

impl Rounds {
    /// An event, seen, and taken back by its originator.
    async fn narrowed(&mut self, rounds: usize) -> Outcome<Narrowed> {
        let mut narrowed = Narrowed::default();
        for _ in 0..rounds {
            let (event, shown) = self.shown().await?;
            narrowed.shown.add(shown);
            tokio::time::sleep(PAUSE).await;
            let request = self.publications.narrowing(&event);
            let called = Instant::now();
            let (accepted, retracted) = tokio::join!(
                publish(&mut self.publishing, request),
                self.watch.retraction(&event)
            );
            let (_, receipt) = accepted?;
            let came = retracted?;
            narrowed.accepted.add(receipt - called);
            narrowed.retracted.add(came - called);
            narrowed
                .after_receipt
                .add(came.saturating_duration_since(receipt));
            tokio::time::sleep(PAUSE).await;
        }
        Ok(narrowed)
    }

    /// An event under a new version, seen, and taken back by the end of the protocol.
    async fn ended(&mut self, hub: &Hub, office: &mut Office, text: &str) -> Outcome<Duration> {
        office.agrees(text).await?;
        hub.settled().await?;
        let (event, _) = self.shown().await?;
        tokio::time::sleep(PAUSE).await;
        let ends = BoardEvent::ProtocolEnded(CHANGED.to_owned());
        let called = Instant::now();
        let (said, retracted) = tokio::join!(office.says(&ends), self.watch.retraction(&event));
        said?;
        Ok(retracted? - called)
    }

    /// Publishes, and waits until the reader has it.
    async fn shown(&mut self) -> Outcome<(String, Duration)> {
        let request = self.publications.incident()?;
        let called = Instant::now();
        let (event, _) = publish(&mut self.publishing, request).await?;
        let came = self.watch.item(&event).await?;
        Ok((event, came - called))
    }
}

/// The event's id, and when its receipt came.
async fn publish(
    publishing: &mut PublishingServiceClient<Channel>,
    request: v1::PublishRequest,
) -> Outcome<(String, Instant)> {
    let answer = publishing.publish(request).await?.into_inner();
    let receipt = answer.receipt.ok_or("a receipt")?;
    Ok((receipt.event_id, Instant::now()))
}
