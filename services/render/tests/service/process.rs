//! The program: it serves what its file says, says what is wrong with it, and ends when it is told to.

use std::{
    fs,
    io::{BufRead, BufReader},
    process::{Command, Stdio},
};

use crate::support::Site;

const PROGRAM: &str = env!("CARGO_BIN_EXE_diogel-render");

#[test]
fn it_serves_what_its_file_says_until_sigterm() {
    let site = Site::new();
    let file = site.dir.path().join("render.toml");
    fs::write(&file, toml::to_string(&site.config()).unwrap()).unwrap();
    let mut program = Command::new(PROGRAM)
        .arg(&file)
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let log = BufReader::new(program.stderr.take().unwrap());
    let mut lines = log.lines().map(Result::unwrap);
    assert!(lines.any(|line| line.contains("listening")));
    let id = program.id().to_string();
    let told = Command::new("kill").args(["-TERM", &id]).status();
    assert!(told.unwrap().success());
    assert!(program.wait().unwrap().success());
}

#[test]
fn a_slip_in_its_file_is_named() {
    let site = Site::new();
    let file = site.dir.path().join("render.toml");
    let config = toml::to_string(&site.config()).unwrap();
    fs::write(&file, format!("pages = 9\n{config}")).unwrap();
    let ended = Command::new(PROGRAM).arg(&file).output().unwrap();
    let said = String::from_utf8(ended.stderr).unwrap();
    assert_eq!(ended.status.code(), Some(1));
    assert!(
        said.contains("pages") && said.contains("take it out"),
        "{said}"
    );
}
