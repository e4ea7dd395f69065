//! A change of the rules on its way through what was published before it: what others do meanwhile doesn't show by it (P6).

use diogel_domain::{codes::InvolvedWhen, ids::EventId};
use diogel_sharing::audience::{Audience, Recipient};
use diogel_views::rows::ChangeKind;

use crate::given::{
    PROTOCOL, Story,
    content::local,
    deeds::{granted, narrow},
    to,
    views::{Eyes, Shared, empty, eyes, sweep},
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

/// Everything again, as from the beginning.
fn third() -> String {
    let all = PROTOCOL.replace("version = 1", "version = 3");
    all.replace("review_by", "reaches_back_to = \"2026-01-01\"\nreview_by")
}

/// What a reader finds amid a change that takes something away and one that gives it back, of an item that the charity, which is
/// hidden from it, touches between the two, and of one that nobody touches; and once both are carried through.
fn finds<T: PartialEq + std::fmt::Debug>(
    tells: impl Fn(&mut Story) -> EventId,
    second: &str,
    reader: &str,
    found: impl Fn(&Eyes) -> T,
) -> T {
    let [touched, alone] = [true, false].map(|is_touched| {
        let mut story = Story::begins();
        tells(&mut story);
        story.agree(second);
        if is_touched {
            // Hidden from everybody: its claim touches what was reported, its report what was claimed.
            story.claims("charity", &["T-1"], false);
            story.reports("charity", Audience::originator_only());
        }
        story.agree(&third());
        let views = empty(Shared::default());
        views.fold(&story.inputs).unwrap();
        let reader = eyes(&views, reader, story.now);
        let amid = found(&reader);
        sweep(&views);
        assert_eq!(found(&reader), amid);
        amid
    });
    assert_eq!(touched, alone);
    alone
}

#[test]
fn p6_what_others_do_with_an_item_doesnt_show_in_who_is_found() {
    let tells = |story: &mut Story| story.reports("police", to(&["housing"]));
    let second = PROTOCOL.replace("version = 1", "version = 2");
    let anonymous = second.replace("\"identity\", ", "");
    let found = finds(tells, &anonymous, "housing", |housing| {
        let about = housing.about(&[local("T-1")]);
        (about.items.len(), about.reader_person_id.is_some())
    });
    assert_eq!(found, (1, true));
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
    let second = PROTOCOL.replace("version = 1", "version = 2");
    let without = second.replace("\"incident\", ", "");
    let found = finds(tells, &without, "housing", |housing| {
        let findings = housing.check(&[local("T-1")]).into_iter();
        let precautions = findings.map(|finding| (finding.source, finding.precautions.len()));
        precautions.collect::<Vec<_>>()
    });
    assert_eq!(found, [(None, 1)]);
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

#[test]
fn p6_what_others_do_with_a_claim_doesnt_show_to_who_led_and_leads_again() {
    let tells = |story: &mut Story| story.claims("health", &["T-1"], false);
    let second = PROTOCOL.replace("version = 1", "version = 2");
    let others = second.replace("sector:social-care", "sector:police");
    let found = |of: &Eyes| of.list().len();
    assert_eq!(finds(tells, &others, "social-care", found), 1);
}
