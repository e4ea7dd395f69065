//! What practice says never (PRACTICE, sections 3 to 5 and 10), as far as it touches the page and no other test holds it.

use diogel_domain::{
    alert::AlertTarget,
    codes::{Deed, Language},
    content::Content,
    step::MeetingRecord,
};

use super::{
    english,
    family::{
        alert, chaired, change, closing, contact, meeting, meeting_step, setting, whole_story,
    },
    shown,
};
use crate::{Rendering, Source, Topic, summarise, to_text};

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
