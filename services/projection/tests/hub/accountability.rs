//! Who gets what and why, who looked, and what was held at another time: over the wire.

use diogel_contract::v1::{
    self, accountability_service_client::AccountabilityServiceClient, publish_request::Content,
};
use diogel_identity::Role;
use tonic::{Code, transport::Channel};

use crate::support::{
    Hub,
    given::{
        at, by_id, by_key, claim, confirmation, for_the_involved, incident, local, withdrawal,
    },
};

pub fn accounting(hub: &Hub, agency: &str) -> AccountabilityServiceClient<Channel> {
    let tls = hub.tls(agency, Role::System, "case");
    AccountabilityServiceClient::new(Hub::channel(hub.address(), tls, Role::Projection))
}

async fn explained(hub: &Hub, agency: &str, event: &str) -> Vec<v1::ExplainedRecipient> {
    let request = v1::ExplainRequest {
        event_id: event.into(),
        ..v1::ExplainRequest::default()
    };
    let answer = accounting(hub, agency)
        .explain(request)
        .await
        .unwrap()
        .into_inner();
    assert!(answer.and_any_others_entitled);
    answer.recipients
}

fn given(line: &v1::ExplainedRecipient, group: v1::FieldGroup) -> (bool, &str) {
    let mut groups = line.groups.iter();
    let found = groups.find(|g| g.group == group as i32).unwrap();
    (found.given, &found.reason)
}

/// The refuge reads an event of T-1's by an involvement that only the lead, social care, knows of. Answers the claim.
pub async fn reads_by_a_hidden_tie(hub: &Hub, event: &str) -> String {
    let claim = hub.publish("refuge", claim("T-1", true)).await;
    hub.settled().await;
    gets(hub, "social-care", &claim, "").await.unwrap();
    hub.publish("social-care", confirmation(&claim)).await;
    hub.settled().await;
    gets(hub, "refuge", event, "").await.unwrap();
    claim
}

async fn looked(hub: &Hub, agency: &str, event: &str) -> Vec<(String, String, bool, String)> {
    let request = v1::AccessLogRequest {
        event_id: event.into(),
        ..v1::AccessLogRequest::default()
    };
    let answer = accounting(hub, agency).access_log(request).await.unwrap();
    let accesses = answer.into_inner().accesses.into_iter();
    let told = accesses.map(|a| (a.agency, a.call, a.refused, a.on_behalf_of));
    told.collect()
}

pub async fn gets(hub: &Hub, agency: &str, event: &str, person: &str) -> Result<v1::Item, Code> {
    let request = v1::GetItemRequest {
        event_id: event.into(),
        purpose: v1::Purpose::WorkerSafety as i32,
        on_behalf_of: person.into(),
        ..v1::GetItemRequest::default()
    };
    let answer = hub.reads(agency).get_item(request).await;
    let answer = answer.map_err(|status| status.code())?;
    Ok(answer.into_inner().item.unwrap())
}

/// Something said about sharing.
pub fn says(key: &str, content: Content) -> v1::PublishRequest {
    v1::PublishRequest {
        request_key: key.into(),
        content: Some(content),
        ..v1::PublishRequest::default()
    }
}

pub fn narrowing(key: &str, of: &str, agency: &str) -> v1::PublishRequest {
    let narrow = v1::Narrowing {
        agencies: vec![agency.into()],
        ..v1::Narrowing::default()
    };
    says(
        key,
        Content::AudienceChanged(v1::AudienceChanged {
            event: Some(by_key(of)),
            change: Some(v1::AudienceChange {
                change: Some(v1::audience_change::Change::Narrow(narrow)),
            }),
            reason: "sent to the wrong team".into(),
            ..v1::AudienceChanged::default()
        }),
    )
}

