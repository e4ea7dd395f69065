//! A protocol's file, read strictly: what the fold takes, and what it refuses.

use diogel_domain::times::Day;

use super::*;

const FILE: &str = r#"
id = "T-01"
version = 2
title = "Test"
title_cy = "Prawf"
status = "for-signature"
host = "Cyngor Prawf"
processor = "Prawf Digidol"
parties = ["housing", "police", "health"]
lead = "sector:social-care"
purposes = ["worker-safety"]
bases = ["public-task"]
valid_from = "2026-01-01"
review_by = "2026-12-31"
tell_originator_of_reads = true

[[flow]]
number = 4
from = "sector:housing"
to = "any"
kinds = ["incident"]
groups = ["existence", "safety"]

[[flow]]
number = 9
from = "police"
to = "sector:health"
kinds = ["incident", "hazard_alert"]
groups = ["existence", "narrative"]
condition = "involved"
purposes = ["child-protection"]
bases = ["legal-obligation"]
powers = ["CDA 1998 s115"]
valid_from = "2026-02-01"
review_by = "2026-11-30"
reaches_back_to = "2026-01-15"
tell_originator_of_reads = false
"#;

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

fn at(text: &str) -> Moment {
    Moment(i64::from(day(text).0) * Moment::DAY)
}

fn refused(text: &str) -> String {
    Protocol::from_toml(text).unwrap_err().0
}

#[test]
fn what_stands_at_the_top_holds_for_each_flow_that_does_not_say_its_own() {
    let protocol = Protocol::from_toml(FILE).unwrap();
    let [first, second] = protocol.flows.as_slice() else {
        panic!("two flows")
    };
    assert_eq!(first.purposes, [Purpose::WorkerSafety]);
    assert_eq!(first.bases, [LawfulBasis::PublicTask]);
    assert_eq!(first.review_by, day("2026-12-31"));
    assert!(first.tell_originator && first.powers.is_empty());
    assert_eq!(first.condition, Condition::Any);
    assert_eq!(second.purposes, [Purpose::ChildProtection]);
    assert_eq!(second.valid_from, day("2026-02-01"));
    assert_eq!(second.condition, Condition::Involved);
    assert!(!second.tell_originator);
    assert_eq!(protocol.lead, Side::from_code("sector:social-care"));
    assert_eq!(protocol.status, Status::ForSignature);
}

#[test]
fn a_flow_carries_what_was_published_from_its_first_day_to_the_end_of_its_review() {
    let flow = &Protocol::from_toml(FILE).unwrap().flows[1];
    assert!(!flow.opens_to(at("2026-01-31")));
    assert!(flow.opens_to(at("2026-02-01")));
    assert!(flow.opens_to(Moment(at("2026-12-01").0 - 1)));
    assert!(!flow.opens_to(at("2026-12-01")), "past its review");
    assert!(flow.reaches(at("2026-01-15")) && !flow.reaches(at("2026-01-14")));
}

#[test]
fn p9_what_is_not_understood_is_refused() {
    for (from, to) in [
        ("public-task", "no-such-basis"),
        ("number = 9", "number = 4"),
        ("powers = [", "power = ["),
        ("version = 2", "version = 0"),
        ("version = 2", "version = 4294967296"),
        ("version = 2", "version = 2.0"),
        ("id = \"T-01\"", "id = \"\""),
        (
            "id = \"T-01\"",
            "id = \"A-name-that-is-longer-than-32-bytes\"",
        ),
        ("\"involved\"", "\"involvd\""),
        ("\"for-signature\"", "\"signed\""),
        (
            "lead = \"sector:social-care\"",
            "lead = \"sector:everybody\"",
        ),
        ("lead = \"sector:social-care\"", "lead = \"any\""),
        ("host = \"Cyngor Prawf\"", "host = \" \""),
        ("processor = \"Prawf Digidol\"", ""),
        ("\"2026-11-30\"", "2026-11-30"),
        ("\"2026-11-30\"", "\"2026-11-31\""),
        ("[\"housing\"", "[\"Housing\""),
    ] {
        assert!(FILE.contains(from), "{from}");
        let text = FILE.replace(from, to);
        assert!(Protocol::from_toml(&text).is_err(), "{to} was taken");
    }
}

#[test]
fn a_refusal_names_the_line() {
    let said = refused(&FILE.replace("\"hazard_alert\"", "\"hazard-alert\""));
    assert!(
        said.starts_with("line 28: `hazard-alert` is no kind; did you mean `hazard_alert`?"),
        "{said}"
    );
}

#[test]
fn a_file_has_bounds() {
    let (head, flow) = FILE.split_at(FILE.find("[[flow]]").unwrap());
    let flow = flow.split_once("\n\n").unwrap().0;
    let flows = |count: u32| {
        let one = |n| flow.replace("number = 4", &format!("number = {n}")) + "\n";
        let short = |text: String| text.replace(" = ", "=").replace(", ", ",");
        let flows: String = (0..count).map(one).map(short).collect();
        format!("{head}{flows}")
    };
    assert_eq!(Protocol::from_toml(&flows(140)).unwrap().flows.len(), 140);
    assert!(refused(&flows(200)).contains("16 KiB"));
    let many = format!("{head}{}", "[[flow]]\n".repeat(201));
    assert!(refused(&many).contains("at most 200"));
}

/// Half of a file, and a file with one byte more or another, are refused or taken, but end nothing.
#[test]
fn no_text_ends_the_reader() {
    for at in 0..FILE.len() {
        let _ = check::check(&FILE[..at], None, Day(0));
        for with in ["", "\"", "]", "[", "=", "\n", "é", "\0", "{", "9"] {
            let text = format!("{}{with}{}", &FILE[..at], &FILE[at + 1..]);
            let findings = check::check(&text, None, Day(0));
            assert!(findings.iter().all(|f| f.line <= FILE.lines().count() + 1));
        }
    }
    for text in [
        "",
        "[[[[",
        "flow = 1",
        "[[flow]]",
        "flow = [1, {}]",
        "a.b.c = 1",
        "parties = [[[]]]",
    ] {
        assert!(Protocol::from_toml(text).is_err(), "{text}");
    }
    let deep = format!("parties = {}{}", "[".repeat(4_000), "]".repeat(4_000));
    assert!(Protocol::from_toml(&deep).is_err());
}
