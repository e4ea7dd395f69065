//! What is recorded beside incidents and alerts: safety plans, contacts, engagement needs, advocacy, claimed changes, strengths,
//! requests for information (guidance, sections 2, 4, 7, 8; PRACTICE, section 10).

use serde::{Deserialize, Serialize};

use crate::{
    codes::{ContactOutcome, Offer, OfferResponse, RequestPower},
    ids::AgencyId,
    incident::{Corroboration, Measure},
    people::Person,
    step::FamilyTold,
    times::{Day, Occurred},
};

/// A safety plan: "a clear plan, known to all agencies and to the family" (guidance, section 7).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SafetyPlan {
    /// Whom it keeps safe, and who else is concerned.
    pub people: Vec<Person>,
    /// What we are worried about. Field group: narrative.
    pub worries: String,
    /// Field group: plan. Present in every publication.
    pub agreed: Option<PlanAgreed>,
}

/// What is agreed. Field group: plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanAgreed {
    /// The agency that leads.
    pub lead: AgencyId,
    /// What it is to achieve.
    pub aim: String,
    /// Measures with owners and dates.
    pub measures: Vec<Measure>,
    /// Who does what.
    pub roles: Vec<PlanRole>,
    /// What happens if it fails.
    pub contingency: String,
    /// When it is reviewed.
    pub review_on: Day,
    /// What the family was told of it.
    pub told: Vec<FamilyTold>,
}

/// An agency's part in a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanRole {
    /// Whose.
    pub agency: AgencyId,
    /// The professional's role.
    pub role: String,
    /// Their tasks.
    pub tasks: String,
}

/// A contact: kept, missed, refused, cut short.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactNote {
    /// With whom.
    pub people: Vec<Person>,
    /// Field group: plan. Present in every publication.
    pub contact: Option<Contact>,
    /// More. Field group: narrative.
    pub note: String,
}

/// How a contact went. Field group: plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// When.
    pub occurred: Occurred,
    /// How it went.
    pub outcome: ContactOutcome,
    /// It was a visit to where the family lives.
    pub at_home: bool,
    /// Labels of the people who were seen.
    pub seen: Vec<String>,
    /// Labels of those of them who were seen alone.
    pub seen_alone: Vec<String>,
}

/// What a person needs to take part, as they describe it themselves. Optional, and about one person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EngagementNeeds {
    /// Whose; one in every publication.
    pub people: Vec<Person>,
    /// Field group: plan. Present in every publication.
    pub needs: Option<Needs>,
}

/// The needs. Field group: plan.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Needs {
    /// The language they choose.
    pub language: String,
    /// An interpreter is needed.
    pub interpreter: bool,
    /// Access: hearing, sight, mobility, learning, reading.
    pub access: String,
    /// Customs to respect, taboos, the meaning of gender.
    pub customs: String,
    /// Dress.
    pub dress: String,
    /// A bereavement, or another event that weighs on the family.
    pub bereavement: String,
    /// What was asked of a local expert, without a name.
    pub advice_sought: String,
    /// When not to meet.
    pub avoid: Vec<AvoidDays>,
    /// A safe way to write or call. Field groups: plan and place.
    pub safe_contact: String,
}

/// Days on which the person can't be asked to meet: a feast, a fast, a day of the week.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AvoidDays {
    /// What it is, in their words.
    pub what: String,
    /// The first day; none for a day of the week.
    pub from: Option<Day>,
    /// The last day; none: the first alone.
    pub to: Option<Day>,
    /// Every week on this day: 1 Monday to 7 Sunday; 0: none.
    pub weekday: u8,
}

impl AvoidDays {
    /// A day falls on it.
    pub fn holds(&self, day: Day) -> bool {
        let weekday = day.date().weekday().number_from_monday();
        let dated = self
            .from
            .is_some_and(|from| (from..=self.to.unwrap_or(from)).contains(&day));
        dated || (self.weekday > 0 && self.weekday == weekday)
    }
}

/// That advocacy, or how to complain, was offered, accepted, declined (guidance, section 4).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Advocacy {
    /// To whom; one in every publication.
    pub people: Vec<Person>,
    /// Field group: plan. Present in every publication.
    pub offer: Option<Offered>,
}

/// An offer and what the person said to it. Field group: plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offered {
    /// What.
    pub what: Offer,
    /// What the person said.
    pub response: OfferResponse,
    /// When.
    pub on: Day,
    /// More.
    pub note: String,
}

/// A change that somebody claims: embedded once it has been sustained for six months (guidance, section 4).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeClaimed {
    /// Whom it concerns.
    pub people: Vec<Person>,
    /// Field group: plan. Present in every publication.
    pub change: Option<Change>,
}

/// The change. Field group: plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// What has changed.
    pub what: String,
    /// Since when.
    pub since: Day,
    /// Who says so: a label, or a role.
    pub said_by: String,
    /// Who confirms it. None: claimed by the person alone.
    pub confirmed_by: Vec<Corroboration>,
}

/// A strength, or progress.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StrengthNoted {
    /// Whose.
    pub people: Vec<Person>,
    /// Field group: plan. Present in every publication.
    pub strength: Option<Strength>,
}

/// The strength. Field group: plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Strength {
    /// What goes well.
    pub what: String,
    /// Since when, if it is known: from it the six months are counted.
    pub since: Option<Day>,
}

/// A request for information: agencies that are silent, or were never asked, are asked in writing (guidance, section 7). Answered by
/// steps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InformationRequest {
    /// Whom it is about; nobody where the Board asks about its agencies' work.
    pub people: Vec<Person>,
    /// Field group: plan. Present in every publication.
    pub sought: Option<InformationSought>,
}

/// What is asked. Field group: plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InformationSought {
    /// Who is asked.
    pub asked: Vec<AgencyId>,
    /// Under which power.
    pub power: RequestPower,
    /// What is needed, and for what.
    pub what: String,
    /// By when.
    pub by: Day,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_feast_and_a_day_of_the_week_are_days_to_avoid() {
        let day = |text| Day::parse(text);
        let feast = AvoidDays {
            what: "feast".into(),
            from: day("2027-03-09"),
            to: day("2027-03-11"),
            weekday: 0,
        };
        assert!(feast.holds(day("2027-03-10").unwrap()));
        assert!(!feast.holds(day("2027-03-12").unwrap()));
        let sundays = AvoidDays {
            what: "chapel".into(),
            from: None,
            to: None,
            weekday: 7,
        };
        assert!(sundays.holds(day("2027-03-07").unwrap()));
        assert!(!sundays.holds(day("2027-03-08").unwrap()));
    }
}
