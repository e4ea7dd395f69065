//! Kinds of event and what each says. A new kind breaks every `match` that it matters to.

use serde::{Deserialize, Serialize};

use crate::{
    alert::HazardAlert,
    board::BoardEvent,
    codes::Language,
    correction::{Correction, Replacement},
    disclosure::{AccessRequest, Decided, EmergencyDisclosure, SharingDecision},
    escalation::Escalation,
    ids::EventId,
    incident::IncidentReport,
    involvement::InvolvementClaim,
    meeting::Meeting,
    people::{Person, Place},
    records::{
        Advocacy, ChangeClaimed, ContactNote, EngagementNeeds, InformationRequest, SafetyPlan,
        StrengthNoted,
    },
    step::Step,
};

/// The kind of an event, as its envelope names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Kind {
    /// An incident was reported.
    IncidentReported,
    /// A hazard alert was raised: proposed, or decided by the agency's own approver.
    HazardAlertRaised,
    /// An escalation was raised.
    EscalationRaised,
    /// An incident report was replaced.
    IncidentCorrected,
    /// A hazard alert was replaced.
    HazardAlertCorrected,
    /// An escalation was replaced.
    EscalationCorrected,
    /// An earlier event was entered in error.
    EnteredInError,
    /// An earlier event's content key was destroyed.
    ContentErased,
    /// The agency named its next signing key.
    KeyNamed,
    /// The agency's journal began a new epoch.
    EpochOpened,
    /// An event of the Board.
    BoardEvent,
    /// An agency claimed to be involved with a person.
    InvolvementClaimed,
    /// Another agency confirmed a claim.
    InvolvementConfirmed,
    /// An involvement, or a confirmation of it, ended.
    InvolvementClosed,
    /// A meeting was scheduled.
    MeetingScheduled,
    /// A meeting was changed, or cancelled.
    MeetingChanged,
    /// Access to another agency's event was asked for.
    AccessRequested,
    /// An originator changed who sees its event.
    AudienceChanged,
    /// An originator decided not to share.
    SharingDeclined,
    /// An originator disclosed its event beyond every protocol.
    EmergencyDisclosed,
    /// A reader's system took a retraction or a correction.
    Acknowledged,
    /// An agency signed a version of a protocol.
    ProtocolSigned,
    /// An agency left a protocol.
    ProtocolLeft,
    /// A safety plan was agreed.
    SafetyPlanAgreed,
    /// A contact was kept, missed, refused or cut short.
    ContactNoted,
    /// What a person needs to take part was recorded.
    NeedsRecorded,
    /// Advocacy, or how to complain, was offered.
    AdvocacyOffered,
    /// A change was claimed.
    ChangeClaimed,
    /// A strength was noted.
    StrengthNoted,
    /// Agencies were asked for information.
    InformationRequested,
    /// A step of a lifecycle was taken.
    Stepped,
}

