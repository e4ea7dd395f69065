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
    read::{About, Reader, Seen, Trace},
    rows::Item,
    store::{Store, StoreError},
};

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

impl<S: Store> Folded<S> {
    /// What the reader may know that bears on a visit to whoever or wherever has one of these identifiers.
    pub fn check(
        &self,
        reader: &Reader,
        identifiers: &[Identifier],
    ) -> Result<Vec<Finding>, StoreError> {
        let about = self.about(reader, identifiers, true)?;
        let found = about
            .items
            .iter()
            .filter(|(seen, _)| seen.item.state.stands())
            .filter_map(|(seen, labels)| Some((seen, finding(seen, labels, reader.at())?)));
        let found: Vec<(&Seen, Finding)> = found.collect();
        let decided = decided(&found);
        let mut findings: Vec<Finding> = found
            .into_iter()
            .filter(|(seen, _)| !decided.contains(&seen.item.event_id))
            .map(|(_, finding)| finding)
            .collect();
        findings.extend(self.at_doors(reader, identifiers, &about)?);
        findings.sort_by_key(|f| {
            (
                f.standing,
                std::cmp::Reverse(f.grades),
                std::cmp::Reverse(f.as_of),
            )
        });
        Ok(findings)
    }

    /// Precautions that the reader may know without their story: of items that it sees without safety, and of those of which it
    /// knows nothing else, by the very identifiers that it gave.
    fn at_doors(
        &self,
        reader: &Reader,
        identifiers: &[Identifier],
        about: &About,
    ) -> Result<Vec<Finding>, StoreError> {
        let mut at: BTreeMap<u64, BTreeSet<String>> = self.doors(reader, identifiers)?;
        let without_safety = |seen: &&(Seen, Vec<String>)| {
            let groups = seen.0.permit.groups();
            groups.has(FieldGroup::Precautions) && !groups.has(FieldGroup::Safety)
        };
        for (seen, labels) in about.items.iter().filter(without_safety) {
            at.entry(seen.position).or_default().extend(labels.clone());
        }
        let mut findings = Vec::new();
        for (position, labels) in at {
            if let Some((trace, item, door)) = self.at_the_door(reader, position)?
                && item.state.stands()
                && door.found_by.iter().any(|label| labels.contains(label))
            {
                let seen = about
                    .items
                    .iter()
                    .find(|(seen, _)| seen.position == position);
                let source = seen.map(|(s, _)| (s.item.originator.clone(), s.item.event_id));
                let trace = seen.map_or(trace, |(seen, _)| seen.trace());
                let handling = seen.and_then(|(seen, _)| Handling::of(seen));
                let found = of_door(&item, &door, source, trace, reader.at());
                findings.extend(found.map(|found| Finding { handling, ..found }));
            }
        }
        Ok(findings)
    }
}

/// Reports that an alert shown here rests on: somebody has assessed them, and the alert says what came of it.
fn decided(found: &[(&Seen, Finding)]) -> BTreeSet<EventId> {
    let alerts = found
        .iter()
        .filter(|(_, f)| f.standing != Standing::ReportedNotAssessed);
    alerts
        .flat_map(|(seen, _)| seen.item.references())
        .filter(|reference| reference.role == ReferenceRole::RestsOn)
        .map(|reference| reference.event_id)
        .collect()
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
