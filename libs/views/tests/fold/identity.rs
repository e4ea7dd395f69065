//! People and places, as one reader may find them: strong identifiers link, through what that reader may see, and nothing else.

use diogel_domain::{content::Content, ids::EventId, people::Person};
use diogel_sharing::groups::{FieldGroup, Groups};

use crate::given::{
    Story,
    content::{born, danger, incident, local, person, place, report, uprn},
    only, to,
    views::{Eyes, Shared, eyes, folded},
};

fn tell(story: &mut Story, whom: &[&str], people: Vec<Person>) -> EventId {
    story.publishes("police", to(whom), &[], incident(people))
}

fn person_id(eyes: &Eyes<'_>, reference: &str) -> Option<String> {
    eyes.about(&[local(reference)]).reader_person_id
}

fn health(story: &Story) -> (diogel_views::Folded<Shared>, diogel_domain::times::Moment) {
    (folded(&story.inputs), story.now)
}

#[test]
fn the_same_strong_identifier_links_and_nothing_else_does() {
    let mut story = Story::begins();
    let first = tell(&mut story, &["health"], vec![person("p1", &["T-1", "T-2"])]);
    let second = tell(&mut story, &["health"], vec![person("p1", &["T-2", "T-3"])]);
    // Same name, same event as somebody, same address: none of it makes one person of two.
    let named = vec![person("p1", &["T-9"]), person("p2", &["T-1"])];
    let report = danger(named, vec![place("l1", "100")]);
    let third = story.publishes("police", to(&["health"]), &[], report);
    let (views, now) = health(&story);
    let eyes = eyes(&views, "health", now);
    assert_eq!(eyes.events_about(&[local("T-3")]), [third, second, first]);
    assert_eq!(eyes.events_about(&[local("T-9")]), [third]);
    let about = eyes.about(&[local("T-9")]);
    assert_eq!(
        about.items[0].1,
        ["p1"],
        "the label of whom was asked for, nobody else's"
    );
}

#[test]
fn a_link_goes_only_through_what_the_reader_may_see() {
    let mut story = Story::begins();
    let first = tell(
        &mut story,
        &["health", "housing"],
        vec![person("p1", &["T-1"])],
    );
    tell(
        &mut story,
        &["housing"],
        vec![person("p1", &["T-1", "T-2"])],
    );
    let without_identity = only(
        &["health"],
        Groups::ALL.without(Groups::NONE.with(FieldGroup::Identity)),
    );
    let nameless = incident(vec![person("p1", &["T-1", "T-2"])]);
    story.publishes("police", without_identity, &[], nameless);
    let third = tell(
        &mut story,
        &["health", "housing"],
        vec![person("p1", &["T-2"])],
    );
    let (views, now) = health(&story);
    assert_eq!(
        eyes(&views, "health", now).events_about(&[local("T-1")]),
        [first]
    );
    assert_eq!(
        eyes(&views, "health", now).events_about(&[local("T-2")]),
        [third]
    );
    assert_eq!(
        eyes(&views, "housing", now)
            .events_about(&[local("T-1")])
            .len(),
        3
    );
}

#[test]
fn a_link_goes_when_what_it_rested_on_goes() {
    let mut story = Story::begins();
    let first = tell(&mut story, &["health"], vec![person("p1", &["T-1"])]);
    let link = tell(&mut story, &["health"], vec![person("p1", &["T-1", "T-2"])]);
    tell(&mut story, &["health"], vec![person("p1", &["T-2"])]);
    story.corrects("police", to(&["health"]), link, None);
    let (views, now) = health(&story);
    assert_eq!(
        eyes(&views, "health", now).events_about(&[local("T-1")]),
        [first]
    );
}

#[test]
fn a_conflict_of_birth_dates_keeps_two_people_apart() {
    let mut story = Story::begins();
    let told = |story: &mut Story, references: &[&str], day: &str| {
        tell(
            story,
            &["health"],
            vec![born(person("p1", references), day)],
        )
    };
    // One reference was given to two people by mistake.
    let ann = told(&mut story, &["T-1"], "2001-01-01");
    let both = told(&mut story, &["T-1", "T-2"], "2001-01-01");
    let ben = told(&mut story, &["T-2"], "2010-10-10");
    let ben_too = told(&mut story, &["T-2", "T-3"], "2010-10-10");
    let (views, now) = health(&story);
    let eyes = eyes(&views, "health", now);
    assert_eq!(eyes.events_about(&[local("T-1")]), [both, ann]);
    assert_eq!(eyes.events_about(&[local("T-3")]), [ben_too, ben]);
    // Whoever asks for the reference itself is told everything that was said under it.
    let all = eyes.events_about(&[local("T-2")]);
    assert!([both, ben, ben_too].iter().all(|event| all.contains(event)));
}

