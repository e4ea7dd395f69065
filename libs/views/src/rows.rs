//! The rows of the views. Written with postcard, because they can be rebuilt; the generation changes with their form.

use std::borrow::Cow;

use diogel_domain::{
    codes::Language,
    content::{EventReference, Kind, Matter},
    effect::Effect,
    ids::{AgencyId, EventId},
    times::Moment,
};
use diogel_sharing::{
    audience::Audience,
    change::Change as AudienceChange,
    decide::Question,
    groups::{FieldGroup, Groups},
    header::Header,
};
use serde::{Deserialize, Serialize};

use crate::{
    audiences::{AgencyNumber, AgencySet},
    copies::StoredCopy,
    fold::steps::{StepOf, TakenAt},
    input::ChainPlace,
    seeds::Seeds,
    ties::Tie,
};

/// The form of the rows and the fold's own rules. Another number means: build anew.
pub const FORM: u32 = 17;

/// How far the view has come.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Checkpoint {
    /// [`FORM`] that the rows were written in.
    pub form: u32,
    /// The last position folded.
    pub position: u64,
    /// When that position was ordered.
    pub ordered_at: Moment,
    /// Hash of the event at that position.
    pub hash: [u8; 32],
}

/// How an item stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ItemState {
    /// As it was published.
    Current,
    /// The correction at this position replaced it.
    Corrected(u64),
    /// The event at this position withdrew it.
    EnteredInError(u64),
    /// The alert at this position replaced it.
    Superseded(u64),
    /// Its content was erased by the event at this position.
    Erased(u64),
    /// Access was granted by the event at this position.
    Granted(u64),
    /// Access was declined by the event at this position.
    Declined(u64),
    /// The claim was confirmed by the event at this position.
    Confirmed(u64),
    /// The involvement was closed by the event at this position.
    Closed(u64),
}

impl ItemState {
    /// Nothing has taken its place, or ended it.
    pub const fn stands(self) -> bool {
        matches!(self, Self::Current | Self::Confirmed(_))
    }

    /// The position of the event that made it so.
    pub const fn by(self) -> Option<u64> {
        match self {
            Self::Current => None,
            Self::Corrected(by)
            | Self::EnteredInError(by)
            | Self::Superseded(by)
            | Self::Erased(by)
            | Self::Granted(by)
            | Self::Declined(by)
            | Self::Confirmed(by)
            | Self::Closed(by) => Some(by),
        }
    }

    /// Whoever ever held it has to hear of it.
    pub const fn is_wrong_or_gone(self) -> bool {
        matches!(
            self,
            Self::Corrected(_) | Self::EnteredInError(_) | Self::Erased(_)
        )
    }

    /// What people read; empty for a current item.
    pub const fn label(self, language: Language) -> &'static str {
        match (self, language) {
            (Self::Current, _) => "",
            (Self::Corrected(_), Language::English) => "corrected",
            (Self::Corrected(_), Language::Welsh) => "wedi'i gywiro",
            (Self::EnteredInError(_), Language::English) => "entered in error",
            (Self::EnteredInError(_), Language::Welsh) => "cofnodwyd ar gam",
            (Self::Superseded(_), Language::English) => "superseded",
            (Self::Superseded(_), Language::Welsh) => "wedi'i ddisodli",
            (Self::Erased(_), Language::English) => "erased",
            (Self::Erased(_), Language::Welsh) => "wedi'i ddileu",
            (Self::Granted(_), Language::English) => "granted",
            (Self::Granted(_), Language::Welsh) => "wedi'i ganiatáu",
            (Self::Declined(_), Language::English) => "declined",
            (Self::Declined(_), Language::Welsh) => "wedi'i wrthod",
            (Self::Confirmed(_), Language::English) => "confirmed",
            (Self::Confirmed(_), Language::Welsh) => "wedi'i gadarnhau",
            (Self::Closed(_), Language::English) => "closed",
            (Self::Closed(_), Language::Welsh) => "wedi'i gau",
        }
    }
}

/// One event in the views, with one redacted copy for each distinct set of groups that somebody holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// Its id.
    pub event_id: EventId,
    /// Its originator.
    pub originator: AgencyId,
    /// Its kind; none: quarantined.
    pub kind: Option<Kind>,
    /// Its place in its originator's chain.
    pub place: ChainPlace,
    /// When the originator recorded it.
    pub recorded_at: Moment,
    /// When it was given its position.
    pub ordered_at: Moment,
    /// Its hash.
    pub hash: [u8; 32],
    /// What it says in clear.
    pub header: Header,
    /// How its originator changed its audience since.
    pub changes: Vec<(Moment, AudienceChange)>,
    /// Whether it took effect.
    pub effect: Effect,
    /// How it stands.
    pub state: ItemState,
    /// Of a step: what it is taken on.
    pub(crate) of: Option<StepOf>,
    /// The steps that were taken on it, in order.
    pub(crate) steps: Vec<TakenAt>,
    /// Who has held which groups, and since when; the last is now.
    pub history: Vec<Held>,
    /// How agencies stand to its people and meetings.
    pub(crate) ties: Vec<Tie>,
    /// Who took what it was told last, and when.
    pub(crate) acknowledged: Vec<(AgencyNumber, Moment)>,
    /// The position of the last change of the rules that it was decided by.
    pub(crate) decided_to: u64,
    /// The copies, by their groups. The whole is among them as long as there is any.
    pub(crate) copies: Vec<(Groups, StoredCopy)>,
    /// What the index has of it, or will have when it waits no longer.
    pub(crate) seeds: Seeds,
}

