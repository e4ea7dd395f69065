//! Silent agencies, signs in the network, what changed, dates, and the last close.

use std::collections::BTreeSet;

use diogel_domain::codes::{
    ContactOutcome, Deed, FamilyHandling, Language, PersonRole, ThreatForm,
};
use diogel_domain::{content::Content, step::PlanStep};

use super::{
    english,
    family::{
        answer, at, chaired, closing, contact, id, incident, involvement, measure, meeting,
        meeting_step, plan, plan_step, request, setting, threat, whole_story,
    },
    lines, shown, text,
};
use crate::{Line, LineKind, Mark, Rendering, Source, Topic, summarise, texts::Phrase};

fn visits(agency: &'static str, first: u8, count: u8) -> Vec<Source> {
    (first..first + count)
        .map(|n| shown(&contact(n, agency, "2027-01-05", ContactOutcome::Kept)))
        .collect()
}

fn signs(sources: &[Source]) -> String {
    text(&english(sources), Topic::Signs)
}

#[test]
fn an_agency_that_says_it_is_involved_and_no_more_is_silent_and_who_nobody_asked_is_named() {
    let document = summarise(
        &chaired(Language::English),
        &[shown(&involvement(1, "housing", "2027-01-05"))],
    );
    let said = text(&document, Topic::Agencies);
    assert!(said.contains("Derwen Homes: involved since 5 January 2027; no event known to you"));
    assert!(said.contains("probation: nothing known to you says that it was ever asked"));
    assert!(said.contains("Police: nothing known"));
    assert!(!said.contains("Health Board"), "who attends was asked");
    let mut sources = vec![shown(&incident(2, "police", "2027-01-05"))];
    sources.push(shown(&plan(3, "2027-01-06", "2027-06-04")));
    let said = text(&english(&sources), Topic::Agencies);
    assert!(
        !said.contains("Police") && !said.contains("Derwen Homes"),
        "{said}"
    );
}

#[test]
fn an_agency_asked_in_writing_shows_with_what_it_answered_or_that_it_has_not() {
    let mut asked = shown(&request(1, "police", "2027-01-20", "2027-02-03"));
    let document = summarise(&chaired(Language::English), std::slice::from_ref(&asked));
    let said = text(&document, Topic::Agencies);
    let waits =
        "Police: asked on 20 January 2027 to answer by 3 February 2027; no answer known to you";
    assert!(said.contains(waits), "{said}");
    assert!(!said.contains("Police: nothing known"), "{said}");
    assert!(
        lines(&document, Topic::Agencies)
            .iter()
            .filter(|line| !line.cites.is_empty())
            .all(|line| line.marks.contains(&Mark::DontReadOut))
    );
    asked.steps = vec![answer(2, "police", "2027-02-01", Deed::NothingHeld)];
    let document = summarise(&chaired(Language::English), &[asked]);
    let said = text(&document, Topic::Agencies);
    assert!(
        said.contains("Police: asked on 20 January 2027; nothing held, 1 February 2027"),
        "{said}"
    );
    let line = lines(&document, Topic::Agencies);
    assert!(line.iter().any(|line| line.cites == [id(1), id(2)]));
}

#[test]
fn contact_that_stops_after_an_incident_is_asked_about() {
    let mut sources = visits("housing", 1, 2);
    assert!(!signs(&sources).contains("no contact known"));
    sources.push(shown(&threat(
        9,
        "housing",
        "2027-01-05",
        ThreatForm::Shouting,
    )));
    let asked = signs(&sources);
    assert!(asked.contains("Derwen Homes: no contact known to you since 5 January 2027, after the incident of 5 January 2027"));
    sources.push(shown(&contact(
        10,
        "housing",
        "2027-02-20",
        ContactOutcome::Kept,
    )));
    assert!(!signs(&sources).contains("no contact known"));
}

#[test]
fn a_contact_that_the_agency_didnt_make_is_none() {
    let mut sources = visits("housing", 1, 2);
    sources.push(shown(&threat(
        9,
        "housing",
        "2027-01-05",
        ThreatForm::Shouting,
    )));
    sources.push(shown(&contact(
        10,
        "housing",
        "2027-02-20",
        ContactOutcome::NotMade,
    )));
    assert!(signs(&sources).contains("no contact known"));
}

/// The council's measure was due on 29 January, housing's isn't yet.
fn agreed() -> Source {
    shown(&plan(1, "2026-12-04", "2027-06-04"))
}

