//! The command line as a user meets it: exit codes, what goes to standard output and what to standard error, pipes that close,
//! words that don't fit. One hub runs for all of it.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may fail; clippy knows only `#[test]` functions as tests"
)]

use std::{
    io::{BufRead, BufReader, Read, Write},
    path::Path,
    process::{Child, Command, Output, Stdio},
};

use tempfile::TempDir;

mod documents;

const MALI: &str = "9990011044";

/// The program without the environment that would configure it.
fn diogel(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_diogel"));
    command.args(arguments).stdin(Stdio::null());
    for variable in ["DIOGEL_HUB", "DIOGEL_AS", "DIOGEL_LOG"] {
        command.env_remove(variable);
    }
    command
}

fn run(arguments: &[&str]) -> Output {
    diogel(arguments).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// It ends with this code, says this on standard error, and panics never.
#[track_caller]
fn ends(arguments: &[&str], code: i32, said: &str) -> String {
    let output = run(arguments);
    let (out, err) = (text(&output.stdout), text(&output.stderr));
    assert_eq!(
        output.status.code(),
        Some(code),
        "{arguments:?}: {out}{err}"
    );
    assert!(err.contains(said), "{arguments:?}: {err}");
    assert!(!err.contains("panicked"), "{arguments:?}: {err}");
    out
}

/// A process that runs until it is dropped.
struct Running {
    process: Child,
}

impl Running {
    /// A hub.
    fn start(hub: &str) -> Self {
        let mut process = diogel(&["up", "--hub", hub])
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(process.stderr.take().unwrap()).lines();
        assert!(
            lines.any(|line| line.unwrap().starts_with("ready")),
            "it doesn't start"
        );
        std::thread::spawn(move || lines.for_each(drop));
        Self { process }
    }

    fn signal(&self, name: &str) {
        let id = self.process.id().to_string();
        assert!(
            Command::new("kill")
                .args([name, &id])
                .status()
                .unwrap()
                .success()
        );
    }

    fn stop(mut self) {
        self.signal("-INT");
        assert!(self.process.wait().unwrap().success());
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ended = self.process.kill();
        let _ended = self.process.wait();
    }
}

#[test]
fn a_protocol_is_checked_and_shown_before_there_is_a_hub() {
    let folder = TempDir::new().unwrap();
    let shipped = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../deploy/protocols/cd-03-meetings.toml"
    );
    let right = std::fs::read_to_string(shipped).unwrap();
    let file = folder.path().join("meetings.toml").display().to_string();
    let file = file.as_str();
    std::fs::write(file, right.replacen("\"narrative\"", "\"story\"", 1)).unwrap();
    let hub = folder.path().join("none").display().to_string();
    let hub = hub.as_str();

    let told = ends(
        &["protocol", "check", "--hub", hub, shipped],
        0,
        "mistakes: 0",
    );
    assert!(told.contains(": warning: more than 12 months"), "{told}");
    let told = ends(
        &["protocol", "check", "--hub", hub, shipped, file],
        5,
        "mistakes: 1",
    );
    assert!(
        told.contains(&format!("{file}:30: mistake: `story` is no group")),
        "{told}"
    );
    let told = ends(
        &["protocol", "check", "--json", "--hub", hub, file],
        5,
        "mistakes: 1",
    );
    assert!(told.starts_with("{\"file\":"), "{told}");
    ends(&["protocol", "check", hub], 2, "No such file");
    ends(&["protocol", "check"], 2, "required");

    ends(
        &["protocol", "show", "--hub", hub, file],
        5,
        "says everything",
    );
    let told = ends(
        &[
            "protocol",
            "show",
            "--hub",
            hub,
            "--language",
            "cy",
            shipped,
        ],
        0,
        "",
    );
    assert!(
        told.contains("Llif 1: unrhyw barti → unrhyw barti") && told.contains("i'w adolygu erbyn"),
        "{told}"
    );
}

