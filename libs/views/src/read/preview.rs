//! What would be: who would see what of a publication that isn't one yet, or of an event once its audience is changed. The decision
//! is the one that will be made; the ties that it is made by are those that the asker may know of, so that nobody finds out by a
//! draft who is involved with whom (P6).

use diogel_domain::{
    content::{Content, Kind, Matter, ReferenceRole},
    effect::Effect,
    ids::{AgencyId, EventId},
    lifecycle::Shared,
    times::Moment,
};
use diogel_sharing::{
    agreement::Span,
    audience::{Audience, AudienceTexts, Grant, Recipient},
    change::Change,
    decide::{Question, decide},
    groups::{FieldGroup, Groups},
    header::Header,
    permit::Permit,
    remains::Remains,
    room,
};

use super::{Line, Reader, Seen};
use crate::{
    audiences::AgencyNumber,
    fold::{
        Folded,
        inherited::inherited,
        steps::{StepOf, follow, ground_of, shared},
    },
    input::ChainPlace,
    rows::{Item, ItemState},
    seeds::Seeds,
    store::{Store, StoreError},
    ties::{Standing, Tie, TiedBy},
};

/// What isn't published yet.
#[derive(Debug, Clone)]
pub enum Draft {
    /// A new event.
    New {
        /// Its kind.
        kind: Kind,
        /// What it will say in clear.
        header: Box<Header>,
        /// What it will say.
        content: Box<Content>,
        /// What of its audience will be sealed.
        texts: AudienceTexts,
    },
    /// Another audience for one of the asker's own events.
    Change(EventId, Change),
}

/// Who sits at the table, besides those who attend the meetings that the draft names.
#[derive(Debug, Clone)]
pub struct Table {
    /// The chair's agency.
    pub chair: AgencyId,
    /// The others'.
    pub attending: Vec<AgencyId>,
}

/// What would be seen.
#[derive(Debug, Clone)]
pub struct Preview {
    /// Of every other agency: what it would get and why not more, and what it would read.
    pub recipients: Vec<(Line, Option<Seen>)>,
    /// What the chair would read.
    pub chair: Option<Seen>,
    /// What everybody at the table may.
    pub professionals: Option<Seen>,
    /// What may be told to a member of the family, by label; without a label: to any other.
    pub family: Vec<(Option<String>, Option<Seen>)>,
    /// Who would get nothing, though a flow would carry it if it were granted.
    pub could_be_told: Vec<AgencyId>,
}

/// A draft as it would stand in the views.
struct Drafted {
    item: Item,
    /// Of a new event; that of another stands with it.
    whole: Option<Remains>,
}

impl<S: Store> Folded<S> {
    /// Previews a draft. None: what it changes isn't the reader's own event.
    pub fn preview(
        &self,
        reader: &Reader,
        draft: Draft,
        table: &Table,
    ) -> Result<Option<Preview>, StoreError> {
        let Some(drafted) = self.drafted(reader, draft)? else {
            return Ok(None);
        };
        let item = &drafted.item;
        let (Some(question), Some(matter)) = (item.question(reader.now), matter(item)) else {
            return Ok(None);
        };
        let lent = item.of.is_some_and(|of| of.follows.is_some() && !of.own);
        let mut recipients = Vec::new();
        let mut could_be_told = Vec::new();
        for (number, agency) in (0..).zip(reader.registry.agencies()) {
            let agency = &agency.facts.agency;
            if agency == reader.agency() {
                continue;
            }
            let standing = Standing::of(item, number, reader.now);
            let rules = reader.registry.rules();
            let decision = decide(rules, &question, agency, standing.relation());
            let seen = self.as_seen_by(reader, &drafted, agency, Groups::ALL)?;
            if !lent
                && decision.groups.is_empty()
                && can_be_told(reader, &question, agency, &standing)
            {
                could_be_told.push(agency.clone());
            }
            // With whom another's event is shared is for that one to say.
            if lent {
                continue;
            }
            let line = Line::of(&decision, agency.clone(), decision.groups, false);
            recipients.push((line, seen));
        }
        let present = present(reader, item, table);
        let groups =
            room::professionals(present.iter().map(|agency| groups_of(reader, item, agency)));
        let at_the_table = |groups| self.as_seen_by(reader, &drafted, reader.agency(), groups);
        let family = question.audience.family_attendees.iter();
        let labels = family.map(|(label, _)| Some(label.clone())).chain([None]);
        let family = labels.map(|label| {
            let told = room::family(groups, matter, question.audience, label.as_deref());
            Ok((label, at_the_table(told)?.and_then(told_to_family)))
        });
        Ok(Some(Preview {
            recipients,
            chair: self.as_seen_by(reader, &drafted, &table.chair, Groups::ALL)?,
            professionals: at_the_table(groups)?,
            family: family.collect::<Result<_, StoreError>>()?,
            could_be_told,
        }))
    }

