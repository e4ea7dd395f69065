//! Steps at the intake: what the agency's own service can see of what they are taken on.

use diogel_contract::v1::{self, publish_request::Content, step::Said};

use crate::support::{Site, assert_names, given};

fn approval(key: &str, of: &str) -> v1::PublishRequest {
    step(
        key,
        of,
        v1::Deed::Approved,
        Said::Alert(v1::AlertStep {
            decided_by: "area manager".into(),
            ..v1::AlertStep::default()
        }),
    )
}

fn step(key: &str, of: &str, deed: v1::Deed, said: Said) -> v1::PublishRequest {
    let step = v1::Step {
        of: Some(given::by_key(of)),
        deed: deed as i32,
        said: Some(said),
    };
    v1::PublishRequest {
        request_key: key.into(),
        on_behalf_of: "Manager Invented".into(),
        content: Some(Content::Step(step)),
        ..v1::PublishRequest::default()
    }
}

/// A proposal by Officer Fictitious, resting on an incident.
async fn proposes(
    service: &crate::support::Running<'_>,
    change: impl FnOnce(&mut v1::HazardAlert),
) {
    service
        .system()
        .publish(given::incident("incident"))
        .await
        .unwrap();
    let mut alert = given::alert("alert", "incident");
    alert.on_behalf_of = "Officer Fictitious".into();
    let proposed = given::alert_of(&mut alert);
    proposed.safety.as_mut().unwrap().decision = None;
    change(proposed);
    service.system().publish(alert).await.unwrap();
}

#[tokio::test]
async fn an_alert_is_approved_by_a_different_person() {
    let site = Site::new();
    let service = site.start().await;
    proposes(&service, |_| ()).await;
    for by in ["", "Officer Fictitious", " officer fictitious "] {
        let own = v1::PublishRequest {
            on_behalf_of: by.into(),
            ..approval("approval", "alert")
        };
        let refused = service.system().publish(own).await.unwrap_err();
        assert_names(&refused, "on_behalf_of");
    }
    let approved = service
        .system()
        .publish(approval("approval", "alert"))
        .await;
    assert!(approved.is_ok(), "{approved:?}");
    service.stop().await;
}

#[tokio::test]
async fn an_alert_about_a_person_is_approved_once_it_is_said_whether_they_know() {
    let site = Site::new();
    let service = site.start().await;
    proposes(&service, |alert| alert.safety.as_mut().unwrap().told = None).await;
    let silent = service
        .system()
        .publish(approval("approval", "alert"))
        .await;
    assert_names(&silent.unwrap_err(), "step.alert.told");
    let mut told = approval("approval", "alert");
    if let Some(Content::Step(v1::Step {
        said: Some(Said::Alert(said)),
        ..
    })) = &mut told.content
    {
        said.told = Some(v1::PersonTold {
            told_on: given::day(-1),
            reason: String::new(),
        });
    }
    service.system().publish(told).await.unwrap();
    service.stop().await;
}

#[tokio::test]
async fn a_child_as_target_needs_a_senior_approver() {
    let site = Site::new();
    let service = site.start().await;
    proposes(&service, |alert| {
        alert.people[0].born_on = given::day(-3 * 365);
    })
    .await;
    let junior = service
        .system()
        .publish(approval("approval", "alert"))
        .await;
    assert_names(&junior.unwrap_err(), "step.alert.senior");
    let mut senior = approval("approval", "alert");
    if let Some(Content::Step(v1::Step {
        said: Some(Said::Alert(said)),
        ..
    })) = &mut senior.content
    {
        said.senior = true;
    }
    service.system().publish(senior).await.unwrap();
    service.stop().await;
}

#[tokio::test]
async fn a_step_on_the_agency_s_own_event_takes_no_audience_and_one_on_another_s_needs_one() {
    let site = Site::new();
    let service = site.start().await;
    proposes(&service, |_| ()).await;
    let listed = v1::PublishRequest {
        audience: Some(given::audience()),
        ..approval("approval", "alert")
    };
    assert_names(
        &service.system().publish(listed).await.unwrap_err(),
        "audience",
    );
    let mut others = step(
        "corroboration",
        "alert",
        v1::Deed::Corroborated,
        Said::Incident(v1::IncidentStep {
            source: Some(v1::Corroboration {
                source: v1::CorroborationSource::Professional as i32,
                who: "neighbourhood officer".into(),
                ..v1::Corroboration::default()
            }),
            ..v1::IncidentStep::default()
        }),
    );
    if let Some(Content::Step(step)) = &mut others.content {
        step.of = Some(given::by_id("018f0000-0000-7000-8000-000000000000"));
    }
    let bare = service.system().publish(others.clone()).await.unwrap_err();
    assert_names(&bare, "audience");
    others.audience = Some(given::audience());
    service.system().publish(others).await.unwrap();
    service.stop().await;
}

#[tokio::test]
async fn a_step_says_what_its_deed_needs_and_nothing_of_another() {
    let site = Site::new();
    let service = site.start().await;
    proposes(&service, |_| ()).await;
    let renewed = |said| step("renewal", "alert", v1::Deed::Renewed, Said::Alert(said));
    let bare = v1::AlertStep {
        decided_by: "area manager".into(),
        ..v1::AlertStep::default()
    };
    let refused = service
        .system()
        .publish(renewed(bare.clone()))
        .await
        .unwrap_err();
    assert_names(&refused, "step.alert.words");
    assert_names(&refused, "step.alert.review_on");
    let late = v1::AlertStep {
        words: "assessed again".into(),
        review_on: given::day(400),
        ..bare
    };
    let refused = service.system().publish(renewed(late)).await.unwrap_err();
    assert_names(&refused, "step.alert.review_on");
    let wrong = step(
        "wrong",
        "alert",
        v1::Deed::Approved,
        Said::Plan(v1::PlanStep::default()),
    );
    assert_names(&service.system().publish(wrong).await.unwrap_err(), "step");
    service.stop().await;
}

#[tokio::test]
async fn a_receipt_reminds_of_the_police_and_of_who_else_must_know() {
    let site = Site::new();
    let service = site.start().await;
    let mut threat = given::incident("threat");
    given::safety_of(&mut threat).threats = vec![v1::ThreatForm::ThreatToKill as i32];
    let first = service.system().publish(threat.clone()).await.unwrap();
    let codes = |receipt: v1::Receipt| {
        let reminders = receipt.reminders.into_iter();
        reminders.map(|r| r.code).collect::<Vec<_>>()
    };
    let first = codes(first.into_inner().receipt.unwrap());
    assert_eq!(
        first,
        [
            "report-to-police",
            "say-danger-at-once",
            "who-else-must-know"
        ]
    );
    let again = service.system().publish(threat).await.unwrap();
    let again = codes(again.into_inner().receipt.unwrap());
    assert_eq!(again, first, "a repeat gets the same receipt");
    service.stop().await;
}
