//! Audiences: four recipients on average, a purpose and a basis that a flow of `deploy/protocols` allows.

use diogel_contract::v1::{self, FieldGroup};
use diogel_domain::codes::{FamilyHandling, LawfulBasis, Purpose, Sector};

use crate::draft::Draft;

/// How many recipients, one as likely as another.
const RECIPIENTS: [usize; 8] = [2, 3, 3, 4, 4, 5, 6, 7];

/// Everything that isn't protected, and the place: for whoever goes there.
const VISITORS: [FieldGroup; 5] = [
    FieldGroup::Existence,
    FieldGroup::Safety,
    FieldGroup::Identity,
    FieldGroup::Narrative,
    FieldGroup::Place,
];

/// What originators name if they name anything, where nobody need find danger at a door.
const NAMED: [&[FieldGroup]; 4] = [
    &VISITORS,
    &[
        FieldGroup::Existence,
        FieldGroup::Safety,
        FieldGroup::Identity,
    ],
    &[FieldGroup::Existence, FieldGroup::Safety],
    &[
        FieldGroup::Existence,
        FieldGroup::Safety,
        FieldGroup::Identity,
        FieldGroup::Narrative,
        FieldGroup::Voice,
        FieldGroup::Health,
        FieldGroup::Plan,
    ],
];

impl<'g> Draft<'g> {
    /// An audience. `pressing`: everybody in it must find the danger by a check.
    pub(crate) fn audience(&mut self, purpose: Purpose, pressing: bool) -> v1::Audience {
        let count = self.random.pick(&RECIPIENTS);
        let others = self.others();
        let recipients = self.random.some_of(&others, count);
        let left = others.iter().find(|id| !recipients.contains(id)).copied();
        let withheld = left.filter(|_| self.random.once_in(25));
        let grants = recipients
            .into_iter()
            .map(|id| self.grant(id, pressing))
            .collect();
        let withheld = withheld.into_iter().map(str::to_owned).collect();
        self.addressed(purpose, grants, withheld)
    }

    /// An audience of these recipients, with all that a flow allows and nothing that is protected.
    pub(crate) fn audience_of(&mut self, purpose: Purpose, recipients: &[&str]) -> v1::Audience {
        let grants = recipients.iter().map(|id| grant(id, &[])).collect();
        self.addressed(purpose, grants, Vec::new())
    }

    /// An audience that names nobody: practice tells those concerned.
    pub(crate) fn unnamed(&mut self, purpose: Purpose) -> v1::Audience {
        let mut audience = self.addressed(purpose, Vec::new(), Vec::new());
        audience.originator_only = false;
        audience
    }

    /// The agencies other than this one, the Board left out.
    pub(crate) fn others(&self) -> Vec<&'g str> {
        let others = self.shape.practice().filter(|a| a.id != self.agency.id);
        others.map(|a| a.id.as_str()).collect()
    }

    fn grant(&mut self, id: &str, pressing: bool) -> v1::Grant {
        if pressing {
            grant(id, &VISITORS)
        } else if self.random.once_in(3) {
            grant(id, self.random.pick(&NAMED))
        } else {
            grant(id, &[])
        }
    }

    fn addressed(
        &mut self,
        purpose: Purpose,
        grants: Vec<v1::Grant>,
        withheld_agencies: Vec<String>,
    ) -> v1::Audience {
        let family = self.random.pick(&[
            FamilyHandling::Yes,
            FamilyHandling::AskOriginator,
            FamilyHandling::No,
        ]);
        let no = family == FamilyHandling::No;
        let family_reason = if no {
            "It could put the one who spoke at risk."
        } else {
            ""
        };
        v1::Audience {
            originator_only: grants.is_empty(),
            grants,
            withheld_agencies,
            purpose: purpose.number(),
            lawful_basis: self.basis().number(),
            family: family.number(),
            family_reason: family_reason.into(),
            ..v1::Audience::default()
        }
    }

    fn basis(&mut self) -> LawfulBasis {
        if self.agency.sector == Sector::Charity {
            LawfulBasis::RecognisedLegitimateInterest
        } else if self.random.once_in(10) {
            LawfulBasis::LegalObligation
        } else {
            LawfulBasis::PublicTask
        }
    }
}

fn grant(id: &str, groups: &[FieldGroup]) -> v1::Grant {
    v1::Grant {
        to: Some(v1::grant::To::Agency(id.into())),
        groups: groups.iter().map(|group| i32::from(*group)).collect(),
    }
}
