//! An originator is told of reads where a flow says so: at once on an open watch, and afterwards for whoever was away.

use diogel_contract::v1::{self, publish_request::Content, watch_response::Change};

use crate::{
    accountability::{accounting, gets, narrowing},
    support::{
        Hub,
        given::{self, claim, for_the_involved, incident, local},
    },
};

const AGENCIES: [&str; 4] = ["housing", "health", "police", "social-care"];

/// A hub whose one flow has originators told.
async fn telling() -> Hub {
    let hub = Hub::start(&AGENCIES).await;
    let parties: Vec<&str> = AGENCIES.into_iter().chain(["board"]).collect();
    let telling = "powers = []\ntell_originator_of_reads = true";
    let protocol = given::protocol(2, &parties).replace("powers = []", telling);
    hub.adopt(&protocol).await;
    hub.settled().await;
    hub
}

/// Every notice, a page at a time: whose system, by which call, of which events.
async fn noticed(hub: &Hub, agency: &str) -> Vec<(String, String, Vec<String>)> {
    let (mut found, mut page_token) = (Vec::new(), String::new());
    loop {
        let request = v1::ReadNoticesRequest {
            page_size: 1,
            page_token,
            ..v1::ReadNoticesRequest::default()
        };
        let answer = accounting(hub, agency).read_notices(request).await.unwrap();
        let answer = answer.into_inner();
        assert!(answer.and_any_others_entitled);
        let notices = answer.notices.into_iter();
        found.extend(notices.map(|n| (n.agency, n.call, n.event_ids)));
        page_token = answer.next_page_token;
        if page_token.is_empty() {
            return found;
        }
    }
}

fn told(agency: &str, call: &str, events: &[&str]) -> (String, String, Vec<String>) {
    let events = events.iter().map(ToString::to_string).collect();
    (agency.to_owned(), call.to_owned(), events)
}

#[tokio::test]
async fn an_originator_is_told_of_reads_at_once_and_afterwards() {
    let hub = telling().await;
    let event = hub
        .publish("housing", incident("i", &["health"], "T-1"))
        .await;
    hub.settled().await;
    let request = v1::WatchRequest {
        from_now: true,
        ..v1::WatchRequest::default()
    };
    let mut watch = hub.watches("housing", request.clone()).await;
    let mut others = hub.watches("police", request).await;
    gets(&hub, "housing", &event, "").await.unwrap();
    gets(&hub, "health", &event, "Nurse Fictitious")
        .await
        .unwrap();
    let response = watch.next().await.unwrap();
    let Some(Change::Read(notice)) = response.change else {
        panic!("{response:?}");
    };
    assert_eq!(
        (notice.agency.as_str(), notice.call.as_str()),
        ("health", "GetItem")
    );
    assert_eq!(notice.purpose(), v1::Purpose::WorkerSafety);
    assert_eq!(notice.event_ids, std::slice::from_ref(&event));
    assert!(
        !format!("{notice:?}").contains("Fictitious"),
        "staff are their own agency's"
    );
    assert!(watch.is_quiet().await, "of its own reads it isn't told");
    assert!(others.is_quiet().await, "others are told nothing");

    let list = v1::ListItemsRequest {
        identifiers: vec![local("housing", "T-1")],
        ..v1::ListItemsRequest::default()
    };
    hub.reads("health").list_items(list).await.unwrap();
    let expected = [
        told("health", "ListItems", &[&event]),
        told("health", "GetItem", &[&event]),
    ];
    assert_eq!(noticed(&hub, "housing").await, expected);
    assert_eq!(noticed(&hub, "health").await, []);
    assert_eq!(noticed(&hub, "police").await, []);
}

#[tokio::test]
async fn where_no_flow_says_so_nobody_is_told() {
    let hub = Hub::start(&AGENCIES).await;
    let event = hub
        .publish("housing", incident("i", &["health"], "T-1"))
        .await;
    hub.settled().await;
    gets(&hub, "health", &event, "").await.unwrap();
    assert_eq!(noticed(&hub, "housing").await, []);
}

/// An incident for health and for whoever is involved, and a claim of police's: of a sensitive one only the lead agency may know.
async fn involved(hub: &Hub, sensitive: bool) -> String {
    let mut report = for_the_involved(incident("i", &["health"], "T-1"));
    if let Some(Content::Incident(report)) = &mut report.content {
        let safety = report.safety.as_mut().unwrap();
        safety.danger_at_once = true;
        safety.provisional_precautions = vec![v1::Precaution {
            code: v1::PrecautionCode::VisitInPairs as i32,
            ..v1::Precaution::default()
        }];
    }
    let event = hub.publish("housing", report).await;
    hub.publish("police", claim("T-1", sensitive)).await;
    hub.settled().await;
    event
}

async fn checks(hub: &Hub, agency: &str) -> usize {
    let request = v1::CheckRequest {
        identifiers: vec![local("housing", "T-1")],
        ..v1::CheckRequest::default()
    };
    let answer = hub.reads(agency).check(request).await.unwrap().into_inner();
    answer.findings.len()
}

#[tokio::test]
async fn p6_of_a_reader_that_it_may_not_know_of_an_originator_is_told_nothing() {
    let hub = telling().await;
    let event = involved(&hub, true).await;
    let request = v1::WatchRequest {
        from_now: true,
        ..v1::WatchRequest::default()
    };
    let mut watch = hub.watches("housing", request).await;
    assert_eq!(checks(&hub, "police").await, 1, "precautions at the door");
    assert!(watch.is_quiet().await);
    assert_eq!(noticed(&hub, "housing").await, []);
    assert_eq!(checks(&hub, "health").await, 1);
    assert_eq!(
        noticed(&hub, "housing").await,
        [told("health", "Check", &[&event])]
    );
}

#[tokio::test]
async fn whoever_has_lost_it_since_is_told_of_all_the_same() {
    let hub = telling().await;
    let event = hub
        .publish("housing", incident("i", &["health"], "T-1"))
        .await;
    hub.settled().await;
    gets(&hub, "health", &event, "").await.unwrap();
    hub.publish("housing", narrowing("n", "i", "health")).await;
    hub.settled().await;
    let notice = told("health", "GetItem", &[&event]);
    assert_eq!(noticed(&hub, "housing").await, [notice]);
}

#[tokio::test]
async fn a_read_at_the_door_is_kept_and_its_reader_isn_t_told_of_what() {
    let hub = telling().await;
    let event = involved(&hub, false).await;
    assert_eq!(checks(&hub, "police").await, 1);
    let request = v1::AccessLogRequest::default();
    let own = accounting(&hub, "police")
        .access_log(request)
        .await
        .unwrap();
    let own = own.into_inner().accesses;
    assert!(own.iter().any(|access| access.call == "Check"));
    assert!(own.iter().all(|access| !access.event_ids.contains(&event)));
    let request = v1::AccessLogRequest {
        event_id: event.clone(),
        ..v1::AccessLogRequest::default()
    };
    let told = accounting(&hub, "housing")
        .access_log(request)
        .await
        .unwrap();
    let told = told.into_inner().accesses;
    assert!(
        told.iter()
            .any(|access| access.agency == "police" && access.call == "Check")
    );
    let notice = self::told("police", "Check", &[&event]);
    assert_eq!(noticed(&hub, "housing").await, [notice]);
}
