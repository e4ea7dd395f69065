//! What came to something in a quarter, and what stood at its end: counted once, when the quarter is released, from the rows of alerts,
//! escalations, plans and requests. Owns that a step of after the end changes nothing. What was corrected, withdrawn or erased before the
//! release isn't counted, as in every other table.

use std::collections::{BTreeMap, BTreeSet};

use diogel_domain::{
    calendar::{Holidays, london},
    codes::{Deed, Lifecycle},
    content::{Kind, Matter, ReferenceRole},
    effect::Effect,
    ids::EventId,
    lifecycle::alert::{AlertStanding, Raised, Step, of_alert},
    times::{Day, Moment},
};
use diogel_indicators::{Counted, Quarter, Table};
use diogel_sharing::audience::Recipient;

use crate::{
    audiences::AgencyNumber,
    fold::Folded,
    keys::{self, Hashed},
    registry::Registry,
    rows::{Item, ItemState},
    seeds::Course,
    standing::MOST_CORRECTIONS,
    store::{Store, StoreError},
    tally::QuarterCounts,
};

/// Rows that one scan reads.
const AT_ONCE: usize = 1024;
/// Answers to a request, in the table's order; the last: none.
const ANSWERS: [Deed; 3] = [
    Deed::InformationGiven,
    Deed::NothingHeld,
    Deed::InformationDeclined,
];

/// It is looked at when a quarter is released.
pub(crate) fn has_course(item: &Item) -> bool {
    let matter = item.kind.and_then(Kind::matter);
    matches!(
        matter,
        Some(
            Matter::HazardAlert
                | Matter::Escalation
                | Matter::SafetyPlan
                | Matter::InformationRequest
        )
    )
}

/// A step that counted by the quarter's end, with when it was taken and what it said.
struct Taken<'a> {
    at: Moment,
    deed: Deed,
    stage: u8,
    by: &'a diogel_domain::ids::AgencyId,
    course: Course,
}

/// What one quarter is counted from.
struct Count<'v, S> {
    views: &'v Folded<S>,
    registry: std::sync::Arc<Registry>,
    quarter: Quarter,
    /// The quarter's last moment.
    end: Moment,
    counts: QuarterCounts,
}

impl<S: Store> Folded<S> {
    /// What came to something in a quarter, or stood at its end; to be added to what was published in it.
    ///
    /// # Errors
    /// Of the store.
    pub fn at_end(&self, quarter: Quarter) -> Result<QuarterCounts, StoreError> {
        let mut count = Count {
            views: self,
            registry: self.registry(),
            quarter,
            end: quarter.ends(),
            counts: BTreeMap::new(),
        };
        count.courses()?;
        count.lens()?;
        Ok(count.counts)
    }

    fn position_of(&self, event: EventId) -> Result<Option<u64>, StoreError> {
        let row = self.store.get(&keys::event(event))?;
        Ok(row.map(|row| postcard::from_bytes(&row)).transpose()?)
    }

    fn row(&self, position: u64) -> Result<Option<Item>, StoreError> {
        let row = self.store.get(&keys::item(position))?;
        Ok(row.map(|row| postcard::from_bytes(&row)).transpose()?)
    }
}

