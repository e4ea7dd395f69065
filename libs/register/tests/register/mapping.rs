//! The mapping file: what is wrong with one is told by its line, all of it at once.

use diogel_register::Mapping;

use crate::support;

/// The example with one part changed says this, of that part's line.
#[track_caller]
fn refused(part: &str, with: &str, said: &str) {
    let text = support::example();
    assert!(text.contains(part), "{part}");
    let wrong = text.replacen(part, with, 1);
    let before = text.split(part).next().unwrap().matches('\n').count();
    let mistakes = Mapping::from_toml(&wrong).unwrap_err();
    let told = mistakes.to_string();
    assert!(told.contains(said), "{told}");
    let lines: Vec<usize> = mistakes.0.iter().map(|m| m.line).collect();
    let within = before + 1..=before + 1 + with.matches('\n').count();
    assert!(
        lines.iter().any(|line| within.contains(line)),
        "{told} not in {within:?}"
    );
    assert!(mistakes.0.iter().all(|m| !m.way_out.is_empty()));
}

#[test]
fn the_example_is_a_mapping() {
    let mapping = support::mapping(&support::example());
    assert_eq!(mapping.register(), "Cwm Derwen cautionary contacts");
    assert_eq!(mapping.local_agency().unwrap().as_str(), "social-care");
}

#[test]
fn an_unknown_key_is_refused_with_those_that_are_known() {
    refused(
        "status = \"actual\"",
        "colour = \"red\"",
        "`colour` is no key here; use one of register",
    );
    refused(
        "name = \"Name\"",
        "surname = \"Name\"",
        "`columns.surname` is no key here",
    );
    refused(
        "[words.harm]",
        "[words.hurt]",
        "`words.hurt` is no key here",
    );
    refused("purpose =", "porpoise =", "`audience.porpoise`");
}

#[test]
fn an_unknown_code_is_refused_with_those_that_are_known() {
    refused(
        "= \"racist\"",
        "= \"rude\"",
        "`racist language` has no code of its list; choose among the forms of threat",
    );
    refused(
        "\"worker-safety\"\nlawful",
        "\"safety\"\nlawful",
        "worker-safety, child-protection",
    );
    refused(
        "harm = \"none\"",
        "harm = \"some\"",
        "`defaults.harm` holds something else",
    );
    refused(
        "\"dna\" = \"avoidance\"",
        "\"dna\" = \"diagnoses\"",
        "`dna`",
    );
    refused("\"month yyyy\"]", "\"yyyy/dd/mm\"]", "`dates.forms`");
    refused(
        "encoding = \"utf-8\"",
        "encoding = \"latin\"",
        "utf-8, windows-1252",
    );
    refused(
        "\"social-care\"\nmembers",
        "\"Social Care\"\nmembers",
        "is no agency's id",
    );
}

#[test]
fn a_diagnosis_is_never_mapped_to_a_threat() {
    refused(
        "\"racist language\"",
        "\"Mental  Health\"",
        "`mental health` is a diagnosis",
    );
    refused(
        "\"shouting\" =",
        "\"DNA\" =",
        "`dna` stands in [words.no_ground] too",
    );
}

/// The same, of another line than the one that was changed.
#[track_caller]
fn asked_for(without: &str, said: &str) {
    let text = support::example();
    assert!(text.contains(without), "{without}");
    let told = Mapping::from_toml(&text.replacen(without, "", 1)).unwrap_err();
    let told = told.to_string();
    assert!(told.contains(said), "{told}");
}

#[test]
fn what_belongs_together_is_asked_for() {
    let both = "originator_only = true\nby_default = true";
    refused("by_default = true", both, "can't both be so");
    asked_for("as_of = 2026-11-16", "add `as_of`");
    asked_for("two_digit_years_from = 1990", "add `two_digit_years_from`");
    asked_for(
        "purpose = \"worker-safety\"",
        "`audience.purpose` is missing",
    );
    asked_for(
        "members = \"nhs-number\"",
        "`identifiers.members` is missing",
    );
    asked_for(
        "local_agency = \"social-care\"",
        "`identifiers.local_agency` is missing",
    );
    asked_for("reference = \"Ref\"", "`columns.reference` is missing");
    asked_for(
        "harm = \"Injury\"",
        "`words.harm` is for a column that isn't there",
    );
    asked_for("standing = \"allegation\"", "`standing` is missing");
}

#[test]
fn numbers_days_and_texts_are_held_to_their_bounds() {
    refused(
        "default_review_months = 6",
        "default_review_months = 13",
        "from 1 to 12",
    );
    refused(
        "as_of = 2026-11-16",
        "as_of = \"16/11/2026\"",
        "as 2026-11-01",
    );
    refused("header_row = 3", "header_row = 0", "from 1 to 1000");
    refused("delimiter = \",\"", "delimiter = \"#\"", "tab");
    refused("name = \"Register\"", "name = 5", "in quotes");
    refused(
        "\"shouting\" = \"shouting\"",
        "\"shouting\" = \"shouting\"\n\"SHOUTING \" = \"shouting\"",
        "twice",
    );
}

#[test]
fn everything_is_told_at_once_and_nothing_panics() {
    let wrong = support::example()
        .replace("\"worker\"", "\"workman\"")
        .replace("register =", "registre =");
    let mistakes = Mapping::from_toml(&wrong).unwrap_err();
    assert_eq!(mistakes.0.len(), 4, "{mistakes}");
    for text in [
        "",
        "=",
        "[columns",
        "\u{0}",
        "columns = 5",
        "words = []",
        "[[audience]]",
        &"x".repeat(300_000),
    ] {
        assert!(Mapping::from_toml(text).is_err());
    }
    let text = support::example();
    for end in (0..text.len()).step_by(97) {
        let _whatever = text.get(..end).map(Mapping::from_toml);
    }
}
