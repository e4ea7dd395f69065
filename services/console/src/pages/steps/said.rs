//! What a form's answers say, as a step.

use diogel_contract::v1;
use diogel_domain::codes::{Deed, Lifecycle, Purpose};

use crate::{answers::Answers, answers::Faults, page::Visit, pages::report::fields};

/// A step on another agency's event has an audience of its own: for what the board has a default for, that; else the event's originator.
pub(super) fn audience(item: &v1::Item, deed: Deed, own: bool) -> Option<v1::Audience> {
    let goes_along = matches!(deed.lifecycle(), Lifecycle::Escalation | Lifecycle::Meeting);
    if own || goes_along {
        return None;
    }
    let purpose = Purpose::from_number(item.purpose);
    let by_default = deed.lifecycle() != Lifecycle::Information
        && matches!(
            purpose,
            Some(Purpose::WorkerSafety | Purpose::ChildProtection | Purpose::AdultProtection)
        );
    Some(v1::Audience {
        by_default,
        purpose: item.purpose,
        lawful_basis: if by_default { 0 } else { item.lawful_basis },
        grants: if by_default {
            Vec::new()
        } else {
            vec![v1::Grant {
                to: Some(v1::grant::To::Agency(item.originator.clone())),
                groups: Vec::new(),
            }]
        },
        ..v1::Audience::default()
    })
}

/// What goes with a deed, by its lifecycle.
pub(super) fn said(
    visit: &Visit,
    item: &v1::Item,
    deed: Deed,
    answers: &Answers,
    faults: &mut Faults,
) -> v1::step::Said {
    use v1::step::Said as S;
    let words = answers.get("words").to_owned();
    match deed.lifecycle() {
        Lifecycle::Statement => S::Statement(v1::Statement {
            words,
            ..v1::Statement::default()
        }),
        Lifecycle::Information => S::Information(v1::InformationStep {
            words,
            role: answers.get("role").to_owned(),
        }),
        Lifecycle::Incident => S::Incident(v1::IncidentStep {
            decided_by: match deed {
                Deed::AssessedNoAlert => visit.who.name.clone(),
                _ => String::new(),
            },
            source: source(visit, deed, answers),
            police: (deed == Deed::ReportedToPolice).then(|| v1::PoliceReport {
                reference: answers.get("police-reference").to_owned(),
                reported_at: fields::moment(answers, "police", faults, visit.language()),
            }),
            words,
        }),
        Lifecycle::Escalation => S::Escalation(escalation(visit, answers, faults, words)),
        Lifecycle::Plan => S::Plan(v1::PlanStep {
            measure: answers.get("measure").parse().unwrap_or(0),
            review_on: answers.get("review").to_owned(),
            words,
            told: (deed == Deed::FamilyTold).then(|| family_told(answers)),
        }),
        Lifecycle::Change => S::Change(v1::ChangeStep {
            words,
            source: source(visit, deed, answers),
            on: answers.get("since").to_owned(),
        }),
        Lifecycle::Meeting => S::Meeting(meeting(visit, item, deed, answers)),
        Lifecycle::Alert => S::Alert(v1::AlertStep {
            review_on: answers.get("review").to_owned(),
            told: told(answers),
            senior: !answers.get("senior").is_empty(),
            decided_by: match deed {
                Deed::PersonTold => String::new(),
                _ => visit.who.name.clone(),
            },
            words,
        }),
    }
}

fn source(visit: &Visit, deed: Deed, answers: &Answers) -> Option<v1::Corroboration> {
    matches!(deed, Deed::Corroborated | Deed::ChangeConfirmed).then(|| v1::Corroboration {
        source: answers.number("source"),
        who: answers.get("source-who").to_owned(),
        agency: visit.who.agency.clone(),
    })
}

fn told(answers: &Answers) -> Option<v1::PersonTold> {
    let told = v1::PersonTold {
        told_on: answers.get("told-on").to_owned(),
        reason: answers.get("not-told").to_owned(),
    };
    (told != v1::PersonTold::default()).then_some(told)
}

fn family_told(answers: &Answers) -> v1::FamilyTold {
    let text = |field: &str| answers.get(field).to_owned();
    v1::FamilyTold {
        person: text("family-who"),
        what: text("family-what"),
        how: text("family-how"),
        by: text("family-by"),
        told_on: text("family-on"),
    }
}

fn escalation(
    visit: &Visit,
    answers: &Answers,
    faults: &mut Faults,
    words: String,
) -> v1::EscalationStep {
    let what = answers.get("interim").to_owned();
    v1::EscalationStep {
        words,
        role: answers.get("role").to_owned(),
        stage: answers.get("stage").parse().unwrap_or(0),
        urgent_reason: answers.get("urgent").to_owned(),
        outcome: answers.number("outcome"),
        protect_by: fields::moment(answers, "protect", faults, visit.language()),
        interim_position: (!what.is_empty()).then(|| v1::Measure {
            what,
            owner: answers.get("owner").to_owned(),
            due_on: answers.get("interim-due").to_owned(),
        }),
        panel: answers.all("panel").map(str::to_owned).collect(),
    }
}

fn meeting(visit: &Visit, item: &v1::Item, deed: Deed, answers: &Answers) -> v1::MeetingRecord {
    let (mut closing, mut exclusion) = (None, None);
    if deed == Deed::MeetingClosed {
        closing = Some(self::closing(visit, item, answers));
    } else {
        exclusion = Some(v1::Exclusion {
            who: answers.get("who").to_owned(),
            ground: answers.number("ground"),
            extent: answers.number("extent"),
            views_heard: answers.get("views").to_owned(),
            reason: answers.get("reason").to_owned(),
        });
    }
    v1::MeetingRecord { closing, exclusion }
}

/// The guidance's closing questions (section 7), and who was there.
fn closing(visit: &Visit, item: &v1::Item, answers: &Answers) -> v1::Closing {
    let named = |field: &str| answers.all(field).map(str::to_owned).collect::<Vec<_>>();
    let what = answers.number("next");
    let told = family_told(answers);
    let own = std::iter::once(visit.who.agency.clone());
    v1::Closing {
        invited: match &item.content {
            Some(v1::item::Content::Meeting(meeting)) => meeting.attending.clone(),
            _ => Vec::new(),
        },
        attended: own.chain(named("attended")).collect(),
        reported: named("reported"),
        enough_information: answers.number("enough"),
        plan_effective: answers.number("effective"),
        next: (what != 0).then(|| v1::NextAction {
            what,
            owner: answers.get("owner").to_owned(),
            by: answers.get("next-by").to_owned(),
        }),
        told: (told != v1::FamilyTold::default())
            .then_some(told)
            .into_iter()
            .collect(),
        decided: answers.get("decided").to_owned(),
    }
}
