//! Before a visit: what the planned time is reminded of, who reported and who bears it out, and that somebody took note.

use diogel_contract::v1::{self, publish_request::Content, step::Said};
use tonic::{Code, Status};

use crate::support::{
    Hub,
    given::{alert, at, audience, by_id, incident, local},
};

fn check() -> v1::CheckRequest {
    v1::CheckRequest {
        identifiers: vec![local("housing", "T-1")],
        ..v1::CheckRequest::default()
    }
}

async fn checked(hub: &Hub, agency: &str, request: v1::CheckRequest) -> v1::CheckResponse {
    hub.reads(agency).check(request).await.unwrap().into_inner()
}

/// Housing's alert, and health bears out the report that it rests on.
async fn borne_out() -> Hub {
    let hub = Hub::start(&["housing", "health", "police"]).await;
    let mut report = incident("i", &["health"], "T-1");
    if let Some(Content::Incident(report)) = &mut report.content {
        report.narrative.as_mut().unwrap().corroborated_by = vec![v1::Corroboration {
            source: v1::CorroborationSource::Record.into(),
            who: "camera at the door".into(),
            agency: String::new(),
        }];
    }
    let of = hub.publish("housing", report).await;
    let mut warning = alert("a", &["health", "police"], "T-1", "i");
    if let Some(Content::HazardAlert(alert)) = &mut warning.content {
        let precaution = v1::Precaution {
            code: v1::PrecautionCode::DaylightOnly.into(),
            ..v1::Precaution::default()
        };
        alert.safety.as_mut().unwrap().precautions.push(precaution);
    }
    hub.publish("housing", warning).await;
    hub.settled().await;
    let request = v1::GetItemRequest {
        event_id: of.clone(),
        ..v1::GetItemRequest::default()
    };
    let item = hub.reads("health").get_item(request).await.unwrap();
    let step = v1::Step {
        of: Some(v1::Reference {
            hash: item.into_inner().item.unwrap().hash,
            ..by_id(&of)
        }),
        deed: v1::Deed::Corroborated.into(),
        said: Some(Said::Incident(v1::IncidentStep {
            words: "our nurse saw it".into(),
            source: Some(v1::Corroboration {
                source: v1::CorroborationSource::Professional.into(),
                who: "nurse".into(),
                agency: "health".into(),
            }),
            ..v1::IncidentStep::default()
        })),
    };
    let step = v1::PublishRequest {
        request_key: "seen too".into(),
        audience: Some(audience(&["housing"])),
        content: Some(Content::Step(step)),
        ..v1::PublishRequest::default()
    };
    hub.publish("health", step).await;
    hub.settled().await;
    hub
}

#[tokio::test]
async fn a_finding_says_who_reported_it_and_who_bears_it_out_to_whoever_may_see_that() {
    let hub = borne_out().await;
    for reader in ["health", "housing"] {
        let finding = checked(&hub, reader, check()).await.findings.remove(0);
        assert_eq!(finding.reported_by, ["housing"], "{reader}");
        assert_eq!(finding.borne_out_by, ["health"], "{reader}");
        assert_eq!(finding.corroborated_by[0].who, "camera at the door");
    }
    // It sees the alert alone.
    let finding = checked(&hub, "police", check()).await.findings.remove(0);
    assert!(finding.reported_by.is_empty() && finding.borne_out_by.is_empty());
    assert!(finding.corroborated_by.is_empty());
}

#[tokio::test]
async fn a_planned_visit_is_reminded_of_daylight_and_of_checking_again() {
    let hub = borne_out().await;
    assert!(checked(&hub, "police", check()).await.reminders.is_empty());
    // New Year's Day of 2099, eight in the evening.
    let night = diogel_contract::Timestamp {
        seconds: 4_070_980_800,
        nanos: 0,
    };
    let planned = |planned_at| v1::CheckRequest {
        planned_at: Some(planned_at),
        ..check()
    };
    let answer = checked(&hub, "police", planned(night)).await;
    let codes: Vec<&str> = answer.reminders.iter().map(|r| r.code.as_str()).collect();
    for code in ["daylight-only", "out-of-hours", "check-again"] {
        assert!(codes.contains(&code), "{codes:?}");
    }
    assert!(answer.reminders.iter().all(|r| r.text != r.text_cy));
    let over = hub.reads("police").check(planned(at(-90_000))).await;
    assert_eq!(over.unwrap_err().code(), Code::InvalidArgument);
}

#[tokio::test]
async fn who_takes_note_of_a_check_is_written_down_with_what_they_were_shown() {
    let hub = borne_out().await;
    let answer = checked(&hub, "police", check()).await;
    let event = answer.findings[0].event_id.clone();
    let note = v1::AcknowledgeCheckRequest {
        checked_at: answer.checked_at,
        event_ids: vec![event.clone()],
        on_behalf_of: "PC Invented".into(),
        ..v1::AcknowledgeCheckRequest::default()
    };
    let takes = async |agency: &str, note: v1::AcknowledgeCheckRequest| -> Result<(), Status> {
        hub.reads(agency).acknowledge_check(note).await.map(drop)
    };
    takes("police", note.clone()).await.unwrap();
    let mut housing = hub.accounts("housing");
    let seen = housing.access_log(v1::AccessLogRequest {
        event_id: event,
        ..v1::AccessLogRequest::default()
    });
    let seen = seen.await.unwrap().into_inner().accesses;
    assert!(
        seen.iter()
            .any(|access| access.call == "AcknowledgeCheck" && access.agency == "police"),
        "{seen:?}"
    );
    let nobody = v1::AcknowledgeCheckRequest {
        on_behalf_of: " ".into(),
        ..note.clone()
    };
    let long_ago = v1::AcknowledgeCheckRequest {
        checked_at: Some(at(-8 * 86_400)),
        ..note.clone()
    };
    let to_come = v1::AcknowledgeCheckRequest {
        checked_at: Some(at(3_600)),
        ..note.clone()
    };
    for refused in [nobody, long_ago, to_come] {
        let refused = takes("police", refused).await.unwrap_err();
        assert_eq!(refused.code(), Code::InvalidArgument, "{refused:?}");
    }
    // What it may not see it can't take note of, nor find out by trying.
    let hidden = hub.publish("housing", incident("own", &[], "T-1")).await;
    hub.settled().await;
    let hidden = v1::AcknowledgeCheckRequest {
        event_ids: vec![hidden],
        ..note.clone()
    };
    let unknown = v1::AcknowledgeCheckRequest {
        event_ids: vec!["0190aaaa-0000-7000-8000-000000000000".into()],
        ..note
    };
    for not_found in [hidden, unknown] {
        let refused = takes("police", not_found).await.unwrap_err();
        assert_eq!(refused.code(), Code::NotFound, "{refused:?}");
    }
}