impl Kind {
    /// Every kind.
    pub const ALL: &'static [Self] = &[
        Self::IncidentReported,
        Self::HazardAlertRaised,
        Self::EscalationRaised,
        Self::IncidentCorrected,
        Self::HazardAlertCorrected,
        Self::EscalationCorrected,
        Self::EnteredInError,
        Self::ContentErased,
        Self::KeyNamed,
        Self::EpochOpened,
        Self::BoardEvent,
        Self::InvolvementClaimed,
        Self::InvolvementConfirmed,
        Self::InvolvementClosed,
        Self::MeetingScheduled,
        Self::MeetingChanged,
        Self::AccessRequested,
        Self::AudienceChanged,
        Self::SharingDeclined,
        Self::EmergencyDisclosed,
        Self::Acknowledged,
        Self::ProtocolSigned,
        Self::ProtocolLeft,
        Self::SafetyPlanAgreed,
        Self::ContactNoted,
        Self::NeedsRecorded,
        Self::AdvocacyOffered,
        Self::ChangeClaimed,
        Self::StrengthNoted,
        Self::InformationRequested,
        Self::Stepped,
    ];

    /// The name in the envelope: never changed, never reused.
    pub const fn code(self) -> &'static str {
        match self {
            Self::IncidentReported => "incident.reported",
            Self::HazardAlertRaised => "hazard-alert.raised",
            Self::EscalationRaised => "escalation.raised",
            Self::IncidentCorrected => "incident.corrected",
            Self::HazardAlertCorrected => "hazard-alert.corrected",
            Self::EscalationCorrected => "escalation.corrected",
            Self::EnteredInError => "entered-in-error",
            Self::ContentErased => "content.erased",
            Self::KeyNamed => "key.named",
            Self::EpochOpened => "epoch.opened",
            Self::BoardEvent => "board.event",
            Self::InvolvementClaimed => "involvement.claimed",
            Self::InvolvementConfirmed => "involvement.confirmed",
            Self::InvolvementClosed => "involvement.closed",
            Self::MeetingScheduled => "meeting.scheduled",
            Self::MeetingChanged => "meeting.changed",
            Self::AccessRequested => "access.requested",
            Self::AudienceChanged => "audience.changed",
            Self::SharingDeclined => "sharing.declined",
            Self::EmergencyDisclosed => "emergency.disclosed",
            Self::Acknowledged => "acknowledged",
            Self::ProtocolSigned => "protocol.signed",
            Self::ProtocolLeft => "protocol.left",
            Self::SafetyPlanAgreed => "safety-plan.agreed",
            Self::ContactNoted => "contact.noted",
            Self::NeedsRecorded => "engagement-needs.recorded",
            Self::AdvocacyOffered => "advocacy.offered",
            Self::ChangeClaimed => "change.claimed",
            Self::StrengthNoted => "strength.noted",
            Self::InformationRequested => "information.requested",
            Self::Stepped => "step.taken",
        }
    }

    /// The kind of this name; `None` means quarantine (P9).
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|k| k.code() == code)
    }

    /// What a reader's item of this kind is about; `None` for kinds that make no item.
    pub const fn matter(self) -> Option<Matter> {
        match self {
            Self::IncidentReported | Self::IncidentCorrected => Some(Matter::Incident),
            Self::HazardAlertRaised | Self::HazardAlertCorrected => Some(Matter::HazardAlert),
            Self::EscalationRaised | Self::EscalationCorrected => Some(Matter::Escalation),
            Self::EnteredInError => Some(Matter::Correction),
            Self::InvolvementClaimed => Some(Matter::Involvement),
            Self::MeetingScheduled | Self::MeetingChanged => Some(Matter::Meeting),
            Self::AccessRequested => Some(Matter::AccessRequest),
            Self::AudienceChanged | Self::SharingDeclined => Some(Matter::SharingDecision),
            Self::EmergencyDisclosed => Some(Matter::EmergencyDisclosure),
            Self::SafetyPlanAgreed => Some(Matter::SafetyPlan),
            Self::ContactNoted => Some(Matter::Contact),
            Self::NeedsRecorded => Some(Matter::EngagementNeeds),
            Self::AdvocacyOffered => Some(Matter::Advocacy),
            Self::ChangeClaimed => Some(Matter::ChangeClaimed),
            Self::StrengthNoted => Some(Matter::Strength),
            Self::InformationRequested => Some(Matter::InformationRequest),
            Self::Stepped => Some(Matter::Step),
            Self::ContentErased
            | Self::KeyNamed
            | Self::EpochOpened
            | Self::BoardEvent
            | Self::InvolvementConfirmed
            | Self::InvolvementClosed
            | Self::Acknowledged
            | Self::ProtocolSigned
            | Self::ProtocolLeft => None,
        }
    }
}

