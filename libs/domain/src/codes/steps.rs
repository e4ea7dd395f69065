//! Steps of the lifecycles, and what they and the records beside them say in codes.

use super::code_list;
use crate::content::Matter;

code_list! {
    /// What a step does to what it is a step of. In clear, so that its effect never rests on what is sealed.
    Deed {
        Approved = 1, "approved", "approved", "cymeradwywyd";
        Refused = 2, "refused", "refused", "gwrthodwyd";
        Renewed = 3, "renewed", "reviewed and renewed", "adolygwyd ac adnewyddwyd";
        Ended = 4, "ended", "ended", "daeth i ben";
        OccupantsChanged = 5, "occupants-changed", "ended: the occupants have changed", "daeth i ben: mae'r deiliaid wedi newid";
        PersonTold = 6, "person-told", "the person was told", "dywedwyd wrth y person";
        Suspended = 7, "suspended", "suspended", "ataliwyd dros dro";
        AssessedNoAlert = 20, "assessed-no-alert", "assessed, no alert", "aseswyd, dim rhybudd";
        Corroborated = 21, "corroborated", "corroborated", "ategwyd";
        ReportedToPolice = 22, "reported-to-police", "reported to the police since", "adroddwyd i'r heddlu ers hynny";
        Responded = 40, "responded", "response", "ymateb";
        Dissented = 41, "dissented", "dissent recorded", "cofnodwyd anghytundeb";
        MovedOn = 42, "moved-on", "moved to another stage", "symudwyd i gam arall";
        InterimSet = 43, "interim-set", "interim protective position", "trefniant diogelu dros dro";
        ProtectBySet = 44, "protect-by-set", "time to protect by", "amser i ddiogelu erbyn";
        Resolved = 45, "resolved", "resolved", "datryswyd";
        Withdrawn = 46, "withdrawn", "withdrawn by who raised it", "tynnwyd yn ôl gan y sawl a'i cododd";
        Determined = 47, "determined", "determined by the Board", "penderfynwyd gan y Bwrdd";
        PanelConvened = 48, "panel-convened", "panel convened", "galwyd panel";
        Diverted = 49, "diverted", "diverted to where it belongs", "cyfeiriwyd i'r lle priodol";
        MeasureDone = 70, "measure-done", "measure done", "cyflawnwyd y mesur";
        MeasureNotDone = 71, "measure-not-done", "measure not done", "ni chyflawnwyd y mesur";
        PlanReviewed = 72, "plan-reviewed", "plan reviewed", "adolygwyd y cynllun";
        PlanEnded = 73, "plan-ended", "plan ended", "daeth y cynllun i ben";
        FamilyTold = 74, "family-told", "the family was told", "dywedwyd wrth y teulu";
        ChangeConfirmed = 90, "change-confirmed", "change confirmed", "cadarnhawyd y newid";
        NotSustained = 91, "not-sustained", "change not sustained", "ni chynhaliwyd y newid";
        MeetingClosed = 100, "meeting-closed", "meeting closed", "caewyd y cyfarfod";
        ExclusionDecided = 101, "exclusion-decided", "exclusion considered", "ystyriwyd eithrio";
        Objected = 110, "objected", "the person objects", "mae'r person yn gwrthwynebu";
        RestrictionAsked = 111, "restriction-asked", "the person asks for restriction", "mae'r person yn gofyn am gyfyngiad";
        Stated = 112, "stated", "statement of the person", "datganiad y person";
        ObjectionUpheld = 113, "objection-upheld", "objection upheld", "cadarnhawyd y gwrthwynebiad";
        ObjectionNotUpheld = 114, "objection-not-upheld", "objection not upheld", "ni chadarnhawyd y gwrthwynebiad";
        InformationGiven = 120, "information-given", "information given", "rhoddwyd gwybodaeth";
        NothingHeld = 121, "nothing-held", "nothing held", "nid oes ganddi wybodaeth";
        InformationDeclined = 122, "information-declined", "not given, with the reason", "ni roddwyd gwybodaeth, gyda rheswm";
    }
}

code_list! {
    /// Under which power information is asked for.
    RequestPower {
        Agreement = 1, "agreement", "under an information sharing protocol", "o dan brotocol rhannu gwybodaeth";
        BoardFunctions = 2, "board-functions", "the Safeguarding Board's power, section 137 of the 2014 Act", "pŵer y Bwrdd Diogelu, adran 137 o Ddeddf 2014";
    }
}

/// What a step belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lifecycle {
    /// A hazard alert's.
    Alert,
    /// An incident report's.
    Incident,
    /// An escalation's.
    Escalation,
    /// A safety plan's.
    Plan,
    /// A claimed change's.
    Change,
    /// A meeting's.
    Meeting,
    /// A request for information's.
    Information,
    /// What the person says about any item (PRACTICE, section 10).
    Statement,
}

impl Lifecycle {
    /// What its steps are taken on; none: on anything.
    pub const fn on(self) -> Option<Matter> {
        match self {
            Self::Alert => Some(Matter::HazardAlert),
            Self::Incident => Some(Matter::Incident),
            Self::Escalation => Some(Matter::Escalation),
            Self::Plan => Some(Matter::SafetyPlan),
            Self::Change => Some(Matter::ChangeClaimed),
            Self::Meeting => Some(Matter::Meeting),
            Self::Information => Some(Matter::InformationRequest),
            Self::Statement => None,
        }
    }
}

