//! What keeps a service from starting is said in a sentence that names it.

use std::fs;
use std::net::TcpListener;

use diogel_e2e::{Board, PROJECTION};

#[tokio::test(flavor = "multi_thread")]
async fn a_port_in_use_is_named() {
    let mut board = Board::make(1);
    board.start_nats().await;
    for service in ["police", PROJECTION] {
        let address = board.address(service).to_owned();
        let _taken = TcpListener::bind(&address).expect("a free port");
        board.launch(service);
        let ended = board.ended(service);
        assert_eq!(ended.code, Some(1), "{}", ended.said);
        assert!(ended.said.contains(&address), "{address}: {}", ended.said);
        assert!(
            ended.said.contains("taken by another process"),
            "{}",
            ended.said
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_key_in_a_configuration_is_named() {
    let mut board = Board::make(1);
    for service in ["police", PROJECTION] {
        let path = board.config(service);
        let text = fs::read_to_string(&path).expect("a configuration");
        fs::write(&path, format!("colour = \"blue\"\n{text}")).expect("a configuration");
        board.launch(service);
        let ended = board.ended(service);
        assert_eq!(ended.code, Some(1), "{}", ended.said);
        assert!(ended.said.contains("colour"), "{}", ended.said);
        assert!(
            ended.said.contains(&format!("{service}.toml")),
            "{}",
            ended.said
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_process_on_the_same_journal_is_refused() {
    let mut board = Board::start().await;
    let text = fs::read_to_string(board.config("police")).expect("a configuration");
    let address = board.address("police").to_owned();
    let elsewhere = text.replace(&address, "127.0.0.1:0");
    fs::write(board.root().join("config/second.toml"), elsewhere).expect("a configuration");
    board.launch("second");
    let ended = board.ended("second");
    assert_eq!(ended.code, Some(1), "{}", ended.said);
    assert!(
        ended.said.contains("in use by another process"),
        "{}",
        ended.said
    );
}
