//! What may be said before the family, and what is for the chair alone.

use diogel_domain::{alert::PersonTold, codes::FamilyHandling};

use super::{
    english,
    family::{account, agency, alert, escalation, incident, setting, story},
    lines, shown, text,
};
use crate::{Mark, Topic, summarise};

#[test]
fn a_voice_is_not_read_out_unless_it_is_safe_to_say_and_may_be_told() {
    let hushed = |safe_to_say, family: bool| {
        let told = incident(1, "education", "2027-02-01")
            .incident(|r| r.voice = vec![account("p1", "words", safe_to_say)]);
        let told = if family { told.told_to_family() } else { told };
        let document = english(&[shown(&told)]);
        lines(&document, Topic::Voice)[1]
            .marks
            .contains(&Mark::DontReadOut)
    };
    assert!(hushed(false, true) && hushed(true, false) && hushed(false, false));
    assert!(!hushed(true, true));
}

#[test]
fn an_alert_that_nobody_was_told_of_is_never_read_out() {
    for told in [
        None,
        Some(PersonTold::Not("would put the worker at risk".into())),
    ] {
        let untold = alert(1, "2027-01-01", "2027-06-01")
            .told_to_family()
            .alert_safety(|s| s.told = told);
        let document = english(&[shown(&untold)]);
        let line = lines(&document, Topic::Danger)[0];
        assert!(line.marks.contains(&Mark::DontReadOut));
        assert_eq!(line.family, FamilyHandling::No);
        assert_eq!(document.key[0].family, FamilyHandling::No);
    }
}

#[test]
fn a_disagreement_shows_no_more_than_topic_stage_and_time() {
    let document = english(&[shown(&escalation(1, "2027-01-12"))]);
    let said = text(&document, Topic::Disagreements);
    assert_eq!(
        said,
        "Thresholds; stage 2: Line managers; was due by 19 January 2027: lateness proposes the next stage, and moves nothing by itself; next stage: stage 3: Senior managers; protect by 12 March 2027, 09:00"
    );
}

#[test]
fn a_disagreement_is_for_the_chair_unless_all_attending_are_parties() {
    let source = [shown(&escalation(1, "2027-01-12").told_to_family())];
    let mut setting = setting(diogel_domain::codes::Language::English);
    for (attending, chair_only) in [
        (vec!["social-care", "health"], true),
        (vec![], true),
        (vec!["social-care", "education"], false),
    ] {
        setting.attending = attending.into_iter().map(agency).collect();
        let document = summarise(&setting, &source);
        let line = lines(&document, Topic::Disagreements)[0];
        assert_eq!(line.marks.contains(&Mark::ChairOnly), chair_only);
        assert!(line.marks.contains(&Mark::DontReadOut));
        assert_eq!(line.family, FamilyHandling::No);
        assert_eq!(document.key[0].family, FamilyHandling::No);
    }
}

#[test]
fn the_family_is_told_no_more_than_every_event_of_a_line_allows() {
    let document = english(&story());
    for line in document.sections.iter().flat_map(|s| &s.lines) {
        let cited = document
            .key
            .iter()
            .filter(|c| line.cites.contains(&c.event_id));
        let strictest = cited.map(|c| c.family).max().unwrap_or(FamilyHandling::No);
        assert!(line.family >= strictest, "{}", line.text);
    }
}

#[test]
fn questions_to_agencies_are_never_read_out() {
    let document = english(&story());
    let asks = lines(&document, Topic::Asks);
    assert!(
        asks[1..]
            .iter()
            .all(|l| l.marks.contains(&Mark::DontReadOut))
    );
}
