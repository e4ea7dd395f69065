//! Rules of practice, by their names.

use diogel_domain::{
    alert::AlertTarget,
    codes::{AlertStatus, DirectedAt, PersonRole, PrecautionCode, Standing, ThreatForm},
};

use super::{
    english,
    family::{
        account, alert, borne_out, elin, id, incident, person, precaution, setting, story, threat,
    },
    lines, shown, text,
};
use crate::{Mark, Topic, summarise};

#[test]
fn only_the_voice_of_the_person_of_the_meeting_is_printed() {
    let both = incident(1, "education", "2027-02-01").incident(|r| {
        r.people
            .push(person("p2", PersonRole::ChildAtRisk, "Twm Morgan"));
        r.voice = vec![
            account("p1", "mine", false),
            account("p2", "my brother's", false),
        ];
    });
    let voice = text(&english(&[shown(&both)]), Topic::Voice);
    assert!(voice.contains("“mine”") && !voice.contains("brother"));
}

#[test]
fn the_persons_account_is_neither_graded_nor_called_uncorroborated() {
    let told = |number, name| {
        incident(number, "education", "2027-02-01")
            .incident(|r| r.people.push(person("p2", PersonRole::ParentOrCarer, name)))
            .narrative(|n| {
                n.standing = Some(Standing::Allegation);
                n.what_happened = "told us".into();
            })
    };
    let voiced = told(1, "Siân Morgan").incident(|r| r.voice = vec![account("p1", "words", true)]);
    let harmed = told(2, "Siân Morgan").safety(|s| s.directed_at = vec![DirectedAt::Partner]);
    let role = |number, role| told(number, "Siân Morgan").incident(|r| r.people[1].role = role);
    let at_risk = role(3, PersonRole::AdultAtRisk);
    let victim = role(5, PersonRole::SuspectedVictim);
    for source in [voiced, harmed, at_risk, victim] {
        let document = english(&[shown(&source)]);
        assert!(lines(&document, Topic::Unconfirmed).is_empty());
        assert!(!text(&document, Topic::Hostility).contains("allegation"));
    }
    let parent = english(&[shown(&told(4, "Siân Morgan"))]);
    assert!(
        lines(&parent, Topic::Unconfirmed)[1]
            .marks
            .contains(&Mark::Uncorroborated)
    );
}

#[test]
fn what_another_agency_vouches_for_is_no_longer_from_one_agency_only() {
    let alleged = threat(1, "housing", "2027-02-01", ThreatForm::Shouting)
        .incident(|r| r.people = vec![person("p1", PersonRole::WhoseBehaviour, "Gareth Vaughan")])
        .narrative(|n| {
            n.standing = Some(Standing::Allegation);
            n.what_happened = "A neighbour heard shouting.".into();
        });
    let seen = threat(2, "police", "2027-02-01", ThreatForm::Shouting);
    let alone = english(&[shown(&alleged)]);
    assert_eq!(lines(&alone, Topic::Unconfirmed).len(), 2);
    let confirmed = english(&[shown(&alleged), shown(&seen)]);
    assert!(lines(&confirmed, Topic::Unconfirmed).is_empty());
}

#[test]
fn what_is_borne_out_says_by_whom_and_is_not_asked_about() {
    let alleged = incident(1, "social-care", "2027-02-01")
        .incident(|r| {
            r.people
                .push(person("p2", PersonRole::ParentOrCarer, "Siân Morgan"));
        })
        .narrative(|n| {
            n.standing = Some(Standing::Allegation);
            n.what_happened = "The dog has gone.".into();
        });
    let document = english(&[shown(&alleged)]);
    assert_eq!(lines(&document, Topic::Unconfirmed).len(), 2);
    let confirmed = alleged.narrative(|n| {
        n.corroborated_by = vec![borne_out("dog warden", ""), borne_out("nurse", "health")];
    });
    let document = english(&[shown(&confirmed)]);
    assert!(lines(&document, Topic::Unconfirmed).is_empty());
    let said = "borne out by: another professional (dog warden), \
                another professional (nurse, Health Board)";
    assert!(text(&document, Topic::Hostility).contains(said));
}

