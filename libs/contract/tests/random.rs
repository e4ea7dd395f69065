//! Random requests: whatever comes in, nothing panics (P12); what is refused is refused by a field that the contract has, in words
//! that hold nothing of what was sent; what is taken reads back as it was sealed. Made by changing the scenarios' requests here
//! and there, from a fixed seed, so that a failure comes again.

#![allow(
    clippy::unwrap_used,
    reason = "a test may fail; clippy knows only `#[test]` functions as tests"
)]

use std::{collections::BTreeMap, path::Path, sync::LazyLock};

use diogel_contract::{
    DESCRIPTOR_SET, json,
    read::{self, CodeMap, Publication, Publisher, Said},
    v1, write,
};
use diogel_domain::{
    codes::{Sector, ThreatForm},
    ids::AgencyId,
    incident::LocalCode,
    rules::{Setting, Violation},
    times::{Day, Moment},
};
use diogel_sharing::defaults::Defaults;
use prost::Message;
use prost_reflect::{
    DescriptorPool, DynamicMessage, FieldDescriptor, Kind, MessageDescriptor, ReflectMessage, Value,
};

static POOL: LazyLock<DescriptorPool> =
    LazyLock::new(|| DescriptorPool::decode(DESCRIPTOR_SET).unwrap());

/// In every random text, so that a refusal which repeats one is found out.
const MARK: &str = "zqx";

/// SplitMix64 (Steele, Lea and Flood, 2014).
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % bound as u64).unwrap()
    }

    fn pick<'t, T>(&mut self, all: &'t [T]) -> &'t T {
        &all[self.below(all.len())]
    }
}

fn text(random: &mut Random) -> String {
    let long = MARK.repeat(700);
    let texts = [
        "",
        " ",
        MARK,
        "zqx\u{7}",
        "zqx\u{202e}\u{0}",
        "p1",
        "p2",
        "l1",
        "p99",
        "police",
        "education",
        "zqx Upper",
        "2026-02-30",
        "2026-10-01",
        "9999-12-31",
        "0000-01-01",
        "9990011044",
        "0000000000",
        "10099000001",
        "B",
        "é",
        "٣٣٣٣٣٣٣٣٣٣",
        "018f0000-0000-7000-8000-000000000000",
        &long,
    ];
    (*random.pick(&texts)).to_owned()
}

fn whole(random: &mut Random) -> i64 {
    *random.pick(&[
        0,
        1,
        2,
        3,
        4,
        7,
        20,
        99,
        -1,
        1_790_000_000,
        253_402_300_799,
        i64::MAX,
        i64::MIN,
    ])
}

/// So many fields at most, so that what comes out is sometimes still a request.
fn value(field: &FieldDescriptor, random: &mut Random, depth: u8) -> Value {
    match field.kind() {
        Kind::Bool => Value::Bool(random.below(2) == 0),
        Kind::Uint32 => Value::U32(u32::try_from(whole(random)).unwrap_or(u32::MAX)),
        Kind::Int32 => Value::I32(i32::try_from(whole(random)).unwrap_or(i32::MIN)),
        Kind::Int64 => Value::I64(whole(random)),
        Kind::Enum(_) => Value::EnumNumber(i32::try_from(whole(random)).unwrap_or(i32::MAX)),
        Kind::Message(message) => {
            let mut made = DynamicMessage::new(message.clone());
            let fields: Vec<_> = message.fields().collect();
            for field in fields {
                if depth > 0 && random.below(2) == 0 {
                    set(&mut made, &field, random, depth - 1);
                }
            }
            Value::Message(made)
        }
        _ => Value::String(text(random)),
    }
}

fn set(message: &mut DynamicMessage, field: &FieldDescriptor, random: &mut Random, depth: u8) {
    if field.is_list() {
        let count = *random.pick(&[0, 1, 2, 3, 17, 70]);
        let count = if depth > 1 { count.min(3) } else { count };
        let values = (0..count).map(|_| value(field, random, depth));
        let values = values.collect();
        message.set_field(field, Value::List(values));
    } else {
        let value = value(field, random, depth);
        message.set_field(field, value);
    }
}

