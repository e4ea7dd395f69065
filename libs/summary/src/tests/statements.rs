//! What others bear out since, and what the person says to a report.

use diogel_domain::{
    codes::{Deed, PersonRole, Standing, ThreatForm},
    step::{IncidentStep, StepSaid},
};

use super::{
    english,
    family::{borne_out, id, incident, person, statement, step, threat},
    lines, shown, text,
};
use crate::{Mark, Source, Topic};

fn alleged() -> Source {
    let told = incident(1, "social-care", "2027-02-01")
        .incident(|r| {
            r.people
                .push(person("p2", PersonRole::ParentOrCarer, "Siân Morgan"));
        })
        .narrative(|n| {
            n.standing = Some(Standing::Allegation);
            n.what_happened = "The dog has gone.".into();
        });
    shown(&told)
}

fn corroborated(by: &'static str) -> Source {
    let mut source = alleged();
    let said = IncidentStep {
        source: Some(borne_out("dog warden", "")),
        ..IncidentStep::default()
    };
    let said = StepSaid::Incident(said);
    source.steps = vec![step(2, by, "2027-02-05", Deed::Corroborated, said).taken()];
    source
}

#[test]
fn what_another_agency_bears_out_is_no_longer_unconfirmed_and_its_own_word_is_not_enough() {
    assert_eq!(lines(&english(&[alleged()]), Topic::Unconfirmed).len(), 2);
    let own = english(&[corroborated("social-care")]);
    assert_eq!(lines(&own, Topic::Unconfirmed).len(), 2);
    let document = english(&[corroborated("housing")]);
    assert!(lines(&document, Topic::Unconfirmed).is_empty());
    let line = lines(&document, Topic::Hostility)[1];
    assert!(
        line.text
            .contains("borne out by: another professional (dog warden)")
    );
    assert_eq!(line.cites, [id(1), id(2)]);
}

#[test]
fn a_persons_objection_and_statement_stand_under_the_line_that_they_are_about() {
    let mut source = shown(&threat(1, "housing", "2027-02-01", ThreatForm::Shouting));
    source.steps = vec![
        statement(2, "2027-02-03", Deed::Objected, "", "I was not there."),
        statement(3, "2027-02-04", Deed::Stated, "p1", "He was."),
    ];
    let document = english(&[source]);
    let lines = lines(&document, Topic::Hostility);
    assert_eq!(
        lines[2].text,
        "3 February 2027, Derwen Homes: the person objects: “I was not there.”"
    );
    assert_eq!(lines[2].cites, [id(1), id(2)]);
    assert!(!lines[2].marks.contains(&Mark::DontReadOut));
    // The words of the person of the meeting.
    assert!(lines[3].text.contains("Elin Morgan: “He was.”"));
    assert!(lines[3].marks.contains(&Mark::DontReadOut));
}

#[test]
fn a_statement_shows_where_its_report_is_only_counted() {
    let mut sources: Vec<Source> = (1..=8)
        .map(|n| shown(&incident(n, "health", "2026-12-01")))
        .collect();
    sources[0].steps = vec![statement(20, "2027-02-03", Deed::Stated, "", "I was ill.")];
    let said = text(&english(&sources), Topic::Hostility);
    assert!(said.contains("Besides these: 3") && said.contains("“I was ill.”"));
}
