//! Audiences that break a rule: nobody is named who isn't there, and who means nobody says so.

use diogel_contract::{envelope::Envelope, v1};
use diogel_domain::codes::{LawfulBasis, Sector};
use diogel_sharing::audience::Recipient;

use diogel_event_log::entry::Place;

use crate::support::{Case, Site, error_of, given, refuses_each};

#[tokio::test]
async fn an_audience_that_breaks_a_rule_is_refused_by_field() {
    use given::audience_of;
    let site = Site::new();
    let service = site.start().await;
    let cases = vec![
        Case(|r| r.audience = None, "audience", ""),
        Case(|r| audience_of(r).grants.clear(), "audience.grants", ""),
        Case(
            |r| audience_of(r).originator_only = true,
            "audience.originator_only",
            "",
        ),
        Case(|r| audience_of(r).purpose = 0, "audience.purpose", ""),
        Case(
            |r| audience_of(r).purpose = 4_711,
            "audience.purpose",
            "4711",
        ),
        Case(
            |r| audience_of(r).lawful_basis = 0,
            "audience.lawful_basis",
            "",
        ),
        Case(
            |r| audience_of(r).grants[0] = given::grant("fire-service"),
            "audience.grants[0].agency",
            "fire-service",
        ),
        Case(
            |r| audience_of(r).grants[0] = given::grant("Not An Id"),
            "audience.grants[0].agency",
            "Not An Id",
        ),
        Case(
            |r| audience_of(r).grants[0] = given::grant("housing"),
            "audience.grants[0].agency",
            "",
        ),
        Case(
            |r| audience_of(r).grants[0].to = None,
            "audience.grants[0]",
            "",
        ),
        Case(
            |r| audience_of(r).grants[0].groups = vec![1, 555],
            "audience.grants[0].groups[1]",
            "555",
        ),
        Case(
            |r| audience_of(r).withheld_agencies = vec!["social-care".into()],
            "audience.grants[0].agency",
            "",
        ),
        Case(
            |r| audience_of(r).withheld_agencies = vec!["zzz-unknown".into(), "health".into()],
            "audience.withheld_agencies",
            "zzz-unknown",
        ),
        Case(
            |r| audience_of(r).until = Some(given::at(-5)),
            "audience.until",
            "",
        ),
        Case(
            |r| {
                audience_of(r).until = Some(diogel_contract::Timestamp {
                    seconds: 9_223_372_036_854,
                    nanos: 999_999_999,
                });
            },
            "audience.until",
            "",
        ),
        Case(
            |r| audience_of(r).handling = v1::HandlingCode::Conditions as i32,
            "audience.handling_conditions",
            "",
        ),
        Case(
            |r| audience_of(r).family = v1::FamilyHandling::No as i32,
            "audience.family_reason",
            "",
        ),
        Case(
            |r| {
                audience_of(r).family = v1::FamilyHandling::No as i32;
                audience_of(r).family_reason = " \t".into();
            },
            "audience.family_reason",
            "",
        ),
        Case(
            |r| audience_of(r).family_reason = "w".repeat(501),
            "audience.family_reason",
            "www",
        ),
    ];
    refuses_each(&service, &given::incident("good"), cases).await;
}

#[tokio::test]
async fn who_means_originator_only_says_so() {
    let site = Site::new();
    let service = site.start().await;
    let mut request = given::incident("mine alone");
    request.audience = None;
    let refused = service.system().publish(request.clone()).await.unwrap_err();
    let said = error_of(&refused).fields;
    assert!(said[0].1.contains("originator_only"), "{said:?}");
    request.audience = Some(v1::Audience {
        originator_only: true,
        ..v1::Audience::default()
    });
    service.system().publish(request).await.unwrap();
}

#[tokio::test]
async fn a_default_audience_is_asked_for_by_name_and_holds_where_the_board_has_one() {
    let site = Site::new();
    let service = site.start().await;
    let mut request = given::incident("by default");
    request.audience = Some(v1::Audience {
        by_default: true,
        purpose: v1::Purpose::ChildProtection as i32,
        ..v1::Audience::default()
    });
    service.system().publish(request.clone()).await.unwrap();
    let entries = service.handle.journal.read(Place::START, 1).await.unwrap();
    let kept = Envelope::read(entries[0].event.clone()).unwrap();
    let audience = kept.header().unwrap().audience.unwrap();
    assert!(
        audience.grants.len() > 3,
        "what is kept says whom it is for"
    );
    assert_eq!(audience.lawful_basis, Some(LawfulBasis::PublicTask));
    request.request_key = "nothing configured".into();
    given::audience_of(&mut request).purpose = v1::Purpose::BoardGovernance as i32;
    let refused = service.system().publish(request.clone()).await.unwrap_err();
    assert_eq!(error_of(&refused).fields[0].0, "audience.by_default");
    given::audience_of(&mut request).purpose = v1::Purpose::ChildProtection as i32;
    given::audience_of(&mut request).originator_only = true;
    let refused = service.system().publish(request).await.unwrap_err();
    assert_eq!(error_of(&refused).fields[0].0, "audience.by_default");
}

#[tokio::test]
async fn by_default_danger_warns_those_who_have_no_part_in_the_case() {
    let site = Site::new();
    let service = site.start().await;
    let mut calm = given::incident("calm");
    let mut pressing = given::incident("pressing");
    given::safety_of(&mut pressing).danger_at_once = true;
    let mut alert = given::alert("alert", "pressing");
    for request in [&mut calm, &mut pressing, &mut alert] {
        request.audience = Some(v1::Audience {
            by_default: true,
            purpose: v1::Purpose::ChildProtection as i32,
            ..v1::Audience::default()
        });
        service.system().publish(request.clone()).await.unwrap();
    }
    let entries = service.handle.journal.read(Place::START, 3).await.unwrap();
    let warned = entries.into_iter().map(|entry| {
        let kept = Envelope::read(entry.event).unwrap();
        let audience = kept.header().unwrap().audience.unwrap();
        let probation = Recipient::Sector(Sector::Probation);
        audience.grants.iter().any(|grant| grant.to == probation)
    });
    assert_eq!(warned.collect::<Vec<_>>(), [false, true, true]);
}
