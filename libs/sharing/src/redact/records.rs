//! Redaction of plans, contacts, engagement needs, advocacy, changes, strengths and requests for information.

use diogel_domain::records::{
    Advocacy, Change, ChangeClaimed, ContactNote, EngagementNeeds, InformationRequest, Needs,
    SafetyPlan, StrengthNoted,
};

use super::{keep, or_empty, people_of, sources};
use crate::groups::{FieldGroup, Groups};

pub(super) fn plan(plan: SafetyPlan, groups: Groups) -> SafetyPlan {
    let SafetyPlan {
        people,
        worries,
        agreed,
    } = plan;
    SafetyPlan {
        people: people_of(people, groups),
        worries: or_empty(worries, groups, FieldGroup::Narrative),
        agreed: keep(agreed, groups, FieldGroup::Plan),
    }
}

pub(super) fn contact(note: ContactNote, groups: Groups) -> ContactNote {
    let ContactNote {
        people,
        contact,
        note,
    } = note;
    ContactNote {
        people: people_of(people, groups),
        contact: keep(contact, groups, FieldGroup::Plan),
        note: or_empty(note, groups, FieldGroup::Narrative),
    }
}

pub(super) fn needs(given: EngagementNeeds, groups: Groups) -> EngagementNeeds {
    let EngagementNeeds { people, needs } = given;
    EngagementNeeds {
        people: people_of(people, groups),
        needs: keep(needs, groups, FieldGroup::Plan).map(|needs| needs_of(needs, groups)),
    }
}

pub(super) fn advocacy(given: Advocacy, groups: Groups) -> Advocacy {
    let Advocacy { people, offer } = given;
    Advocacy {
        people: people_of(people, groups),
        offer: keep(offer, groups, FieldGroup::Plan),
    }
}

/// Where somebody is reached safely is where they may be found: a place.
fn needs_of(needs: Needs, groups: Groups) -> Needs {
    let safe_contact = or_empty(needs.safe_contact, groups, FieldGroup::Place);
    Needs {
        safe_contact,
        ..needs
    }
}

/// That the child or adult at risk confirms it tells that they spoke: it goes with their voice.
pub(super) fn change(claimed: ChangeClaimed, groups: Groups) -> ChangeClaimed {
    let ChangeClaimed { people, change } = claimed;
    let change = keep(change, groups, FieldGroup::Plan);
    ChangeClaimed {
        people: people_of(people, groups),
        change: change.map(|change| Change {
            confirmed_by: sources(change.confirmed_by, groups),
            ..change
        }),
    }
}

pub(super) fn information_request(
    request: InformationRequest,
    groups: Groups,
) -> InformationRequest {
    let InformationRequest { people, sought } = request;
    InformationRequest {
        people: people_of(people, groups),
        sought: keep(sought, groups, FieldGroup::Plan),
    }
}

pub(super) fn strength(noted: StrengthNoted, groups: Groups) -> StrengthNoted {
    let StrengthNoted { people, strength } = noted;
    StrengthNoted {
        people: people_of(people, groups),
        strength: keep(strength, groups, FieldGroup::Plan),
    }
}