#[test]
fn progress_carries_the_caveat_of_six_months() {
    assert!(text(&english(&story()), Topic::Progress).contains("at least six months"));
}

#[test]
fn a_stale_alert_is_marked_and_a_lapsed_one_is_gone() {
    let reviewed = |on| english(&[shown(&alert(1, "2026-06-01", on))]);
    let stale = reviewed("2027-03-02");
    assert!(lines(&stale, Topic::Danger)[0].marks.contains(&Mark::Stale));
    assert!(text(&stale, Topic::Danger).contains("review was due: 2 March 2027"));
    let due = reviewed("2027-03-03");
    assert!(lines(&due, Topic::Danger)[0].marks.is_empty());
    let lapsed = reviewed("2026-12-02");
    assert!(text(&lapsed, Topic::Danger).starts_with("No alert"));
}

#[test]
fn a_superseded_alert_and_an_exercise_make_no_line() {
    let mut superseded = shown(&alert(1, "2027-01-01", "2027-06-01"));
    superseded.superseded = true;
    let exercise = alert(2, "2027-01-01", "2027-06-01").alert(|a| a.status = AlertStatus::Exercise);
    let document = english(&[superseded, shown(&exercise)]);
    assert!(text(&document, Topic::Danger).starts_with("No alert"));
}

#[test]
fn a_household_alert_never_marks_a_person() {
    let household = alert(1, "2027-01-01", "2027-06-01").alert_safety(|s| {
        s.target = AlertTarget::Household {
            place: "l1".into(),
            members: vec!["p1".into(), "p2".into()],
        };
    });
    let danger = text(&english(&[shown(&household)]), Topic::Danger);
    assert!(danger.contains("about a household: 3 Tan-y-Berllan"));
    assert!(!danger.contains("Elin") && !danger.contains("Gareth"));
}

#[test]
fn a_reported_danger_shows_until_an_alert_takes_it_up() {
    let danger = |on| {
        threat(1, "housing", on, ThreatForm::Animal).safety(|s| {
            s.danger_at_once = true;
            s.provisional_precautions = vec![precaution(PrecautionCode::NeutralVenue)];
        })
    };
    let fresh = english(&[shown(&danger("2027-03-01"))]);
    let line = lines(&fresh, Topic::Danger)[0];
    assert!(line.marks.contains(&Mark::ReportedNotAssessed));
    assert!(
        line.text
            .contains("provisional precautions: Meet at a neutral venue")
    );
    let old = english(&[shown(&danger("2027-01-01"))]);
    assert!(text(&old, Topic::Danger).contains("no decision on an alert is known to you"));
    let mut taken_up = alert(2, "2027-03-02", "2027-06-01");
    taken_up.rests_on = vec![id(1)];
    let decided = english(&[shown(&danger("2027-03-01")), shown(&taken_up)]);
    assert_eq!(lines(&decided, Topic::Danger).len(), 1);
    let proposed = shown(&taken_up.alert_safety(|s| s.decision = None));
    let pending = english(&[shown(&danger("2027-03-01")), proposed]);
    assert_eq!(lines(&pending, Topic::Danger).len(), 1);
}

#[test]
fn a_proposal_that_lapsed_undecided_leaves_the_danger_open() {
    let danger =
        threat(1, "housing", "2026-06-01", ThreatForm::Animal).safety(|s| s.danger_at_once = true);
    let mut proposed = alert(2, "2026-06-02", "2026-11-30").alert_safety(|s| s.decision = None);
    proposed.rests_on = vec![id(1)];
    let document = english(&[shown(&danger), shown(&proposed)]);
    assert!(text(&document, Topic::Danger).contains("no decision on an alert is known to you"));
}

