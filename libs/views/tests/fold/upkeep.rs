//! What one event leaves behind on others is carried along when they wait, are corrected, erased or closed.

use diogel_domain::{codes::InvolvedWhen, content::ReferenceRole, effect::Effect};
use diogel_sharing::{
    audience::{Audience, Recipient},
    groups::{FieldGroup, Groups},
};
use diogel_views::{
    Told,
    rows::{ChangeKind, FoldOutcome, ItemState},
};

use crate::given::{
    Story, agency,
    content::{incident, local, person},
    deeds::{granted, narrow},
    only, to,
    views::{eyes, folded, folded_in, outcomes},
};

fn while_involved() -> Audience {
    granted(Recipient::Involved(InvolvedWhen::WhileInvolved))
}

fn sees(story: &Story, of: &str, event: diogel_domain::ids::EventId) -> bool {
    let views = folded(&story.inputs);
    eyes(&views, of, story.now).see(event).is_some()
}

/// The fold that went along, and the rebuild after an erasure.
fn same_after_erasure(story: &Story, erased: diogel_domain::ids::EventId) {
    let kept_up = folded_in(&story.inputs, &[1]).digest().unwrap();
    let without = story.with_erased(&[erased]);
    assert_eq!(folded(&without).digest().unwrap(), kept_up);
}

#[test]
fn what_waited_meets_the_claims_that_were_made_meanwhile() {
    let mut story = Story::begins();
    let to_come = story.id_to_come(3);
    let waits = story.alerts("police", while_involved(), to_come);
    let claim = story.claims("housing", &["T-1"], false);
    story.confirms("social-care", claim);
    assert_eq!(story.reports("police", while_involved()), to_come);
    assert!(sees(&story, "housing", to_come) && sees(&story, "housing", waits));
}

#[test]
fn p6_that_the_time_is_over_doesn_t_show_when_somebody_else_s_claim_comes() {
    let mut story = Story::begins();
    let audience = Audience {
        until: Some(story.now.plus_seconds(90)),
        ..to(&["health"])
    };
    story.reports("police", audience);
    let heard = |story: &Story| {
        let views = folded(&story.inputs);
        eyes(&views, "health", story.now).changes(story)
    };
    story.days_pass(1);
    let before = heard(&story);
    let claim = story.claims("housing", &["T-1"], true);
    assert_eq!(heard(&story), before);
    story.erases("housing", claim);
    same_after_erasure(&story, claim);
}

#[test]
fn a_request_that_waited_is_told_to_the_originator() {
    let mut story = Story::begins();
    let to_come = story.id_to_come(1);
    let request = story.asks_for("health", to_come);
    let existence = Groups::NONE.with(FieldGroup::Existence);
    story.reports("police", only(&["health"], existence));
    assert!(sees(&story, "police", request));
}

#[test]
fn closing_an_involvement_ends_what_was_corrected_too() {
    let mut story = Story::begins();
    let event = story.reports("police", while_involved());
    let claim = story.claims("housing", &["T-1"], false);
    story.confirms("police", claim);
    story.corrects("police", to(&["health"]), event, None);
    assert!(
        sees(&story, "housing", event),
        "it is told of the correction"
    );
    story.closes("housing", claim);
    assert!(!sees(&story, "housing", event));
}

#[test]
fn p4_an_erased_event_is_held_by_nobody_through_involvement() {
    let mut story = Story::begins();
    let event = story.reports("police", while_involved());
    let claim = story.claims("housing", &["T-1"], false);
    story.confirms("police", claim);
    story.erases("police", event);
    same_after_erasure(&story, event);
    assert!(!sees(&story, "housing", event));
    let views = folded(&story.inputs);
    let housing = eyes(&views, "housing", story.now).changes(&story);
    assert_eq!(housing.last().unwrap().2, ChangeKind::Retracted);
}

#[test]
fn p4_an_erased_claim_leaves_nothing_for_good() {
    let mut story = Story::begins();
    let claim = story.claims("housing", &["T-1"], false);
    story.confirms("social-care", claim);
    let at_publication = Recipient::Involved(InvolvedWhen::AtPublication);
    let event = story.reports("police", granted(at_publication));
    assert!(sees(&story, "housing", event));
    story.erases("housing", claim);
    same_after_erasure(&story, claim);
    assert!(!sees(&story, "housing", event));
}

#[test]
fn p4_what_was_acknowledged_because_of_an_erased_claim() {
    let mut story = Story::begins();
    let event = story.reports("police", while_involved());
    let claim = story.claims("housing", &["T-1"], false);
    story.confirms("police", claim);
    story.acknowledges("housing", event);
    story.erases("housing", claim);
    same_after_erasure(&story, claim);
}

#[test]
fn p4_what_an_originator_confirmed_whose_event_is_erased() {
    let mut story = Story::begins();
    let event = story.reports("police", while_involved());
    let claim = story.claims("housing", &["T-1"], false);
    story.confirms("police", claim);
    let (_, header) = story.last().known.as_mut().unwrap();
    header.references[0].hash = None;
    story.erases("police", event);
    same_after_erasure(&story, event);
}

#[test]
fn a_meeting_entered_in_error_has_no_attendees() {
    let mut story = Story::begins();
    let first = story.meets("social-care", &["social-care", "housing"], None);
    let event = story.reports("police", granted(Recipient::Meeting(first)));
    let second = story.meets("social-care", &["social-care", "health"], Some(first));
    assert!(sees(&story, "health", event));
    story.corrects("social-care", to(&["police"]), second, None);
    assert!(!sees(&story, "health", event) && !sees(&story, "housing", event));
}

