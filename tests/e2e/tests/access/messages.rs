//! What is asked: nothing, something that is there, something that isn't. Owns messages for any call, made by reflection, so that a
//! new call gets one too; refuses to know more than what a few kinds of field have to hold.

use diogel_contract::v1;
use diogel_e2e::danger;
use prost::Message;
use prost::bytes::Bytes;
use prost_reflect::{DynamicMessage, FieldDescriptor, Kind, MessageDescriptor, Value};

/// In every free text that is sent: no refusal may hold it.
pub const MARK: &str = "echo-7f3a";

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// The empty message.
    Nothing,
    /// Of what is there.
    There,
    /// The same of what is not.
    Absent,
}

impl Asked {
    pub const ALL: [Self; 3] = [Self::There, Self::Nothing, Self::Absent];
}

/// Of what is asked. Two of these: one that is there and one that isn't.
#[derive(Debug, Clone)]
pub struct Subject {
    /// An event, to be read.
    pub event: String,
    /// An event, to be erased.
    pub erased: String,
    /// Of premises.
    pub uprn: &'static str,
}

impl Subject {
    /// The message for a call that asks for this.
    pub fn message(&self, input: &MessageDescriptor, agency: &str) -> Bytes {
        self.filled(input, agency).encode_to_vec().into()
    }

    fn filled(&self, message: &MessageDescriptor, agency: &str) -> DynamicMessage {
        if let Some(bytes) = self.example(message.full_name()) {
            return DynamicMessage::decode(message.clone(), bytes.as_slice()).expect("an example");
        }
        let mut made = DynamicMessage::new(message.clone());
        for field in message.fields() {
            let first = |one: prost_reflect::OneofDescriptor| one.fields().next();
            let chosen = field
                .containing_oneof()
                .is_none_or(|one| first(one).as_ref() == Some(&field));
            let Some(value) = self.value(&field, agency).filter(|_| chosen) else {
                continue;
            };
            let value = if field.is_list() {
                Value::List(vec![value])
            } else {
                value
            };
            made.set_field(&field, value);
        }
        made
    }

    /// Numbers stay zero: a place in a chain that nobody is at could stop it.
    fn value(&self, field: &FieldDescriptor, agency: &str) -> Option<Value> {
        // Now, when there is something; and of what only some renderings or kinds take, nothing.
        if matches!(field.name(), "as_of" | "family" | "meeting" | "awaited") {
            return None;
        }
        match field.kind() {
            Kind::String => Some(Value::String(self.text(field, agency)?)),
            Kind::Bytes => Some(Value::Bytes(self.bytes(field.name()).into())),
            Kind::Enum(_) => Some(Value::EnumNumber(1)),
            Kind::Message(message) => Some(Value::Message(self.filled(&message, agency))),
            _ => None,
        }
    }

    fn text(&self, field: &FieldDescriptor, agency: &str) -> Option<String> {
        let message = field.parent_message();
        Some(match field.name() {
            "event_id" | "event_ids" => self.event.clone(),
            "agency" | "chair" => agency.into(),
            "attending" => "health".into(),
            "kind" => "incident".into(),
            "language" => "en".into(),
            // Each call's own, or one would be taken for another sent again.
            "request_key" => format!("{MARK}-{}", message.name()),
            // Nobody has one, and none is needed; health tells of the whole process without.
            "page_token" | "cursor" | "service" => return None,
            _ => MARK.into(),
        })
    }

    fn bytes(&self, field: &str) -> Vec<u8> {
        if field == "event_ids" {
            return event_bytes(&self.event);
        }
        vec![7; 32]
    }

    /// Where filling in what is there gives nothing that a rule would let pass, or something that would do harm.
    fn example(&self, message: &str) -> Option<Vec<u8>> {
        match message {
            "diogel.v1.PublishRequest" => Some(danger("police", MARK, self.uprn).encode_to_vec()),
            "diogel.v1.Identifier" => Some(self.premises().encode_to_vec()),
            "diogel.v1.Reference" => Some(self.target().encode_to_vec()),
            "diogel.v1.BoardEvent" => Some(restored_nobody().encode_to_vec()),
            "google.protobuf.Timestamp" => {
                // A minute ago: late enough for what can be too old.
                let now = time::OffsetDateTime::now_utc().unix_timestamp();
                let seconds = now.saturating_sub(60);
                Some(diogel_contract::Timestamp { seconds, nanos: 0 }.encode_to_vec())
            }
            _ => None,
        }
    }

    fn premises(&self) -> v1::Identifier {
        v1::Identifier {
            scheme: v1::IdentifierScheme::Uprn.into(),
            value: self.uprn.into(),
            ..v1::Identifier::default()
        }
    }

    fn target(&self) -> v1::Reference {
        let event = v1::reference::Event::EventId(self.erased.clone());
        v1::Reference {
            event: Some(event),
            ..v1::Reference::default()
        }
    }
}

/// A Board event that changes nothing: of an agency that there is not.
fn restored_nobody() -> v1::BoardEvent {
    let changed = v1::AgencyStatusChanged {
        agency: "nobody-here".into(),
        suspended: false,
    };
    v1::BoardEvent {
        event: Some(v1::board_event::Event::AgencyStatusChanged(changed)),
    }
}

fn event_bytes(id: &str) -> Vec<u8> {
    let digits: String = id.chars().filter(char::is_ascii_hexdigit).collect();
    let byte = |at| u8::from_str_radix(&digits[at..at + 2], 16).expect("hexadecimal");
    (0..32).step_by(2).map(byte).collect()
}
