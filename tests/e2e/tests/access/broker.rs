//! The certificates that a hub's folder holds for NATS alone. The log is believed nothing, so whoever holds the broker's key has
//! no business at a service; nor has a key that was made to connect to it.

use std::fs;

use diogel_contract::v1;
use diogel_e2e::{Board, PROJECTION};
use prost::Message;
use prost::bytes::Bytes;

use crate::calls::{Answer, call};
use crate::certificates::read;
use crate::connecting::{channel, tls};
use crate::services::{Method, all};

/// Which certificate, where it would be let in by its role, and what it would ask there.
fn cases() -> Vec<(&'static str, &'static str, &'static str, Bytes)> {
    let reconcile = v1::ReconcileRequest {
        agency: "board".into(),
        ..v1::ReconcileRequest::default()
    };
    let recover = v1::RecoverRequest {
        agency: "board".into(),
        ..v1::RecoverRequest::default()
    };
    let (reconcile, recover) = (reconcile.encode_to_vec(), recover.encode_to_vec());
    vec![
        (
            "board-service-nats-server",
            PROJECTION,
            "ReconcileService/Reconcile",
            reconcile.into(),
        ),
        (
            "board-service-nats-server",
            PROJECTION,
            "ReconcileService/Recover",
            recover.into(),
        ),
        (
            "board-operator-nats",
            "board",
            "BoardService/PublishBoardEvent",
            Bytes::new(),
        ),
        (
            "board-projection-nats",
            "police",
            "KeyService/GetContentKeys",
            Bytes::new(),
        ),
    ]
}

async fn answer(
    board: &Board,
    stem: &str,
    process: &str,
    method: &Method,
    message: Bytes,
) -> Answer {
    let pki = board.root().join("pki");
    let certs = pki.join("certs");
    let ca = fs::read(pki.join("ca.pem")).expect("a certificate");
    let tls = tls(
        &ca,
        Some(&read(
            &certs.join(format!("{stem}.pem")),
            &certs.join(format!("{stem}.key")),
        )),
    );
    call(&channel(board.address(process), tls), method, message).await
}

#[tokio::test(flavor = "multi_thread")]
async fn p7_a_certificate_for_nats_opens_no_service() {
    let board = Board::start().await;
    let methods = all();
    let mut let_in = Vec::new();
    for (stem, process, path, message) in cases() {
        let method = methods.iter().find(|method| method.path().ends_with(path));
        let method = method.expect("a call of the contract");
        let answer = answer(&board, stem, process, method, message).await;
        if !answer.is_refusal() {
            let_in.push(format!("{stem} at {process}, {path}: {}", answer.word()));
        }
    }
    assert!(let_in.is_empty(), "let in:\n{}", let_in.join("\n"));
}
