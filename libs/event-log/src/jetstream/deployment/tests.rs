use super::*;

fn files(name: &str) -> TlsFiles {
    let file = |part: &str| PathBuf::from(format!("/etc/diogel/nats/{name}-{part}.pem"));
    TlsFiles {
        certificate: file("certificate"),
        key: file("key"),
        ca: file("ca"),
    }
}

fn names(name: &str) -> Vec<String> {
    vec![format!("spiffe://board.example/{name}")]
}

/// The deployments whose configurations are kept in `deploy/nats`.
fn single() -> Deployment {
    let agency = |id: &str| AgencyUser {
        agency: id.to_owned(),
        certificate_names: names(&format!("agency/{id}")),
    };
    Deployment {
        node: Node {
            name: "hub-1".to_owned(),
            listen: "0.0.0.0:4222".parse().unwrap(),
            store: PathBuf::from("/var/lib/diogel/nats"),
            store_bytes: 200 << 30,
            tls: files("clients"),
        },
        cluster: None,
        agencies: ["board", "health", "housing"].map(agency).to_vec(),
        projections: names("projection"),
        replicas: vec![ReplicaUser {
            name: "reader".to_owned(),
            certificate_names: names("replica-reader"),
        }],
        operators: names("operator"),
    }
}

fn cluster_node() -> Deployment {
    let routes = ["hub-1", "hub-2", "hub-3"].map(|node| format!("{node}.board.example:6222"));
    let cluster = Cluster {
        name: "hub".to_owned(),
        listen: "0.0.0.0:6222".parse().unwrap(),
        routes: routes.to_vec(),
        tls: files("routes"),
    };
    Deployment {
        cluster: Some(cluster),
        ..single()
    }
}

#[test]
fn the_example_configurations_are_what_is_generated() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../deploy/nats");
    for (name, deployment) in [
        ("single.conf", single()),
        ("cluster-node.conf", cluster_node()),
    ] {
        let (path, text) = (folder.join(name), server_config(&deployment).unwrap());
        if std::env::var_os("DIOGEL_WRITE_EXAMPLES").is_some() {
            std::fs::write(&path, &text).unwrap();
        }
        let kept = std::fs::read_to_string(&path).unwrap();
        assert!(
            kept == text,
            "{name} differs: run this test with DIOGEL_WRITE_EXAMPLES=1"
        );
    }
}

#[test]
fn a_certificate_name_stands_for_one_user() {
    let mut deployment = single();
    deployment.operators = names("agency/health");
    let twice = NotDeployable::Twice("spiffe://board.example/agency/health".to_owned());
    assert_eq!(server_config(&deployment), Err(twice));
}

#[test]
fn nodes_and_clients_never_share_a_ca() {
    let mut deployment = cluster_node();
    if let Some(cluster) = &mut deployment.cluster {
        cluster.tls.ca = deployment.node.tls.ca.clone();
    }
    assert_eq!(server_config(&deployment), Err(NotDeployable::SharedCa));
}

#[test]
fn a_name_can_t_add_to_the_configuration() {
    for bad in ["x\" } users: [", "a\\", "a\nb", ""] {
        let mut deployment = single();
        deployment.projections = vec![bad.to_owned()];
        assert_eq!(
            server_config(&deployment),
            Err(NotDeployable::Name(bad.to_owned()))
        );
    }
    let mut deployment = single();
    deployment.agencies[0].agency = "*".to_owned();
    assert_eq!(
        server_config(&deployment),
        Err(NotDeployable::Name("*".to_owned()))
    );
}

#[test]
fn no_user_may_change_or_empty_a_stream() {
    let text = server_config(&cluster_node()).unwrap();
    for forbidden in [
        "UPDATE",
        "DELETE",
        "PURGE",
        "RESTORE",
        "SNAPSHOT",
        "\"$JS.API.>",
        "\">\"",
    ] {
        assert!(
            !text.contains(forbidden),
            "{forbidden} is allowed to somebody"
        );
    }
}