    fn drafted(&self, reader: &Reader, draft: Draft) -> Result<Option<Drafted>, StoreError> {
        Ok(match draft {
            Draft::New {
                kind,
                header,
                content,
                texts,
            } => {
                let seeds = Seeds::new(&self.index, &content, &texts, reader.now());
                let mut item = new_item(reader, kind, *header);
                if kind == Kind::Stepped && !self.follows_known(reader, &mut item)? {
                    return Ok(None);
                }
                item.ties = self.ties_of_new(reader, &item, &seeds)?;
                item.changes.extend(self.inherited_of(reader, &item)?);
                let whole = Some(Remains::of(&content, &texts, Groups::ALL));
                Some(Drafted { item, whole })
            }
            Draft::Change(event, change) => {
                let known = self.known(reader, event)?;
                let own = known.filter(|item| item.originator == *reader.agency());
                let Some(mut item) = own else {
                    return Ok(None);
                };
                item.ties = self.ties_known_to(reader, &item)?;
                if let Change::Widen(grants) = &change {
                    for tie in self.ties_by_meetings(reader, grants)? {
                        if !item.ties.contains(&tie) {
                            item.ties.push(tie);
                        }
                    }
                }
                item.changes.push((reader.now, change));
                Some(Drafted { item, whole: None })
            }
        })
    }

    /// Shares a step as what it is taken on, where it has no audience of its own. False: it needs one, or the reader doesn't know that.
    fn follows_known(&self, reader: &Reader, step: &mut Item) -> Result<bool, StoreError> {
        if step.audience().is_some() {
            return Ok(true);
        }
        let of = match ground_of(&step.header) {
            Some(event) => self.known(reader, event)?,
            None => None,
        };
        let Some(mut of) = of else {
            return Ok(false);
        };
        of.ties = self.ties_known_to(reader, &of)?;
        let shared = shared(
            &reader.registry,
            &of,
            reader.agency(),
            &step.header,
            reader.now,
        );
        if shared != Ok(Shared::AsItsGround) {
            return Ok(false);
        }
        step.of = Some(StepOf::following(0, step, &of));
        follow(step, &of);
        Ok(true)
    }

    /// How agencies would be tied to a new event, as far as its originator may know.
    fn ties_of_new(
        &self,
        reader: &Reader,
        item: &Item,
        seeds: &Seeds,
    ) -> Result<Vec<Tie>, StoreError> {
        let grants = item.audience().map_or(&[][..], |audience| &audience.grants);
        let mut ties = self.ties_by_meetings(reader, grants)?;
        attend_as_changed(reader, item, &mut ties);
        match matter(item) {
            // It is tied as what it is taken on.
            Some(Matter::Step) if item.of.is_some() => ties.clone_from(&item.ties),
            Some(Matter::Step) => {
                let of = match ground_of(&item.header) {
                    Some(event) => self.see_event(reader, event)?,
                    None => None,
                };
                let of = of.and_then(|seen| reader.registry.number(&seen.item.originator));
                ties.extend(of.map(|agency| concern(agency, reader.now)));
            }
            // Whom a claim concerns is never told to whoever claims.
            Some(Matter::Involvement) | None => {}
            Some(Matter::AccessRequest) => {
                let asked = item.references().iter();
                for reference in asked.filter(|r| r.role == ReferenceRole::Requests) {
                    let of = self.see_event(reader, reference.event_id)?;
                    let of = of.and_then(|seen| reader.registry.number(&seen.item.originator));
                    ties.extend(of.map(|agency| concern(agency, reader.now)));
                }
            }
            Some(_) => {
                let known = |claim| self.knows_claim(reader, claim);
                ties.extend(self.claims_about(&seeds.who(), reader.number, known)?);
            }
        }
        Ok(ties)
    }

