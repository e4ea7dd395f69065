//! What practice says never (PRACTICE, sections 3 to 5 and 10), as far as it touches the page and no other test holds it.

use diogel_domain::{
    alert::AlertTarget,
    codes::{Deed, Language, ReportedToPolice, ThreatForm},
    content::Content,
    incident::CriminalMatters,
    records::Needs,
    step::MeetingRecord,
};

use super::{
    english,
    family::{
        alert, borne_out, chaired, change, closing, contact, elin, incident, measure, meeting,
        meeting_step, needs, plan, setting, threat, whole_story,
    },
    shown,
};
use crate::{Line, Rendering, Source, Topic, summarise, to_text};

fn for_family(sources: &[Source]) -> String {
    let mut setting = setting(Language::English);
    setting.rendering = Rendering::Family {
        whom: "Siân".into(),
    };
    to_text(&summarise(&setting, sources), 10_000)
}

#[test]
fn an_address_is_never_on_the_familys_page() {
    let household = alert(1, "2027-01-01", "2027-06-01")
        .told_to_family()
        .alert_safety(|s| s.target = AlertTarget::Premises("l1".into()));
    let source = [shown(&household)];
    assert!(to_text(&english(&source), 10_000).contains("Tan-y-Berllan"));
    let page = for_family(&source);
    assert!(page.contains("about premises") && !page.contains("Tan-y-Berllan"));
}

#[test]
fn who_bears_a_change_out_or_that_nobody_does_is_never_said_to_the_family() {
    let told = change(1, "The dog lives with a cousin.", "2027-01-15", "p2").told_to_family();
    let page = for_family(&[shown(&told)]);
    assert!(page.contains("lives with a cousin") && !page.contains("confirmed by"));
}

#[test]
fn a_trend_is_never_on_the_familys_page() {
    let told = [(1, "2027-01-05"), (2, "2027-02-05"), (3, "2027-02-25")];
    let told = told.map(|(n, on)| {
        let report = threat(n, "housing", on, ThreatForm::Shouting);
        shown(&report.told_to_family())
    });
    let more_reports = "More reports may mean better reporting";
    let unwrapped = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(unwrapped(to_text(&english(&told), 10_000)).contains(more_reports));
    let page = unwrapped(for_family(&told));
    assert!(!page.contains(more_reports) && !page.contains("known to you"));
}

/// What a plan took up is one measure, whoever's it is.
#[test]
fn the_familys_page_lists_a_measure_once_and_never_whose_it_is() {
    let agreed = plan(1, "2027-01-10", "2027-06-04").told_to_family();
    let Content::SafetyPlan(own) = shown(&agreed).disclosed.content().clone() else {
        unreachable!("a plan");
    };
    let taken = own.agreed.unwrap().measures.remove(0);
    let report = incident(2, "housing", "2027-01-05").told_to_family();
    let report = report.incident(|report| report.plan = vec![taken.clone()]);
    let told = [&agreed, &report].map(|told| {
        let source = shown(told);
        let disclosed = source.disclosed.clone().for_family().unwrap();
        Source {
            disclosed,
            ..source
        }
    });
    let page = for_family(&told);
    assert_eq!(page.matches(&taken.what).count(), 1, "{page}");
    assert!(!page.contains("owner:"), "{page}");
}

#[test]
fn what_a_meeting_is_called_for_and_what_it_decided_are_never_printed() {
    let mut told = meeting(1, "2026-11-20", "2026-12-04");
    if let Content::Meeting(meeting, _) = &mut told.content {
        meeting.occasion = "OCCASION".into();
    }
    let mut source = shown(&told);
    let mut record: MeetingRecord = closing();
    record.closing.as_mut().unwrap().decided = "THE ADVICE WAS".into();
    source.steps = vec![meeting_step(2, "2026-12-04", Deed::MeetingClosed, record)];
    let page = to_text(&english(&[source]), 10_000);
    assert!(page.contains("legal advice"));
    assert!(!page.contains("OCCASION") && !page.contains("THE ADVICE WAS"));
}

#[test]
fn whom_a_worker_saw_and_the_note_of_a_contact_are_never_printed() {
    use diogel_domain::codes::ContactOutcome;
    let mut told = contact(1, "health", "2027-01-05", ContactOutcome::Kept);
    if let Content::Contact(note) = &mut told.content {
        note.note = "NOTE".into();
    }
    assert!(!to_text(&english(&[shown(&told)]), 10_000).contains("NOTE"));
}

