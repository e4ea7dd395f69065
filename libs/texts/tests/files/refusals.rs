//! What the compiler of the texts refuses: each fault alone, by the words that name it.

use crate::catalogue::{Catalogue, source};

/// The faults of two files with one text each.
fn faults(english: &str, welsh: &str) -> Vec<String> {
    let file = |text: &str| [("page".to_owned(), text.to_owned())];
    match Catalogue::of(
        &file(&format!("## Page\n\n{english}\n")),
        &file(&format!("{welsh}\n")),
    ) {
        Ok(_) => Vec::new(),
        Err(faults) => faults.0,
    }
}

#[track_caller]
fn refused(english: &str, welsh: &str, fault: &str) {
    assert_eq!(faults(english, welsh), [fault]);
}

#[test]
fn a_text_in_both_languages_is_taken() {
    assert!(faults("a = Yes", "a = Ydy").is_empty());
}

#[test]
fn a_text_that_lacks_a_language_is_refused() {
    refused(
        "a = Yes\nb = No",
        "a = Ydy",
        "en/page.ftl, b: the other language lacks it",
    );
    refused(
        "a = Yes",
        "a = Ydy\nb = Nac ydy",
        "cy/page.ftl, b: the other language lacks it",
    );
}

#[test]
fn a_file_that_lacks_a_language_is_refused() {
    let file = |name: &str| (name.to_owned(), "## Page\na = Yes\n".to_owned());
    let faults = Catalogue::of(&[file("page")], &[file("tudalen")])
        .unwrap_err()
        .0;
    assert!(
        faults.contains(&"page.ftl: is there in one language alone".to_owned()),
        "{faults:?}"
    );
}

#[test]
fn a_key_that_stands_twice_is_refused() {
    let twice = faults("a = Yes\na = Yes", "a = Ydy\na = Ydy");
    assert_eq!(twice.len(), 2, "{twice:?}");
}

#[test]
fn a_text_of_whose_place_nothing_is_said_is_refused() {
    let file = |text: &str| [("page".to_owned(), text.to_owned())];
    let faults = Catalogue::of(&file("a = Yes\n"), &file("a = Ydy\n"))
        .unwrap_err()
        .0;
    assert!(
        faults[0].contains("nothing says where it is shown"),
        "{faults:?}"
    );
}

#[test]
fn languages_with_different_variables_are_refused() {
    refused(
        "a = { $day }",
        "a = Heddiw",
        "a: $day is there in one language alone",
    );
}

#[test]
fn a_welsh_plural_without_a_category_is_refused() {
    let english = "a = { $n ->\n [one] 1 day\n *[other] { $n } days\n }";
    let welsh = "a = { $n ->\n [zero] 0\n [one] 1\n [two] 2\n [many] 6\n *[other] { $n }\n }";
    refused(english, welsh, "cy, a: a plural lacks [few]");
}

#[test]
fn an_english_plural_without_one_is_refused() {
    let english = "a = { $n ->\n *[other] { $n } days\n }";
    refused(
        english,
        "a = { NUMBER($n) } diwrnod",
        "en, a: a plural lacks [one]",
    );
}

#[test]
fn another_default_than_other_is_refused() {
    let english = "a = { $n ->\n *[one] 1 day\n [other] { $n } days\n }";
    let fault = faults(english, "a = { NUMBER($n) } diwrnod");
    assert!(
        fault.iter().any(|f| f.contains("write *[other]")),
        "{fault:?}"
    );
}

#[test]
fn forms_that_the_texts_do_not_use_are_refused() {
    for form in [
        "{ DATETIME($d) }",
        "{ -term }",
        "{ NUMBER($n, minimumFractionDigits: 2) }",
    ] {
        let faults = faults(&format!("a = {form}"), &format!("a = {form}"));
        assert!(!faults.is_empty(), "{form}");
    }
    assert!(!faults("a = Yes\n .b = No", "a = Ydy").is_empty());
    assert!(!faults("-a = Yes", "-a = Ydy").is_empty());
    assert!(!faults("a = Yes\n  and no", "a = Ydy").is_empty());
}

#[test]
fn a_text_that_cannot_be_read_is_refused_with_its_line() {
    let faults = faults("a Yes", "a = Ydy");
    assert!(faults[0].starts_with("en/page.ftl, line 3: "), "{faults:?}");
}

#[test]
fn a_message_within_another_is_put_in_its_place_and_refused_where_there_is_none() {
    let file = |text: &str| [("page".to_owned(), text.to_owned())];
    let english = file("## Page\nmark = STALE\na = Marked { mark }.\n");
    let welsh = file("mark = WEDI DYDDIO\na = Marc: { mark }.\n");
    let whole = Catalogue::of(&english, &welsh).unwrap();
    let a = &whole.topics["page"][1];
    assert_eq!(
        (source(&a.english), source(&a.welsh)),
        ("Marked STALE.".into(), "Marc: WEDI DYDDIO.".into())
    );
    let gone = faults("a = { nothing }", "a = Dim");
    assert!(gone[0].contains("names nothing"), "{gone:?}");
}
