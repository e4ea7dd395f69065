//! Which steps somebody may try on an item, and what each asks for. Whether one counts, the fold says.

use diogel_contract::v1;
use diogel_domain::codes::Deed;

/// What a deed asks for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Ask {
    Words,
    ReviewOn,
    Told,
    Senior,
    Outcome,
    Stage,
    Role,
    ProtectBy,
    Interim,
    Panel,
    Exclusion,
    Closing,
    Family,
    Since,
    Source,
    Measure,
    Police,
}

/// What each deed asks for.
pub(super) const fn asks(deed: Deed) -> &'static [Ask] {
    use Ask::{
        Closing, Exclusion, Family, Interim, Measure, Outcome, Panel, Police, ProtectBy, ReviewOn,
        Role, Senior, Since, Source, Stage, Told, Words,
    };
    match deed {
        Deed::Approved => &[ReviewOn, Told, Senior],
        Deed::Refused
        | Deed::Ended
        | Deed::OccupantsChanged
        | Deed::Suspended
        | Deed::AssessedNoAlert
        | Deed::PlanEnded
        | Deed::Objected
        | Deed::RestrictionAsked
        | Deed::Stated
        | Deed::ObjectionUpheld
        | Deed::ObjectionNotUpheld => &[Words],
        Deed::Renewed => &[Words, ReviewOn],
        Deed::PersonTold => &[Told],
        Deed::Corroborated => &[Source, Words],
        Deed::ReportedToPolice => &[Police],
        Deed::Responded
        | Deed::Dissented
        | Deed::Withdrawn
        | Deed::Diverted
        | Deed::InformationGiven
        | Deed::NothingHeld
        | Deed::InformationDeclined => &[Words, Role],
        Deed::MovedOn => &[Stage, Words, Role],
        Deed::InterimSet => &[Interim, Words, Role],
        Deed::ProtectBySet => &[ProtectBy, Words, Role],
        Deed::Resolved | Deed::Determined => &[Outcome, Words, Role],
        Deed::PanelConvened => &[Panel, Words],
        Deed::ExclusionDecided => &[Exclusion],
        Deed::MeetingClosed => &[Closing],
        Deed::MeasureDone | Deed::MeasureNotDone => &[Measure, Words],
        Deed::PlanReviewed => &[ReviewOn, Words],
        Deed::FamilyTold => &[Family],
        Deed::ChangeConfirmed => &[Source, Words, Since],
        Deed::NotSustained => &[Words, Since],
    }
}

/// What the person says of it: whoever hears it passes it on.
const SAID: [Deed; 3] = [Deed::Objected, Deed::RestrictionAsked, Deed::Stated];

/// Deeds that may be tried on an item, by its kind, whose it is, and how it stands.
pub(in crate::pages) fn open_to(
    item: &v1::Item,
    own: bool,
    agency: &str,
    is_board: bool,
) -> Vec<Deed> {
    use v1::item::{Content as C, Standing as S};
    if item.state() != v1::ItemState::Current {
        return Vec::new();
    }
    let mut deeds = match (&item.content, &item.standing) {
        (Some(C::HazardAlert(_)), Some(S::AlertNow(now))) if own => alert(now),
        (Some(C::Incident(_)), Some(S::AlertNow(_))) if own => {
            vec![Deed::AssessedNoAlert, Deed::ReportedToPolice]
        }
        (Some(C::Incident(_)), _) if own => vec![Deed::ReportedToPolice],
        (Some(C::Incident(_)), _) => vec![Deed::Corroborated],
        (Some(C::Escalation(escalation)), Some(S::EscalationNow(now))) => {
            let parties = escalation.dispute.as_ref().map(|dispute| &dispute.parties);
            let party = parties.is_some_and(|all| all.iter().any(|one| one == agency));
            escalation_deeds(now, own, party, is_board)
        }
        (Some(C::Meeting(meeting)), _) if meeting.chair == agency => {
            vec![Deed::ExclusionDecided, Deed::MeetingClosed]
        }
        (Some(C::SafetyPlan(_)), _) if own => vec![
            Deed::MeasureDone,
            Deed::MeasureNotDone,
            Deed::PlanReviewed,
            Deed::PlanEnded,
            Deed::FamilyTold,
        ],
        (Some(C::SafetyPlan(plan)), _) if plan.measures.iter().any(|m| m.owner == agency) => {
            vec![Deed::MeasureDone, Deed::MeasureNotDone]
        }
        (Some(C::ChangeClaimed(_)), _) => vec![Deed::ChangeConfirmed, Deed::NotSustained],
        (Some(C::InformationRequest(request)), _)
            if request.asked.iter().any(|one| one == agency) =>
        {
            vec![
                Deed::InformationGiven,
                Deed::NothingHeld,
                Deed::InformationDeclined,
            ]
        }
        _ => Vec::new(),
    };
    if may_be_spoken_of(item) {
        deeds.extend(SAID);
    }
    deeds
}

/// What is said of people, and done with them.
const fn may_be_spoken_of(item: &v1::Item) -> bool {
    use v1::item::Content as C;
    matches!(
        item.content,
        Some(
            C::Incident(_)
                | C::HazardAlert(_)
                | C::SafetyPlan(_)
                | C::Contact(_)
                | C::EngagementNeeds(_)
                | C::Advocacy(_)
                | C::ChangeClaimed(_)
                | C::Strength(_)
        )
    )
}

fn alert(now: &v1::AlertNow) -> Vec<Deed> {
    use v1::AlertStanding as S;
    let mut deeds = match now.standing() {
        S::ReportedNotAssessed | S::Undecided => vec![Deed::Approved, Deed::Refused],
        S::InForce | S::Stale | S::Suspended => vec![
            Deed::Renewed,
            Deed::Ended,
            Deed::OccupantsChanged,
            Deed::Suspended,
            Deed::PersonTold,
        ],
        S::Lapsed => vec![Deed::Renewed, Deed::Ended],
        S::Refused | S::Ended | S::Unspecified => Vec::new(),
    };
    if now.disputed_since.is_some() {
        deeds.extend([Deed::ObjectionUpheld, Deed::ObjectionNotUpheld]);
    }
    deeds
}

fn escalation_deeds(now: &v1::EscalationNow, own: bool, party: bool, is_board: bool) -> Vec<Deed> {
    let mut deeds = Vec::new();
    if !(party || is_board) {
        return deeds;
    }
    if now.ended_at.is_some() {
        return vec![Deed::Dissented];
    }
    deeds.extend([
        Deed::Responded,
        Deed::MovedOn,
        Deed::Dissented,
        Deed::InterimSet,
        Deed::ProtectBySet,
    ]);
    if own || is_board {
        deeds.push(Deed::Resolved);
    }
    if own {
        deeds.push(Deed::Withdrawn);
    }
    if is_board {
        deeds.extend([Deed::PanelConvened, Deed::Determined, Deed::Diverted]);
    }
    deeds
}
