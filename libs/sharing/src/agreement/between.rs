//! A protocol between two agencies: which version is in force when. Whether both are party to a version, and when each signed it, is
//! looked up once, because a decision on an old event asks for many moments.

use diogel_domain::{ids::AgencyId, times::Moment};

use super::{Span, Version};

/// A protocol's versions, as far as two agencies are concerned.
#[derive(Debug)]
pub struct Between<'v>(Vec<Bound<'v>>);

/// One version.
#[derive(Debug)]
struct Bound<'v> {
    version: &'v Version,
    /// Both are party to it.
    parties: bool,
    /// When each was bound by it.
    signed: [&'v [Span]; 2],
}

impl<'v> Between<'v> {
    pub(super) fn new(versions: &'v [Version], one: &AgencyId, other: &AgencyId) -> Self {
        let bound = |version: &'v Version| {
            let signed = |agency| version.signed.get(agency).map_or(&[][..], Vec::as_slice);
            Bound {
                version,
                parties: version.is_party(one) && version.is_party(other),
                signed: [signed(one), signed(other)],
            }
        };
        Self(versions.iter().map(bound).collect())
    }

    /// The version in force at a moment: the latest that binds them both. A version that leaves one of them out has nothing in force
    /// between them any more; one that isn't signed yet changes nothing.
    pub fn in_force(&self, at: Moment) -> Option<&'v Version> {
        let versions = self.0.iter().rev();
        let adopted = versions.filter(|bound| bound.version.adopted.holds(at));
        let mut between = adopted.take_while(|bound| bound.parties);
        between
            .find(|bound| bound.is_signed(at))
            .map(|bound| bound.version)
    }

    /// What was in force at `from` and since, up to `until`, one after the other: none where nothing was. Most turns put no other
    /// version in force: the second of two signatures does.
    pub fn since(&self, from: Moment, until: Moment) -> impl Iterator<Item = Option<&'v Version>> {
        let turns = self.0.iter().flat_map(Bound::turns);
        let turns = turns.filter(move |turn| from < *turn && *turn <= until);
        let mut last = None;
        std::iter::once(from).chain(turns).filter_map(move |at| {
            let version = self.in_force(at);
            let again = last.is_some_and(|last| is_same(last, version));
            last = Some(version);
            (!again).then_some(version)
        })
    }
}

impl<'v> Bound<'v> {
    fn is_signed(&self, at: Moment) -> bool {
        let by = |spans: &&[Span]| spans.iter().any(|span| span.holds(at));
        self.signed.iter().all(by)
    }

    /// The moments at which something about these two may have changed.
    fn turns(&self) -> impl Iterator<Item = Moment> + use<'v> {
        let [one, other] = self.signed;
        let spans = one.iter().chain(other).chain([&self.version.adopted]);
        spans.flat_map(|span| [Some(span.from), span.until].into_iter().flatten())
    }
}

fn is_same(one: Option<&Version>, other: Option<&Version>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => std::ptr::eq(one, other),
        (one, other) => one.is_none() && other.is_none(),
    }
}
