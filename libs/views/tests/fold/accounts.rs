//! What an originator is told of others, and a recipient of itself: nothing of it may rest on an involvement, or a recipient, that
//! the asker may not know of (P6).

use diogel_domain::{
    codes::InvolvedWhen,
    content::{Content, ReferenceRole},
    disclosure::EmergencyDisclosure,
    ids::EventId,
};
use diogel_sharing::{
    audience::Recipient,
    change::{Change, Disclosure},
    groups::{FieldGroup, Groups},
    header::Header,
};
use diogel_views::read::Line;

use crate::given::{
    Story, agency,
    deeds::{granted, narrow},
    only, to,
    views::folded,
};

/// How police's own event stands with housing.
fn line(story: &Story, event: EventId) -> Line {
    let views = folded(&story.inputs);
    let police = views.reader(&agency("police"), story.now).unwrap();
    let explained = views.explain(&police, event).unwrap().unwrap();
    let mut lines = explained.lines.into_iter();
    lines.find(|line| line.agency == agency("housing")).unwrap()
}

fn shared_with_housing_and_the_involved(story: &mut Story) -> EventId {
    let mut audience = only(&["housing"], Groups::ALL);
    let involved = Recipient::Involved(InvolvedWhen::WhileInvolved);
    audience.grants.extend(granted(involved).grants);
    story.reports("police", audience)
}

#[test]
fn p6_a_hidden_involvement_doesnt_show_by_what_isnt_outstanding() {
    let told = [true, false].map(|involved| {
        let mut story = Story::begins();
        let event = shared_with_housing_and_the_involved(&mut story);
        if involved {
            story.claims("housing", &["T-1"], true);
        }
        story.shares("police", event, narrow(&["housing"]), None);
        story.shares(
            "police",
            event,
            Change::Widen(to(&["housing"]).grants),
            None,
        );
        line(&story, event)
    });
    assert_eq!(told[0], told[1]);
    assert!(told[1].outstanding);
}

#[test]
fn p6_what_came_and_went_by_a_hidden_involvement_isnt_outstanding() {
    let mut story = Story::begins();
    let event = shared_with_housing_and_the_involved(&mut story);
    let claim = story.claims("housing", &["T-1"], true);
    story.confirms("social-care", claim);
    story.closes("housing", claim);
    assert!(!line(&story, event).outstanding);
}

#[test]
fn what_is_narrowed_is_outstanding_until_it_is_taken() {
    let mut story = Story::begins();
    let event = story.reports("police", to(&["housing"]));
    assert!(!line(&story, event).outstanding);
    story.shares("police", event, narrow(&["housing"]), None);
    story.shares(
        "police",
        event,
        Change::Widen(to(&["housing"]).grants),
        None,
    );
    assert!(line(&story, event).outstanding);
    story.acknowledges("housing", event);
    assert!(!line(&story, event).outstanding);
}

#[test]
fn p6_a_recipient_isnt_told_by_a_reason_whether_others_were_named() {
    let told = [&[][..], &["social-care"]].map(|others| {
        let mut story = Story::begins();
        let event = story.reports("police", to(others));
        let disclosed = Change::Disclose(Disclosure {
            to: [agency("housing")].into(),
            groups: Groups::NONE.with(FieldGroup::Safety),
            until: None,
        });
        let references = [(event, ReferenceRole::Shares)];
        let header = Header {
            audience: Some(to(&[])),
            change: Some(disclosed),
            ..Header::default()
        };
        story.seals("police", header, &references, disclosure());
        let views = folded(&story.inputs);
        let housing = views.reader(&agency("housing"), story.now).unwrap();
        let explained = views.explain(&housing, event).unwrap().unwrap();
        let seen = views.see_event(&housing, event).unwrap().unwrap();
        (explained, seen.item.header)
    });
    assert_eq!(told[0], told[1]);
}

fn disclosure() -> Content {
    let reason = "a threat to kill".to_owned();
    Content::EmergencyDisclosure(EmergencyDisclosure { reason })
}