#[test]
fn a_measure_long_undone_after_an_incident_is_asked_about_with_the_plan_and_the_incident() {
    let before = threat(2, "housing", "2026-12-20", ThreatForm::Shouting);
    let document = english(&[agreed(), shown(&before)]);
    let asked = lines(&document, Topic::Signs);
    let line = asked.iter().find(|line| line.text.contains("service"));
    let line = line.unwrap();
    assert!(line.text.starts_with(
        "Cwm Derwen Council: a service isn't being given, since 29 January 2027: Dog kept away from Elin."
    ));
    assert!(line.text.ends_with('?') && line.marks.contains(&Mark::DontReadOut));
    assert_eq!(line.cites, [id(1), id(2)]);
}

#[test]
fn no_service_is_withheld_without_an_incident_before_nor_once_it_is_given() {
    let withheld = |sources: &[Source]| signs(sources).contains("a service isn't being given");
    assert!(!withheld(&[agreed()]));
    let after = threat(2, "housing", "2027-02-01", ThreatForm::Shouting);
    assert!(!withheld(&[agreed(), shown(&after)]), "due before it");
    let before = shown(&threat(2, "housing", "2026-12-20", ThreatForm::Shouting));
    let became = |on, deed| {
        let said = PlanStep {
            measure: 1,
            ..PlanStep::default()
        };
        let mut plan = agreed();
        plan.steps = vec![plan_step(3, on, deed, said)];
        withheld(&[plan, before.clone()])
    };
    assert!(!became("2027-02-20", Deed::MeasureDone));
    assert!(!became("2027-02-20", Deed::PlanEnded));
    assert!(became("2027-02-20", Deed::MeasureNotDone));
}

#[test]
fn a_measure_is_late_for_some_weeks_before_it_may_be_withheld_unless_somebody_says_so() {
    let before = shown(&threat(2, "housing", "2026-12-20", ThreatForm::Shouting));
    let due = |on: &str, said: bool| {
        let mut told = plan(1, "2026-12-04", "2027-06-04");
        if let Content::SafetyPlan(plan) = &mut told.content {
            let agreed = plan.agreed.as_mut().unwrap();
            agreed.measures = vec![measure("Nursery place", "education", on)];
        }
        let mut plan = shown(&told);
        let words = PlanStep {
            measure: 1,
            ..PlanStep::default()
        };
        let step = plan_step(3, "2027-02-25", Deed::MeasureNotDone, words);
        plan.steps = said.then_some(step).into_iter().collect();
        signs(&[plan, before.clone()]).contains("Nursery place")
    };
    assert!(due("2027-01-31", false) && !due("2027-02-01", false));
    assert!(due("2027-02-20", true) && !due("2027-03-03", true));
}

#[test]
fn contacts_that_an_agency_leaves_out_after_an_incident_are_asked_about_until_it_makes_one() {
    let note = |number, on, outcome| shown(&contact(number, "health", on, outcome));
    let before = shown(&threat(9, "housing", "2027-01-05", ThreatForm::Shouting));
    let mut sources = vec![
        note(1, "2027-01-12", ContactOutcome::NotMade),
        note(2, "2027-01-26", ContactOutcome::NotMade),
    ];
    assert!(!signs(&sources).contains("not made"), "no incident before");
    sources.push(before.clone());
    let said = "Health Board: 2 contacts not made by the agency itself, 12 January 2027 – 26 January 2027.";
    assert!(signs(&sources).contains(said), "{}", signs(&sources));
    assert!(!signs(&[sources[0].clone(), before]).contains("not made"));
    sources.push(note(3, "2027-02-09", ContactOutcome::Refused));
    assert!(!signs(&sources).contains("not made"), "the family refused");
}

#[test]
fn one_agency_with_nearly_all_contact_and_hostility_that_only_one_meets_are_asked_about() {
    let mut sources = visits("health", 1, 4);
    sources.extend(visits("education", 10, 1));
    let asked = signs(&sources);
    assert!(
        asked.contains("Health Board: nearly all contact known to you, 4 of 5"),
        "{asked}"
    );
    sources.push(shown(&threat(
        20,
        "police",
        "2027-02-01",
        ThreatForm::Shouting,
    )));
    let asked = signs(&sources);
    assert!(asked.contains(
        "Hostility is reported by: Police. Contact and no hostility is reported by: Health Board."
    ));
}

#[test]
fn behaviour_at_one_agency_and_a_plan_that_is_changed_often_are_asked_about() {
    let mut sources: Vec<Source> = (1..=4)
        .map(|n| shown(&threat(n, "housing", "2027-01-05", ThreatForm::Shouting)))
        .collect();
    let dates = ["2027-01-10", "2027-01-20", "2027-02-10"];
    let plans = (10..)
        .zip(dates)
        .map(|(n, on)| shown(&plan(n, on, "2027-06-04")));
    sources.extend(plans);
    let asked = signs(&sources);
    assert!(asked.contains("directed at one agency: Derwen Homes, 4 of 4"));
    assert!(asked.contains("The plan was changed 2 times, 10 January 2027 – 10 February 2027"));
}

