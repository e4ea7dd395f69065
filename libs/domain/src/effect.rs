//! Whether an event takes effect: a pure decision from its kind and what its references resolve to. Uses only what stands in
//! clear, so that a rebuild after an erasure decides as the first fold did (P4).

use serde::{Deserialize, Serialize};

use crate::{
    content::{EventReference, Kind, Matter, ReferenceRole},
    ids::AgencyId,
};

/// What the fold makes of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Effect {
    /// It counts.
    Effective,
    /// It counts for nothing; its originator is told why.
    WithoutEffect(Reason),
    /// It waits for an event that it refers to.
    Parked,
}

/// Why an event is without effect. A closed list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Reason {
    /// Only the originator corrects, supersedes and erases its events.
    NotTheOriginator,
    /// The referenced event is of a kind that this one can't refer to, or this one is of a kind that can't refer so.
    WrongKind,
    /// The referenced event isn't the one that the originator saw.
    HashDiffers,
    /// The referenced event was already corrected, superseded or entered in error.
    NoLongerCurrent,
    /// The referenced event itself is without effect.
    TargetWithoutEffect,
    /// The referenced event's content was erased.
    TargetErased,
    /// An alert has to rest on an incident.
    NothingToRestOn,
    /// Only the Board's own chain carries Board events.
    NotTheBoard,
    /// The Board event names an agency that isn't registered.
    UnknownAgency,
    /// The adopted protocol can't be read.
    UnreadableProtocol,
    /// The adopted policy can't be read.
    UnreadablePolicy,
    /// The registry is full.
    RegistryFull,
    /// An agency keeps the sector that it was registered with: another sector is another agency.
    SectorStays,
    /// The Board can't suspend itself: nobody could end it.
    TheBoardItself,
    /// Nobody confirms its own claim of involvement.
    OwnClaim,
    /// An agency's own event is asked for by nobody of its own.
    OwnEvent,
    /// The protocol's version isn't adopted, has ended, or another text was signed.
    NoSuchProtocol,
    /// A version of a protocol follows the one before it.
    NotANewVersion,
    /// A draft isn't adopted.
    OnlyADraft,
    /// The agency is no party to the protocol.
    NotAParty,
    /// The agency has signed and left this version of the protocol too often: the Board adopts another.
    SignedTooOften,
    /// A meeting is chaired or attended by an agency that the Board doesn't know.
    UnknownAttendee,
    /// It shares an event that was kept to its originator without saying why it would be shared: a correction can say so.
    NothingToShareFor,
    /// A claim of involvement of which neither a lead nor anybody else could be told, under its purpose and basis, opens nothing.
    NobodyToTell,
    /// What is said of an escalation goes to its parties alone.
    BeyondItsParties,
    /// Who sees this event, or attends this meeting, was changed too often: a correction is an event of its own, and so is another meeting.
    ChangedTooOften,
    /// An alert is decided once: renew it, end it, or supersede it.
    AlreadyDecided,
    /// What the step is taken on is over: what comes later is an event of its own.
    LifecycleOver,
    /// An escalation isn't at the stage that the step needs, or moves to.
    NotAtThisStage,
    /// A member of the panel is a party to the escalation.
    PanelConflict,
    /// A step taken on another agency's event needs an audience of its own; one taken on the agency's own, or on an escalation, has none.
    AudienceOfAStep,
    /// Its content key was lost for good with the originator's disk: nobody will ever read what it says.
    ContentLost,
}

