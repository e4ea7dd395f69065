//! Codes as people read them.

use diogel_contract::{Timestamp, read, v1};
use diogel_domain::{
    codes::{FamilyHandling, Language, Purpose},
    times::Day,
};
use diogel_identity::PersonRole;
use diogel_texts::{console::Phrase as P, dates};

/// A code to choose, in a form.
pub(crate) struct Choice {
    pub(crate) value: String,
    pub(crate) words: String,
    pub(crate) chosen: bool,
}

/// The choices of a code list.
macro_rules! choices {
    ($list:ident, $language:expr, $chosen:expr) => {
        diogel_domain::codes::$list::ALL
            .iter()
            .map(|code| {
                let value = code.number().to_string();
                $crate::pages::words::Choice {
                    chosen: $chosen(value.as_str()),
                    words: code.label($language).to_owned(),
                    value,
                }
            })
            .collect::<Vec<_>>()
    };
}
pub(crate) use choices;

/// The label of a code by its number on the wire; empty for none.
macro_rules! label {
    ($list:ident, $number:expr, $language:expr) => {
        diogel_domain::codes::$list::from_number($number).map_or("", |code| code.label($language))
    };
}
pub(crate) use label;

pub(crate) fn role(role: PersonRole) -> P {
    match role {
        PersonRole::Practitioner => P::ConsoleRolePractitioner,
        PersonRole::Approver => P::ConsoleRoleApprover,
        PersonRole::Chair => P::ConsoleRoleChair,
        PersonRole::Analyst => P::ConsoleRoleAnalyst,
        PersonRole::Governance => P::ConsoleRoleGovernance,
        PersonRole::Operator => P::ConsoleRoleOperator,
    }
}

/// What somebody is, in one line.
pub(crate) fn roles(all: &[PersonRole], language: Language) -> String {
    let words: Vec<&str> = all.iter().map(|one| role(*one).say(language)).collect();
    words.join(" · ")
}

pub(crate) fn moment(at: Option<&Timestamp>, language: Language) -> String {
    let moment = at.and_then(read::moment);
    moment.map_or_else(String::new, |moment| dates::moment(moment, language))
}

pub(crate) fn day(iso: &str, language: Language) -> String {
    Day::parse(iso).map_or_else(String::new, |day| dates::long(day, language))
}

/// What kind of thing an item is.
pub(crate) fn kind(kind: &str) -> P {
    match kind {
        "incident" => P::ConsoleKindIncident,
        "hazard_alert" => P::ConsoleKindAlert,
        "escalation" => P::ConsoleKindEscalation,
        "correction" => P::ConsoleKindCorrection,
        "involvement" => P::ConsoleKindInvolvement,
        "meeting" => P::ConsoleKindMeeting,
        "access_request" => P::ConsoleKindAccessRequest,
        "sharing_decision" => P::ConsoleKindSharingDecision,
        "emergency_disclosure" => P::ConsoleKindEmergency,
        "safety_plan" => P::ConsoleKindPlan,
        "contact" => P::ConsoleKindContact,
        "engagement_needs" => P::ConsoleKindNeeds,
        "advocacy" => P::ConsoleKindAdvocacy,
        "change_claimed" => P::ConsoleKindChange,
        "strength" => P::ConsoleKindStrength,
        "information_request" => P::ConsoleKindInformation,
        "step" => P::ConsoleKindStep,
        _ => P::ConsoleKindOther,
    }
}

pub(crate) fn alert_standing(standing: v1::AlertStanding) -> P {
    use v1::AlertStanding as S;
    match standing {
        S::InForce => P::ConsoleStandingInForce,
        S::ReportedNotAssessed => P::ConsoleStandingReported,
        S::Stale => P::ConsoleStandingStale,
        S::Undecided => P::ConsoleStandingUndecided,
        S::Suspended => P::ConsoleStandingSuspended,
        S::Lapsed => P::ConsoleStandingLapsed,
        S::Refused => P::ConsoleStandingRefused,
        S::Ended => P::ConsoleStandingEnded,
        S::Unspecified => P::ConsoleStandingUnknown,
    }
}

pub(crate) fn state(state: v1::ItemState) -> Option<P> {
    use v1::ItemState as S;
    match state {
        S::Unspecified | S::Current => None,
        S::Corrected => Some(P::ConsoleStateCorrected),
        S::EnteredInError => Some(P::ConsoleStateEnteredInError),
        S::Erased => Some(P::ConsoleStateErased),
        S::Superseded => Some(P::ConsoleStateSuperseded),
        S::Granted => Some(P::ConsoleStateGranted),
        S::Declined => Some(P::ConsoleStateDeclined),
        S::Confirmed => Some(P::ConsoleStateConfirmed),
        S::Closed => Some(P::ConsoleStateClosed),
    }
}

pub(crate) fn family(item: &v1::Item, language: Language) -> String {
    let handling = FamilyHandling::from_number(item.family);
    handling
        .unwrap_or(FamilyHandling::No)
        .label(language)
        .to_owned()
}

pub(crate) fn purpose(number: i32, language: Language) -> &'static str {
    Purpose::from_number(number).map_or("", |purpose| purpose.label(language))
}

/// A field group, as protocols name it.
pub(crate) fn group(number: i32, language: Language) -> &'static str {
    use diogel_texts::sharing::Phrase as S;
    let phrase = match v1::FieldGroup::try_from(number).unwrap_or_default() {
        v1::FieldGroup::Unspecified => return "",
        v1::FieldGroup::Existence => S::GroupExistence,
        v1::FieldGroup::Safety => S::GroupSafety,
        v1::FieldGroup::Identity => S::GroupIdentity,
        v1::FieldGroup::Narrative => S::GroupNarrative,
        v1::FieldGroup::Place => S::GroupPlace,
        v1::FieldGroup::Worker => S::GroupWorker,
        v1::FieldGroup::Reporter => S::GroupReporter,
        v1::FieldGroup::Voice => S::GroupVoice,
        v1::FieldGroup::Health => S::GroupHealth,
        v1::FieldGroup::Criminal => S::GroupCriminal,
        v1::FieldGroup::Plan => S::GroupPlan,
        v1::FieldGroup::Dispute => S::GroupDispute,
        v1::FieldGroup::Precautions => S::GroupPrecautions,
        v1::FieldGroup::Topic => S::GroupTopic,
    };
    phrase.say(language)
}
