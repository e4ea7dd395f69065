//! The stream of events: who publishes next, about which family. What is published then is the mixture's.

use diogel_contract::v1;

use crate::{
    draft::Draft,
    mixture::Memory,
    random::Random,
    shape::{Agency, Shape},
};

/// An endless stream of publications; it ends at once if the shape has no agency but the Board.
#[derive(Debug, Clone)]
pub struct Generator {
    seed: u64,
    random: Random,
    shape: Shape,
    number: u64,
    first_family: u32,
    earlier: Vec<Memory>,
}

impl Generator {
    /// A generator; the same seed and shape give the same events.
    pub fn new(seed: u64, shape: Shape) -> Self {
        Self {
            seed,
            random: Random::new(seed),
            earlier: vec![Memory::default(); shape.agencies.len()],
            shape,
            number: 0,
            first_family: 0,
        }
    }

    /// The same load about other families: those from this number on. A few families are in many of one generator's events; a long
    /// load of several generators has no family that a tenth of it is about.
    #[must_use]
    pub const fn from_family(mut self, first: u32) -> Self {
        self.first_family = first;
        self
    }

    /// The index of who publishes next.
    fn originator(&mut self) -> Option<usize> {
        let total = self.shape.agencies.iter().map(Agency::weight).sum();
        let mut drawn = self.random.below(total);
        self.shape.agencies.iter().position(|agency| {
            let here = drawn < agency.weight();
            drawn = drawn.saturating_sub(agency.weight());
            here
        })
    }
}

impl Iterator for Generator {
    type Item = (String, v1::PublishRequest);

    fn next(&mut self) -> Option<Self::Item> {
        let index = self.originator()?;
        let agency = self.shape.agencies.get(index)?;
        let earlier = self.earlier.get_mut(index)?;
        self.number += 1;
        let key = format!("load-{:x}-{:08}", self.seed, self.number);
        let rank = self.random.rank(self.shape.families());
        let family = self.first_family.saturating_add(rank);
        let random = &mut self.random;
        let shape = &self.shape;
        let mut draft = Draft {
            random,
            shape,
            agency,
            family,
        };
        let (content, audience) = draft.event(&key, earlier);
        let request = v1::PublishRequest {
            request_key: key,
            audience,
            content: Some(content),
            ..v1::PublishRequest::default()
        };
        Some((agency.id.clone(), request))
    }
}
