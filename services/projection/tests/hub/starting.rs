//! What refuses to start says which field is wrong.

use diogel_identity::Role;
use diogel_ops::Shutdown;
use diogel_projection::{StartError, config::ProjectionConfig};

use crate::support::Hub;

async fn refusal(hub: &Hub, change: impl FnOnce(&mut ProjectionConfig)) -> String {
    let mut config = hub.config();
    config.data = hub.dir.path().join("another");
    config.listen.set_port(0);
    change(&mut config);
    match diogel_projection::start(config, hub.ends(), Shutdown::new()).await {
        Err(StartError::Config(why)) => why,
        Err(other) => panic!("{other}"),
        Ok(_) => panic!("it started"),
    }
}

#[tokio::test]
async fn a_configuration_that_contradicts_itself_names_the_field() {
    let hub = Hub::start(&["housing"]).await;
    let why = refusal(&hub, |c| c.genesis_key = "00".into()).await;
    assert!(why.starts_with("genesis_key"));
    let why = refusal(&hub, |c| c.genesis_key = "+0".repeat(32)).await;
    assert!(why.starts_with("genesis_key"));
    let why = refusal(&hub, |c| c.board_agency = "The Board".into()).await;
    assert!(why.starts_with("board_agency"));
    let why = refusal(&hub, |c| c.order_key = Some("0".repeat(64))).await;
    assert!(why.starts_with("order_key"));
    let foreign = hub.tls("housing", Role::Service, "hub");
    let why = refusal(&hub, |c| c.tls = foreign).await;
    assert!(why.starts_with("tls.cert"));
    let allow = |c: &mut ProjectionConfig| {
        c.allow = std::mem::take(&mut c.allow).with("diogel.v1.PublishingService", []);
    };
    assert!(
        refusal(&hub, allow)
            .await
            .contains("no service of this process")
    );
}
