//! What people wait for: a pre-visit check, which sits on every case file; a meeting summary of somebody with five hundred events, for
//! everybody at the table and for the chair; its PDF. Over mutual TLS on loopback, beside an answer of nothing over the same.

mod person;
mod press;

use std::time::{Duration, Instant};

use bench::{Outcome, times::Times};
use diogel_contract::v1::{
    self, DocumentForm, SummaryRendering, reading_service_client::ReadingServiceClient,
};
use diogel_identity::Role;
use tonic::transport::Channel;
use tonic_health::pb::{HealthCheckRequest, health_client::HealthClient};

use crate::{
    board,
    figures::{Figures, In},
    options::Options,
    watch::{
        callers::{self, Office},
        hub::{self, Hub},
    },
};

/// A check sits on every case file.
const CHECK: Duration = Duration::from_millis(1);
/// A summary of somebody with five hundred events.
const SUMMARY: Duration = Duration::from_millis(10);
/// Its PDF.
const PDF: Duration = Duration::from_millis(300);
const READER: &str = "social-care";
const AGENCIES: [&str; 5] = [READER, "health", "police", "housing", "education"];
/// Reports about somebody of whom a few are made.
const A_FEW: usize = 8;
/// At the table beside the reader.
const ATTENDING: [&str; 3] = ["health", "police", "education"];

/// Measures.
pub fn run(options: &Options, figures: &mut Figures) -> Outcome<()> {
    hub::beside(measure(options, figures))
}

async fn measure(options: &Options, figures: &mut Figures) -> Outcome<()> {
    let folder = options.fresh_folder()?;
    let hub = Hub::start(folder.path(), &AGENCIES, options.store).await?;
    let mut office = Office::of(&hub)?;
    office.registers(&hub).await?;
    for text in &board::protocols()? {
        office.agrees(text).await?;
    }
    hub.settled().await?;
    let events = options.person_events();
    let many = person::events(&AGENCIES, person::MANY, events)?;
    let few = person::events(&AGENCIES, person::FEW, A_FEW)?;
    for (agency, request) in many.into_iter().chain(few) {
        let mut publishing = callers::publishing(&hub, &agency)?;
        publishing.publish(request).await?;
    }
    hub.settled().await?;
    let tls = hub.tls(READER, Role::System, "case")?;
    let channel = callers::channel(hub.projection.address, tls, Role::Projection)?;
    let mut asks = Asks {
        reading: ReadingServiceClient::new(channel.clone()),
        nothing: HealthClient::new(channel),
        rounds: options.rounds(),
    };
    asks.checks(figures, person::FEW, A_FEW).await?;
    asks.checks(figures, person::MANY, events).await?;
    asks.summaries(figures, events).await?;
    let document = asks.document().await?;
    press::pdfs(
        &hub,
        figures,
        &document,
        PDF,
        (options.rounds() / 10).max(5),
    )
    .await?;
    drop(asks);
    hub.stop().await;
    Ok(())
}

struct Asks {
    reading: ReadingServiceClient<Channel>,
    nothing: HealthClient<Channel>,
    rounds: usize,
}

impl Asks {
    /// In turn with an answer of nothing, so that a disturbance falls on both.
    async fn checks(&mut self, figures: &mut Figures, number: &str, events: usize) -> Outcome<()> {
        let (mut checks, mut nothings) = (Times::default(), Times::default());
        let mut found = 0;
        for _ in 0..self.rounds * 5 {
            let request = v1::CheckRequest {
                identifiers: vec![person::identifier(number)],
                ..v1::CheckRequest::default()
            };
            let asked = Instant::now();
            let answer = self.reading.check(request).await?.into_inner();
            checks.add(asked.elapsed());
            found = answer.findings.len();
            let asked = Instant::now();
            self.nothing.check(HealthCheckRequest::default()).await?;
            nothings.add(asked.elapsed());
        }
        let name = format!("check of a person with {events} events ({found} findings), p99");
        figures.below(name, checks.p99(), In::Millis, CHECK);
        figures.time("  the same, median", checks.median(), In::Millis);
        figures.time("an answer of nothing, p99", nothings.p99(), In::Millis);
        figures.time("  the same, median", nothings.median(), In::Millis);
        Ok(())
    }

    async fn summaries(&mut self, figures: &mut Figures, events: usize) -> Outcome<()> {
        for (rendering, of) in [
            (SummaryRendering::Professionals, "for the table"),
            (
                SummaryRendering::Chair,
                "for the chair, four pages compared",
            ),
        ] {
            let (mut times, mut length) = (Times::default(), 0);
            for _ in 0..self.rounds {
                let asked = Instant::now();
                let answer = self.summary(rendering, DocumentForm::Text).await?;
                times.add(asked.elapsed());
                length = answer.text.len();
            }
            let name = format!("summary {of}, {events} events, {} KiB, p99", length / 1024);
            if rendering == SummaryRendering::Professionals {
                figures.below(name, times.p99(), In::Millis, SUMMARY);
            } else {
                figures.time(name, times.p99(), In::Millis);
            }
            figures.time("  the same, median", times.median(), In::Millis);
        }
        Ok(())
    }

    async fn document(&mut self) -> Outcome<v1::Document> {
        let answer = self
            .summary(SummaryRendering::Professionals, DocumentForm::Document)
            .await?;
        Ok(answer.document.ok_or("a document")?)
    }

    async fn summary(
        &mut self,
        rendering: SummaryRendering,
        form: DocumentForm,
    ) -> Outcome<v1::MeetingSummaryResponse> {
        let request = v1::MeetingSummaryRequest {
            identifiers: vec![person::identifier(person::MANY)],
            attending: ATTENDING.map(str::to_owned).into(),
            rendering: rendering.into(),
            form: form.into(),
            ..v1::MeetingSummaryRequest::default()
        };
        Ok(self.reading.meeting_summary(request).await?.into_inner())
    }
}
