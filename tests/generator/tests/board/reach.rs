//! Whom a publication reaches: an agency that is named gets at least its existence, a sector that is named has an agency that
//! does, and danger can be found at the door by those to whom it was granted.

use diogel_contract::read::Publication;
use diogel_domain::{content::Content, ids::AgencyId, people::Place, times::Moment};
use diogel_sharing::{
    audience::{Audience, Recipient},
    decide::{Question, Relation, decide},
    groups::{FieldGroup, Groups},
};

use super::{Board, matter, said};

/// What doesn't reach whom it was meant for.
pub fn unreached(
    board: &Board,
    originator: &AgencyId,
    at: Moment,
    publication: &Publication,
) -> Vec<String> {
    let mut found = Vec::new();
    let (content, audience) = said(publication);
    let question = Question {
        originator,
        matter: matter(content),
        audience,
        changes: &[],
        published: at,
        now: at,
    };
    for grant in &audience.grants {
        let meant = meant(board, originator, audience, &grant.to);
        // Who is involved, and who attends, events tell.
        let named = matches!(grant.to, Recipient::Agency(_) | Recipient::Sector(_));
        if named && meant.is_empty() {
            found.push(format!("{:?} holds no agency", grant.to));
        }
        for agency in meant {
            let alone = Relation::default();
            let groups = decide(&board.rules, &question, &agency, alone).groups;
            if !groups.has(FieldGroup::Existence) {
                found.push(format!("no flow carries it to {agency}"));
            } else if !findable(content, groups) {
                found.push(format!("{agency} can't find the danger by a check"));
            }
        }
    }
    found
}

fn meant(
    board: &Board,
    originator: &AgencyId,
    audience: &Audience,
    to: &Recipient,
) -> Vec<AgencyId> {
    let others = board
        .agencies
        .iter()
        .filter(|a| *a != originator && !audience.withheld.contains(*a));
    let meant = others.filter(|agency| match to {
        Recipient::Agency(id) => id == *agency,
        Recipient::Sector(sector) => board.sector(agency) == *sector,
        Recipient::Involved(_) | Recipient::Meeting(_) => false,
    });
    meant.cloned().collect()
}

/// A pre-visit check with the right identifier or address meets it. Only what is pressing must be found so.
fn findable(content: &Content, groups: Groups) -> bool {
    let has_uprn = |place: &Place| place.details.as_ref().is_some_and(|d| d.uprn.is_some());
    let shows = |label: &str| {
        let person = label.starts_with('p') && groups.has(FieldGroup::Identity);
        let mut places = content.places().iter().filter(|p| p.label == label);
        person || groups.has(FieldGroup::Place) && places.any(has_uprn)
    };
    if let Some(alert) = content.hazard_alert() {
        let target = alert.safety.as_ref().map(|safety| &safety.target);
        return target.is_some_and(|t| t.found_by().into_iter().any(shows));
    }
    let Some(report) = content.incident() else {
        return true;
    };
    let pressing = report.safety.as_ref().is_some_and(|s| s.danger_at_once);
    let people = report.people.iter().map(|p| p.label.as_str());
    let places = report.places.iter().map(|p| p.label.as_str());
    !pressing || people.chain(places).any(shows)
}
