//! P8 and P12 at the door: who leaves the allowlist is out within a second, open streams included; who wasn't let in is written
//! down, within bounds, for its own agency and for the Board's governance, and stays out where it can't be written.

use std::time::{Duration, Instant};

use diogel_contract::v1::{self, accountability_service_client::AccountabilityServiceClient};
use diogel_domain::{board::BoardEvent, ids::AgencyId};
use diogel_identity::{
    Principal, Role,
    pki::{Authority, Revoke},
};
use tonic::{Code, Status, transport::Channel};
use tonic_health::pb::HealthCheckRequest;

use crate::support::{BOARD, Hub};

const SECOND: Duration = Duration::from_secs(1);

fn accounting(
    hub: &Hub,
    agency: &str,
    role: Role,
    name: &str,
) -> AccountabilityServiceClient<Channel> {
    let tls = hub.tls(agency, role, name);
    AccountabilityServiceClient::new(Hub::channel(hub.address(), tls, Role::Projection))
}

/// Who wasn't let in: agency, system, call, why, how often; newest first.
type Told = Vec<(String, String, String, String, u64)>;

async fn asked(mut client: AccountabilityServiceClient<Channel>) -> Result<Told, Status> {
    let answer = client.access_log(v1::AccessLogRequest {
        page_size: 200,
        ..v1::AccessLogRequest::default()
    });
    let accesses = answer.await?.into_inner().accesses.into_iter();
    let kept = accesses.filter(|a| !a.not_let_in.is_empty());
    let told = kept.map(|a| {
        assert!(a.refused && a.event_ids.is_empty() && a.at.is_some());
        (a.agency, a.system, a.call, a.not_let_in, a.times)
    });
    Ok(told.collect())
}

async fn overseen(hub: &Hub) -> Told {
    asked(accounting(hub, "board", Role::Operator, "governance"))
        .await
        .unwrap()
}

fn line(
    agency: &str,
    system: &str,
    call: &str,
    why: &str,
) -> (String, String, String, String, u64) {
    let system = format!("diogel://{BOARD}/{agency}/{system}");
    (agency.into(), system, call.into(), why.into(), 1)
}

fn from_now() -> v1::WatchRequest {
    v1::WatchRequest {
        from_now: true,
        ..v1::WatchRequest::default()
    }
}

async fn lists(hub: &Hub, agency: &str) -> Result<(), Code> {
    let asked = v1::ListItemsRequest::default();
    let answer = hub.reads(agency).list_items(asked).await;
    answer.map(drop).map_err(|status| status.code())
}

fn revoke(hub: &Hub, agency: &str, role: Role, name: &str) {
    let who = Principal::new(BOARD, agency, role, name).unwrap();
    let mut authority = Authority::open(hub.dir.path().join("pki")).unwrap();
    authority.revoke(&Revoke::Principal(who), 7).unwrap();
}

#[tokio::test]
async fn p8_who_leaves_the_allowlist_is_out_within_a_second_open_streams_included() {
    let hub = Hub::start(&["housing", "health"]).await;
    let mut health = hub.watches("health", from_now()).await;
    let mut housing = hub.watches("housing", from_now()).await;
    hub.allows(&Hub::listed("housing"));
    let since = Instant::now();
    let ended = health.next().await.unwrap_err();
    assert!(since.elapsed() < SECOND, "{:?}", since.elapsed());
    assert_eq!(ended.code(), Code::PermissionDenied, "{ended:?}");
    assert_eq!(lists(&hub, "health").await, Err(Code::PermissionDenied));
    assert!(housing.is_quiet().await, "nothing changed for housing");
    assert_eq!(lists(&hub, "housing").await, Ok(()));
    let called = "diogel.v1.ReadingService";
    let told = [
        line(
            "health",
            "system/case",
            &format!("{called}/ListItems"),
            "NOT_LISTED",
        ),
        line(
            "health",
            "system/case",
            &format!("{called}/Watch"),
            "NOT_LISTED",
        ),
    ];
    assert_eq!(overseen(&hub).await, told);
    hub.allows(&Hub::listed("*"));
    tokio::time::sleep(SECOND).await;
    assert_eq!(lists(&hub, "health").await, Ok(()));
    let mut health = hub.watches("health", from_now()).await;
    // A broken file lets nobody in, and puts nobody out while it is mended.
    std::fs::write(hub.dir.path().join("allow.toml"), "x").unwrap();
    assert!(health.is_quiet().await);
    tokio::time::sleep(SECOND).await;
    assert_eq!(lists(&hub, "health").await, Ok(()));
    // An empty one is a word.
    std::fs::write(hub.dir.path().join("allow.toml"), "").unwrap();
    let since = Instant::now();
    assert_eq!(
        health.next().await.unwrap_err().code(),
        Code::PermissionDenied
    );
    assert!(since.elapsed() < SECOND);
}

