//! Which service is served where, and for whom. Owns that table; refuses a service of the contract that isn't in it, so that a
//! new one can't be forgotten here.

use std::collections::BTreeSet;

use diogel_e2e::{PROJECTION, REPLICA};
use diogel_identity::{Principal, Role};
use prost_reflect::{DescriptorPool, MessageDescriptor};

use crate::certificates::name_of;
use crate::identities::{DUTY, GOVERNANCE, Identity};

/// The processes that are asked: an agency's service, the Board's own, the projection, a replica.
pub const PROCESSES: [&str; 4] = ["police", "board", PROJECTION, REPLICA];

/// Whom a service is for.
#[derive(Clone, Copy)]
enum Caller {
    /// This role of the agency whose process it is.
    Own(Role),
    /// This certificate of the agency whose process it is: a right of its own.
    Named(Role, &'static str),
    /// This role of this agency, wherever it is served.
    Of(&'static str, Role),
    /// Every system of every agency: whose view it reads is decided by the certificate, and what is in it, per event.
    EverySystem,
}

/// The one in whose name everything else is tried where a service is for many.
const ONE: &str = "police";

/// A service's line in the table.
pub struct Served {
    service: &'static str,
    at: &'static [&'static str],
    caller: Caller,
}

/// Health is for the operator who supervises; reflection is for nobody.
static TABLE: [Served; 14] = [
    served(
        "diogel.v1.PublishingService",
        &["police", "board"],
        Caller::Own(Role::System),
    ),
    served(
        "diogel.v1.KeyService",
        &["police", "board"],
        Caller::Of("board", Role::Projection),
    ),
    served(
        "diogel.v1.BoardService",
        &["board"],
        Caller::Of("board", Role::Operator),
    ),
    served(
        "diogel.v1.EmergencyService",
        &["police", "board"],
        Caller::Named(Role::System, DUTY),
    ),
    served(
        "diogel.v1.ProtocolService",
        &["police", "board"],
        Caller::Named(Role::Operator, GOVERNANCE),
    ),
    served(
        "diogel.v1.AccountabilityService",
        &[PROJECTION, REPLICA],
        Caller::EverySystem,
    ),
    served(
        "diogel.v1.ReadingService",
        &[PROJECTION, REPLICA],
        Caller::EverySystem,
    ),
    served(
        "diogel.v1.IndicatorService",
        &[PROJECTION, REPLICA],
        Caller::Of("board", Role::System),
    ),
    served(
        "diogel.v1.OversightService",
        &[PROJECTION, REPLICA],
        Caller::Of("board", Role::Operator),
    ),
    served(
        "diogel.v1.ReconcileService",
        &[PROJECTION],
        Caller::Of("police", Role::Service),
    ),
    // A process of its own, whose tests ask it themselves (services/render): here it is served nowhere.
    served(
        "diogel.v1.RenderingService",
        &[],
        Caller::Of("board", Role::Projection),
    ),
    served(
        "grpc.health.v1.Health",
        &PROCESSES,
        Caller::Of("board", Role::Operator),
    ),
    served(REFLECTION[0], &[], Caller::Of("board", Role::Operator)),
    served(REFLECTION[1], &[], Caller::Of("board", Role::Operator)),
];

/// Its descriptors are linked by nobody here: it is named, not found.
const REFLECTION: [&str; 2] = [
    "grpc.reflection.v1.ServerReflection",
    "grpc.reflection.v1alpha.ServerReflection",
];

const fn served(service: &'static str, at: &'static [&'static str], caller: Caller) -> Served {
    Served {
        service,
        at,
        caller,
    }
}

impl Served {
    /// Whether this process serves it.
    pub fn is_at(&self, process: &str) -> bool {
        self.at.contains(&process)
    }

    /// Whom it is for at this process: agency, role and name.
    pub fn caller(&self, process: &'static str) -> (&'static str, Role, &'static str) {
        let own = if self.is_at(process) {
            process
        } else {
            "police"
        };
        match self.caller {
            Caller::Of(agency, role) => (agency, role, name_of(role)),
            Caller::Own(role) => (own, role, name_of(role)),
            Caller::Named(role, name) => (own, role, name),
            Caller::EverySystem => (ONE, Role::System, name_of(Role::System)),
        }
    }

    /// Whether it is for this one: for that caller, or for its likes too.
    pub fn is_for(&self, process: &'static str, identity: Identity) -> bool {
        let (agency, role, name) = self.caller(process);
        let like = matches!(identity, Identity::Known(_, Role::System, _));
        let all = matches!(self.caller, Caller::EverySystem) && like;
        all || identity == Identity::Known(agency, role, name)
    }

    /// The same as a certificate says it.
    pub fn principal(&self, board: &str, process: &'static str) -> Principal {
        let (agency, role, name) = self.caller(process);
        Principal::new(board, agency, role, name).expect("a name")
    }
}

/// One call of a service.
pub struct Method {
    pub service: &'static Served,
    pub name: String,
    pub streams: bool,
    /// None: its descriptors aren't known here.
    pub input: Option<MessageDescriptor>,
}

impl Method {
    /// The full name of its service.
    pub fn of(&self) -> &'static str {
        self.service.service
    }

    /// `package.Service/Method`.
    pub fn path(&self) -> String {
        format!("{}/{}", self.service.service, self.name)
    }
}

/// Every call of the contract, of health and of reflection.
pub fn all() -> Vec<Method> {
    let mut found = Vec::new();
    let mut known = BTreeSet::from(REFLECTION);
    for set in [
        diogel_contract::DESCRIPTOR_SET,
        tonic_health::pb::FILE_DESCRIPTOR_SET,
    ] {
        let pool = DescriptorPool::decode(set).expect("descriptors");
        for service in pool.services() {
            let entry = entry(service.full_name());
            known.insert(entry.service);
            found.extend(service.methods().map(|method| Method {
                service: entry,
                name: method.name().into(),
                streams: method.is_server_streaming(),
                input: Some(method.input()),
            }));
        }
    }
    found.extend(REFLECTION.map(|service| Method {
        service: entry(service),
        name: "ServerReflectionInfo".into(),
        streams: true,
        input: None,
    }));
    let listed: BTreeSet<&str> = TABLE.iter().map(|entry| entry.service).collect();
    assert_eq!(known, listed, "the table lists services that there are not");
    found
}

fn entry(service: &str) -> &'static Served {
    let found = TABLE.iter().find(|entry| entry.service == service);
    found.unwrap_or_else(|| {
        panic!("{service} isn't in the table: say there which process serves it, and for whom")
    })
}
