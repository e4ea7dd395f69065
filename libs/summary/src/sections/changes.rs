//! Changes that somebody claims: since when, who confirms them, when six months are reached, and whether they lasted (guidance,
//! section 4). What a child, adult at risk, partner or suspected victim says is never called confirmed by nobody (PRACTICE,
//! section 10, "Accounts").

use diogel_domain::{
    codes::{Deed, Language, PersonRole},
    content::Content,
    people::Person,
    records::{Change, ChangeClaimed},
    step::StepSaid,
    times::Day,
};
use diogel_texts::{
    dates,
    summary::{
        ChangeConfirmed, ChangeNotLasted, ChangeSustained, ChangeUnconfirmed,
        ChangeUnconfirmedReached,
    },
};

use super::progress::six_months;
use crate::{
    Line, Source, StepTaken,
    case::{Case, content, quoted},
    course,
    texts::Phrase,
};

/// A change is embedded once it has been sustained for so long (guidance, section 4).
const EMBEDDED_MONTHS: u32 = 6;

/// When six months are reached.
pub(super) fn until(since: Day) -> Day {
    since.plus_months(EMBEDDED_MONTHS)
}

/// A claimed change and what its steps have come to.
pub(super) struct Claimed<'a> {
    pub(super) source: &'a Source,
    claim: &'a ChangeClaimed,
    pub(super) change: &'a Change,
    since: Day,
    confirmed: Vec<String>,
    ended: Option<Day>,
    steps: Vec<&'a StepTaken>,
}

/// Every claim that stands, the latest first.
pub(super) fn claims<'a>(case: &Case<'a>) -> Vec<Claimed<'a>> {
    let claims = case.current().rev().filter_map(|source| {
        let Content::ChangeClaimed(claim) = content(source) else {
            return None;
        };
        let change = claim.change.as_ref()?;
        let who = change.confirmed_by.iter();
        let mut claimed = Claimed {
            source,
            claim,
            change,
            since: change.since,
            confirmed: who.map(|one| case.borne_out_by(one)).collect(),
            ended: None,
            steps: Vec::new(),
        };
        claimed.take_steps(case);
        Some(claimed)
    });
    claims.collect()
}

impl Claimed<'_> {
    fn take_steps(&mut self, case: &Case<'_>) {
        let deeds = [Deed::ChangeConfirmed, Deed::NotSustained];
        for (taken, said) in course::steps_that(self.source, &deeds) {
            let said = match said {
                StepSaid::Change(said) => said.as_ref(),
                _ => None,
            };
            let on = said.and_then(|said| said.on);
            let day = on.unwrap_or(dates::day(taken.ordered_at));
            self.steps.push(taken);
            let confirms = course::step(taken).is_some_and(|(d, _)| d == Deed::ChangeConfirmed);
            if !confirms {
                self.ended = Some(day);
                self.confirmed.clear();
                continue;
            }
            // It has begun anew: what went before doesn't count.
            if self.ended.take().is_some() {
                self.since = day;
            }
            let source = said.and_then(|said| said.source.as_ref());
            let agency = case.agency(&taken.originator).to_owned();
            let who = source.map_or(agency, |one| case.borne_out_by(one));
            self.confirmed.push(who);
        }
    }

    /// Claimed by a parent or carer alone.
    pub(super) fn is_unconfirmed(&self) -> bool {
        self.confirmed.is_empty() && self.ended.is_none() && !self.is_protected()
    }

    /// Said by somebody whose account is never called unconfirmed. Whose label isn't known is told by the name or the role.
    fn is_protected(&self) -> bool {
        let said_by = self.change.said_by.trim().to_lowercase();
        self.claim.people.iter().any(|person| {
            let named = person.label.to_lowercase() == said_by || calls(person, &said_by);
            is_protected(person.role) && named
        })
    }
}

/// A name, a first name, or a role stands for this person.
fn calls(person: &Person, said_by: &str) -> bool {
    let name = person.identity.as_ref().map(|i| i.name.to_lowercase());
    let name = name.unwrap_or_default();
    let role = [Language::English, Language::Welsh].map(|l| person.role.label(l));
    let first = name.split_whitespace().next() == Some(said_by);
    let role = role.iter().any(|label| label.to_lowercase() == said_by);
    !said_by.is_empty() && (name == said_by || first || role)
}

const fn is_protected(role: PersonRole) -> bool {
    match role {
        PersonRole::ChildAtRisk
        | PersonRole::AdultAtRisk
        | PersonRole::Partner
        | PersonRole::SuspectedVictim => true,
        PersonRole::ParentOrCarer
        | PersonRole::HouseholdMember
        | PersonRole::WhoseBehaviour
        | PersonRole::Other => false,
    }
}

/// Under a heading of their own.
pub(super) fn lines(case: &Case<'_>) -> Vec<Line> {
    let claims = claims(case);
    let lines = claims.iter().map(|claimed| line(case, claimed));
    let heading = Line::heading(case.say(Phrase::ChangesHeading));
    let heading = (!claims.is_empty()).then_some(heading);
    heading.into_iter().chain(lines).collect()
}

fn line(case: &Case<'_>, claimed: &Claimed<'_>) -> Line {
    let agency = case.agency(&claimed.source.originator);
    let text = format!("{agency}: {}", said(case, claimed));
    Line::point(text)
        .citing(claimed.source)
        .citing_steps(claimed.steps.iter().copied())
}

/// What is said of a change.
pub(super) fn said(case: &Case<'_>, claimed: &Claimed<'_>) -> String {
    let what = &quoted(&claimed.change.what);
    let until = until(claimed.since);
    let reached = until <= case.today();
    let (since, until) = (&case.date(claimed.since), &case.date(until));
    if let Some(ended) = claimed.ended {
        let ended = &case.date(ended);
        return case.fill(&ChangeNotLasted { what, since, ended });
    }
    // By whom it is borne out, or that it isn't, is said to colleagues.
    if case.is_for_family() || (claimed.confirmed.is_empty() && claimed.is_protected()) {
        return format!("{what}: {}", six_months(case, claimed.since));
    }
    let confirmed = &claimed.confirmed.join(", ");
    match (confirmed.is_empty(), reached) {
        (true, false) => case.fill(&ChangeUnconfirmed { what, since, until }),
        (true, true) => case.fill(&ChangeUnconfirmedReached { what, since, until }),
        (false, false) => case.fill(&ChangeConfirmed {
            what,
            since,
            confirmed,
            until,
        }),
        (false, true) => case.fill(&ChangeSustained {
            what,
            since,
            confirmed,
            until,
        }),
    }
}
