//! Who sees what, as originators, claims, meetings and protocols change it: told as stories, seen through agencies' eyes.

use diogel_domain::{
    codes::{HandlingCode, InvolvedWhen},
    content::{Content, ReferenceRole},
    disclosure::{AccessRequest, Decided, EmergencyDisclosure, SharingDecision},
    ids::EventId,
    involvement::{ClaimGrounds, InvolvementClaim},
    meeting::{Attendance, Meeting},
};
use diogel_sharing::{
    audience::{Audience, Grant, Recipient},
    change::{Change, Disclosure, Narrowing},
    groups::{FieldGroup, Groups},
    header::Header,
};
use diogel_views::rows::{ChangeKind, ItemState};

use crate::given::{
    Story, agency,
    content::{alert_about, incident, local, person, report as report_of},
    to,
    views::{Eyes, Shared, empty_with, eyes, folded, folded_in},
};

fn report(story: &mut Story, audience: Audience) -> EventId {
    story.publishes(
        "police",
        audience,
        &[],
        incident(vec![person("p1", &["T-1"])]),
    )
}

fn alert(story: &mut Story, audience: Audience) -> EventId {
    let incident = report(story, audience.clone());
    let alert = Content::HazardAlert(alert_about(vec![person("p1", &["T-1"])]));
    story.publishes(
        "police",
        audience,
        &[(incident, ReferenceRole::RestsOn)],
        alert,
    )
}

fn granted(recipient: Recipient) -> Audience {
    Audience {
        grants: vec![Grant {
            to: recipient,
            groups: None,
        }],
        originator_only: false,
        ..to(&["health"])
    }
}

fn involved() -> Audience {
    granted(Recipient::Involved(InvolvedWhen::WhileInvolved))
}

fn changes(story: &mut Story, target: EventId, change: Change) -> EventId {
    changes_by(story, "police", target, change)
}

fn changes_by(story: &mut Story, by: &str, target: EventId, change: Change) -> EventId {
    let header = Header {
        audience: Some(Audience::originator_only()),
        change: Some(change),
        ..Header::default()
    };
    let decision = Content::SharingDecision(SharingDecision {
        decided: Decided::Changed,
        reason: "because".to_owned(),
    });
    story.seals(by, header, &[(target, ReferenceRole::Shares)], decision)
}

fn widen(to: Recipient) -> Change {
    Change::Widen(vec![Grant { to, groups: None }])
}

fn narrow(from: &[&str]) -> Change {
    Change::Narrow(Narrowing {
        from: from.iter().map(|id| agency(id)).collect(),
        groups: Groups::ALL,
    })
}

fn claims(story: &mut Story, by: &str, audience: Audience, sensitive: bool) -> EventId {
    let claim = Content::Involvement(InvolvementClaim {
        people: vec![person("p1", &["T-1"])],
        grounds: Some(ClaimGrounds {
            reason: "a support worker of ours".to_owned(),
            planned_contact: "weekly".to_owned(),
        }),
    });
    let header = Header {
        audience: Some(audience),
        sensitive,
        ..Header::default()
    };
    story.seals(by, header, &[], claim)
}

/// Nobody is named: those concerned are told by practice.
fn to_those_concerned() -> Audience {
    Audience {
        grants: Vec::new(),
        ..to(&["health"])
    }
}

fn confirms(story: &mut Story, by: &str, claim: EventId) -> EventId {
    story.confirms(by, claim)
}

fn kinds(eyes: &Eyes<'_>, story: &Story, event: EventId) -> Vec<ChangeKind> {
    let changes = eyes.changes(story).into_iter();
    changes
        .filter(|(_, of, _)| *of == event)
        .map(|(_, _, kind)| kind)
        .collect()
}

