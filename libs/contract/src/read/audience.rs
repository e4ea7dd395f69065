//! Audiences from the wire.

use std::collections::BTreeSet;

use diogel_domain::{
    codes::{
        FamilyHandling, HandlingCode, InvolvedWhen, LawfulBasis, OnwardSharing, Purpose, Sector,
    },
    ids::{AgencyId, EventId},
};
use diogel_sharing::{
    audience::{Audience, AudienceTexts, Grant, Recipient},
    defaults::{Filled, Published},
    groups::{FieldGroup, Groups},
};

use super::Reading;
use crate::v1;

/// A default names nobody whom the originator withholds it from.
fn others_than(withheld: &BTreeSet<AgencyId>, grants: Vec<Grant>) -> Vec<Grant> {
    let named = |grant: &Grant| match &grant.to {
        Recipient::Agency(agency) => withheld.contains(agency),
        Recipient::Sector(_) | Recipient::Involved(_) | Recipient::Meeting(_) => false,
    };
    grants.into_iter().filter(|grant| !named(grant)).collect()
}

impl Reading<'_> {
    pub(super) fn audience(
        &mut self,
        given: Option<&v1::Audience>,
        said: Option<Published>,
    ) -> Option<(Audience, AudienceTexts)> {
        let Some(given) = given else {
            self.add(
                "audience",
                "is required: name recipients, or say `originator_only` if nobody else may see it",
            );
            return None;
        };
        let at = |name: &str| format!("audience.{name}");
        let mut grants = self.grants("audience.grants", &given.grants);
        let withheld = given.withheld_agencies.iter().take(65).enumerate();
        let withheld = withheld
            .filter_map(|(i, a)| self.agency(&format!("audience.withheld_agencies[{i}]"), a))
            .collect();
        let purpose = self.code(&at("purpose"), given.purpose, Purpose::from_number);
        let filled = self.filled(given, said, purpose);
        if given.grants.is_empty() {
            grants = others_than(&withheld, filled.grants);
        }
        let family = self.code(&at("family"), given.family, FamilyHandling::from_number);
        let handling = self.code(&at("handling"), given.handling, HandlingCode::from_number);
        let basis = at("lawful_basis");
        let basis = self.code(&basis, given.lawful_basis, LawfulBasis::from_number);
        let onward = self.code(&at("onward"), given.onward, OnwardSharing::from_number);
        let audience = Audience {
            grants,
            originator_only: given.originator_only,
            withheld,
            purpose,
            lawful_basis: basis.or(filled.basis),
            until: self.moment(&at("until"), given.until.as_ref()),
            family: family.or(filled.family).unwrap_or(FamilyHandling::No),
            handling: handling.unwrap_or(HandlingCode::Permitted),
            family_attendees: self.family_attendees(&given.family_attendees),
            onward: onward
                .or(filled.onward)
                .unwrap_or(OnwardSharing::AskOriginator),
            restricted_by_person: given.restricted_by_person || !given.withheld_persons.is_empty(),
        };
        let texts = AudienceTexts {
            family_reason: given.family_reason.clone(),
            handling_conditions: given.handling_conditions.clone(),
            withheld_persons: given.withheld_persons.iter().take(17).cloned().collect(),
        };
        Some((audience, texts))
    }

    /// The parts that the board's defaults have for whoever asks for them.
    fn filled(
        &mut self,
        given: &v1::Audience,
        said: Option<Published>,
        purpose: Option<Purpose>,
    ) -> Filled {
        if !given.by_default {
            return Filled::default();
        }
        let field = "audience.by_default";
        let Some(publisher) = self.publisher else {
            self.add(field, "isn't taken here: name the recipients");
            return Filled::default();
        };
        if given.originator_only {
            self.add(field, "contradicts `originator_only`; keep one of the two");
        }
        let own = (publisher.agency, publisher.sector);
        let filled = said
            .zip(purpose)
            .and_then(|(said, purpose)| publisher.defaults.of(said, purpose, own));
        if filled.is_none() {
            let way_out = "finds nothing: the board has no default for this kind and this `purpose`; name the recipients";
            self.add(field, way_out);
        }
        filled.unwrap_or_default()
    }

    /// A no that somebody decided has its reason (PRACTICE, section 4). The default no has none, and read back it looks alike: so
    /// only a publication is asked.
    pub(super) fn family_reason(&mut self, given: Option<&v1::Audience>) {
        let unexplained = given.is_some_and(|a| {
            a.family == FamilyHandling::No.number() && a.family_reason.trim().is_empty()
        });
        if unexplained {
            self.add(
                "audience.family_reason",
                "is required with NO: say why the family is not told; or leave `family` out, the default is no",
            );
        }
    }

    fn family_attendees(&mut self, given: &[v1::FamilyAttendee]) -> Vec<(String, FamilyHandling)> {
        let at = "audience.family_attendees";
        if given.len() > 12 {
            self.add(at, "has more than 12 entries");
        }
        let mut read: Vec<(String, FamilyHandling)> = Vec::new();
        for (i, attendee) in given.iter().take(12).enumerate() {
            let field = format!("{at}[{i}]");
            if read.iter().any(|(label, _)| *label == attendee.person) {
                self.add(
                    format!("{field}.person"),
                    "is named twice; keep one of the two",
                );
            }
            let handling = format!("{field}.handling");
            let handling =
                self.required_code(&handling, attendee.handling, FamilyHandling::from_number);
            read.extend(handling.map(|handling| (attendee.person.clone(), handling)));
        }
        read
    }

    pub(super) fn grants(&mut self, at: &str, given: &[v1::Grant]) -> Vec<Grant> {
        let given = given.iter().take(65).enumerate();
        let grants = given.filter_map(|(i, g)| self.grant(&format!("{at}[{i}]"), g));
        grants.collect()
    }

    fn grant(&mut self, at: &str, given: &v1::Grant) -> Option<Grant> {
        let to = match &given.to {
            Some(v1::grant::To::Agency(id)) => self
                .agency(&format!("{at}.agency"), id)
                .map(Recipient::Agency),
            Some(v1::grant::To::Sector(number)) => self
                .required_code(&format!("{at}.sector"), *number, Sector::from_number)
                .map(Recipient::Sector),
            Some(v1::grant::To::Involved(involved)) => {
                let when = format!("{at}.involved.when");
                let when = self.code(&when, involved.when, InvolvedWhen::from_number);
                Some(Recipient::Involved(
                    when.unwrap_or(InvolvedWhen::WhileInvolved),
                ))
            }
            Some(v1::grant::To::Meeting(reference)) => self
                .meeting_id(&format!("{at}.meeting"), reference)
                .map(Recipient::Meeting),
            None => {
                self.add(at, "needs `agency`, `sector`, `involved` or `meeting`");
                None
            }
        };
        let groups = self.groups(&format!("{at}.groups"), &given.groups);
        Some(Grant {
            to: to?,
            groups: (!given.groups.is_empty()).then_some(groups),
        })
    }

    /// By event id alone: a header has no request keys.
    fn meeting_id(&mut self, at: &str, reference: &v1::Reference) -> Option<EventId> {
        let id = match &reference.event {
            Some(v1::reference::Event::EventId(text)) => EventId::parse(text),
            Some(v1::reference::Event::RequestKey(_)) | None => None,
        };
        if id.is_none() {
            self.add(
                at,
                "needs the `event_id` of the event that scheduled the meeting",
            );
        }
        id
    }

    pub(super) fn groups(&mut self, at: &str, given: &[i32]) -> Groups {
        let groups = self.codes(at, given, FieldGroup::from_number);
        groups.into_iter().collect()
    }
}
