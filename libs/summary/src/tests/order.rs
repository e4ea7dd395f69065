//! What stands where, and what is left out.

use diogel_domain::codes::{Harm, Language, Precision, ResistantBehaviour, ThreatForm};

use super::{
    english,
    family::{account, chaired, incident, measure, setting, story, threat, whole_story},
    lines, shown, text,
};
use crate::{LineKind, Topic, summarise, to_text};

#[test]
fn sections_stand_in_the_order_of_practice() {
    let document = summarise(&chaired(Language::English), &whole_story());
    let topics: Vec<Topic> = document.sections.iter().map(|s| s.topic).collect();
    let not_his = [Topic::Room, Topic::BeforeTheFamily, Topic::Rights];
    let all = Topic::ALL.iter().filter(|topic| !not_his.contains(topic));
    assert_eq!(topics, all.copied().collect::<Vec<_>>());
}

#[test]
fn the_order_of_sources_makes_no_difference() {
    let mut twice = story();
    twice.reverse();
    twice.extend(story());
    assert_eq!(english(&twice), english(&story()));
}

#[test]
fn an_empty_section_is_left_out_unless_emptiness_is_information() {
    let topics: Vec<Topic> = english(&[]).sections.iter().map(|s| s.topic).collect();
    let kept = [
        Topic::Needs,
        Topic::Voice,
        Topic::Progress,
        Topic::Danger,
        Topic::Hostility,
        Topic::Plan,
        Topic::Asks,
        Topic::Agencies,
        Topic::NotRecorded,
        Topic::Closing,
    ];
    assert_eq!(topics, kept);
}

#[test]
fn threats_stand_before_avoidance_the_most_serious_and_latest_first() {
    let avoided = incident(1, "health", "2027-02-20")
        .safety(|s| s.behaviours = vec![ResistantBehaviour::Avoidance]);
    let sources = [
        avoided,
        threat(2, "housing", "2026-12-01", ThreatForm::Shouting),
        threat(3, "housing", "2027-02-01", ThreatForm::Swearing),
        threat(4, "police", "2026-10-01", ThreatForm::Assault).safety(|s| s.harm = Harm::Injury),
        threat(5, "police", "2026-11-01", ThreatForm::Throwing),
    ];
    let document = english(&sources.each_ref().map(shown));
    let points = lines(&document, Topic::Hostility)
        .into_iter()
        .filter(|l| l.kind == LineKind::Point && l.cites.len() == 1)
        .map(|l| l.text.split(',').next().unwrap_or_default().to_owned());
    let expected = [
        "1 October 2026",
        "1 November 2026",
        "1 February 2027",
        "1 December 2026",
        "20 February 2027",
    ];
    assert_eq!(points.collect::<Vec<_>>(), expected);
}

#[test]
fn a_date_is_no_more_precise_than_what_is_known() {
    let vague = threat(1, "police", "2026-10-01", ThreatForm::Shouting)
        .safety(|s| s.occurred.precision = Precision::Month);
    let hostility = text(&english(&[shown(&vague)]), Topic::Hostility);
    assert!(hostility.contains("\nOctober 2026, Police"), "{hostility}");
}

#[test]
fn measures_past_their_date_stand_first_and_are_overdue() {
    let plan = incident(1, "social-care", "2026-12-04").incident(|r| {
        r.plan = vec![
            measure("later", "housing", "2027-03-04"),
            measure("today", "health", "2027-03-03"),
            measure("past", "police", "2027-03-02"),
        ];
    });
    let document = english(&[shown(&plan)]);
    let marks = lines(&document, Topic::Plan).into_iter().skip(1);
    let marks: Vec<_> = marks
        .map(|l| (l.text.split(':').next(), !l.marks.is_empty()))
        .collect();
    let expected = [
        (Some("past"), true),
        (Some("today"), false),
        (Some("later"), false),
    ];
    assert_eq!(marks, expected);
}

#[test]
fn what_is_long_past_is_gathered_and_every_threat_keeps_its_line() {
    let reports = (1..=20).map(|n| {
        let told = if n % 2 == 0 {
            threat(n, "police", "2026-01-15", ThreatForm::Shouting)
        } else {
            incident(n, "health", "2026-01-15")
        };
        let told = told.incident(|r| r.plan = vec![measure("long ago", "housing", "2026-02-01")]);
        shown(&told.narrative(|n| n.protective_factors = "a book".into()))
    });
    let document = english(&reports.collect::<Vec<_>>());
    let hostility = text(&document, Topic::Hostility);
    assert_eq!(hostility.matches("Shouting").count(), 10);
    assert!(hostility.contains("Besides these: 5, 15 January 2026; Ambivalence: 5"));
    let progress = text(&document, Topic::Progress);
    assert_eq!(progress.matches("a book").count(), 6);
    assert!(progress.contains("Besides these: 14, 15 January 2026"));
    let plan = lines(&document, Topic::Plan);
    assert_eq!(
        plan[1].text,
        "Measures whose date passed longer ago: 20; Derwen Homes: 20"
    );
    assert_eq!((plan.len(), plan[1].cites.len()), (2, 20));
    assert!(to_text(&document, 96).contains("[e1–e20]"));
}

#[test]
fn a_trend_takes_two_reports_and_says_no_more_than_counts() {
    let report = |number, on| shown(&threat(number, "police", on, ThreatForm::Shouting));
    let one = english(&[report(1, "2027-02-01")]);
    assert!(!text(&one, Topic::Hostility).contains("last six months"));
    let more = english(&[
        report(1, "2026-10-01"),
        report(2, "2027-01-01"),
        report(3, "2027-02-01"),
    ]);
    let said = text(&more, Topic::Hostility);
    assert!(said.contains("October 2026: 1, January 2027: 1, February 2027: 1"));
    assert!(said.contains("More in the last three months than in the three before: 2, 1."));
}

#[test]
fn every_event_cited_is_in_the_key_in_order_of_appearance() {
    let document = english(&story());
    let key: Vec<_> = document.key.iter().map(|c| c.event_id).collect();
    let mut cited: Vec<_> = Vec::new();
    for line in document.sections.iter().flat_map(|s| &s.lines) {
        cited.extend(line.cites.iter().copied());
    }
    let mut seen = Vec::new();
    cited.retain(|id| !seen.contains(id) && (seen.push(*id), true).1);
    assert_eq!(key, cited);
}

#[test]
fn a_line_never_exceeds_the_width() {
    let long = "x".repeat(300) + " \u{202E}\u{1b}[2Jdod mewn\n\tŵyr";
    let source = incident(1, "education", "2027-02-01").incident(|r| {
        r.voice = vec![account("p1", &long, false)];
    });
    let mut sources = story();
    sources.push(shown(&source));
    for language in [Language::English, Language::Welsh] {
        let document = summarise(&setting(language), &sources);
        for width in 24..140 {
            let text = to_text(&document, width);
            let longest = text.lines().map(|l| l.chars().count()).max();
            assert!(longest <= Some(width), "{longest:?} > {width}");
            assert!(!text.contains(['\u{202E}', '\u{1b}', '\t']));
        }
    }
}
