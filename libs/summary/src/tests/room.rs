//! The chair's page beside the room's, and the family's page.

use super::{
    family::{agency, escalation, incident, setting, threat},
    lines, shown, text,
};
use crate::{
    Document, Line, LineKind, Mark, Rendering, Room, Setting, Source, Topic, summarise,
    summarise_for_chair,
};
use diogel_domain::codes::{DirectedAt, FamilyHandling, Language, ThreatForm};

/// A threat that the school knows whole and the health board not at all, one that both know, and one that neither knows.
fn told() -> [super::Told; 3] {
    [
        threat(1, "police", "2027-01-05", ThreatForm::Shouting),
        threat(2, "housing", "2027-01-20", ThreatForm::Throwing),
        threat(3, "police", "2027-02-01", ThreatForm::Swearing),
    ]
}

fn seen(who: &[usize]) -> Vec<Source> {
    let told = told();
    let seen = told.iter().enumerate().filter(|(i, _)| who.contains(i));
    seen.map(|(_, told)| shown(told)).collect()
}

fn at_the_table() -> Setting {
    Setting {
        attending: ["education", "health"].map(agency).into(),
        ..setting(Language::English)
    }
}

fn chairs() -> Document {
    let room = Room {
        everybody: seen(&[1]),
        each: vec![
            (agency("education"), seen(&[0, 1])),
            (agency("health"), seen(&[1])),
        ],
    };
    summarise_for_chair(&at_the_table(), &seen(&[0, 1, 2]), &room)
}

fn kept_from(document: &Document, what: &str) -> String {
    let lines = lines(document, Topic::Hostility);
    let line = lines
        .into_iter()
        .find(|line| line.text.to_lowercase().contains(what));
    letters(line.unwrap())
}

fn letters(line: &Line) -> String {
    line.kept_from.iter().map(|kept| kept.letter).collect()
}

#[test]
fn the_chair_sees_because_of_whom_the_rooms_page_lacks_a_line() {
    let document = chairs();
    assert_eq!(kept_from(&document, "shouting"), "B");
    assert!(kept_from(&document, "objects").is_empty());
    assert_eq!(kept_from(&document, "swearing"), "AB");
    let page = crate::to_text(&document, 200);
    assert!(page.contains("A Oak Tree School, B Health Board"), "{page}");
    assert!(page.contains("** NOT FOR THE ROOM: B **"), "{page}");
}

#[test]
fn the_chair_sees_how_much_would_return_if_whom_left() {
    let document = chairs();
    let lines = document.every_line();
    let alone = lines.filter(|line| letters(line) == "B");
    let count = alone.count();
    assert!(count > 0);
    let room = text(&document, Topic::Room);
    assert!(
        room.contains("would return if this agency left: B Health Board"),
        "{room}"
    );
    // What both keep away returns by neither leaving alone.
    assert!(!room.contains("Oak Tree School"), "{room}");
}

#[test]
fn with_nobody_whose_leaving_would_change_the_page_nothing_is_marked() {
    let room = Room {
        everybody: seen(&[0, 1, 2]),
        each: vec![(agency("health"), seen(&[0, 1, 2]))],
    };
    let setting = Setting {
        attending: vec![agency("health")],
        ..setting(Language::English)
    };
    let document = summarise_for_chair(&setting, &seen(&[0, 1, 2]), &room);
    assert!(document.every_line().all(|line| line.kept_from.is_empty()));
    assert!(lines(&document, Topic::Room).is_empty());
}

#[test]
fn an_interpreter_holds_no_groups_the_chair_is_warned_and_the_page_isnt_emptied() {
    let with = |others: &[&str]| {
        let others_present = others.iter().map(|who| (*who).to_owned()).collect();
        let setting = Setting {
            others_present,
            ..at_the_table()
        };
        let everybody = seen(&[1]);
        let room = Room {
            everybody: everybody.clone(),
            each: Vec::new(),
        };
        let chair = summarise_for_chair(&setting, &everybody, &room);
        (
            chair,
            summarise(
                &Setting {
                    rendering: Rendering::Professionals,
                    ..setting
                },
                &everybody,
            ),
        )
    };
    let (warned, page) = with(&["interpreter (Polish)", " "]);
    let room = text(&warned, Topic::Room);
    assert_eq!(
        room,
        "Also in the room: interpreter (Polish). The page wasn't narrowed for them: mind what is said."
    );
    assert_eq!(page, with(&[]).1);
    assert!(lines(&page, Topic::Room).is_empty());
}

