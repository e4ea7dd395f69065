//! An entry as two publications: an incident report, and a hazard alert that rests on it. Neither holds a decision: that is
//! somebody else's, who has looked (PRACTICE, section 3).

use diogel_contract::{Timestamp, v1};
use diogel_domain::{
    codes::{Certainty, DirectedAt, Harm, ResistantBehaviour, Severity, ThreatForm, Urgency},
    times::Day,
};

use super::entry::Entry;
use crate::{keys::Keys, mapping::Mapping};

/// Two publications, in the order in which they are sent.
#[derive(Debug, Clone)]
pub(crate) struct Requests {
    pub(crate) incident: v1::PublishRequest,
    pub(crate) alert: v1::PublishRequest,
}

/// Makes the publications; what the entry doesn't say is left out, and is found by the contract's own rules.
pub(crate) fn requests(entry: &Entry, mapping: &Mapping, keys: &Keys) -> Requests {
    use v1::publish_request::Content;
    let request = |key: &str, content| v1::PublishRequest {
        request_key: key.to_owned(),
        audience: Some(mapping.audience.clone()),
        content: Some(content),
        ..v1::PublishRequest::default()
    };
    let alert = alert(entry, mapping, &keys.incident);
    Requests {
        incident: request(&keys.incident, Content::Incident(incident(entry, mapping))),
        alert: request(&keys.alert, Content::HazardAlert(alert)),
    }
}

fn incident(entry: &Entry, mapping: &Mapping) -> v1::IncidentReport {
    let narrative = (!entry.what_happened.is_empty()).then(|| v1::IncidentNarrative {
        standing: mapping.standing.number(),
        what_happened: entry.what_happened.clone(),
        ..v1::IncidentNarrative::default()
    });
    let behaviours = entry.grounds.behaviours.iter().copied();
    let directed_at = entry.directed_at.iter().copied();
    v1::IncidentReport {
        people: entry.people.clone(),
        places: entry.places.clone(),
        safety: Some(v1::IncidentSafety {
            occurred: occurred(entry),
            behaviours: behaviours.map(ResistantBehaviour::number).collect(),
            threats: threats(entry),
            directed_at: directed_at.map(DirectedAt::number).collect(),
            harm: entry.harm.map_or(0, Harm::number),
            ..v1::IncidentSafety::default()
        }),
        narrative,
        reporter: reporter(entry),
        ..v1::IncidentReport::default()
    }
}

fn alert(entry: &Entry, mapping: &Mapping, rests_on: &str) -> v1::HazardAlert {
    v1::HazardAlert {
        people: entry.people.clone(),
        places: entry.places.clone(),
        target: entry.target.clone(),
        safety: Some(v1::AlertSafety {
            threats: threats(entry),
            precautions: entry.precautions.clone(),
            severity: entry.severity.map_or(0, Severity::number),
            urgency: entry.urgency.map_or(0, Urgency::number),
            certainty: entry.certainty.map_or(0, Certainty::number),
            review_on: entry
                .review_on
                .map_or_else(String::new, |day| day.to_string()),
            told: entry.told.clone(),
            ..v1::AlertSafety::default()
        }),
        rests_on: vec![v1::Reference {
            event: Some(v1::reference::Event::RequestKey(rests_on.to_owned())),
            ..v1::Reference::default()
        }],
        status: mapping.status.number(),
        reporter: reporter(entry),
        ..v1::HazardAlert::default()
    }
}

fn threats(entry: &Entry) -> Vec<i32> {
    let threats = entry.grounds.threats.iter().copied();
    threats.map(ThreatForm::number).collect()
}

fn reporter(entry: &Entry) -> Option<v1::Reporter> {
    let who = entry.entered_by.clone();
    who.map(|who| v1::Reporter { who })
}

/// Seconds of a day.
const DAY: i64 = 86_400;

fn occurred(entry: &Entry) -> Option<v1::Occurred> {
    let known = entry.occurred?;
    let at = |day: Day| Timestamp {
        seconds: i64::from(day.0) * DAY,
        nanos: 0,
    };
    Some(v1::Occurred {
        from: Some(at(known.day)),
        to: Some(at(known.last())),
        precision: known.precision.number(),
    })
}
