//! What isn't a request of this contract at all: unknown fields, garbage, wrong frames, messages too long.

use diogel_contract::v1::{self, publish_request::Content};
use prost::Message;
use tonic::Code;

use crate::support::{Running, Site, assert_names, error_of, framed, given, name, post};

const PUBLISH: &str = "/diogel.v1.PublishingService/Publish";
const BATCH: &str = "/diogel.v1.PublishingService/BatchPublish";

/// Field 9999, a text.
fn unknown_field() -> Vec<u8> {
    let tag = (9_999_u32 << 3) | 2;
    let mut bytes = Vec::new();
    prost::encoding::encode_varint(u64::from(tag), &mut bytes);
    bytes.extend_from_slice(b"\x06secret");
    bytes
}

/// A field of a message, by its number, around bytes.
fn field(number: u32, bytes: &[u8]) -> Vec<u8> {
    let mut field = Vec::new();
    prost::encoding::encode_varint(u64::from(number << 3 | 2), &mut field);
    prost::encoding::encode_varint(bytes.len() as u64, &mut field);
    field.extend_from_slice(bytes);
    field
}

async fn posted(service: &Running<'_>, path: &str, body: Vec<u8>) -> tonic::Status {
    let system = name("housing", diogel_identity::Role::System, "case");
    let before = service.head();
    let status = post(service.channel(&system), path, body).await;
    assert_eq!(service.head(), before, "something was stored");
    status
}

#[tokio::test]
async fn an_unknown_field_is_refused_by_its_place_and_never_dropped() {
    let site = Site::new();
    let service = site.start().await;
    let good = given::incident("unknown").encode_to_vec();
    let top = [&good[..], &unknown_field()].concat();
    let status = posted(&service, PUBLISH, framed(&top)).await;
    assert_names(&status, "#9999");
    assert!(!format!("{:?}", error_of(&status)).contains("secret"));

    let safety = field(3, &unknown_field());
    let nested = [&good[..], &field(5, &safety)].concat();
    let status = posted(&service, PUBLISH, framed(&nested)).await;
    assert_names(&status, "incident.safety.#9999");

    let grant = field(4, &field(1, &unknown_field()));
    let listed = [&good[..], &grant].concat();
    let status = posted(&service, PUBLISH, framed(&listed)).await;
    assert_names(&status, "audience.grants[1].#9999");

    let batch = field(1, &top);
    let status = posted(&service, BATCH, framed(&batch)).await;
    assert_names(&status, "requests[0].#9999");
}

#[tokio::test]
async fn a_hundred_thousand_unknown_fields_get_one_short_answer() {
    let site = Site::new();
    let service = site.start().await;
    // Three bytes each: field 30, a number.
    let many = [0xf0, 0x01, 0x01].repeat(80_000);
    let status = posted(&service, PUBLISH, framed(&many)).await;
    assert_names(&status, "#30");
    assert!(error_of(&status).fields.len() <= 17);
}

#[tokio::test]
async fn groups_nested_without_end_are_refused_not_followed() {
    let site = Site::new();
    let service = site.start().await;
    // Field 15, start of a group, over and over.
    let deep = vec![0x7b; 200_000];
    let status = posted(&service, PUBLISH, framed(&deep)).await;
    assert_eq!(error_of(&status).reason, "MALFORMED");
    service
        .system()
        .publish(given::incident("after"))
        .await
        .unwrap();
}

#[tokio::test]
async fn a_body_that_is_no_protobuf_is_refused() {
    let site = Site::new();
    let service = site.start().await;
    for body in [
        &b"\xff\xff\xff\xff"[..],
        b"{\"requestKey\": \"a\"}",
        b"\x0a\x7fshort",
        b"\x0a\x02\xff\xfe",
    ] {
        let status = posted(&service, PUBLISH, framed(body)).await;
        let error = error_of(&status);
        assert_eq!(
            (error.code, error.reason.as_str()),
            (Code::InvalidArgument, "MALFORMED")
        );
        assert!(
            error.message.contains("proto/diogel/v1"),
            "{}",
            error.message
        );
    }
}

#[tokio::test]
async fn a_frame_that_lies_about_its_length_is_refused() {
    let site = Site::new();
    let service = site.start().await;
    let good = given::incident("frame").encode_to_vec();
    let mut longer = framed(&good);
    longer[4] = longer[4].wrapping_add(20);
    let mut shorter = framed(&good);
    shorter[4] = shorter[4].wrapping_sub(20);
    let mut compressed = framed(&good);
    compressed[0] = 1;
    let mut odd = framed(&good);
    odd[0] = 9;
    for (i, body) in [longer, shorter, compressed, odd, Vec::new(), vec![0, 0]]
        .into_iter()
        .enumerate()
    {
        let status = posted(&service, PUBLISH, body).await;
        assert!(status.code() != Code::Ok, "{i}");
        let error = error_of(&status);
        assert_eq!(error.reason, "MALFORMED", "{i}: {error:?}");
    }
}

#[tokio::test]
async fn a_message_of_ten_mebibytes_is_refused_with_a_way_out() {
    let site = Site::new();
    let service = site.start().await;
    let before = service.head();
    let mut request = given::incident("long");
    given::report_of(&mut request)
        .narrative
        .as_mut()
        .unwrap()
        .what_happened = "w".repeat(10 * 1024 * 1024);
    let refused = service.system().publish(request).await.unwrap_err();
    let error = error_of(&refused);
    assert_eq!(error.code, Code::InvalidArgument, "{error:?}");
    assert!(error.message.contains("too long"), "{error:?}");
    assert!(error.message.contains("shorten"), "{error:?}");
    assert_eq!(service.head(), before);
    service
        .system()
        .publish(given::incident("after"))
        .await
        .unwrap();
}

#[tokio::test]
async fn a_time_at_the_edge_of_the_numbers_is_refused_not_reckoned_with() {
    let site = Site::new();
    let service = site.start().await;
    let before = service.head();
    for (seconds, nanos) in [
        (i64::MAX, 0),
        (i64::MIN, 0),
        (9_223_372_036_854, 999_999_999),
        (-62_135_596_801, 0),
        (253_402_300_800, 0),
        (0, -1),
        (0, 1_000_000_000),
    ] {
        let mut request = given::incident("edge");
        let occurred = given::safety_of(&mut request).occurred.as_mut().unwrap();
        occurred.from = Some(diogel_contract::Timestamp { seconds, nanos });
        let refused = service.system().publish(request).await.unwrap_err();
        assert_names(&refused, "incident.safety.occurred.from");
    }
    assert_eq!(service.head(), before);
}

#[tokio::test]
async fn a_content_given_twice_counts_as_its_last() {
    let site = Site::new();
    let service = site.start().await;
    // As protobuf has it: the last member of a oneof stands, and what was dropped is no unknown field.
    let mut request = given::incident("twice");
    request.content = Some(Content::Correction(v1::Correction::default()));
    let first = request.encode_to_vec();
    let second = given::incident("twice").encode_to_vec();
    let system = name("housing", diogel_identity::Role::System, "case");
    let both = framed(&[first, second].concat());
    let status = post(service.channel(&system), PUBLISH, both).await;
    // The audience's one grant was merged into two of the same: harmless.
    assert_eq!(status.code(), Code::Ok, "{status:?}");
    assert_eq!(service.head().place.seq, 1);
}
