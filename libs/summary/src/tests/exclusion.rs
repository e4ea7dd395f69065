//! Grounds for excluding a person: for the chair alone.

use diogel_domain::{
    codes::{Deed, ExclusionExtent, ExclusionGround, Language, ThreatForm},
    step::{Exclusion, MeetingRecord},
};

use super::{
    english,
    family::{account, day, incident, meeting, meeting_step, setting, story, threat},
    lines, shown, text,
};
use crate::{Mark, Rendering, Topic, summarise};

#[test]
fn recent_threats_and_words_that_are_not_safe_to_say_are_possible_grounds_with_their_events() {
    let old = shown(&threat(1, "police", "2026-08-01", ThreatForm::Shouting));
    assert!(lines(&english(&[old]), Topic::Exclusion).is_empty());
    let document = english(&story());
    let said = text(&document, Topic::Exclusion);
    assert!(said.starts_with("Grounds to consider, not a recommendation. The chair decides."));
    let grounds = lines(&document, Topic::Exclusion);
    assert_eq!(grounds[1].text, "possible ground: violence or threats");
    assert_eq!(grounds[1].cites.len(), 2);
    assert_eq!(
        grounds[2].text,
        "possible ground: the welfare of the child or adult at risk"
    );
    for line in &grounds[1..] {
        assert!(line.marks.contains(&Mark::DontReadOut) && line.marks.contains(&Mark::ChairOnly));
    }
    let safe = incident(1, "education", "2027-02-01")
        .incident(|r| r.voice = vec![account("p1", "I like school.", true)])
        .told_to_family();
    assert!(lines(&english(&[shown(&safe)]), Topic::Exclusion).is_empty());
}

#[test]
fn exclusion_is_never_on_a_page_for_professionals_or_the_family() {
    let mut setting = setting(Language::English);
    for rendering in [
        Rendering::Professionals,
        Rendering::Family {
            whom: "Siân".into(),
        },
    ] {
        setting.rendering = rendering;
        let document = summarise(&setting, &story());
        assert!(lines(&document, Topic::Exclusion).is_empty());
    }
}

#[test]
fn a_request_is_asked_for_three_working_days_before_and_never_barred_for_danger() {
    let mut setting = setting(Language::English);
    setting.meeting_on = Some(day("2027-03-12"));
    let said = text(&summarise(&setting, &story()), Topic::Exclusion);
    assert!(said.contains(
        "To be asked for by 9 March 2027; a request about danger can be made on the day"
    ));
    assert!(said.contains("How will the views of whoever is excluded be heard?"));
}

#[test]
fn what_a_chair_decided_is_shown_with_how_views_are_heard() {
    let mut source = shown(&meeting(1, "2026-11-01", "2026-12-04"));
    let record = |extent| MeetingRecord {
        closing: None,
        exclusion: Some(Exclusion {
            who: "stepfather".into(),
            ground: ExclusionGround::ViolenceOrThreats,
            extent,
            views_heard: "by letter".into(),
            reason: "REASON".into(),
        }),
    };
    let step =
        |number, extent| meeting_step(number, "2026-12-01", Deed::ExclusionDecided, record(extent));
    source.steps = vec![step(2, ExclusionExtent::Part)];
    let said = text(&english(std::slice::from_ref(&source)), Topic::Exclusion);
    assert!(said.contains("1 December 2026, stepfather: exclusion: for a part; ground: violence or threats; views heard: by letter"));
    assert!(!said.contains("REASON"));
    source.steps = vec![step(2, ExclusionExtent::NotExcluded)];
    let said = text(&english(&[source]), Topic::Exclusion);
    assert!(said.contains("stepfather: considered, not excluded"));
}
