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
}

#[tokio::test]
async fn an_allowlist_that_is_none_refuses_to_start_and_names_the_file() {
    let hub = Hub::start(&["housing"]).await;
    let path = hub.dir.path().join("other.toml");
    for (text, why) in [
        (
            "\"diogel.v1.PublishingService\" = []",
            "no service of this process",
        ),
        (
            "\"diogel.v1.ReadingService\" = [\"*\"]",
            "no list of who may call",
        ),
    ] {
        std::fs::write(&path, text).unwrap();
        let mut config = hub.config();
        config.data = hub.dir.path().join("another");
        config.listen.set_port(0);
        config.allow.clone_from(&path);
        let started = diogel_projection::start(config, hub.ends(), Shutdown::new()).await;
        let refused = started.err().unwrap();
        assert!(matches!(refused, StartError::Allow(_)), "{refused}");
        let said = refused.to_string();
        assert!(said.contains("other.toml") && said.contains(why), "{said}");
    }
}
