//! What an item's row keeps for the index: keyed hashes, made once from the whole content when the event is judged. So neither an
//! erasure, a correction nor an event that waits no longer needs the content again, whose key may be destroyed by then.

use diogel_domain::{
    alert::PersonTold,
    codes::IdentifierScheme,
    content::Content,
    people::{Identifier, Person, Place},
    step::StepSaid,
    times::{Day, Moment},
};
use diogel_indicators::{Counted, counted};
use diogel_sharing::audience::AudienceTexts;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

use crate::{index::IndexKey, keys::Hashed, rows::Label};

/// What postings are made of.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(crate) struct Seeds {
    /// A pre-visit check has to read it.
    pub pressing: bool,
    pub people: Vec<PersonSeed>,
    pub places: Vec<PlaceSeed>,
    /// Professionals who must not see it.
    pub withheld: Vec<Hashed>,
    /// What it counts as in the Board's indicators, while it counts: codes alone, of nobody.
    pub counted: Vec<Counted>,
    /// The dates by which its course is told at the end of a period.
    pub course: Course,
}

/// What the course of an alert or a plan is told by, as far as it doesn't stand in clear: days and codes, of nobody.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(crate) enum Course {
    /// It has none.
    #[default]
    None,
    /// An alert's.
    Alert {
        decided_at: Option<Moment>,
        review_on: Day,
    },
    /// A plan's: its review, and when each measure is due.
    Plan {
        review_on: Day,
        due: Vec<Option<Day>>,
    },
    /// A step's on one of them: the next review, whether the person was told, which measure.
    Step {
        review_on: Option<Day>,
        told: Option<bool>,
        measure: u8,
    },
}

impl Course {
    fn of(content: &Content) -> Self {
        if let Some(safety) = content.hazard_alert().and_then(|a| a.safety.as_ref()) {
            return Self::Alert {
                decided_at: safety.decision.as_ref().map(|d| d.decided_at),
                review_on: safety.review_on,
            };
        }
        match content {
            Content::SafetyPlan(plan) => plan.agreed.as_ref().map_or(Self::None, |agreed| {
                let due = agreed.measures.iter();
                Self::Plan {
                    review_on: agreed.review_on,
                    due: due.map(|measure| measure.due_on).collect(),
                }
            }),
            Content::Step(step) => match &step.said {
                StepSaid::Alert(said) => Self::Step {
                    review_on: said.review_on,
                    told: said
                        .told
                        .as_ref()
                        .map(|told| matches!(told, PersonTold::On(_))),
                    measure: 0,
                },
                StepSaid::Plan(Some(said)) => Self::Step {
                    review_on: said.review_on,
                    told: None,
                    measure: said.measure,
                },
                _ => Self::None,
            },
            _ => Self::None,
        }
    }
}

/// A person with identifiers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct PersonSeed {
    label: Label,
    /// Say who it is.
    who: Vec<Hashed>,
    /// Say where: they find the person, but never make one person of those who live there.
    at: Vec<Hashed>,
    born: Option<[u8; 8]>,
}

/// A place with a UPRN.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct PlaceSeed {
    label: Label,
    uprn: Hashed,
}

/// An identifier as it occurs in an item.
pub(crate) struct Occurrence {
    pub hash: Hashed,
    pub label: Label,
    /// The identifiers that it leads on to.
    pub others: Vec<Hashed>,
    pub born: Option<[u8; 8]>,
    /// It says where the person is, not who.
    pub is_where: bool,
}

impl Seeds {
    pub(crate) fn new(
        key: &IndexKey,
        content: &Content,
        texts: &AudienceTexts,
        published: Moment,
    ) -> Self {
        let withheld = texts.withheld_persons.iter();
        let people = content.people().iter();
        let places = content.places().iter();
        Self {
            pressing: is_pressing(content),
            people: people.filter_map(|p| PersonSeed::new(key, p)).collect(),
            places: places.filter_map(|p| PlaceSeed::new(key, p)).collect(),
            withheld: withheld.map(|name| key.professional(name)).collect(),
            counted: counted(content, published),
            course: Course::of(content),
        }
    }

    /// Every identifier of its people.
    pub(crate) fn named(&self) -> Vec<Hashed> {
        let people = self.people.iter();
        let named = people.flat_map(|person| person.who.iter().chain(&person.at));
        named.copied().collect()
    }

    /// What says who its people are.
    pub(crate) fn who(&self) -> BTreeSet<Hashed> {
        let people = self.people.iter();
        people
            .flat_map(|person| person.who.iter().copied())
            .collect()
    }
}

impl PersonSeed {
    fn new(key: &IndexKey, person: &Person) -> Option<Self> {
        let identity = person.identity.as_ref()?;
        let label = Label::new(&person.label)?;
        let (at, who): (Vec<&Identifier>, Vec<&Identifier>) = identity
            .identifiers
            .iter()
            .partition(|i| i.scheme == IdentifierScheme::Uprn);
        let hashed = |of: Vec<&Identifier>| of.into_iter().map(|i| key.identifier(i)).collect();
        Some(Self {
            label,
            who: hashed(who),
            at: hashed(at),
            born: identity.born_on.map(|day| key.born(day)),
        })
    }

    pub(crate) fn occurrences(&self) -> impl Iterator<Item = Occurrence> {
        let label = self.label;
        let others = |hash| self.who.iter().copied().filter(move |o| *o != hash);
        let who = self.who.iter().map(move |hash| Occurrence {
            hash: *hash,
            label,
            others: others(*hash).collect(),
            born: self.born,
            is_where: false,
        });
        let at = self.at.iter().map(move |hash| Occurrence {
            hash: *hash,
            label,
            others: Vec::new(),
            born: None,
            is_where: true,
        });
        who.chain(at)
    }
}

impl PlaceSeed {
    fn new(key: &IndexKey, place: &Place) -> Option<Self> {
        let uprn = place.details.as_ref()?.uprn.as_ref()?;
        Some(Self {
            label: Label::new(&place.label)?,
            uprn: key.identifier(uprn),
        })
    }

    pub(crate) const fn occurrence(&self) -> Occurrence {
        Occurrence {
            hash: self.uprn,
            label: self.label,
            others: Vec::new(),
            born: None,
            is_where: true,
        }
    }
}

fn is_pressing(content: &Content) -> bool {
    let danger = content
        .incident()
        .and_then(|r| r.safety.as_ref())
        .is_some_and(|s| s.danger_at_once);
    danger || content.hazard_alert().is_some()
}
