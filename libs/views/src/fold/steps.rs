//! Steps in the fold: whether one counts, from what stands in clear of what it is taken on; and with whom it is shared. A step on the
//! agency's own event, on an escalation or on a meeting goes wherever that goes, now and whenever that changes; so an erasure of it takes
//! its steps along, which may retell it.

use diogel_domain::{
    codes::Sector,
    content::{Kind, Matter, ReferenceRole},
    effect::{Effect, Reason},
    ids::{AgencyId, EventId},
    lifecycle::{self, By, Ground, MOST_STEPS, Shared, Taken},
    times::Moment,
};
use diogel_sharing::{
    agreement::Span,
    audience::{Grant, Recipient},
    header::Header,
};
use serde::{Deserialize, Serialize};

use super::apply::Step;
use crate::{
    keys,
    registry::Registry,
    rows::{ChangeKind, Item, ItemState},
    standing::decides,
    store::{Store, StoreError},
    ties::{Tie, TiedBy},
};

/// A step that counts, as what it is taken on keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct TakenAt {
    /// Its position.
    pub position: u64,
    /// What was done, by whom.
    pub taken: Taken,
    /// It was neither entered in error, nor left behind by a correction.
    pub stands: bool,
    /// It is shared as what it is taken on.
    pub follows: bool,
}

/// What a step is taken on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct StepOf {
    /// Its position.
    pub position: u64,
    /// Shared as that is, which is about this; none: it has an audience of its own.
    pub follows: Option<Matter>,
    /// When that was published.
    pub published: Moment,
    /// It is the same agency's.
    pub own: bool,
}

impl<S: Store> Step<'_, '_, S> {
    /// Why a step doesn't count; none: it does.
    pub(super) fn step_refused(
        &mut self,
        by: &AgencyId,
        header: &Header,
    ) -> Result<Option<Reason>, StoreError> {
        let Some((_, of)) = self.step_ground(header)? else {
            return Ok(Some(Reason::WrongKind));
        };
        Ok(match shared(self.registry, &of, by, header, self.now) {
            Err(reason) => Some(reason),
            Ok(shared) => {
                let fits = (shared == Shared::OfItsOwn) == header.audience.is_some();
                (!fits).then_some(Reason::AudienceOfAStep)
            }
        })
    }

    fn step_ground(&mut self, header: &Header) -> Result<Option<(u64, Item)>, StoreError> {
        match ground_of(header) {
            Some(event) => self.find(event),
            None => Ok(None),
        }
    }

    /// Gives a step that counts what it is shared by.
    pub(super) fn set_out(&mut self, item: &mut Item) -> Result<(), StoreError> {
        if item.kind != Some(Kind::Stepped) {
            return Ok(());
        }
        let Some((position, of)) = self.step_ground(&item.header)? else {
            return Ok(());
        };
        if item.header.audience.is_none() {
            item.of = Some(StepOf::following(position, item, &of));
            follow(item, &of);
        } else {
            item.of = Some(StepOf {
                follows: None,
                ..StepOf::following(position, item, &of)
            });
            // Whose event it is hears of it.
            let originator = self.registry.number(&of.originator);
            item.ties.extend(originator.map(|agency| Tie {
                agency,
                by: TiedBy::Concern,
                span: Span::since(self.now),
            }));
        }
        Ok(())
    }

    /// A step took effect: how what it is taken on stands has changed, for those who may know of the step.
    pub(super) fn took_step(&mut self, position: u64, item: &Item) -> Result<(), StoreError> {
        let (Some(of), Some(step)) = (item.of, &item.header.step) else {
            return Ok(());
        };
        let mut ground = self.item(of.position)?;
        ground.steps.push(TakenAt {
            position,
            taken: Taken {
                deed: step.deed,
                by: item.originator.clone(),
                stage: item.header.stage,
            },
            stands: true,
            follows: of.follows.is_some(),
        });
        self.pending.write(keys::item(of.position), &ground)?;
        self.keep_running(of.position, &ground)?;
        let told = item.holders().meet(ground.holders());
        self.change(told, of.position, ChangeKind::Changed)
    }