#[test]
fn a_birth_date_counts_also_where_it_brings_no_new_identifier() {
    let mut story = Story::begins();
    tell(
        &mut story,
        &["health"],
        vec![born(person("p1", &["T-1"]), "2001-01-01")],
    );
    tell(
        &mut story,
        &["health"],
        vec![born(person("p1", &["T-1", "T-2"]), "2002-02-02")],
    );
    let other = tell(
        &mut story,
        &["health"],
        vec![born(person("p1", &["T-2"]), "2002-02-02")],
    );
    let (views, now) = health(&story);
    assert!(
        !eyes(&views, "health", now)
            .events_about(&[local("T-1")])
            .contains(&other)
    );
}

#[test]
fn several_people_asked_for_at_once_do_not_stand_in_each_others_way() {
    let mut story = Story::begins();
    tell(
        &mut story,
        &["health"],
        vec![born(person("p1", &["T-1"]), "1980-01-01")],
    );
    tell(
        &mut story,
        &["health"],
        vec![born(person("p1", &["T-2", "T-3"]), "2015-05-05")],
    );
    let alone = tell(
        &mut story,
        &["health"],
        vec![born(person("p1", &["T-3"]), "2015-05-05")],
    );
    let (views, now) = health(&story);
    let eyes = eyes(&views, "health", now);
    for asked in [["T-1", "T-2"], ["T-2", "T-1"]] {
        let found = eyes.events_about(&asked.map(local));
        assert_eq!(found.len(), 3);
        assert_eq!(
            found[0], alone,
            "found through T-2, whoever else was asked for"
        );
    }
}

#[test]
fn a_uprn_finds_but_never_links() {
    let mut story = Story::begins();
    let at = |reference| {
        let mut somebody = person("p1", &[reference]);
        somebody
            .identity
            .as_mut()
            .unwrap()
            .identifiers
            .push(uprn("100"));
        somebody
    };
    let first = tell(&mut story, &["health"], vec![at("T-1")]);
    let second = tell(&mut story, &["health"], vec![at("T-2")]);
    let (views, now) = health(&story);
    let eyes = eyes(&views, "health", now);
    assert_eq!(eyes.events_about(&[local("T-1")]), [first]);
    assert!(eyes.events_about(&[uprn("100")]).is_empty());
    let shown = eyes.see(first).unwrap().disclosed.unwrap();
    let identity = shown.content().people()[0].identity.as_ref().unwrap();
    assert_eq!(identity.identifiers, [local("T-1")]);
    // Where somebody lives is a place: it finds for those who may know both.
    let told = [at("T-1"), at("T-2")].map(|somebody| {
        let content = incident(vec![somebody]);
        story.publishes("police", only(&["health"], Groups::ALL), &[], content)
    });
    let (views, now) = health(&story);
    let eyes = crate::given::views::eyes(&views, "health", now);
    assert_eq!(eyes.events_about(&[local("T-1")]), [told[0], first]);
    assert_eq!(eyes.events_about(&[local("T-2")]), [told[1], second]);
    assert_eq!(eyes.events_about(&[uprn("100")]), [told[1], told[0]]);
}

#[test]
fn a_persons_id_is_the_readers_own_and_stable() {
    let mut story = Story::begins();
    tell(
        &mut story,
        &["health", "housing"],
        vec![person("p1", &["T-1", "T-2"])],
    );
    let (views, now) = health(&story);
    let (one, other) = (eyes(&views, "health", now), eyes(&views, "housing", now));
    let id = person_id(&one, "T-1").unwrap();
    assert_ne!(Some(&id), person_id(&other, "T-1").as_ref());
    assert_eq!(
        Some(&id),
        person_id(&one, "T-2").as_ref(),
        "by whichever identifier"
    );
    // An identifier that nothing is known by makes no difference, wherever it stands.
    for unknown in ["T-7", "T-8", "T-9", "T-10"] {
        for asked in [[unknown, "T-1"], ["T-1", unknown]] {
            assert_eq!(
                one.about(&asked.map(local)).reader_person_id.as_ref(),
                Some(&id)
            );
        }
        assert_eq!(person_id(&one, unknown), None);
    }
    story.days_pass(9);
    tell(&mut story, &["health"], vec![person("p1", &["T-1"])]);
    let later = folded(&story.inputs);
    assert_eq!(
        person_id(&eyes(&later, "health", story.now), "T-1"),
        Some(id)
    );
}

#[test]
fn a_place_is_nobody() {
    let mut story = Story::begins();
    let report = danger(vec![person("p1", &["T-1"])], vec![place("l1", "100")]);
    story.publishes("police", only(&["health"], Groups::ALL), &[], report);
    let views = folded(&story.inputs);
    let about = eyes(&views, "health", story.now).about(&[uprn("100")]);
    assert_eq!((about.items.len(), about.reader_person_id), (1, None));
}

#[test]
fn a_label_is_found_as_it_was_written() {
    let mut story = Story::begins();
    let people = vec![person("p1", &["T-1"]), person("p01", &["T-2"])];
    let content = Content::Incident(report(people, "two of them"));
    story.publishes("police", to(&["health"]), &[], content);
    let views = folded(&story.inputs);
    let eyes = eyes(&views, "health", story.now);
    assert_eq!(eyes.about(&[local("T-1")]).items[0].1, ["p1"]);
    assert_eq!(eyes.about(&[local("T-2")]).items[0].1, ["p01"]);
}
