//! The same over the console's pages: health's officer opens each of them in both worlds, and every page must be the same but for ids,
//! keys of forms and times.

use std::{collections::BTreeMap, net::SocketAddr, time::Duration};

use diogel_console::config::{AgencyEntry, ConsoleConfig, InventedPerson, SignInConfig};
use diogel_harness::Browser;
use diogel_identity::{PersonRole, Role};
use diogel_ops::Shutdown;

use super::happens::{Happens, NHS_NUMBERS};
use crate::support::{BOARD, Hub};

/// An event id that nobody made.
const NOBODYS: &str = "01990000-0000-7000-8000-000000000001";
/// Three reconciliations: until then an agency may count as silent.
const HEARD: Duration = Duration::from_secs(6);

/// Everything that the console shows health, as text.
pub async fn shown(hub: &mut Hub, story: &[Happens], ids: &[(String, String)]) -> Vec<String> {
    hub.stop_projection().await;
    hub.lets_people_in();
    hub.start_projection().await;
    hub.settled().await;
    let shutdown = Shutdown::new();
    let console = diogel_console::start(config(hub), shutdown.clone()).await;
    let console = console.unwrap();
    tokio::time::sleep(HEARD).await;
    let mut browser = Browser::signed_in(console.address).await;
    let mut pages = Vec::new();
    for path in [
        "/en/",
        "/en/items",
        "/cy/items?kind=incident",
        "/en/items?kind=hazard_alert",
        "/en/approvals",
        "/en/escalations",
        "/en/escalations?all=1",
        "/en/meetings",
        "/en/governance/outstanding",
        "/en/governance/protocols",
        "/en/report/request",
    ] {
        pages.push(browser.get(path).await);
    }
    for happens in story {
        let key = &happens.request.request_key;
        let made = ids.iter().find(|(_, of)| of == key);
        let event = made.map_or(NOBODYS, |(id, _)| id);
        for path in [
            format!("/en/items/{event}"),
            format!("/cy/governance/accesses?event={event}"),
            format!("/en/items/{event}/take/corroborated"),
            format!("/en/report/escalation?on={event}"),
            format!("/en/meetings/{event}"),
        ] {
            pages.push(browser.get(&path).await);
        }
    }
    let mut about = 0;
    for number in NHS_NUMBERS {
        for path in [
            "/en/check",
            "/cy/items/about",
            "/en/chronology",
            "/en/governance/subject-access",
        ] {
            let page = browser.post(path, &[("nhs", number)]).await;
            about += page.1.matches("/items/0").count();
            pages.push(page);
        }
    }
    assert!(
        about > 0,
        "pages about people that tell of nothing prove nothing"
    );
    shutdown.request();
    console.ended().await;
    // The address of what is hidden stands in its own page, which says that there is none: told as any id that nobody made.
    let known = |key: &String| {
        story
            .iter()
            .any(|h| !h.hidden && h.request.request_key == *key)
    };
    let known: Vec<(String, String)> = ids.iter().filter(|(_, key)| known(key)).cloned().collect();
    let pages = pages.iter();
    let told = pages.map(|(status, page)| format!("{status}\n{}", bare(page, &known)));
    told.collect()
}

/// A console over these four, with one of health's signing in.
pub fn config(hub: &Hub) -> ConsoleConfig {
    let agencies = ["housing", "health", "police", "board"].map(|id| {
        let entry = AgencyEntry {
            name: id.into(),
            name_cy: id.into(),
            endpoint: format!("https://{}", hub.agency(id).address),
            charity: false,
        };
        (id.to_owned(), entry)
    });
    ConsoleConfig {
        board: BOARD.into(),
        board_agency: "board".into(),
        listen: SocketAddr::from(([127, 0, 0, 1], 0)),
        origin: "http://localhost:1".into(),
        tls: hub.tls("console", Role::Console, "main"),
        people: hub.people(),
        projection: format!("https://{}", hub.address()),
        render: None,
        agencies: BTreeMap::from(agencies),
        sign_in: SignInConfig::Choice {
            audience: Hub::AUDIENCE.into(),
            keys: hub.people().with_file_name("people-keys.json"),
            people: vec![InventedPerson {
                name: "Nobody Real".into(),
                agency: "health".into(),
                roles: vec![
                    PersonRole::Practitioner,
                    PersonRole::Approver,
                    PersonRole::Chair,
                    PersonRole::Governance,
                ],
            }],
        },
        metrics: None,
        idle_minutes: 20,
        longest_minutes: 600,
    }
}

/// Without what differs from hub to hub: ids told as request keys, every other id and token, and times of the day.
fn bare(page: &str, ids: &[(String, String)]) -> String {
    let mut page = page.to_owned();
    for (id, key) in ids {
        // A chronology calls an event by the end of its id, which is longer where two share it.
        for digits in 4..=12 {
            let end = &id[id.len() - digits..];
            page = page.replace(&format!(">{end}</a>"), &format!(">{key}</a>"));
        }
        page = page.replace(id, key);
    }
    let mut bare = String::new();
    let word = |letter: char| letter.is_ascii_alphanumeric() || "-_:".contains(letter);
    for part in page.split_inclusive(|letter: char| !word(letter)) {
        let end = part.chars().last().filter(|last| !word(*last));
        let of = end.map_or(part, |end| &part[..part.len() - end.len_utf8()]);
        bare += if is_made_up(of) { "#" } else { of };
        bare.extend(end);
    }
    bare
}

/// An id, a token, a hash, a time of the day, or a count of seconds or nanoseconds.
fn is_made_up(word: &str) -> bool {
    let digits = |of: &str| of.bytes().all(|b| b.is_ascii_digit());
    let id = word.len() >= 16 && word.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-');
    let token = word.len() >= 24 && word.bytes().any(|b| b.is_ascii_digit());
    let time = word.len() == 5 && word.as_bytes()[2] == b':' && digits(&word.replace(':', ""));
    id || token || time || (word.len() >= 5 && digits(word))
}
