//! Incident reports that break a rule.

use diogel_contract::v1;

use crate::support::{Case, Site, given, refuses_each};

#[tokio::test]
async fn an_incident_says_when_what_and_with_what_harm() {
    use given::{report_of, safety_of};
    let site = Site::new();
    let service = site.start().await;
    let cases = vec![
        Case(|r| r.content = None, "content", ""),
        Case(|r| report_of(r).safety = None, "incident.safety", ""),
        Case(
            |r| safety_of(r).occurred = None,
            "incident.safety.occurred.from",
            "",
        ),
        Case(|r| safety_of(r).harm = 0, "incident.safety.harm", ""),
        Case(
            |r| safety_of(r).harm = 77_123,
            "incident.safety.harm",
            "77123",
        ),
        Case(
            |r| safety_of(r).threats = vec![1, 88_123],
            "incident.safety.threats[1]",
            "88123",
        ),
        Case(
            |r| safety_of(r).threats.clear(),
            "incident.safety.behaviours",
            "",
        ),
        Case(
            |r| safety_of(r).occurred.as_mut().unwrap().from = Some(given::at(600)),
            "incident.safety.occurred.from",
            "",
        ),
        Case(
            |r| safety_of(r).occurred.as_mut().unwrap().to = Some(given::at(-900_000_000)),
            "incident.safety.occurred.to",
            "",
        ),
        Case(
            |r| safety_of(r).occurred.as_mut().unwrap().precision = 99,
            "incident.safety.occurred.precision",
            "99",
        ),
        Case(
            |r| {
                safety_of(r).provisional_precautions = vec![v1::Precaution {
                    code: 1,
                    ..Default::default()
                }];
            },
            "incident.safety.provisional_precautions",
            "",
        ),
    ];
    refuses_each(&service, &given::incident("good"), cases).await;
    let good = given::incident("good");
    service.system().publish(good).await.unwrap();
}

#[tokio::test]
async fn a_person_of_an_incident_can_be_found_and_was_born_before_it() {
    use given::{report_of, safety_of};
    use v1::IdentifierScheme::{Local, NhsNumber, Upn};
    let site = Site::new();
    let service = site.start().await;
    let cases = vec![
        Case(|r| report_of(r).people.clear(), "incident.people", ""),
        Case(
            |r| report_of(r).people[0].identifiers.clear(),
            "incident.people[0].identifiers",
            given::PERSON,
        ),
        Case(
            |r| {
                report_of(r).people[0].identifiers =
                    vec![given::identifier(NhsNumber, "9990011045")];
            },
            "incident.people[0].identifiers[0].value",
            "9990011045",
        ),
        Case(
            |r| report_of(r).people[0].identifiers = vec![given::identifier(Upn, "A801200012345")],
            "incident.people[0].identifiers[0].value",
            "A801200012345",
        ),
        Case(
            |r| report_of(r).people[0].identifiers = vec![given::identifier(Local, "TEN-555111")],
            "incident.people[0].identifiers[0].value",
            "TEN-555111",
        ),
        Case(
            |r| report_of(r).people[0].label = "the-tenant".into(),
            "incident.people[0].label",
            "the-tenant",
        ),
        Case(
            |r| report_of(r).people.push(given::person("p1")),
            "incident.people[1].label",
            given::PERSON,
        ),
        Case(
            |r| report_of(r).people[0].born_on = given::day(3),
            "incident.people[0].born_on",
            "",
        ),
        Case(
            |r| {
                safety_of(r).occurred.as_mut().unwrap().from = Some(given::at(-2 * 86_400));
                report_of(r).people[0].born_on = given::day(-1);
            },
            "incident.people[0].born_on",
            "",
        ),
        Case(
            |r| report_of(r).people[0].born_on = "31.12.1980".into(),
            "incident.people[0].born_on",
            "31.12.1980",
        ),
        Case(
            |r| report_of(r).people[0].reader_person_id = "reader-77".into(),
            "incident.people[0].reader_person_id",
            "reader-77",
        ),
        Case(
            |r| report_of(r).people[0].name = "Mr Long".repeat(40),
            "incident.people[0].name",
            "Mr Long",
        ),
    ];
    refuses_each(&service, &given::incident("good"), cases).await;
    let good = given::incident("good");
    service.system().publish(good).await.unwrap();
}

