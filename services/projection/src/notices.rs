//! Notices of reads: an originator is told who read its events where a flow says so, as far as it may know of the reader. Refuses
//! to say anything of the others' reads, not even that there were some.

use std::collections::BTreeMap;

use diogel_contract::v1;
use diogel_domain::ids::{AgencyId, EventId};
use diogel_views::{
    Folded, Reader,
    store::{Store, StoreError},
};

/// What one originator may be told.
pub(crate) struct Notices<'a, S> {
    views: &'a Folded<S>,
    originator: &'a Reader,
    /// By event and reader: it is the originator's own, and it may know that the reader gets something of it.
    known: BTreeMap<(EventId, String), bool>,
}

impl<'a, S: Store> Notices<'a, S> {
    pub(crate) const fn new(views: &'a Folded<S>, originator: &'a Reader) -> Self {
        Self {
            views,
            originator,
            known: BTreeMap::new(),
        }
    }

    /// The notice of an access; none: it isn't the originator's to know.
    pub(crate) fn of(
        &mut self,
        record: &v1::AccessRecord,
    ) -> Result<Option<v1::ReadNotice>, StoreError> {
        let mut event_ids = Vec::new();
        for id in &record.told_of {
            let Ok(id) = <[u8; 16]>::try_from(id.as_ref()) else {
                continue;
            };
            if self.may_know(EventId(id), &record.agency)? {
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

    fn may_know(&mut self, event: EventId, agency: &str) -> Result<bool, StoreError> {
        let key = (event, agency.to_owned());
        if let Some(known) = self.known.get(&key) {
            return Ok(*known);
        }
        let known = self.decide(event, agency)?;
        self.known.insert(key, known);
        Ok(known)
    }

    fn decide(&self, event: EventId, agency: &str) -> Result<bool, StoreError> {
        let Ok(agency) = AgencyId::new(agency) else {
            return Ok(false);
        };
        let seen = self.views.see_event(self.originator, event)?;
        let own = seen.is_some_and(|seen| seen.item.originator == *self.originator.agency());
        Ok(own
            && self
                .views
                .may_know_recipient(self.originator, event, &agency)?)
    }
}
