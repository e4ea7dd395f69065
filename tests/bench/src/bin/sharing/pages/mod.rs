//! The console's pages, over a hub that holds many events: from the browser's request to the last byte of the page, on loopback. Whole
//! hub, console and browser run in this process, over mutual TLS between console and services, as people use them.

mod fill;

use std::{
    collections::BTreeMap,
    net::SocketAddr,
    time::{Duration, Instant},
};

use bench::{Outcome, times::Times};
use diogel_console::config::{AgencyEntry, ConsoleConfig, InventedPerson, SignInConfig};
use diogel_harness::Browser;
use diogel_identity::{
    PersonRole::{Analyst, Approver, Chair, Governance, Operator, Practitioner},
    Role,
};

use crate::{
    board::{self, BOARD},
    figures::{Figures, In},
    options::Options,
    watch::{
        callers::Office,
        hub::{self, Hub},
    },
};
use fill::Known;

/// A page has to be there within this.
const LIMIT: Duration = Duration::from_millis(20);
/// Whose pages are looked at.
const READER: &str = "health";
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
    let known = fill::fill(&hub, &agencies, READER, options.events()).await?;
    hub.settled().await?;
    let took = began.elapsed();
    figures.note("events", options.events() as f64, "");
    figures.time("  published and folded in", took, In::Seconds);
    let shutdown = diogel_ops::Shutdown::new();
    let console = diogel_console::start(config(&hub)?, shutdown.clone()).await?;
    let mut browsers = [
        Browser::signed_in_as(console.address, 0).await,
        Browser::signed_in_as(console.address, 1).await,
    ];
    // The projection reads the keys that the console has just written within a second or two.
    for browser in &mut browsers {
        while browser.get("/en/").await.0 != 200 {
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
    }
    let rounds = if options.quick { 50 } else { 500 };
    let rounds = options.rounds.unwrap_or(rounds);
    let only = options.only.as_deref().unwrap_or_default();
    for page in pages(&known).into_iter().filter(|p| p.name.contains(only)) {
        let mut times = Times::default();
        for round in 0..rounds + 20 {
            let browser = &mut browsers[page.whose];
            let called = Instant::now();
            let (status, said) = match &page.form {
                None => browser.get(&page.path).await,
                Some(value) => browser.post(&page.path, &[("nhs", value.as_str())]).await,
            };
            let took = called.elapsed();
            if status != 200 {
                return Err(format!("{}: {status} {said}", page.path).into());
            }
            // The first rounds warm caches and connections.
            if round >= 20 {
                times.add(took);
            }
        }
        let name = format!("{} ({rounds} rounds), p99", page.name);
        figures.below(name, times.p99(), In::Millis, LIMIT);
        figures.time("  the same, median", times.median(), In::Millis);
    }
    shutdown.request();
    console.ended().await;
    hub.stop().await;
    Ok(())
}

/// A page that is opened again and again.
struct Page {
    name: &'static str,
    path: String,
    /// A number that is sent with a form.
    form: Option<String>,
    /// Whose browser opens it.
    whose: usize,
}

/// The reader's person, and the Board's.
const AGENCY: usize = 0;
const OFFICE: usize = 1;

fn pages(known: &Known) -> Vec<Page> {
    let get = |whose, name, path: &str| Page {
        name,
        path: path.to_owned(),
        form: None,
        whose,
    };
    let post = |name, path: &str| Page {
        form: Some(known.nhs.clone()),
        ..get(AGENCY, name, path)
    };
    vec![
        get(AGENCY, "start", "/en/"),
        post("check before a visit", "/en/check"),
        get(AGENCY, "items, newest first", "/en/items"),
        get(
            AGENCY,
            "items of one kind, in Welsh",
            "/cy/items?kind=hazard_alert",
        ),
        get(
            AGENCY,
            "items of a kind that there is none of",
            "/en/items?kind=advocacy",
        ),
        get(
            AGENCY,
            "one item, with who gets what",
            &format!("/en/items/{}", known.event),
        ),
        post("items about somebody", "/en/items/about"),
        get(AGENCY, "a form", "/en/report/incident"),
        get(AGENCY, "approvals", "/en/approvals"),
        get(AGENCY, "register of escalations", "/en/escalations"),
        get(
            AGENCY,
            "register of escalations, with those over",
            "/en/escalations?all=1",
        ),
        get(AGENCY, "meetings", "/en/meetings"),
        get(AGENCY, "protocols", "/en/governance/protocols"),
        get(AGENCY, "own accesses", "/en/governance/accesses"),
        get(AGENCY, "not acknowledged", "/en/governance/outstanding"),
        get(AGENCY, "operations", "/en/operations"),
        get(OFFICE, "the Board's register", "/en/escalations"),
        get(OFFICE, "the Board's indicators", "/en/indicators"),
        get(OFFICE, "the Board's annual report", "/en/indicators/annual"),
        get(OFFICE, "the Board's protocols", "/en/governance/protocols"),
        get(OFFICE, "the Board's accesses", "/en/governance/accesses"),
    ]
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
            people: vec![
                InventedPerson {
                    name: "Nobody Real".into(),
                    agency: READER.into(),
                    roles: vec![Practitioner, Approver, Chair, Governance, Operator],
                },
                InventedPerson {
                    name: "Somebody Invented".into(),
                    agency: BOARD.into(),
                    roles: vec![Governance, Analyst],
                },
            ],
        },
        metrics: None,
        idle_minutes: 60,
        longest_minutes: 600,
    })
}
