//! The pre-visit check: "is it safe to visit?" Precautions first, story second. It answers with what is known to the reader, and
//! never says "safe" (PRACTICE, sections 1 and 10).

use std::collections::{BTreeMap, BTreeSet};

use diogel_domain::{
    alert::{AlertSafety, AlertTarget},
    codes::{
        AlertStatus, Certainty, FamilyHandling, HandlingCode, OnwardSharing, Severity, ThreatForm,
        Urgency,
    },
    content::ReferenceRole,
    ids::{AgencyId, EventId},
    incident::{IncidentSafety, Precaution},
    people::Identifier,
    times::{Day, Moment},
};

use diogel_sharing::{AtTheDoor, groups::FieldGroup};

use crate::{
    fold::Folded,
    read::{Reader, Seen, Trace},
    rows::Item,
    store::{Store, StoreError},
};

mod share;

use share::Candidate;

/// A report of danger shows, unassessed, for this long: three working days at the least, weekends and a bank holiday between.
const REPORT_SHOWS_DAYS: i64 = 7;
/// Past its review an alert shows as stale for three months; then it has lapsed (PRACTICE, section 10).
const STALE_MONTHS: u32 = 3;

/// How a finding stands. The order is the order of pressing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// An alert in force.
    InForce,
    /// Danger reported, or an alert proposed, and nobody has decided yet.
    ReportedNotAssessed,
    /// Past its review date: verify again.
    Stale,
}

/// One thing that a visitor has to know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// How it stands.
    pub standing: Standing,
    /// What to do.
    pub precautions: Vec<Precaution>,
    /// Why.
    pub threats: Vec<ThreatForm>,
    /// Of an alert.
    pub grades: Option<(Severity, Urgency, Certainty)>,
    /// When it occurred, or when it was decided.
    pub as_of: Moment,
    /// Of an alert.
    pub review_on: Option<Day>,
    /// Whose it is, and which event says so; none where the reader may know the precautions alone.
    pub source: Option<(AgencyId, EventId)>,
    /// Person, premises, household or animal.
    pub target: &'static str,
    /// An animal's description.
    pub target_note: String,
    /// The label of the person who is the target; none for a household's members: they aren't marked.
    pub person: Option<String>,
    /// As in [`Seen::doubtful`].
    pub doubtful: bool,
    /// How to handle it; none where the reader may know the precautions alone.
    pub handling: Option<Handling>,
    /// For the access log, not for the reader.
    pub trace: Trace,
}

/// How whoever reads something has to handle it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handling {
    /// Handling code.
    pub code: HandlingCode,
    /// Conditions of handling code C; empty for P.
    pub conditions: String,
    /// What the family may be told.
    pub family: FamilyHandling,
    /// With whom it may be shared further.
    pub onward: OnwardSharing,
}

impl Handling {
    fn of(seen: &Seen) -> Option<Self> {
        let (audience, disclosed) = (seen.item.audience()?, seen.disclosed.as_ref()?);
        Some(Self {
            code: audience.handling,
            conditions: disclosed.handling_conditions().to_owned(),
            family: audience.family,
            onward: audience.onward,
        })
    }
}

/// What a check answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// The most pressing first.
    pub findings: Vec<Finding>,
    /// There are more than the answer had room for.
    pub more: bool,
}

/// An item of which the reader was found to see something.
struct Met {
    source: (AgencyId, EventId),
    handling: Option<Handling>,
    trace: Trace,
    /// By which the item was found; empty where its safety is seen, so that nothing is left to say at the door.
    labels: Vec<String>,
}

impl<S: Store> Folded<S> {
    /// What the reader may know that bears on a visit to whoever or wherever has one of these identifiers: as much as there is
    /// `room` for, each finding taking `size`.
    pub fn check(
        &self,
        reader: &Reader,
        identifiers: &[Identifier],
        room: usize,
        size: impl Fn(&Finding) -> usize,
    ) -> Result<Checked, StoreError> {
        let mut met = BTreeMap::new();
        let mut candidates = Vec::new();
        for found in self.found(reader, identifiers, true)? {
            let (seen, labels) = found?;
            candidates.extend(candidate(&seen, &labels, reader.at()));
            met.insert(seen.position, of_item(&seen, labels));
        }
        candidates.extend(self.at_doors(reader, identifiers, met)?);
        candidates.sort_by_key(|candidate| {
            let finding = &candidate.finding;
            let grades = std::cmp::Reverse(finding.grades);
            (finding.standing, grades, std::cmp::Reverse(finding.as_of))
        });
        Ok(share::checked(candidates, room, size))
    }

    /// Precautions that the reader may know without their story: of items that it sees without safety, and of those of which it
    /// knows nothing else, by the very identifiers that it gave.
    fn at_doors(
        &self,
        reader: &Reader,
        identifiers: &[Identifier],
        mut met: BTreeMap<u64, Met>,
    ) -> Result<Vec<Candidate>, StoreError> {
        let mut at: BTreeMap<u64, BTreeSet<String>> = self.doors(reader, identifiers)?;
        for (position, met) in met.iter().filter(|(_, met)| !met.labels.is_empty()) {
            at.entry(*position).or_default().extend(met.labels.clone());
        }
        let mut candidates = Vec::new();
        for (position, labels) in at {
            if let Some((trace, item, door)) = self.at_the_door(reader, position)?
                && item.state.stands()
                && door.found_by.iter().any(|label| labels.contains(label))
            {
                let met = met.remove(&position);
                let trace = met.as_ref().map_or(trace, |met| met.trace.clone());
                let handling = met.as_ref().and_then(|met| met.handling.clone());
                let source = met.map(|met| met.source);
                let finding = of_door(&item, &door, source, trace, reader.at());
                let finding = finding.map(|finding| Finding {
                    handling,
                    ..finding
                });
                candidates.extend(finding.map(|finding| Candidate {
                    finding,
                    originator: item.originator,
                    event: None,
                    rests_on: Vec::new(),
                }));
            }
        }
        Ok(candidates)
    }
}

