//! Rooms with several in them: professionals present get the meet of what each may see; a member of the family gets the part of
//! that which may be told to that one. The meet of nobody is empty.

use diogel_domain::{codes::FamilyHandling, content::Matter};

use crate::{audience::Audience, groups::Groups};

/// What all who are present may see; of nobody, nothing.
pub fn professionals(present: impl IntoIterator<Item = Groups>) -> Groups {
    let all = present.into_iter().reduce(Groups::meet);
    all.unwrap_or(Groups::NONE)
}

/// What one named member of the family may be told of what the professionals present may see. `label`: theirs in the event, if it
/// names them. Only a yes is a yes: what the originator has to be asked about is not told yet.
pub fn family(
    professionals: Groups,
    matter: Matter,
    audience: &Audience,
    label: Option<&str>,
) -> Groups {
    let may = audience.family_handling(label) == FamilyHandling::Yes;
    if may && can_be_told(matter) {
        professionals.without(Groups::NEVER_FAMILY)
    } else {
        Groups::NONE
    }
}

/// The same for somebody whom the event may name without our knowing as whom: no more than each may be told of whom it says
/// something, and anybody else.
pub fn family_unknown(professionals: Groups, matter: Matter, audience: &Audience) -> Groups {
    let named = audience.family_attendees.iter();
    let labels = named.map(|(label, _)| Some(label.as_str())).chain([None]);
    let told = labels.map(|label| family(professionals, matter, audience, label));
    self::professionals(told)
}

/// Never for the family: disagreements between professionals, who may see what, and who is silent (PRACTICE, section 10).
const fn can_be_told(matter: Matter) -> bool {
    match matter {
        Matter::Incident
        | Matter::HazardAlert
        | Matter::Correction
        | Matter::Meeting
        | Matter::SafetyPlan
        | Matter::Contact
        | Matter::EngagementNeeds
        | Matter::Advocacy
        | Matter::ChangeClaimed
        | Matter::Strength
        | Matter::Step => true,
        Matter::Escalation
        | Matter::Involvement
        | Matter::AccessRequest
        | Matter::SharingDecision
        | Matter::EmergencyDisclosure
        | Matter::InformationRequest => false,
    }
}