impl Reason {
    /// Stable code, given to the originator.
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotTheOriginator => "NOT_THE_ORIGINATOR",
            Self::WrongKind => "REFERENCE_OF_WRONG_KIND",
            Self::HashDiffers => "REFERENCE_HASH_DIFFERS",
            Self::NoLongerCurrent => "NO_LONGER_CURRENT",
            Self::TargetWithoutEffect => "TARGET_WITHOUT_EFFECT",
            Self::TargetErased => "TARGET_ERASED",
            Self::NothingToRestOn => "NOTHING_TO_REST_ON",
            Self::NotTheBoard => "NOT_THE_BOARD",
            Self::UnknownAgency => "UNKNOWN_AGENCY",
            Self::UnreadableProtocol => "UNREADABLE_PROTOCOL",
            Self::UnreadablePolicy => "UNREADABLE_POLICY",
            Self::RegistryFull => "REGISTRY_FULL",
            Self::SectorStays => "SECTOR_STAYS",
            Self::TheBoardItself => "THE_BOARD_ITSELF",
            Self::OwnClaim => "OWN_CLAIM",
            Self::OwnEvent => "OWN_EVENT",
            Self::NoSuchProtocol => "NO_SUCH_PROTOCOL",
            Self::NotANewVersion => "NOT_A_NEW_VERSION",
            Self::OnlyADraft => "ONLY_A_DRAFT",
            Self::NotAParty => "NOT_A_PARTY",
            Self::SignedTooOften => "SIGNED_TOO_OFTEN",
            Self::UnknownAttendee => "UNKNOWN_ATTENDEE",
            Self::NothingToShareFor => "NOTHING_TO_SHARE_FOR",
            Self::NobodyToTell => "NOBODY_TO_TELL",
            Self::BeyondItsParties => "BEYOND_ITS_PARTIES",
            Self::ChangedTooOften => "CHANGED_TOO_OFTEN",
            Self::AlreadyDecided => "ALREADY_DECIDED",
            Self::LifecycleOver => "LIFECYCLE_OVER",
            Self::NotAtThisStage => "NOT_AT_THIS_STAGE",
            Self::PanelConflict => "PANEL_CONFLICT",
            Self::AudienceOfAStep => "AUDIENCE_OF_A_STEP",
            Self::ContentLost => "CONTENT_LOST",
        }
    }
}

/// What a referenced event turned out to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// Its originator.
    pub agency: AgencyId,
    /// Its kind.
    pub kind: Kind,
    /// Its hash.
    pub hash: [u8; 32],
    /// It stands as it was, neither corrected nor superseded.
    pub current: bool,
    /// Its originator said that it was entered in error.
    pub withdrawn: bool,
    /// Its content was erased.
    pub erased: bool,
    /// What became of it.
    pub effect: Effect,
}

/// A reference and what it resolves to at this position.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resolved {
    /// What the reference is for.
    pub role: ReferenceRole,
    /// The hash that the originator saw.
    pub hash_seen: Option<[u8; 32]>,
    /// None: not admitted yet.
    pub target: Option<Target>,
}

/// What a reference of an event of this kind may be for. A role out of its place would do what the kind doesn't say: an erasure
/// inside an incident report, a correction inside an escalation.
pub const fn may_say(kind: Kind, role: ReferenceRole) -> bool {
    match role {
        ReferenceRole::RestsOn | ReferenceRole::Supersedes => {
            matches!(kind, Kind::HazardAlertRaised | Kind::HazardAlertCorrected)
        }
        ReferenceRole::Concerns => {
            matches!(kind, Kind::EscalationRaised | Kind::EscalationCorrected)
        }
        ReferenceRole::Corrects => is_correction(kind),
        ReferenceRole::Erases => matches!(kind, Kind::ContentErased),
        ReferenceRole::Claim => {
            matches!(kind, Kind::InvolvementConfirmed | Kind::InvolvementClosed)
        }
        ReferenceRole::Shares => matches!(
            kind,
            Kind::AudienceChanged | Kind::EmergencyDisclosed | Kind::SharingDeclined
        ),
        ReferenceRole::Requests => matches!(kind, Kind::AccessRequested),
        ReferenceRole::Answers => matches!(kind, Kind::AudienceChanged | Kind::SharingDeclined),
        ReferenceRole::Acknowledges => matches!(kind, Kind::Acknowledged),
        ReferenceRole::Changes => matches!(kind, Kind::MeetingChanged),
        ReferenceRole::StepOf => matches!(kind, Kind::Stepped),
    }
}

