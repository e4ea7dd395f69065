//! Narrowing is immediate: rows still hold the groups, and nobody gets them.

use diogel_domain::{
    board::BoardEvent,
    content::Content,
    content::ReferenceRole,
    effect::{Effect, Reason},
    ids::EventId,
    times::Moment,
};
use diogel_sharing::groups::FieldGroup;
use diogel_views::rows::FoldOutcome;

use crate::given::{
    PROTOCOL, Story, agency,
    content::{alert_about, local, person},
    to,
    views::{Eyes, eyes, folded, newest, outcomes},
};

/// An incident and an alert on it, to health.
fn given() -> (Story, [EventId; 2]) {
    let mut story = Story::begins();
    let report = crate::given::content::incident(vec![person("p1", &["T-1"])]);
    let incident = story.publishes("police", to(&["health"]), &[], report);
    let rests = [(incident, ReferenceRole::RestsOn)];
    let alert = Content::HazardAlert(alert_about(vec![person("p1", &["T-1"])]));
    let alert = story.publishes("police", to(&["health"]), &rests, alert);
    (story, [incident, alert])
}

fn sees_everything(eyes: &Eyes<'_>, events: [EventId; 2]) {
    assert!(events.iter().all(|e| eyes.see(*e).is_some()));
    assert_eq!(eyes.check(&[local("T-1")]).len(), 1);
    assert_eq!(eyes.list().len(), 2);
    assert_eq!(eyes.events_about(&[local("T-1")]).len(), 2);
}

fn sees_nothing(eyes: &Eyes<'_>, events: [EventId; 2]) {
    assert!(events.iter().all(|e| eyes.see(*e).is_none()));
    assert!(eyes.check(&[local("T-1")]).is_empty());
    assert!(eyes.list().is_empty());
    assert!(eyes.events_about(&[local("T-1")]).is_empty());
    assert_eq!(eyes.about(&[local("T-1")]).reader_person_id, None);
}

fn suspended(suspended: bool) -> BoardEvent {
    BoardEvent::AgencyStatusChanged {
        agency: agency("health"),
        suspended,
    }
}

#[test]
fn a_suspended_agency_reads_nothing() {
    let (mut story, events) = given();
    let own = crate::given::content::incident(vec![person("p1", &["T-9"])]);
    story.publishes("health", to(&["police"]), &[], own);
    story.board(suspended(true));
    let views = folded(&story.inputs);
    assert!(views.reader(&agency("health"), story.now).is_none());
    assert!(views.outcomes(&agency("health"), 0, 9).unwrap().is_empty());
    story.board(suspended(false));
    let views = folded(&story.inputs);
    let eyes = eyes(&views, "health", story.now);
    assert!(
        events.iter().all(|e| eyes.see(*e).is_some()),
        "what it held it has again"
    );
    let told = views.outcomes(&agency("health"), 0, 9).unwrap();
    assert_eq!(told.len(), 2, "of its signature and its report");
}

/// A warning that is missed for good because of a few days' suspension would hurt somebody.
#[test]
fn what_was_published_while_an_agency_was_suspended_it_sees_once_it_is_back() {
    let mut story = Story::begins();
    story.board(suspended(true));
    let report = crate::given::content::incident(vec![person("p1", &["T-1"])]);
    let event = story.publishes("police", to(&["health"]), &[], report);
    let views = folded(&story.inputs);
    assert!(views.reader(&agency("health"), story.now).is_none());
    story.board(suspended(false));
    let views = folded(&story.inputs);
    assert!(eyes(&views, "health", story.now).see(event).is_some());
}

#[test]
fn a_protocol_without_the_flow_hides_what_was_shown() {
    let (mut story, events) = given();
    let views = folded(&story.inputs);
    sees_everything(&eyes(&views, "health", story.now), events);
    let without = PROTOCOL.replace("\"incident\", \"hazard_alert\", ", "");
    story.agree(&without.replace("version = 1", "version = 2"));
    let narrowed = folded(&story.inputs);
    sees_nothing(&eyes(&narrowed, "health", story.now), events);
    sees_everything(&eyes(&narrowed, "police", story.now), events);
}

#[test]
fn a_protocol_with_fewer_groups_takes_the_groups_away() {
    let (mut story, [incident, _]) = given();
    let text = PROTOCOL.replace("\"identity\", ", "");
    story.agree(&text.replace("version = 1", "version = 2"));
    let views = folded(&story.inputs);
    let eyes = eyes(&views, "health", story.now);
    let seen = eyes.see(incident).unwrap();
    assert!(!seen.permit.groups().has(FieldGroup::Identity));
    let content = seen.disclosed.unwrap();
    assert!(
        content
            .content()
            .people()
            .iter()
            .all(|p| p.identity.is_none())
    );
    // Without identity nobody is found by it, though the index still leads there.
    assert!(eyes.events_about(&[local("T-1")]).is_empty());
    assert!(eyes.check(&[local("T-1")]).is_empty());
    assert_eq!(eyes.list().len(), 2);
}

