//! Notices of reads: an originator is told who read its events where a flow says so, as far as it may know of the reader. Refuses
//! to say anything of the others' reads, not even that there were some.

use std::collections::{BTreeMap, btree_map::Entry};

use diogel_contract::{read, v1};
use diogel_domain::{
    ids::{AgencyId, EventId},
    times::Moment,
};
use diogel_views::{
    Folded, Reader,
    read::KnownReaders,
    store::{Store, StoreError},
};

/// What one originator may be told.
pub(crate) struct Notices<'a, S> {
    views: &'a Folded<S>,
    originator: &'a Reader,
    /// By event; none: it isn't the originator's own.
    readers: BTreeMap<EventId, Option<KnownReaders<'a>>>,
}

impl<'a, S: Store> Notices<'a, S> {
    pub(crate) const fn new(views: &'a Folded<S>, originator: &'a Reader) -> Self {
        Self {
            views,
            originator,
            readers: BTreeMap::new(),
        }
    }

    /// The notice of an access; none: it isn't the originator's to know.
    pub(crate) fn of(
        &mut self,
        record: &v1::AccessRecord,
    ) -> Result<Option<v1::ReadNotice>, StoreError> {
        let agency = AgencyId::new(record.agency.as_str()).ok();
        let at = record.at.as_ref().and_then(read::moment);
        let Some((agency, at)) = agency.zip(at) else {
            return Ok(None);
        };
        let mut event_ids = Vec::new();
        for id in &record.told_of {
            let Ok(id) = <[u8; 16]>::try_from(id.as_ref()) else {
                continue;
            };
            if self.may_know(EventId(id), &agency, at)? {
                event_ids.push(EventId(id).to_string());
            }
        }
        Ok((!event_ids.is_empty()).then(|| v1::ReadNotice {
            at: record.at,
            agency: record.agency.clone(),
            call: record.call.clone(),
            purpose: record.purpose,
            event_ids,
        }))
    }

    fn may_know(
        &mut self,
        event: EventId,
        agency: &AgencyId,
        at: Moment,
    ) -> Result<bool, StoreError> {
        let readers = match self.readers.entry(event) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => new.insert(self.views.known_readers(self.originator, event)?),
        };
        let readers = readers.as_ref();
        Ok(readers.is_some_and(|readers| readers.may_have_read(agency, at)))
    }
}