/// The role of the one event that an event of this kind can't be without.
const fn indispensable(kind: Kind) -> Option<ReferenceRole> {
    match kind {
        Kind::IncidentCorrected
        | Kind::HazardAlertCorrected
        | Kind::EscalationCorrected
        | Kind::EnteredInError => Some(ReferenceRole::Corrects),
        Kind::ContentErased => Some(ReferenceRole::Erases),
        Kind::InvolvementConfirmed | Kind::InvolvementClosed => Some(ReferenceRole::Claim),
        Kind::AudienceChanged | Kind::EmergencyDisclosed => Some(ReferenceRole::Shares),
        Kind::AccessRequested => Some(ReferenceRole::Requests),
        Kind::Acknowledged => Some(ReferenceRole::Acknowledges),
        Kind::MeetingChanged => Some(ReferenceRole::Changes),
        Kind::Stepped => Some(ReferenceRole::StepOf),
        Kind::IncidentReported
        | Kind::HazardAlertRaised
        | Kind::EscalationRaised
        | Kind::KeyNamed
        | Kind::EpochOpened
        | Kind::BoardEvent
        | Kind::InvolvementClaimed
        | Kind::MeetingScheduled
        | Kind::SharingDeclined
        | Kind::ProtocolSigned
        | Kind::ProtocolLeft
        | Kind::SafetyPlanAgreed
        | Kind::ContactNoted
        | Kind::NeedsRecorded
        | Kind::AdvocacyOffered
        | Kind::ChangeClaimed
        | Kind::StrengthNoted
        | Kind::InformationRequested => None,
    }
}

const fn is_correction(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::IncidentCorrected
            | Kind::HazardAlertCorrected
            | Kind::EscalationCorrected
            | Kind::EnteredInError
    )
}

/// Each reference is one that the kind may make; what a kind can't be without is named once, no more and no less.
fn is_well_formed(kind: Kind, mut roles: impl Iterator<Item = ReferenceRole> + Clone) -> bool {
    let named = |role| roles.clone().filter(|r| *r == role).count();
    let whole = indispensable(kind).is_none_or(|role| named(role) == 1);
    let once = [ReferenceRole::Shares, ReferenceRole::Answers];
    let single = once.into_iter().all(|role| named(role) <= 1);
    whole && single && roles.all(|role| may_say(kind, role))
}

/// The reference whose event's content key an event of this kind destroys: what [`judge`] could find effective, or park. Keys go
/// exactly where the fold takes the content away.
pub fn erasure(kind: Kind, references: &[EventReference]) -> Option<&EventReference> {
    let formed = is_well_formed(kind, references.iter().map(|r| r.role));
    references
        .iter()
        .find(|r| formed && r.role == ReferenceRole::Erases)
}

/// Decides whether an event of `agency` takes effect.
pub fn judge(agency: &AgencyId, kind: Kind, references: &[Resolved]) -> Effect {
    if !is_well_formed(kind, references.iter().map(|r| r.role)) {
        return Effect::WithoutEffect(Reason::WrongKind);
    }
    if references
        .iter()
        .any(|r| r.target.as_ref().is_none_or(|t| t.effect == Effect::Parked))
    {
        return Effect::Parked;
    }
    let rests = references.iter().any(|r| r.role == ReferenceRole::RestsOn);
    if kind == Kind::HazardAlertRaised && !rests {
        return Effect::WithoutEffect(Reason::NothingToRestOn);
    }
    if let Some(refusal) = references.iter().find_map(|r| refused(agency, kind, r)) {
        return Effect::WithoutEffect(refusal);
    }
    // What was entered in error bears nothing.
    let bears = |r: &Resolved| r.target.as_ref().is_some_and(|target| !target.withdrawn);
    let mut on = references
        .iter()
        .filter(|r| r.role == ReferenceRole::RestsOn);
    if kind == Kind::HazardAlertRaised && !on.any(bears) {
        return Effect::WithoutEffect(Reason::NothingToRestOn);
    }
    Effect::Effective
}

