//! What a preview says: of each agency what it would get, of the family what they might be told.

use diogel_contract::v1;
use diogel_texts::console::Phrase as P;

use crate::{page::Visit, pages::words};

/// An agency that would get something.
pub(super) struct Recipient {
    pub(super) agency: String,
    pub(super) groups: String,
    pub(super) citation: String,
}

/// A member of the family.
pub(super) struct Family {
    pub(super) person: String,
    pub(super) told: &'static str,
}

pub(super) fn recipient(one: &v1::PreviewedRecipient, visit: &Visit) -> Option<Recipient> {
    let explained = one.explained.as_ref()?;
    let given: Vec<&v1::ExplainedGroup> = explained.groups.iter().filter(|g| g.given).collect();
    let mut flows: Vec<&str> = given.iter().map(|group| group.citation.as_str()).collect();
    flows.retain(|flow| !flow.is_empty());
    flows.dedup();
    let names = given
        .iter()
        .map(|group| words::group(group.group, visit.language()));
    (!given.is_empty()).then(|| Recipient {
        agency: visit.agency_name(&explained.agency),
        groups: names.collect::<Vec<_>>().join(", "),
        citation: flows.join("; "),
    })
}

pub(super) fn family(one: &v1::PreviewedFamily, visit: &Visit) -> Family {
    Family {
        person: match one.person.as_str() {
            "" => visit.t(P::ConsoleAnybodyElse).to_owned(),
            label => label.to_owned(),
        },
        told: visit.t(match one.seen {
            Some(_) => P::ConsoleMayBeTold,
            None => P::ConsoleNothing,
        }),
    }
}
