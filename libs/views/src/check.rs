//! The pre-visit check: "is it safe to visit?" Precautions first, story second. It answers with what is known to the reader, and
//! never says "safe" (PRACTICE, sections 1 and 10).

use std::collections::{BTreeMap, BTreeSet};

use diogel_domain::{
    alert::{AlertSafety, AlertTarget},
    codes::{
        AlertStatus, Certainty, Deed, FamilyHandling, HandlingCode, OnwardSharing, Severity,
        ThreatForm, Urgency,
    },
    content::{Matter, ReferenceRole},
    ids::{AgencyId, EventId},
    incident::{Corroboration, IncidentSafety, Precaution},
    lifecycle::alert::{AlertStanding, AlertState},
    people::Identifier,
    times::{Day, Moment},
};

use diogel_sharing::{AtTheDoor, group_of, groups::FieldGroup, permit::Disclosed};

use crate::{
    fold::Folded,
    read::{Reader, Seen, Trace},
    rows::Item,
    standing::Standing,
    store::{Store, StoreError},
};

mod share;

use share::Candidate;

/// So many reports an alert rests on, by its rules.
const MOST_REPORTS: usize = 16;

/// One thing that a visitor has to know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// How it stands.
    pub standing: AlertStanding,
    /// The person objects, and nobody has answered yet.
    pub disputed: bool,
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
    /// Who reported it, and who bears that out.
    pub provenance: Provenance,
    /// For the access log, not for the reader.
    pub trace: Trace,
}

/// Who reported what a finding says, and who bears it out, as far as the reader may see that. Absence proves nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Provenance {
    /// Whose reports an alert rests on.
    pub reported_by: BTreeSet<AgencyId>,
    /// Agencies that bore the reports out by a step of their own.
    pub borne_out_by: BTreeSet<AgencyId>,
    /// Who else bears them out, as they say.
    pub corroborated_by: Vec<Corroboration>,
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
        let mut settled = BTreeSet::new();
        for found in self.found(reader, identifiers, true)? {
            let (seen, labels) = found?;
            settled.extend(settles(&seen));
            if let Some(candidate) = candidate(&seen, &labels) {
                let provenance = self.provenance(reader, &seen)?;
                let finding = Finding {
                    provenance,
                    ..candidate.finding
                };
                candidates.push(Candidate {
                    finding,
                    ..candidate
                });
            }
            met.insert(seen.position, of_item(&seen, labels));
        }
        candidates.retain(|c| {
            !c.event
                .is_some_and(|e| settled.contains(&(e, c.originator.clone())))
        });
        candidates.extend(self.at_doors(reader, identifiers, met)?);
        candidates.sort_by_key(|candidate| {
            let finding = &candidate.finding;
            let grades = std::cmp::Reverse(finding.grades);
            (finding.standing, grades, std::cmp::Reverse(finding.as_of))
        });
        Ok(share::checked(candidates, room, size))
    }

    /// Of an alert, from the reports that it rests on; of a report, from itself. What was withdrawn bears nothing out.
    fn provenance(&self, reader: &Reader, seen: &Seen) -> Result<Provenance, StoreError> {
        let mut provenance = Provenance::default();
        let alert = seen.matter() == Some(Matter::HazardAlert);
        if !alert {
            provenance.add(seen, &self.steps(reader, seen)?);
            return Ok(provenance);
        }
        for event in rests_on(seen).take(MOST_REPORTS) {
            let report = self.see_event(reader, event)?;
            if let Some(report) = report.filter(|report| report.item.state.stands()) {
                let originator = report.item.originator.clone();
                provenance.reported_by.insert(originator);
                provenance.add(&report, &self.steps(reader, &report)?);
            }
        }
        Ok(provenance)
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
                let state = self.standing_at_the_door(reader, &item, door.alert)?;
                let finding = of_door(&item, &door, source, trace, &state);
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

impl Provenance {
    fn add(&mut self, report: &Seen, steps: &[Seen]) {
        let bears_out = |step: &&Seen| {
            let deed = step.item.header.step.as_ref().map(|step| step.deed);
            deed == Some(Deed::Corroborated)
                && step.permit.groups().has(group_of(Deed::Corroborated))
        };
        let agencies = steps.iter().filter(bears_out);
        self.borne_out_by
            .extend(agencies.map(|step| step.item.originator.clone()));
        let content = report.disclosed.as_ref().map(Disclosed::content);
        let narrative = content.and_then(|content| content.incident()?.narrative.as_ref());
        let sources = narrative.into_iter().flat_map(|n| &n.corroborated_by);
        self.corroborated_by.extend(sources.cloned());
    }
}

fn candidate(seen: &Seen, labels: &[String]) -> Option<Candidate> {
    if !seen.item.state.stands() || !bears(seen, labels) {
        return None;
    }
    Some(Candidate {
        finding: finding(seen, alert_state(seen)?)?,
        originator: seen.item.originator.clone(),
        event: Some(seen.item.event_id),
        rests_on: rests_on(seen).collect(),
    })
}

const fn alert_state(seen: &Seen) -> Option<&AlertState> {
    match &seen.standing {
        Some(Standing::Alert(state)) => Some(state),
        Some(Standing::Escalation(_)) | None => None,
    }
}

fn rests_on(seen: &Seen) -> impl Iterator<Item = EventId> + '_ {
    let references = seen.item.references().iter();
    let rests_on = references.filter(|reference| reference.role == ReferenceRole::RestsOn);
    rests_on.map(|reference| reference.event_id)
}