/// Originator and kind of an item's row, without the rest of it.
pub(crate) fn head_of(row: &[u8]) -> Result<(AgencyId, Option<Kind>), postcard::Error> {
    let (head, _) = postcard::take_from_bytes::<(EventId, AgencyId, Option<Kind>)>(row)?;
    Ok((head.1, head.2))
}

/// A change of an item's audience, and when it was made.
type TimedChange = (Moment, AudienceChange);

/// What one agency holds of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Holding {
    /// Its groups.
    pub groups: Groups,
    /// Precautions alone, by its claims alone.
    pub by_claim: bool,
}

/// Who held which groups from one moment on.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Held {
    /// Since when.
    pub since: Moment,
    /// Who.
    pub groups: Vec<(Groups, AgencySet)>,
    /// Those who get precautions alone, and by their claims alone: where they claimed, and nowhere else.
    pub(crate) by_claim: AgencySet,
}

impl Held {
    /// The groups of an agency.
    pub fn by(&self, agency: AgencyNumber) -> Groups {
        let held = self
            .groups
            .iter()
            .find(|(_, agencies)| agencies.has(agency));
        held.map_or(Groups::NONE, |(groups, _)| *groups)
    }

    /// What an agency holds.
    pub(crate) fn holding(&self, agency: AgencyNumber) -> Holding {
        Holding {
            groups: self.by(agency),
            by_claim: self.by_claim.has(agency),
        }
    }

    /// The same with something else for an agency.
    pub(crate) fn with(&mut self, agency: AgencyNumber, holds: Holding) {
        let alone = AgencySet::NONE.with(agency);
        for (_, agencies) in &mut self.groups {
            *agencies = agencies.without(alone);
        }
        if !holds.groups.is_empty() {
            self.groups.push((holds.groups, alone));
        }
        self.by_claim = self.by_claim.without(alone);
        if holds.by_claim {
            self.by_claim = self.by_claim.with(agency);
        }
    }

    /// Everybody who knows that the event exists.
    pub fn knowing(&self) -> AgencySet {
        let knowing = self
            .groups
            .iter()
            .filter(|(groups, _)| groups.has(FieldGroup::Existence));
        knowing.fold(AgencySet::NONE, |all, (_, agencies)| all.join(*agencies))
    }
}

impl Item {
    /// Its audience; none for kinds that make no item.
    pub const fn audience(&self) -> Option<&Audience> {
        self.header.audience.as_ref()
    }

    /// What it refers to.
    pub fn references(&self) -> &[EventReference] {
        &self.header.references
    }

    /// Who holds which groups.
    pub fn held(&self) -> &[(Groups, AgencySet)] {
        self.history.last().map_or(&[], |held| &held.groups)
    }

    /// The groups that an agency was given when the event, or what changed its audience, was folded.
    pub fn held_by(&self, agency: AgencyNumber) -> Groups {
        self.history
            .last()
            .map_or(Groups::NONE, |held| held.by(agency))
    }

    /// The same as of a moment.
    pub fn held_at(&self, agency: AgencyNumber, at: Moment) -> Groups {
        let mut before = self.history.iter().rev();
        let held = before.find(|held| held.since <= at);
        held.map_or(Groups::NONE, |held| held.by(agency))
    }

    /// Everybody who knows of it.
    pub fn holders(&self) -> AgencySet {
        self.history.last().map_or(AgencySet::NONE, Held::knowing)
    }

    /// Everybody who ever knew of it.
    pub fn ever_holders(&self) -> AgencySet {
        let ever = self.history.iter().map(Held::knowing);
        ever.fold(AgencySet::NONE, AgencySet::join)
    }

    /// When an agency's system last took what it was told; none: never.
    pub(crate) fn acknowledged_by(&self, agency: AgencyNumber) -> Option<Moment> {
        let mut acknowledged = self.acknowledged.iter();
        acknowledged
            .find(|(of, _)| *of == agency)
            .map(|(_, at)| *at)
    }

    /// As if an agency still held what it held before a moment.
    pub(crate) fn as_before(&mut self, agency: AgencyNumber, since: Moment, before: Holding) {
        for held in self.history.iter_mut().filter(|held| held.since >= since) {
            held.with(agency, before);
        }
    }