#[test]
fn a_day_at_the_command_line() {
    let folder = TempDir::new().unwrap();
    let hub = folder.path().join("a hub").display().to_string();
    let hub = hub.as_str();
    let told = ends(
        &["demo", "--once", "--hub", hub],
        0,
        "475 publications accepted",
    );
    assert!(told.contains(&format!("check --hub '{hub}'")), "{told}");
    ends(
        &["demo", "--once", "--hub", hub],
        0,
        "475 were here already",
    );
    let police = |words: &[&'static str]| [words, &["--as", "police", "--hub"]].concat();
    ends(
        &[&police(&["view"])[..], &[hub]].concat(),
        6,
        "is the hub running?",
    );
    let register = Register::write(folder.path());
    let told = register.import(hub, &["--publish"], 6, "is the hub running?");
    assert!(told.contains("row 2 VP-1: proposal\n"), "{told}");
    let older = folder.path().join("older");
    copy(&Path::new(hub).join("data/board/journal"), &older);
    let up = Running::start(hub);
    ends(&["up", "--hub", hub], 6, "in use by another process");
    ends(&["verify", "--hub", hub], 6, "a copy of the hub's folder");
    reading(hub);
    documents::are_read_and_printed(hub, folder.path());
    publishing(hub, folder.path());
    importing(hub, &register);
    the_board(hub, folder.path());
    up.stop();
    let verified = ends(&["verify", "--hub", hub, "--json"], 0, "");
    assert_eq!(json_lines(&verified).len(), 10);
    a_journal_that_is_gone_or_cut_off_is_noticed(hub, &older);
    let rebuilt = ends(&["rebuild", "--hub", hub, "--json"], 0, "");
    assert_eq!(json_lines(&rebuilt)[0]["sameAsBefore"], true);
}

/// The projection is there before the agencies: each hears from it, before it takes anything in, that its journal is an older copy.
/// The Board's own words wait for that, too.
#[test]
fn a_copy_that_lacks_what_was_admitted_is_found_out_at_the_start() {
    let folder = TempDir::new().unwrap();
    let hub = folder.path().join("hub").display().to_string();
    let hub = hub.as_str();
    ends(&["demo", "--once", "--hub", hub], 0, "all folded");
    let data = |agency: &str| Path::new(hub).join("data").join(agency);
    let aside = |agency: &str| folder.path().join(agency);
    for agency in ["board", "education"] {
        copy(&data(agency), &aside(agency));
    }
    let up = Running::start(hub);
    for change in ["suspend", "restore"] {
        ends(&["board", change, "refuge", "--hub", hub], 0, "");
    }
    lines_are_taken_as_they_come(hub);
    // What wasn't admitted either would be lost with the journal.
    let receipt = [
        "receipt",
        "--as",
        "education",
        "piped-0001-education",
        "--hub",
        hub,
    ];
    while !ends(&receipt, 0, "").contains("effective") {
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    up.stop();
    for agency in ["board", "education"] {
        std::fs::remove_dir_all(data(agency)).unwrap();
        copy(&aside(agency), &data(agency));
    }
    ends(&["verify", "--hub", hub], 5, "it lacks entry 1/");
    let up = Running::start(hub);
    // Repeated, it is the event that the copy doesn't have.
    lines_are_taken_as_they_come(hub);
    up.stop();
    let again = ends(&["demo", "--once", "--hub", hub], 0, "all folded");
    assert!(again.contains("Mali Rees"), "{again}");
    let verified = ends(&["verify", "--hub", hub, "--json"], 0, "");
    let entries = |journal: &str| {
        let lines = json_lines(&verified);
        let line = lines.iter().find(|line| line["journal"] == journal);
        line.unwrap()["entries"].as_u64().unwrap()
    };
    // The scenarios' lines, nine agencies, the Board's policy, five protocols with their signatures; then the three of this test.
    let before = 475 + 9 + 1 + 5 + 40;
    assert_eq!(
        entries("order"),
        before + 3 + 2,
        "and an epoch opened by each"
    );
    assert_eq!(entries("education"), 57 + 5 + 1 + 1);
}

fn copy(from: &Path, to: &Path) {
    let copied = Command::new("cp").arg("-a").arg(from).arg(to).status();
    assert!(copied.unwrap().success());
}

fn a_journal_that_is_gone_or_cut_off_is_noticed(hub: &str, older: &Path) {
    let journal = Path::new(hub).join("data/board/journal");
    let aside = journal.with_file_name("aside");
    std::fs::rename(&journal, &aside).unwrap();
    copy(older, &journal);
    ends(&["verify", "--hub", hub], 5, "it lacks entry 1/");
    std::fs::remove_dir_all(&journal).unwrap();
    std::fs::rename(&aside, &journal).unwrap();

    let journal = Path::new(hub).join("data/refuge/journal");
    let aside = journal.with_file_name("aside");
    std::fs::rename(&journal, &aside).unwrap();
    ends(&["verify", "--hub", hub], 5, "the journal is missing");
    std::fs::rename(&aside, &journal).unwrap();
}

#[track_caller]
fn json_lines(text: &str) -> Vec<serde_json::Value> {
    let read = text.lines().map(serde_json::from_str);
    read.collect::<Result<_, _>>().unwrap()
}

fn reading(hub: &str) {
    let of = |words: &[&'static str]| -> Vec<String> {
        let all = words
            .iter()
            .copied()
            .chain(["--as", "police", "--hub", hub]);
        all.map(str::to_owned).collect()
    };
    let ends = |words: &[&'static str], code, said: &str| {
        let words = of(words);
        ends(
            &words.iter().map(String::as_str).collect::<Vec<_>>(),
            code,
            said,
        )
    };
    assert!(ends(&["check", "--nhs", MALI], 0, "").contains("known to you"));
    let welsh = ends(&["check", "--nhs", MALI, "--language", "cy"], 0, "");
    assert!(
        welsh.contains("hysbys i chi") && welsh.contains("oddi wrth: "),
        "{welsh}"
    );
    assert!(
        !welsh.contains("known to you") && !welsh.contains("; from "),
        "{welsh}"
    );
    ends(&["check"], 2, "--uprn");
    ends(&["check", "--nhs", "123"], 5, "ten digits");
    ends(&["check", "--local", "x"], 2, "AGENCY:REFERENCE");
    ends(&["view", "--kind", "gossip"], 2, "hazard_alert");
    ends(&["view", "-n", "0"], 2, "0");
    ends(&["view", "no-event"], 3, "not found");
    ends(&["receipt", "no-key"], 3, "not found");
    ends(&["erase", "no-event", "--reason", "R"], 2, "event id");
    ends(&["watch", "--count", "0"], 2, "0");
    ends(&["watch", "--cursor", "x", "--from-now"], 2, "--from-now");
    ends(&["watch", "--cursor", "x"], 5, "cursor");
    assert_eq!(
        ends(&["watch", "--count", "2"], 0, "--cursor")
            .lines()
            .count(),
        2
    );
    assert_eq!(
        json_lines(&ends(&["view", "-n", "3", "--json"], 0, "")).len(),
        3
    );
    ends(&["chronology"], 2, "--uprn");
    let told = ends(&["chronology", "--nhs", MALI], 0, "");
    assert!(told.contains("recorded 20") && told.ends_with("and any others entitled\n"));
    let welsh = ends(&["chronology", "--nhs", MALI, "--language", "cy"], 0, "");
    assert!(welsh.contains("cofnodwyd 20") && !welsh.contains("recorded"));
    let entries = json_lines(&ends(&["chronology", "--nhs", MALI, "--json"], 0, ""));
    let at = |entry: &serde_json::Value| {
        let occurred = entry["occurred"]["from"].as_str();
        let recorded = entry["item"]["recordedAt"].as_str();
        occurred.or(recorded).unwrap().to_owned()
    };
    assert!(entries.len() > 5 && entries.is_sorted_by_key(at));
    assert!(ends(&["notices"], 0, "").ends_with("and any others entitled\n"));
    // Whoever reads has had enough after one line.
    for words in [&["view"][..], &["watch"], &["summary", "--nhs", MALI]] {
        let mut command = diogel(&[]);
        command
            .args(of(words))
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut process = command.spawn().unwrap();
        let mut first = String::new();
        BufReader::with_capacity(1, process.stdout.take().unwrap())
            .read_line(&mut first)
            .unwrap();
        let mut said = String::new();
        process
            .stderr
            .take()
            .unwrap()
            .read_to_string(&mut said)
            .unwrap();
        assert!(process.wait().unwrap().success(), "{words:?}: {said}");
        assert!(!first.is_empty() && !said.contains("panicked"), "{said}");
    }
    let full = std::fs::File::options()
        .write(true)
        .open("/dev/full")
        .unwrap();
    let output = diogel(&[])
        .args(of(&["view"]))
        .stdout(full)
        .output()
        .unwrap();
    assert_eq!(
        output.status.code(),
        Some(1),
        "data that was lost is a failure"
    );
    ends(&["watch", "--from-now", "--nonsense"], 2, "--nonsense");
}

fn publishing(hub: &str, folder: &Path) {
    let file = |name: &str, text: &str| {
        let path = folder.join(name);
        std::fs::write(&path, text).unwrap();
        path.display().to_string()
    };
    let bad = file(
        "bad.jsonl",
        "{\"requestKey\":\"k\",\"audience\":\"Mali Rees\"}\n\nMali Rees\n",
    );
    let publish = ["publish", "--hub", hub, "--as", "housing"];
    let output = run(&[&publish[..], &[&bad]].concat());
    let said = text(&output.stderr);
    assert_eq!(output.status.code(), Some(5), "{said}");
    assert!(said.contains("bad.jsonl:1: refused: audience: "), "{said}");
    assert!(said.contains("bad.jsonl:3: refused: "), "{said}");
    assert!(
        said.contains("2 of 2 refused") && !said.contains("Rees"),
        "{said}"
    );
    ends(&[&publish[..], &["no-file"]].concat(), 2, "no-file");
    let stranger = file("stranger.jsonl", "{\"agency\":\"nobody\",\"request\":{}}\n");
    ends(
        &["publish", "--hub", hub, &stranger],
        2,
        "stranger.jsonl:1: \"nobody\"",
    );
    lines_are_taken_as_they_come(hub);
}

/// A register of an invented council, and how it is read.
struct Register {
    mapping: String,
    rows: String,
    report: String,
}

impl Register {
    fn write(folder: &Path) -> Self {
        let at = |name: &str| folder.join(name).display().to_string();
        let written = Self {
            mapping: at("mapping.toml"),
            rows: at("register.csv"),
            report: at("report.csv"),
        };
        let today = time::OffsetDateTime::now_utc().date();
        let mapping = format!("as_of = {today}\n{MAPPING}");
        std::fs::write(&written.mapping, mapping).unwrap();
        std::fs::write(&written.rows, ROWS).unwrap();
        written
    }

    #[track_caller]
    fn import(&self, hub: &str, more: &[&str], code: i32, said: &str) -> String {
        let import = ["import", "--hub", hub, "--as", "social-care", "--mapping"];
        let files = [self.mapping.as_str(), self.rows.as_str()];
        ends(&[&import[..], &files, more].concat(), code, said)
    }
}

const MAPPING: &str = r#"
register = "Invented contacts"
standing = "allegation"
default_review_months = 6
columns = { reference = "Ref", name = "Name", nhs_number = "NHS", incident_date = "When", what_happened = "What", behaviour = "Warning", precautions = "Action" }
audience = { by_default = true, purpose = "worker-safety" }
defaults = { harm = "none", severity = "moderate", urgency = "routine", certainty = "possible" }
[words]
behaviour = { "shouting" = "shouting", "dog" = "animal" }
precautions = { "in pairs" = "visit-in-pairs" }
"#;

const ROWS: &str = "\
Ref,Name,NHS,When,What,Warning,Action
VP-1,Idris Tegid-Invented,9990700001,11/03/2024,Shouted.,Shouting,In pairs
VP-2,Olwen Tegid-Invented,9990700079,,,Shouting,In pairs
VP-3,Nia Nobody-Invented,9990700141,12/03/2024,Let the dog loose.,Dog,In pairs
";

/// Proposals of a register: looked at first, published once, and never over what was published before.
fn importing(hub: &str, register: &Register) {
    let dry = "2 of 3 rows can be published; nothing was, without --publish";
    let told = register.import(hub, &[], 5, dry);
    assert!(told.contains("row 3 VP-2: incomplete\n"), "{told}");
    assert!(
        !told.contains("Invented:") && !told.contains("Tegid"),
        "{told}"
    );

    let publish = ["--publish", "--report", &register.report];
    register.import(hub, &publish, 5, "2 of 3 rows published, 0 had been before");
    register.import(hub, &publish, 2, "name a new file");
    let report = std::fs::read_to_string(&register.report).unwrap();
    assert!(
        report.contains("4,VP-3,proposal,") && report.contains(",taken,"),
        "{report}"
    );
    let json = register.import(
        hub,
        &["--publish", "--json"],
        5,
        "0 of 3 rows published, 2 had been before",
    );
    let json = &json_lines(&json)[0];
    assert_eq!(json["rows"][0]["published"], "again");
    let alert = json["rows"][0]["alertKey"].as_str().unwrap();
    let receipt = ["receipt", "--as", "social-care", "--hub", hub, alert];
    while !ends(&receipt, 0, "").contains("effective") {
        std::thread::sleep(std::time::Duration::from_millis(100));
    }

    std::fs::write(
        &register.rows,
        ROWS.replace("Shouted.", "Shouted and swore."),
    )
    .unwrap();
    let earlier = ["--earlier", &register.report];
    for changed in [&["--publish"][..], &earlier] {
        let told = register.import(hub, changed, 5, "of 3 rows");
        assert!(told.contains("row 2 VP-1: duplicate, changed"), "{told}");
    }
    register.import(
        hub,
        &["--earlier", &register.mapping],
        5,
        "no report of an earlier import",
    );
    let mapping = std::fs::read_to_string(&register.mapping).unwrap();
    let wrong = mapping.replace("\"animal\"", "\"hound\"");
    std::fs::write(&register.mapping, wrong).unwrap();
    register.import(
        hub,
        &[],
        5,
        "mapping.toml:10: `dog` has no code of its list",
    );
    std::fs::remove_file(&register.rows).unwrap();
    std::fs::write(&register.mapping, mapping).unwrap();
    register.import(hub, &[], 2, "register.csv");
}

/// A pipe's first line has its receipt before the second one is written.
fn lines_are_taken_as_they_come(hub: &str) {
    let scenario = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/scenarios/rees.jsonl");
    let scenario = std::fs::read_to_string(scenario).unwrap();
    let line = scenario
        .lines()
        .next()
        .unwrap()
        .replace("rees-0001", "piped-0001");
    let mut process = diogel(&["publish", "--hub", hub, "--json", "-"]);
    let mut process = process
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = process.stdin.take().unwrap();
    writeln!(input, "{line}").unwrap();
    let mut receipt = String::new();
    BufReader::new(process.stdout.take().unwrap())
        .read_line(&mut receipt)
        .unwrap();
    assert_eq!(json_lines(&receipt)[0]["agency"], "education");
    drop(input);
    assert!(process.wait().unwrap().success());
}

/// One that goes wherever what it is taken on goes; one with an audience of its own; one of the Board's, which rests on others'.
fn steps_of_the_scenarios_count(hub: &str) {
    for (agency, key) in [
        ("health", "rees-alert-approved"),
        ("health", "rees-corroborated-dog"),
        ("board", "okafor-lewis-crisp-breach-determined"),
    ] {
        let told = ends(&["receipt", "--as", agency, key, "--hub", hub], 0, "");
        assert!(told.contains("effective"), "{key}: {told}");
    }
}

fn the_board(hub: &str, folder: &Path) {
    steps_of_the_scenarios_count(hub);
    ends(
        &["board", "suspend", "nobody", "--hub", hub],
        2,
        "social-care",
    );
    ends(
        &["board", "suspend", "board", "--hub", hub],
        2,
        "can't be suspended",
    );
    let said = ends(&["board", "suspend", "refuge", "--hub", hub], 0, "");
    assert!(said.contains("effective"), "{said}");
    ends(
        &["view", "--as", "refuge", "--hub", hub],
        3,
        "not permitted",
    );
    ends(&["board", "restore", "refuge", "--hub", hub], 0, "");
    let unknown = folder.join("unknown.json");
    std::fs::write(&unknown, r#"{"agencyStatusChanged":{"agency":"nobody"}}"#).unwrap();
    let unknown = unknown.display().to_string();
    ends(
        &["board", "publish", &unknown, "--hub", hub],
        5,
        "UNKNOWN_AGENCY",
    );
    std::fs::write(&unknown, "surprise = 1\n").unwrap();
    let told = ends(
        &["protocol", "adopt", &unknown, "--hub", hub],
        5,
        "mistakes",
    );
    assert!(told.contains("unknown.json:1: mistake"), "{told}");
    let shipped = std::fs::read_to_string(Path::new(hub).join("protocols/cd-02.toml")).unwrap();
    let changed = shipped.replace("version = 1", "version = 2");
    for (text, code, said) in [
        (shipped.replace("for-signature", "draft"), 5, "is a draft"),
        (format!("{shipped}# Changed.\n"), 5, "NOT_A_NEW_VERSION"),
        (changed, 0, ""),
    ] {
        std::fs::write(&unknown, text).unwrap();
        ends(&["protocol", "adopt", &unknown, "--hub", hub], code, said);
    }
    let told = ends(&["protocol", "end", "CD-02", "--hub", hub], 0, "");
    assert!(told.contains("effective"), "{told}");
}

#[test]
fn asked_to_end_before_it_is_ready_it_ends() {
    let folder = TempDir::new().unwrap();
    let hub = folder.path().join("hub").display().to_string();
    ends(&["init", "--hub", &hub], 0, "9 agencies");
    let mut process = diogel(&["demo", "--hub", &hub]);
    let mut process = process
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // From the first word on the signal is heard; the feeding has hardly begun.
    let mut said = BufReader::new(process.stderr.take().unwrap());
    said.read_line(&mut String::new()).unwrap();
    let id = process.id().to_string();
    assert!(
        Command::new("kill")
            .args(["-INT", &id])
            .status()
            .unwrap()
            .success()
    );
    let mut rest = String::new();
    said.read_to_string(&mut rest).unwrap();
    assert_eq!(process.wait().unwrap().code(), Some(1), "{rest}");
    assert!(rest.contains("goes on with it"), "{rest}");
    ends(&["demo", "--once", "--hub", &hub], 0, "all folded");
}

/// Services that are started together, each a process of its own, are there in any order.
#[test]
fn registering_waits_for_the_board_s_service_and_says_so() {
    let folder = TempDir::new().unwrap();
    let hub = folder.path().join("hub").display().to_string();
    ends(&["init", "--hub", &hub], 0, "9 agencies");
    let mut process = diogel(&["register", "--hub", &hub]);
    let mut process = process.stderr(Stdio::piped()).spawn().unwrap();
    let mut said = BufReader::new(process.stderr.take().unwrap());
    let mut first = String::new();
    said.read_line(&mut first).unwrap();
    assert!(first.contains("trying again for up to 30 s"), "{first}");
    let up = Running::start(&hub);
    let mut rest = String::new();
    said.read_to_string(&mut rest).unwrap();
    assert!(process.wait().unwrap().success(), "{rest}");
    assert!(rest.starts_with("9 agencies registered"), "{rest}");
    up.stop();
}

#[test]
fn streams_are_made_once_and_asked_for_as_often_as_one_likes() {
    let folder = TempDir::new().unwrap();
    let at = |name: &str| folder.path().join(name).display().to_string();
    let (hub, store, address) = (
        at("hub"),
        at("store"),
        diogel_harness::free_address().to_string(),
    );
    let servers = format!("tls://{address}");
    ends(&["init", "--hub", &hub], 0, "9 agencies");
    let setup = ["nats", "setup", "--hub", &hub, "--nats", &servers];
    let up = ["up", "--hub", &hub, "--nats", &servers];
    ends(&up, 6, "does nats-server run there");
    let config = ends(
        &[
            "nats", "config", "--hub", &hub, "--store", &store, "--listen", &address,
        ],
        0,
        "",
    );
    std::fs::write(at("nats.conf"), config).unwrap();
    let log = std::fs::File::create(at("nats.log")).unwrap();
    let mut command = Command::new(diogel_harness::nats_server());
    let process = command
        .arg("--config")
        .arg(at("nats.conf"))
        .stderr(log)
        .spawn()
        .unwrap();
    let _server = Running { process };
    while std::net::TcpStream::connect(&address).is_err() {
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    ends(&up, 6, "`diogel nats setup` makes the streams");
    for _ in 0..3 {
        ends(&setup, 0, "9 agencies");
    }
    let output = run(&setup);
    assert!(!text(&output.stderr).contains("INFO"), "{output:?}");
}

#[test]
fn words_that_don_t_fit_are_refused_with_a_way_out() {
    let folder = TempDir::new().unwrap();
    let at = |name: &str| folder.path().join(name).display().to_string();
    let (none, hub, pki) = (at("none"), at("hub"), at("pki"));
    ends(&["verify", "--hub", &none], 2, "diogel demo --hub");
    ends(&["init", "--hub", &hub, "--agencies", &none], 2, "none");
    ends(
        &["up", "--nats", "localhost", "--hub", &hub],
        2,
        "tls://host:port",
    );
    ends(&["up", "--replicas", "2", "--hub", &hub], 2, "1, 3 or 5");
    ends(&["demo", "--json", "--hub", &hub], 2, "--json");
    ends(&["init", "--hub", &hub, "--board", "west"], 0, "board west");
    ends(&["init", "--hub", &hub], 0, "board west");
    ends(&["init", "--hub", &hub, "--board", "east"], 2, "board west");
    ends(&["demo", "--hub", &hub], 2, "board west");
    ends(&["pki", "list", "--dir", &none], 2, "diogel pki init");
    ends(
        &["pki", "init", "--dir", &pki, "--board", "Not A Name"],
        2,
        "a-z",
    );
    ends(
        &["pki", "init", "--dir", &pki, "--board", "west"],
        0,
        "ca.key offline",
    );
    ends(
        &["pki", "init", "--dir", &pki, "--board", "west"],
        2,
        "already",
    );
    let case = "diogel://west/housing/system/case";
    let issue = ["pki", "issue", "--dir", &pki];
    ends(
        &[&issue[..], &["--days", "4294967295", case]].concat(),
        2,
        "3653",
    );
    ends(
        &[&issue[..], &["diogel://east/housing/system/case"]].concat(),
        2,
        "west",
    );
    ends(
        &["pki", "renew", "--dir", &pki, "--days", "4294967295"],
        2,
        "366",
    );
    ends(&["pki", "revoke", "--dir", &pki, case], 3, "no certificate");
    let issued = ends(&[&issue[..], &["--json", case]].concat(), 0, "");
    assert_eq!(json_lines(&issued).len(), 1);
    let listed = ends(&["pki", "list", "--dir", &pki, "--json"], 0, "");
    assert_eq!(json_lines(&listed)[0]["name"], case);
    let revoked = ends(
        &["pki", "revoke", "--dir", &pki, case, "--json"],
        0,
        "crl.pem",
    );
    assert_eq!(json_lines(&revoked).len(), 1);
}