impl Deed {
    /// The lifecycle that it is a step of.
    pub const fn lifecycle(self) -> Lifecycle {
        match self {
            Self::Approved
            | Self::Refused
            | Self::Renewed
            | Self::Ended
            | Self::OccupantsChanged
            | Self::PersonTold
            | Self::Suspended => Lifecycle::Alert,
            Self::AssessedNoAlert | Self::Corroborated | Self::ReportedToPolice => {
                Lifecycle::Incident
            }
            Self::Responded
            | Self::Dissented
            | Self::MovedOn
            | Self::InterimSet
            | Self::ProtectBySet
            | Self::Resolved
            | Self::Withdrawn
            | Self::Determined
            | Self::PanelConvened
            | Self::Diverted => Lifecycle::Escalation,
            Self::MeasureDone
            | Self::MeasureNotDone
            | Self::PlanReviewed
            | Self::PlanEnded
            | Self::FamilyTold => Lifecycle::Plan,
            Self::ChangeConfirmed | Self::NotSustained => Lifecycle::Change,
            Self::MeetingClosed | Self::ExclusionDecided => Lifecycle::Meeting,
            Self::InformationGiven | Self::NothingHeld | Self::InformationDeclined => {
                Lifecycle::Information
            }
            Self::Objected
            | Self::RestrictionAsked
            | Self::Stated
            | Self::ObjectionUpheld
            | Self::ObjectionNotUpheld => Lifecycle::Statement,
        }
    }
}

code_list! {
    /// How an escalation ended (PRACTICE, section 3).
    EscalationOutcome {
        Agreed = 1, "agreed", "agreed", "cytunwyd";
        DecisionChanged = 2, "decision-changed", "decision changed", "newidiwyd y penderfyniad";
        DecisionStands = 3, "decision-stands", "decision stands", "mae'r penderfyniad yn sefyll";
        Withdrawn = 4, "withdrawn", "withdrawn", "tynnwyd yn ôl";
        EmergencyAction = 5, "emergency-action", "superseded by emergency action", "disodlwyd gan gamau brys";
        BoardDetermination = 6, "board-determination", "Board determination", "penderfyniad y Bwrdd";
        PolicyGap = 7, "policy-gap", "policy gap referred", "cyfeiriwyd bwlch mewn polisi";
    }
}

code_list! {
    /// How a contact went (guidance, section 2).
    ContactOutcome {
        Kept = 1, "kept", "kept", "cadwyd";
        Missed = 2, "missed", "missed by the family", "collwyd gan y teulu";
        Refused = 3, "refused", "refused", "gwrthodwyd";
        CutShort = 4, "cut-short", "cut short", "torrwyd yn fyr";
        NotMade = 5, "not-made", "not made by the agency", "nis gwnaed gan yr asiantaeth";
    }
}

code_list! {
    /// What a person was offered (guidance, section 4).
    Offer {
        FormalAdvocacy = 1, "formal-advocacy", "formal advocacy", "eiriolaeth ffurfiol";
        InformalAdvocacy = 2, "informal-advocacy", "informal advocacy", "eiriolaeth anffurfiol";
        ComplaintInformation = 3, "complaint-information", "how to complain", "sut i gwyno";
        Interpreter = 4, "interpreter", "interpreter", "cyfieithydd ar y pryd";
    }
}

code_list! {
    /// What the person said to an offer.
    OfferResponse {
        Offered = 1, "offered", "offered, no answer yet", "cynigiwyd, dim ateb eto";
        Accepted = 2, "accepted", "accepted", "derbyniwyd";
        Declined = 3, "declined", "declined", "gwrthodwyd";
    }
}

code_list! {
    /// On what ground excluding a person from a meeting is considered (PRACTICE, section 5).
    ExclusionGround {
        Welfare = 1, "welfare", "the welfare of the child or adult at risk", "lles y plentyn neu'r oedolyn sy'n wynebu risg";
        ViolenceOrThreats = 2, "violence-or-threats", "violence or threats", "trais neu fygythiadau";
        PersonAsks = 3, "person-asks", "the child or adult at risk asks for it", "mae'r plentyn neu'r oedolyn sy'n wynebu risg yn gofyn amdano";
        KeepsOthersFromContributing = 4, "keeps-others-from-contributing", "keeps others from contributing", "yn atal eraill rhag cyfrannu";
        ConfidentialMaterial = 5, "confidential-material", "confidential material", "deunydd cyfrinachol";
        FamilyConflict = 6, "family-conflict", "conflict in the family", "gwrthdaro yn y teulu";
    }
}

code_list! {
    /// For how long a person is excluded from a meeting.
    ExclusionExtent {
        NotExcluded = 1, "not-excluded", "considered, not excluded", "ystyriwyd, heb eithrio";
        Part = 2, "part", "for a part", "am ran";
        Whole = 3, "whole", "for the whole", "am y cyfan";
    }
}

code_list! {
    /// What follows where a plan can't be made effective (guidance, section 7).
    CloseAction {
        Crisp = 1, "crisp", "CRISP", "CRISP";
        LegalAdvice = 2, "legal-advice", "legal advice", "cyngor cyfreithiol";
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_lifecycle_has_a_step_and_each_step_one_lifecycle() {
        for lifecycle in [
            Lifecycle::Alert,
            Lifecycle::Incident,
            Lifecycle::Escalation,
            Lifecycle::Plan,
            Lifecycle::Change,
            Lifecycle::Meeting,
            Lifecycle::Information,
            Lifecycle::Statement,
        ] {
            assert!(Deed::ALL.iter().any(|deed| deed.lifecycle() == lifecycle));
        }
    }
}
