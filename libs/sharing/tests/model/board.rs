//! The same history as the library takes it: the whole of it, with its times, whatever the hour of the decision. Owns no rule.

use std::collections::BTreeMap;

use diogel_domain::{
    codes::{InvolvedWhen, LawfulBasis, Purpose, Sector},
    content::Matter,
    ids::{AgencyId, EventId},
    times::{Day, Moment},
};
use diogel_sharing::{
    agreement::{Rules, Span, Standing, Version},
    audience::{self, Audience, Recipient},
    change::{Change, Disclosure, Narrowing},
    decide::{Decision, Involvement, Question, Relation, decide},
    groups::{FieldGroup, Groups},
    protocol::{self, Condition, Protocol, Side, Status},
};

use super::story::{AGENCIES, Flow, Grant, Item, Name, Said, Set, Story};

/// What the library says of a story.
#[derive(Debug, Clone)]
pub struct Board<'s> {
    pub story: &'s Story,
    pub rules: Rules,
    pub published: i64,
    pub item: &'s Item,
    pub audience: Audience,
    pub changes: Vec<(Moment, Change)>,
}

/// How a recipient stands, as the library asks it.
#[derive(Debug, Clone)]
pub struct Stands {
    involved: (Involvement, Involvement),
    meetings: Vec<EventId>,
    concerned: bool,
}

impl Stands {
    pub fn relation(&self) -> Relation<'_> {
        Relation {
            involved: self.involved.1,
            involved_then: self.involved.0,
            attends: &self.meetings,
            concerned: self.concerned,
        }
    }
}

impl<'s> Board<'s> {
    pub fn of(story: &'s Story) -> Self {
        let mut items = story.iter().filter_map(|(at, said)| match said {
            Said::Published(item) => Some((*at, item)),
            _ => None,
        });
        let (published, item) = items.next().expect("every story publishes");
        Self {
            story,
            rules: rules(story),
            published,
            item,
            audience: audience(item),
            changes: story.iter().filter_map(change).collect(),
        }
    }

    pub fn decision(&self, name: Name, now: i64) -> Decision<'_> {
        let (originator, stands) = (id(self.item.by), self.stands(name, now));
        let question = self.question(&originator, now);
        decide(&self.rules, &question, &id(name), stands.relation())
    }

    pub fn question<'q>(&'q self, originator: &'q AgencyId, now: i64) -> Question<'q> {
        Question {
            originator,
            matter: Matter::from_code(self.item.kind).expect("a matter"),
            audience: &self.audience,
            changes: &self.changes,
            published: moment(self.published),
            now: moment(now),
        }
    }

    pub fn stands(&self, name: Name, now: i64) -> Stands {
        Stands {
            involved: (
                self.involved(name, self.published),
                self.involved(name, now),
            ),
            meetings: self.attends(name, now),
            concerned: self.item.asks == name,
        }
    }

    fn involved(&self, name: Name, now: i64) -> Involvement {
        let mut last = self.story.iter().rev().filter(|(at, _)| *at <= now);
        let last = last.find_map(|(_, said)| match said {
            Said::Involved(who, how) if *who == name => Some(*how),
            _ => None,
        });
        match last {
            Some("confirmed") => Involvement::Confirmed,
            Some("claimed") => Involvement::Claimed,
            _ => Involvement::None,
        }
    }

    fn attends(&self, name: Name, now: i64) -> Vec<EventId> {
        let mut attends = BTreeMap::new();
        for (_, said) in self.story.iter().filter(|(at, _)| *at <= now) {
            if let Said::Attends(who, which, yes) = said
                && *who == name
            {
                attends.insert(*which, *yes);
            }
        }
        let attends = attends.into_iter().filter(|(_, yes)| *yes);
        attends.map(|(which, _)| meeting(which)).collect()
    }
}

pub fn id(name: Name) -> AgencyId {
    AgencyId::new(name).expect("an id")
}

fn ids(names: &Set) -> std::collections::BTreeSet<AgencyId> {
    names.iter().map(|name| id(name)).collect()
}

pub const fn moment(hour: i64) -> Moment {
    Moment(hour * 3600 * Moment::SECOND)
}

fn day(day: i64) -> Day {
    Day(i32::try_from(day).expect("a day"))
}

fn groups(codes: &Set) -> Groups {
    let codes = codes.iter().copied();
    codes
        .map(|code| FieldGroup::from_code(code).expect("a group"))
        .collect()
}

fn meeting(name: Name) -> EventId {
    EventId([name.as_bytes()[name.len() - 1]; 16])
}

fn sector(name: Name) -> Sector {
    Sector::from_code(name).expect("a sector")
}