fn of_item(seen: &Seen, labels: Vec<String>) -> Met {
    let groups = seen.permit.groups();
    let door = groups.has(FieldGroup::Precautions) && !groups.has(FieldGroup::Safety);
    Met {
        source: (seen.item.originator.clone(), seen.item.event_id),
        handling: Handling::of(seen),
        trace: seen.trace(),
        labels: if door { labels } else { Vec::new() },
    }
}

fn candidate(seen: &Seen, labels: &[String], now: Moment) -> Option<Candidate> {
    let stands = seen.item.state.stands();
    let finding = stands.then(|| finding(seen, labels, now)).flatten()?;
    let references = seen.item.references().iter();
    let rests_on = references.filter(|reference| reference.role == ReferenceRole::RestsOn);
    Some(Candidate {
        finding,
        originator: seen.item.originator.clone(),
        event: Some(seen.item.event_id),
        rests_on: rests_on.map(|reference| reference.event_id).collect(),
    })
}

fn finding(seen: &Seen, labels: &[String], now: Moment) -> Option<Finding> {
    let content = seen.disclosed.as_ref()?.content();
    if let Some(alert) = content.hazard_alert() {
        // An exercise or a test is never mistaken for danger.
        let safety = alert
            .safety
            .as_ref()
            .filter(|_| alert.status == AlertStatus::Actual)?;
        let found = safety.target.found_by();
        let meant = labels.iter().any(|l| found.contains(&l.as_str()));
        return meant.then(|| of_alert(seen, safety, now)).flatten();
    }
    let safety = content.incident()?.safety.as_ref()?;
    (safety.danger_at_once && still_shows(seen.item.ordered_at, now))
        .then(|| of_report(seen, safety))
}

const fn still_shows(reported: Moment, now: Moment) -> bool {
    reported.0 + REPORT_SHOWS_DAYS * Moment::DAY > now.0
}

/// None: it has lapsed.
fn standing(decided: bool, review_on: Day, now: Moment) -> Option<Standing> {
    let today = now.day();
    if today > review_on.plus_months(STALE_MONTHS) {
        None
    } else if today > review_on {
        Some(Standing::Stale)
    } else if decided {
        Some(Standing::InForce)
    } else {
        Some(Standing::ReportedNotAssessed)
    }
}

fn of_door(
    item: &Item,
    door: &AtTheDoor,
    source: Option<(AgencyId, EventId)>,
    trace: Trace,
    now: Moment,
) -> Option<Finding> {
    let (standing, as_of, review_on) = match door.alert {
        Some((decided, review_on)) => (
            standing(decided.is_some(), review_on, now)?,
            decided.unwrap_or(item.recorded_at),
            Some(review_on),
        ),
        None if still_shows(item.ordered_at, now) => {
            (Standing::ReportedNotAssessed, item.ordered_at, None)
        }
        None => return None,
    };
    Some(Finding {
        standing,
        precautions: door.precautions.clone(),
        threats: Vec::new(),
        grades: None,
        as_of,
        review_on,
        source,
        target: "",
        target_note: String::new(),
        person: None,
        doubtful: false,
        handling: None,
        trace,
    })
}

fn of_alert(seen: &Seen, safety: &AlertSafety, now: Moment) -> Option<Finding> {
    let standing = standing(safety.decision.is_some(), safety.review_on, now)?;
    let decided_at = safety.decision.as_ref().map(|d| d.decided_at);
    let (target_note, person) = match &safety.target {
        AlertTarget::Person(label) => (String::new(), Some(label.clone())),
        AlertTarget::Animal { description, .. } => (description.clone(), None),
        AlertTarget::Premises(_) | AlertTarget::Household { .. } => (String::new(), None),
    };
    Some(Finding {
        standing,
        precautions: safety.precautions.clone(),
        threats: safety.threats.clone(),
        grades: Some((safety.severity, safety.urgency, safety.certainty)),
        as_of: decided_at.unwrap_or(seen.item.recorded_at),
        review_on: Some(safety.review_on),
        source: Some((seen.item.originator.clone(), seen.item.event_id)),
        target: safety.target.code(),
        target_note,
        person,
        doubtful: seen.doubtful,
        handling: Handling::of(seen),
        trace: seen.trace(),
    })
}

fn of_report(seen: &Seen, safety: &IncidentSafety) -> Finding {
    Finding {
        standing: Standing::ReportedNotAssessed,
        precautions: safety.provisional_precautions.clone(),
        threats: safety.threats.clone(),
        grades: None,
        as_of: safety.occurred.from,
        review_on: None,
        source: Some((seen.item.originator.clone(), seen.item.event_id)),
        target: "incident",
        target_note: String::new(),
        person: None,
        doubtful: seen.doubtful,
        handling: Handling::of(seen),
        trace: seen.trace(),
    }
}