#[test]
fn where_domestic_abuse_is_recorded_the_chair_is_asked_about_separate_attendance_and_nobody_else() {
    let at_partner = threat(1, "police", "2027-01-05", ThreatForm::Shouting)
        .safety(|s| s.directed_at = vec![DirectedAt::Partner])
        .told_to_family();
    let sources = [shown(&at_partner)];
    let room = Room {
        everybody: sources.to_vec(),
        each: Vec::new(),
    };
    let chair = summarise_for_chair(&at_the_table(), &sources, &room);
    let asked = lines(&chair, Topic::Room);
    assert!(asked[0].text.starts_with("Domestic abuse is recorded"));
    assert!(asked[0].marks.contains(&Mark::DontReadOut));
    for rendering in [
        Rendering::Professionals,
        Rendering::Family {
            whom: "Siân".into(),
        },
    ] {
        let setting = Setting {
            rendering,
            ..at_the_table()
        };
        let page = crate::to_text(&summarise(&setting, &sources), 200);
        assert!(!page.contains("Domestic abuse"), "{page}");
    }
}

#[test]
fn what_each_agency_may_say_before_the_family_is_said_event_by_event() {
    let ask = {
        let mut source = shown(&incident(2, "health", "2027-01-06"));
        source.family = FamilyHandling::AskOriginator;
        source
    };
    let sources = [
        shown(&incident(1, "police", "2027-01-05").told_to_family()),
        ask,
        shown(&incident(3, "housing", "2027-01-07")),
    ];
    let room = Room {
        everybody: sources.to_vec(),
        each: Vec::new(),
    };
    let document = summarise_for_chair(&at_the_table(), &sources, &room);
    let said = lines(&document, Topic::BeforeTheFamily);
    let said: Vec<(&str, usize)> = said.iter().map(|l| (&*l.text, l.cites.len())).collect();
    assert_eq!(
        said,
        [
            ("Health Board: only after asking the originator:", 1),
            ("Derwen Homes: nothing", 0),
            ("Police: may say:", 1),
        ]
    );
}

#[test]
fn what_is_for_the_chair_alone_is_never_counted_as_kept_from_somebody() {
    let sources = [shown(&escalation(1, "2027-02-01"))];
    let room = Room {
        everybody: Vec::new(),
        each: vec![(agency("health"), Vec::new())],
    };
    let document = summarise_for_chair(&at_the_table(), &sources, &room);
    let line = lines(&document, Topic::Disagreements)[0];
    assert!(line.marks.contains(&Mark::ChairOnly) && line.kept_from.is_empty());
}

#[test]
fn the_family_page_is_theirs_in_plain_words_and_says_what_they_may_do() {
    let threat = threat(1, "housing", "2027-01-05", ThreatForm::Animal)
        .narrative(|n| n.worries = "A loose dog can hurt a child.".into())
        .told_to_family();
    let setting = Setting {
        rendering: Rendering::Family {
            whom: "Siân".into(),
        },
        ..at_the_table()
    };
    let document = summarise(&setting, &[shown(&threat)]);
    let page = crate::to_text(&document, 200);
    for said in [
        "FOR THE FAMILY: Siân",
        "Your meeting",
        "Worries",
        "Why: “A loose dog can hurt a child.”",
        "What is going well? Please tell us.",
        "What happened? What would help?",
        "You may complain.",
    ] {
        assert!(page.contains(said), "{said}: {page}");
    }
    for never in ["Attending", "Cwm Derwen Council"] {
        assert!(!page.contains(never), "{never}: {page}");
    }
    let headings = document.every_line().filter(|l| l.kind != LineKind::Point);
    assert_eq!(headings.count(), 0);
}