    fn inherited_of(
        &self,
        reader: &Reader,
        item: &Item,
    ) -> Result<Vec<(Moment, Change)>, StoreError> {
        let references = item.references().iter();
        let mut changes = Vec::new();
        for reference in references.filter(|r| r.role == ReferenceRole::Corrects) {
            let of = self.known(reader, reference.event_id)?;
            let own = of.filter(|of| of.originator == *reader.agency());
            changes.extend(
                own.iter()
                    .flat_map(|of| inherited(&reader.registry, of, item, reader.now)),
            );
        }
        Ok(changes)
    }

    fn ties_by_meetings(&self, reader: &Reader, grants: &[Grant]) -> Result<Vec<Tie>, StoreError> {
        let mut ties = Vec::new();
        for grant in grants {
            if let Recipient::Meeting(meeting) = grant.to
                && self.see_event(reader, meeting)?.is_some()
            {
                for tie in self.attendees(meeting)? {
                    if self.knows_attendance(reader, &tie)? {
                        ties.push(tie);
                    }
                }
            }
        }
        Ok(ties)
    }

    /// What an agency would read, narrowed to these groups.
    fn as_seen_by(
        &self,
        reader: &Reader,
        drafted: &Drafted,
        agency: &AgencyId,
        groups: Groups,
    ) -> Result<Option<Seen>, StoreError> {
        let item = &drafted.item;
        let permit = permit(reader, item, agency).and_then(|permit| permit.meet(groups));
        let Some(permit) = permit else {
            return Ok(None);
        };
        let disclosed = match &drafted.whole {
            Some(whole) => permit.disclose(whole.clone()),
            None => item.open(Groups::ALL, &permit, &*self.keys)?,
        };
        let mut item = item.clone();
        item.forget_everything();
        item.header.references.clear();
        Ok(Some(Seen {
            position: 0,
            item,
            permit,
            disclosed,
            doubtful: false,
            standing: None,
            steps: Vec::new(),
            acknowledgement_asked: false,
            ends: None,
            undisclosed: None,
        }))
    }
}

/// As it would be told to a member of the family: none, if nothing of it may be. Which agencies attend a meeting they aren't told: one may
/// be a refuge.
fn told_to_family(mut seen: Seen) -> Option<Seen> {
    let disclosed = seen.disclosed?.for_family()?;
    seen.item.header.attendance = None;
    Some(Seen {
        disclosed: Some(disclosed),
        ..seen
    })
}

/// The agencies at the table, with the asker's own: whoever attends a meeting that the draft is shared with sits there too.
fn present(reader: &Reader, item: &Item, table: &Table) -> Vec<AgencyId> {
    let by_meeting = item
        .ties
        .iter()
        .filter(|tie| matches!(tie.by, TiedBy::Meeting { .. }) && tie.span.holds(reader.now));
    let agencies = reader.registry.agencies();
    let by_meeting = by_meeting.filter_map(|tie| agencies.get(usize::from(tie.agency)));
    let by_meeting = by_meeting.map(|agency| &agency.facts.agency);
    let named = table.attending.iter().chain([&table.chair]);
    let mut present: Vec<AgencyId> = by_meeting
        .chain(named.chain([reader.agency()]))
        .cloned()
        .collect();
    present.sort();
    present.dedup();
    present
}