#[test]
fn nothing_is_scored_and_nobody_is_called_safe() {
    for language in [Language::English, Language::Welsh] {
        let document = summarise(&chaired(language), &whole_story());
        let danger = document.sections.iter().find(|s| s.topic == Topic::Danger);
        for line in danger.iter().flat_map(|s| &s.lines) {
            assert!(!line.text.contains("safe") && !line.text.contains("ddiogel"));
        }
        let said = document.sections.iter().flat_map(|s| &s.lines);
        for line in said {
            let text = line.text.to_lowercase();
            assert!(
                !text.contains("score") && !text.contains("risk level"),
                "{text}"
            );
        }
    }
}

#[test]
fn what_stands_on_a_page_about_many_events_stays_in_order_and_each_is_cited_once_in_the_key() {
    let sources: Vec<Source> = (0..500_u32)
        .map(|n| {
            let mut source = shown(&change(1, "A change.", "2027-01-15", "p2"));
            let random = [n.to_be_bytes(), [0; 4]].concat();
            let mut entropy = [0_u8; 10];
            entropy[..8].copy_from_slice(&random);
            source.event_id = diogel_domain::ids::EventId::from_parts(u64::from(n), &entropy);
            source
        })
        .collect();
    let document = english(&sources);
    assert_eq!(document.key.len(), 500);
    let shuffled: Vec<Source> = sources.into_iter().rev().collect();
    assert_eq!(english(&shuffled), document);
}

#[test]
fn the_familys_page_never_says_which_agencies_have_a_part_in_the_plan_or_attend() {
    let told = plan(1, "2027-01-06", "2027-06-04").told_to_family();
    let late = incident(2, "social-care", "2026-09-01")
        .told_to_family()
        .incident(|r| r.plan = vec![measure("Lock changed", "housing", "2026-10-01")]);
    let source = [shown(&told), shown(&late)];
    let chair = to_text(&english(&source), 10_000);
    let page = for_family(&source);
    assert!(page.contains("Back door repaired: due 19 March 2027"));
    for agency in ["Derwen Homes", "Health Board", "health visitor"] {
        assert!(chair.contains(agency) && !page.contains(agency), "{agency}");
    }
}

#[test]
fn who_bears_a_report_out_and_who_told_the_police_is_never_said_to_the_family() {
    let told = incident(1, "social-care", "2027-01-06")
        .told_to_family()
        .narrative(|n| {
            n.worries = "Who opens the door?".into();
            n.corroborated_by = vec![borne_out("warden", "housing")];
        })
        .incident(|r| r.criminal = Some(told_the_police()));
    let source = [shown(&told)];
    let chair = to_text(&english(&source), 10_000);
    let page = for_family(&source);
    assert!(page.contains("Who opens the door?"));
    for said in ["warden", "reported to the police"] {
        assert!(chair.contains(said) && !page.contains(said), "{said}");
    }
}

fn told_the_police() -> CriminalMatters {
    CriminalMatters {
        grade: None,
        reported_to_police: Some(ReportedToPolice::Yes),
        reason: String::new(),
        police_reference: String::new(),
        reported_at: None,
    }
}

#[test]
fn what_somebody_mourns_and_whom_an_agency_asked_is_never_on_the_familys_page() {
    let given = Needs {
        dress: "headscarf".into(),
        bereavement: "her father".into(),
        advice_sought: "a mosque".into(),
        ..Needs::default()
    };
    let told = needs(1, "2027-01-06", elin(), given).told_to_family();
    let source = [shown(&told)];
    assert!(to_text(&english(&source), 10_000).contains("her father"));
    let page = for_family(&source);
    assert!(page.contains("headscarf") && !page.contains("her father"));
    assert!(!page.contains("advice"));
}

#[test]
fn nothing_on_the_familys_page_tells_that_lines_are_missing() {
    let mut setting = chaired(Language::English);
    setting.rendering = Rendering::Family {
        whom: "Siân".into(),
    };
    let page = to_text(&summarise(&setting, &whole_story()), 10_000);
    for gap in ["DON'T READ OUT", "CHAIR ONLY", "not shown", "unread"] {
        assert!(!page.contains(gap), "{gap}: {page}");
    }
}

#[test]
fn nothing_is_quoted_that_no_event_says() {
    let document = summarise(&chaired(Language::English), &whole_story());
    let said = document.sections.iter().flat_map(|s| &s.lines);
    let quoted: Vec<&Line> = said.filter(|line| line.text.contains('“')).collect();
    assert!(quoted.len() > 5);
    for line in quoted {
        let fixed = line.cites.is_empty() && line.text.contains("frozen watchfulness");
        assert!(fixed || !line.cites.is_empty(), "{}", line.text);
    }
}