impl<S: Store> Count<'_, S> {
    fn add(&mut self, table: Table, category: usize, agency: AgencyNumber) {
        let what = table.at(u8::try_from(category).unwrap_or(u8::MAX));
        *self.counts.entry((what, agency)).or_default() += 1;
    }

    fn courses(&mut self) -> Result<(), StoreError> {
        let end = keys::after(&[keys::COURSES]);
        let mut from = keys::course(0);
        loop {
            let rows = self.views.store.scan(&from, &end, AT_ONCE)?;
            let Some((last, _)) = rows.last() else {
                return Ok(());
            };
            from = [last.as_slice(), &[0]].concat();
            for (key, _) in &rows {
                let position = key.last_chunk::<8>().copied().map(u64::from_be_bytes);
                let item = position.map(|at| self.views.row(at)).transpose()?.flatten();
                if let Some(item) = item.filter(|item| item.ordered_at <= self.end) {
                    self.course(&item)?;
                }
            }
        }
    }

    fn course(&mut self, item: &Item) -> Result<(), StoreError> {
        if item.effect != Effect::Effective || !self.stood(item)? {
            return Ok(());
        }
        let Some(agency) = self.registry.number(&item.originator) else {
            return Ok(());
        };
        let steps = self.steps(item)?;
        match item.kind.and_then(Kind::matter) {
            Some(Matter::HazardAlert) => self.alert(item, agency, &steps),
            Some(Matter::Escalation) => {
                self.escalation(item, agency, &steps);
                Ok(())
            }
            Some(Matter::SafetyPlan) => {
                self.plan(item, agency, &steps);
                Ok(())
            }
            Some(Matter::InformationRequest) => {
                self.request(item, &steps);
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// Nothing had taken its place by the quarter's end.
    fn stood(&self, item: &Item) -> Result<bool, StoreError> {
        match item.state {
            ItemState::Superseded(by) => {
                let at = self.views.ordered_at(by)?;
                Ok(at.is_some_and(|at| at > self.end))
            }
            state => Ok(state.stands()),
        }
    }

    fn steps<'i>(&self, item: &'i Item) -> Result<Vec<Taken<'i>>, StoreError> {
        let mut steps = Vec::new();
        for step in item.steps.iter().filter(|step| step.stands) {
            let row = self.views.row(step.position)?;
            if let Some(row) = row.filter(|row| row.ordered_at <= self.end) {
                steps.push(Taken {
                    at: row.ordered_at,
                    deed: step.taken.deed,
                    stage: step.taken.stage,
                    by: &step.taken.by,
                    course: row.seeds.course,
                });
            }
        }
        Ok(steps)
    }

    fn alert(
        &mut self,
        item: &Item,
        agency: AgencyNumber,
        steps: &[Taken<'_>],
    ) -> Result<(), StoreError> {
        let (
            Course::Alert {
                decided_at,
                review_on,
            },
            Some(target),
            Some(told),
        ) = (
            &item.seeds.course,
            category(item, Table::AlertsTarget),
            category(item, Table::AlertsTold),
        )
        else {
            return Ok(());
        };
        let raised = Raised {
            at: item.ordered_at,
            decided_at: *decided_at,
            review_on: Some(*review_on),
            told: None,
            groundless_since: self.groundless_since(item)?,
        };
        let taken = steps.iter().map(|step| Step {
            at: step.at,
            deed: step.deed,
            review_on: match step.course {
                Course::Step { review_on, .. } => review_on,
                _ => None,
            },
            told: None,
        });
        let clocks = self.registry.policy(self.end).alerts;
        let holidays = Holidays::england_and_wales();
        let state = of_alert(raised, taken, clocks, self.end, holidays);
        let standing = match state.standing {
            AlertStanding::InForce => 0,
            AlertStanding::ReportedNotAssessed => 1,
            AlertStanding::Undecided => 2,
            AlertStanding::Stale => 3,
            AlertStanding::Suspended => 4,
            AlertStanding::Lapsed | AlertStanding::Refused | AlertStanding::Ended => return Ok(()),
        };
        let told_since = steps.iter().rev().find_map(|step| match step.course {
            Course::Step { told, .. } => told,
            _ => None,
        });
        let told = told_since.map_or(told, |told| usize::from(!told));
        self.add(Table::AlertsStanding, standing, agency);
        self.add(Table::AlertsStandingTarget, target, agency);
        self.add(Table::AlertsStandingTold, told, agency);
        Ok(())
    }

    /// Since when nothing stands that an alert rests on; none: something does.
    fn groundless_since(&self, item: &Item) -> Result<Option<Moment>, StoreError> {
        let mut since = None;
        let references = item.references().iter();
        for reference in references.filter(|r| r.role == ReferenceRole::RestsOn) {
            match self.withdrawn(reference.event_id)? {
                None => return Ok(None),
                at => since = since.max(at),
            }
        }
        Ok(since)
    }

    /// When a report, or what corrected it last, was withdrawn by the quarter's end.
    fn withdrawn(&self, event: EventId) -> Result<Option<Moment>, StoreError> {
        let Some(position) = self.views.position_of(event)? else {
            return Ok(None);
        };
        let mut item = self.views.row(position)?;
        for _ in 0..MOST_CORRECTIONS {
            match item.as_ref().map(|item| item.state) {
                Some(ItemState::EnteredInError(by)) => {
                    let at = self.views.ordered_at(by)?;
                    return Ok(at.filter(|at| *at <= self.end));
                }
                Some(ItemState::Corrected(by)) => item = self.views.row(by)?,
                _ => return Ok(None),
            }
        }
        Ok(None)
    }

    fn escalation(&mut self, item: &Item, agency: AgencyNumber, steps: &[Taken<'_>]) {
        let ended = steps.iter().find(|step| {
            matches!(
                step.deed,
                Deed::Resolved | Deed::Withdrawn | Deed::Determined | Deed::Diverted
            )
        });
        let Some(ended) = ended else {
            let moved = steps.iter().rev().find(|step| step.deed == Deed::MovedOn);
            let stage = moved.map_or(item.header.stage, |step| step.stage);
            let stage = usize::from(stage.clamp(1, 4) - 1);
            return self.add(Table::EscalationsOpen, stage, agency);
        };
        let in_quarter = Quarter::of(ended.at).0 == self.quarter;
        if in_quarter && ended.deed != Deed::Diverted {
            // Whoever ends it, as in the table of outcomes.
            let by = self.registry.number(ended.by).unwrap_or(agency);
            let took = match working_days(item.ordered_at, ended.at) {
                ..=3 => 0,
                4..=10 => 1,
                11..=20 => 2,
                21.. => 3,
            };
            self.add(Table::EscalationsTime, took, by);
        }
    }

    fn plan(&mut self, item: &Item, agency: AgencyNumber, steps: &[Taken<'_>]) {
        let Course::Plan { review_on, due } = &item.seeds.course else {
            return;
        };
        if steps.iter().any(|step| step.deed == Deed::PlanEnded) {
            return;
        }
        let last = london(self.end).day;
        let reviewed = steps.iter().rev().find_map(|step| match step.course {
            Course::Step { review_on, .. } if step.deed == Deed::PlanReviewed => review_on,
            _ => None,
        });
        let overdue = reviewed.unwrap_or(*review_on) <= last;
        self.add(Table::Plans, usize::from(overdue), agency);
        for (number, due) in (1..).zip(due) {
            let became = steps.iter().rev().find(|step| {
                let of = matches!(step.course, Course::Step { measure, .. } if measure == number);
                of && matches!(step.deed, Deed::MeasureDone | Deed::MeasureNotDone)
            });
            let category = match (became.map(|step| step.deed), due) {
                (Some(Deed::MeasureDone), _) => 0,
                (Some(_), _) => 1,
                (None, Some(due)) if *due > last => 2,
                (None, Some(_)) => 3,
                (None, None) => 4,
            };
            self.add(Table::Measures, category, agency);
        }
    }

    /// By the agencies that were asked: theirs are the answers.
    fn request(&mut self, item: &Item, steps: &[Taken<'_>]) {
        if Quarter::of(item.ordered_at).0 != self.quarter {
            return;
        }
        let table = [Table::Requests, Table::BoardRequests]
            .into_iter()
            .find(|table| category(item, *table).is_some());
        let Some(table) = table else {
            return;
        };
        let grants = item.audience().map_or(&[][..], |audience| &audience.grants);
        let asked: BTreeSet<&diogel_domain::ids::AgencyId> = grants
            .iter()
            .filter_map(|grant| match &grant.to {
                Recipient::Agency(agency) => Some(agency),
                _ => None,
            })
            .collect();
        for agency in asked {
            let Some(number) = self.registry.number(agency) else {
                continue;
            };
            let answer = steps
                .iter()
                .rev()
                .find(|step| step.by == agency && step.deed.lifecycle() == Lifecycle::Information);
            let answer = answer.and_then(|step| ANSWERS.iter().position(|d| *d == step.deed));
            self.add(table, answer.unwrap_or(ANSWERS.len()), number);
        }
    }

    /// Cases in which somebody reported threats in the quarter, and the agencies that noted a contact in them. A case: people of whom an
    /// identifier leads from one to the next.
    fn lens(&mut self) -> Result<(), StoreError> {
        let mut cases = Cases::default();
        let from = self.first_of(self.quarter.starts())?;
        let mut from = keys::item(from);
        let end = keys::after(&[keys::ITEMS]);
        'quarter: loop {
            let rows = self.views.store.scan(&from, &end, AT_ONCE)?;
            let Some((last, _)) = rows.last() else {
                break;
            };
            from = [last.as_slice(), &[0]].concat();
            for (_, row) in &rows {
                let item: Item = postcard::from_bytes(row)?;
                if item.ordered_at > self.end {
                    break 'quarter;
                }
                self.note(&item, &mut cases);
            }
        }
        for (contacts, threats) in cases.told() {
            for agency in contacts {
                if threats.iter().any(|other| *other != agency) {
                    self.add(Table::Lens, usize::from(!threats.contains(&agency)), agency);
                }
            }
        }
        Ok(())
    }

    fn note(&self, item: &Item, cases: &mut Cases) {
        let counts = item.effect == Effect::Effective;
        let Some(agency) = self.registry.number(&item.originator).filter(|_| counts) else {
            return;
        };
        let threat = category(item, Table::IncidentsThreat).is_some();
        let contact = category(item, Table::Contacts).is_some();
        if threat || contact {
            cases.add(item.seeds.who(), agency, threat);
        }
    }

    /// The first position that was ordered at a moment or later.
    fn first_of(&self, moment: Moment) -> Result<u64, StoreError> {
        let (mut from, mut to) = (1, self.views.checkpoint().position.saturating_add(1));
        while from < to {
            let middle = from + (to - from) / 2;
            let at = self.views.ordered_at(middle)?;
            if at.is_some_and(|at| at < moment) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        Ok(from)
    }
}

/// People by their identifiers, joined where one event names two of them together.
#[derive(Default)]
struct Cases {
    of: BTreeMap<Hashed, usize>,
    joined: Vec<usize>,
    told: Vec<(usize, AgencyNumber, bool)>,
}

impl Cases {
    fn add(&mut self, who: BTreeSet<Hashed>, agency: AgencyNumber, threat: bool) {
        let mut first = None;
        for hash in who {
            let next = self.joined.len();
            let case = *self.of.entry(hash).or_insert(next);
            if case == next {
                self.joined.push(next);
            }
            let case = self.root(case);
            match first {
                None => first = Some(case),
                Some(first) => {
                    let first = self.root(first);
                    self.joined[case] = first;
                }
            }
        }
        self.told.extend(first.map(|case| (case, agency, threat)));
    }

    fn root(&mut self, mut case: usize) -> usize {
        while self.joined[case] != case {
            self.joined[case] = self.joined[self.joined[case]];
            case = self.joined[case];
        }
        case
    }

    /// Of each case: who had contact, and who reported threats.
    fn told(mut self) -> Vec<(BTreeSet<AgencyNumber>, BTreeSet<AgencyNumber>)> {
        let mut all: BTreeMap<usize, (BTreeSet<AgencyNumber>, BTreeSet<AgencyNumber>)> =
            BTreeMap::new();
        for (case, agency, threat) in std::mem::take(&mut self.told) {
            let (contacts, threats) = all.entry(self.root(case)).or_default();
            if threat {
                threats.insert(agency);
            } else {
                contacts.insert(agency);
            }
        }
        all.into_values().collect()
    }
}

/// What it counts as in a table.
fn category(item: &Item, table: Table) -> Option<usize> {
    let counted: &[Counted] = &item.seeds.counted;
    let mut counted = counted.iter();
    let found = counted.find(|counted| counted.table == table.number());
    found.map(|counted| usize::from(counted.category))
}

/// Working days after the first day, up to the last.
fn working_days(from: Moment, to: Moment) -> u32 {
    let holidays = Holidays::england_and_wales();
    let (Day(first), Day(last)) = (london(from).day, london(to).day);
    let days = (first..last).map(|day| Day(day + 1));
    let working = days.filter(|day| holidays.is_working_day(*day)).count();
    u32::try_from(working).unwrap_or(u32::MAX)
}
