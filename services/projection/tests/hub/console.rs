//! Lists on the console's pages that are longer than a page.

use diogel_contract::v1::{self, publish_request::Content};
use diogel_harness::Browser;
use diogel_ops::Shutdown;

use crate::{
    support::{
        Hub,
        given::{incident, local},
    },
    worlds::pages::config,
};

/// Events that a page has links to, from the first to the last.
fn listed(page: &str) -> Vec<String> {
    let links = page.split("/en/items/").skip(1);
    let ids = links.filter_map(|rest| rest.split('"').next());
    ids.filter(|id| id.len() == 36).map(str::to_owned).collect()
}

/// The last value of a hidden field: the form to the other language has one of its own before.
fn hidden(page: &str, name: &str) -> Option<String> {
    let before = format!("name=\"{name}\" value=\"");
    let at = page.rfind(&before)? + before.len();
    let value = page[at..].split('"').next();
    value.map(str::to_owned)
}

#[tokio::test]
async fn whatever_there_is_about_somebody_is_found_page_after_page() {
    let mut hub = Hub::start(&["housing", "health", "police"]).await;
    hub.lets_people_in();
    hub.stop_projection().await;
    hub.start_projection().await;
    let mut published = Vec::new();
    for number in 0..60 {
        let mut report = incident(&format!("report {number}"), &["housing"], "T-1");
        if let Some(Content::Incident(report)) = &mut report.content {
            report.people[0].identifiers = vec![local("health", "T-1")];
        }
        published.insert(0, hub.publish("health", report).await);
    }
    hub.settled().await;
    let shutdown = Shutdown::new();
    let console = diogel_console::start(config(&hub), shutdown.clone()).await;
    let console = console.unwrap();
    let mut browser = Browser::signed_in(console.address).await;
    // Keys of the sign-in come to the projection within a second or two.
    while browser.get("/en/items").await.0 != 200 {
        tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    }
    let (mut found, mut from) = (Vec::new(), String::new());
    for page in 0..3 {
        let form = [("local", "T-1"), ("from", from.as_str())];
        let (status, answer) = browser.post("/en/items/about", &form).await;
        assert_eq!(status, 200, "{answer}");
        found.extend(listed(&answer));
        // What was asked for goes along, and in no address.
        assert_eq!(hidden(&answer, "local").as_deref(), Some("T-1"));
        assert!(!answer.contains("?from"), "page {page}");
        from = hidden(&answer, "from").unwrap_or_default();
        if page == 2 {
            // There the first page alone is left to go to.
            assert!(!answer.contains(">Older<"), "{answer}");
        }
    }
    assert_eq!(found, published);
    let own = v1::ListItemsRequest {
        own: true,
        page_size: 200,
        ..v1::ListItemsRequest::default()
    };
    let listed = hub.reads("health").list_items(own.clone()).await.unwrap();
    assert_eq!(listed.into_inner().items.len(), 60);
    let theirs = hub.reads("housing").list_items(own).await.unwrap();
    assert_eq!(theirs.into_inner().items.len(), 0);
    shutdown.request();
    console.ended().await;
}
