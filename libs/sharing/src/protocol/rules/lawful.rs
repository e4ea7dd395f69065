//! Rules about powers, and about lawful bases that can't carry what they are put to. No legal advice: what is said here is to be
//! looked at by an information governance officer.

use diogel_domain::codes::{
    LawfulBasis::{self, RecognisedLegitimateInterest, VitalInterests},
    Purpose::{self, BoardGovernance, DisputeResolution},
    Sector,
};

use super::{
    super::{Flow, Side},
    Case,
};

/// Purposes and the bases that can't carry them, with the reason.
const UNFIT: &[(Purpose, LawfulBasis, &str)] = &[
    (
        DisputeResolution,
        VitalInterests,
        "what protects a life isn't settled by a procedure between agencies",
    ),
    (
        BoardGovernance,
        VitalInterests,
        "governance protects nobody's life by itself",
    ),
    (
        BoardGovernance,
        RecognisedLegitimateInterest,
        "no condition of UK GDPR Annex 1 is about governance",
    ),
];

pub(super) fn without_power(_: &Case<'_>, flow: &Flow) -> Option<String> {
    let words =
        "no `powers`: which law lets the giving side share this? A basis alone isn't a power";
    flow.powers.is_empty().then(|| words.into())
}

/// UK GDPR, article 6(1), last sentence: not for public authorities in the performance of their tasks.
pub(super) fn for_no_public_body(case: &Case<'_>, flow: &Flow) -> Option<String> {
    let charity = match &flow.from {
        Side::AnyParty => false,
        Side::Sector(sector) => *sector == Sector::Charity,
        Side::Agency(id) => case.known.and_then(|k| k.get(id)) == Some(&Sector::Charity),
    };
    let words = "recognised-legitimate-interest isn't for public authorities in their tasks (UK GDPR 6(1), last sentence): \
                 give it to flows from \"sector:charity\" or from a body that isn't public";
    let wrong = !charity && flow.bases.contains(&RecognisedLegitimateInterest);
    wrong.then(|| words.into())
}

pub(super) fn unfit(_: &Case<'_>, flow: &Flow) -> Option<String> {
    let unfit = UNFIT
        .iter()
        .find(|(purpose, basis, _)| flow.purposes.contains(purpose) && flow.bases.contains(basis));
    unfit.map(|(purpose, basis, why)| {
        let (purpose, basis) = (purpose.code(), basis.code());
        format!("{basis} can hardly carry {purpose}: {why}")
    })
}