#[test]
fn an_audience_has_its_time() {
    let mut story = Story::begins();
    let mut audience = to(&["health"]);
    audience.until = Some(story.now.plus_seconds(3600));
    let report = crate::given::content::incident(vec![person("p1", &["T-1"])]);
    let incident = story.publishes("police", audience.clone(), &[], report);
    let alert = Content::HazardAlert(alert_about(vec![person("p1", &["T-1"])]));
    let rests = [(incident, ReferenceRole::RestsOn)];
    let alert = story.publishes("police", audience.clone(), &rests, alert);
    let views = folded(&story.inputs);
    let until = audience.until.unwrap();
    sees_everything(
        &eyes(&views, "health", Moment(until.0 - 1)),
        [incident, alert],
    );
    sees_nothing(&eyes(&views, "health", until), [incident, alert]);
    sees_everything(&eyes(&views, "police", until), [incident, alert]);
}

#[test]
fn past_its_review_a_flow_opens_nothing_new_and_hides_nothing() {
    let (mut story, events) = given();
    story.now = crate::given::day("2028-01-01");
    let report = crate::given::content::incident(vec![person("p1", &["T-1"])]);
    let late = story.publishes("police", to(&["health"]), &[], report);
    let views = folded(&story.inputs);
    let eyes = eyes(&views, "health", story.now);
    assert!(eyes.see(late).is_none());
    for event in events {
        assert!(
            eyes.see(event).is_some(),
            "a warning outlives the review of its protocol"
        );
    }
}

#[test]
fn who_else_was_told_is_the_originators_to_say() {
    let mut story = Story::begins();
    let mut audience = to(&["health", "housing"]);
    audience.withheld.insert(agency("education"));
    let hidden = crate::given::content::incident(vec![person("p1", &["T-1"])]);
    let hidden = story.publishes("police", to(&["housing"]), &[], hidden);
    let report = Content::HazardAlert(alert_about(vec![person("p1", &["T-1"])]));
    let rests = [(hidden, ReferenceRole::RestsOn)];
    let alert = story.publishes("police", audience, &rests, report);
    let views = folded(&story.inputs);
    let seen = eyes(&views, "health", story.now).see(alert).unwrap().item;
    let audience = seen.header.audience.unwrap();
    assert!(seen.history.is_empty() && audience.grants.is_empty() && audience.withheld.is_empty());
    assert!(audience.purpose.is_some(), "why it was told stays");
    assert!(
        seen.header.references.is_empty(),
        "no id of what the reader can't see"
    );
    let seen = eyes(&views, "housing", story.now).see(alert).unwrap().item;
    assert_eq!(seen.header.references.len(), 1);
    let own = eyes(&views, "police", story.now).see(alert).unwrap().item;
    assert_eq!(own.header.audience.unwrap().grants.len(), 2);
}

#[test]
fn p12_a_page_from_beyond_the_end_comes_to_an_end() {
    let (mut story, _) = given();
    for _ in 0..300 {
        let report = crate::given::content::incident(vec![person("p1", &["T-1"])]);
        story.publishes("police", to(&["health"]), &[], report);
    }
    let views = folded(&story.inputs);
    let reader = views.reader(&agency("health"), story.now).unwrap();
    let mut before = u64::MAX;
    let mut listed = Vec::new();
    while before > 0 {
        let (page, next) = newest(&views, &reader, before, 50);
        assert!(page.len() <= 50 && next < before);
        listed.extend(page.into_iter().map(|seen| seen.item.event_id));
        before = next;
    }
    let newest_first: Vec<_> = story
        .inputs
        .iter()
        .rev()
        .take(302)
        .map(|i| i.event_id)
        .collect();
    assert_eq!(listed, newest_first);
}

#[test]
fn the_board_can_not_suspend_itself() {
    let mut story = Story::begins();
    let event = story.board(BoardEvent::AgencyStatusChanged {
        agency: agency("board"),
        suspended: true,
    });
    let views = folded(&story.inputs);
    let refused = FoldOutcome::Judged(Effect::WithoutEffect(Reason::TheBoardItself));
    assert_eq!(outcomes(&views, "board", event), [refused]);
}