/// The reports of its originator's own that an alert rests on which was refused, or has run its course: the danger was assessed.
fn settles(seen: &Seen) -> Vec<(EventId, AgencyId)> {
    let content = seen.disclosed.as_ref().map(Disclosed::content);
    let alert = content.and_then(diogel_domain::content::Content::hazard_alert);
    let earnest = alert.is_some_and(|alert| alert.status == AlertStatus::Actual);
    let over = alert_state(seen).is_some_and(|state| {
        matches!(
            state.standing,
            AlertStanding::Refused | AlertStanding::Ended
        )
    });
    if !earnest || !over || !seen.item.state.stands() {
        return Vec::new();
    }
    let own = |event| (event, seen.item.originator.clone());
    rests_on(seen).map(own).collect()
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

/// It is danger to whoever goes there, and the identifiers that were given lead to it.
fn bears(seen: &Seen, labels: &[String]) -> bool {
    let Some(content) = seen.disclosed.as_ref().map(Disclosed::content) else {
        return false;
    };
    let Some(alert) = content.hazard_alert() else {
        return content.incident().is_some();
    };
    // An exercise or a test is never mistaken for danger.
    let safety = alert.safety.as_ref();
    safety
        .filter(|_| alert.status == AlertStatus::Actual)
        .is_some_and(|safety| {
            let found = safety.target.found_by();
            labels.iter().any(|l| found.contains(&l.as_str()))
        })
}

fn finding(seen: &Seen, state: &AlertState) -> Option<Finding> {
    let content = seen.disclosed.as_ref()?.content();
    if !state.standing.shows() {
        return None;
    }
    if let Some(alert) = content.hazard_alert() {
        return Some(of_alert(seen, alert.safety.as_ref()?, state));
    }
    let safety = content.incident()?.safety.as_ref()?;
    Some(of_report(seen, safety, state))
}

/// What nobody has decided in time is listed, and asks nothing of a visitor any more (PRACTICE, section 10, "Danger at once").
fn holding(precautions: &[Precaution], state: &AlertState) -> Vec<Precaution> {
    let hold = state.standing.has_precautions();
    if hold {
        precautions.to_vec()
    } else {
        Vec::new()
    }
}

fn of_door(
    item: &Item,
    door: &AtTheDoor,
    source: Option<(AgencyId, EventId)>,
    trace: Trace,
    state: &AlertState,
) -> Option<Finding> {
    // Of what is listed as undecided nothing is left to do at the door.
    if !state.standing.has_precautions() {
        return None;
    }
    let reported = door.alert.map_or(item.ordered_at, |_| item.recorded_at);
    Some(Finding {
        standing: state.standing,
        disputed: state.disputed_since.is_some(),
        precautions: door.precautions.clone(),
        threats: Vec::new(),
        grades: None,
        as_of: state.decided_at.unwrap_or(reported),
        review_on: state.review_on,
        source,
        target: "",
        target_note: String::new(),
        person: None,
        doubtful: false,
        handling: None,
        provenance: Provenance::default(),
        trace,
    })
}

fn of_alert(seen: &Seen, safety: &AlertSafety, state: &AlertState) -> Finding {
    let (target_note, person) = match &safety.target {
        AlertTarget::Person(label) => (String::new(), Some(label.clone())),
        AlertTarget::Animal { description, .. } => (description.clone(), None),
        AlertTarget::Premises(_) | AlertTarget::Household { .. } => (String::new(), None),
    };
    Finding {
        standing: state.standing,
        disputed: state.disputed_since.is_some(),
        precautions: holding(&safety.precautions, state),
        threats: safety.threats.clone(),
        grades: Some((safety.severity, safety.urgency, safety.certainty)),
        as_of: state.decided_at.unwrap_or(seen.item.recorded_at),
        review_on: state.review_on,
        source: Some((seen.item.originator.clone(), seen.item.event_id)),
        target: safety.target.code(),
        target_note,
        person,
        doubtful: seen.doubtful,
        handling: Handling::of(seen),
        provenance: Provenance::default(),
        trace: seen.trace(),
    }
}

fn of_report(seen: &Seen, safety: &IncidentSafety, state: &AlertState) -> Finding {
    Finding {
        standing: state.standing,
        disputed: state.disputed_since.is_some(),
        precautions: holding(&safety.provisional_precautions, state),
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
        provenance: Provenance::default(),
        trace: seen.trace(),
    }
}