    /// A step was entered in error: it doesn't stand any more, and how what it is taken on stands changes back.
    pub(super) fn untake(&mut self, position: u64, item: &Item) -> Result<(), StoreError> {
        let Some(of) = item.of else {
            return Ok(());
        };
        let mut ground = self.item(of.position)?;
        for step in ground.steps.iter_mut().filter(|s| s.position == position) {
            step.stands = false;
        }
        self.pending.write(keys::item(of.position), &ground)?;
        self.keep_running(of.position, &ground)?;
        let told = item.ever_holders().meet(ground.holders());
        self.change(told, of.position, ChangeKind::Changed)
    }

    /// Whether an item's clocks run: of an alert or an escalation that isn't over.
    pub(super) fn keep_running(&mut self, position: u64, item: &Item) -> Result<(), StoreError> {
        let over = |step: &TakenAt| step.stands && lifecycle::is_over(step.taken.deed);
        let matter = item.kind.and_then(Kind::matter);
        let has_course = matches!(matter, Some(Matter::HazardAlert | Matter::Escalation));
        if !has_course {
            return Ok(());
        }
        let runs =
            item.effect == Effect::Effective && item.state.stands() && !item.steps.iter().any(over);
        if runs {
            self.pending.put(keys::running(position), Vec::new());
        } else {
            self.pending.remove(keys::running(position));
        }
        self.mark_open(position, item, runs)
    }

    /// What is shared as an item is follows it.
    pub(super) fn lead_steps(&mut self, item: &Item, now: Moment) -> Result<(), StoreError> {
        for position in following(item) {
            let mut step = self.item(position)?;
            if follow(&mut step, item) {
                self.redecide(position, &mut step, now)?;
            }
        }
        Ok(())
    }

    /// An item's content is gone, or was wrong: so is what its own steps say of it.
    pub(super) fn end_steps(&mut self, item: &Item, state: ItemState) -> Result<(), StoreError> {
        for position in following(item) {
            let mut step = self.item(position)?;
            // What others said of it stays on record, unless its content goes.
            let erased = matches!(state, ItemState::Erased(_));
            let own = step.originator == item.originator;
            if !step.state.stands() || !(own || erased) {
                continue;
            }
            match state {
                ItemState::Erased(_) => self.purge_for_good(position, &mut step)?,
                _ => self.purge(position, &mut step)?,
            }
            step.state = state;
            self.pending.write(keys::item(position), &step)?;
            self.mark_untaken(position, &step)?;
            self.change(step.ever_holders(), position, ChangeKind::Retracted)?;
        }
        Ok(())
    }

    /// A correction takes the place of what it corrects: the steps taken on that are now taken on this. What was decided of other words
    /// isn't decided of these.
    pub(super) fn hand_steps_on(
        &mut self,
        from: &mut Item,
        to: u64,
        now: Moment,
    ) -> Result<(), StoreError> {
        if from.steps.is_empty() {
            return Ok(());
        }
        let mut correction = self.item(to)?;
        // What was decided of other words stays with them, and goes with them.
        let (decided, handed): (Vec<TakenAt>, Vec<TakenAt>) = std::mem::take(&mut from.steps)
            .into_iter()
            .partition(|step| decides(step.taken.deed));
        for step in &decided {
            let mut step_item = self.item(step.position)?;
            self.purge(step.position, &mut step_item)?;
        }
        from.steps = decided;
        let is_dispute = from.kind.and_then(Kind::matter) == Some(Matter::Escalation);
        for handed in handed.iter().filter(|step| step.follows) {
            let mut step = self.item(handed.position)?;
            if let Some(of) = &mut step.of {
                (of.position, of.published) = (to, correction.ordered_at);
            }
            // The deed goes on; the words were written for those who held other ones. A disagreement's are for its parties.
            if !is_dispute {
                self.purge(handed.position, &mut step)?;
            }
            self.pending.write(keys::item(handed.position), &step)?;
        }
        correction.steps = handed;
        self.pending.write(keys::item(to), &correction)?;
        self.keep_running(to, &correction)?;
        self.lead_steps(&correction, now)
    }
}

