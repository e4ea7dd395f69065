//! People at the console: every call of every service, with a token of every role and with none, held against the table of rights. What
//! the table doesn't name is nobody's, and a console's certificate alone opens nothing.

use diogel_e2e::{Board, PROJECTION};
use diogel_identity::{
    PersonRole,
    person::{issuer::Invented, may_call},
};
use prost::bytes::Bytes;

use crate::calls::{call, call_with};
use crate::services::all;

/// Services whose allowlists name the console.
const LISTED: [&str; 5] = [
    "diogel.v1.PublishingService",
    "diogel.v1.ReadingService",
    "diogel.v1.AccountabilityService",
    INDICATORS,
    "diogel.v1.OversightService",
];
/// Operators ask the projection alone.
const HEALTH: &str = "grpc.health.v1.Health";
/// For the Board's people alone.
const INDICATORS: &str = "diogel.v1.IndicatorService";

fn somebody<'a>(agency: &'a str, roles: &'a [PersonRole]) -> Invented<'a> {
    Invented {
        subject: "u-1",
        name: "Nobody Real",
        agency,
        roles,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_persons_roles_open_the_calls_of_the_table_and_no_other() {
    let board = Board::start().await;
    for process in ["police", PROJECTION] {
        let channel = board.console_channel(process);
        for method in all() {
            let health = method.of() == HEALTH && process == PROJECTION;
            let listed = LISTED.contains(&method.of()) || health;
            let path = method.path();
            let alone = call(&channel, &method, Bytes::new()).await.word();
            if alone == "unimpl" {
                continue;
            }
            let expected = if listed { "unauth" } else { "denied" };
            assert_eq!(alone, expected, "{process} {path} without a token");
            for role in PersonRole::ALL {
                let agency = match method.of() {
                    INDICATORS => "board",
                    _ => "police",
                };
                let token = board.token(somebody(agency, &[role]));
                let answer = call_with(&channel, &method, Bytes::new(), Some(&token)).await;
                let opened = listed && may_call(&[role], method.of(), &method.name);
                assert_eq!(
                    !answer.is_refusal(),
                    opened,
                    "{process} {path} as {role}: {answer:?}"
                );
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_of_another_agency_publishes_nothing_here_and_reads_their_own_view() {
    let board = Board::start().await;
    let methods = all();
    let publish = methods.iter().find(|method| method.name == "Publish");
    let publish = publish.expect("Publish");
    let roles = [PersonRole::Practitioner];
    let channel = board.console_channel("police");
    for (agency, word) in [
        ("police", "invalid"),
        ("health", "denied"),
        ("nobody", "unauth"),
    ] {
        let token = board.token(somebody(agency, &roles));
        let answer = call_with(&channel, publish, Bytes::new(), Some(&token)).await;
        assert_eq!(answer.word(), word, "{agency}");
    }
    // Nor does an analyst of another agency read the Board's indicators.
    let list = methods.iter().find(|method| method.name == "ListTables");
    let channel = board.console_channel(PROJECTION);
    for (agency, word) in [("board", "OK"), ("police", "denied")] {
        let token = board.token(somebody(agency, &[PersonRole::Analyst]));
        let list = list.expect("ListTables");
        let answer = call_with(&channel, list, Bytes::new(), Some(&token)).await;
        assert_eq!(answer.word(), word, "{agency}");
    }
}
