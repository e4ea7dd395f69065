//! What the agencies publish: the seeded generator's events, or one with a text of one's own.

use diogel_contract::v1::{self, publish_request::Content};
use diogel_domain::codes::Sector;
use diogel_domain::times::Moment;
use diogel_generator::{Agency, Generator, Shape};

/// The board's agencies that publish, with their sectors.
const AGENCIES: [(&str, Sector); 3] = [
    ("health", Sector::Health),
    ("police", Sector::Police),
    ("social-care", Sector::SocialCare),
];

/// Now, as the services see it.
fn now() -> Moment {
    let nanos = time::OffsetDateTime::now_utc().unix_timestamp_nanos();
    Moment(i64::try_from(nanos / 1_000).expect("this century"))
}

/// Events of every kind, to be published one after the other: later ones refer to earlier ones.
pub fn mixed(seed: u64, count: usize) -> Vec<(String, v1::PublishRequest)> {
    let agencies = AGENCIES.map(|(id, sector)| Agency {
        id: id.into(),
        sector,
    });
    let shape = Shape {
        agencies: agencies.into(),
        people: 80,
        now: now(),
    };
    Generator::new(seed, shape).take(count).collect()
}

/// Reports of one agency, to be published in any order.
pub fn incidents(agency: &str, seed: u64, count: usize) -> Vec<v1::PublishRequest> {
    let agencies = AGENCIES.map(|(id, sector)| Agency {
        id: id.into(),
        sector,
    });
    let shape = Shape {
        agencies: agencies.into(),
        people: 80,
        now: now(),
    };
    let own = Generator::new(seed, shape)
        .filter(|(id, _)| id == agency)
        .map(|(_, request)| request);
    own.filter(|request| matches!(request.content, Some(Content::Incident(_))))
        .take(count)
        .collect()
}

/// A report of this agency's whose account is `text`, for everybody.
pub fn incident(agency: &str, key: &str, text: &str) -> v1::PublishRequest {
    let mut request = incidents(agency, 1, 1).remove(0);
    request.request_key = key.into();
    let others = AGENCIES.iter().filter(|(id, _)| *id != agency);
    let grant = |(id, _): &(&str, Sector)| v1::Grant {
        to: Some(v1::grant::To::Agency((*id).into())),
        groups: Vec::new(),
    };
    let audience = request.audience.as_mut().expect("an audience");
    audience.grants = others.map(grant).collect();
    audience.withheld_agencies.clear();
    audience.purpose = v1::Purpose::ChildProtection.into();
    if let Some(Content::Incident(report)) = &mut request.content {
        let narrative = report.narrative.get_or_insert_default();
        narrative.what_happened = text.into();
    }
    request
}

/// A report of danger at once at a place: everybody's check of it finds the report.
pub fn danger(agency: &str, key: &str, uprn: &str) -> v1::PublishRequest {
    let mut request = incident(agency, key, "It was seen from the road.");
    if let Some(audience) = &mut request.audience {
        audience.purpose = v1::Purpose::WorkerSafety.into();
        // Where it is goes to nobody unless it is said.
        for grant in &mut audience.grants {
            let groups = [
                v1::FieldGroup::Existence,
                v1::FieldGroup::Safety,
                v1::FieldGroup::Place,
            ];
            grant.groups = groups.map(i32::from).into();
        }
    }
    if let Some(Content::Incident(report)) = &mut request.content {
        let safety = report.safety.get_or_insert_default();
        safety.danger_at_once = true;
        safety.threats = vec![v1::ThreatForm::Animal.into()];
        safety.directed_at = vec![v1::DirectedAt::Worker.into()];
        report.places = vec![v1::Place {
            label: "l1".into(),
            uprn: uprn.into(),
            ..v1::Place::default()
        }];
    }
    request
}