#[test]
fn a_proposed_alert_is_marked_as_not_assessed() {
    let proposed = alert(1, "2027-03-01", "2027-06-01").alert_safety(|s| s.decision = None);
    let document = english(&[shown(&proposed)]);
    assert!(
        lines(&document, Topic::Danger)[0]
            .marks
            .contains(&Mark::ReportedNotAssessed)
    );
}

#[test]
fn an_agency_that_fell_silent_after_a_threat_is_asked_not_judged() {
    let threatened = shown(&threat(1, "housing", "2026-12-01", ThreatForm::Animal));
    let visit = |on| shown(&incident(2, "health", on));
    let asks = |sources: &[_]| text(&english(sources), Topic::Asks);
    let asked = asks(&[threatened.clone(), visit("2027-02-01")]);
    assert!(asked.contains("Derwen Homes: last event known to you on 1 December 2026"));
    assert!(asked.contains("What would make a visit safe?"));
    let nobody_else = asks(&[visit("2026-11-01"), threatened.clone()]);
    assert!(!nobody_else.contains("Derwen Homes"));
    let spoke_again = shown(&incident(3, "housing", "2027-01-05"));
    assert!(!asks(&[threatened, visit("2027-02-01"), spoke_again]).contains("Derwen Homes"));
}

#[test]
fn an_attending_agency_that_nothing_is_known_from_is_asked_about_daily_life() {
    let asks = text(
        &english(&[shown(&incident(1, "health", "2027-02-01"))]),
        Topic::Asks,
    );
    assert!(asks.contains("Oak Tree School: no event known to you"));
    assert!(!asks.contains("Health Board:") && !asks.contains("Council:"));
}

#[test]
fn practice_tips_are_asked_until_the_person_is_heard_after_the_latest_threat() {
    let asked = |sources: &[_]| text(&english(sources), Topic::NotRecorded);
    let afraid = "appear afraid";
    let heard = incident(1, "education", "2027-01-01").incident(|r| {
        r.voice = vec![account("p1", "I hide.", false)];
    });
    let heard = shown(&heard);
    assert!(asked(&[]).contains(afraid) && asked(&[]).contains("daily life"));
    assert!(!asked(std::slice::from_ref(&heard)).contains(afraid));
    let since = shown(&threat(2, "police", "2027-02-01", ThreatForm::Shouting));
    assert!(asked(&[heard, since]).contains(afraid));
}

#[test]
fn two_dates_of_birth_are_pointed_out_before_anything_else() {
    let other = incident(2, "health", "2027-02-01").incident(|r| {
        r.people = vec![elin()];
        r.people[0].identity.as_mut().unwrap().born_on = Some(super::family::day("2018-04-12"));
    });
    let document = english(&[
        shown(&incident(1, "education", "2027-01-01")),
        shown(&other),
    ]);
    assert_eq!(document.head[0].label, "Check first");
    assert!(document.title.ends_with("Elin Morgan"));
}

#[test]
fn every_meeting_ends_with_the_questions_of_the_guidance() {
    let document = summarise(&setting(diogel_domain::codes::Language::English), &[]);
    let closing = text(&document, Topic::Closing);
    for asked in [
        "assessment of needs",
        "effectively safeguarding",
        "CRISP",
        "Whose task, by when",
    ] {
        assert!(closing.contains(asked), "{asked}");
    }
}

#[test]
fn what_a_withdrawn_key_signed_is_to_be_asked_about_and_still_stands() {
    let mut threat = shown(&threat(1, "police", "2027-02-01", ThreatForm::Animal));
    let before = english(std::slice::from_ref(&threat));
    assert!(!text(&before, Topic::Unconfirmed).contains("withdrawn"));
    threat.doubtful = true;
    let document = english(&[threat]);
    assert!(text(&document, Topic::Unconfirmed).contains("Ask the agency"));
    assert_eq!(
        text(&document, Topic::Hostility),
        text(&before, Topic::Hostility)
    );
}