/// The event that a step is taken on.
pub(crate) fn ground_of(header: &Header) -> Option<EventId> {
    let mut references = header.references.iter();
    let of = references.find(|r| r.role == ReferenceRole::StepOf);
    of.map(|reference| reference.event_id)
}

/// With whom a step by an agency on an item would be shared.
pub(crate) fn shared(
    registry: &Registry,
    of: &Item,
    by: &AgencyId,
    header: &Header,
    now: Moment,
) -> Result<Shared, Reason> {
    let step = header.step.as_ref().ok_or(Reason::WrongKind)?;
    // Counted with those that don't stand any more: a row doesn't grow by taking a step back.
    let ever = of.steps.iter().filter(|step| step.taken.by == *by);
    if ever.count() >= MOST_STEPS {
        return Err(Reason::ChangedTooOften);
    }
    let parties = parties(of);
    let standing = of.steps.iter().filter(|step| step.stands);
    let taken: Vec<Taken> = standing.map(|step| step.taken.clone()).collect();
    let ground = Ground {
        matter: of.kind.and_then(Kind::matter).ok_or(Reason::WrongKind)?,
        originator: &of.originator,
        parties: &parties,
        chair: of.header.attendance.as_ref().map(|a| &a.chair),
        stage: of.header.stage,
        last_stage: registry.policy(now).last_stage(),
        taken: &taken,
    };
    let agency = registry.agency(by);
    let is_board = agency.is_some_and(|a| a.facts.sector == Sector::Board);
    lifecycle::decide(
        &ground,
        By {
            agency: by,
            is_board,
        },
        step,
        header.stage,
    )
}

/// The agencies that an escalation names as its parties, its originator's among them.
fn parties(of: &Item) -> Vec<AgencyId> {
    let named = of.audience().into_iter().flat_map(|audience| {
        let agencies = audience.grants.iter().filter_map(|grant| match &grant.to {
            Recipient::Agency(agency) => Some(agency),
            Recipient::Sector(_) | Recipient::Involved(_) | Recipient::Meeting(_) => None,
        });
        agencies.filter(|agency| audience.is_party(agency))
    });
    named.chain([&of.originator]).cloned().collect()
}

fn following(item: &Item) -> Vec<u64> {
    let led = item.steps.iter().filter(|step| step.follows);
    led.map(|step| step.position).collect()
}

impl StepOf {
    pub(crate) fn following(position: u64, step: &Item, of: &Item) -> Self {
        Self {
            position,
            follows: of.kind.and_then(Kind::matter),
            published: of.ordered_at,
            own: step.originator == of.originator,
        }
    }
}

/// Shares a step as what it is taken on is shared, and with whose that is. False: nothing is different.
pub(crate) fn follow(step: &mut Item, of: &Item) -> bool {
    let mut audience = of.header.audience.clone();
    if step.originator != of.originator
        && let Some(audience) = &mut audience
    {
        audience.grants.push(Grant {
            to: Recipient::Agency(of.originator.clone()),
            groups: None,
        });
    }
    let same = step.header.audience == audience
        && step.changes == of.changes
        && step.ties == of.ties
        && step.seeds.withheld == of.seeds.withheld;
    if !same {
        step.header.audience = audience;
        step.changes.clone_from(&of.changes);
        step.ties.clone_from(&of.ties);
        step.seeds.withheld.clone_from(&of.seeds.withheld);
    }
    !same
}
