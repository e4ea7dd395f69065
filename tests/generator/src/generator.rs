//! The stream of events: who publishes next, of which kind, about which family. Remembers a few of each agency's own incidents,
//! because alerts rest on them, and corrections and escalations refer to them.

use std::collections::VecDeque;

use diogel_contract::v1::{self, publish_request::Content};
use diogel_domain::codes::Purpose;

use crate::{
    draft::Draft,
    incident::Incident,
    random::Random,
    shape::{Agency, Shape},
};

/// How many of its own incidents an agency still remembers.
const REMEMBERED: usize = 64;

/// An endless stream of publications; it ends at once if the shape has no agency but the Board.
#[derive(Debug, Clone)]
pub struct Generator {
    seed: u64,
    random: Random,
    shape: Shape,
    number: u64,
    earlier: Vec<VecDeque<Earlier>>,
}

/// An incident that an agency published before.
#[derive(Debug, Clone)]
struct Earlier {
    key: String,
    family: u32,
    audience: v1::Audience,
}

impl Generator {
    /// A generator; the same seed and shape give the same events.
    pub fn new(seed: u64, shape: Shape) -> Self {
        Self {
            seed,
            random: Random::new(seed),
            earlier: vec![VecDeque::new(); shape.agencies.len()],
            shape,
            number: 0,
        }
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
        let family = self.random.rank(self.shape.families());
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
            audience: Some(audience),
            content: Some(content),
            ..v1::PublishRequest::default()
        };
        Some((agency.id.clone(), request))
    }
}

impl Draft<'_> {
    /// Of a hundred events 70 are short incidents, 20 long ones, 6 alerts, 2 escalations, 2 corrections.
    fn event(&mut self, key: &str, earlier: &mut VecDeque<Earlier>) -> (Content, v1::Audience) {
        let other = match self.random.below(100) {
            0..70 => None,
            70..90 => {
                let incident = self.full_incident();
                return self.published(key, incident, earlier);
            }
            90..96 => self.alerted(earlier),
            96..98 => self.escalated(earlier),
            _ => self.corrected(earlier),
        };
        other.unwrap_or_else(|| {
            let incident = self.short_incident(false);
            self.published(key, incident, earlier)
        })
    }

    fn published(
        &mut self,
        key: &str,
        incident: Incident,
        earlier: &mut VecDeque<Earlier>,
    ) -> (Content, v1::Audience) {
        let audience = self.audience(incident.purpose, incident.pressing);
        earlier.truncate(REMEMBERED - 1);
        earlier.push_front(Earlier {
            key: key.into(),
            family: self.family,
            audience: audience.clone(),
        });
        (Content::Incident(incident.report), audience)
    }

    fn alerted(&mut self, earlier: &VecDeque<Earlier>) -> Option<(Content, v1::Audience)> {
        let incident = earlier.get(self.random.index(earlier.len()))?;
        self.family = incident.family;
        let alert = self.hazard_alert(incident.key.clone());
        let audience = self.audience(Purpose::WorkerSafety, true);
        Some((Content::HazardAlert(alert), audience))
    }

    fn escalated(&mut self, earlier: &VecDeque<Earlier>) -> Option<(Content, v1::Audience)> {
        let incident = earlier.get(self.random.index(earlier.len()))?;
        self.family = incident.family;
        let (escalation, audience) = self.escalation(Some(incident.key.clone()))?;
        Some((Content::Escalation(escalation), audience))
    }

    /// A correction goes to those who saw what was wrong. What was corrected once is not referred to again.
    fn corrected(&mut self, earlier: &mut VecDeque<Earlier>) -> Option<(Content, v1::Audience)> {
        let incident = earlier.remove(self.random.index(earlier.len()))?;
        self.family = incident.family;
        let correction = self.correction(incident.key);
        Some((Content::Correction(correction), incident.audience))
    }
}
