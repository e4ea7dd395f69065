//! What each user may publish and hear, subject by subject. Owns the list; refuses wildcards over what a user has no business
//! with. Nobody at all may update, purge or delete a stream or its messages: whoever may update a stream can empty it.

use crate::jetstream::names::{AgencyNames, CONSUMER, ORDER_STREAM, ORDER_SUBJECT, Role};

/// All that a user may do; everything else is denied.
pub(super) struct Rights {
    pub publish: Vec<String>,
    pub subscribe: Vec<String>,
}

impl Rights {
    /// Publishes these, hears answers.
    fn new(role: &Role, publish: Vec<String>) -> Self {
        Self {
            publish,
            subscribe: vec![format!("{}.>", role.inbox())],
        }
    }
}

/// An agency publishes to its one subject, and has no JetStream.
pub(super) fn agency(agency: &str, names: &AgencyNames) -> Rights {
    Rights::new(&Role::Agency(agency.to_owned()), vec![names.subject()])
}

/// The operator makes streams and looks at them.
pub(super) fn operator() -> Rights {
    let publish = [
        "$JS.API.INFO",
        "$JS.API.STREAM.CREATE.*",
        "$JS.API.STREAM.INFO.*",
    ];
    Rights::new(&Role::Operator, publish.map(String::from).to_vec())
}

/// The projection has its one consumer on each agency's stream, and writes the order stream.
pub(super) fn projection<'a>(agencies: impl Iterator<Item = &'a AgencyNames>) -> Rights {
    let mut publish = vec![ORDER_SUBJECT.to_owned()];
    publish.extend(reading_order());
    publish.push(format!("$JS.API.STREAM.MSG.GET.{ORDER_STREAM}"));
    for stream in agencies.map(AgencyNames::stream) {
        publish.push(format!("$JS.API.STREAM.INFO.{stream}"));
        publish.push(format!("$JS.API.STREAM.MSG.GET.{stream}"));
        for verb in ["CREATE", "INFO", "RESET", "MSG.NEXT"] {
            publish.push(format!("$JS.API.CONSUMER.{verb}.{stream}.{CONSUMER}"));
        }
        publish.push(format!("$JS.ACK.{stream}.{CONSUMER}.>"));
    }
    hearing_order(Rights::new(&Role::Projection, publish))
}

/// A replica reads the order stream. Without a right to make consumers: a consumer's owner could have the server deliver stored
/// messages to any subject of the account, an agency's included.
pub(super) fn replica(name: &str) -> Rights {
    hearing_order(Rights::new(
        &Role::Replica(name.to_owned()),
        reading_order(),
    ))
}

fn reading_order() -> Vec<String> {
    vec![
        format!("$JS.API.STREAM.INFO.{ORDER_STREAM}"),
        format!("$JS.API.DIRECT.GET.{ORDER_STREAM}"),
    ]
}

/// Hears that a record is on its way.
fn hearing_order(mut rights: Rights) -> Rights {
    rights.subscribe.push(ORDER_SUBJECT.to_owned());
    rights
}
