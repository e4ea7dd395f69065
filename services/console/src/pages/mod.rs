//! The pages, a module each. Owns which there are, and for whom.

mod approvals;
mod check;
mod document;
mod escalations;
mod facts;
mod governance;
mod home;
mod indicators;
mod items;
mod listing;
mod meetings;
mod operations;
mod person;
mod protocols;
mod purpose;
mod report;
mod requests;
mod steps;
mod words;

use axum::{
    Router,
    routing::{get, post},
};
use diogel_identity::PersonRole::{
    self, Analyst, Approver, Chair, Governance, Operator, Practitioner,
};
use diogel_texts::console::Phrase as P;

pub(crate) use words::roles;

use crate::run::Console;

/// One of the places in the navigation.
pub(crate) struct Section {
    /// After the language.
    pub(crate) path: &'static str,
    pub(crate) name: P,
    /// What it is for, on the first page.
    pub(crate) what: P,
    /// Any of these; none: everybody.
    pub(crate) roles: &'static [PersonRole],
}

/// Whoever works with cases.
pub(crate) const CASES: &[PersonRole] = &[Practitioner, Approver, Chair];
/// The same, and whoever answers for it.
pub(crate) const ITEMS: &[PersonRole] = &[Practitioner, Approver, Chair, Governance];

/// The navigation, in its order.
pub(crate) const SECTIONS: [Section; 10] = [
    section("/", P::ConsoleHome, P::ConsoleHome, &[]),
    section("/check", P::ConsoleCheck, P::ConsoleCheckWhat, CASES),
    section("/report", P::ConsoleReport, P::ConsoleReportWhat, CASES),
    section(
        "/approvals",
        P::ConsoleApprovals,
        P::ConsoleApprovalsWhat,
        &[Approver],
    ),
    section("/items", P::ConsoleItems, P::ConsoleItemsWhat, ITEMS),
    section(
        "/escalations",
        P::ConsoleEscalations,
        P::ConsoleEscalationsWhat,
        ITEMS,
    ),
    section(
        "/meetings",
        P::ConsoleMeetings,
        P::ConsoleMeetingsWhat,
        &[Chair],
    ),
    section(
        "/indicators",
        P::ConsoleIndicators,
        P::ConsoleIndicatorsWhat,
        &[Analyst],
    ),
    section(
        "/governance",
        P::ConsoleGovernance,
        P::ConsoleGovernanceWhat,
        &[Governance],
    ),
    section(
        "/operations",
        P::ConsoleOperations,
        P::ConsoleOperationsWhat,
        &[Operator],
    ),
];

const fn section(path: &'static str, name: P, what: P, roles: &'static [PersonRole]) -> Section {
    Section {
        path,
        name,
        what,
        roles,
    }
}

/// Every page that needs somebody to be signed in.
pub(crate) fn router() -> Router<Console> {
    Router::new()
        .route("/", get(home::root))
        .route("/{language}/", get(home::show))
        .route("/{language}/purpose", post(purpose::choose))
        .route("/{language}/check", get(check::ask).post(check::answer))
        .route(
            "/{language}/check/noted",
            get(check::noted).post(check::note),
        )
        .route("/{language}/items", get(items::list))
        .route(
            "/{language}/items/about",
            get(items::about).post(items::about_somebody),
        )
        .route("/{language}/items/{event}", get(items::one))
        .route(
            "/{language}/items/{event}/take/{deed}",
            get(steps::ask).post(steps::answer),
        )
        .route("/{language}/report", get(report::choose))
        .route(
            "/{language}/report/{kind}",
            get(report::ask).post(report::answer),
        )
        .route("/{language}/approvals", get(approvals::list))
        .route("/{language}/escalations", get(escalations::list))
        .route("/{language}/meetings", get(meetings::list))
        .route(
            "/{language}/meetings/{event}",
            get(meetings::one).post(meetings::with_family),
        )
        .route("/{language}/meetings/{event}/pdf", get(meetings::pdf))
        .route("/{language}/indicators", get(indicators::show))
        .route("/{language}/indicators/download", get(indicators::download))
        .route("/{language}/indicators/annual", get(indicators::annual))
        .route("/{language}/governance", get(governance::start))
        .route(
            "/{language}/governance/protocols",
            get(protocols::list).post(protocols::try_one),
        )
        .route(
            "/{language}/governance/subject-access",
            get(person::ask_access).post(person::access),
        )
        .route(
            "/{language}/chronology",
            get(person::ask_chronology).post(person::chronology),
        )
        .route("/{language}/operations", get(operations::show))
        .route("/{language}/governance/accesses", get(governance::accesses))
        .route(
            "/{language}/governance/outstanding",
            get(governance::outstanding).post(governance::acknowledge),
        )
        .route(
            "/{language}/governance/not-let-in",
            get(governance::not_let_in),
        )
}
