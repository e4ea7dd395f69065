//! Nothing of a group that the reader doesn't hold appears, nor a sign that there is something (P6).

use diogel_domain::{
    codes::{Cause, PersonRole, ReportedToPolice, Standing, ThreatForm},
    content::Content,
    incident::{CriminalMatters, HealthContext, LocalCode},
    people::{Place, PlaceDetails},
};
use diogel_sharing::groups::FieldGroup;

use super::{
    english,
    family::{
        OWN_FLOW, Told, account, alert, escalation, incident, measure, person, story, threat,
    },
    lines,
};
use crate::{Source, Topic, to_text};

/// An incident in which each group holds a word of its own.
fn full() -> Told {
    threat(1, "police", "2027-02-01", ThreatForm::Shouting).incident(|r| {
        r.people
            .push(person("p2", PersonRole::WhoseBehaviour, "IDENTITY"));
        r.places = vec![Place {
            label: "l1".into(),
            details: Some(PlaceDetails {
                uprn: None,
                description: "PLACE".into(),
            }),
        }];
        if let Some(n) = &mut r.narrative {
            n.protective_factors = "NARRATIVE".into();
        }
        r.voice = vec![account("p1", "VOICE", true)];
        r.worker = Some("WORKER".into());
        r.reporter = Some("REPORTER".into());
        r.health = Some(HealthContext {
            causes: vec![Cause::Fear],
            note: "HEALTH".into(),
        });
        r.criminal = Some(CriminalMatters {
            grade: Some((1, 'A')),
            reported_to_police: Some(ReportedToPolice::Yes),
            reason: String::new(),
            police_reference: "CRIMINAL".into(),
            reported_at: None,
        });
        if let Some(s) = &mut r.safety {
            s.local_codes = vec![LocalCode {
                list: "LOCAL".into(),
                code: "LOCAL".into(),
            }];
        }
        r.plan = vec![measure("PLAN", "police", "2027-03-19")];
    })
}

fn page(sources: &[Source]) -> String {
    to_text(&english(sources), 10_000)
}

fn without(told: &Told, group: FieldGroup) -> Source {
    let groups: Vec<_> = OWN_FLOW.iter().copied().filter(|g| *g != group).collect();
    told.seen_by("social-care", &groups)
}

#[test]
fn nothing_of_an_absent_group_appears() {
    let words = [
        (FieldGroup::Identity, "IDENTITY"),
        (FieldGroup::Narrative, "NARRATIVE"),
        (FieldGroup::Voice, "VOICE"),
        (FieldGroup::Criminal, "reported to the police"),
        (FieldGroup::Plan, "PLAN"),
        (FieldGroup::Safety, "Shouting"),
    ];
    for (group, word) in words {
        let whole = page(&[full().seen_by("social-care", OWN_FLOW)]);
        assert!(whole.contains(word), "{word} is on the whole page");
        assert!(!page(&[without(&full(), group)]).contains(word), "{word}");
    }
}

#[test]
fn an_absent_group_leaves_no_gap_to_see() {
    let mut quiet = full();
    if let Content::Incident(report) = &mut quiet.content {
        report.voice.clear();
        report.plan.clear();
    }
    let groups: Vec<_> = OWN_FLOW
        .iter()
        .copied()
        .filter(|g| ![FieldGroup::Voice, FieldGroup::Plan].contains(g))
        .collect();
    let hidden = full().seen_by("social-care", &groups);
    assert_eq!(
        page(&[hidden]),
        page(&[quiet.seen_by("social-care", &groups)])
    );
}

#[test]
fn workers_reporters_and_local_codes_are_never_printed() {
    let mut sources = vec![full().seen_by("social-care", OWN_FLOW)];
    sources.push(alert(2, "2027-02-02", "2027-06-01").seen_by("social-care", OWN_FLOW));
    let page = page(&sources);
    for word in [
        "WORKER",
        "REPORTER",
        "LOCAL",
        "CRIMINAL",
        "HEALTH",
        "Area manager",
        "Housing officer",
    ] {
        assert!(!page.contains(word), "{word}");
    }
}

#[test]
fn an_event_of_which_only_existence_is_known_makes_no_line() {
    for told in [
        full(),
        alert(2, "2027-02-02", "2027-06-01"),
        escalation(3, "2027-02-03"),
    ] {
        let source = told.seen_by("social-care", &[FieldGroup::Existence]);
        let document = english(&[source]);
        assert!(document.key.is_empty());
        assert!(lines(&document, Topic::Disagreements).is_empty());
    }
}

#[test]
fn an_account_that_may_be_hidden_is_not_called_uncorroborated() {
    let alleged = incident(1, "education", "2027-02-01")
        .incident(|r| {
            r.people
                .push(person("p2", PersonRole::ParentOrCarer, "Siân Morgan"));
        })
        .narrative(|n| {
            n.standing = Some(Standing::Allegation);
            n.what_happened = "told us".into();
        });
    let document = english(&[without(&alleged, FieldGroup::Voice)]);
    assert!(lines(&document, Topic::Unconfirmed).is_empty());
}

#[test]
fn without_identity_the_title_names_nobody() {
    let source = without(&full(), FieldGroup::Identity);
    assert!(
        english(&[source])
            .title
            .ends_with("the person of this meeting")
    );
}

#[test]
fn an_alert_whose_precautions_are_hidden_hides_no_danger() {
    let danger =
        threat(1, "housing", "2027-03-01", ThreatForm::Animal).safety(|s| s.danger_at_once = true);
    let mut raised = alert(2, "2027-03-02", "2027-06-01");
    raised.rests_on = vec![super::family::id(1)];
    let sources = [
        danger.seen_by("social-care", OWN_FLOW),
        raised.seen_by("social-care", &[FieldGroup::Existence]),
    ];
    assert!(page(&sources).contains("danger reported"));
}

#[test]
fn the_story_names_nobody_by_their_role_elsewhere() {
    // Gareth's role in the incidents never reaches the alert about the dog that he keeps.
    let document = english(&story());
    let danger = super::text(&document, Topic::Danger);
    assert!(!danger.contains("Gareth"), "{danger}");
}