#[tokio::test]
async fn p8_a_watch_of_health_ends_within_a_second_of_the_revocation() {
    let hub = Hub::start(&["housing"]).await;
    let mut client = hub.supervises();
    let watch = client.watch(HealthCheckRequest::default()).await;
    let mut watch = watch.unwrap().into_inner();
    assert_eq!(watch.message().await.unwrap().unwrap().status, 1);
    revoke(&hub, "board", Role::Operator, "supervision");
    let ended = tokio::time::timeout(SECOND, watch.message());
    let ended = ended.await.expect("it ends within a second").unwrap_err();
    assert_eq!(ended.code(), Code::Unauthenticated, "{ended:?}");
    let again = client.check(HealthCheckRequest::default()).await;
    assert_eq!(again.unwrap_err().code(), Code::Unauthenticated);
    let of = |call| line("board", "operator/supervision", call, "REVOKED");
    let told = [
        of("grpc.health.v1.Health/Check"),
        of("grpc.health.v1.Health/Watch"),
    ];
    assert_eq!(overseen(&hub).await, told);
}

#[tokio::test]
async fn who_was_not_let_in_is_told_to_its_own_agency_and_to_the_boards_governance() {
    let hub = Hub::start(&["housing", "health"]).await;
    let mut wrong = v1::reading_service_client::ReadingServiceClient::new(Hub::channel(
        hub.address(),
        hub.tls("health", Role::Operator, "jo"),
        Role::Projection,
    ));
    let refused = wrong.list_items(v1::ListItemsRequest::default()).await;
    assert_eq!(refused.unwrap_err().code(), Code::PermissionDenied);
    let refused = asked(accounting(&hub, "housing", Role::Operator, "governance")).await;
    assert_eq!(refused.unwrap_err().code(), Code::PermissionDenied);
    let of_health = line(
        "health",
        "operator/jo",
        "diogel.v1.ReadingService/ListItems",
        "NOT_LISTED",
    );
    // On the list, and in the wrong role for it: no other agency's governance oversees anything.
    let of_housing = line("housing", "operator/governance", "AccessLog", "WRONG_ROLE");
    let own = |agency| asked(accounting(&hub, agency, Role::System, "case"));
    let (of_health, of_housing) = ([of_health], [of_housing]);
    assert_eq!(own("health").await.unwrap(), of_health);
    assert_eq!(own("housing").await.unwrap(), of_housing);
    assert_eq!(
        own("board").await.unwrap(),
        [],
        "its systems oversee nothing"
    );
    assert_eq!(overseen(&hub).await, [of_housing, of_health].concat());
    // Governance asks about nothing else.
    let mut governance = accounting(&hub, "board", Role::Operator, "governance");
    let event = v1::AccessLogRequest {
        event_id: "01890a5d-ac96-774b-bcce-b302099a8057".into(),
        ..v1::AccessLogRequest::default()
    };
    let absent = governance.access_log(event).await.unwrap_err();
    assert_eq!(absent.code(), Code::NotFound);
    let explained = governance.explain(v1::ExplainRequest::default()).await;
    assert_eq!(explained.unwrap_err().code(), Code::PermissionDenied);
    // Nor is a service told of another agency's chain.
    let asked = v1::RecoverRequest {
        agency: "housing".into(),
        ..v1::RecoverRequest::default()
    };
    let refused = hub.reconciles("health").recover(asked).await;
    assert_eq!(refused.unwrap_err().code(), Code::PermissionDenied);
    let other = line("health", "service/hub", "Recover", "ANOTHER_AGENCYS");
    assert_eq!(overseen(&hub).await[0], other);
}

#[tokio::test]
async fn p8_a_suspended_agency_on_an_open_stream_is_put_out_and_written_down() {
    let hub = Hub::start(&["housing", "health"]).await;
    let mut watch = hub.watches("health", from_now()).await;
    hub.says(BoardEvent::AgencyStatusChanged {
        agency: AgencyId::new("health").unwrap(),
        suspended: true,
    })
    .await;
    let since = Instant::now();
    let ended = watch.next().await.unwrap_err();
    assert_eq!(ended.code(), Code::PermissionDenied);
    assert!(since.elapsed() < SECOND);
    assert_eq!(lists(&hub, "health").await, Err(Code::PermissionDenied));
    let of = |call| line("health", "system/case", call, "AGENCY_NOT_IN_FORCE");
    assert_eq!(overseen(&hub).await, [of("ListItems"), of("Watch")]);
}

#[tokio::test]
async fn p12_a_flood_of_refusals_is_counted_and_kept_over_a_restart() {
    let mut hub = Hub::start(&["housing", "health"]).await;
    let tls = hub.tls("health", Role::Operator, "jo");
    let channel = Hub::channel(hub.address(), tls, Role::Projection);
    let mut wrong = v1::reading_service_client::ReadingServiceClient::new(channel);
    for _ in 0..400 {
        let refused = wrong.list_items(v1::ListItemsRequest::default()).await;
        assert_eq!(refused.unwrap_err().code(), Code::PermissionDenied);
    }
    assert_eq!(overseen(&hub).await.len(), 5);
    drop(wrong);
    hub.stop_projection().await;
    hub.start_projection().await;
    hub.settled().await;
    let told = overseen(&hub).await;
    let times: Vec<u64> = told.iter().map(|told| told.4).collect();
    assert_eq!(times, [395, 1, 1, 1, 1, 1]);
}