/// What an item is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Matter {
    /// An incident.
    Incident,
    /// A hazard alert.
    HazardAlert,
    /// An escalation.
    Escalation,
    /// The withdrawal of something entered in error.
    Correction,
    /// A claim of involvement.
    Involvement,
    /// A meeting.
    Meeting,
    /// A request for access.
    AccessRequest,
    /// An originator's decision about who sees its event.
    SharingDecision,
    /// An emergency disclosure.
    EmergencyDisclosure,
    /// A safety plan.
    SafetyPlan,
    /// A contact.
    Contact,
    /// What a person needs to take part.
    EngagementNeeds,
    /// An offer of advocacy.
    Advocacy,
    /// A claimed change.
    ChangeClaimed,
    /// A strength.
    Strength,
    /// A request for information.
    InformationRequest,
    /// A step of a lifecycle.
    Step,
}

impl Matter {
    /// Every matter.
    pub const ALL: &'static [Self] = &[
        Self::Incident,
        Self::HazardAlert,
        Self::Escalation,
        Self::Correction,
        Self::Involvement,
        Self::Meeting,
        Self::AccessRequest,
        Self::SharingDecision,
        Self::EmergencyDisclosure,
        Self::SafetyPlan,
        Self::Contact,
        Self::EngagementNeeds,
        Self::Advocacy,
        Self::ChangeClaimed,
        Self::Strength,
        Self::InformationRequest,
        Self::Step,
    ];

    /// Stable name, used by readers and in protocol files.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Incident => "incident",
            Self::HazardAlert => "hazard_alert",
            Self::Escalation => "escalation",
            Self::Correction => "correction",
            Self::Involvement => "involvement",
            Self::Meeting => "meeting",
            Self::AccessRequest => "access_request",
            Self::SharingDecision => "sharing_decision",
            Self::EmergencyDisclosure => "emergency_disclosure",
            Self::SafetyPlan => "safety_plan",
            Self::Contact => "contact",
            Self::EngagementNeeds => "engagement_needs",
            Self::Advocacy => "advocacy",
            Self::ChangeClaimed => "change_claimed",
            Self::Strength => "strength",
            Self::InformationRequest => "information_request",
            Self::Step => "step",
        }
    }

    /// The matter of this name.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|m| m.code() == code)
    }

    /// What people read.
    pub const fn label(self, language: Language) -> &'static str {
        match (self, language) {
            (Self::Incident, Language::English) => "incident",
            (Self::Incident, Language::Welsh) => "digwyddiad",
            (Self::HazardAlert, Language::English) => "hazard alert",
            (Self::HazardAlert, Language::Welsh) => "rhybudd perygl",
            (Self::Escalation, Language::English) => "escalation",
            (Self::Escalation, Language::Welsh) => "uwchgyfeirio",
            (Self::Correction, Language::English) => "withdrawal",
            (Self::Correction, Language::Welsh) => "tynnu'n ôl",
            (Self::Involvement, Language::English) => "involvement",
            (Self::Involvement, Language::Welsh) => "ymwneud",
            (Self::Meeting, Language::English) => "meeting",
            (Self::Meeting, Language::Welsh) => "cyfarfod",
            (Self::AccessRequest, Language::English) => "request for access",
            (Self::AccessRequest, Language::Welsh) => "cais am fynediad",
            (Self::SharingDecision, Language::English) => "sharing decision",
            (Self::SharingDecision, Language::Welsh) => "penderfyniad rhannu",
            (Self::EmergencyDisclosure, Language::English) => "emergency disclosure",
            (Self::EmergencyDisclosure, Language::Welsh) => "datgeliad brys",
            (Self::SafetyPlan, Language::English) => "safety plan",
            (Self::SafetyPlan, Language::Welsh) => "cynllun diogelwch",
            (Self::Contact, Language::English) => "contact",
            (Self::Contact, Language::Welsh) => "cyswllt",
            (Self::EngagementNeeds, Language::English) => "engagement needs",
            (Self::EngagementNeeds, Language::Welsh) => "anghenion ymgysylltu",
            (Self::Advocacy, Language::English) => "advocacy",
            (Self::Advocacy, Language::Welsh) => "eiriolaeth",
            (Self::ChangeClaimed, Language::English) => "claimed change",
            (Self::ChangeClaimed, Language::Welsh) => "newid a honnwyd",
            (Self::Strength, Language::English) => "strength",
            (Self::Strength, Language::Welsh) => "cryfder",
            (Self::InformationRequest, Language::English) => "request for information",
            (Self::InformationRequest, Language::Welsh) => "cais am wybodaeth",
            (Self::Step, Language::English) => "step",
            (Self::Step, Language::Welsh) => "cam",
        }
    }

    /// Can turn out to have been entered in error. What was decided about sharing can't: it is decided anew.
    pub const fn can_be_withdrawn(self) -> bool {
        match self {
            Self::Incident
            | Self::HazardAlert
            | Self::Escalation
            | Self::Involvement
            | Self::Meeting
            | Self::AccessRequest
            | Self::SafetyPlan
            | Self::Contact
            | Self::EngagementNeeds
            | Self::Advocacy
            | Self::ChangeClaimed
            | Self::Strength
            | Self::InformationRequest
            | Self::Step => true,
            Self::Correction | Self::SharingDecision | Self::EmergencyDisclosure => false,
        }
    }
}