#[test]
fn an_originator_widens_narrows_and_withdraws() {
    let mut story = Story::begins();
    let event = report(&mut story, to(&["health"]));
    changes(
        &mut story,
        event,
        widen(Recipient::Agency(agency("housing"))),
    );
    let views = folded(&story.inputs);
    assert!(
        eyes(&views, "housing", story.now)
            .see(event)
            .unwrap()
            .disclosed
            .is_some()
    );
    assert_eq!(
        eyes(&views, "housing", story.now).events_about(&[local("T-1")]),
        [event]
    );
    changes(&mut story, event, narrow(&["housing"]));
    let views = folded(&story.inputs);
    let housing = eyes(&views, "housing", story.now);
    assert!(housing.see(event).is_none() && housing.list().is_empty());
    assert_eq!(
        kinds(&housing, &story, event),
        [ChangeKind::Shown, ChangeKind::Retracted]
    );
    assert!(eyes(&views, "health", story.now).see(event).is_some());
    changes(&mut story, event, Change::Withdraw);
    let views = folded(&story.inputs);
    assert!(eyes(&views, "health", story.now).see(event).is_none());
    assert!(eyes(&views, "police", story.now).see(event).is_some());
}

#[test]
fn only_the_originator_changes_its_audience() {
    let mut story = Story::begins();
    let event = report(&mut story, to(&["health"]));
    changes_by(
        &mut story,
        "health",
        event,
        widen(Recipient::Agency(agency("housing"))),
    );
    let views = folded(&story.inputs);
    assert!(eyes(&views, "housing", story.now).see(event).is_none());
}

#[test]
fn narrowing_purges_the_bytes() {
    let mut story = Story::begins();
    let narrative = Groups::NONE.with(FieldGroup::Narrative);
    let audience = crate::given::only(&["health"], narrative);
    let long = report_of(vec![person("p1", &["T-1"])], &"long ".repeat(200));
    let event = story.publishes("police", audience, &[], Content::Incident(long));
    let position = story.inputs.len() as u64;
    let row = |story: &Story| {
        let rows = Shared::default();
        let views = empty_with(rows.clone(), crate::given::keys::Keys::default());
        views.fold(&story.inputs).unwrap();
        let key = [&b"I"[..], &position.to_be_bytes()].concat();
        rows.rows()
            .into_iter()
            .find(|(k, _)| *k == key)
            .unwrap()
            .1
            .len()
    };
    let before = row(&story);
    changes(&mut story, event, narrow(&["health"]));
    assert!(row(&story) + 900 < before, "a sealed copy is gone");
}

#[test]
fn given_again_what_was_taken_is_shown_once_in_the_list() {
    let mut story = Story::begins();
    let event = report(&mut story, to(&["health"]));
    changes(&mut story, event, narrow(&["health"]));
    changes(
        &mut story,
        event,
        widen(Recipient::Agency(agency("health"))),
    );
    let views = folded(&story.inputs);
    let health = eyes(&views, "health", story.now);
    assert_eq!(health.list(), [event]);
    let all = [
        ChangeKind::Shown,
        ChangeKind::Retracted,
        ChangeKind::Changed,
    ];
    assert_eq!(kinds(&health, &story, event), all);
}

#[test]
fn a_claim_opens_precautions_and_nothing_else() {
    let mut story = Story::begins();
    let event = alert(&mut story, involved());
    let claim = claims(&mut story, "housing", to_those_concerned(), false);
    let views = folded(&story.inputs);
    let housing = eyes(&views, "housing", story.now);
    let found = housing.check(&[local("T-1")]);
    assert_eq!(found.len(), 1, "the alert's precautions");
    assert!(found[0].source.is_none() && found[0].threats.is_empty());
    assert!(!found[0].precautions.is_empty());
    assert!(housing.see(event).is_none() && housing.list() == [claim]);
    assert_eq!(housing.events_about(&[local("T-1")]), [claim]);
    assert!(
        eyes(&views, "education", story.now)
            .check(&[local("T-1")])
            .is_empty()
    );
}

#[test]
fn the_originator_is_told_of_a_claim_and_its_confirmation_opens_the_rest() {
    let mut story = Story::begins();
    let event = alert(&mut story, involved());
    let claim = claims(&mut story, "housing", to_those_concerned(), false);
    let views = folded(&story.inputs);
    assert!(eyes(&views, "police", story.now).see(claim).is_some());
    assert!(
        eyes(&views, "social-care", story.now).see(claim).is_some(),
        "it leads"
    );
    assert!(eyes(&views, "health", story.now).see(claim).is_none());
    confirms(&mut story, "police", claim);
    let later = alert(&mut story, involved());
    let views = folded(&story.inputs);
    let housing = eyes(&views, "housing", story.now);
    assert!(housing.see(event).is_some() && housing.see(later).is_some());
    let state = housing.see(claim).unwrap().item.state;
    assert!(matches!(state, ItemState::Confirmed(_)));
}

