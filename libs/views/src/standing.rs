//! How an alert, a report of danger or an escalation stands for one reader: by the steps that this reader may see, by what it rests on
//! as far as the reader sees that, and by the clock. Nothing hidden counts (P6).

use diogel_domain::{
    calendar::Holidays,
    codes::{Deed, Lifecycle},
    content::{Content, Kind, Matter, ReferenceRole},
    ids::EventId,
    lifecycle::{
        alert::{self, AlertStanding, AlertState, Raised, of_alert},
        escalation::{self, EscalationState, of_escalation},
    },
    step::StepSaid,
    times::{Day, Moment},
};

use diogel_sharing::{
    group_of,
    permit::{Disclosed, Permit},
};

use crate::{
    fold::Folded,
    keys,
    read::{Reader, Seen},
    rows::{Item, ItemState},
    store::{Store, StoreError},
};

/// How an item stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// An alert, or a report of danger.
    Alert(AlertState),
    /// An escalation.
    Escalation(EscalationState),
}

/// How something stands that an alert rests on.
enum Ground {
    Unseen,
    Stands,
    Withdrawn(Moment),
}

/// Corrections of corrections that are followed.
pub(crate) const MOST_CORRECTIONS: usize = 64;

impl Standing {
    /// Nothing comes of it any more: it was refused, or has ended.
    pub const fn is_over(&self) -> bool {
        match self {
            Self::Alert(state) => matches!(
                state.standing,
                AlertStanding::Refused | AlertStanding::Ended
            ),
            Self::Escalation(state) => state.over.is_some(),
        }
    }

    /// When it changes next by the clock alone.
    pub const fn turns(&self) -> Option<Moment> {
        match self {
            Self::Alert(state) => state.turns,
            Self::Escalation(state) => state.turns,
        }
    }
}

/// A step that decides of words: of other words it decides nothing.
pub(crate) const fn decides(deed: Deed) -> bool {
    matches!(
        deed,
        Deed::Approved
            | Deed::Refused
            | Deed::Renewed
            | Deed::AssessedNoAlert
            | Deed::Corroborated
            | Deed::MeasureDone
            | Deed::MeasureNotDone
    )
}

impl<S: Store> Folded<S> {
    /// The steps taken on an item that the reader may see, in their order; only those that stand.
    pub fn steps(&self, reader: &Reader, of: &Seen) -> Result<Vec<Seen>, StoreError> {
        let mut steps = Vec::new();
        for step in &of.steps {
            steps.extend(self.see_event(reader, *step)?);
        }
        Ok(steps)
    }

    /// As of an item's row.
    pub(crate) fn steps_taken(&self, reader: &Reader, on: &Item) -> Result<Vec<Seen>, StoreError> {
        let mut steps = Vec::new();
        for step in on.steps.iter().filter(|step| step.stands) {
            steps.extend(self.see(reader, step.position)?);
        }
        Ok(steps)
    }

    /// How an item stands for the reader, by these steps; none: it has no lifecycle of its own, or is gone.
    pub(crate) fn standing(
        &self,
        reader: &Reader,
        of: &Seen,
        steps: &[Seen],
    ) -> Result<Option<Standing>, StoreError> {
        let Some(content) = of.disclosed.as_ref().map(Disclosed::content) else {
            return Ok(None);
        };
        match of.item.kind.and_then(Kind::matter) {
            Some(Matter::HazardAlert | Matter::Incident) => {
                let Some(raised) = raised(&of.item, content) else {
                    return Ok(None);
                };
                let groundless_since = self.groundless_since(reader, of)?;
                let raised = Raised {
                    groundless_since,
                    ..raised
                };
                let steps = steps.iter().filter_map(alert_step);
                let at = reader.at();
                let clocks = reader.registry().policy(at).alerts;
                let holidays = Holidays::england_and_wales();
                Ok(Some(Standing::Alert(of_alert(
                    raised, steps, clocks, at, holidays,
                ))))
            }
            Some(Matter::Escalation) => Ok(escalation_now(reader, of, content, steps)),
            Some(_) | None => Ok(None),
        }
    }

    /// Where alerts and escalations stand that aren't over, whoever sees them: each is still to be seen through a permit.
    /// So many after a position.
    pub fn running(&self, after: u64, most: usize) -> Result<Vec<u64>, StoreError> {
        let end = keys::after(&[keys::RUNNING]);
        let rows = self
            .store
            .scan(&keys::running(after.saturating_add(1)), &end, most)?;
        let positions = rows.into_iter().filter_map(|(key, _)| {
            let position = key.last_chunk::<8>().copied();
            position.map(u64::from_be_bytes)
        });
        Ok(positions.collect())
    }

    /// Since when nothing stands that an alert rests on, of what the reader may see of that; none: something stands, or it sees nothing.
    fn groundless_since(&self, reader: &Reader, of: &Seen) -> Result<Option<Moment>, StoreError> {
        let mut since = None;
        let references = of.item.references().iter();
        for reference in references.filter(|r| r.role == ReferenceRole::RestsOn) {
            match self.withdrawn(reader, reference.event_id)? {
                Ground::Unseen => {}
                Ground::Stands => return Ok(None),
                Ground::Withdrawn(at) => since = since.max(Some(at)),
            }
        }
        Ok(since)
    }