/// Sealed content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Content {
    /// An incident report.
    Incident(IncidentReport),
    /// A hazard alert.
    HazardAlert(HazardAlert),
    /// An escalation.
    Escalation(Escalation),
    /// A correction.
    Correction(Correction),
    /// A claim of involvement.
    Involvement(InvolvementClaim),
    /// A meeting; `true`: it changes an earlier one.
    Meeting(Meeting, bool),
    /// A request for access.
    AccessRequest(AccessRequest),
    /// A decision about sharing.
    SharingDecision(SharingDecision),
    /// An emergency disclosure.
    EmergencyDisclosure(EmergencyDisclosure),
    /// A safety plan.
    SafetyPlan(SafetyPlan),
    /// A contact.
    Contact(ContactNote),
    /// What a person needs to take part.
    EngagementNeeds(EngagementNeeds),
    /// An offer of advocacy.
    Advocacy(Advocacy),
    /// A claimed change.
    ChangeClaimed(ChangeClaimed),
    /// A strength.
    Strength(StrengthNoted),
    /// A request for information.
    InformationRequest(InformationRequest),
    /// A step of a lifecycle.
    Step(Step),
}

impl Content {
    /// The event kind that carries it.
    pub const fn kind(&self) -> Kind {
        match self {
            Self::Incident(_) => Kind::IncidentReported,
            Self::HazardAlert(_) => Kind::HazardAlertRaised,
            Self::Escalation(_) => Kind::EscalationRaised,
            Self::Correction(c) => match c.replacement {
                Some(Replacement::Incident(_)) => Kind::IncidentCorrected,
                Some(Replacement::HazardAlert(_)) => Kind::HazardAlertCorrected,
                Some(Replacement::Escalation(_)) => Kind::EscalationCorrected,
                None => Kind::EnteredInError,
            },
            Self::Involvement(_) => Kind::InvolvementClaimed,
            Self::Meeting(_, false) => Kind::MeetingScheduled,
            Self::Meeting(_, true) => Kind::MeetingChanged,
            Self::AccessRequest(_) => Kind::AccessRequested,
            Self::SharingDecision(SharingDecision { decided, .. }) => match decided {
                Decided::Changed => Kind::AudienceChanged,
                Decided::NotShared => Kind::SharingDeclined,
            },
            Self::EmergencyDisclosure(_) => Kind::EmergencyDisclosed,
            Self::SafetyPlan(_) => Kind::SafetyPlanAgreed,
            Self::Contact(_) => Kind::ContactNoted,
            Self::EngagementNeeds(_) => Kind::NeedsRecorded,
            Self::Advocacy(_) => Kind::AdvocacyOffered,
            Self::ChangeClaimed(_) => Kind::ChangeClaimed,
            Self::Strength(_) => Kind::StrengthNoted,
            Self::InformationRequest(_) => Kind::InformationRequested,
            Self::Step(_) => Kind::Stepped,
        }
    }

