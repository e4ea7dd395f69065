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
use crate::groups::{FieldGroup, Groups};

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

/// Groups whose data needs a condition besides the basis: special categories (UK GDPR, article 9) and criminal offences (article 10).
const CONDITIONED: Groups = Groups::NONE
    .with(FieldGroup::Health)
    .with(FieldGroup::Criminal);

/// How a citation names the schedule of the Data Protection Act 2018 that holds these conditions, in either language.
const SCHEDULE_1: [&str; 4] = ["Sch 1", "Sch. 1", "Schedule 1", "Atodlen 1"];

pub(super) fn without_condition(_: &Case<'_>, flow: &Flow) -> Option<String> {
    let conditioned = flow.groups.meet(CONDITIONED).iter();
    let conditioned: Vec<&str> = conditioned.map(FieldGroup::code).collect();
    // No power at all is said already.
    let cited = flow.powers.is_empty() || flow.powers.iter().any(|power| cites_schedule_1(power));
    let words = || {
        format!(
            "no condition of DPA 2018 Sch 1 for {}: a power alone doesn't open special categories or criminal offences",
            conditioned.join(", ")
        )
    };
    (!cited && !conditioned.is_empty()).then(words)
}

/// "Sch 1 para 18", and not "Sch 10".
fn cites_schedule_1(power: &str) -> bool {
    SCHEDULE_1.iter().any(|name| {
        let mut after = power.split(name).skip(1);
        after.any(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()))
    })
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
