//! The server's own settings: addresses, TLS, storage. Every one that is not the default stands here for a reason.

use std::path::Path;

use super::text::{Text, path, quoted};
use super::{Cluster, Node, NotDeployable, TlsFiles};
use crate::jetstream::names::MAX_BATCH;

pub(super) fn write(text: &mut Text, node: &Node) -> Result<(), NotDeployable> {
    text.line("# Generated from the agency registry; changes by hand are lost.");
    text.line(&format!("server_name: {}", quoted(&node.name)?));
    text.line(&format!("listen: \"{}\"", node.listen));
    text.line("# A message is at most 64 KiB; a dead client is noticed after half a minute.");
    text.line("max_payload: 131072");
    text.line("ping_interval: \"10s\"");
    text.line("ping_max: 2");
    write_tls(text, &node.tls)?;
    write_storage(text, node)
}

fn write_tls(text: &mut Text, tls: &TlsFiles) -> Result<(), NotDeployable> {
    text.line("# A client's certificate is its user: the SAN URI is the user's name. Nothing is said before the handshake.");
    text.block("tls", |text| {
        write_files(text, tls)?;
        text.line("verify_and_map: true");
        text.line("handshake_first: true");
        text.line("min_version: \"1.3\"");
        text.line("timeout: 5");
        Ok(())
    })
}

fn write_files(text: &mut Text, tls: &TlsFiles) -> Result<(), NotDeployable> {
    let file = |name: &str, file: &Path| Ok(format!("{name}: {}", path(file)?));
    text.line(&file("cert_file", &tls.certificate)?);
    text.line(&file("key_file", &tls.key)?);
    text.line(&file("ca_file", &tls.ca)?);
    Ok(())
}

fn write_storage(text: &mut Text, node: &Node) -> Result<(), NotDeployable> {
    text.line("# Each acknowledged message has been synced: with the default, a power cut lost whole streams.");
    text.block("jetstream", |text| {
        text.line(&format!("store_dir: {}", path(&node.store)?));
        text.line("max_memory_store: 0");
        text.line(&format!("max_file_store: {}", node.store_bytes));
        text.line("sync_interval: always");
        text.line("strict: true");
        text.line(
            "# A publisher has one batch at a time; nobody else's may fail because it opens more.",
        );
        let batch = format!("max_msgs: {MAX_BATCH}, max_inflight_per_stream: 4, timeout: \"5s\"");
        text.line(&format!("limits: {{ batch: {{ {batch} }} }}"));
        Ok(())
    })
}

pub(super) fn write_cluster(
    text: &mut Text,
    cluster: &Cluster,
    clients: &TlsFiles,
) -> Result<(), NotDeployable> {
    if cluster.tls.ca == clients.ca {
        return Err(NotDeployable::SharedCa);
    }
    text.line(
        "# Nodes trust each other with everything: their certificates come from a CA of their own.",
    );
    text.block("cluster", |text| {
        text.line(&format!("name: {}", quoted(&cluster.name)?));
        text.line(&format!("listen: \"{}\"", cluster.listen));
        text.block("tls", |text| {
            write_files(text, &cluster.tls)?;
            text.line("verify: true");
            text.line("min_version: \"1.3\"");
            text.line("timeout: 5");
            Ok(())
        })?;
        let routes = cluster
            .routes
            .iter()
            .map(|route| quoted(&format!("nats-route://{route}")));
        text.list("routes:", routes)
    })
}