    /// People named, a correction's replacement's included.
    pub fn people(&self) -> &[Person] {
        match self {
            Self::Incident(r) => &r.people,
            Self::HazardAlert(a) => &a.people,
            Self::Escalation(e) => &e.people,
            Self::Correction(c) => match &c.replacement {
                Some(Replacement::Incident(r)) => &r.people,
                Some(Replacement::HazardAlert(a)) => &a.people,
                Some(Replacement::Escalation(e)) => &e.people,
                None => &[],
            },
            Self::Involvement(claim) => &claim.people,
            Self::Meeting(meeting, _) => &meeting.people,
            Self::SafetyPlan(plan) => &plan.people,
            Self::Contact(contact) => &contact.people,
            Self::EngagementNeeds(needs) => &needs.people,
            Self::Advocacy(advocacy) => &advocacy.people,
            Self::ChangeClaimed(claimed) => &claimed.people,
            Self::Strength(strength) => &strength.people,
            Self::InformationRequest(request) => &request.people,
            Self::AccessRequest(_)
            | Self::SharingDecision(_)
            | Self::EmergencyDisclosure(_)
            | Self::Step(_) => &[],
        }
    }

    /// Places named.
    pub fn places(&self) -> &[Place] {
        match self {
            Self::Incident(r) => &r.places,
            Self::HazardAlert(a) => &a.places,
            Self::Meeting(meeting, _) => &meeting.places,
            Self::Escalation(_)
            | Self::Involvement(_)
            | Self::AccessRequest(_)
            | Self::SharingDecision(_)
            | Self::EmergencyDisclosure(_)
            | Self::SafetyPlan(_)
            | Self::Contact(_)
            | Self::EngagementNeeds(_)
            | Self::Advocacy(_)
            | Self::ChangeClaimed(_)
            | Self::Strength(_)
            | Self::InformationRequest(_)
            | Self::Step(_) => &[],
            Self::Correction(c) => match &c.replacement {
                Some(Replacement::Incident(r)) => &r.places,
                Some(Replacement::HazardAlert(a)) => &a.places,
                Some(Replacement::Escalation(_)) | None => &[],
            },
        }
    }

    /// The report that counts: an incident's own, or a correction's.
    pub const fn incident(&self) -> Option<&IncidentReport> {
        match self {
            Self::Incident(r)
            | Self::Correction(Correction {
                replacement: Some(Replacement::Incident(r)),
                ..
            }) => Some(r),
            Self::HazardAlert(_)
            | Self::Escalation(_)
            | Self::Correction(_)
            | Self::Involvement(_)
            | Self::Meeting(..)
            | Self::AccessRequest(_)
            | Self::SharingDecision(_)
            | Self::EmergencyDisclosure(_)
            | Self::SafetyPlan(_)
            | Self::Contact(_)
            | Self::EngagementNeeds(_)
            | Self::Advocacy(_)
            | Self::ChangeClaimed(_)
            | Self::Strength(_)
            | Self::InformationRequest(_)
            | Self::Step(_) => None,
        }
    }

    /// The alert that counts: an alert's own, or a correction's.
    pub const fn hazard_alert(&self) -> Option<&HazardAlert> {
        match self {
            Self::HazardAlert(a)
            | Self::Correction(Correction {
                replacement: Some(Replacement::HazardAlert(a)),
                ..
            }) => Some(a),
            Self::Incident(_)
            | Self::Escalation(_)
            | Self::Correction(_)
            | Self::Involvement(_)
            | Self::Meeting(..)
            | Self::AccessRequest(_)
            | Self::SharingDecision(_)
            | Self::EmergencyDisclosure(_)
            | Self::SafetyPlan(_)
            | Self::Contact(_)
            | Self::EngagementNeeds(_)
            | Self::Advocacy(_)
            | Self::ChangeClaimed(_)
            | Self::Strength(_)
            | Self::InformationRequest(_)
            | Self::Step(_) => None,
        }
    }

