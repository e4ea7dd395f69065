//! The summary's renderings: for everybody at the table, for the chair, for members of the family; in each form.

use diogel_contract::v1::{self, DocumentForm, SummaryRendering, publish_request::Content};
use tonic::{Code, Status};

use crate::support::{
    Hub,
    given::{at, audience, incident, local, person},
};

fn summary(rendering: SummaryRendering) -> v1::MeetingSummaryRequest {
    v1::MeetingSummaryRequest {
        identifiers: vec![local("housing", "T-1")],
        rendering: rendering.into(),
        ..v1::MeetingSummaryRequest::default()
    }
}

fn meeting(key: &str, attending: &[&str]) -> v1::PublishRequest {
    let meeting = v1::Meeting {
        chair: "social-care".into(),
        attending: attending.iter().map(|id| (*id).to_owned()).collect(),
        held_at: Some(at(86_400 * 10)),
        people: vec![v1::Person {
            role: v1::PersonRole::ChildAtRisk.into(),
            ..person("housing", "T-1")
        }],
        occasion: "review".into(),
        ..v1::Meeting::default()
    };
    v1::PublishRequest {
        request_key: key.into(),
        audience: Some(audience(&["health", "police", "housing"])),
        content: Some(Content::Meeting(meeting)),
        ..v1::PublishRequest::default()
    }
}

fn worried(key: &str, to: &[&str], worries: &str) -> v1::PublishRequest {
    let mut request = incident(key, to, "T-1");
    if let Some(Content::Incident(report)) = &mut request.content {
        report.narrative.as_mut().unwrap().worries = worries.into();
    }
    request
}

async fn asked(
    hub: &Hub,
    agency: &str,
    request: v1::MeetingSummaryRequest,
) -> Result<v1::MeetingSummaryResponse, Status> {
    let answer = hub.reads(agency).meeting_summary(request).await;
    answer.map(tonic::Response::into_inner)
}

fn refusal(answer: Result<v1::MeetingSummaryResponse, Status>) -> (Code, String) {
    let status = answer.unwrap_err();
    let field = tonic_types::StatusExt::get_details_bad_request(&status);
    let field = field.map_or(String::new(), |bad| bad.field_violations[0].field.clone());
    (status.code(), field)
}

#[tokio::test]
async fn the_chair_sees_all_that_its_agency_may_and_because_of_whom_the_room_does_not() {
    let hub = Hub::start(&["housing", "social-care", "health", "police"]).await;
    hub.publish(
        "housing",
        incident("all", &["social-care", "health", "police"], "T-1"),
    )
    .await;
    let mut kept = incident("kept", &["social-care", "health"], "T-1");
    if let Some(Content::Incident(report)) = &mut kept.content {
        report.safety.as_mut().unwrap().threats = vec![v1::ThreatForm::Following.into()];
    }
    hub.publish("housing", kept).await;
    let of = hub
        .publish(
            "social-care",
            meeting("m", &["social-care", "health", "police"]),
        )
        .await;
    hub.settled().await;
    let with = |rendering, meeting: &str| v1::MeetingSummaryRequest {
        meeting: meeting.into(),
        ..summary(rendering)
    };
    let chair = with(SummaryRendering::Chair, &of);
    let page = asked(&hub, "social-care", chair.clone())
        .await
        .unwrap()
        .text;
    assert!(
        page.contains("FOR THE CHAIR") && page.contains("ollowing"),
        "{page}"
    );
    assert!(page.contains("NOT FOR THE ROOM: B"), "{page}");
    assert!(page.contains("would return if this agency left"), "{page}");
    let room = asked(
        &hub,
        "social-care",
        with(SummaryRendering::Professionals, &of),
    )
    .await;
    let room = room.unwrap().text;
    assert!(
        room.contains("FOR PROFESSIONALS") && !room.contains("ollowing"),
        "{room}"
    );
    assert!(!room.contains("NOT FOR THE ROOM"), "{room}");

    // Whoever doesn't chair the meeting has no chair's page of it, and who attends is the meeting's to say.
    assert_eq!(
        refusal(asked(&hub, "health", chair.clone()).await).0,
        Code::PermissionDenied
    );
    let both = v1::MeetingSummaryRequest {
        attending: vec!["police".into()],
        ..chair
    };
    assert_eq!(
        refusal(asked(&hub, "social-care", both).await).1,
        "attending"
    );
    let none = with(
        SummaryRendering::Professionals,
        "0190aaaa-0000-7000-8000-000000000000",
    );
    assert_eq!(refusal(asked(&hub, "health", none).await).1, "meeting");
}