#[tokio::test]
async fn the_originator_is_told_who_gets_what_and_anybody_else_its_own_line() {
    let hub = Hub::start(&["housing", "health", "police"]).await;
    let event = hub
        .publish("housing", incident("i", &["health"], "T-1"))
        .await;
    hub.settled().await;
    let lines = explained(&hub, "housing", &event).await;
    let line = |agency: &str| lines.iter().find(|l| l.agency == agency).unwrap();
    let narrative = v1::FieldGroup::Narrative;
    assert_eq!(given(line("health"), narrative), (true, "FLOW"));
    assert_eq!(
        given(line("health"), v1::FieldGroup::Place),
        (false, "NOT_GRANTED")
    );
    assert_eq!(given(line("police"), narrative), (false, "NOT_GRANTED"));
    assert_eq!(given(line("housing"), narrative), (true, "ORIGINATOR"));
    let own = explained(&hub, "health", &event).await;
    assert_eq!(own.len(), 1);
    assert_eq!(own[0], *line("health"));
    let request = v1::ExplainRequest {
        event_id: event,
        ..v1::ExplainRequest::default()
    };
    let hidden = accounting(&hub, "police")
        .explain(request)
        .await
        .unwrap_err();
    assert_eq!(hidden.code(), Code::NotFound);
}

#[tokio::test]
async fn p6_an_involvement_that_the_originator_may_not_know_of_shows_in_no_answer() {
    let hub = Hub::start(&["housing", "health", "refuge", "social-care"]).await;
    let report = for_the_involved(incident("i", &["health"], "T-1"));
    let event = hub.publish("housing", report).await;
    let claim = hub.publish("refuge", claim("T-1", true)).await;
    hub.settled().await;
    let before = explained(&hub, "housing", &event).await;
    assert_eq!(
        gets(&hub, "social-care", &claim, "").await.unwrap().kind,
        "involvement"
    );
    assert_eq!(gets(&hub, "housing", &claim, "").await, Err(Code::NotFound));
    hub.publish("social-care", confirmation(&claim)).await;
    hub.settled().await;
    assert!(
        gets(&hub, "refuge", &event, "").await.is_ok(),
        "confirmed by the lead"
    );
    assert_eq!(explained(&hub, "housing", &event).await, before);
    let looked = looked(&hub, "housing", &event).await;
    assert!(
        looked.iter().all(|(agency, ..)| agency != "refuge"),
        "{looked:?}"
    );
}

#[tokio::test]
async fn every_read_is_written_down_and_refusals_too() {
    let hub = Hub::start(&["housing", "health", "police"]).await;
    let event = hub
        .publish("housing", incident("i", &["health"], "T-1"))
        .await;
    hub.settled().await;
    gets(&hub, "health", &event, "Nurse Fictitious")
        .await
        .unwrap();
    assert_eq!(gets(&hub, "police", &event, "").await, Err(Code::NotFound));
    let check = v1::ListItemsRequest {
        identifiers: vec![local("housing", "T-1")],
        ..v1::ListItemsRequest::default()
    };
    hub.reads("health").list_items(check).await.unwrap();
    let told = looked(&hub, "housing", &event).await;
    let told: Vec<_> = told
        .iter()
        .map(|(a, c, r, who)| (a.as_str(), c.as_str(), *r, who.as_str()))
        .collect();
    let expected = [
        ("health", "ListItems", false, ""),
        ("police", "GetItem", true, ""),
        ("health", "GetItem", false, ""),
    ];
    assert_eq!(told, expected, "staff are their own agency's to know");
    let own = looked(&hub, "health", "").await;
    assert!(
        own.iter()
            .any(|(_, call, _, who)| call == "GetItem" && who == "Nurse Fictitious")
    );
    assert!(own.iter().all(|(agency, ..)| agency == "health"));
    let request = v1::AccessLogRequest {
        event_id: event,
        ..v1::AccessLogRequest::default()
    };
    let refused = accounting(&hub, "health")
        .access_log(request)
        .await
        .unwrap_err();
    assert_eq!(refused.code(), Code::NotFound, "it isn't the originator");
}

