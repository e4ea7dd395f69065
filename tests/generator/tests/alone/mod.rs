//! A publication judged by what stands in it alone: nobody is involved, and nobody attends.

use diogel_contract::{
    read::{Publication, Said},
    v1,
};
use diogel_domain::{content::Content, ids::AgencyId, times::Moment};
use diogel_sharing::{audience::Audience, decide::Relation};

use super::board::{Board, Shared, reach::Decide};

/// Reads it as the agency's intake does, and says everything that is wrong with it, and whom it doesn't reach although it names them.
pub fn judge(
    board: &Board,
    agency: &AgencyId,
    at: Moment,
    request: &v1::PublishRequest,
) -> Result<Publication, Vec<String>> {
    let publication = board.taken(agency, at, request)?;
    let shared = Shared::of(agency, at, &publication);
    let found = shared.map_or_else(Vec::new, |shared| {
        let alone = |_: &AgencyId, decide: &Decide<'_>| decide(Relation::default());
        board.unreached(&shared, &[], at, alone)
    });
    if found.is_empty() {
        Ok(publication)
    } else {
        Err(found)
    }
}

/// What it says, and to whom; none: it is said in clear.
pub fn said(publication: &Publication) -> Option<(&Content, &Audience)> {
    let Said::Sealed(content) = &publication.said else {
        return None;
    };
    Some((content, publication.audience.as_ref()?))
}