fn at_workers(workers: [Option<&str>; 4]) -> Vec<Source> {
    let reports = (1..).zip(workers).map(|(n, worker)| {
        let told = threat(n, "housing", "2027-01-05", ThreatForm::Shouting);
        shown(&told.incident(|r| r.worker = worker.map(Into::into)))
    });
    reports.collect()
}

#[test]
fn behaviour_at_one_worker_is_asked_about_without_a_name() {
    let one = at_workers([Some("Gwen"), Some("gwen "), Some("GWEN"), None]);
    let document = english(&one);
    let asked = lines(&document, Topic::Signs);
    let line = asked.iter().find(|line| line.text.contains("one worker"));
    let line = line.unwrap();
    let said = "Behaviour directed at one worker: Derwen Homes, 3 of 4 incidents known to you.";
    assert!(line.text.starts_with(said), "{}", line.text);
    assert_eq!(line.cites, [id(1), id(2), id(3)]);
    assert!(
        !text(&document, Topic::Signs)
            .to_lowercase()
            .contains("gwen")
    );
    let several = at_workers([Some("Gwen"), Some("Gwen"), Some("Huw"), None]);
    let asked = signs(&several);
    assert!(!asked.contains("one worker") && asked.contains("one agency: Derwen Homes, 4 of 4"));
}

#[test]
fn few_incidents_or_several_agencies_make_no_target_and_two_plans_no_change() {
    let of = |agencies: &[&'static str]| {
        let reports = (1..).zip(agencies);
        let reports =
            reports.map(|(n, a)| shown(&threat(n, a, "2027-01-05", ThreatForm::Shouting)));
        signs(&reports.collect::<Vec<_>>())
    };
    assert!(!of(&["housing"; 3]).contains("directed at"));
    assert!(!of(&["housing", "housing", "police", "health"]).contains("directed at"));
    let plans = [
        shown(&plan(1, "2027-01-10", "2027-06-04")),
        shown(&plan(2, "2027-01-20", "2027-06-04")),
    ];
    assert!(!signs(&plans).contains("changed"));
}

#[test]
fn collusion_appeasing_and_blame_are_asked_by_the_chair_alone_and_found_by_nobody() {
    let sources = [shown(&threat(
        1,
        "housing",
        "2027-01-05",
        ThreatForm::Shouting,
    ))];
    let document = english(&sources);
    let asked = lines(&document, Topic::Signs);
    for prompt in [
        "siding with the family",
        "played down",
        "blaming one another",
    ] {
        let line = asked
            .iter()
            .find(|line| line.text.contains(prompt))
            .unwrap();
        assert!(
            line.text.ends_with('?') && line.cites.is_empty(),
            "{prompt}"
        );
    }
    let mut setting = setting(Language::English);
    setting.rendering = Rendering::Professionals;
    let document = summarise(&setting, &sources);
    assert!(!text(&document, Topic::Signs).contains("blaming"));
}

#[test]
fn every_sign_is_a_question_with_its_evidence() {
    let document = summarise(&chaired(Language::English), &whole_story());
    let signs = lines(&document, Topic::Signs);
    let points = signs.iter().filter(|line| line.kind == LineKind::Point);
    assert!(points.clone().count() > 4);
    for line in points {
        assert!(line.text.ends_with('?'), "{}", line.text);
    }
    let mut signs = signs.iter().skip(1);
    let mut signs = signs
        .by_ref()
        .take_while(|line| line.kind == LineKind::Point);
    assert!(signs.all(|line| !line.cites.is_empty()));
}

#[test]
fn signs_name_agencies_never_workers_and_are_never_read_out_nor_for_the_family() {
    let mut sources = visits("housing", 1, 2);
    let told = threat(9, "housing", "2027-01-05", ThreatForm::Shouting)
        .incident(|r| r.worker = Some("WORKER".into()));
    sources.push(shown(&told.told_to_family()));
    let document = english(&sources);
    let signs = lines(&document, Topic::Signs);
    assert!(!text(&document, Topic::Signs).contains("WORKER"));
    let cited = signs.iter().filter(|line| !line.cites.is_empty());
    assert!(cited.clone().count() > 0);
    assert!(
        cited
            .clone()
            .all(|line| line.marks.contains(&Mark::DontReadOut))
    );
    let mut setting = setting(Language::English);
    setting.rendering = Rendering::Professionals;
    let document = summarise(&setting, &sources);
    assert!(!text(&document, Topic::Signs).contains("siding with the family"));
    setting.rendering = Rendering::Family {
        whom: "Siân".into(),
    };
    let family = summarise(&setting, &sources);
    assert!(lines(&family, Topic::Signs).is_empty());
    assert!(lines(&family, Topic::Agencies).is_empty());
}