#[tokio::test]
async fn as_of_gives_what_was_held_then_and_nothing_that_was_taken_back_since() {
    let hub = Hub::start(&["housing", "health"]).await;
    let event = hub
        .publish("housing", incident("i", &["health"], "T-1"))
        .await;
    hub.settled().await;
    let then = gets(&hub, "health", &event, "").await.unwrap().ordered_at;
    tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    hub.publish("housing", narrowing("n", "i", "health")).await;
    hub.settled().await;
    assert_eq!(gets(&hub, "health", &event, "").await, Err(Code::NotFound));
    let request = |as_of| v1::GetItemRequest {
        event_id: event.clone(),
        as_of,
        ..v1::GetItemRequest::default()
    };
    let item = hub.reads("health").get_item(request(then)).await.unwrap();
    let item = item.into_inner().item.unwrap();
    assert!(item.groups.contains(&(v1::FieldGroup::Narrative as i32)));
    assert!(
        item.content.is_none(),
        "it never brings back what was taken"
    );
    let before = hub
        .reads("health")
        .get_item(request(Some(at(-3_600))))
        .await;
    assert_eq!(before.unwrap_err().code(), Code::NotFound);
    let lines = explained(&hub, "housing", &event).await;
    let health = lines.iter().find(|l| l.agency == "health").unwrap();
    assert_eq!(
        given(health, v1::FieldGroup::Existence),
        (false, "NARROWED")
    );
}

#[tokio::test]
async fn a_retraction_is_outstanding_until_the_recipient_s_system_took_it() {
    let hub = Hub::start(&["housing", "health", "police"]).await;
    let mut report = incident("i", &["health"], "T-1");
    let audience = report.audience.as_mut().unwrap();
    audience.grants[0].groups = vec![
        v1::FieldGroup::Safety as i32,
        v1::FieldGroup::Narrative as i32,
    ];
    let event = hub.publish("housing", report).await;
    hub.settled().await;
    let hash = gets(&hub, "health", &event, "").await.unwrap().hash;
    let mut less = narrowing("n", "i", "health");
    if let Some(Content::AudienceChanged(changed)) = &mut less.content
        && let Some(v1::audience_change::Change::Narrow(narrow)) =
            changed.change.as_mut().and_then(|c| c.change.as_mut())
    {
        narrow.groups = vec![v1::FieldGroup::Narrative as i32];
    }
    hub.publish("housing", less).await;
    hub.settled().await;
    let outstanding = async || {
        let item = gets(&hub, "health", &event, "").await.unwrap();
        let lines = explained(&hub, "housing", &event).await;
        let line = lines.iter().find(|l| l.agency == "health").unwrap();
        assert_eq!(item.acknowledgement_asked, line.acknowledgement_outstanding);
        item.acknowledgement_asked
    };
    assert!(outstanding().await);
    let told = vec![(event.clone(), vec!["health".to_owned()])];
    assert_eq!(listed(&hub, "housing").await, told);
    assert_eq!(listed(&hub, "health").await, told);
    assert_eq!(listed(&hub, "police").await, Vec::new());
    let acknowledgement = v1::Acknowledgement {
        event: Some(v1::Reference {
            event: Some(v1::reference::Event::EventId(event.clone())),
            hash,
        }),
    };
    hub.publish(
        "health",
        says("ack", Content::Acknowledgement(acknowledgement)),
    )
    .await;
    hub.settled().await;
    assert!(!outstanding().await);
    for agency in ["housing", "health"] {
        assert_eq!(listed(&hub, agency).await, Vec::new(), "{agency}");
    }
}

/// What an agency is told is outstanding, a page at a time.
async fn listed(hub: &Hub, agency: &str) -> Vec<(String, Vec<String>)> {
    let (mut found, mut page_token) = (Vec::new(), String::new());
    loop {
        let request = v1::OutstandingRequest {
            page_size: 1,
            page_token,
            ..v1::OutstandingRequest::default()
        };
        let answer = accounting(hub, agency).outstanding(request).await.unwrap();
        let answer = answer.into_inner();
        assert!(answer.and_any_others_entitled);
        let events = answer.events.into_iter();
        found.extend(events.map(|event| (event.event_id, event.agencies)));
        page_token = answer.next_page_token;
        if page_token.is_empty() {
            return found;
        }
    }
}

#[tokio::test]
async fn a_correction_asks_everybody_who_saw_the_wrong_version_for_an_acknowledgement() {
    let hub = Hub::start(&["housing", "health", "police", "education"]).await;
    let wrong = hub
        .publish("housing", incident("wrong", &["health", "police"], "T-1"))
        .await;
    hub.settled().await;
    assert_eq!(listed(&hub, "housing").await, Vec::new());
    hub.publish("housing", withdrawal("right", &["health"], "wrong"))
        .await;
    hub.settled().await;
    let told = vec![(
        wrong.clone(),
        vec!["health".to_owned(), "police".to_owned()],
    )];
    assert_eq!(listed(&hub, "housing").await, told);
    let own = vec![(wrong, vec!["police".to_owned()])];
    assert_eq!(
        listed(&hub, "police").await,
        own,
        "though the correction isn't for it"
    );
    assert_eq!(listed(&hub, "education").await, Vec::new());
}