/// Who attends a meeting from a draft on that changes it.
fn attend_as_changed(reader: &Reader, item: &Item, ties: &mut Vec<Tie>) {
    let references = item.references().iter();
    let mut changed = references.filter(|r| r.role == ReferenceRole::Changes);
    let (Some(meeting), Some(attendance)) = (changed.next(), &item.header.attendance) else {
        return;
    };
    let named = item.audience().is_some_and(|audience| {
        let mut meetings = audience.meetings();
        meetings.any(|named| named == meeting.event_id)
    });
    ties.retain(|tie| !tie.is_of_meeting(meeting.event_id));
    let attending = attendance.attending.iter().filter(|_| named);
    let attending = attending.filter_map(|agency| reader.registry.number(agency));
    ties.extend(attending.map(|agency| Tie {
        agency,
        by: TiedBy::Meeting {
            meeting: meeting.event_id,
            said: 0,
        },
        span: Span::since(reader.now),
    }));
}

fn matter(item: &Item) -> Option<Matter> {
    item.kind.and_then(Kind::matter)
}

fn permit(reader: &Reader, item: &Item, agency: &AgencyId) -> Option<Permit> {
    let number = reader.registry.number(agency)?;
    let standing = Standing::of(item, number, reader.now);
    let question = item.question(reader.now)?;
    let rules = reader.registry.rules();
    Permit::for_read(rules, &question, agency, standing.relation(), Groups::ALL)
}

fn concern(agency: AgencyNumber, now: Moment) -> Tie {
    Tie {
        agency,
        by: TiedBy::Concern,
        span: Span::since(now),
    }
}

fn groups_of(reader: &Reader, item: &Item, agency: &AgencyId) -> Groups {
    // Nobody knows who comes for it: what is withheld by name is not shown to unnamed people.
    let restricted = item.audience().is_some_and(|a| a.restricted_by_person);
    let permit = permit(reader, item, agency).filter(|_| !restricted || agency == reader.agency());
    permit.map_or(Groups::NONE, |permit| permit.groups())
}

/// Would get it if it were named. What goes to parties, or to whoever is concerned, is for nobody else.
fn can_be_told(
    reader: &Reader,
    question: &Question<'_>,
    agency: &AgencyId,
    standing: &Standing,
) -> bool {
    let for_others = match question.matter {
        Matter::Incident
        | Matter::HazardAlert
        | Matter::Correction
        | Matter::SafetyPlan
        | Matter::Contact
        | Matter::EngagementNeeds
        | Matter::Advocacy
        | Matter::ChangeClaimed
        | Matter::Strength
        | Matter::Step => true,
        Matter::Escalation
        | Matter::Involvement
        | Matter::Meeting
        | Matter::AccessRequest
        | Matter::SharingDecision
        | Matter::EmergencyDisclosure
        | Matter::InformationRequest => false,
    };
    let audience = question.audience;
    if !for_others || audience.originator_only || audience.withheld.contains(agency) {
        return false;
    }
    let mut grants = audience.grants.clone();
    grants.push(Grant {
        to: Recipient::Agency(agency.clone()),
        groups: None,
    });
    let named = Audience {
        grants,
        ..audience.clone()
    };
    let question = Question {
        audience: &named,
        ..*question
    };
    let rules = reader.registry.rules();
    let decision = decide(rules, &question, agency, standing.relation());
    decision.groups.has(FieldGroup::Existence)
}

fn new_item(reader: &Reader, kind: Kind, header: Header) -> Item {
    let now: Moment = reader.now;
    Item {
        event_id: EventId([0; 16]),
        originator: reader.agency.clone(),
        kind: Some(kind),
        place: ChainPlace::default(),
        recorded_at: now,
        ordered_at: now,
        hash: [0; 32],
        header,
        changes: Vec::new(),
        effect: Effect::Effective,
        state: ItemState::Current,
        of: None,
        steps: Vec::new(),
        history: Vec::new(),
        ties: Vec::new(),
        acknowledged: Vec::new(),
        decided_to: 0,
        copies: Vec::new(),
        seeds: Seeds::default(),
    }
}
