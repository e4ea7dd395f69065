//! Content is sealed from the first event on, and erasure is the end of its key.

use diogel_contract::v1::{self, ContentKeyState};
use diogel_identity::Role;
use tonic::Code;

use crate::support::{Running, Site, assert_names, error_of, given, name};

async fn published(service: &Running<'_>, key: &str) -> v1::Receipt {
    let answer = service
        .system()
        .publish(given::incident(key))
        .await
        .unwrap();
    answer.into_inner().receipt.unwrap()
}

async fn key_of(service: &Running<'_>, event: &str) -> v1::ContentKey {
    let projection = name("board", Role::Projection, "hub");
    let id = diogel_domain::ids::EventId::parse(event).unwrap();
    let asked = v1::GetContentKeysRequest {
        event_ids: vec![id.0.to_vec().into()],
    };
    let answer = service
        .keys(&projection)
        .get_content_keys(asked)
        .await
        .unwrap();
    answer.into_inner().keys.remove(0)
}

#[tokio::test]
async fn no_file_of_the_service_holds_a_word_of_the_content() {
    let site = Site::new();
    let service = site.start().await;
    let mut request = given::incident("a-key-of-the-system");
    request.on_behalf_of = "Nia of the night team".into();
    service.system().publish(request).await.unwrap();
    let mut bad = given::incident("refused");
    given::safety_of(&mut bad).harm = 0;
    service.system().publish(bad).await.unwrap_err();
    service.stop().await;
    let files = site.data_files();
    assert!(files.len() > 2, "{:?}", files.keys());
    for (path, bytes) in files {
        for words in [
            given::SECRET,
            given::PERSON,
            given::NHS,
            "Nia of the night",
            "a-key-of-the-system",
        ] {
            let found = bytes.windows(words.len()).any(|w| w == words.as_bytes());
            assert!(!found, "{} holds {words:?}", path.display());
        }
    }
}

#[tokio::test]
async fn an_erased_events_key_is_gone_and_the_receipts_of_both_stay() {
    let site = Site::new();
    let service = site.start().await;
    let receipt = published(&service, "one").await;
    let key = key_of(&service, &receipt.event_id).await;
    assert_eq!((key.key.len(), key.state()), (32, ContentKeyState::Held));

    let erasure = given::erasure("erase one", given::by_key("one"));
    let mut client = service.system();
    let erased = client
        .erase_content(erasure.clone())
        .await
        .unwrap()
        .into_inner()
        .receipt
        .unwrap();
    assert_eq!((erased.agency_seq, erased.replayed), (2, false));
    let after = key_of(&service, &receipt.event_id).await;
    assert_eq!(
        (after.key.len(), after.state()),
        (0, ContentKeyState::Destroyed)
    );

    let again = client
        .erase_content(erasure)
        .await
        .unwrap()
        .into_inner()
        .receipt
        .unwrap();
    assert_eq!(
        (again.event_id == erased.event_id, again.replayed),
        (true, true)
    );
    let repeat = published(&service, "one").await;
    assert_eq!(
        (repeat.event_id == receipt.event_id, repeat.replayed),
        (true, true)
    );
    service.stop().await;

    for (path, bytes) in site.data_files() {
        let found = bytes.windows(32).any(|w| w == key.key.as_ref());
        assert!(!found, "{} holds the key", path.display());
    }
    let service = site.start().await;
    let key = key_of(&service, &receipt.event_id).await;
    assert_eq!(key.state(), ContentKeyState::Destroyed);
}

#[tokio::test]
async fn an_erasure_names_an_own_event_with_content_and_a_reason() {
    let site = Site::new();
    let service = site.start().await;
    published(&service, "one").await;
    let mut client = service.system();
    let erasure = |target| given::erasure("e", target);
    client
        .erase_content(erasure(given::by_key("one")))
        .await
        .unwrap();
    let before = service.head();
    let unknown = given::by_id("0199aa00-0000-7000-8000-000000000000");
    for (request, field) in [
        (given::erasure("f", unknown), "target"),
        (given::erasure("f", given::by_key("never sent")), "target"),
        (given::erasure("f", given::by_id("no id")), "target"),
        (given::erasure("f", given::by_key("e")), "target"),
        (given::erasure("", given::by_key("one")), "request_key"),
        (
            v1::EraseContentRequest {
                target: None,
                ..given::erasure("f", given::by_key("one"))
            },
            "target",
        ),
        (
            v1::EraseContentRequest {
                reason: " ".into(),
                ..given::erasure("f", given::by_key("one"))
            },
            "reason",
        ),
        (
            v1::EraseContentRequest {
                reason: "r".repeat(501),
                ..given::erasure("f", given::by_key("one"))
            },
            "reason",
        ),
        (
            v1::EraseContentRequest {
                reason: "a\nb".into(),
                ..given::erasure("f", given::by_key("one"))
            },
            "reason",
        ),
    ] {
        let refused = client.erase_content(request).await.unwrap_err();
        assert_names(&refused, field);
        assert_eq!(service.head(), before);
    }
    let taken = given::erasure("one", given::by_key("one"));
    let refused = client.erase_content(taken).await.unwrap_err();
    assert_eq!(
        (refused.code(), error_of(&refused).reason.as_str()),
        (Code::AlreadyExists, "REQUEST_KEY_REUSED")
    );
    assert_eq!(service.head(), before);
}
