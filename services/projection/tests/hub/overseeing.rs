//! Oversight: to an agency of its own chain and protocols, to the Board of all; and never of what events say. A protocol that is tried
//! changes nothing.

use diogel_contract::v1::{self, oversight_service_client::OversightServiceClient};
use diogel_identity::Role;
use tonic::{Code, Status, transport::Channel};

use crate::support::{
    Hub,
    given::{alert, incident, protocol},
};

fn overseeing(hub: &Hub, agency: &str, role: Role) -> OversightServiceClient<Channel> {
    let tls = hub.tls(agency, role, "supervision");
    OversightServiceClient::new(Hub::channel(hub.address(), tls, Role::Projection))
}

async fn status(hub: &Hub, agency: &str) -> v1::GetStatusResponse {
    let mut client = overseeing(hub, agency, Role::Operator);
    let request = v1::GetStatusRequest::default();
    client.get_status(request).await.unwrap().into_inner()
}

/// Once every agency has reconciled.
async fn heard(hub: &Hub) -> v1::GetStatusResponse {
    loop {
        let status = status(hub, "board").await;
        let complete = |one: &v1::ChainStatus| one.state() == v1::ChainState::Complete;
        if status.chains.iter().all(complete) {
            return status;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
}

async fn try_out(hub: &Hub, agency: &str, file: &str) -> Result<v1::TryProtocolResponse, Status> {
    let mut client = overseeing(hub, agency, Role::Operator);
    let request = v1::TryProtocolRequest {
        file: file.into(),
        ..v1::TryProtocolRequest::default()
    };
    let answer = client.try_protocol(request).await;
    answer.map(tonic::Response::into_inner)
}

fn agencies(status: &v1::GetStatusResponse) -> Vec<&str> {
    status
        .chains
        .iter()
        .map(|one| one.agency.as_str())
        .collect()
}

#[tokio::test]
async fn p6_an_agency_is_told_of_its_own_chain_and_the_board_of_all() {
    let hub = Hub::start(&["housing", "health"]).await;
    hub.publish("housing", incident("i1", &["health"], "T-1"))
        .await;
    hub.settled().await;
    let all = heard(&hub).await;
    assert_eq!(agencies(&all), ["board", "housing", "health"]);
    assert_eq!(all.behind, Some(0));
    for chain in &all.chains {
        assert_eq!(chain.state(), v1::ChainState::Complete, "{}", chain.agency);
        assert_eq!(chain.admitted_seq, chain.journal_seq);
        assert!(!chain.silent && chain.heard_at.is_some());
    }
    let until = |at: Option<diogel_contract::Timestamp>| at.unwrap().seconds;
    assert!(until(all.revocation_list_until) > until(all.at));
    let end = all.certificate.clone().unwrap().not_after;
    assert!(until(end) > until(all.at));
    let own = status(&hub, "health").await;
    assert_eq!(agencies(&own), ["health"]);
    // How many events others have would be in it.
    assert_eq!(own.behind, None);
}

#[tokio::test]
async fn what_waits_is_named_to_its_originator_and_to_the_board_alone() {
    let hub = Hub::start(&["housing", "health"]).await;
    let mut waits = alert("a1", &["health"], "T-1", "i1");
    if let Some(v1::publish_request::Content::HazardAlert(alert)) = &mut waits.content {
        alert.rests_on = vec![v1::Reference {
            event: Some(v1::reference::Event::EventId(
                "01a22bad-0000-7000-8000-000000000000".into(),
            )),
            hash: "00".repeat(32),
        }];
    }
    let event = hub.publish("housing", waits).await;
    hub.settled().await;
    let parked = |status: &v1::GetStatusResponse, agency: &str| {
        let of = status.chains.iter().find(|one| one.agency == agency);
        of.map(|one| one.parked.clone())
    };
    let board = status(&hub, "board").await;
    assert_eq!(parked(&board, "housing"), Some(vec![event.clone()]));
    assert_eq!(parked(&board, "health"), Some(Vec::new()));
    let housing = status(&hub, "housing").await;
    assert_eq!(parked(&housing, "housing"), Some(vec![event]));
    let health = status(&hub, "health").await;
    assert_eq!(parked(&health, "housing"), None);
}

#[tokio::test]
async fn a_system_oversees_nothing() {
    let hub = Hub::start(&["housing", "health"]).await;
    let mut client = overseeing(&hub, "housing", Role::System);
    let refused = client.get_status(v1::GetStatusRequest::default()).await;
    assert_eq!(refused.unwrap_err().code(), Code::PermissionDenied);
}

#[tokio::test]
async fn a_protocol_tells_its_parties_who_signed_and_nobody_else() {
    let hub = Hub::start(&["housing", "health", "police"]).await;
    hub.adopt(&protocol(2, &["housing", "board"])).await;
    hub.settled().await;
    let versions_of = async |agency: &str| {
        let mut client = overseeing(&hub, agency, Role::Operator);
        let listed = client.list_protocols(v1::ListProtocolsRequest::default());
        let listed = listed.await.unwrap().into_inner().protocols;
        let versions = listed.into_iter().map(|one| {
            let signed = one.parties.iter().filter(|party| party.signed_at.is_some());
            let signed: Vec<String> = signed.map(|party| party.agency.clone()).collect();
            (one.version, one.ended, signed.join(" "))
        });
        versions.collect::<Vec<_>>()
    };
    let first = (1, true, "board health housing police".to_owned());
    let second = (2, false, "board housing".to_owned());
    assert_eq!(versions_of("board").await, [first.clone(), second.clone()]);
    assert_eq!(versions_of("housing").await, [first.clone(), second]);
    assert_eq!(versions_of("health").await, [first]);
}

#[tokio::test]
async fn a_protocol_is_tried_over_ones_own_events_and_by_the_board_in_rounded_counts() {
    let hub = Hub::start(&["housing", "health", "police"]).await;
    let publish = async |by: &str, to: &str, events: usize| {
        for number in 0..events {
            let request = incident(&format!("{by}{number}"), &[to], "T-1");
            hub.publish(by, request).await;
        }
    };
    publish("housing", "health", 4).await;
    publish("police", "health", 3).await;
    hub.settled().await;
    let all_of_them = ["housing", "health", "police", "board"];
    let narrower = protocol(2, &all_of_them).replace("\"narrative\", ", "");
    let housings = try_out(&hub, "housing", &narrower).await.unwrap();
    let told = |answer: &v1::TryProtocolResponse| {
        answer
            .changes
            .iter()
            .map(|one| {
                let less = (one.narrowed, one.narrowed_hidden);
                (one.kind.clone(), one.recipient.clone(), one.widened, less)
            })
            .collect::<Vec<_>>()
    };
    let incidents = |to: &str, narrowed| ("incident".to_owned(), to.to_owned(), 0, narrowed);
    assert_eq!(told(&housings), [incidents("health", (4, false))]);
    let polices = try_out(&hub, "police", &narrower).await.unwrap();
    assert_eq!(told(&polices), [incidents("health", (3, false))]);
    // Of two agencies: it isn't said.
    let overall = try_out(&hub, "board", &narrower).await.unwrap();
    assert_eq!(told(&overall), [incidents("", (0, true))]);
    publish("health", "housing", 4).await;
    hub.settled().await;
    // Eleven in all, to the nearest five, and to whom isn't said.
    let overall = try_out(&hub, "board", &narrower).await.unwrap();
    assert_eq!(told(&overall), [incidents("", (10, false))]);
    assert!(housings.looked_at_all && overall.looked_at_all);
    // Nothing of it stays.
    let twice = try_out(&hub, "housing", &narrower).await.unwrap();
    assert_eq!(told(&twice), told(&housings));

    let refused = try_out(&hub, "housing", &protocol(1, &all_of_them)).await;
    assert_eq!(refused.unwrap_err().code(), Code::InvalidArgument);
    let mistakes = try_out(&hub, "housing", "id = 1").await.unwrap();
    assert!(mistakes.findings.iter().any(|one| one.mistake));
    assert!(mistakes.changes.is_empty());
    let long = "#".repeat(16 * 1024 + 1);
    let refused = try_out(&hub, "housing", &long).await;
    assert_eq!(refused.unwrap_err().code(), Code::InvalidArgument);
}