fn rules(story: &Story) -> Rules {
    let agencies = AGENCIES.map(|(name, of)| (id(name), Standing::active(sector(of))));
    let mut rules = Rules {
        agencies: agencies.into(),
        agreements: BTreeMap::new(),
        turned: Vec::new(),
    };
    // Versions are numbered from the last ending on.
    let mut over: BTreeMap<Name, usize> = BTreeMap::new();
    for (at, said) in story {
        let at = moment(*at);
        match said {
            Said::Adopted(name, parties, flows) => {
                let agreement = rules.agreements.entry((*name).to_owned()).or_default();
                let number = agreement.versions.len() + 1;
                agreement
                    .versions
                    .push(version(name, number, (parties, flows), at));
            }
            Said::Ended(name) => {
                let versions = versions(&mut rules, name);
                let open = versions
                    .iter_mut()
                    .filter(|version| version.adopted.until.is_none());
                open.for_each(|version| version.adopted.until = Some(at));
                over.insert(name, versions.len());
            }
            Said::Signed(who, name, n) => {
                let n = n + over.get(name).copied().unwrap_or_default();
                if let Some(version) = versions(&mut rules, name).get_mut(n) {
                    open(version.signed.entry(id(who)).or_default(), at);
                }
            }
            Said::Left(who, name) => {
                for version in versions(&mut rules, name) {
                    version
                        .signed
                        .entry(id(who))
                        .and_modify(|spans| close(spans, at));
                }
            }
            Said::Suspended(who, yes) => {
                let standing = rules.agencies.get_mut(&id(who)).expect("an agency");
                let change = if *yes { open } else { close };
                change(&mut standing.suspended, at);
            }
            _ => {}
        }
    }
    rules
}

fn versions<'r>(rules: &'r mut Rules, name: &str) -> &'r mut Vec<Version> {
    let agreement = rules.agreements.entry(name.to_owned()).or_default();
    &mut agreement.versions
}

fn open(spans: &mut Vec<Span>, at: Moment) {
    if spans.last().is_none_or(|last| last.until.is_some()) {
        spans.push(Span::since(at));
    }
}

#[expect(clippy::ptr_arg, reason = "one type with its counterpart")]
fn close(spans: &mut Vec<Span>, at: Moment) {
    if let Some(last) = spans.last_mut()
        && last.until.is_none()
    {
        last.until = Some(at);
    }
}

fn version(name: Name, number: usize, table: (&Set, &[Flow]), at: Moment) -> Version {
    let (parties, flows) = table;
    let numbered = (1..).zip(flows);
    let protocol = Protocol {
        id: name.to_owned(),
        version: u32::try_from(number).expect("a version"),
        title: String::new(),
        title_cy: String::new(),
        status: Status::ForSignature,
        host: String::new(),
        processor: String::new(),
        parties: ids(parties),
        lead: None,
        flows: numbered.map(|(number, row)| flow(number, row)).collect(),
    };
    Version {
        protocol,
        adopted: Span::since(at),
        signed: BTreeMap::new(),
    }
}

fn flow(number: u32, row: &Flow) -> protocol::Flow {
    let side = |code| Side::from_code(code).expect("a side");
    let conditions = Condition::ALL.iter().copied();
    protocol::Flow {
        number,
        from: side(row.from),
        to: side(row.to),
        matters: row
            .kinds
            .iter()
            .filter_map(|k| Matter::from_code(k))
            .collect(),
        groups: groups(&row.groups),
        condition: conditions
            .clone()
            .find(|c| c.code() == row.condition)
            .expect("a condition"),
        purposes: row
            .purposes
            .iter()
            .filter_map(|p| Purpose::from_code(p))
            .collect(),
        bases: row
            .bases
            .iter()
            .filter_map(|b| LawfulBasis::from_code(b))
            .collect(),
        powers: Vec::new(),
        valid_from: day(row.valid.0),
        review_by: day(row.valid.1),
        reaches_back_to: row.back.map(day),
        tell_originator: false,
    }
}

fn audience(item: &Item) -> Audience {
    Audience {
        grants: if item.only {
            Vec::new()
        } else {
            item.grants.iter().map(grant).collect()
        },
        originator_only: item.only,
        withheld: ids(&item.withheld),
        purpose: Purpose::from_code(item.purpose),
        lawful_basis: LawfulBasis::from_code(item.basis),
        until: item.until.map(moment),
        ..Audience::originator_only()
    }
}

fn grant(grant: &Grant) -> audience::Grant {
    let to = match grant.to {
        "involved" => Recipient::Involved(InvolvedWhen::WhileInvolved),
        "involved-then" => Recipient::Involved(InvolvedWhen::AtPublication),
        to if to.starts_with("meeting:") => Recipient::Meeting(meeting(to)),
        to => match to.strip_prefix("sector:") {
            Some(of) => Recipient::Sector(Sector::from_code(of).expect("a sector")),
            None => Recipient::Agency(id(to)),
        },
    };
    let groups = grant.groups.as_ref().map(self::groups);
    audience::Grant { to, groups }
}

fn change((at, said): &(i64, Said)) -> Option<(Moment, Change)> {
    let change = match said {
        Said::Widened(grants) => Change::Widen(grants.iter().map(grant).collect()),
        Said::Narrowed(from, taken) => Change::Narrow(Narrowing {
            from: ids(from),
            groups: groups(taken),
        }),
        Said::Withdrawn => Change::Withdraw,
        Said::Disclosed(to, what, until) => Change::Disclose(Disclosure {
            to: ids(to),
            groups: groups(what),
            until: until.map(moment),
        }),
        _ => return None,
    };
    Some((moment(*at), change))
}
