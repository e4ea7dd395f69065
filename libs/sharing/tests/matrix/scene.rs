//! One cell: the board of the matrix, its protocol, and the decision for one recipient, audience and time.

use std::{collections::BTreeMap, sync::LazyLock};

use diogel_domain::{
    codes::{HandlingCode, Purpose, Sector},
    content::Matter,
    ids::AgencyId,
    times::Moment,
};
use diogel_sharing::{
    agreement::{Agreement, Rules, Span, Standing},
    change::{Change, Disclosure},
    decide::{Question, decide},
    groups::{FieldGroup, Groups},
    room,
};

use crate::{
    audiences::Form,
    legend::{ROOM, glyph},
    recipients::Line,
    times::{When, at, version},
};

const AGENCIES: [(&str, Sector); 7] = [
    ("council", Sector::SocialCare),
    ("police", Sector::Police),
    ("clinic", Sector::Health),
    ("hospital", Sector::Health),
    ("school", Sector::Education),
    ("refuge", Sector::Charity),
    ("board", Sector::Board),
];

/// The Board doesn't know it.
const STRANGER: &str = "stranger";

/// What is the same for a whole block.
#[derive(Debug, Clone, Copy)]
pub struct Block {
    pub matter: Matter,
    pub purpose: Purpose,
    pub handling: HandlingCode,
}

/// A decision that is made: its groups, and a sign for each.
pub type Cell = (Groups, String);

fn id(name: &str) -> AgencyId {
    AgencyId::new(name).expect("an id")
}

/// The board at each time, as it is for each recipient that something happens to.
static BOARDS: LazyLock<BTreeMap<(When, &str), Rules>> = LazyLock::new(|| {
    let known = AGENCIES.map(|(name, _)| name).into_iter();
    let all = known.chain([STRANGER]);
    let all = all.flat_map(|name| When::ALL.map(|when| ((when, name), board(when, name))));
    all.collect()
});

/// The board at a time, for a recipient.
pub fn rules(when: When, recipient: &'static str) -> &'static Rules {
    &BOARDS[&(when, recipient)]
}

/// The board: the school hasn't signed, the refuge is no party, the hospital is suspended.
fn board(when: When, recipient: &str) -> Rules {
    let agencies = AGENCIES.map(|(name, sector)| (id(name), Standing::active(sector)));
    let mut first = version(include_str!("protocol.toml"), at("2025-10-01"));
    first.signed.remove(&id("school"));
    let agreement = Agreement {
        versions: vec![first],
    };
    let mut rules = Rules {
        agencies: agencies.into(),
        agreements: [("T-01".to_owned(), agreement)].into(),
        turned: Vec::new(),
    };
    let suspended = Span::since(at("2025-11-01"));
    let hospital = rules.agencies.get_mut(&id("hospital"));
    hospital.expect("an agency").suspended.push(suspended);
    when.set_rules(&mut rules, &id(recipient));
    rules
}

fn changes(line: &Line, when: When) -> Vec<(Moment, Change)> {
    let disclosed = [FieldGroup::Existence, FieldGroup::Safety, FieldGroup::Place];
    let disclosure = Disclosure {
        to: [id(line.agency)].into(),
        groups: disclosed.into_iter().collect(),
        until: None,
    };
    let disclosed = line.emergency.then_some(Change::Disclose(disclosure));
    let own = when.change(&id(line.agency));
    let changes = disclosed.into_iter().chain(own);
    changes.map(|change| (when.changed(), change)).collect()
}

impl Block {
    pub fn cell(self, rules: &Rules, line: &Line, when: When, form: Form) -> Cell {
        let named = id(line.named);
        let sector = rules
            .agencies
            .get(&named)
            .map_or(Sector::Health, |s| s.sector);
        let mut audience = form.audience((&named, sector), self.purpose, self.handling);
        when.set_audience(&mut audience);
        audience
            .withheld
            .extend(line.withheld.then(|| id(line.agency)));
        let question = Question {
            originator: &id("council"),
            matter: self.matter,
            audience: &audience,
            changes: &changes(line, when),
            published: when.published(),
            now: when.now(),
        };
        let decision = decide(rules, &question, &id(line.agency), line.relation);
        (
            decision.groups,
            decision.reasons.map(glyph).iter().collect(),
        )
    }

    /// Of professionals, and of each member of the family beside them.
    pub fn family(self, present: Groups, label: Option<&str>) -> Groups {
        let audience =
            Form::Named.audience((&id("clinic"), Sector::Health), self.purpose, self.handling);
        room::family(present, self.matter, &audience, label)
    }
}

/// A cell of a room: it knows no reasons.
pub fn in_a_room(groups: Groups) -> String {
    let (given, not) = ROOM;
    let sign = |group| if groups.has(group) { given } else { not };
    FieldGroup::ALL.map(sign).iter().collect()
}