/// Changes one field somewhere in a message.
fn change(message: &mut DynamicMessage, random: &mut Random) {
    let fields: Vec<_> = message.descriptor().fields().collect();
    let there: Vec<_> = fields.iter().filter(|f| message.has_field(f)).collect();
    if there.is_empty() || random.below(4) == 0 {
        let field = random.pick(&fields).clone();
        return set(message, &field, random, 4);
    }
    let field = (*random.pick(&there)).clone();
    match message.get_field_mut(&field) {
        Value::Message(inner) => change(inner, random),
        Value::List(values) if !values.is_empty() => {
            let place = random.below(values.len());
            match &mut values[place] {
                Value::Message(inner) => change(inner, random),
                other => *other = value(&field, random, 0),
            }
        }
        _ => set(message, &field, random, 3),
    }
}

/// The scenarios' requests, each with its agency.
fn requests() -> Vec<(AgencyId, v1::PublishRequest)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/scenarios");
    let mut found = Vec::new();
    for family in ["harcombe", "okafor-lewis", "rees"] {
        let text = std::fs::read_to_string(folder.join(format!("{family}.jsonl"))).unwrap();
        for line in text.lines() {
            let mut line: serde_json::Value = serde_json::from_str(line).unwrap();
            let agency = AgencyId::new(line["agency"].as_str().unwrap()).unwrap();
            let mut request = line["request"].take();
            // An emergency disclosure is another request.
            if !request.is_null() {
                name_anything(&mut request);
                found.push((agency, json::read(request).unwrap()));
            }
        }
    }
    found
}