#[test]
fn a_confirmation_counts_for_the_confirming_agency_s_events_and_the_lead_s_for_all() {
    let mut story = Story::begins();
    let police = alert(&mut story, involved());
    let about = incident(vec![person("p1", &["T-1"])]);
    let health = story.publishes("health", involved(), &[], about);
    let claim = claims(&mut story, "housing", to_those_concerned(), false);
    confirms(&mut story, "health", claim);
    let views = folded(&story.inputs);
    let housing = eyes(&views, "housing", story.now);
    assert!(housing.see(police).is_none() && housing.see(health).is_some());
    confirms(&mut story, "social-care", claim);
    let views = folded(&story.inputs);
    assert!(eyes(&views, "housing", story.now).see(police).is_some());
}

#[test]
fn nobody_confirms_its_own_claim_and_no_stranger_another_s() {
    let mut story = Story::begins();
    let event = alert(&mut story, involved());
    let claim = claims(&mut story, "housing", to_those_concerned(), false);
    confirms(&mut story, "housing", claim);
    confirms(&mut story, "education", claim);
    let views = folded(&story.inputs);
    assert!(eyes(&views, "housing", story.now).see(event).is_none());
}

#[test]
fn of_a_sensitive_claim_only_the_lead_is_told() {
    let mut story = Story::begins();
    alert(&mut story, involved());
    let claim = claims(&mut story, "housing", to_those_concerned(), true);
    let views = folded(&story.inputs);
    assert!(eyes(&views, "police", story.now).see(claim).is_none());
    assert!(eyes(&views, "social-care", story.now).see(claim).is_some());
}

#[test]
fn closing_retracts_what_involvement_opened() {
    for by in ["housing", "police"] {
        let mut story = Story::begins();
        let event = alert(&mut story, involved());
        let for_good = alert(
            &mut story,
            granted(Recipient::Involved(InvolvedWhen::AtPublication)),
        );
        let claim = claims(&mut story, "housing", to_those_concerned(), false);
        confirms(&mut story, "police", claim);
        let kept = alert(
            &mut story,
            granted(Recipient::Involved(InvolvedWhen::AtPublication)),
        );
        story.closes(by, claim);
        let views = folded(&story.inputs);
        let housing = eyes(&views, "housing", story.now);
        assert!(housing.see(event).is_none() && housing.see(for_good).is_none());
        assert_eq!(
            kinds(&housing, &story, event),
            [ChangeKind::Shown, ChangeKind::Retracted]
        );
        assert_eq!(
            housing.see(kept).is_some(),
            by == "housing",
            "a confirmation taken back never was"
        );
    }
}

fn meets(story: &mut Story, attending: &[&str], changes: Option<EventId>) -> EventId {
    let meeting = Meeting {
        people: vec![person("p1", &["T-1"])],
        places: Vec::new(),
        held_at: Some(story.now),
        occasion: String::new(),
    };
    let header = Header {
        audience: Some(to(&["police"])),
        attendance: Some(Attendance {
            chair: agency("social-care"),
            attending: attending.iter().map(|id| agency(id)).collect(),
        }),
        ..Header::default()
    };
    let references: Vec<_> = changes
        .map(|id| (id, ReferenceRole::Changes))
        .into_iter()
        .collect();
    let content = Content::Meeting(meeting, changes.is_some());
    story.seals("social-care", header, &references, content)
}

#[test]
fn what_is_for_a_meeting_s_attendees_follows_who_attends() {
    let mut story = Story::begins();
    let meeting = meets(&mut story, &["social-care", "health"], None);
    let event = report(&mut story, granted(Recipient::Meeting(meeting)));
    let sees = |story: &Story, of: &str| {
        let views = folded(&story.inputs);
        eyes(&views, of, story.now).see(event).is_some()
    };
    assert!(sees(&story, "health") && sees(&story, "social-care") && !sees(&story, "housing"));
    let changed = meets(&mut story, &["social-care", "housing"], Some(meeting));
    assert!(!sees(&story, "health") && sees(&story, "housing"));
    meets(&mut story, &[], Some(changed));
    assert!(
        !sees(&story, "housing") && !sees(&story, "social-care"),
        "cancelled"
    );
}