    /// The escalation that counts: an escalation's own, or a correction's.
    pub const fn escalation(&self) -> Option<&Escalation> {
        match self {
            Self::Escalation(e)
            | Self::Correction(Correction {
                replacement: Some(Replacement::Escalation(e)),
                ..
            }) => Some(e),
            Self::Incident(_)
            | Self::HazardAlert(_)
            | Self::Correction(_)
            | Self::Involvement(_)
            | Self::Meeting(..)
            | Self::AccessRequest(_)
            | Self::SharingDecision(_)
            | Self::EmergencyDisclosure(_)
            | Self::SafetyPlan(_)
            | Self::Contact(_)
            | Self::EngagementNeeds(_)
            | Self::Advocacy(_)
            | Self::ChangeClaimed(_)
            | Self::Strength(_)
            | Self::InformationRequest(_)
            | Self::Step(_) => None,
        }
    }
}

/// Content in clear, of the kinds that concern no person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Open {
    /// The Board's.
    Board(BoardEvent),
    /// The agency's next signing key.
    KeyNamed([u8; 32]),
    /// Why content was erased.
    ContentErased(String),
    /// Where the epoch before ended.
    EpochOpened {
        /// Its number.
        previous_epoch: u32,
        /// Its last event.
        previous_seq: u64,
        /// That event's hash.
        previous_hash: [u8; 32],
    },
    /// The agency signed a version of a protocol.
    ProtocolSigned(Signature),
    /// The agency left a protocol: its id.
    ProtocolLeft(String),
    /// A claim was confirmed: the reference says which.
    InvolvementConfirmed,
    /// An involvement, or a confirmation of it, ended: the reference says which.
    InvolvementClosed,
    /// A reader's system took what it was told: the reference says of which event.
    Acknowledged,
}

impl Open {
    /// The event kind that carries it.
    pub const fn kind(&self) -> Kind {
        match self {
            Self::Board(_) => Kind::BoardEvent,
            Self::KeyNamed(_) => Kind::KeyNamed,
            Self::ContentErased(_) => Kind::ContentErased,
            Self::EpochOpened { .. } => Kind::EpochOpened,
            Self::ProtocolSigned(_) => Kind::ProtocolSigned,
            Self::ProtocolLeft(_) => Kind::ProtocolLeft,
            Self::InvolvementConfirmed => Kind::InvolvementConfirmed,
            Self::InvolvementClosed => Kind::InvolvementClosed,
            Self::Acknowledged => Kind::Acknowledged,
        }
    }
}

/// A signature under a version of a protocol.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    /// The protocol's id.
    pub protocol: String,
    /// Its version.
    pub version: u32,
    /// SHA-256 over its file, as the Board adopted it.
    pub digest: [u8; 32],
}

/// What a reference is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum ReferenceRole {
    /// An alert rests on an incident.
    RestsOn,
    /// An alert replaces an alert.
    Supersedes,
    /// A correction corrects.
    Corrects,
    /// An escalation is about.
    Concerns,
    /// An erasure erases.
    Erases,
    /// A confirmation or closing is about a claim of involvement.
    Claim,
    /// A change of audience, an emergency disclosure or a decision not to share is about.
    Shares,
    /// A request for access asks for.
    Requests,
    /// A decision about sharing answers a request.
    Answers,
    /// A reader's system took what it was told of.
    Acknowledges,
    /// A meeting changes an earlier one.
    Changes,
    /// A step is taken on.
    StepOf,
}

/// A reference to an earlier event, with the hash that the originator saw.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventReference {
    /// Which.
    pub event_id: EventId,
    /// The hash seen, if the originator had it.
    pub hash: Option<[u8; 32]>,
    /// What for.
    pub role: ReferenceRole,
}