/// A scenario names another agency's earlier line (`"@agency:request_key"`): any id is as good here.
fn name_anything(value: &mut serde_json::Value) {
    use serde_json::Value;
    match value {
        Value::Array(items) => items.iter_mut().for_each(name_anything),
        Value::Object(fields) => {
            for (key, field) in fields {
                let named = field.as_str().is_some_and(|text| text.starts_with('@'));
                match key.as_str() {
                    "eventId" if named => *field = "00000000-0000-7000-8000-000000000001".into(),
                    "hash" if named => *field = "0".repeat(64).into(),
                    _ => name_anything(field),
                }
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn codes() -> CodeMap {
    let local = |list: &str, code: &str| LocalCode {
        list: list.into(),
        code: code.into(),
    };
    let mapped = [(local(MARK, MARK), ThreatForm::Animal)];
    CodeMap(BTreeMap::from(mapped))
}

fn publisher<'a>(
    agency: &'a AgencyId,
    codes: &'a CodeMap,
    defaults: &'a Defaults,
) -> Publisher<'a> {
    Publisher {
        agency,
        sector: Sector::Police,
        codes: Some(codes),
        defaults,
    }
}

/// What intake would say, and the publication if it is one.
fn judged(
    agency: &AgencyId,
    agencies: &[AgencyId],
    request: &v1::PublishRequest,
) -> Result<Publication, Vec<Violation>> {
    let (codes, defaults) = (codes(), Defaults::default());
    let of = publisher(agency, &codes, &defaults);
    let publication = read::publication(request, of)?;
    let now = Moment(i64::from(Day::parse("2026-12-31").unwrap().0) * Moment::DAY);
    let setting = Setting {
        now,
        originator: agency,
        sector: Sector::Police,
        agencies,
        policy: &diogel_domain::crisp::Policy::default(),
    };
    let found = read::violations(&publication, setting);
    if found.is_empty() {
        Ok(publication)
    } else {
        Err(found)
    }
}

/// The path leads through fields of the contract; `content` is the request's `oneof`.
fn is_field(path: &str) -> bool {
    let mut message: Option<MessageDescriptor> =
        POOL.get_message_by_name("diogel.v1.PublishRequest");
    path == "content"
        || path.split('.').all(|part| {
            let name = part.split('[').next().unwrap_or_default();
            let field = message.as_ref().and_then(|m| m.get_field_by_name(name));
            message = field.as_ref().and_then(|f| f.kind().as_message().cloned());
            field.is_some_and(|f| f.is_list() || !part.contains('['))
        })
}

/// What was taken reads back from the seal and from the header as it was written.
fn reads_back(publication: &Publication) {
    let sealed = |content| v1::Content {
        content: Some(write::sealed(content)),
        ..v1::Content::default()
    };
    if let Said::Sealed(content) = &publication.said {
        let bytes = sealed(content).encode_to_vec();
        let read = read::content(&v1::Content::decode(bytes.as_slice()).unwrap());
        assert_eq!(read.as_ref(), Ok(&**content));
        assert_eq!(sealed(&read.unwrap()).encode_to_vec(), bytes);
    }
    let header = publication.header(Vec::new());
    assert_eq!(write::read_header(&write::header(&header)), Some(header));
}

fn holds(result: &Result<Publication, Vec<Violation>>) {
    match result {
        Ok(publication) => reads_back(publication),
        Err(violations) => {
            assert!(!violations.is_empty());
            for Violation { field, description } in violations {
                assert!(is_field(field), "{field} is no field");
                assert!(!description.contains(MARK), "{field} echoes: {description}");
                assert!(description.len() <= 200, "{field}: {description}");
            }
        }
    }
}

fn bent(request: &v1::PublishRequest, changes: usize, random: &mut Random) -> v1::PublishRequest {
    let descriptor = POOL
        .get_message_by_name("diogel.v1.PublishRequest")
        .unwrap();
    let bytes = request.encode_to_vec();
    let mut message = DynamicMessage::decode(descriptor, bytes.as_slice()).unwrap();
    for _ in 0..changes {
        change(&mut message, random);
    }
    v1::PublishRequest::decode(message.encode_to_vec().as_slice()).unwrap()
}

#[test]
fn p12_no_request_breaks_the_rules_and_each_that_is_taken_reads_back() {
    let requests = requests();
    let agencies: Vec<AgencyId> = requests.iter().map(|(agency, _)| agency.clone()).collect();
    let mut random = Random(20_261_001);
    let (mut taken, mut refused) = (0, 0);
    for round in 0..24 {
        for (agency, request) in &requests {
            let request = bent(request, round % 6, &mut random);
            let result = judged(agency, &agencies, &request);
            holds(&result);
            let written = json::write(&request);
            if result.is_ok() {
                let again: v1::PublishRequest = json::read(written.unwrap()).unwrap();
                assert_eq!(again, request, "the JSON form says the same");
                taken += 1;
            } else {
                refused += 1;
            }
        }
    }
    assert!(
        taken > 500 && refused > 500,
        "{taken} taken, {refused} refused"
    );
}

#[test]
fn p12_bytes_that_are_anything_are_refused_not_crashed_on() {
    let mut random = Random(7);
    let (agency, codes, defaults) = (
        AgencyId::new("police").unwrap(),
        codes(),
        Defaults::default(),
    );
    let of = publisher(&agency, &codes, &defaults);
    for (_, request) in requests().iter().take(60) {
        let mut bytes = request.encode_to_vec();
        for _ in 0..=random.below(6) {
            let place = random.below(bytes.len());
            bytes[place] = u8::try_from(random.below(256)).unwrap();
        }
        bytes.truncate(random.below(bytes.len()) + 1);
        if let Ok(request) = v1::PublishRequest::decode(bytes.as_slice()) {
            let _ = read::publication(&request, of);
        }
        if let Ok(content) = v1::Content::decode(bytes.as_slice()) {
            let _ = read::content(&content);
        }
        if let Ok(header) = v1::Header::decode(bytes.as_slice()) {
            let _ = write::read_header(&header);
        }
    }
}
