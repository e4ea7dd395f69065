//! Plans, contacts, engagement needs, advocacy, changes, strengths and requests for information from the wire.

use diogel_domain::{
    codes::{ContactOutcome, Offer, OfferResponse, RequestPower},
    content::Content,
    records::{
        Advocacy, AvoidDays, Change, ChangeClaimed, Contact, ContactNote, EngagementNeeds,
        InformationRequest, InformationSought, Needs, Offered, PlanAgreed, PlanRole, SafetyPlan,
        Strength, StrengthNoted,
    },
    step::FamilyTold,
    times::Day,
};

use super::Reading;
use crate::v1;

impl Reading<'_> {
    pub(super) fn safety_plan(&mut self, given: &v1::SafetyPlan) -> Content {
        Content::SafetyPlan(SafetyPlan {
            people: self.people("safety_plan", &given.people),
            worries: given.worries.clone(),
            agreed: self.agreed("safety_plan", given),
        })
    }

    fn agreed(&mut self, at: &str, given: &v1::SafetyPlan) -> Option<PlanAgreed> {
        let lead = self.agency(&format!("{at}.lead"), &given.lead);
        let measures = given.measures.iter().take(13).enumerate();
        let measures = measures
            .map(|(i, m)| self.measure(&format!("{at}.measures[{i}]"), m))
            .collect();
        let mut roles = Vec::new();
        for (i, role) in given.roles.iter().take(13).enumerate() {
            let agency = self.agency(&format!("{at}.roles[{i}].agency"), &role.agency);
            roles.extend(agency.map(|agency| PlanRole {
                agency,
                role: role.role.clone(),
                tasks: role.tasks.clone(),
            }));
        }
        let told = self.families_told(&format!("{at}.told"), &given.told);
        let review_on = self.required_day(&format!("{at}.review_on"), &given.review_on);
        Some(PlanAgreed {
            lead: lead?,
            aim: given.aim.clone(),
            measures,
            roles,
            contingency: given.contingency.clone(),
            review_on: review_on?,
            told,
        })
    }

    pub(super) fn families_told(&mut self, at: &str, given: &[v1::FamilyTold]) -> Vec<FamilyTold> {
        let given = given.iter().take(13).enumerate();
        given
            .map(|(i, told)| self.family_told(&format!("{at}[{i}]"), told))
            .collect()
    }

    pub(super) fn family_told(&mut self, at: &str, given: &v1::FamilyTold) -> FamilyTold {
        FamilyTold {
            person: given.person.clone(),
            what: given.what.clone(),
            how: given.how.clone(),
            by: given.by.clone(),
            on: self.day(&format!("{at}.told_on"), &given.told_on),
        }
    }

    pub(super) fn required_day(&mut self, field: &str, text: &str) -> Option<Day> {
        if text.is_empty() {
            self.add(field, "is required: a date, YYYY-MM-DD");
        }
        self.day(field, text)
    }

    pub(super) fn contact(&mut self, given: &v1::ContactNote) -> Content {
        let outcome = self.required_code(
            "contact.outcome",
            given.outcome,
            ContactOutcome::from_number,
        );
        let occurred = self.occurred("contact.occurred", given.occurred.as_ref());
        let labels = |labels: &[String]| labels.iter().take(13).cloned().collect();
        Content::Contact(ContactNote {
            people: self.people("contact", &given.people),
            contact: outcome.map(|outcome| Contact {
                occurred,
                outcome,
                at_home: given.at_home,
                seen: labels(&given.seen),
                seen_alone: labels(&given.seen_alone),
            }),
            note: given.note.clone(),
        })
    }

    pub(super) fn engagement_needs(&mut self, given: &v1::EngagementNeeds) -> Content {
        let person = given.person.as_ref().map(std::slice::from_ref);
        let people = self.people("engagement_needs", person.unwrap_or_default());
        let mut avoid = Vec::new();
        for (i, days) in given.avoid.iter().take(13).enumerate() {
            let at = format!("engagement_needs.avoid[{i}]");
            avoid.push(AvoidDays {
                what: days.what.clone(),
                from: self.day(&format!("{at}.from"), &days.from),
                to: self.day(&format!("{at}.to"), &days.to),
                weekday: u8::try_from(days.weekday).unwrap_or(u8::MAX),
            });
        }
        let needs = Needs {
            language: given.language.clone(),
            interpreter: given.interpreter,
            access: given.access.clone(),
            customs: given.customs.clone(),
            dress: given.dress.clone(),
            bereavement: given.bereavement.clone(),
            advice_sought: given.advice_sought.clone(),
            avoid,
            safe_contact: given.safe_contact.clone(),
        };
        let said = needs != Needs::default();
        Content::EngagementNeeds(EngagementNeeds {
            people,
            needs: said.then_some(needs),
        })
    }

    pub(super) fn advocacy(&mut self, given: &v1::Advocacy) -> Content {
        let person = given.person.as_ref().map(std::slice::from_ref);
        let people = self.people("advocacy", person.unwrap_or_default());
        let what = self.required_code("advocacy.what", given.what, Offer::from_number);
        let response = self.required_code(
            "advocacy.response",
            given.response,
            OfferResponse::from_number,
        );
        let on = self.required_day("advocacy.on", &given.on);
        let offer = what.zip(response).zip(on);
        Content::Advocacy(Advocacy {
            people,
            offer: offer.map(|((what, response), on)| Offered {
                what,
                response,
                on,
                note: given.note.clone(),
            }),
        })
    }

    pub(super) fn change_claimed(&mut self, given: &v1::ChangeClaimed) -> Content {
        let since = self.required_day("change_claimed.since", &given.since);
        let confirmed_by = self.sources("change_claimed.confirmed_by", &given.confirmed_by, 13);
        Content::ChangeClaimed(ChangeClaimed {
            people: self.people("change_claimed", &given.people),
            change: since.map(|since| Change {
                what: given.what.clone(),
                since,
                said_by: given.said_by.clone(),
                confirmed_by,
            }),
        })
    }

    pub(super) fn information_request(&mut self, given: &v1::InformationRequest) -> Content {
        let at = "information_request";
        let asked = given.asked.iter().take(25).enumerate();
        let asked = asked.filter_map(|(i, a)| self.agency(&format!("{at}.asked[{i}]"), a));
        let asked = asked.collect();
        let power = self.required_code(
            &format!("{at}.power"),
            given.power,
            RequestPower::from_number,
        );
        let by = self.required_day(&format!("{at}.by"), &given.by);
        let sought = power.zip(by).map(|(power, by)| InformationSought {
            asked,
            power,
            what: given.what.clone(),
            by,
        });
        Content::InformationRequest(InformationRequest {
            people: self.people(at, &given.people),
            sought,
        })
    }

    pub(super) fn strength(&mut self, given: &v1::StrengthNoted) -> Content {
        let since = self.day("strength.since", &given.since);
        Content::Strength(StrengthNoted {
            people: self.people("strength", &given.people),
            strength: Some(Strength {
                what: given.what.clone(),
                since,
            }),
        })
    }
}
