//! The classes of decisions: audiences, how they were changed since, and recipients.

use std::{collections::BTreeSet, fmt, sync::Arc};

use bench::Outcome;
use diogel_domain::{
    codes::{InvolvedWhen, LawfulBasis, Purpose, Sector},
    content::Matter,
    ids::{AgencyId, EventId},
    times::Moment,
};
use diogel_sharing::{
    agreement::Rules,
    audience::{Audience, Grant, Recipient},
    change::{Change, Narrowing},
    decide::{Involvement, Question, Relation, decide},
    groups::{FieldGroup, Groups},
};

use super::rules::{self, History};

/// The meeting that audiences name.
const MEETING: EventId = EventId([7; 16]);

/// One class.
pub struct Case {
    /// What is in force.
    pub rules: Arc<Rules>,
    /// For whom it is decided.
    pub recipient: AgencyId,
    originator: AgencyId,
    matter: Matter,
    audience: Audience,
    changes: Vec<(Moment, Change)>,
    involved: Involvement,
    attends: Vec<EventId>,
    published: Moment,
    now: Moment,
    name: String,
}

impl fmt::Display for Case {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

impl Case {
    /// What is asked.
    pub fn question(&self) -> Question<'_> {
        Question {
            originator: &self.originator,
            matter: self.matter,
            audience: &self.audience,
            changes: &self.changes,
            published: self.published,
            now: self.now,
        }
    }

    /// How the recipient stands to it.
    pub fn relation(&self) -> Relation<'_> {
        Relation {
            involved: self.involved,
            involved_then: self.involved,
            attends: &self.attends,
            concerned: false,
        }
    }

    /// How much the recipient gets of what is granted by default.
    pub fn outcome(&self) -> &'static str {
        let groups = decide(
            &self.rules,
            &self.question(),
            &self.recipient,
            self.relation(),
        )
        .groups;
        let account = [
            FieldGroup::Safety,
            FieldGroup::Identity,
            FieldGroup::Narrative,
        ];
        if groups.is_empty() {
            "nothing"
        } else if account.into_iter().all(|group| groups.has(group)) {
            "everything granted"
        } else {
            "a part"
        }
    }
}

/// Every audience, with every number of changes, for every recipient.
pub fn all(history: History) -> Outcome<Vec<Case>> {
    let rules = rules::after(history)?;
    let mut cases = Vec::new();
    for (audience, recipients, purpose) in audiences()? {
        for changes in [0, 3, 20] {
            for recipient in ["social-care", "housing", "carers", "education"] {
                cases.push(Case {
                    rules: Arc::clone(&rules),
                    recipient: AgencyId::new(recipient)?,
                    originator: AgencyId::new("police")?,
                    matter: Matter::Incident,
                    audience: addressed(recipients.clone(), purpose),
                    changes: changed(changes)?,
                    involved: involved(recipient),
                    attends: attends(recipient),
                    published: rules::day("2026-03-01")?,
                    now: rules::day("2026-10-01")?,
                    name: format!("{audience}, {changes} changes, to {recipient}"),
                });
            }
        }
    }
    Ok(cases)
}

type Audiences = Vec<(&'static str, Vec<Recipient>, Purpose)>;

fn audiences() -> Outcome<Audiences> {
    let agency = |id| AgencyId::new(id).map(Recipient::Agency);
    let four = ["social-care", "housing", "health", "probation"];
    let four: Vec<Recipient> = four.into_iter().map(agency).collect::<Result<_, _>>()?;
    let involved = Recipient::Involved(InvolvedWhen::WhileInvolved);
    let child = Purpose::ChildProtection;
    Ok(vec![
        ("one agency", vec![agency("social-care")?], child),
        ("four agencies", four, child),
        ("a sector", vec![Recipient::Sector(Sector::Housing)], child),
        ("the involved", vec![involved], child),
        (
            "a meeting",
            vec![Recipient::Meeting(MEETING)],
            Purpose::MultiAgencyMeeting,
        ),
    ])
}

fn addressed(recipients: Vec<Recipient>, purpose: Purpose) -> Audience {
    let grants = recipients.into_iter().map(|to| Grant { to, groups: None });
    Audience {
        grants: grants.collect(),
        originator_only: false,
        purpose: Some(purpose),
        lawful_basis: Some(LawfulBasis::PublicTask),
        ..Audience::originator_only()
    }
}

/// Somebody more and something less, in turn, a day apart.
fn changed(count: i64) -> Outcome<Vec<(Moment, Change)>> {
    let first = rules::day("2026-03-02")?;
    let health = AgencyId::new("health")?;
    let change = |number: i64| {
        let change = if number % 2 == 0 {
            Change::Widen(vec![Grant {
                to: Recipient::Agency(health.clone()),
                groups: None,
            }])
        } else {
            Change::Narrow(Narrowing {
                from: BTreeSet::from([health.clone()]),
                groups: Groups::NONE.with(FieldGroup::Narrative),
            })
        };
        (Moment(first.0 + number * Moment::DAY), change)
    };
    Ok((0..count).map(change).collect())
}

/// Housing works with the person, a charity says that it does.
fn involved(recipient: &str) -> Involvement {
    match recipient {
        "housing" => Involvement::Confirmed,
        "carers" => Involvement::Claimed,
        _ => Involvement::None,
    }
}

/// Social care and housing sit at the table.
fn attends(recipient: &str) -> Vec<EventId> {
    let there = ["social-care", "housing"].contains(&recipient);
    there.then_some(MEETING).into_iter().collect()
}
