//! Corrections: most put another report in an incident's place, some say that it was entered in error.

use diogel_contract::v1::{self, correction::Replacement};

use crate::{alert::reference, draft::Draft};

impl Draft<'_> {
    /// A correction of an incident. What stands instead is no danger at once: the audience is the earlier one, and not everybody
    /// in it was given what a check finds danger by.
    pub(crate) fn correction(&mut self, target: String) -> v1::Correction {
        let withdrawn = self.random.once_in(8);
        let instead = (!withdrawn).then(|| self.short_incident(true));
        let replacement = instead.map(|i| Replacement::Incident(i.report));
        let reason = if withdrawn {
            "Entered for the wrong family: the visit was to another house in the same street."
        } else {
            "The day and the names were compared with the case record, and put right."
        };
        v1::Correction {
            target: Some(reference(target)),
            reason: reason.into(),
            replacement,
        }
    }
}