async fn previewed(
    hub: &Hub,
    agency: &str,
    request: v1::PreviewRequest,
) -> Result<v1::PreviewResponse, tonic::Status> {
    let answer = accounting(hub, agency).preview(request).await?.into_inner();
    assert!(answer.and_any_others_entitled);
    Ok(answer)
}

fn draft(publication: v1::PublishRequest) -> v1::PreviewRequest {
    v1::PreviewRequest {
        draft: Some(publication),
        ..v1::PreviewRequest::default()
    }
}

#[tokio::test]
async fn a_draft_is_shown_as_each_would_see_it_and_nothing_of_it_is_kept() {
    let hub = Hub::start(&["housing", "health", "police"]).await;
    let publication = incident("i", &["health"], "T-1");
    let request = v1::PreviewRequest {
        attending: vec!["health".into()],
        ..draft(publication.clone())
    };
    let preview = previewed(&hub, "housing", request).await.unwrap();
    let of = |agency: &str| {
        let mut lines = preview.recipients.iter();
        let line = |r: &&v1::PreviewedRecipient| r.explained.as_ref().unwrap().agency == agency;
        lines.find(line).unwrap()
    };
    let health = of("health").explained.as_ref().unwrap();
    assert_eq!(given(health, v1::FieldGroup::Narrative), (true, "FLOW"));
    assert!(of("police").seen.is_none());
    assert_eq!(preview.could_be_told, ["board", "police"]);
    let shown = of("health").seen.clone().unwrap();
    assert!(shown.event_id.is_empty());
    assert_eq!(preview.professionals.as_ref().unwrap().groups, shown.groups);
    assert!(preview.family[0].seen.is_none(), "the default is no");
    assert!(
        hub.reads("health")
            .list_items(v1::ListItemsRequest::default())
            .await
            .unwrap()
            .into_inner()
            .items
            .is_empty()
    );
    let event = hub.publish("housing", publication).await;
    hub.settled().await;
    let really = gets(&hub, "health", &event, "").await.unwrap();
    assert_eq!(really.content, shown.content);
    assert_eq!(really.groups, shown.groups);
    let looked = looked(&hub, "housing", "").await;
    assert!(
        looked.iter().any(|l| l.1 == "Preview" && !l.2),
        "{looked:?}"
    );
}

#[tokio::test]
async fn a_narrowing_is_shown_before_it_is_published_to_the_originator_alone() {
    let hub = Hub::start(&["housing", "health", "police"]).await;
    let event = hub
        .publish("housing", incident("i", &["health"], "T-1"))
        .await;
    hub.settled().await;
    let by_id = |mut publication: v1::PublishRequest| {
        if let Some(Content::AudienceChanged(change)) = &mut publication.content {
            change.event = Some(v1::Reference {
                event: Some(v1::reference::Event::EventId(event.clone())),
                hash: String::new(),
            });
        }
        draft(publication)
    };
    let narrowed = by_id(narrowing("n", "i", "health"));
    let preview = previewed(&hub, "housing", narrowed.clone()).await.unwrap();
    assert!(preview.recipients.iter().all(|r| r.seen.is_none()));
    assert!(
        gets(&hub, "health", &event, "").await.is_ok(),
        "nothing happened yet"
    );
    let refused = previewed(&hub, "police", narrowed).await.unwrap_err();
    assert_eq!(refused.code(), Code::NotFound);
    let by_key = draft(narrowing("n", "i", "health"));
    let refused = previewed(&hub, "housing", by_key).await.unwrap_err();
    assert_eq!(refused.code(), Code::InvalidArgument);
    let invalid = draft(v1::PublishRequest {
        audience: None,
        ..incident("i", &["health"], "T-1")
    });
    let refused = previewed(&hub, "housing", invalid).await.unwrap_err();
    assert_eq!(refused.code(), Code::InvalidArgument);
}

