//! What an event counts in each table.

use diogel_domain::{
    alert::{AlertTarget, HazardAlert, PersonTold},
    calendar::london,
    codes::{
        AlertStatus, ContactOutcome, CorroborationSource, Deed, DirectedAt, EscalationOutcome,
        EscalationTopic, Harm, IncidentSetting, Lifecycle, ReportedToPolice, RequestPower,
        ResistantBehaviour, Severity, ThreatForm,
    },
    content::Content,
    correction::Replacement,
    escalation::Escalation,
    incident::IncidentReport,
    step::{Step, StepSaid},
    times::{Day, Moment},
};

use super::{Counted, Table, categories::STEPS};

/// The place of a code in its list.
fn place<T: PartialEq>(all: &[T], code: &T) -> u8 {
    let place = all.iter().position(|one| one == code);
    u8::try_from(place.unwrap_or(0)).unwrap_or(0)
}

/// What the content of an event that was published then counts as. Of the month and of the sector the category is known where the event is folded: here it is 0.
pub fn counted(content: &Content, published: Moment) -> Vec<Counted> {
    let day = london(published).day;
    let mut all = match content {
        Content::Incident(report) => incident(report),
        Content::HazardAlert(alert) => self::alert(alert, day),
        Content::Escalation(escalation) => self::escalation(escalation),
        Content::Correction(correction) => match &correction.replacement {
            Some(Replacement::Incident(report)) => incident(report),
            Some(Replacement::HazardAlert(alert)) => self::alert(alert, day),
            Some(Replacement::Escalation(escalation)) => self::escalation(escalation),
            None => Vec::new(),
        },
        Content::Contact(note) => {
            let counted = note.contact.as_ref().map(|contact| {
                let outcome = place(ContactOutcome::ALL, &contact.outcome);
                let home = u8::from(!contact.at_home);
                [Table::Contacts.at(outcome), Table::ContactsHome.at(home)]
            });
            counted.into_iter().flatten().collect()
        }
        // By the agencies asked, once it is released.
        Content::InformationRequest(request) => {
            let power = request.sought.as_ref().map(|sought| sought.power);
            let table = power.map(|power| match power {
                RequestPower::Agreement => Table::Requests,
                RequestPower::BoardFunctions => Table::BoardRequests,
            });
            table.map(|table| table.at(0)).into_iter().collect()
        }
        Content::Step(step) => self::step(step),
        _ => Vec::new(),
    };
    all.sort_unstable();
    all.dedup();
    all
}

fn incident(report: &IncidentReport) -> Vec<Counted> {
    let Some(safety) = &report.safety else {
        return Vec::new();
    };
    let threats = safety.threats.iter();
    let threats = threats.map(|code| Table::IncidentsThreat.at(place(ThreatForm::ALL, code)));
    let behaviours = safety.behaviours.iter();
    let behaviours =
        behaviours.map(|code| Table::IncidentsBehaviour.at(place(ResistantBehaviour::ALL, code)));
    let directed = safety.directed_at.iter();
    let directed = directed.map(|code| Table::IncidentsDirected.at(place(DirectedAt::ALL, code)));
    let sources = report.narrative.iter().flat_map(|n| &n.corroborated_by);
    let mut sources: Vec<Counted> = sources
        .map(|one| place(CorroborationSource::ALL, &one.source))
        .map(|at| Table::IncidentsCorroborated.at(at))
        .collect();
    if sources.is_empty() {
        let none = u8::try_from(CorroborationSource::ALL.len()).unwrap_or(0);
        sources.push(Table::IncidentsCorroborated.at(none));
    }
    let police = report.criminal.as_ref().and_then(|c| c.reported_to_police);
    let police = match police {
        Some(ReportedToPolice::Yes) => 0,
        Some(ReportedToPolice::No) => 1,
        None => 2,
    };
    let setting = safety
        .setting
        .map_or(IncidentSetting::ALL.len(), |setting| {
            usize::from(place(IncidentSetting::ALL, &setting))
        });
    let once = [
        Table::IncidentsSetting.at(u8::try_from(setting).unwrap_or(0)),
        Table::IncidentsMonth.at(0),
        Table::IncidentsSector.at(0),
        Table::IncidentsHarm.at(place(Harm::ALL, &safety.harm)),
        Table::IncidentsPolice.at(police),
    ];
    once.into_iter()
        .chain(threats)
        .chain(behaviours)
        .chain(directed)
        .chain(sources)
        .collect()
}

/// Exercises and tests aren't counted.
fn alert(alert: &HazardAlert, day: Day) -> Vec<Counted> {
    let Some(safety) = alert
        .safety
        .as_ref()
        .filter(|_| alert.status == AlertStatus::Actual)
    else {
        return Vec::new();
    };
    let told = match &safety.told {
        Some(PersonTold::On(_)) => 0,
        Some(PersonTold::Not(_)) => 1,
        None => 2,
    };
    let target = match &safety.target {
        AlertTarget::Person(label) => u8::from(is_child(alert, label, day)),
        AlertTarget::Household { .. } => 2,
        AlertTarget::Premises(_) => 3,
        AlertTarget::Animal { .. } => 4,
    };
    let age = match &safety.target {
        AlertTarget::Person(label) => age(alert, label, day),
        _ => NO_AGE,
    };
    vec![
        Table::AlertsTarget.at(target),
        Table::AlertsAge.at(age),
        Table::AlertsSeverity.at(place(Severity::ALL, &safety.severity)),
        Table::AlertsTold.at(told),
    ]
}

/// The last of the ages: not known.
const NO_AGE: u8 = 5;

/// The person's age when it is published, as the place of its band.
fn age(alert: &HazardAlert, label: &str, day: Day) -> u8 {
    let person = alert.people.iter().find(|person| person.label == label);
    match person.and_then(|person| person.age_on(day)) {
        None => NO_AGE,
        Some(..18) => 0,
        Some(18..25) => 1,
        Some(25..45) => 2,
        Some(45..65) => 3,
        Some(65..) => 4,
    }
}

/// Under 18 when it is published.
fn is_child(alert: &HazardAlert, label: &str, day: Day) -> bool {
    let person = alert.people.iter().find(|person| person.label == label);
    person.is_some_and(|person| person.is_under_18(day))
}

fn escalation(escalation: &Escalation) -> Vec<Counted> {
    let Some(dispute) = &escalation.dispute else {
        return Vec::new();
    };
    let stage = dispute.stage.clamp(1, 4) - 1;
    vec![
        Table::EscalationsTopic.at(place(EscalationTopic::ALL, &dispute.topic)),
        Table::EscalationsStage.at(stage),
    ]
}

fn step(step: &Step) -> Vec<Counted> {
    let Some(deed) = step.deed else {
        return Vec::new();
    };
    if let Some(at) = STEPS.iter().position(|one| *one == deed) {
        return vec![Table::AlertsSteps.at(u8::try_from(at).unwrap_or(0))];
    }
    let outcome = match &step.said {
        StepSaid::Escalation(Some(said)) => said.outcome,
        _ => None,
    };
    match (deed.lifecycle(), deed, outcome) {
        (Lifecycle::Escalation, Deed::Withdrawn, _) => {
            let at = place(EscalationOutcome::ALL, &EscalationOutcome::Withdrawn);
            vec![Table::EscalationsOutcome.at(at)]
        }
        (Lifecycle::Escalation, Deed::Resolved | Deed::Determined, Some(outcome)) => {
            vec![Table::EscalationsOutcome.at(place(EscalationOutcome::ALL, &outcome))]
        }
        _ => Vec::new(),
    }
}