#[test]
fn a_meeting_may_be_scheduled_after_what_is_meant_for_it() {
    let mut story = Story::begins();
    let to_come = story.id_to_come(1);
    let event = report(&mut story, granted(Recipient::Meeting(to_come)));
    meets(&mut story, &["social-care", "health"], None);
    let views = folded(&story.inputs);
    assert!(eyes(&views, "health", story.now).see(event).is_some());
}

#[test]
fn an_emergency_reaches_beyond_every_protocol_and_the_board_is_told() {
    let mut story = Story::begins();
    let event = report(&mut story, to(&["health"]));
    let header = Header {
        audience: Some(Audience {
            originator_only: true,
            grants: Vec::new(),
            ..to(&["health"])
        }),
        change: Some(Change::Disclose(Disclosure {
            to: [agency("charity")].into(),
            groups: Groups::NONE.with(FieldGroup::Safety),
            until: None,
        })),
        ..Header::default()
    };
    let reason = "a threat to kill".to_owned();
    let told = Content::EmergencyDisclosure(EmergencyDisclosure { reason });
    let disclosed = story.seals("police", header, &[(event, ReferenceRole::Shares)], told);
    let views = folded(&story.inputs);
    let seen = eyes(&views, "charity", story.now).see(event).unwrap();
    assert!(
        seen.disclosed
            .unwrap()
            .content()
            .people()
            .iter()
            .all(|p| p.identity.is_none())
    );
    assert!(eyes(&views, "board", story.now).see(disclosed).is_some());
    assert!(eyes(&views, "board", story.now).see(event).is_none());
    assert!(eyes(&views, "charity", story.now).see(disclosed).is_none());
}

#[test]
fn access_is_asked_for_granted_or_declined() {
    for granted in [true, false] {
        let mut story = Story::begins();
        let existence = Groups::NONE.with(FieldGroup::Existence);
        let event = report(&mut story, crate::given::only(&["health"], existence));
        let header = Header {
            audience: Some(to_those_concerned()),
            asked: Groups::NONE.with(FieldGroup::Narrative),
            ..Header::default()
        };
        let reason = "we assess her on Monday".to_owned();
        let asks = Content::AccessRequest(AccessRequest { reason });
        let request = story.seals("health", header, &[(event, ReferenceRole::Requests)], asks);
        let views = folded(&story.inputs);
        assert!(eyes(&views, "police", story.now).see(request).is_some());
        assert!(eyes(&views, "housing", story.now).see(request).is_none());
        let decision = Content::SharingDecision(SharingDecision {
            decided: if granted {
                Decided::Changed
            } else {
                Decided::NotShared
            },
            reason: "so decided".to_owned(),
        });
        let header = Header {
            audience: Some(Audience::originator_only()),
            change: granted.then(|| widen(Recipient::Agency(agency("health")))),
            ..Header::default()
        };
        let references = [
            (event, ReferenceRole::Shares),
            (request, ReferenceRole::Answers),
        ];
        story.seals("police", header, &references, decision);
        let views = folded(&story.inputs);
        let health = eyes(&views, "health", story.now);
        let groups = health.see(event).unwrap().permit.groups();
        assert_eq!(groups.has(FieldGroup::Narrative), granted);
        let state = health.see(request).unwrap().item.state;
        assert_eq!(matches!(state, ItemState::Granted(_)), granted);
        assert_eq!(matches!(state, ItemState::Declined(_)), !granted);
    }
}

#[test]
fn p6_a_request_for_what_one_can_not_see_waits_as_one_for_nothing() {
    let mut story = Story::begins();
    let hidden = report(&mut story, to(&["housing"]));
    let asks = || {
        Content::AccessRequest(AccessRequest {
            reason: "why".to_owned(),
        })
    };
    let none = story.id_to_come(50);
    let about = |story: &mut Story, event| {
        story.publishes(
            "health",
            to_those_concerned(),
            &[(event, ReferenceRole::Requests)],
            asks(),
        )
    };
    let (one, other) = (about(&mut story, hidden), about(&mut story, none));
    let views = folded(&story.inputs);
    let told = |event| crate::given::views::outcomes(&views, "health", event);
    assert_eq!(told(one), told(other));
    assert!(eyes(&views, "police", story.now).see(one).is_none());
}

