//! From the wire to the domain. Owns what can be wrong with form: missing parts, unknown codes, things that don't parse. The
//! rules of practice come after (`domain::rules`). The same way in serves a request and sealed content read back years later.

mod alert;
mod audience;
mod check;
mod escalation;
mod incident;
mod people;
mod records;
mod sharing;
mod step;

use std::collections::BTreeMap;

use diogel_domain::{
    codes::{LawfulBasis, Purpose, Sector, ThreatForm},
    content::{Content, EventReference, Kind, Open, ReferenceRole},
    correction::{Correction, Replacement},
    disclosure::Decided,
    ids::{AgencyId, EventId},
    incident::LocalCode,
    meeting::Attendance,
    step::StepHead,
    times::{Day, Moment},
};
use diogel_sharing::{
    audience::{Audience, AudienceTexts},
    change::Change,
    defaults::{Defaults, Published},
    groups::Groups,
    header::Header,
};

use crate::{hexadecimal, refusal::Violation, v1};

pub use check::violations;
pub use people::identifier;

/// An agency's mapping of its own codes to forms of threat, by list and code. Its profile makes it.
#[derive(Debug, Clone, Default)]
pub struct CodeMap(pub BTreeMap<LocalCode, ThreatForm>);

/// Whose publication is read, and by what.
#[derive(Debug, Clone, Copy)]
pub struct Publisher<'a> {
    /// The agency.
    pub agency: &'a AgencyId,
    /// Its sector.
    pub sector: Sector,
    /// Its own codes. None: they stay as they are, where only its own service maps them.
    pub codes: Option<&'a CodeMap>,
    /// The board's default audiences.
    pub defaults: &'a Defaults,
}

/// What a publication says, before anything of it was checked against the rules.
#[derive(Debug, Clone)]
pub struct Publication {
    /// What it says.
    pub said: Said,
    /// Who may see it; none of what is said in clear.
    pub audience: Option<Audience>,
    /// The audience's texts, to be sealed.
    pub texts: AudienceTexts,
    /// Earlier events referred to.
    pub references: Vec<RequestedReference>,
    /// For whom the system acts; may be empty.
    pub on_behalf_of: String,
    /// Of a change of audience, or an emergency disclosure.
    pub change: Option<Change>,
    /// Of a meeting.
    pub attendance: Option<Attendance>,
    /// Of a claim of involvement.
    pub sensitive: bool,
    /// Of a request for access.
    pub asked: Groups,
    /// Of a step.
    pub step: Option<StepHead>,
    /// Of an escalation, and of a step that moves one.
    pub stage: u8,
}

impl Publication {
    /// Its header, once its references are known.
    pub fn header(&self, references: Vec<EventReference>) -> Header {
        let (labels, open) = match &self.said {
            Said::Sealed(content) => {
                let people = content.people().iter().map(|p| &p.label);
                let places = content.places().iter().map(|p| &p.label);
                (people.chain(places).cloned().collect(), None)
            }
            Said::Open(open) => (Vec::new(), Some(open.clone())),
        };
        Header {
            labels,
            audience: self.audience.clone(),
            references,
            open,
            change: self.change.clone(),
            attendance: self.attendance.clone(),
            sensitive: self.sensitive,
            asked: self.asked,
            step: self.step.clone(),
            stage: self.stage,
        }
    }

    /// The event kind that will carry it.
    pub fn kind(&self) -> Kind {
        match &self.said {
            Said::Sealed(content) => content.kind(),
            Said::Open(open) => open.kind(),
        }
    }
}

/// What a publication says: to be sealed, or in clear.
#[derive(Debug, Clone)]
pub enum Said {
    /// To be sealed, for an audience.
    Sealed(Box<Content>),
    /// In clear: it says nothing of anybody.
    Open(Open),
}

impl Said {
    fn published(&self) -> Option<Published> {
        match self {
            Self::Sealed(content) => Published::of(content),
            Self::Open(_) => None,
        }
    }
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
    /// By id, with the hash that was seen, if it was given.
    Event(EventId, Option<[u8; 32]>),
    /// By the same system's request key.
    RequestKey(String),
}

/// Reads a publication.
///
/// # Errors
/// Every field whose form is wrong.
pub fn publication(
    request: &v1::PublishRequest,
    of: Publisher<'_>,
) -> Result<Publication, Vec<Violation>> {
    Reading::new(Some(of)).publication(request)
}

