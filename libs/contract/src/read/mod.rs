//! From the wire to the domain. Owns what can be wrong with form: missing parts, unknown codes, things that don't parse. The
//! rules of practice come after (`domain::rules`). The same way in serves a request and sealed content read back years later.

mod alert;
mod audience;
mod escalation;
mod incident;
mod people;

use std::collections::BTreeMap;

use diogel_domain::{
    codes::ThreatForm,
    content::{Content, ReferenceRole},
    correction::{Correction, Replacement},
    ids::{AgencyId, EventId},
    incident::LocalCode,
    times::{Day, Moment},
};
use diogel_sharing::audience::{Audience, AudienceTexts};

use crate::{refusal::Violation, v1};

pub use people::identifier;

/// An agency's mapping of its own codes to forms of threat, by list and code. Its profile makes it.
#[derive(Debug, Clone, Default)]
pub struct CodeMap(pub BTreeMap<LocalCode, ThreatForm>);

/// What a publication says, before anything of it was checked against the rules.
#[derive(Debug, Clone)]
pub struct Publication {
    /// The content.
    pub content: Content,
    /// Who may see it.
    pub audience: Audience,
    /// The audience's texts, to be sealed.
    pub texts: AudienceTexts,
    /// Earlier events referred to.
    pub references: Vec<RequestedReference>,
    /// For whom the system acts; may be empty.
    pub on_behalf_of: String,
}

/// A reference as requested: by id, or by the same system's request key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestedReference {
    /// What for.
    pub role: ReferenceRole,
    /// Which.
    pub to: ReferenceTo,
    /// The path of the field, for an error.
    pub field: String,
}

/// How a reference names its event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReferenceTo {
    /// By id.
    Event(EventId),
    /// By the same system's request key.
    RequestKey(String),
}

/// Reads a publication.
///
/// # Errors
/// Every field whose form is wrong.
pub fn publication(
    request: &v1::PublishRequest,
    codes: &CodeMap,
) -> Result<Publication, Vec<Violation>> {
    let mut reading = Reading::new(Some(codes));
    let content = match &request.content {
        Some(v1::publish_request::Content::Incident(p)) => {
            Some(Content::Incident(reading.incident("incident", p)))
        }
        Some(v1::publish_request::Content::HazardAlert(p)) => {
            reading.alert("hazard_alert", p).map(Content::HazardAlert)
        }
        Some(v1::publish_request::Content::Escalation(p)) => {
            Some(Content::Escalation(reading.escalation("escalation", p)))
        }
        Some(v1::publish_request::Content::Correction(p)) => {
            reading.correction(p, true).map(Content::Correction)
        }
        None => {
            let ways = "is required: one of incident, hazard_alert, escalation, correction";
            reading.add("content", ways);
            None
        }
    };
    let audience = reading.audience(request.audience.as_ref());
    reading.family_reason(request.audience.as_ref());
    reading.short("on_behalf_of", &request.on_behalf_of, 200);
    let Reading {
        references, found, ..
    } = reading;
    match (content, audience) {
        (Some(content), Some((audience, texts))) if found.is_empty() => Ok(Publication {
            content,
            audience,
            texts,
            references,
            on_behalf_of: request.on_behalf_of.clone(),
        }),
        _ => Err(found),
    }
}

/// Reads sealed content back.
///
/// # Errors
/// Every field whose form is wrong: such content is quarantined (P9).
pub fn content(sealed: &v1::Content) -> Result<Content, Vec<Violation>> {
    let mut reading = Reading::new(None);
    let content = match &sealed.content {
        Some(v1::content::Content::Incident(p)) => {
            Some(Content::Incident(reading.incident("incident", p)))
        }
        Some(v1::content::Content::HazardAlert(p)) => {
            reading.alert("hazard_alert", p).map(Content::HazardAlert)
        }
        Some(v1::content::Content::Escalation(p)) => {
            Some(Content::Escalation(reading.escalation("escalation", p)))
        }
        Some(v1::content::Content::Correction(p)) => {
            reading.correction(p, false).map(Content::Correction)
        }
        None => None,
    };
    content
        .filter(|_| reading.found.is_empty())
        .ok_or(reading.found)
}

/// Reads a header's audience back.
pub fn audience(audience: &v1::Audience) -> Result<Audience, Vec<Violation>> {
    let mut reading = Reading::new(None);
    let read = reading.audience(Some(audience));
    read.map(|(audience, _)| audience)
        .filter(|_| reading.found.is_empty())
        .ok_or(reading.found)
}

/// Identifiers of a question, with the numbers of those that could be read.
///
/// # Errors
/// Every identifier that is none.
pub fn identifiers(
    field: &str,
    given: &[v1::Identifier],
) -> Result<Vec<diogel_domain::people::Identifier>, Vec<Violation>> {
    let mut reading = Reading::new(None);
    let read = reading.identifiers(field, given);
    if reading.found.is_empty() {
        Ok(read)
    } else {
        Err(reading.found)
    }
}

/// What a protobuf timestamp may hold: the years 1 to 9999.
const SECONDS: std::ops::RangeInclusive<i64> = -62_135_596_800..=253_402_300_799;

/// A moment from the wire; none if it isn't one.
pub fn moment(timestamp: &prost_types::Timestamp) -> Option<Moment> {
    let prost_types::Timestamp { seconds, nanos } = *timestamp;
    let valid = SECONDS.contains(&seconds) && (0..1_000_000_000).contains(&nanos);
    valid.then(|| Moment(seconds * 1_000_000 + i64::from(nanos / 1_000)))
}

/// Collects what is wrong with the form, and the references met on the way.
pub(crate) struct Reading<'c> {
    codes: Option<&'c CodeMap>,
    references: Vec<RequestedReference>,
    found: Vec<Violation>,
}