fn refused(agency: &AgencyId, kind: Kind, reference: &Resolved) -> Option<Reason> {
    let target = reference.target.as_ref()?;
    if reference.hash_seen.is_some_and(|seen| seen != target.hash) {
        return Some(Reason::HashDiffers);
    }
    if target.effect != Effect::Effective {
        return Some(Reason::TargetWithoutEffect);
    }
    let matter = target.kind.matter();
    match reference.role {
        ReferenceRole::RestsOn => (matter != Some(Matter::Incident)).then_some(Reason::WrongKind),
        ReferenceRole::Concerns | ReferenceRole::Acknowledges => {
            matter.is_none().then_some(Reason::WrongKind)
        }
        ReferenceRole::Supersedes => own(agency, target)
            .or_else(|| (matter != Some(Matter::HazardAlert)).then_some(Reason::WrongKind))
            .or_else(|| standing(target)),
        ReferenceRole::Corrects => own(agency, target)
            .or_else(|| (!corrects(kind, matter)).then_some(Reason::WrongKind))
            .or_else(|| standing(target)),
        ReferenceRole::Erases => own(agency, target)
            .or_else(|| matter.is_none().then_some(Reason::WrongKind))
            .or_else(|| target.erased.then_some(Reason::TargetErased)),
        ReferenceRole::Claim => claim(agency, kind, target),
        ReferenceRole::Shares => own(agency, target)
            .or_else(|| matter.is_none().then_some(Reason::WrongKind))
            .or_else(|| target.erased.then_some(Reason::TargetErased)),
        ReferenceRole::Requests => (*agency == target.agency)
            .then_some(Reason::OwnEvent)
            .or_else(|| matter.is_none().then_some(Reason::WrongKind)),
        ReferenceRole::Answers => (matter != Some(Matter::AccessRequest))
            .then_some(Reason::WrongKind)
            .or_else(|| standing(target)),
        // Who may take which step is the lifecycle's to say; a step is taken on no step, and on nothing that is gone.
        ReferenceRole::StepOf => (matter.is_none_or(|of| of == Matter::Step))
            .then_some(Reason::WrongKind)
            .or_else(|| standing(target)),
        ReferenceRole::Changes => own(agency, target)
            .or_else(|| (matter != Some(Matter::Meeting)).then_some(Reason::WrongKind))
            .or_else(|| standing(target)),
    }
}

fn claim(agency: &AgencyId, kind: Kind, target: &Target) -> Option<Reason> {
    if target.kind != Kind::InvolvementClaimed {
        return Some(Reason::WrongKind);
    }
    let own = kind == Kind::InvolvementConfirmed && *agency == target.agency;
    own.then_some(Reason::OwnClaim).or_else(|| standing(target))
}

fn own(agency: &AgencyId, target: &Target) -> Option<Reason> {
    (*agency != target.agency).then_some(Reason::NotTheOriginator)
}

fn standing(target: &Target) -> Option<Reason> {
    if target.erased {
        Some(Reason::TargetErased)
    } else {
        (!target.current).then_some(Reason::NoLongerCurrent)
    }
}

