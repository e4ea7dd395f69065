//! Plans, contacts, engagement needs, advocacy, changes, strengths and requests for information to the wire.

use diogel_domain::{
    records::{
        Advocacy, AvoidDays, ChangeClaimed, ContactNote, EngagementNeeds, InformationRequest,
        PlanRole, SafetyPlan, StrengthNoted,
    },
    step::FamilyTold,
};

use super::content::{corroboration, day, measure, names, occurred, person};
use crate::v1;

/// A safety plan.
pub fn safety_plan(plan: &SafetyPlan) -> v1::SafetyPlan {
    let people = plan.people.iter().map(person).collect();
    let worries = plan.worries.clone();
    let Some(agreed) = &plan.agreed else {
        return v1::SafetyPlan {
            people,
            worries,
            ..v1::SafetyPlan::default()
        };
    };
    v1::SafetyPlan {
        people,
        worries,
        lead: agreed.lead.to_string(),
        aim: agreed.aim.clone(),
        measures: agreed.measures.iter().map(measure).collect(),
        roles: agreed.roles.iter().map(role).collect(),
        contingency: agreed.contingency.clone(),
        review_on: agreed.review_on.to_string(),
        told: agreed.told.iter().map(family_told).collect(),
    }
}

fn role(role: &PlanRole) -> v1::PlanRole {
    v1::PlanRole {
        agency: role.agency.to_string(),
        role: role.role.clone(),
        tasks: role.tasks.clone(),
    }
}

pub(super) fn family_told(told: &FamilyTold) -> v1::FamilyTold {
    v1::FamilyTold {
        person: told.person.clone(),
        what: told.what.clone(),
        how: told.how.clone(),
        by: told.by.clone(),
        told_on: day(told.on),
    }
}

/// A contact.
pub fn contact(note: &ContactNote) -> v1::ContactNote {
    let contact = note.contact.as_ref();
    v1::ContactNote {
        people: note.people.iter().map(person).collect(),
        occurred: contact.map(|c| occurred(c.occurred)),
        outcome: contact.map_or(0, |c| c.outcome.number()),
        at_home: contact.is_some_and(|c| c.at_home),
        seen: contact.map_or_else(Vec::new, |c| c.seen.clone()),
        seen_alone: contact.map_or_else(Vec::new, |c| c.seen_alone.clone()),
        note: note.note.clone(),
    }
}

/// What a person needs to take part.
pub fn engagement_needs(given: &EngagementNeeds) -> v1::EngagementNeeds {
    let person = given.people.first().map(person);
    let Some(needs) = &given.needs else {
        return v1::EngagementNeeds {
            person,
            ..v1::EngagementNeeds::default()
        };
    };
    v1::EngagementNeeds {
        person,
        language: needs.language.clone(),
        interpreter: needs.interpreter,
        access: needs.access.clone(),
        customs: needs.customs.clone(),
        dress: needs.dress.clone(),
        bereavement: needs.bereavement.clone(),
        advice_sought: needs.advice_sought.clone(),
        avoid: needs.avoid.iter().map(avoid).collect(),
        safe_contact: needs.safe_contact.clone(),
    }
}

fn avoid(days: &AvoidDays) -> v1::AvoidDays {
    v1::AvoidDays {
        what: days.what.clone(),
        from: day(days.from),
        to: day(days.to),
        weekday: u32::from(days.weekday),
    }
}

/// An offer of advocacy.
pub fn advocacy(given: &Advocacy) -> v1::Advocacy {
    let offer = given.offer.as_ref();
    v1::Advocacy {
        person: given.people.first().map(person),
        what: offer.map_or(0, |o| o.what.number()),
        response: offer.map_or(0, |o| o.response.number()),
        on: day(offer.map(|o| o.on)),
        note: offer.map_or_else(String::new, |o| o.note.clone()),
    }
}

/// A claimed change.
pub fn change_claimed(claimed: &ChangeClaimed) -> v1::ChangeClaimed {
    let change = claimed.change.as_ref();
    v1::ChangeClaimed {
        people: claimed.people.iter().map(person).collect(),
        what: change.map_or_else(String::new, |c| c.what.clone()),
        since: day(change.map(|c| c.since)),
        said_by: change.map_or_else(String::new, |c| c.said_by.clone()),
        confirmed_by: change.map_or_else(Vec::new, |c| {
            c.confirmed_by.iter().map(corroboration).collect()
        }),
    }
}

/// A request for information.
pub fn information_request(request: &InformationRequest) -> v1::InformationRequest {
    let sought = request.sought.as_ref();
    v1::InformationRequest {
        people: request.people.iter().map(person).collect(),
        asked: sought.map_or_else(Vec::new, |s| names(&s.asked)),
        power: sought.map_or(0, |s| s.power.number()),
        what: sought.map_or_else(String::new, |s| s.what.clone()),
        by: day(sought.map(|s| s.by)),
    }
}

/// A strength.
pub fn strength(noted: &StrengthNoted) -> v1::StrengthNoted {
    let strength = noted.strength.as_ref();
    v1::StrengthNoted {
        people: noted.people.iter().map(person).collect(),
        what: strength.map_or_else(String::new, |s| s.what.clone()),
        since: day(strength.and_then(|s| s.since)),
    }
}
