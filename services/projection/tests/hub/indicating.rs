//! The Board's indicators over gRPC: for the Board alone, of the closed list alone, frozen once somebody has read them.

use std::fs;

use diogel_contract::v1::{self, indicator_service_client::IndicatorServiceClient};
use diogel_identity::Role;
use tonic::{Code, Status, transport::Channel};

use crate::support::{
    Hub,
    given::{incident, local},
};

fn indicators(hub: &Hub, agency: &str) -> IndicatorServiceClient<Channel> {
    let tls = hub.tls(agency, Role::System, "case");
    IndicatorServiceClient::new(Hub::channel(hub.address(), tls, Role::Projection))
}

async fn periods(hub: &Hub) -> Vec<String> {
    let mut client = indicators(hub, "board");
    let listed = client.list_tables(v1::ListTablesRequest::default());
    listed.await.unwrap().into_inner().periods
}

async fn table(hub: &Hub, code: &str, period: &str) -> Result<v1::GetTableResponse, Status> {
    let request = v1::GetTableRequest {
        table: code.into(),
        period: period.into(),
        ..v1::GetTableRequest::default()
    };
    let answer = indicators(hub, "board").get_table(request).await;
    answer.map(tonic::Response::into_inner)
}

async fn report(hub: &Hub, number: u32) {
    let key = format!("i{number}");
    hub.publish("housing", incident(&key, &["health"], "T-1"))
        .await;
}

async fn restart(hub: &mut Hub, early: bool) {
    hub.settled().await;
    hub.stop_projection().await;
    hub.releases_early(early);
    hub.start_projection().await;
    hub.settled().await;
}

#[tokio::test]
async fn what_was_released_stays_as_it_was_also_after_a_restart() {
    let mut hub = Hub::start(&["housing", "health"]).await;
    for number in 0..3 {
        report(&hub, number).await;
    }
    restart(&mut hub, true).await;
    let periods = periods(&hub).await;
    let [period] = &periods[..] else {
        panic!("{periods:?}");
    };
    let first = table(&hub, "incidents-harm", period).await.unwrap();
    assert!(first.before_its_time && first.categories_add_up);
    assert_eq!(first.agencies_contributing, 1);
    // Three, of one agency.
    assert!(first.total.unwrap().hidden);
    assert!(
        first
            .rows
            .iter()
            .all(|row| row.figure.unwrap().hidden && row.percent.is_none())
    );
    for number in 3..9 {
        report(&hub, number).await;
    }
    hub.settled().await;
    let again = table(&hub, "incidents-harm", period).await.unwrap();
    assert_eq!(again, first);
    restart(&mut hub, true).await;
    assert_eq!(table(&hub, "incidents-harm", period).await.unwrap(), first);
    restart(&mut hub, false).await;
    // Not settled, and not an exercise any more: it isn't told, and what was released is still there for when it is.
    assert!(self::periods(&hub).await.is_empty());
    let file = hub.data().join("releases").join(format!("{period}.json"));
    assert!(fs::metadata(&file).unwrap().len() > 0);
}

#[tokio::test]
async fn nobody_but_the_board_reads_them_and_nothing_beyond_the_list_is_asked() {
    let hub = Hub::start(&["housing"]).await;
    let list = v1::ListTablesRequest::default();
    let refused = indicators(&hub, "housing")
        .list_tables(list)
        .await
        .unwrap_err();
    assert_eq!(refused.code(), Code::PermissionDenied);
    for (code, period) in [
        ("incidents-harm", "2020-Q1"),
        ("incidents-harm", ""),
        ("incidents-name", "2020-Q1"),
        ("", "2020-21"),
    ] {
        let refused = table(&hub, code, period).await.unwrap_err();
        assert_eq!(refused.code(), Code::InvalidArgument, "{code} {period}");
    }
}

#[tokio::test]
async fn checks_before_visits_are_counted_from_the_log_of_accesses() {
    let agencies = ["housing", "health", "police"];
    let mut hub = Hub::start(&agencies).await;
    report(&hub, 0).await;
    hub.settled().await;
    for agency in agencies {
        let mut reads = hub.reads(agency);
        for _ in 0..10 {
            let check = v1::CheckRequest {
                identifiers: vec![local("housing", "T-1")],
                ..v1::CheckRequest::default()
            };
            reads.check(check).await.unwrap();
        }
        // What is refused, and what is read otherwise, is no check.
        let nobody = v1::CheckRequest::default();
        reads.check(nobody).await.unwrap_err();
        let list = v1::ListItemsRequest::default();
        reads.list_items(list).await.unwrap();
    }
    restart(&mut hub, true).await;
    let periods = periods(&hub).await;
    let checks = table(&hub, "checks", &periods[0]).await.unwrap();
    let shown = |figure: Option<v1::Figure>| figure.filter(|f| !f.hidden).map(|f| f.count);
    assert_eq!(shown(checks.total), Some(30));
    let months = checks.rows.iter().filter_map(|row| shown(row.figure));
    assert_eq!(months.sum::<u64>(), 30);
    let rate = checks.rate.unwrap();
    // Nobody publishes contacts here.
    assert!(!rate.feeds_cover && rate.per_hundred.is_none());
}
