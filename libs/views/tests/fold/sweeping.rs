//! A change of the rules on its way through what was published before it: what others do meanwhile doesn't show by it (P6).

use diogel_domain::{
    board::{BoardEvent, KeyWithdrawn},
    codes::InvolvedWhen,
    ids::EventId,
};
use diogel_sharing::audience::{Audience, Recipient};
use diogel_views::rows::ChangeKind;

use crate::given::{
    PROTOCOL, Story, agency,
    content::local,
    deeds::{granted, narrow},
    to,
    views::{Eyes, Shared, empty, eyes, folded, sweep},
};

/// Two events of police's, then a version that reaches back to what the first one ended.
fn two_events_between_versions() -> (Story, [EventId; 2]) {
    let mut story = Story::begins();
    let audience = to(&["health", "housing"]);
    let none = PROTOCOL
        .replace("version = 1", "version = 2")
        .replace("\"incident\", ", "");
    story.agree(&none);
    let events = [0, 1].map(|_| story.reports("police", audience.clone()));
    story.agree(&third());
    (story, events)
}

/// A later version, with something else in it.
fn version(number: u8, instead: &str, of: &str) -> String {
    let text = PROTOCOL.replace("version = 1", &format!("version = {number}"));
    assert!(text.contains(of));
    text.replace(of, instead)
}

/// Everything again, as from the beginning.
fn third() -> String {
    version(
        3,
        "reaches_back_to = \"2026-01-01\"\nreview_by",
        "review_by",
    )
}

/// What a reader finds amid changes of the rules and once they are carried through, of an item that others, whom it may not see,
/// touch after the first change, and of one that nobody touches: the same.
fn finds<T: PartialEq + std::fmt::Debug>(
    tells: impl Fn(&mut Story) -> EventId,
    versions: &[String],
    reader: &str,
    found: impl Fn(&Eyes, EventId) -> T,
) -> [T; 2] {
    let [touched, alone] = [true, false].map(|is_touched| {
        let mut story = Story::begins();
        let event = tells(&mut story);
        for (number, version) in versions.iter().enumerate() {
            story.agree(version);
            if is_touched && number == 0 {
                // Hidden from everybody: its claim touches what was reported, its report what was claimed.
                story.claims("charity", &["T-1"], false);
                story.reports("charity", Audience::originator_only());
            }
        }
        let views = empty(Shared::default());
        views.fold(&story.inputs).unwrap();
        let amid = found(&eyes(&views, reader, story.now), event);
        sweep(&views);
        [amid, found(&eyes(&views, reader, story.now), event)]
    });
    assert_eq!(touched, alone);
    alone
}

/// Precautions that are found without their story.
fn at_the_door(eyes: &Eyes) -> usize {
    let findings = eyes.check(&[local("T-1")]);
    findings.iter().filter(|f| f.source.is_none()).count()
}

#[test]
fn p6_what_others_do_with_an_item_doesnt_show_in_who_is_found() {
    let tells = |story: &mut Story| story.reports("police", to(&["housing"]));
    let anonymous = version(2, "", "\"identity\", ");
    let found = finds(tells, &[anonymous, third()], "housing", |housing, _| {
        let about = housing.about(&[local("T-1")]);
        (about.items.len(), about.reader_person_id.is_some())
    });
    assert_eq!(found, [(1, true); 2]);
}

#[test]
fn p6_what_others_do_with_an_item_doesnt_show_at_the_door() {
    let tells = |story: &mut Story| {
        story.warns(
            "police",
            granted(Recipient::Involved(InvolvedWhen::WhileInvolved)),
        );
        story.claims("housing", &["T-1"], false)
    };
    let without = version(2, "", "\"incident\", ");
    let found = finds(tells, &[without, third()], "housing", |h, _| at_the_door(h));
    assert_eq!(found, [1, 1]);
}

#[test]
fn p6_a_door_that_a_change_of_the_rules_opens_opens_with_the_rest() {
    let tells = |story: &mut Story| {
        story.claims("housing", &["T-1"], false);
        story.warns("police", to(&["housing"]))
    };
    let involved = version(2, "condition = \"involved\"\nreview_by", "review_by");
    let found = finds(tells, &[involved], "housing", |h, _| at_the_door(h));
    assert_eq!(found, [0, 1]);
}

