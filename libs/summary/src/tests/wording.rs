//! Words: both languages, no verdicts.

use diogel_domain::codes::{Language, ThreatForm};

use super::{
    english,
    family::{setting, story, threat},
    shown, text,
};
use crate::{Text, Topic, case::quoted, summarise};

#[test]
fn nothing_known_never_reads_as_safe() {
    for (language, word) in [(Language::English, "safe"), (Language::Welsh, "diogel")] {
        let document = summarise(&setting(language), &[]);
        for topic in [Topic::Danger, Topic::Hostility, Topic::Voice, Topic::Plan] {
            assert!(!text(&document, topic).contains(word), "{topic:?}");
        }
    }
    assert!(text(&english(&[]), Topic::Danger).contains("Checked: 3 March 2027, 09:00"));
}

#[test]
fn both_languages_hold_the_same_lines_marks_and_events() {
    let shape = |language| {
        let document = summarise(&setting(language), &story());
        let lines = document.sections.into_iter().flat_map(|s| s.lines);
        let shape = lines.map(|l| (l.kind, l.cites, l.marks, l.family));
        shape.collect::<Vec<_>>()
    };
    assert_eq!(shape(Language::English), shape(Language::Welsh));
}

#[test]
fn an_agency_without_a_name_shows_by_its_id() {
    let mut setting = setting(Language::Welsh);
    setting.names.clear();
    let source = shown(&threat(1, "police", "2027-02-01", ThreatForm::Shouting));
    let said = text(&summarise(&setting, &[source]), Topic::Hostility);
    assert!(said.contains("1 Chwefror 2027, police: Gweiddi"), "{said}");
}

#[test]
fn a_long_text_is_cut_visibly_between_words() {
    let long = "gair ".repeat(100);
    let cut = Text::from(quoted(&long));
    assert!(cut.ends_with("gair” […]") && cut.chars().count() < 260);
    assert_eq!(Text::from(quoted(" byr ")), "“byr”");
}