    /// What it is about, for sharing: a step that is shared as what it is taken on is carried by the same flows.
    pub(crate) fn shared_as(&self) -> Option<Matter> {
        let follows = self.of.and_then(|of| of.follows);
        follows.or_else(|| self.kind.and_then(Kind::matter))
    }

    /// When it was published, for sharing: whoever was given what a step is taken on is given the step.
    pub(crate) fn published(&self) -> Moment {
        let of = self.of.filter(|of| of.follows.is_some());
        of.map_or(self.ordered_at, |of| of.published)
    }

    /// What a decision on it is made from; none for what isn't shared.
    pub fn question(&self, now: Moment) -> Option<Question<'_>> {
        Some(Question {
            originator: &self.originator,
            matter: self.shared_as()?,
            audience: self.audience()?,
            changes: &self.changes,
            published: self.published(),
            now,
        })
    }

    /// The next moment after this at which something that an agency is given ends with time.
    pub(crate) fn ends_after(&self, now: Moment, agency: &AgencyId) -> Option<Moment> {
        let until = self.audience().and_then(|audience| audience.until);
        let disclosures = self.changes.iter().filter_map(|(_, change)| match change {
            AudienceChange::Disclose(disclosure) => {
                disclosure.until.filter(|_| disclosure.to.contains(agency))
            }
            AudienceChange::Widen(_) | AudienceChange::Narrow(_) | AudienceChange::Withdraw => None,
        });
        disclosures.chain(until).filter(|end| *end > now).min()
    }

    /// Its audience, and how that was changed, as if nothing of it ended with time; none for what isn't shared.
    pub(crate) fn timeless(&self) -> Option<(Cow<'_, Audience>, Cow<'_, [TimedChange]>)> {
        let mut audience = Cow::Borrowed(self.audience()?);
        if audience.until.is_some() {
            audience.to_mut().until = None;
        }
        let ends = |change: &AudienceChange| matches!(change, AudienceChange::Disclose(d) if d.until.is_some());
        let mut changes = Cow::Borrowed(self.changes.as_slice());
        if changes.iter().any(|(_, change)| ends(change)) {
            for (_, change) in changes.to_mut() {
                if let AudienceChange::Disclose(disclosure) = change {
                    disclosure.until = None;
                }
            }
        }
        Some((audience, changes))
    }

    /// Takes away everything that its content left here, but from whom it is withheld by name: that stays withheld.
    pub(crate) fn forget_content(&mut self) {
        self.copies.clear();
        self.seeds = Seeds {
            withheld: std::mem::take(&mut self.seeds.withheld),
            ..Seeds::default()
        };
    }

    /// Takes that away too.
    pub(crate) fn forget_everything(&mut self) {
        self.forget_content();
        self.seeds.withheld.clear();
    }
}

/// One change of an agency's view. Content comes from the current row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// The item.
    pub position: u64,
    /// What happened.
    pub kind: ChangeKind,
}

/// What happened to an item of a view.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ChangeKind {
    /// It became visible.
    Shown,
    /// It changed: corrected, superseded, shared with more or fewer groups.
    Changed,
    /// It is to be removed.
    Retracted,
}

/// What the fold made of an event, for its originator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutcomeRow {
    /// The event.
    pub event_id: EventId,
    /// What became of it.
    pub outcome: FoldOutcome,
}

/// What became of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum FoldOutcome {
    /// Took effect, was without effect, or waits.
    Judged(Effect),
    /// This version doesn't understand it, or its id was taken: it is shared with nobody.
    Quarantined,
    /// Its content was erased.
    Erased,
}

/// One occurrence of an identifier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Posting {
    /// The item.
    pub position: u64,
    /// The label in the item.
    pub label: Label,
    /// Who holds the group that shows the identifier.
    pub agencies: AgencySet,
    /// Who gets its precautions alone, and named the identifier itself.
    pub door: AgencySet,
    /// An alert, or a report of danger at once: what a pre-visit check has to read.
    pub pressing: bool,
    /// The same person's other identifiers in this event.
    pub others: Vec<[u8; 16]>,
    /// Stands for the person's date of birth, for comparison alone.
    pub born: Option<[u8; 8]>,
}

/// A label as a posting keeps it: its bytes, filled up with zeros. "p1" and "p01" are two labels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Label([u8; 3]);

impl Label {
    /// None for what no label can be: three bytes at most (the domain's rule).
    pub(crate) fn new(text: &str) -> Option<Self> {
        let mut label = [0; 3];
        label
            .get_mut(..text.len())?
            .copy_from_slice(text.as_bytes());
        Some(Self(label))
    }

    /// The label as the event writes it.
    pub(crate) fn text(self) -> String {
        let bytes = self.0.iter().copied().filter(|b| *b != 0);
        bytes.map(char::from).collect()
    }

    /// A person's, not a place's.
    pub(crate) const fn is_person(self) -> bool {
        self.0[0] == b'p'
    }
}
