//! The mixture: of which kind the next event is. Remembers a few of each agency's own incidents, claims and meetings, because alerts
//! rest on them, and corrections, escalations and changes refer to them.

use std::collections::VecDeque;

use diogel_contract::v1::{self, publish_request::Content};
use diogel_domain::codes::Purpose;

use crate::{draft::Draft, incident::Incident};

/// How many of its own events of a sort an agency still remembers.
const REMEMBERED: usize = 64;

/// What is published: content, and an audience unless it takes none.
pub(crate) type Said = (Content, Option<v1::Audience>);

/// What an agency published before, the latest first.
#[derive(Debug, Clone, Default)]
pub(crate) struct Memory {
    incidents: VecDeque<Earlier>,
    claims: VecDeque<Named>,
    meetings: VecDeque<Named>,
}

/// A claim or a meeting that an agency published before.
#[derive(Debug, Clone)]
struct Named {
    key: String,
    family: u32,
}

/// An incident that an agency published before.
#[derive(Debug, Clone)]
struct Earlier {
    key: String,
    family: u32,
    audience: v1::Audience,
}

impl Draft<'_> {
    /// Of a hundred events 62 are short incidents, 18 long ones, 6 alerts, 2 escalations, 2 corrections, 4 about involvement, 3 about
    /// meetings, 3 about who sees what.
    pub(crate) fn event(&mut self, key: &str, earlier: &mut Memory) -> Said {
        let other = match self.random.below(100) {
            0..62 => None,
            62..80 => {
                let incident = self.full_incident();
                return self.published(key, incident, &mut earlier.incidents);
            }
            80..86 => self.alerted(&earlier.incidents),
            86..88 => self.escalated(&earlier.incidents),
            88..90 => self.corrected(&mut earlier.incidents),
            90..94 => Some(self.involved(key, &mut earlier.claims)),
            94..97 => Some(self.met(key, &mut earlier.meetings)),
            _ => self.shared_anew(&earlier.incidents),
        };
        other.unwrap_or_else(|| {
            let incident = self.short_incident(false);
            self.published(key, incident, &mut earlier.incidents)
        })
    }

    fn published(
        &mut self,
        key: &str,
        incident: Incident,
        earlier: &mut VecDeque<Earlier>,
    ) -> Said {
        let audience = self.audience(incident.purpose, incident.pressing);
        let new = Earlier {
            key: key.into(),
            family: self.family,
            audience: audience.clone(),
        };
        remember(earlier, new);
        (Content::Incident(incident.report), Some(audience))
    }

    fn alerted(&mut self, earlier: &VecDeque<Earlier>) -> Option<Said> {
        let incident = earlier.get(self.random.index(earlier.len()))?;
        self.family = incident.family;
        let alert = self.hazard_alert(incident.key.clone());
        let audience = self.audience(Purpose::WorkerSafety, true);
        Some((Content::HazardAlert(alert), Some(audience)))
    }

    fn escalated(&mut self, earlier: &VecDeque<Earlier>) -> Option<Said> {
        let incident = earlier.get(self.random.index(earlier.len()))?;
        self.family = incident.family;
        let (escalation, audience) = self.escalation(Some(incident.key.clone()))?;
        Some((Content::Escalation(escalation), Some(audience)))
    }

    /// A correction goes to those who saw what was wrong. What was corrected once is not referred to again.
    fn corrected(&mut self, earlier: &mut VecDeque<Earlier>) -> Option<Said> {
        let incident = earlier.remove(self.random.index(earlier.len()))?;
        self.family = incident.family;
        let correction = self.correction(incident.key);
        Some((Content::Correction(correction), Some(incident.audience)))
    }

    /// Three claims are made for each that is closed.
    fn involved(&mut self, key: &str, claims: &mut VecDeque<Named>) -> Said {
        if self.random.once_in(4)
            && let Some(claim) = claims.remove(self.random.index(claims.len()))
        {
            self.family = claim.family;
            return Self::closing(claim.key);
        }
        remember(claims, self.named(key));
        self.claim()
    }

    /// Three meetings are scheduled for each that is changed. What was changed once is not referred to again.
    fn met(&mut self, key: &str, meetings: &mut VecDeque<Named>) -> Said {
        let changed = self.random.once_in(4);
        let changed = changed.then(|| meetings.pop_back()).flatten();
        if let Some(meeting) = &changed {
            self.family = meeting.family;
        } else {
            remember(meetings, self.named(key));
        }
        self.meeting(changed.map(|meeting| meeting.key))
    }

    fn shared_anew(&mut self, earlier: &VecDeque<Earlier>) -> Option<Said> {
        let incident = earlier.get(self.random.index(earlier.len()))?;
        self.family = incident.family;
        Some(if self.random.once_in(3) {
            self.declined(incident.key.clone())
        } else {
            self.audience_changed(incident.key.clone(), &incident.audience)
        })
    }

    fn named(&self, key: &str) -> Named {
        Named {
            key: key.into(),
            family: self.family,
        }
    }
}

fn remember<T>(earlier: &mut VecDeque<T>, new: T) {
    earlier.truncate(REMEMBERED - 1);
    earlier.push_front(new);
}
