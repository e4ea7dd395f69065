//! What a chronology never says.

use diogel_domain::{
    codes::{Deed, Language, PersonRole, ThreatForm},
    content::Content,
    records::Needs,
    step::{AlertStep, StepSaid},
};
use diogel_sharing::groups::FieldGroup;

use super::{
    english,
    given::{correction, entry, review, seen},
};
use crate::{
    Entry, EntryState, Mark,
    tests::family::{
        account, agency, alert, elin, escalation, incident, meeting, needs, person, step, threat,
    },
    to_csv, to_text,
};

/// Everything that goes out of it.
fn page(entries: &[Entry]) -> String {
    let csv = to_csv(&review(Language::English), entries).unwrap();
    to_text(&english(entries), 10_000) + &csv
}

#[test]
fn p6_of_what_isnt_disclosed_nothing_is_said() {
    let told = threat(1, "housing", "2027-01-04", ThreatForm::Animal)
        .incident(|r| r.voice = vec![account("p1", "VOICE", true)])
        .narrative(|n| n.what_happened = "NARRATIVE".into());
    let whole = page(&[entry(&told)]);
    for said in ["Dog", "VOICE", "NARRATIVE", "Elin"] {
        assert!(whole.contains(said), "{said}");
    }
    let existence = seen(&told, &[FieldGroup::Existence]);
    let nothing = entry(&told).undisclosed();
    for entry in [existence, nothing] {
        let page = page(&[entry]);
        for said in ["Dog", "VOICE", "NARRATIVE", "Elin"] {
            assert!(!page.contains(said), "{said}");
        }
        assert!(page.contains("nothing more of it is known to you"));
    }
}

#[test]
fn what_was_entered_in_error_or_erased_isnt_repeated() {
    let mut other = incident(1, "education", "2027-01-04")
        .narrative(|n| n.what_happened = "ANOTHER CHILD".into());
    other.conditions = "CONDITIONS";
    for state in [EntryState::EnteredInError, EntryState::Erased] {
        let page = page(&[entry(&other).became(state)]);
        assert!(!page.contains("ANOTHER CHILD") && !page.contains("CONDITIONS"));
        assert!(!page.contains("Elin"), "nor who it named");
        assert!(page.contains("incident") && page.contains("Oak Tree School"));
    }
}

#[test]
fn why_something_was_entered_in_error_tells_of_somebody_else_and_stays_there() {
    let reason = "It is about Twm.";
    let withdrawn = correction(2, "education", "2027-01-06", reason, None);
    assert!(!page(&[entry(&withdrawn)]).contains("Twm"));
    let instead = incident(3, "education", "2027-01-05");
    let corrected = correction(
        3,
        "education",
        "2027-01-06",
        "The day was wrong.",
        Some(instead),
    );
    assert!(page(&[entry(&corrected)]).contains("reason: “The day was wrong.”"));
}

#[test]
fn only_the_voice_of_the_person_of_the_chronology_is_printed() {
    let both = incident(1, "education", "2027-02-01").incident(|r| {
        r.people
            .push(person("p2", PersonRole::ChildAtRisk, "Twm Morgan"));
        r.voice = vec![
            account("p1", "mine", false),
            account("p2", "my brother's", false),
        ];
    });
    let page = page(&[entry(&both)]);
    assert!(page.contains("“mine”") && !page.contains("brother"));
}

#[test]
fn an_alert_that_was_refused_names_neither_target_nor_precaution() {
    let proposed = alert(1, "2027-01-04", "2027-06-04").alert_safety(|s| s.decision = None);
    let said = StepSaid::Alert(AlertStep::default());
    let refused = entry(&step(2, "housing", "2027-01-06", Deed::Refused, said)).about(1);
    let shown = page(&[entry(&proposed)]);
    assert!(shown.contains("Brân"), "{shown}");
    let gone = page(&[entry(&proposed), refused]);
    assert!(
        !gone.contains("Brân") && !gone.contains("Visit in pairs"),
        "{gone}"
    );
    assert!(gone.contains("refused"));
}

#[test]
fn what_is_argued_and_what_a_meeting_is_for_and_how_a_family_is_reached_stay_where_they_are() {
    let mut held = meeting(2, "2027-01-04", "2027-01-20");
    if let Content::Meeting(meeting, _) = &mut held.content {
        meeting.occasion = "OCCASION".into();
    }
    let reached = Needs {
        safe_contact: "THROUGH A FRIEND".into(),
        ..Needs::default()
    };
    let needs = needs(3, "2027-01-04", elin(), reached);
    let page = page(&[
        entry(&escalation(1, "2027-01-04")),
        entry(&held),
        entry(&needs),
    ]);
    for never in [
        "threshold is met",
        "strategy discussion",
        "OCCASION",
        "FRIEND",
    ] {
        assert!(!page.contains(never), "{never}");
    }
}

#[test]
fn conditions_of_handling_stand_whole_and_arent_read_out() {
    let mut told = incident(1, "police", "2027-01-04");
    told.conditions =
        "Not to be repeated to the household; ask the neighbourhood team before acting on it.";
    let document = english(&[entry(&told)]);
    let line = document.sections[1]
        .lines
        .iter()
        .find(|l| l.text.contains(told.conditions));
    assert!(line.unwrap().marks.contains(&Mark::DontReadOut));
}

#[test]
fn two_dates_of_birth_are_asked_about_before_anything_else() {
    let twin = incident(2, "police", "2027-01-05").incident(|r| {
        r.people[0].identity.as_mut().unwrap().born_on = None;
    });
    let other = incident(3, "police", "2027-01-06").incident(|r| {
        let born = diogel_domain::times::Day::parse("2018-04-12");
        r.people[0].identity.as_mut().unwrap().born_on = born;
    });
    let first = entry(&incident(1, "health", "2027-01-04"));
    let same = english(&[first.clone(), entry(&twin)]);
    assert_eq!(same.head[0].label, "For");
    let differ = english(&[first, entry(&other)]);
    assert_eq!(differ.head[0].label, "Check first");
}

#[test]
fn an_agency_without_a_name_shows_by_its_id() {
    let entry = entry(&incident(1, "social-care", "2027-01-04"));
    let page = page(&[entry.known("outreach", ["2027-01-04", "2027-01-04", ""])]);
    assert!(page.contains(agency("outreach").as_str()));
}