    /// How an incident stands that an alert rests on, or what corrected it last.
    fn withdrawn(&self, reader: &Reader, event: EventId) -> Result<Ground, StoreError> {
        let Some(mut state) = self.state_of(reader, event)? else {
            return Ok(Ground::Unseen);
        };
        for _ in 0..MOST_CORRECTIONS {
            match state {
                ItemState::EnteredInError(by) => {
                    let at = self.ordered_at(by)?;
                    return Ok(at.map_or(Ground::Stands, Ground::Withdrawn));
                }
                ItemState::Corrected(by) => {
                    let correction = self.event_at(by)?;
                    let next = correction.map(|event| self.state_of(reader, event));
                    match next.transpose()?.flatten() {
                        Some(next) => state = next,
                        None => return Ok(Ground::Stands),
                    }
                }
                _ => return Ok(Ground::Stands),
            }
        }
        Ok(Ground::Stands)
    }

    /// How an alert or report stands of which the reader may know the precautions alone.
    pub(crate) fn standing_at_the_door(
        &self,
        reader: &Reader,
        item: &Item,
        alert: Option<(Option<Moment>, Day)>,
    ) -> Result<AlertState, StoreError> {
        let mut steps = Vec::new();
        for step in item.steps.iter().filter(|step| step.stands) {
            let permitted = self.permitted(reader, step.position, Permit::for_door)?;
            if let Some((taken, ..)) = permitted {
                let door = self.at_the_door(reader, step.position)?;
                let review_on = door.and_then(|(.., door)| door.step?.1);
                steps.push(alert::Step {
                    at: taken.ordered_at,
                    deed: step.taken.deed,
                    review_on,
                    told: None,
                });
            }
        }
        let raised = Raised {
            at: item.ordered_at,
            decided_at: alert.and_then(|(decided, _)| decided),
            review_on: alert.map(|(_, review_on)| review_on),
            told: None,
            groundless_since: None,
        };
        let at = reader.at();
        let clocks = reader.registry().policy(at).alerts;
        let holidays = Holidays::england_and_wales();
        Ok(of_alert(raised, steps, clocks, at, holidays))
    }
}

fn escalation_now(
    reader: &Reader,
    of: &Seen,
    content: &Content,
    steps: &[Seen],
) -> Option<Standing> {
    let dispute = content.escalation()?.dispute.as_ref()?;
    let steps = steps.iter().filter_map(|seen| {
        let (deed, said) = taken(seen)?;
        let said = match said {
            Some(StepSaid::Escalation(said)) => said.as_ref(),
            _ => None,
        };
        Some(escalation::Step {
            at: seen.item.ordered_at,
            deed,
            stage: seen.item.header.stage,
            said,
        })
    });
    let raised = (of.item.ordered_at, dispute);
    let policy = |at| reader.registry().policy(at);
    let holidays = Holidays::england_and_wales();
    let state = of_escalation(raised, steps, policy, reader.at(), holidays);
    Some(Standing::Escalation(state))
}

/// None: neither an alert nor a report of danger at once, or its safety isn't disclosed.
fn raised<'a>(item: &Item, content: &'a Content) -> Option<Raised<'a>> {
    let raised = Raised {
        at: item.ordered_at,
        decided_at: None,
        review_on: None,
        told: None,
        groundless_since: None,
    };
    if let Some(alert) = content.hazard_alert() {
        let safety = alert.safety.as_ref()?;
        return Some(Raised {
            decided_at: safety.decision.as_ref().map(|d| d.decided_at),
            review_on: Some(safety.review_on),
            told: safety.told.as_ref(),
            ..raised
        });
    }
    let safety = content.incident()?.safety.as_ref()?;
    safety.danger_at_once.then_some(raised)
}

/// What a step did, as it stands in clear, for whoever may know that; and what it says, as long as that is there. An erasure of the words
/// leaves the deed: what it ended stays ended.
fn taken(seen: &Seen) -> Option<(Deed, Option<&StepSaid>)> {
    let deed = seen.item.header.step.as_ref()?.deed;
    let content = seen.disclosed.as_ref().map(Disclosed::content);
    let said = match content {
        Some(Content::Step(step)) => Some(&step.said),
        Some(_) | None => None,
    };
    let may_know = seen.permit.groups().has(group_of(deed));
    may_know.then_some((deed, said))
}

fn alert_step(seen: &Seen) -> Option<alert::Step<'_>> {
    let (deed, said) = taken(seen)?;
    let (review_on, told) = match said {
        Some(StepSaid::Alert(said)) => (said.review_on, said.told.as_ref()),
        Some(_) | None => (None, None),
    };
    let counts = matches!(
        deed.lifecycle(),
        Lifecycle::Alert | Lifecycle::Incident | Lifecycle::Statement
    );
    counts.then_some(alert::Step {
        at: seen.item.ordered_at,
        deed,
        review_on,
        told,
    })
}
