//! Strengths, and changes that somebody claims.

use diogel_domain::codes::{Deed, PersonRole};
use diogel_domain::content::Content;

use super::{
    english,
    family::{borne_out, change, change_step, strength},
    lines, shown, text,
};
use crate::{Mark, Source, Topic};

fn claimed(said_by: &str) -> Source {
    shown(&change(
        1,
        "The dog lives with a cousin.",
        "2027-01-15",
        said_by,
    ))
}

fn progress(source: Source) -> String {
    text(&english(&[source]), Topic::Progress)
}

#[test]
fn a_strength_says_when_six_months_are_reached() {
    let attends = strength(1, "education", "Attendance 96 %.", "2026-11-03");
    let said = progress(shown(&attends));
    assert!(said.contains(
        "“Attendance 96 %.”: since 3 November 2026; six months are reached on 3 May 2027"
    ));
    let long = strength(1, "education", "Reads every day.", "2026-08-01");
    assert!(
        progress(shown(&long))
            .contains("six months were reached on 1 February 2027. Has it lasted?")
    );
}

#[test]
fn a_change_that_a_parent_claims_alone_is_unconfirmed_until_somebody_has_seen_it() {
    let document = english(&[claimed("p2")]);
    let said = "confirmed by nobody known to you; six months are reached on 15 July 2027";
    assert!(text(&document, Topic::Progress).contains(said));
    let unconfirmed = lines(&document, Topic::Unconfirmed);
    assert!(unconfirmed[1].marks.contains(&Mark::Uncorroborated));
    assert!(
        unconfirmed[1]
            .text
            .ends_with("Who has seen it for themselves?")
    );
    let mut confirmed = claimed("p2");
    confirmed.steps = vec![change_step(2, "2027-02-01", Deed::ChangeConfirmed)];
    let document = english(&[confirmed]);
    assert!(lines(&document, Topic::Unconfirmed).is_empty());
    assert!(text(&document, Topic::Progress).contains("confirmed by: Health Board; six months"));
}

#[test]
fn whoever_publishes_a_change_can_name_who_confirms_it() {
    let mut told = change(1, "The dog lives with a cousin.", "2027-01-15", "p2");
    if let Content::ChangeClaimed(claim) = &mut told.content {
        claim.change.as_mut().unwrap().confirmed_by = vec![borne_out("dog warden", "housing")];
    }
    let said = progress(shown(&told));
    assert!(said.contains("confirmed by: another professional (dog warden, Derwen Homes)"));
}

#[test]
fn a_change_that_did_not_last_says_so_and_begins_anew() {
    let mut source = claimed("p2");
    source.steps = vec![
        change_step(2, "2027-02-01", Deed::ChangeConfirmed),
        change_step(3, "2027-02-10", Deed::NotSustained),
    ];
    let said = progress(source.clone());
    assert!(said.contains("did not last: 10 February 2027") && !said.contains("Health"));
    source
        .steps
        .push(change_step(4, "2027-02-20", Deed::ChangeConfirmed));
    assert!(
        progress(source).contains("claimed since 20 February 2027; confirmed by: Health Board")
    );
}

#[test]
fn what_a_child_adult_at_risk_or_victim_says_of_a_change_is_never_called_unconfirmed() {
    for said_by in [
        "p1",
        "Elin",
        "Elin Morgan",
        "child at risk",
        "plentyn sy'n wynebu risg",
    ] {
        let document = english(&[claimed(said_by)]);
        assert!(lines(&document, Topic::Unconfirmed).is_empty(), "{said_by}");
        let progress = text(&document, Topic::Progress);
        assert!(!progress.contains("nobody known"), "{said_by}");
        assert!(progress.contains("six months are reached on 15 July 2027"));
    }
    for role in [
        PersonRole::AdultAtRisk,
        PersonRole::Partner,
        PersonRole::SuspectedVictim,
    ] {
        let mut told = change(1, "He has left.", "2027-01-15", "p1");
        if let Content::ChangeClaimed(claim) = &mut told.content {
            claim.people[0].role = role;
        }
        let document = english(&[shown(&told)]);
        assert!(lines(&document, Topic::Unconfirmed).is_empty());
    }
}
