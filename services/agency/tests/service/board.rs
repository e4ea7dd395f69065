//! The Board's own events.

use diogel_contract::v1::{self, board_event::Event};
use diogel_identity::Role;

use crate::support::{Site, assert_names, error_of, name};

fn request(key: &str, event: Event) -> v1::PublishBoardEventRequest {
    v1::PublishBoardEventRequest {
        request_key: key.into(),
        event: Some(v1::BoardEvent { event: Some(event) }),
    }
}

fn registered() -> v1::AgencyRegistered {
    v1::AgencyRegistered {
        agency: "housing".into(),
        name: "Housing".into(),
        name_cy: "Tai".into(),
        sector: v1::Sector::Housing as i32,
        first_key: vec![7; 32].into(),
        certificate_names: vec!["diogel://west/housing/service/hub".into()],
        endpoint: "https://localhost:1".into(),
    }
}

#[tokio::test]
async fn the_boards_operator_registers_an_agency_once() {
    let site = Site::of("board");
    let service = site.start().await;
    let mut board = service.board(&name("board", Role::Operator, "office"));
    let asked = request("register", Event::AgencyRegistered(registered()));
    let first = board.publish_board_event(asked.clone()).await.unwrap();
    let again = board.publish_board_event(asked).await.unwrap();
    let (first, again) = (
        first.into_inner().receipt.unwrap(),
        again.into_inner().receipt.unwrap(),
    );
    assert_eq!((first.event_id, true), (again.event_id, again.replayed));
    assert_eq!(service.head().place.seq, 1);
}

#[tokio::test]
async fn a_board_event_that_is_not_understood_is_refused() {
    let site = Site::of("board");
    let service = site.start().await;
    let mut board = service.board(&name("board", Role::Operator, "office"));
    let broken = |change: fn(&mut v1::AgencyRegistered)| {
        let mut event = registered();
        change(&mut event);
        request("r", Event::AgencyRegistered(event))
    };
    let protocol =
        |toml: String| request("p", Event::ProtocolAdopted(v1::ProtocolAdopted { toml }));
    let long = "x".repeat(9_000);
    for (asked, field) in [
        (
            v1::PublishBoardEventRequest {
                request_key: "r".into(),
                event: None,
            },
            "event",
        ),
        (
            request("", Event::AgencyRegistered(registered())),
            "request_key",
        ),
        (broken(|e| e.first_key = vec![7; 31].into()), "event"),
        (broken(|e| e.sector = 99), "event"),
        (broken(|e| e.agency = "../etc".into()), "event"),
        (
            protocol(format!("id = {long}")),
            "event.protocol_adopted.toml",
        ),
        (protocol("x".repeat(17_000)), "event.protocol_adopted.toml"),
    ] {
        let refused = board.publish_board_event(asked).await.unwrap_err();
        assert_names(&refused, field);
        assert!(!format!("{:?}", error_of(&refused)).contains("xxxxxxxxxx"));
    }
    assert_eq!(service.head().place.seq, 0);
}
