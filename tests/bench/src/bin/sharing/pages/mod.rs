//! The console's pages, over a hub that holds many events: from the browser's request to the last byte of the page, on loopback. Whole
//! hub, console and browser run in this process, over mutual TLS between console and services, as people use them.

use std::{
    collections::BTreeMap,
    net::SocketAddr,
    time::{Duration, Instant},
};

use bench::{Outcome, times::Times};
use diogel_console::config::{AgencyEntry, ConsoleConfig, InventedPerson, SignInConfig};
use diogel_contract::v1::{self, publish_request::Content};
use diogel_domain::times::Moment;
use diogel_generator::{Generator, Shape};
use diogel_harness::Browser;
use diogel_identity::{PersonRole, Role};

use crate::{
    board::{self, BOARD},
    figures::{Figures, In},
    options::Options,
    watch::{
        callers::{self, Office},
        hub::{self, Hub},
    },
};

/// A page has to be there within this.
const LIMIT: Duration = Duration::from_millis(20);
/// Whose pages are looked at.
const READER: &str = "health";
/// Publications that go in one call, and calls under way at once.
const BATCH: usize = 100;
const AT_ONCE: usize = 8;
/// Events about one person, on the average: a board's people stay about as many while the years add events.
const EVENTS_A_PERSON: u64 = 12;

/// Measures.
pub fn run(options: &Options, figures: &mut Figures) -> Outcome<()> {
    hub::beside(measure(options, figures))
}

async fn measure(options: &Options, figures: &mut Figures) -> Outcome<()> {
    let folder = options.fresh_folder()?;
    let agencies = ["housing", READER, "police", "social-care", "education"];
    let hub = Hub::start_with_people(folder.path(), &agencies, options.store).await?;
    let mut office = Office::of(&hub)?;
    office.registers(&hub).await?;
    for text in &board::protocols()? {
        office.agrees(text).await?;
    }
    hub.settled().await?;
    let began = Instant::now();
    let known = fill(&hub, &agencies, options.events()).await?;
    hub.settled().await?;
    let took = began.elapsed();
    figures.note("events", options.events() as f64, "");
    figures.time("  published and folded in", took, In::Seconds);
    let shutdown = diogel_ops::Shutdown::new();
    let console = diogel_console::start(config(&hub)?, shutdown.clone()).await?;
    let mut browser = Browser::signed_in(console.address).await;
    // The projection reads the keys that the console has just written within a second or two.
    while browser.get("/en/").await.0 != 200 {
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    let rounds = if options.quick { 50 } else { 500 };
    for (name, path, form) in pages(&known) {
        let mut times = Times::default();
        for round in 0..rounds + 20 {
            let called = Instant::now();
            let (status, page) = match &form {
                None => browser.get(&path).await,
                Some(value) => browser.post(&path, &[("nhs", value.as_str())]).await,
            };
            let took = called.elapsed();
            if status != 200 {
                return Err(format!("{path}: {status} {page}").into());
            }
            // The first rounds warm caches and connections.
            if round >= 20 {
                times.add(took);
            }
        }
        figures.below(
            format!("{name} ({rounds} rounds), p99"),
            times.p99(),
            In::Millis,
            LIMIT,
        );
        figures.time("  the same, median", times.median(), In::Millis);
    }
    shutdown.request();
    console.ended().await;
    hub.stop().await;
    Ok(())
}

/// What there is to look at: an item that the reader sees, and a person whom it knows.
struct Known {
    event: String,
    nhs: String,
}

fn pages(known: &Known) -> Vec<(&'static str, String, Option<String>)> {
    let get = |name, path: &str| (name, path.to_owned(), None);
    let post = |name, path: &str| (name, path.to_owned(), Some(known.nhs.clone()));
    vec![
        get("start", "/en/"),
        post("check before a visit", "/en/check"),
        get("items, newest first", "/en/items"),
        get("items of one kind, in Welsh", "/cy/items?kind=hazard_alert"),
        get(
            "one item, with who gets what",
            &format!("/en/items/{}", known.event),
        ),
        post("items about somebody", "/en/items/about"),
        get("a form", "/en/report/incident"),
        get("register of escalations", "/en/escalations"),
        get("protocols", "/en/governance/protocols"),
        get("own accesses", "/en/governance/accesses"),
    ]
}

/// Publishes generated events of these agencies, in batches, several at once.
async fn fill(hub: &Hub, agencies: &[&str], events: u64) -> Outcome<Known> {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH)?;
    let now = Moment(i64::try_from(now.as_micros())?);
    let people = u32::try_from((events / EVENTS_A_PERSON).max(50))?;
    let mut load = Generator::new(1, Shape::cwm_derwen(people, now));
    let mut clients = BTreeMap::new();
    for agency in agencies {
        clients.insert((*agency).to_owned(), callers::publishing(hub, agency)?);
    }
    let mut waiting: BTreeMap<String, Vec<v1::PublishRequest>> = BTreeMap::new();
    let mut known = None;
    let mut under_way = tokio::task::JoinSet::new();
    let mut sent = 0;
    while sent < events {
        let (agency, request) = load.next().ok_or("the load has no end")?;
        // Records and reports alone: steps and corrections would wait for what another batch holds.
        let plain = matches!(
            request.content,
            Some(Content::Incident(_) | Content::Contact(_) | Content::Strength(_))
        );
        let Some(client) = clients.get(&agency).filter(|_| plain) else {
            continue;
        };
        sent += 1;
        let batch = waiting.entry(agency).or_default();
        batch.push(request);
        if batch.len() < BATCH && sent < events {
            continue;
        }
        let requests = std::mem::take(batch);
        while under_way.len() >= AT_ONCE {
            known = taken(under_way.join_next().await, known)?;
        }
        let mut client = client.clone();
        under_way.spawn(async move {
            let request = v1::BatchPublishRequest {
                requests: requests.clone(),
            };
            let answer = client.batch_publish(request).await;
            answer.map(|answer| (requests, answer.into_inner()))
        });
    }
    while let Some(done) = under_way.join_next().await {
        known = taken(Some(done), known)?;
    }
    Ok(known.ok_or("an event that the reader sees, of a person with an NHS number")?)
}