async fn page(
    hub: &Hub,
    agency: &str,
    event_id: &str,
    page_token: &str,
) -> Result<v1::AccessLogResponse, Code> {
    let request = v1::AccessLogRequest {
        event_id: event_id.into(),
        page_size: 2,
        page_token: page_token.into(),
        ..v1::AccessLogRequest::default()
    };
    let answer = accounting(hub, agency).access_log(request).await;
    answer
        .map(tonic::Response::into_inner)
        .map_err(|status| status.code())
}

#[tokio::test]
async fn p6_a_page_of_accesses_goes_on_where_the_last_ended_and_counts_nothing() {
    let hub = Hub::start(&["housing", "health", "police"]).await;
    let event = hub
        .publish("housing", incident("i", &["health"], "T-1"))
        .await;
    hub.settled().await;
    for _ in 0..5 {
        gets(&hub, "health", &event, "").await.unwrap();
    }
    let (mut found, mut token) = (0, String::new());
    loop {
        let answer = page(&hub, "housing", &event, &token).await.unwrap();
        assert!(answer.accesses.iter().all(|a| a.agency == "health"));
        found += answer.accesses.len();
        token = answer.next_page_token;
        if token.is_empty() {
            break;
        }
        let own = page(&hub, "housing", "", &token).await;
        assert_eq!(own.unwrap_err(), Code::InvalidArgument, "of another list");
        let others = page(&hub, "police", "", &token).await;
        assert_eq!(others.unwrap_err(), Code::InvalidArgument, "of another's");
    }
    assert_eq!(found, 5);
}

#[tokio::test]
async fn p6_who_asks_for_what_a_hidden_tie_had_given_it_is_in_no_list() {
    let hub = Hub::start(&["housing", "health", "refuge", "social-care", "police"]).await;
    let report = for_the_involved(incident("i", &["health"], "T-1"));
    let event = hub.publish("housing", report).await;
    let claim = reads_by_a_hidden_tie(&hub, &event).await;
    let closing = v1::InvolvementClosing {
        claim: Some(by_id(&claim)),
    };
    let closing = says("closed", Content::InvolvementClosing(closing));
    hub.publish("refuge", closing).await;
    hub.settled().await;
    for agency in ["refuge", "police"] {
        assert_eq!(gets(&hub, agency, &event, "").await, Err(Code::NotFound));
    }
    let looked = looked(&hub, "housing", &event).await;
    let agencies: Vec<&str> = looked.iter().map(|l| l.0.as_str()).collect();
    assert_eq!(
        agencies,
        ["police"],
        "whoever never had it and tried is named"
    );
}

#[tokio::test]
async fn p6_an_access_log_tells_a_withheld_name_neither_that_there_is_an_event_nor_that_there_is_none()
 {
    let hub = Hub::start(&["housing", "health"]).await;
    let mut request = incident("i", &["health"], "T-1");
    let audience = request.audience.as_mut().unwrap();
    audience.withheld_persons = vec!["Sister Fictitious".into()];
    let event = hub.publish("housing", request).await;
    hub.settled().await;
    let nobodys = "01890000-0000-7000-8000-0000000000ee";
    let get = async |event: &str, person: &str| {
        let request = v1::GetItemRequest {
            event_id: event.into(),
            on_behalf_of: person.into(),
            ..v1::GetItemRequest::default()
        };
        hub.reads("health").get_item(request).await
    };
    assert!(get(&event, "Nurse Invented").await.is_ok());
    for event in [event.as_str(), nobodys] {
        let refused = get(event, "Sister Fictitious").await.unwrap_err();
        assert_eq!(refused.code(), Code::NotFound);
    }
    let told = async |person: &str| {
        let request = v1::AccessLogRequest {
            on_behalf_of: person.into(),
            ..v1::AccessLogRequest::default()
        };
        let answer = accounting(&hub, "health").access_log(request).await;
        let accesses = answer.unwrap().into_inner().accesses.into_iter();
        let items = accesses.filter(|access| access.call == "GetItem");
        let items = items.map(|access| (access.refused, access.event_ids));
        items.collect::<Vec<_>>()
    };
    let asked = [nobodys, event.as_str()].map(|event| (true, vec![event.to_owned()]));
    assert_eq!(told("Sister Fictitious").await, asked);
    let all = told("Nurse Invented").await;
    assert_eq!(all[..2], asked);
    assert_eq!(all[2..], [(false, vec![event])]);
}
