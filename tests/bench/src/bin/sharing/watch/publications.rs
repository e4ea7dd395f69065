//! What the originator publishes: reports of the generated load, addressed to the reader, and what takes them back.

use bench::Outcome;
use diogel_contract::v1::{self, publish_request::Content};
use diogel_domain::times::Moment;
use diogel_generator::{Generator, Shape};

/// Reports of one agency, for one reader.
pub struct Publications {
    load: Generator,
    originator: String,
    reader: String,
    said: u64,
}

impl Publications {
    /// Reports of the present.
    pub fn of(originator: &str, reader: &str) -> Self {
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
        let now = now.map_or(0, |since| since.as_micros());
        let now = Moment(i64::try_from(now).unwrap_or(i64::MAX));
        Self {
            load: Generator::new(1, Shape::cwm_derwen(250, now)),
            originator: originator.to_owned(),
            reader: reader.to_owned(),
            said: 0,
        }
    }

    /// The next report.
    pub fn incident(&mut self) -> Outcome<v1::PublishRequest> {
        let originator = &self.originator;
        let mut own = self.load.by_ref().filter_map(|(agency, request)| {
            let report = matches!(request.content, Some(Content::Incident(_)));
            (agency == *originator && report).then_some(request)
        });
        let mut request = own.next().ok_or("the load has no end")?;
        if let Some(audience) = &mut request.audience {
            let to = v1::grant::To::Agency(self.reader.clone());
            audience.grants = vec![v1::Grant {
                to: Some(to),
                groups: Vec::new(),
            }];
            audience.withheld_agencies.clear();
        }
        Ok(request)
    }

    /// Takes an event back from the reader.
    pub fn narrowing(&mut self, event: &str) -> v1::PublishRequest {
        self.said += 1;
        let narrow = v1::Narrowing {
            agencies: vec![self.reader.clone()],
            groups: Vec::new(),
        };
        let changed = v1::AudienceChanged {
            event: Some(v1::Reference {
                event: Some(v1::reference::Event::EventId(event.to_owned())),
                ..v1::Reference::default()
            }),
            change: Some(v1::AudienceChange {
                change: Some(v1::audience_change::Change::Narrow(narrow)),
            }),
            answers: None,
            reason: "It was meant for somebody else.".into(),
        };
        v1::PublishRequest {
            request_key: format!("narrowing-{}", self.said),
            content: Some(Content::AudienceChanged(changed)),
            ..v1::PublishRequest::default()
        }
    }
}