#[test]
fn the_family_page_holds_only_what_each_event_allows_and_leaves_no_gap_to_see() {
    let mut setting = chaired(Language::English);
    setting.rendering = Rendering::Family {
        whom: "Siân".into(),
    };
    let document = summarise(&setting, &whole_story());
    // What rests on no event is said on each family's page alike.
    let fixed = summarise(&setting, &[]);
    let fixed: BTreeSet<&str> = fixed.every_line().map(|line| &*line.text).collect();
    let fixed = |line: &&Line| {
        fixed.contains(&*line.text) || line.text == Phrase::WantItToLast.say(Language::English)
    };
    let (fixed, told): (Vec<_>, Vec<_>) = document.every_line().partition(fixed);
    assert!(fixed.iter().all(|line| line.cites.is_empty()) && !told.is_empty());
    for line in told {
        assert!(!line.cites.is_empty(), "{}", line.text);
        assert_eq!(line.family, FamilyHandling::Yes);
    }
    let page = crate::to_text(&document, 10_000);
    for never in [
        "behind the chair",
        "Thresholds",
        "Tan-y-Berllan",
        "known to you:",
        "DON'T READ OUT **",
    ] {
        assert!(!page.contains(never), "{never}");
    }
}

#[test]
fn what_changed_since_the_last_meeting_is_counted_with_its_events() {
    let mut setting = setting(Language::English);
    setting.last_meeting = Some(at("2027-01-10"));
    let quiet = summarise(&setting, &[shown(&incident(1, "police", "2027-01-05"))]);
    let said = text(&quiet, Topic::Since);
    assert_eq!(
        said,
        "Last meeting: 10 January 2027\nNo event since then is known to you."
    );
    let sources = [
        shown(&incident(1, "police", "2027-01-15")),
        shown(&plan(2, "2026-12-04", "2027-06-04")),
    ];
    let said = text(&summarise(&setting, &sources), Topic::Since);
    assert!(
        said.contains("1 new incident") && said.contains("1 measure overdue"),
        "{said}"
    );
    assert!(lines(&english(&sources), Topic::Since).is_empty());
}

#[test]
fn statutory_dates_stand_under_the_kind_of_meeting_and_keep_their_date() {
    let mut source = shown(&meeting(1, "2027-02-01", "2027-02-19"));
    source.steps = vec![meeting_step(
        2,
        "2027-02-19",
        Deed::MeetingClosed,
        closing(),
    )];
    let document = english(&[source]);
    let said = text(&document, Topic::Statutory);
    assert!(said.contains("the initial conference (if that was the meeting of 19 February 2027): First core group meeting: by 5 March 2027"), "{said}");
    assert!(said.contains("First review conference: by 19 May 2027"));
    assert!(said.contains("Next core group meeting, at the latest: by 2 April 2027; last working day before: 1 April") || said.contains("by 2 April 2027"));
    assert!(said.contains("Next review conference: by 19 August 2027"));
    assert!(!lines(&document, Topic::Statutory)[0].cites.is_empty());
}

#[test]
fn an_adults_plan_is_reviewed_within_six_weeks() {
    let mut told = plan(1, "2027-02-01", "2027-06-04");
    if let Content::SafetyPlan(plan) = &mut told.content {
        plan.people[0].role = PersonRole::AdultAtRisk;
    }
    let said = text(&english(&[shown(&told)]), Topic::Statutory);
    assert_eq!(said, "Review of the adult's plan: by 15 March 2027");
}

#[test]
fn the_closing_questions_show_how_the_last_meeting_answered_them() {
    let mut source = shown(&meeting(1, "2026-11-20", "2026-12-04"));
    source.steps = vec![meeting_step(
        2,
        "2026-12-04",
        Deed::MeetingClosed,
        closing(),
    )];
    let said = text(&english(&[source]), Topic::Closing);
    for answer in [
        "At the last close, 4 December 2026: enough information",
        "At the last close, 4 December 2026: not effective",
        "At the last close, 4 December 2026: legal advice: Cwm Derwen Council, due 15 January 2027",
    ] {
        assert!(said.contains(answer), "{answer}: {said}");
    }
}
