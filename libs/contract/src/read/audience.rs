//! Audiences from the wire.

use diogel_domain::codes::{FamilyHandling, HandlingCode, LawfulBasis, Purpose, Sector};
use diogel_sharing::{
    audience::{Audience, AudienceTexts, Grant, Recipient},
    groups::{FieldGroup, Groups},
};

use super::Reading;
use crate::v1;

impl Reading<'_> {
    pub(super) fn audience(
        &mut self,
        given: Option<&v1::Audience>,
    ) -> Option<(Audience, AudienceTexts)> {
        let Some(given) = given else {
            self.add(
                "audience",
                "is required: name recipients, or say `originator_only` if nobody else may see it",
            );
            return None;
        };
        let at = |name: &str| format!("audience.{name}");
        let grants = given.grants.iter().take(65).enumerate();
        let grants = grants.filter_map(|(i, g)| self.grant(&format!("audience.grants[{i}]"), g));
        let grants = grants.collect();
        let withheld = given.withheld_agencies.iter().take(65).enumerate();
        let withheld = withheld
            .filter_map(|(i, a)| self.agency(&format!("audience.withheld_agencies[{i}]"), a))
            .collect();
        let family = self.code(&at("family"), given.family, FamilyHandling::from_number);
        let handling = self.code(&at("handling"), given.handling, HandlingCode::from_number);
        let audience = Audience {
            grants,
            originator_only: given.originator_only,
            withheld,
            purpose: self.code(&at("purpose"), given.purpose, Purpose::from_number),
            lawful_basis: self.code(
                &at("lawful_basis"),
                given.lawful_basis,
                LawfulBasis::from_number,
            ),
            until: self.moment(&at("until"), given.until.as_ref()),
            family: family.unwrap_or(FamilyHandling::No),
            handling: handling.unwrap_or(HandlingCode::Permitted),
        };
        let texts = AudienceTexts {
            family_reason: given.family_reason.clone(),
            handling_conditions: given.handling_conditions.clone(),
        };
        Some((audience, texts))
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

    fn grant(&mut self, at: &str, given: &v1::Grant) -> Option<Grant> {
        let to = match &given.to {
            Some(v1::grant::To::Agency(id)) => self
                .agency(&format!("{at}.agency"), id)
                .map(Recipient::Agency),
            Some(v1::grant::To::Sector(number)) => self
                .required_code(&format!("{at}.sector"), *number, Sector::from_number)
                .map(Recipient::Sector),
            None => {
                self.add(at, "needs `agency` or `sector`");
                None
            }
        };
        let groups = self.codes(
            &format!("{at}.groups"),
            &given.groups,
            FieldGroup::from_number,
        );
        let groups = (!given.groups.is_empty()).then(|| groups.into_iter().collect::<Groups>());
        Some(Grant { to: to?, groups })
    }
}