#[tokio::test]
async fn texts_codes_and_grades_of_an_incident_keep_to_their_bounds() {
    use given::{report_of, safety_of};
    let site = Site::new();
    let service = site.start().await;
    let cases = vec![
        Case(
            |r| report_of(r).narrative.as_mut().unwrap().what_happened = "badly ".repeat(3_000),
            "incident.narrative.what_happened",
            "badly",
        ),
        Case(
            |r| report_of(r).narrative.as_mut().unwrap().what_happened = "\u{1b}[31mcrimson".into(),
            "incident.narrative.what_happened",
            "crimson",
        ),
        Case(
            |r| report_of(r).narrative.as_mut().unwrap().standing = 0,
            "incident.narrative.standing",
            given::SECRET,
        ),
        Case(|r| r.on_behalf_of = "x".repeat(201), "on_behalf_of", "xxx"),
        Case(
            |r| r.on_behalf_of = "a\u{7}b".into(),
            "on_behalf_of",
            "a\u{7}b",
        ),
        Case(
            |r| {
                safety_of(r).local_codes = vec![v1::LocalCode {
                    list: "visit-risk".into(),
                    code: "HOARD".into(),
                }];
            },
            "incident.safety.local_codes[0]",
            "HOARD",
        ),
        Case(
            |r| {
                let code = v1::LocalCode {
                    list: "visit-risk".into(),
                    code: "DOG".into(),
                };
                safety_of(r).local_codes = vec![code; 40];
            },
            "incident.safety.local_codes",
            "",
        ),
        Case(
            |r| {
                report_of(r).criminal = Some(v1::CriminalMatters {
                    source_evaluation: 1,
                    intelligence_assessment: "B".into(),
                    ..Default::default()
                });
            },
            "incident.criminal",
            "",
        ),
        Case(
            |r| {
                let narrative = report_of(r).narrative.as_mut().unwrap();
                narrative.corroborated_by = vec![v1::Corroboration {
                    source: v1::CorroborationSource::Record as i32,
                    who: "The Secret Diary ".repeat(20),
                    ..Default::default()
                }];
            },
            "incident.narrative.corroborated_by[0].who",
            "Diary",
        ),
        Case(
            |r| {
                let narrative = report_of(r).narrative.as_mut().unwrap();
                narrative.corroborated_by = vec![v1::Corroboration {
                    source: 66_123,
                    who: "a neighbour".into(),
                    ..Default::default()
                }];
            },
            "incident.narrative.corroborated_by[0].source",
            "66123",
        ),
        Case(
            |r| {
                report_of(r).voice = vec![v1::Account {
                    person: "p9".into(),
                    words: "I was frightened".into(),
                    safe_to_say: false,
                }];
            },
            "incident.voice[0].person",
            "frightened",
        ),
    ];
    refuses_each(&service, &given::incident("good"), cases).await;
    let good = given::incident("good");
    service.system().publish(good).await.unwrap();
}

#[tokio::test]
async fn a_grade_of_the_police_is_the_polices_alone() {
    let site = Site::of("police");
    let service = site.start().await;
    let mut request = given::incident("graded");
    given::report_of(&mut request).criminal = Some(v1::CriminalMatters {
        source_evaluation: 1,
        intelligence_assessment: "B".into(),
        ..v1::CriminalMatters::default()
    });
    service.system().publish(request).await.unwrap();
}

#[tokio::test]
async fn a_mapped_local_code_becomes_a_form_of_threat() {
    let site = Site::new();
    let service = site.start().await;
    let mut request = given::incident("dog");
    given::safety_of(&mut request).threats.clear();
    given::safety_of(&mut request).local_codes = vec![v1::LocalCode {
        list: "visit-risk".into(),
        code: "DOG".into(),
    }];
    service.system().publish(request).await.unwrap();
}
