//! A hub full of events: the generator's mixture, each agency publishing its own in order, several agencies at once. Alerts and
//! escalations come to an end, as they do: as many are open as a board has at a time, while the years add to what is over.

use std::{
    collections::{BTreeMap, VecDeque},
    time::Duration,
};

use bench::Outcome;
use diogel_contract::v1::{self, publish_request::Content, step::Said};
use diogel_domain::times::Moment;
use diogel_generator::{Generator, Shape};
use tokio::sync::mpsc;
use tonic::transport::Channel;

use crate::{
    board::BOARD,
    watch::{callers, hub::Hub},
};

/// How often a batch is tried whose answer doesn't come.
const TRIES: usize = 5;
/// Publications that go in one call.
const BATCH: usize = 100;
/// Events about one person, on the average: a board's people stay about as many while the years add events.
const EVENTS_A_PERSON: u64 = 12;
/// Alerts of a board that are live at a time (PRACTICE, section 9).
const LIVE_ALERTS: usize = 1_000;
/// Escalations that are open at a time, if a board has 300 in a year (PRACTICE, section 9) and each takes twice as long as the clocks of
/// the shipped policy's four stages.
const OPEN_ESCALATIONS: usize = 50;

/// What there is to look at: an item that the reader sees, and a person whom it knows.
pub(super) struct Known {
    pub(super) event: String,
    pub(super) nhs: String,
}

type Client = v1::publishing_service_client::PublishingServiceClient<Channel>;

/// Publishes so many events of these agencies.
pub(super) async fn fill(
    hub: &Hub,
    agencies: &[&str],
    reader: &'static str,
    events: u64,
) -> Outcome<Known> {
    let mut shape = Shape::cwm_derwen(u32::try_from((events / EVENTS_A_PERSON).max(50))?, now()?);
    // Nobody shares with an agency that isn't there.
    let there = |id: &str| id == BOARD || agencies.contains(&id);
    shape.agencies.retain(|agency| there(&agency.id));
    let mut load = Generator::new(1, shape);
    let mut publishing = tokio::task::JoinSet::new();
    let mut queues = BTreeMap::new();
    for agency in agencies {
        let (sender, queue) = mpsc::channel(2);
        queues.insert((*agency).to_owned(), sender);
        publishing.spawn(publish(callers::publishing(hub, agency)?, queue, reader));
    }
    let mut waiting: BTreeMap<String, Batch> = BTreeMap::new();
    let (mut alerts, mut escalations) = (VecDeque::new(), VecDeque::new());
    let mut made = 0;
    while made < events {
        let (agency, request) = load.next().ok_or("the load has no end")?;
        made += 1;
        let over = match &request.content {
            Some(Content::HazardAlert(_)) => ends(&mut alerts, LIVE_ALERTS, &agency, &request),
            Some(Content::Escalation(_)) => {
                ends(&mut escalations, OPEN_ESCALATIONS, &agency, &request)
            }
            _ => None,
        };
        if let Some((whose, end)) = over {
            made += 1;
            waiting.entry(whose).or_default().ends.push(end);
        }
        let batch = waiting.entry(agency.clone()).or_default();
        batch.requests.push(request);
        if batch.requests.len() < BATCH && made < events {
            continue;
        }
        let queue = queues.get(&agency).ok_or("an agency that publishes")?;
        // A step stands in a batch after what it is taken on.
        let ends = std::mem::take(&mut batch.ends);
        let requests = std::mem::replace(&mut batch.requests, ends);
        if queue.send(requests).await.is_err() {
            break;
        }
    }
    drop(queues);
    let mut known = None;
    while let Some(done) = publishing.join_next().await {
        known = done??.or(known);
    }
    Ok(known.ok_or("an event that the reader sees, of a person with an NHS number")?)
}

fn now() -> Outcome<Moment> {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH)?;
    Ok(Moment(i64::try_from(now.as_micros())?))
}