impl<'c> Reading<'c> {
    const fn new(codes: Option<&'c CodeMap>) -> Self {
        Self {
            codes,
            references: Vec::new(),
            found: Vec::new(),
        }
    }

    fn add(&mut self, field: impl Into<String>, description: impl Into<String>) {
        self.found.push(Violation {
            field: field.into(),
            description: description.into(),
        });
    }

    /// A code; 0 means that none was given.
    fn code<T>(&mut self, field: &str, number: i32, from: fn(i32) -> Option<T>) -> Option<T> {
        let code = from(number);
        if code.is_none() && number != 0 {
            self.add(
                field,
                "is no known code; the contract's code lists have them all",
            );
        }
        code
    }

    fn required_code<T>(
        &mut self,
        field: &str,
        number: i32,
        from: fn(i32) -> Option<T>,
    ) -> Option<T> {
        if number == 0 {
            self.add(field, "is required: choose a code of the contract's list");
        }
        self.code(field, number, from)
    }

    fn codes<T>(&mut self, field: &str, numbers: &[i32], from: fn(i32) -> Option<T>) -> Vec<T> {
        let numbers = numbers.iter().enumerate();
        if numbers.len() > 32 {
            self.add(field, "has more than 32 entries");
            return Vec::new();
        }
        numbers
            .filter_map(|(i, n)| self.required_code(&format!("{field}[{i}]"), *n, from))
            .collect()
    }

    fn agency(&mut self, field: &str, text: &str) -> Option<AgencyId> {
        let id = AgencyId::new(text).ok();
        if id.is_none() {
            self.add(
                field,
                "is no agency's id: lower case letters, digits, hyphens",
            );
        }
        id
    }

    fn optional_agency(&mut self, field: &str, text: &str) -> Option<AgencyId> {
        if text.is_empty() {
            None
        } else {
            self.agency(field, text)
        }
    }

    fn day(&mut self, field: &str, text: &str) -> Option<Day> {
        let day = Day::parse(text);
        if day.is_none() && !text.is_empty() {
            self.add(field, "is no date; write YYYY-MM-DD");
        }
        day
    }

    fn moment(
        &mut self,
        field: &str,
        timestamp: Option<&prost_types::Timestamp>,
    ) -> Option<Moment> {
        let read = timestamp.and_then(moment);
        if read.is_none() && timestamp.is_some() {
            self.add(field, "is no valid timestamp");
        }
        read
    }

    fn short(&mut self, field: &str, text: &str, bound: usize) {
        if text.len() > bound {
            self.add(field, format!("is longer than {bound} bytes; shorten it"));
        }
        if text.chars().any(char::is_control) {
            self.add(field, "holds control characters; remove them");
        }
    }

    /// Maps the system's own codes by the agency's profile. Reading back, they were mapped long ago.
    fn local_codes(
        &mut self,
        field: &str,
        given: &[v1::LocalCode],
    ) -> (Vec<LocalCode>, Vec<ThreatForm>) {
        let mut threats = Vec::new();
        let mut kept = Vec::new();
        if given.len() > 32 {
            self.add(field, "has more than 32 entries");
        }
        for (i, code) in given.iter().take(32).enumerate() {
            let local = LocalCode {
                list: code.list.clone(),
                code: code.code.clone(),
            };
            if let Some(codes) = self.codes {
                match codes.0.get(&local) {
                    Some(threat) => threats.push(*threat),
                    None => self.add(
                        format!("{field}[{i}]"),
                        "is not mapped by your agency's profile; use `threats`, or have it mapped",
                    ),
                }
            }
            kept.push(local);
        }
        (kept, threats)
    }

    fn reference(&mut self, field: &str, role: ReferenceRole, given: Option<&v1::Reference>) {
        let to = match given.and_then(|r| r.event.as_ref()) {
            Some(v1::reference::Event::EventId(text)) => {
                EventId::parse(text).map(ReferenceTo::Event)
            }
            Some(v1::reference::Event::RequestKey(key)) if (1..=128).contains(&key.len()) => {
                Some(ReferenceTo::RequestKey(key.clone()))
            }
            Some(v1::reference::Event::RequestKey(_)) | None => None,
        };
        match to {
            Some(to) => self.references.push(RequestedReference {
                role,
                to,
                field: field.into(),
            }),
            None => self.add(
                field,
                "needs `event_id` as in a receipt, or a `request_key` of your system's",
            ),
        }
    }

    fn references(&mut self, field: &str, role: ReferenceRole, given: &[v1::Reference]) {
        if given.len() > 16 {
            self.add(field, "has more than 16 entries");
        }
        for (i, reference) in given.iter().take(16).enumerate() {
            self.reference(&format!("{field}[{i}]"), role, Some(reference));
        }
    }

    /// `with_target`: a request names its target; read back from the seal, the header does.
    fn correction(&mut self, given: &v1::Correction, with_target: bool) -> Option<Correction> {
        if with_target {
            self.reference(
                "correction.target",
                ReferenceRole::Corrects,
                given.target.as_ref(),
            );
        }
        let replacement = match &given.replacement {
            Some(v1::correction::Replacement::Incident(p)) => Some(Replacement::Incident(
                self.incident("correction.incident", p),
            )),
            Some(v1::correction::Replacement::HazardAlert(p)) => Some(Replacement::HazardAlert(
                self.alert("correction.hazard_alert", p)?,
            )),
            Some(v1::correction::Replacement::Escalation(p)) => Some(Replacement::Escalation(
                self.escalation("correction.escalation", p),
            )),
            None => None,
        };
        Some(Correction {
            reason: given.reason.clone(),
            replacement,
        })
    }
}
