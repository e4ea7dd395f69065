//! Cursors and page tokens: where a reader has come in its own view. A place that counts what lies before it can be read by this hub
//! alone: what is withheld from a professional by name is a change of its agency's view all the same, and would show as a gap (P6).

use std::sync::Arc;

use diogel_contract::{
    hexadecimal,
    refusal::{Reason, Refusal},
};
use diogel_domain::ids::{AgencyId, EventId};
use diogel_identity::Opaque;
use diogel_views::Which;

/// The places of one generation of views. Clones share it.
#[derive(Clone)]
pub(crate) struct Cursors {
    opaque: Arc<Opaque>,
    generation: u64,
}

/// One agency's places in one list.
pub(crate) struct Places<'a> {
    cursors: &'a Cursors,
    context: Vec<u8>,
}

/// What a place is in: it means nothing in another list, and nothing to another agency.
#[derive(Debug, Clone, Copy)]
pub(crate) enum List {
    /// The changes of a view, by a watch.
    Changes,
    /// Its items, of these.
    Items(Which),
    /// What hasn't been taken.
    Outstanding,
}

/// What a text says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// This place.
    At(u64),
    /// One in a view that was built anew since.
    OfAnotherView,
    /// None that was given for this list and agency.
    None,
}

impl Cursors {
    pub(crate) const fn new(opaque: Arc<Opaque>, generation: u64) -> Self {
        Self { opaque, generation }
    }

    /// An agency's places in a list.
    pub(crate) fn of(&self, list: List, agency: &AgencyId) -> Places<'_> {
        let list = match list {
            List::Changes => vec![b'c'],
            List::Items(which) => {
                let matter = which.matter.map_or(u8::MAX, |matter| matter as u8);
                let awaited = which.awaited.map_or(0, |awaited| awaited as u8);
                vec![b'i', matter, which.open.into(), which.own.into(), awaited]
            }
            List::Outstanding => vec![b'o'],
        };
        let generation = self.generation.to_be_bytes();
        Places {
            cursors: self,
            context: [&list[..], &generation[..], agency.as_str().as_bytes()].concat(),
        }
    }

    /// The end of a page of items about somebody: the next one begins after this event, which the reader was shown.
    pub(crate) fn page_end(&self, event: EventId) -> String {
        self.of_this_view(&event.0)
    }

    /// The event that a page ended with; none: no page of this view.
    pub(crate) fn ended_with(&self, text: &str) -> Option<EventId> {
        let (generation, event) = parts(text)?;
        let event = event.try_into().ok().map(EventId);
        event.filter(|_| generation == self.generation)
    }

    fn of_this_view(&self, bytes: &[u8]) -> String {
        hexadecimal::write(&[&self.generation.to_be_bytes(), bytes].concat())
    }
}

impl Places<'_> {
    /// A place, to go on from.
    pub(crate) fn text(&self, number: u64) -> Result<String, Refusal> {
        let hidden = self.cursors.opaque.hide(&self.context, number);
        let hidden = hidden.ok_or_else(|| Refusal::new(Reason::Internal))?;
        Ok(self.cursors.of_this_view(&hidden))
    }

    /// What a text says that was given for these.
    pub(crate) fn place(&self, text: &str) -> Place {
        let Some((generation, hidden)) = parts(text) else {
            return Place::None;
        };
        if generation != self.cursors.generation {
            return Place::OfAnotherView;
        }
        let number = self.cursors.opaque.find(&self.context, &hidden);
        number.map_or(Place::None, Place::At)
    }
}

/// A view's generation, and what follows it.
fn parts(text: &str) -> Option<(u64, Vec<u8>)> {
    let bytes = hexadecimal::read(Some(text).filter(|text| text.len() <= 128)?)?;
    let (generation, rest) = bytes.split_first_chunk::<8>()?;
    Some((u64::from_be_bytes(*generation), rest.to_vec()))
}

#[cfg(test)]
mod tests {
    use diogel_domain::{content::Matter, lifecycle::alert::Awaited};

    use super::*;

    #[test]
    fn p6_a_cursor_counts_nothing_and_is_good_for_its_list_and_agency_alone() {
        let opaque = Arc::new(Opaque::new([7; 32]));
        let cursors = Cursors::new(opaque.clone(), 3);
        let [police, health] = ["police", "health"].map(|id| AgencyId::new(id).unwrap());
        let own = cursors.of(List::Changes, &police);
        let (one, far) = (own.text(1).unwrap(), own.text(u64::MAX).unwrap());
        assert_eq!(one.len(), far.len());
        assert_ne!(
            one,
            own.text(1).unwrap(),
            "whether two are the same can't be told"
        );
        assert_eq!(own.place(&one), Place::At(1));
        let others = [
            (List::Changes, &health),
            (List::Items(Which::ALL), &police),
            (List::Items(Which::ALL.own()), &police),
            (List::Items(Which::awaiting(Awaited::Answer)), &police),
            (List::Items(Which::of(Matter::Incident)), &police),
        ];
        for (list, agency) in others {
            assert_eq!(cursors.of(list, agency).place(&one), Place::None);
        }
        let anew = Cursors::new(opaque, 4);
        let anew = anew.of(List::Changes, &police);
        assert_eq!(anew.place(&one), Place::OfAnotherView);
        let none = ["", "no cursor", "00", &one[..one.len() - 2]];
        for text in none {
            assert_eq!(own.place(text), Place::None);
        }
    }
}