/// What one agency publishes next, and what goes into the batch after that.
#[derive(Default)]
struct Batch {
    requests: Vec<v1::PublishRequest>,
    ends: Vec<v1::PublishRequest>,
}

/// Whose step it is, and the step.
type End = (String, v1::PublishRequest);

/// What has a course begins; if more are open now than so many, the oldest ends.
fn ends(
    open: &mut VecDeque<End>,
    most: usize,
    agency: &str,
    begins: &v1::PublishRequest,
) -> Option<End> {
    open.extend(end_of(begins).map(|end| (agency.to_owned(), end)));
    if open.len() > most {
        open.pop_front()
    } else {
        None
    }
}

/// The step that ends what is published here, if it has a course.
fn end_of(request: &v1::PublishRequest) -> Option<v1::PublishRequest> {
    let (deed, said) = match &request.content {
        Some(Content::HazardAlert(_)) => {
            let step = v1::AlertStep {
                decided_by: "Manager Invented".into(),
                words: "The danger has passed: they have moved away.".into(),
                ..v1::AlertStep::default()
            };
            (v1::Deed::Ended, Said::Alert(step))
        }
        Some(Content::Escalation(_)) => {
            let step = v1::EscalationStep {
                words: "The strategy discussion is held on Tuesday.".into(),
                outcome: v1::EscalationOutcome::Agreed as i32,
                ..v1::EscalationStep::default()
            };
            (v1::Deed::Resolved, Said::Escalation(step))
        }
        _ => return None,
    };
    let of = v1::Reference {
        event: Some(v1::reference::Event::RequestKey(
            request.request_key.clone(),
        )),
        ..v1::Reference::default()
    };
    Some(v1::PublishRequest {
        request_key: format!("{}-end", request.request_key),
        content: Some(Content::Step(v1::Step {
            of: Some(of),
            deed: deed as i32,
            said: Some(said),
        })),
        ..v1::PublishRequest::default()
    })
}

/// One agency's batches, one after the other.
async fn publish(
    client: Client,
    mut queue: mpsc::Receiver<Vec<v1::PublishRequest>>,
    reader: &str,
) -> Result<Option<Known>, String> {
    let mut client = client;
    let mut known = None;
    while let Some(requests) = queue.recv().await {
        let request = v1::BatchPublishRequest {
            requests: requests.clone(),
        };
        let results = published(&mut client, request).await?;
        for (request, result) in requests.iter().zip(results) {
            let Some(v1::batch_result::Result::Receipt(receipt)) = result.result else {
                return Err(format!("{:?} of {request:?}", result.result));
            };
            if let Some(nhs) = sees(request, reader) {
                known = Some(Known {
                    event: receipt.event_id,
                    nhs,
                });
            }
        }
    }
    Ok(known)
}

/// As any client does that gets no answer: the same keys again.
async fn published(
    client: &mut Client,
    request: v1::BatchPublishRequest,
) -> Result<Vec<v1::BatchResult>, String> {
    let mut tries = 0;
    loop {
        tries += 1;
        match client.batch_publish(request.clone()).await {
            Ok(answer) => return Ok(answer.into_inner().results),
            Err(status) if tries == TRIES => return Err(status.to_string()),
            Err(_) => tokio::time::sleep(Duration::from_secs(2)).await,
        }
    }
}

/// The reader is named, and so is a person.
fn sees(request: &v1::PublishRequest, reader: &str) -> Option<String> {
    let grants = &request.audience.as_ref()?.grants;
    let reader = v1::grant::To::Agency(reader.into());
    grants
        .iter()
        .find(|grant| grant.to.as_ref() == Some(&reader))?;
    let Some(Content::Incident(report)) = &request.content else {
        return None;
    };
    let people = report.people.iter().flat_map(|person| &person.identifiers);
    let nhs = v1::IdentifierScheme::NhsNumber as i32;
    let mut numbers = people.filter(|one| one.scheme == nhs);
    numbers.next().map(|one| one.value.clone())
}
