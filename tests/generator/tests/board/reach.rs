//! Whom a publication reaches: an agency that is named gets at least its existence, a sector that is named has an agency that
//! does, a meeting has somebody at its table who does, and danger can be found at the door by those to whom it was granted.

use diogel_contract::read::{Publication, Said};
use diogel_domain::{content::Content, ids::AgencyId, people::Place, times::Moment};
use diogel_sharing::{
    audience::{Audience, Recipient},
    change::Change,
    decide::{Question, Relation, decide},
    groups::{FieldGroup, Groups},
};

use super::{Board, matter};

/// What is shared: sealed, for an audience.
pub struct Shared<'p> {
    originator: &'p AgencyId,
    published: Moment,
    content: &'p Content,
    /// For whom.
    pub audience: &'p Audience,
}

/// Decides by the relation of the agency that is asked about.
pub type Decide<'d> = dyn Fn(Relation<'_>) -> Groups + 'd;

impl<'p> Shared<'p> {
    /// Of a publication; none: it is said in clear.
    pub fn of(
        originator: &'p AgencyId,
        published: Moment,
        publication: &'p Publication,
    ) -> Option<Self> {
        let Said::Sealed(content) = &publication.said else {
            return None;
        };
        let audience = publication.audience.as_ref()?;
        Some(Self {
            originator,
            published,
            content,
            audience,
        })
    }
}

impl Board {
    /// What doesn't reach whom it was meant for. `related` decides for an agency by how it stands to people and meetings.
    pub fn unreached(
        &self,
        shared: &Shared<'_>,
        changes: &[(Moment, Change)],
        now: Moment,
        related: impl Fn(&AgencyId, &Decide<'_>) -> Groups,
    ) -> Vec<String> {
        let question = Question {
            originator: shared.originator,
            matter: matter(shared.content),
            audience: shared.audience,
            changes,
            published: shared.published,
            now,
        };
        let mut found = Vec::new();
        for to in recipients(shared.audience, changes) {
            let meant = self.meant(shared, to);
            // Who is involved, and who attends, events tell.
            let named = matches!(to, Recipient::Agency(_) | Recipient::Sector(_));
            if named && meant.is_empty() {
                found.push(format!("{to:?} holds no agency"));
            }
            for agency in meant {
                let decided = |relation: Relation<'_>| {
                    decide(&self.rules, &question, &agency, relation).groups
                };
                let groups = related(&agency, &decided);
                if !groups.has(FieldGroup::Existence) {
                    found.push(format!("no flow carries it to {agency}"));
                } else if !findable(shared.content, groups) {
                    found.push(format!("{agency} can't find the danger by a check"));
                }
            }
        }
        found
    }

    fn meant(&self, shared: &Shared<'_>, to: &Recipient) -> Vec<AgencyId> {
        let withheld = &shared.audience.withheld;
        let others = self.agencies.iter();
        let others = others.filter(|a| *a != shared.originator && !withheld.contains(*a));
        let meant = others.filter(|agency| match to {
            Recipient::Agency(id) => id == *agency,
            Recipient::Sector(sector) => self.sector(agency) == *sector,
            Recipient::Involved(_) | Recipient::Meeting(_) => false,
        });
        meant.cloned().collect()
    }
}

fn recipients<'a>(
    audience: &'a Audience,
    changes: &'a [(Moment, Change)],
) -> impl Iterator<Item = &'a Recipient> {
    let later = changes.iter().flat_map(|(_, change)| match change {
        Change::Widen(grants) => grants.as_slice(),
        Change::Narrow(_) | Change::Withdraw | Change::Disclose(_) => &[],
    });
    audience.grants.iter().chain(later).map(|grant| &grant.to)
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