#[test]
fn p6_what_others_do_with_a_claim_doesnt_show_to_who_led_and_leads_again() {
    let tells = |story: &mut Story| story.claims("health", &["T-1"], false);
    let others = version(2, "sector:police", "sector:social-care");
    let found = finds(tells, &[others, third()], "social-care", |of, _| {
        of.list().len()
    });
    assert_eq!(found, [1, 1]);
}

#[test]
fn p6_what_waits_for_the_sweep_hides_nobody_from_the_originator() {
    let tells = |story: &mut Story| {
        let event = story.reports("police", to(&["health"]));
        story.acknowledges("health", event);
        event
    };
    let less = version(2, "", "\"narrative\", ");
    let found = finds(tells, &[less], "police", |police, event| {
        let Eyes { views, reader } = police;
        let seen = police.see(event).unwrap();
        let known = views.known_to(reader, &seen).unwrap().into_iter();
        let health = known.filter(|known| known.agency == agency("health"));
        let readers = views.known_readers(reader, event).unwrap().unwrap();
        let told = health.map(|known| (known.acknowledged.is_some(), known.held.len()));
        (
            told.collect::<Vec<_>>(),
            readers.may_have_asked(&agency("health"), reader.now()),
        )
    });
    let all = (vec![(true, 2)], true);
    assert_eq!(found, [all.clone(), all]);
}

#[test]
fn p6_a_withdrawn_key_tells_who_was_told_of_an_event_and_nobody_who_waits() {
    let told = [true, false].map(|is_touched| {
        let (mut story, [one, other]) = two_events_between_versions();
        if is_touched {
            story.acknowledges("police", other);
            story.claims("charity", &["T-1"], false);
        }
        story.board(BoardEvent::KeyWithdrawn(KeyWithdrawn {
            agency: agency("police"),
            last_good_epoch: 1,
            last_good_seq: 1,
            last_good_hash: [0; 32],
            next_key: [2; 32],
        }));
        let views = empty(Shared::default());
        views.fold(&story.inputs).unwrap();
        let health = eyes(&views, "health", story.now);
        let amid = health.changes(&story);
        sweep(&views);
        assert!(health.see(one).is_some() && health.see(other).is_some());
        (amid, health.changes(&story))
    });
    assert_eq!(told[0], told[1]);
    assert!(told[1].0.is_empty());
}

#[test]
fn p6_a_flow_that_becomes_valid_reaches_back_for_nothing_that_somebody_touches_alone() {
    let found = [true, false].map(|is_touched| {
        let mut story = Story::begins();
        let event = story.reports("police", to(&["health"]));
        let later = version(2, "2026-06-15", "2026-01-01");
        story.agree(&later.replace("review_by", "reaches_back_to = \"2026-01-01\"\nreview_by"));
        story.days_pass(30);
        if is_touched {
            story.claims("charity", &["T-1"], false);
        }
        let views = folded(&story.inputs);
        eyes(&views, "health", story.now).see(event).is_some()
    });
    assert_eq!(found[0], found[1]);
}

#[test]
fn p6_what_others_do_with_an_item_doesnt_bring_it_to_a_reader_before_the_rest() {
    let (mut story, [one, other]) = two_events_between_versions();
    story.acknowledges("housing", other);
    story.shares("police", other, narrow(&["housing"]), None);
    let views = empty(Shared::default());
    views.fold(&story.inputs).unwrap();
    let health = eyes(&views, "health", story.now);
    assert!(health.see(one).is_none() && health.see(other).is_none());
    assert!(health.changes(&story).is_empty());
    sweep(&views);
    let told = [(1, one, ChangeKind::Shown), (2, other, ChangeKind::Shown)];
    assert_eq!(health.changes(&story), told);
    assert!(health.see(other).is_some());
    let housing = eyes(&views, "housing", story.now);
    assert!(housing.see(one).is_some() && housing.see(other).is_none());
}

#[test]
fn whoever_is_told_something_else_of_an_item_is_told_first_what_the_rules_made_of_it() {
    let (mut story, [one, other]) = two_events_between_versions();
    story.corrects("police", to(&["health"]), other, None);
    let views = empty(Shared::default());
    views.fold(&story.inputs).unwrap();
    sweep(&views);
    let health = eyes(&views, "health", story.now);
    let told: Vec<_> = health.changes(&story);
    let of = |event| told.iter().filter(move |t| t.1 == event).map(|t| t.2);
    let both = [ChangeKind::Shown, ChangeKind::Changed];
    assert_eq!(of(other).collect::<Vec<_>>(), both);
    assert_eq!(of(one).collect::<Vec<_>>(), [ChangeKind::Shown]);
}