#[tokio::test]
async fn who_attends_is_what_the_meetings_latest_word_says() {
    let hub = Hub::start(&["housing", "social-care", "health", "police"]).await;
    hub.publish(
        "housing",
        incident("kept", &["social-care", "health"], "T-1"),
    )
    .await;
    let first = hub
        .publish(
            "social-care",
            meeting("m", &["social-care", "health", "police"]),
        )
        .await;
    hub.settled().await;
    let asks = || v1::MeetingSummaryRequest {
        meeting: first.clone(),
        ..summary(SummaryRendering::Professionals)
    };
    let with = asked(&hub, "social-care", asks()).await.unwrap().text;
    assert!(!with.contains("Throwing"), "{with}");
    let mut changed = meeting("m2", &["social-care", "health"]);
    if let Some(Content::Meeting(meeting)) = &mut changed.content {
        meeting.changes = Some(crate::support::given::by_key("m"));
    }
    hub.publish("social-care", changed).await;
    hub.settled().await;
    let without = asked(&hub, "social-care", asks()).await.unwrap().text;
    assert!(without.contains("Throwing"), "{without}");
}

#[tokio::test]
async fn the_family_page_is_made_for_each_named_attendee_and_several_by_the_meet() {
    let hub = Hub::start(&["housing", "social-care"]).await;
    let second = v1::Person {
        label: "p2".into(),
        name: "Dean Invented".into(),
        identifiers: vec![local("housing", "T-2")],
        ..person("housing", "T-2")
    };
    let mut told = worried("told", &["social-care"], "WORRY-FOR-GWEN");
    let audience = told.audience.as_mut().unwrap();
    audience.family = v1::FamilyHandling::Yes.into();
    audience.family_attendees = vec![v1::FamilyAttendee {
        person: "p2".into(),
        handling: v1::FamilyHandling::No.into(),
    }];
    if let Some(Content::Incident(report)) = &mut told.content {
        report.people.push(second);
    }
    hub.publish("housing", told).await;
    hub.publish(
        "housing",
        worried("untold", &["social-care"], "WORRY-FOR-NOBODY"),
    )
    .await;
    hub.settled().await;
    let member = |name: &str, number: &str| v1::FamilyMember {
        name: name.into(),
        identifiers: if number.is_empty() {
            Vec::new()
        } else {
            vec![local("housing", number)]
        },
    };
    let page = async |family: Vec<v1::FamilyMember>| {
        let request = v1::MeetingSummaryRequest {
            family,
            ..summary(SummaryRendering::Family)
        };
        asked(&hub, "social-care", request).await.unwrap().text
    };
    let (gwen, dean) = (member("Gwen", "T-1"), member("Dean", "T-2"));
    let for_gwen = page(vec![gwen.clone()]).await;
    assert!(
        for_gwen.contains("WORRY-FOR-GWEN") && for_gwen.contains("FOR THE FAMILY: Gwen"),
        "{for_gwen}"
    );
    assert!(!for_gwen.contains("WORRY-FOR-NOBODY"), "{for_gwen}");
    // Whoever can't be told from Dean is told no more than Dean; together they get what both may be told.
    for others in [
        vec![dean.clone()],
        vec![gwen, dean],
        vec![member("Somebody", "")],
    ] {
        let text = page(others).await;
        assert!(!text.contains("WORRY"), "{text}");
    }
    let nobody = asked(&hub, "social-care", summary(SummaryRendering::Family)).await;
    assert_eq!(refusal(nobody).1, "family");
}

#[tokio::test]
async fn a_summary_comes_in_the_form_that_is_asked_for() {
    let hub = Hub::start(&["housing", "health"]).await;
    let event = hub
        .publish("housing", incident("i", &["health"], "T-1"))
        .await;
    hub.settled().await;
    let page = async |form: DocumentForm| {
        let request = v1::MeetingSummaryRequest {
            form: form.into(),
            ..summary(SummaryRendering::Professionals)
        };
        asked(&hub, "health", request).await
    };
    let html = page(DocumentForm::Html).await.unwrap().text;
    assert!(
        html.starts_with("<!DOCTYPE html>") && html.contains(&event[event.len() - 4..]),
        "{html}"
    );
    let json = page(DocumentForm::Json).await.unwrap().text;
    assert!(json.contains(&event), "{json}");
    let document = page(DocumentForm::Document).await.unwrap();
    assert!(document.text.is_empty());
    assert_eq!(document.document.unwrap().key[0].event_id, event);
    assert_eq!(refusal(page(DocumentForm::Csv).await).1, "form");
}
