//! The invented family's story with everything that a chronology can hold.

use diogel_domain::{
    codes::{
        ContactOutcome, Deed, DirectedAt, PersonRole, Precision, ResistantBehaviour, Standing,
        ThreatForm,
    },
    content::Content,
    people::Person,
    step::{AlertStep, StepSaid},
};

use super::given::{correction, entry};
use crate::{
    Entry, EntryState,
    tests::family::{
        account, alert, at, contact, elin, escalation, incident, meeting, person, plan, step,
        strength, threat,
    },
};

/// The whole story.
pub(super) fn story() -> Vec<Entry> {
    let parts = [
        reports(),
        about_a_cousin(),
        mistakes(),
        plans(),
        known_in_part(),
    ];
    parts.concat()
}

fn gareth() -> Person {
    person("p3", PersonRole::WhoseBehaviour, "Gareth Vaughan")
}

fn reports() -> Vec<Entry> {
    let voice = incident(1, "education", "2026-09-11").incident(|r| {
        let words = "I go behind the chair when Brân comes in.";
        r.voice = vec![account("p1", words, false)];
    });
    let dog = threat(2, "housing", "2026-10-14", ThreatForm::Animal)
        .incident(|r| r.people.push(gareth()))
        .safety(|s| (s.danger_at_once, s.prevents_task) = (true, true))
        .narrative(|n| n.what_happened = "The dog was let out when the caretaker knocked.".into());
    let mut dog = entry(&dog).published("2026-11-02");
    dog.recorded_at = at("2026-10-20");
    let renewed = StepSaid::Alert(AlertStep {
        words: "The dog is still there.".into(),
        ..AlertStep::default()
    });
    vec![
        entry(&voice).known("social-care", ["2026-09-12", "2026-09-14", ""]),
        dog.known("social-care", ["2026-11-02", "2026-11-20", "2026-11-21"]),
        entry(&alert(3, "2026-10-16", "2027-04-16"))
            .known("social-care", ["2026-10-16", "2026-10-16", ""]),
        entry(&contact(4, "health", "2026-11-04", ContactOutcome::Missed))
            .known("social-care", ["2026-11-04", "2026-11-05", ""]),
        entry(&step(11, "housing", "2027-02-16", Deed::Renewed, renewed))
            .about(3)
            .known("social-care", ["2027-02-16", "2027-02-16", ""]),
    ]
}

/// The council's own: others knew of it early, late, at the door alone, or perhaps never.
fn about_a_cousin() -> Vec<Entry> {
    let rehomed = incident(5, "social-care", "2026-11-18")
        .incident(|r| r.people.push(gareth()))
        .safety(|s| s.behaviours = vec![ResistantBehaviour::DisguisedCompliance])
        .narrative(|n| {
            n.standing = Some(Standing::Allegation);
            n.what_happened = "Siân says that the dog was rehomed with a cousin.".into();
        });
    let rehomed = entry(&rehomed)
        .known("police", ["2026-11-18", "", ""])
        .known("health", ["2026-11-18", "2026-11-19", "2026-11-19"])
        .known("housing", ["2026-12-20", "2026-12-21", ""])
        .known("education", ["2026-11-18", "2026-11-19", "2026-11-19"])
        .taken_back("2027-01-15")
        .known("outreach", ["", "", ""]);
    vec![rehomed]
}

/// Entered in error, and corrected.
fn mistakes() -> Vec<Entry> {
    let other_child = threat(6, "education", "2026-12-01", ThreatForm::Shouting)
        .narrative(|n| n.what_happened = "Twm's mother shouted at the clerk.".into());
    let withdrawn = correction(7, "education", "2026-12-03", "It is about Twm.", None);
    let missed = |number, on| {
        incident(number, "health", on)
            .safety(|s| s.behaviours = vec![ResistantBehaviour::Avoidance])
    };
    let (wrong, right) = (missed(8, "2026-12-02"), missed(9, "2026-12-05"));
    let right = correction(9, "health", "2026-12-07", "The day was wrong.", Some(right));
    vec![
        entry(&other_child)
            .became(EntryState::EnteredInError)
            .known("social-care", ["2026-12-01", "2026-12-01", ""]),
        entry(&withdrawn)
            .about(6)
            .known("social-care", ["2026-12-03", "2026-12-03", "2026-12-03"]),
        entry(&wrong)
            .became(EntryState::Corrected)
            .known("social-care", ["2026-12-02", "2026-12-04", ""]),
        entry(&right)
            .about(8)
            .known("social-care", ["2026-12-07", "2026-12-08", "2026-12-08"]),
    ]
}

fn plans() -> Vec<Entry> {
    let mut alone = contact(12, "social-care", "2027-02-10", ContactOutcome::Kept).told_to_family();
    if let Content::Contact(note) = &mut alone.content {
        note.contact.as_mut().unwrap().seen_alone = vec!["p1".into()];
    }
    let scheduled = "2026-11-20";
    vec![
        entry(&plan(10, "2026-12-04", "2027-06-04").told_to_family())
            .known("health", ["2026-12-04", "2026-12-07", ""])
            .known("police", ["2026-12-04", "2026-12-07", ""])
            .known("education", ["2026-12-04", "", ""]),
        entry(&alone).known("health", ["2027-02-26", "", ""]),
        entry(&meeting(18, scheduled, "2026-12-04"))
            .known("education", [scheduled, scheduled, scheduled])
            .known("health", [scheduled, scheduled, scheduled]),
        entry(&strength(19, "education", "Attendance 96 %.", "2026-11-03"))
            .known("social-care", ["2027-01-27", "2027-01-28", ""]),
    ]
}

/// Known to the year or the month alone, to exist alone, to have been erased; under conditions.
fn known_in_part() -> Vec<Entry> {
    let earlier = threat(13, "police", "2025-01-01", ThreatForm::Shouting)
        .incident(|r| r.people = vec![elin()])
        .safety(|s| s.directed_at = vec![DirectedAt::Partner]);
    let mut heard = threat(14, "police", "2026-11-01", ThreatForm::Shouting);
    heard.conditions = "Not to be repeated to the household: a neighbour told us.";
    vec![
        entry(&earlier)
            .precisely(Precision::Year)
            .published("2026-09-18")
            .known("social-care", ["2026-09-18", "2026-09-21", ""]),
        entry(&heard)
            .precisely(Precision::Month)
            .published("2026-12-03")
            .known("social-care", ["2026-12-03", "2026-12-03", ""]),
        entry(&incident(15, "police", "2026-12-11"))
            .undisclosed()
            .known("social-care", ["2026-12-11", "2026-12-14", ""]),
        entry(&incident(16, "health", "2026-12-14"))
            .undisclosed()
            .became(EntryState::Erased),
        entry(&escalation(17, "2026-12-16")).known("social-care", ["2026-12-16", "2026-12-16", ""]),
    ]
}