#[test]
fn conditions_of_handling_code_c_go_with_whatever_is_shown() {
    let mut story = Story::begins();
    let audience = Audience {
        handling: HandlingCode::Conditions,
        ..crate::given::only(&["health"], Groups::NONE.with(FieldGroup::Existence))
    };
    let event = report(&mut story, audience);
    let sealed = &mut story.last().content;
    if let diogel_views::ContentState::Open { texts, .. } = sealed {
        texts.handling_conditions = "not by post".to_owned();
        texts.family_reason = "he threatened her".to_owned();
    }
    let views = folded(&story.inputs);
    let disclosed = eyes(&views, "health", story.now)
        .see(event)
        .unwrap()
        .disclosed
        .unwrap();
    assert_eq!(disclosed.handling_conditions(), "not by post");
    assert_eq!(disclosed.family_reason(), "");
    let own = eyes(&views, "police", story.now)
        .see(event)
        .unwrap()
        .disclosed
        .unwrap();
    assert_eq!(own.family_reason(), "he threatened her");
}

#[test]
fn what_is_withheld_by_name_is_seen_under_another_name_and_under_none_not() {
    let mut story = Story::begins();
    let audience = Audience {
        restricted_by_person: true,
        ..to(&["health"])
    };
    let event = report(&mut story, audience);
    if let diogel_views::ContentState::Open { texts, .. } = &mut story.last().content {
        texts.withheld_persons = vec!["Sister Fictitious".to_owned()];
    }
    let views = folded(&story.inputs);
    let sees = |of: &str, name: &str| {
        let reader = views.reader(&agency(of), story.now).unwrap();
        let reader = views.on_behalf_of(reader, name);
        views.see_event(&reader, event).unwrap().is_some()
    };
    for of in ["health", "police"] {
        assert!(!sees(of, "") && !sees(of, " sister fictitious"), "{of}");
        assert!(sees(of, "Brother Fictitious"), "{of}");
    }
}

#[test]
fn p4_a_sweep_comes_out_the_same_wherever_events_meet_it() {
    let mut story = Story::begins();
    let mut events = Vec::new();
    for turn in 0..30 {
        let event = report(&mut story, involved());
        events.push(event);
        match turn % 5 {
            0 => changes(
                &mut story,
                event,
                widen(Recipient::Agency(agency("health"))),
            ),
            1 => claims(&mut story, "housing", to_those_concerned(), false),
            2 => {
                let text = crate::given::PROTOCOL
                    .replace("version = 1", &format!("version = {}", turn + 2));
                let text = text.replace(
                    "\"place\", ",
                    if turn % 2 == 0 { "" } else { "\"place\", " },
                );
                story.agree(
                    &text.replace("review_by", "reaches_back_to = \"2026-01-01\"\nreview_by"),
                )
            }
            3 => changes(&mut story, events[turn / 2], narrow(&["health"])),
            _ => changes(&mut story, events[0], Change::Withdraw),
        };
    }
    let whole = folded(&story.inputs).digest().unwrap();
    for sizes in [&[1][..], &[3, 1, 7], &[50], &[2, 11]] {
        assert_eq!(
            folded_in(&story.inputs, sizes).digest().unwrap(),
            whole,
            "{sizes:?}"
        );
    }
}

#[test]
fn a_later_version_that_reaches_back_shows_what_was_before() {
    let mut story = Story::begins();
    story.board(diogel_domain::board::BoardEvent::ProtocolEnded(
        "T-01".to_owned(),
    ));
    let event = report(&mut story, to(&["health"]));
    let views = folded(&story.inputs);
    assert!(eyes(&views, "health", story.now).see(event).is_none());
    let text = crate::given::PROTOCOL.replace("version = 1", "version = 2");
    story.agree(&text.replace("review_by", "reaches_back_to = \"2026-01-01\"\nreview_by"));
    let views = folded(&story.inputs);
    let health = eyes(&views, "health", story.now);
    assert!(health.see(event).unwrap().disclosed.is_some());
    assert_eq!(health.list(), [event]);
    assert_eq!(kinds(&health, &story, event), [ChangeKind::Shown]);
}