/// Reads an emergency disclosure.
///
/// # Errors
/// Every field whose form is wrong.
pub fn disclosure(request: &v1::DiscloseRequest) -> Result<Publication, Vec<Violation>> {
    let mut reading = Reading::new(None);
    let given = request.disclosure.as_ref();
    let said = given.map(|given| Said::Sealed(Box::new(reading.emergency(given, true))));
    if said.is_none() {
        reading.add("disclosure", "is required: which event, to whom, and why");
    }
    if request.on_behalf_of.trim().is_empty() {
        reading.add("on_behalf_of", "is required: somebody decides this");
    }
    let audience = Some((Some(told_to_the_board()), AudienceTexts::default()));
    reading.finish(said, audience, &request.on_behalf_of)
}

/// Only the originator sees a disclosure, and the Board, which may ask every agency for it (SSWBA 2014 s137). Without purpose
/// and basis no flow would carry it even there.
fn told_to_the_board() -> Audience {
    Audience {
        purpose: Some(Purpose::BoardGovernance),
        lawful_basis: Some(LawfulBasis::LegalObligation),
        ..Audience::originator_only()
    }
}

/// Reads sealed content back.
///
/// # Errors
/// Every field whose form is wrong: such content is quarantined (P9).
pub fn content(sealed: &v1::Content) -> Result<Content, Vec<Violation>> {
    use v1::content::Content as Given;
    let mut reading = Reading::new(None);
    let content = match &sealed.content {
        Some(Given::Incident(p)) => Some(Content::Incident(reading.incident("incident", p))),
        Some(Given::HazardAlert(p)) => reading.alert("hazard_alert", p).map(Content::HazardAlert),
        Some(Given::Escalation(p)) => {
            Some(Content::Escalation(reading.escalation("escalation", p)))
        }
        Some(Given::Correction(p)) => reading.correction(p, false).map(Content::Correction),
        Some(Given::Involvement(p)) => Some(reading.claim(p)),
        Some(Given::Meeting(p)) => Some(reading.meeting(p, false)),
        Some(Given::AccessRequest(p)) => Some(reading.access_request(p, false)),
        Some(Given::AudienceChanged(p)) => Some(reading.audience_changed(p, false)),
        Some(Given::SharingDeclined(p)) => Some(reading.sharing_declined(p, false)),
        Some(Given::EmergencyDisclosure(p)) => Some(reading.emergency(p, false)),
        Some(Given::SafetyPlan(p)) => Some(reading.safety_plan(p)),
        Some(Given::Contact(p)) => Some(reading.contact(p)),
        Some(Given::EngagementNeeds(p)) => Some(reading.engagement_needs(p)),
        Some(Given::Advocacy(p)) => Some(reading.advocacy(p)),
        Some(Given::ChangeClaimed(p)) => Some(reading.change_claimed(p)),
        Some(Given::Strength(p)) => Some(reading.strength(p)),
        Some(Given::InformationRequest(p)) => Some(reading.information_request(p)),
        Some(Given::Step(p)) => reading.step(p, false),
        None => None,
    };
    content
        .filter(|_| reading.found.is_empty())
        .ok_or(reading.found)
}

/// Reads a header's change of audience back.
pub fn change(change: &v1::AudienceChange) -> Result<Change, Vec<Violation>> {
    let mut reading = Reading::new(None);
    let read = reading.change("change", Some(change));
    read.filter(|_| reading.found.is_empty())
        .ok_or(reading.found)
}

/// Reads a header's audience back.
pub fn audience(audience: &v1::Audience) -> Result<Audience, Vec<Violation>> {
    let mut reading = Reading::new(None);
    let read = reading.audience(Some(audience), None);
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
    publisher: Option<Publisher<'c>>,
    references: Vec<RequestedReference>,
    change: Option<Change>,
    attendance: Option<Attendance>,
    sensitive: bool,
    asked: Groups,
    step: Option<StepHead>,
    stage: u8,
    found: Vec<Violation>,
}

impl<'c> Reading<'c> {
    const fn new(publisher: Option<Publisher<'c>>) -> Self {
        Self {
            publisher,
            references: Vec::new(),
            change: None,
            attendance: None,
            sensitive: false,
            asked: Groups::NONE,
            step: None,
            stage: 0,
            found: Vec::new(),
        }
    }

    fn publication(mut self, request: &v1::PublishRequest) -> Result<Publication, Vec<Violation>> {
        let said = self.said(request.content.as_ref());
        let audience = self.audience_for(said.as_ref(), request.audience.as_ref());
        self.family_reason(request.audience.as_ref());
        self.finish(said, audience, &request.on_behalf_of)
    }

