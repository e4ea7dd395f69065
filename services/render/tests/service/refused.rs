//! What can't be rendered: each refusal names the field, the rule and a way out, and nothing of the document.

use diogel_contract::v1;
use diogel_identity::Role;
use diogel_render::config::RenderConfig;
use tonic::{Code, Status};
use tonic_types::StatusExt;

use crate::support::{Site, morgan, name, point, projection, written};

/// The field and what is said of it.
fn named(status: &Status) -> (String, String) {
    assert_eq!(status.code(), Code::InvalidArgument, "{status:?}");
    let details = status.get_error_details();
    let violations = &details.bad_request().unwrap().field_violations;
    (
        violations[0].field.clone(),
        violations[0].description.clone(),
    )
}

#[tokio::test]
async fn a_document_that_lacks_what_every_page_needs_is_refused_by_field() {
    type Change = fn(&mut v1::Document);
    let cases: [(&str, Change); 14] = [
        ("document.language", |d| d.language = "fr".into()),
        ("document.title", |d| d.title = Some(written(" "))),
        ("document.made_at", |d| d.made_at = None),
        ("document.every_page", |d| d.every_page = None),
        ("document.every_page.marking", |d| {
            d.every_page.as_mut().unwrap().marking.clear();
        }),
        ("document.every_page.recipient", |d| {
            d.every_page.as_mut().unwrap().recipient = None;
        }),
        ("document.labels.page", |d| d.labels = None),
        ("document.sections[1].heading", |d| {
            d.sections[1].heading.clear();
        }),
        ("document.sections[0].lines[1].kind", |d| {
            d.sections[0].lines[1].kind = 0;
        }),
        ("document.sections[0].lines[1].cites", |d| {
            d.sections[0].lines[1].cites = vec![12];
        }),
        ("document.sections[3].table.rows[0]", |d| {
            d.sections[3].table.as_mut().unwrap().rows[0].cells.clear();
        }),
        ("document.timeline.alt", |d| {
            d.timeline.as_mut().unwrap().alt = None;
        }),
        ("document.timeline.ticks", |d| {
            d.timeline.as_mut().unwrap().ticks.truncate(1);
        }),
        ("document.timeline.points[0].day", |d| {
            d.timeline.as_mut().unwrap().points[0].day = "soon".into();
        }),
    ];
    let mut service = Site::new().start().await;
    for (field, change) in cases {
        let mut document = morgan("en");
        change(&mut document);
        let refused = service.render(&document).await.err().unwrap();
        assert_eq!(named(&refused).0, field, "{refused:?}");
    }
}

#[tokio::test]
async fn p12_a_document_of_too_many_pages_is_refused_before_it_is_typeset() {
    let mut service = Site::new().start().await;
    let mut document = morgan("en");
    document.sections[0].lines = vec![point("x"); 15_000];
    let refused = service.render(&document).await.err().unwrap();
    let (field, why) = named(&refused);
    assert_eq!(field, "document");
    assert!(why.contains("200 pages; shorten it"), "{why}");
}

#[tokio::test]
async fn p12_a_message_beyond_two_mebibytes_is_refused() {
    let mut service = Site::new().start().await;
    let mut document = morgan("en");
    document.sections[0].lines.push(point(&"x".repeat(2 << 20)));
    let refused = service.render(&document).await.err().unwrap();
    assert_eq!(refused.code(), Code::InvalidArgument, "{refused:?}");
    assert!(refused.message().contains("too long"), "{refused:?}");
}

#[tokio::test]
async fn p12_what_is_too_much_at_once_is_told_to_come_again() {
    let site = Site::new();
    let config = RenderConfig {
        at_once: 1,
        ..site.config()
    };
    let mut service = site.start_with(config).await.unwrap();
    let mut document = morgan("en");
    document.sections[0].lines = vec![point("words enough for a line, and a few more"); 2_000];
    let client = service.client(&projection());
    let asked = (0..24).map(|_| {
        let (mut client, document) = (client.clone(), document.clone());
        tokio::spawn(async move { crate::support::render(&mut client, &document).await.err() })
    });
    let asked: Vec<_> = asked.collect();
    let mut busy = 0;
    for answer in asked {
        if let Some(status) = answer.await.unwrap() {
            assert_eq!(status.code(), Code::Unavailable, "{status:?}");
            assert!(status.message().contains("ask again"), "{status:?}");
            busy += 1;
        }
    }
    assert!((1..24).contains(&busy), "{busy}");
}

/// Why the service doesn't start with this configuration.
async fn start_refused(site: Site, config: RenderConfig) -> String {
    site.start_with(config).await.err().unwrap().to_string()
}

#[tokio::test]
async fn a_service_of_another_board_or_without_hands_refuses_to_start() {
    let site = Site::new();
    let config = RenderConfig {
        board: "north".into(),
        ..site.config()
    };
    let why = start_refused(site, config).await;
    assert!(
        why.contains("issue diogel://north/render/service/main"),
        "{why}"
    );
    let site = Site::new();
    let config = RenderConfig {
        at_once: 0,
        ..site.config()
    };
    let why = start_refused(site, config).await;
    assert!(why.contains("at_once: is 0; choose 1 to 16"), "{why}");
}

#[tokio::test]
async fn p7_an_agencys_certificate_is_not_the_render_services() {
    let mut site = Site::new();
    let config = RenderConfig {
        tls: site.issue(&name("board", Role::Service, "hub")),
        ..site.config()
    };
    let why = start_refused(site, config).await;
    assert!(
        why.contains("names diogel://west/board/service/hub"),
        "{why}"
    );
}
