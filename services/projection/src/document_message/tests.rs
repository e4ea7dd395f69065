//! Nothing that a page shows is lost on the way.

use diogel_contract::v1;
use diogel_domain::{
    codes::{FamilyHandling, Language, Purpose},
    ids::{AgencyId, EventId},
    times::{Day, Moment},
};
use diogel_summary::{
    Cited, Document, Mark, PointKind, Rendering, Setting, Table, Timeline, summarise,
};

use super::message;

/// A page for Ceri in Welsh; its first line cites an event and is marked, in a table and on a timeline too.
fn document() -> Document {
    let setting = Setting {
        reader: AgencyId::new("police").unwrap(),
        attending: Vec::new(),
        others_present: Vec::new(),
        names: [].into(),
        made_at: Moment(1_804_064_400_500_000),
        policies: [].into(),
        meeting_on: None,
        last_meeting: None,
        agencies: Vec::new(),
        purpose: Purpose::MultiAgencyMeeting,
        rendering: Rendering::Family {
            whom: "Ceri".into(),
        },
        language: Language::Welsh,
    };
    let mut document = summarise(&setting, &[]);
    let event_id = EventId([7; 16]);
    document.key.push(Cited {
        event_id,
        short: "0707".into(),
        agency: "Heddlu".into(),
        published: "1 Mawrth 2027".into(),
        family: FamilyHandling::Yes,
    });
    let section = &mut document.sections[0];
    section.lines[0].cites = vec![event_id];
    section.lines[0].marks.insert(Mark::DontReadOut);
    let line = section.lines[0].clone();
    let header = vec!["Asiantaeth".into()];
    section.table = Some(Table::new("Tabl", header, vec![vec![line.clone()]]));
    let points = vec![(Day(20_000), PointKind::Alert, line)];
    document.timeline = Timeline::new(Language::Welsh, "Pryd", "Rhybudd", points);
    document
}

fn said(text: Option<&v1::DocumentText>) -> String {
    let spans = text.into_iter().flat_map(|t| &t.spans);
    spans.map(|span| span.text.as_str()).collect()
}

#[test]
fn every_line_goes_with_its_words_events_and_marks() {
    let document = document();
    let message = message(&document);
    assert_eq!(message.sections.len(), document.sections.len());
    for (sent, made) in message.sections.iter().zip(&document.sections) {
        assert_eq!(sent.heading, made.heading);
        let sent = sent.lines.iter().map(|l| said(l.text.as_ref()));
        assert!(sent.eq(made.lines.iter().map(|l| l.text.to_string())));
    }
    let section = &message.sections[0];
    let cell = &section.table.as_ref().unwrap().rows[0].cells[0];
    let point = &message.timeline.as_ref().unwrap().points[0];
    for line in [&section.lines[0], cell, point.what.as_ref().unwrap()] {
        assert_eq!(line.cites, [1]);
        assert_eq!(line.marks, ["PEIDIWCH Â DARLLEN YN UCHEL"]);
        assert!(!said(line.text.as_ref()).is_empty());
    }
    assert_eq!(point.kind(), v1::TimelineKind::Alert);
    assert_eq!((&*point.day, &*point.date), ("2024-10-04", "4 Hydref 2024"));
}

#[test]
fn what_stands_on_every_page_and_around_the_lines_goes_too() {
    let message = message(&document());
    assert_eq!(message.language, "cy");
    assert_eq!(message.made_at.unwrap().seconds, 1_804_064_400);
    let page = message.every_page.unwrap();
    assert_eq!(said(page.rendering.as_ref()), "I'R TEULU: Ceri");
    let spans = page.rendering.unwrap().spans;
    assert!(!spans[0].written && spans[1].written);
    assert_eq!(said(page.recipient.as_ref()), "Ceri");
    let labels = message.labels.unwrap();
    assert_eq!((&*labels.page, &*labels.of), ("tudalen", "o"));
    let event = &message.key[0];
    assert_eq!(event.event_id, "07070707-0707-0707-0707-070707070707");
    // They know what they are told.
    assert_eq!(event.family, "");
}