    fn said(&mut self, given: Option<&v1::publish_request::Content>) -> Option<Said> {
        use v1::publish_request::Content as Given;
        let content = match given {
            Some(Given::Incident(p)) => Content::Incident(self.incident("incident", p)),
            Some(Given::HazardAlert(p)) => Content::HazardAlert(self.alert("hazard_alert", p)?),
            Some(Given::Escalation(p)) => Content::Escalation(self.escalation("escalation", p)),
            Some(Given::Correction(p)) => Content::Correction(self.correction(p, true)?),
            Some(Given::Involvement(p)) => self.claim(p),
            Some(Given::Meeting(p)) => self.meeting(p, true),
            Some(Given::AccessRequest(p)) => self.access_request(p, true),
            Some(Given::AudienceChanged(p)) => self.audience_changed(p, true),
            Some(Given::SharingDeclined(p)) => self.sharing_declined(p, true),
            Some(Given::SafetyPlan(p)) => self.safety_plan(p),
            Some(Given::Contact(p)) => self.contact(p),
            Some(Given::EngagementNeeds(p)) => self.engagement_needs(p),
            Some(Given::Advocacy(p)) => self.advocacy(p),
            Some(Given::ChangeClaimed(p)) => self.change_claimed(p),
            Some(Given::Strength(p)) => self.strength(p),
            Some(Given::InformationRequest(p)) => self.information_request(p),
            Some(Given::Step(p)) => self.step(p, true)?,
            Some(Given::InvolvementConfirmation(p)) => {
                let (at, open) = ("involvement_confirmation", Open::InvolvementConfirmed);
                return Some(self.about_claim(at, p.claim.as_ref(), open));
            }
            Some(Given::InvolvementClosing(p)) => {
                let (at, open) = ("involvement_closing", Open::InvolvementClosed);
                return Some(self.about_claim(at, p.claim.as_ref(), open));
            }
            Some(Given::Acknowledgement(p)) => return Some(self.acknowledgement(p)),
            None => {
                self.add("content", "is required: one of incident, hazard_alert, escalation, correction, the records, a step, or what is said about sharing");
                return None;
            }
        };
        Some(Said::Sealed(Box::new(content)))
    }

    /// Whoever decides about sharing tells nobody else of it, unless it says so; what stands in clear takes no audience.
    fn audience_for(
        &mut self,
        said: Option<&Said>,
        given: Option<&v1::Audience>,
    ) -> Option<(Option<Audience>, AudienceTexts)> {
        let decided = match said {
            Some(Said::Sealed(content)) => match &**content {
                Content::SharingDecision(decision) => Some(decision.decided),
                _ => None,
            },
            Some(Said::Open(_)) | None => None,
        };
        let open = matches!(said, Some(Said::Open(_)));
        match given {
            None if open => Some((None, AudienceTexts::default())),
            // With whom a step is shared, what it is taken on may say.
            None if self.step.is_some() => Some((None, AudienceTexts::default())),
            None if decided.is_some() => {
                Some((Some(Audience::originator_only()), AudienceTexts::default()))
            }
            Some(_) if open || decided == Some(Decided::Changed) => {
                self.add("audience", "isn't taken here: leave it out");
                None
            }
            given => {
                let published = said.and_then(Said::published);
                let read = self.audience(given, published);
                read.map(|(audience, texts)| (Some(audience), texts))
            }
        }
    }

    fn finish(
        mut self,
        said: Option<Said>,
        audience: Option<(Option<Audience>, AudienceTexts)>,
        on_behalf_of: &str,
    ) -> Result<Publication, Vec<Violation>> {
        self.short("on_behalf_of", on_behalf_of, 200);
        match (said, audience) {
            (Some(said), Some((audience, texts))) if self.found.is_empty() => Ok(Publication {
                said,
                audience,
                texts,
                references: self.references,
                on_behalf_of: on_behalf_of.to_owned(),
                change: self.change,
                attendance: self.attendance,
                sensitive: self.sensitive,
                asked: self.asked,
                step: self.step,
                stage: self.stage,
            }),
            _ => Err(self.found.into_iter().map(check::on_the_wire).collect()),
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
            if let Some(codes) = self.publisher.and_then(|of| of.codes) {
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
        let hash = given.map_or("", |r| r.hash.as_str());
        let hash = match hexadecimal::read(hash).map(<[u8; 32]>::try_from) {
            Some(Ok(hash)) => Some(hash),
            _ if hash.is_empty() => None,
            _ => {
                let way_out = "is no hash: write the 64 hexadecimal digits of the item's `hash`";
                self.add(format!("{field}.hash"), way_out);
                None
            }
        };
        let to = match given.and_then(|r| r.event.as_ref()) {
            Some(v1::reference::Event::EventId(text)) => {
                EventId::parse(text).map(|id| ReferenceTo::Event(id, hash))
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