type Answered = Result<
    Result<(Vec<v1::PublishRequest>, v1::BatchPublishResponse), tonic::Status>,
    tokio::task::JoinError,
>;

/// Looks at what a batch came to, and for something to look at.
fn taken(done: Option<Answered>, known: Option<Known>) -> Outcome<Option<Known>> {
    let Some(done) = done else { return Ok(known) };
    let (requests, answer) = done??;
    let mut found = known;
    for (request, result) in requests.iter().zip(answer.results) {
        let receipt = match result.result {
            Some(v1::batch_result::Result::Receipt(receipt)) => receipt,
            other => return Err(format!("{other:?}").into()),
        };
        if let Some(nhs) = sees(request) {
            found = Some(Known {
                event: receipt.event_id,
                nhs,
            });
        }
    }
    Ok(found)
}

/// The reader is named, and so is a person.
fn sees(request: &v1::PublishRequest) -> Option<String> {
    let grants = &request.audience.as_ref()?.grants;
    let reader = v1::grant::To::Agency(READER.into());
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

fn config(hub: &Hub) -> Outcome<ConsoleConfig> {
    let mut agencies = BTreeMap::new();
    for (id, handle) in &hub.agencies {
        let entry = AgencyEntry {
            name: id.clone(),
            name_cy: id.clone(),
            endpoint: format!("https://{}", handle.address),
            charity: false,
        };
        agencies.insert(id.clone(), entry);
    }
    Ok(ConsoleConfig {
        board: hub::NAME.into(),
        board_agency: BOARD.into(),
        listen: SocketAddr::from(([127, 0, 0, 1], 0)),
        origin: Hub::ORIGIN.into(),
        tls: hub.tls("console", Role::Console, "main")?,
        people: hub.people(),
        projection: format!("https://{}", hub.projection.address),
        render: None,
        agencies,
        sign_in: SignInConfig::Choice {
            audience: Hub::AUDIENCE.into(),
            keys: hub.people().with_file_name(Hub::KEYS),
            people: vec![InventedPerson {
                name: "Nobody Real".into(),
                agency: READER.into(),
                roles: vec![PersonRole::Practitioner, PersonRole::Governance],
            }],
        },
        metrics: None,
        idle_minutes: 60,
        longest_minutes: 600,
    })
}
