//! What is reported as an allegation about or by parents or carers, and borne out by nobody known to the reader: a prompt to ask
//! who else knows (guidance, section 4, "make sure you corroborate"). Before that, what a withdrawn key signed. The account of a child, adult at risk or suspected victim is never listed here, nor
//! one that may be theirs (PRACTICE, section 10, "Accounts").

use diogel_domain::codes::{PersonRole, Standing};
use diogel_texts::dates;

use super::{
    changes::{self, Claimed},
    noted,
};
use crate::{
    Line, Mark, Source,
    case::{self, Case, Incident, quoted},
    course,
    texts::Phrase,
};

pub(super) fn lines(case: &Case<'_>) -> Vec<Line> {
    let vouched: Vec<Incident<'_>> = case.incidents().filter(|i| is_vouched_for(*i)).collect();
    let alone = case
        .incidents()
        .rev()
        .filter(|i| is_allegation(*i) && !is_borne_out(*i))
        .filter(|i| !vouched.iter().any(|other| confirms(*other, *i)));
    let alone = alone.filter_map(|i| line(case, i));
    let changes = changes::claims(case);
    let changes = changes.iter().filter(|claimed| claimed.is_unconfirmed());
    let alone = alone.chain(changes.map(|claimed| of_change(case, claimed)));
    let alone = alone.collect();
    let doubtful = case.current().filter(|s| s.doubtful);
    let doubtful = doubtful.map(|source| of_withdrawn_key(case, source));
    doubtful
        .chain(noted(case, Phrase::UnconfirmedNote, alone))
        .collect()
}

/// Claimed by the person alone (PRACTICE, section 5).
fn of_change(case: &Case<'_>, claimed: &Claimed<'_>) -> Line {
    let said = changes::said(case, claimed);
    let text = format!("{said}. {}", case.say(Phrase::ChangeWhoKnows));
    let line = Line::point(text).citing(claimed.source);
    line.marked(Mark::Uncorroborated, true)
}

/// Whoever had the key may have written it. It stands where it stands, since it may be a true warning too.
fn of_withdrawn_key(case: &Case<'_>, source: &Source) -> Line {
    let agency = case.agency(&source.originator);
    let day = case.on(source.ordered_at);
    let text = format!("{day}, {agency}: {}", case.say(Phrase::KeyWithdrawn));
    Line::point(text).citing(source)
}

fn is_allegation(incident: Incident<'_>) -> bool {
    let concerned = incident.1.people.iter().any(|p| match p.role {
        PersonRole::ParentOrCarer | PersonRole::WhoseBehaviour => true,
        PersonRole::ChildAtRisk
        | PersonRole::AdultAtRisk
        | PersonRole::Partner
        | PersonRole::HouseholdMember
        | PersonRole::Other
        | PersonRole::SuspectedVictim => false,
    });
    concerned && case::standing(incident) == Some(Standing::Allegation)
}

/// Its originator says by whom, or another agency has borne it out since.
fn is_borne_out((source, report): Incident<'_>) -> bool {
    let narrative = report.narrative.as_ref();
    let own = narrative.is_some_and(|n| !n.corroborated_by.is_empty());
    own || course::corroborations(source).next().is_some()
}

/// Somebody saw it, or vouches for it.
fn is_vouched_for((_, report): Incident<'_>) -> bool {
    let narrative = report.narrative.as_ref();
    narrative.is_some_and(|n| match n.standing {
        Some(Standing::Fact | Standing::Observation) => true,
        Some(Standing::Allegation | Standing::Opinion) | None => false,
    })
}

/// Another agency vouches for the same kind of thing at the same time.
fn confirms(other: Incident<'_>, incident: Incident<'_>) -> bool {
    let (Some(a), Some(b)) = (&other.1.safety, &incident.1.safety) else {
        return false;
    };
    let elsewhere = other.0.originator != incident.0.originator;
    let (from, to) = (dates::day(a.occurred.from), dates::day(a.occurred.to));
    let meets = from <= dates::day(b.occurred.to) && dates::day(b.occurred.from) <= to;
    let alike = a.threats.iter().any(|t| b.threats.contains(t))
        || a.behaviours.iter().any(|k| b.behaviours.contains(k));
    elsewhere && meets && alike
}

fn line(case: &Case<'_>, incident: Incident<'_>) -> Option<Line> {
    let said = incident.1.narrative.as_ref()?.what_happened.trim();
    let text = format!(
        "{}: {} {}",
        case.when_and_who(incident),
        quoted(said),
        case.say(Phrase::WhoCanConfirm)
    );
    let line = Line::point(text).citing(incident.0);
    (!said.is_empty()).then(|| line.marked(Mark::Uncorroborated, true))
}
