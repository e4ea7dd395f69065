//! Which calls a person's roles open. Owns the table; what isn't in it is no person's: machines' and operators' services have
//! their allowlists. It opens a call, never content: what an answer holds is decided for the agency, as for its systems.

use super::PersonRole::{self, Analyst, Approver, Chair, Governance, Operator, Practitioner};

/// One call, and who may make it.
#[derive(Debug, Clone, Copy)]
pub struct Right {
    /// Full name of the gRPC service.
    pub service: &'static str,
    /// The call.
    pub method: &'static str,
    /// Any of these roles opens it.
    pub roles: &'static [PersonRole],
}

const READING: &str = "diogel.v1.ReadingService";
const ACCOUNTABILITY: &str = "diogel.v1.AccountabilityService";
const PUBLISHING: &str = "diogel.v1.PublishingService";
const RENDERING: &str = "diogel.v1.RenderingService";
const HEALTH: &str = "grpc.health.v1.Health";

/// Whoever works with cases.
const CASES: &[PersonRole] = &[Practitioner, Approver, Chair];
/// The same, and whoever answers for it.
const ITEMS: &[PersonRole] = &[Practitioner, Approver, Chair, Governance];

/// Every call that a person may make.
pub const RIGHTS: [Right; 21] = [
    right(READING, "Check", CASES),
    right(READING, "AcknowledgeCheck", CASES),
    right(READING, "ListItems", ITEMS),
    right(READING, "GetItem", ITEMS),
    right(READING, "MeetingSummary", &[Chair]),
    right(ACCOUNTABILITY, "Explain", ITEMS),
    right(ACCOUNTABILITY, "Preview", ITEMS),
    right(ACCOUNTABILITY, "Outstanding", ITEMS),
    right(ACCOUNTABILITY, "Chronology", ITEMS),
    right(ACCOUNTABILITY, "ChronologyDocument", &[Chair, Governance]),
    right(ACCOUNTABILITY, "AccessLog", &[Governance]),
    right(ACCOUNTABILITY, "ReadNotices", &[Governance]),
    right(PUBLISHING, "Publish", ITEMS),
    right(PUBLISHING, "GetReceipt", ITEMS),
    right(RENDERING, "RenderPdf", &[Chair, Governance]),
    right(INDICATORS, "ListTables", &[Analyst, Governance]),
    right(INDICATORS, "GetTable", &[Analyst, Governance]),
    right(OVERSIGHT, "GetStatus", &[Operator, Governance]),
    right(OVERSIGHT, "ListProtocols", &[Governance]),
    right(OVERSIGHT, "TryProtocol", &[Governance]),
    right(HEALTH, "Check", &[Operator]),
];

const OVERSIGHT: &str = "diogel.v1.OversightService";
const INDICATORS: &str = "diogel.v1.IndicatorService";

const fn right(service: &'static str, method: &'static str, roles: &'static [PersonRole]) -> Right {
    Right {
        service,
        method,
        roles,
    }
}

/// Whether one of `roles` opens the call.
pub fn may_call(roles: &[PersonRole], service: &str, method: &str) -> bool {
    let mut all = RIGHTS.iter();
    let right = all.find(|right| right.service == service && right.method == method);
    right.is_some_and(|right| right.roles.iter().any(|role| roles.contains(role)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_analyst_reads_no_item_and_an_operator_no_content() {
        let items = RIGHTS
            .iter()
            .filter(|r| [READING, ACCOUNTABILITY].contains(&r.service));
        for right in items {
            assert!(!may_call(&[Analyst, Operator], right.service, right.method));
        }
    }

    #[test]
    fn what_the_table_does_not_name_is_nobodys() {
        let all = PersonRole::ALL;
        for (service, method) in [
            (READING, "Watch"),
            (PUBLISHING, "EraseContent"),
            ("diogel.v1.KeyService", "GetContentKeys"),
            ("diogel.v1.BoardService", "PublishBoardEvent"),
            ("diogel.v1.ReadingServiceX", "Check"),
            (READING, "check"),
            ("", ""),
        ] {
            assert!(!may_call(&all, service, method), "{service}/{method}");
        }
        assert!(!may_call(&[], READING, "Check"));
    }

    #[test]
    fn each_call_stands_in_the_table_once() {
        let mut seen = std::collections::BTreeSet::new();
        for right in RIGHTS {
            assert!(seen.insert((right.service, right.method)));
            assert!(!right.roles.is_empty());
        }
    }
}