/// A correction replaces like with like; what was entered in error can be anything but a withdrawal.
fn corrects(kind: Kind, target: Option<Matter>) -> bool {
    match kind {
        Kind::EnteredInError => target.is_some_and(Matter::can_be_withdrawn),
        other => other.matter() == target && target.is_some(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn agency(id: &str) -> AgencyId {
        AgencyId::new(id).unwrap()
    }

    fn resolved(role: ReferenceRole, of: &str, kind: Kind) -> Resolved {
        let target = Target {
            agency: agency(of),
            kind,
            hash: [1; 32],
            current: true,
            withdrawn: false,
            erased: false,
            effect: Effect::Effective,
        };
        Resolved {
            role,
            hash_seen: None,
            target: Some(target),
        }
    }

    #[test]
    fn an_alert_never_rests_on_withdrawn_incidents_alone() {
        let housing = agency("housing");
        let on = |withdrawn: bool| {
            let role = ReferenceRole::RestsOn;
            let mut resolved = resolved(role, "police", Kind::IncidentReported);
            let target = resolved.target.as_mut().unwrap();
            (target.withdrawn, target.current) = (withdrawn, !withdrawn);
            resolved
        };
        let judged = |on: &[Resolved]| judge(&housing, Kind::HazardAlertRaised, on);
        let nothing = Effect::WithoutEffect(Reason::NothingToRestOn);
        assert_eq!(judged(&[on(true)]), nothing);
        assert_eq!(judged(&[on(true), on(true)]), nothing);
        assert_eq!(judged(&[on(true), on(false)]), Effect::Effective);
    }

    #[test]
    fn an_alert_rests_on_an_incident() {
        let housing = agency("housing");
        let on = |kind| [resolved(ReferenceRole::RestsOn, "police", kind)];
        let judged = |refs: &[Resolved]| judge(&housing, Kind::HazardAlertRaised, refs);
        assert_eq!(judged(&on(Kind::IncidentReported)), Effect::Effective);
        assert_eq!(
            judged(&on(Kind::HazardAlertRaised)),
            Effect::WithoutEffect(Reason::WrongKind)
        );
        assert_eq!(judged(&[]), Effect::WithoutEffect(Reason::NothingToRestOn));
    }

    #[test]
    fn a_reference_to_what_has_not_arrived_parks() {
        let reference = Resolved {
            role: ReferenceRole::RestsOn,
            hash_seen: None,
            target: None,
        };
        let effect = judge(&agency("housing"), Kind::HazardAlertRaised, &[reference]);
        assert_eq!(effect, Effect::Parked);
    }

    #[test]
    fn a_role_stands_only_where_the_kind_says_so() {
        let roles = [
            (ReferenceRole::RestsOn, Kind::HazardAlertRaised),
            (ReferenceRole::Supersedes, Kind::HazardAlertRaised),
            (ReferenceRole::Concerns, Kind::EscalationRaised),
            (ReferenceRole::Corrects, Kind::EnteredInError),
            (ReferenceRole::Erases, Kind::ContentErased),
        ];
        for (role, right) in roles {
            assert!(may_say(right, role), "{role:?}");
            let wrong = [Kind::IncidentReported, Kind::KeyNamed, Kind::EpochOpened];
            for kind in wrong {
                let refs = [resolved(role, "police", Kind::IncidentReported)];
                let judged = judge(&agency("police"), kind, &refs);
                assert_eq!(judged, Effect::WithoutEffect(Reason::WrongKind), "{kind:?}");
            }
        }
    }

    #[test]
    fn an_erasure_names_one_event_and_nothing_else_erases() {
        let one = EventReference {
            event_id: crate::ids::EventId([1; 16]),
            hash: None,
            role: ReferenceRole::Erases,
        };
        let rests = EventReference {
            role: ReferenceRole::RestsOn,
            ..one.clone()
        };
        let both = [one.clone(), one.clone()];
        assert_eq!(erasure(Kind::ContentErased, &both[..1]), Some(&one));
        assert_eq!(erasure(Kind::ContentErased, &both), None);
        assert_eq!(erasure(Kind::ContentErased, &[one.clone(), rests]), None);
        assert_eq!(erasure(Kind::IncidentReported, &both[..1]), None);
        let refs = [resolved(
            ReferenceRole::Erases,
            "police",
            Kind::IncidentReported,
        )];
        let judged = |refs: &[Resolved]| judge(&agency("police"), Kind::ContentErased, refs);
        assert_eq!(judged(&refs), Effect::Effective);
        let twice = [refs[0].clone(), refs[0].clone()];
        assert_eq!(judged(&twice), Effect::WithoutEffect(Reason::WrongKind));
        assert_eq!(judged(&[]), Effect::WithoutEffect(Reason::WrongKind));
    }

    #[test]
    fn only_the_originator_corrects() {
        let refs = [resolved(
            ReferenceRole::Corrects,
            "police",
            Kind::IncidentReported,
        )];
        let effect = judge(&agency("housing"), Kind::IncidentCorrected, &refs);
        assert_eq!(effect, Effect::WithoutEffect(Reason::NotTheOriginator));
    }

    #[test]
    fn a_correction_replaces_like_with_like() {
        let refs = [resolved(
            ReferenceRole::Corrects,
            "police",
            Kind::IncidentReported,
        )];
        let judged = |kind| judge(&agency("police"), kind, &refs);
        assert_eq!(judged(Kind::IncidentCorrected), Effect::Effective);
        assert_eq!(judged(Kind::EnteredInError), Effect::Effective);
        assert_eq!(
            judged(Kind::HazardAlertCorrected),
            Effect::WithoutEffect(Reason::WrongKind)
        );
    }

    #[test]
    fn a_reference_whose_hash_differs_counts_for_nothing() {
        let mut reference = resolved(ReferenceRole::RestsOn, "police", Kind::IncidentReported);
        reference.hash_seen = Some([2; 32]);
        let effect = judge(&agency("housing"), Kind::HazardAlertRaised, &[reference]);
        assert_eq!(effect, Effect::WithoutEffect(Reason::HashDiffers));
    }
}