#[test]
fn a_confirmation_that_is_taken_back_shows_no_more() {
    let mut story = Story::begins();
    story.reports("police", while_involved());
    let claim = story.claims("housing", &["T-1"], false);
    let state = |story: &Story| {
        let views = folded(&story.inputs);
        eyes(&views, "housing", story.now)
            .see(claim)
            .unwrap()
            .item
            .state
    };
    story.confirms("police", claim);
    assert!(matches!(state(&story), ItemState::Confirmed(_)));
    story.closes("police", claim);
    assert_eq!(state(&story), ItemState::Current);
}

#[test]
fn what_changes_nothing_of_a_claim_is_told_to_nobody() {
    let mut story = Story::begins();
    story.reports("police", while_involved());
    let claim = story.claims("housing", &["T-1"], false);
    let heard = |story: &Story| {
        let views = folded(&story.inputs);
        let housing = eyes(&views, "housing", story.now);
        views.last_change(&housing.reader).unwrap()
    };
    let before = heard(&story);
    story.closes("police", claim);
    assert_eq!(heard(&story), before, "police had confirmed nothing");
    story.confirms("police", claim);
    let before = heard(&story);
    for _ in 0..3 {
        story.confirms("police", claim);
    }
    assert_eq!(heard(&story), before, "it was confirmed already");
}

#[test]
fn whoever_knows_of_an_item_finds_its_precautions_by_a_claim_as_others_do() {
    let mut story = Story::begins();
    let existence = Groups::NONE.with(FieldGroup::Existence);
    let mut audience = only(&["housing"], existence);
    audience.grants.extend(while_involved().grants);
    story.warns("police", audience);
    story.claims("housing", &["T-1"], false);
    story.claims("education", &["T-1"], false);
    let views = folded(&story.inputs);
    let found = |of| eyes(&views, of, story.now).check(&[local("T-1")]).len();
    assert_eq!((found("education"), found("housing")), (1, 1));
}

#[test]
fn a_former_holder_hears_that_it_was_wrong_and_of_nothing_else() {
    let mut story = Story::begins();
    let event = story.reports("police", to(&["health"]));
    let alert = story.alerts("police", to(&["health"]), event);
    let narrowed = narrow(&["health"]);
    story.shares("police", alert, narrowed, None);
    let replaces = [
        (event, ReferenceRole::RestsOn),
        (alert, ReferenceRole::Supersedes),
    ];
    let content = crate::given::content::alert_about(vec![person("p1", &["T-1"])]);
    let content = diogel_domain::content::Content::HazardAlert(content);
    let state = |story: &Story| {
        let views = folded(&story.inputs);
        let health = eyes(&views, "health", story.now);
        let position = story
            .inputs
            .iter()
            .find(|i| i.event_id == alert)
            .unwrap()
            .position;
        let told: Option<Told> = views.told(&health.reader, position).unwrap();
        told.unwrap().state
    };
    story.publishes("police", to(&["housing"]), &replaces, content);
    assert_eq!(state(&story), ItemState::Current);
    story.erases("police", alert);
    assert!(matches!(state(&story), ItemState::Erased(_)));
}

#[test]
fn p6_who_leads_is_told_of_claims_by_the_rules_and_not_by_what_is_published() {
    let mut story = Story::begins();
    let claim = story.claims("housing", &["T-1"], false);
    let text = crate::given::PROTOCOL.replace("version = 1", "version = 2");
    story.agree(&text.replace("lead = \"sector:social-care\"", "lead = \"sector:health\""));
    let told = |story: &Story| sees(story, "health", claim);
    assert!(told(&story), "it leads now");
    story.reports("police", to(&["education"]));
    assert!(told(&story));
}

#[test]
fn an_acknowledgement_of_what_involvement_showed_counts() {
    let mut story = Story::begins();
    let event = story.reports("police", while_involved());
    let claim = story.claims("housing", &["T-1"], false);
    story.confirms("police", claim);
    let asked = |story: &Story| {
        let views = folded(&story.inputs);
        let seen = eyes(&views, "housing", story.now).see(event).unwrap();
        seen.acknowledgement_asked
    };
    story.corrects("police", to(&["health"]), event, None);
    assert!(asked(&story));
    let taken = story.acknowledges("housing", event);
    let views = folded(&story.inputs);
    let effective = FoldOutcome::Judged(Effect::Effective);
    assert_eq!(outcomes(&views, "housing", taken), [effective]);
    assert!(!asked(&story));
}

#[test]
fn a_stranger_s_acknowledgement_is_nobody_s() {
    let mut story = Story::begins();
    let event = story.publishes(
        "police",
        to(&["health"]),
        &[],
        incident(vec![person("p1", &["T-1"])]),
    );
    let said = story.acknowledges("charity", event);
    let views = folded(&story.inputs);
    let number = views.registry().number(&agency("charity")).unwrap();
    let item = format!(
        "{:?}",
        eyes(&views, "police", story.now).see(event).unwrap().item
    );
    assert!(item.contains("acknowledged: []") && number > 0);
    let told = outcomes(&views, "charity", said);
    assert_eq!(told.len(), 1, "and it is told once");
}
