use super::*;
use crate::{
    calendar::moment_of,
    codes::{Precision, ReportedToPolice},
    incident::CriminalMatters,
    people::Person,
    times::{Day, Occurred},
};

fn monday() -> Moment {
    moment_of(Day::parse("2027-03-01").unwrap(), 600)
}

fn report() -> IncidentReport {
    let at = monday();
    IncidentReport {
        people: Vec::new(),
        places: Vec::new(),
        safety: Some(IncidentSafety {
            occurred: Occurred {
                from: at,
                to: at,
                precision: Precision::Hour,
            },
            behaviours: Vec::new(),
            threats: vec![ThreatForm::Swearing],
            local_codes: Vec::new(),
            directed_at: vec![DirectedAt::Worker],
            harm: Harm::None,
            likelihood: None,
            setting: None,
            danger_at_once: false,
            provisional_precautions: Vec::new(),
            prevents_task: false,
            pattern: None,
        }),
        narrative: None,
        voice: Vec::new(),
        worker: None,
        reporter: None,
        health: None,
        criminal: None,
        plan: Vec::new(),
    }
}

fn safety(of: &mut IncidentReport) -> &mut IncidentSafety {
    of.safety.as_mut().unwrap()
}

fn prompts(report: IncidentReport) -> Vec<(Prompt, Option<String>)> {
    let found = reminders(&Content::Incident(report), monday(), &Policy::default());
    let bare = found.into_iter();
    bare.map(|r| (r.prompt, r.due.map(|due| due.day.to_string())))
        .collect()
}

#[test]
fn a_report_of_no_harm_asks_only_who_else_must_know() {
    assert_eq!(prompts(report()), [(Prompt::WhoElseMustKnow, None)]);
}

#[test]
fn a_threat_to_kill_prompts_the_police_until_it_is_said_whether_they_know() {
    let mut grave = report();
    safety(&mut grave).threats = vec![ThreatForm::ThreatToKill];
    assert_eq!(prompts(grave.clone())[0], (Prompt::ReportToPolice, None));
    grave.criminal = Some(CriminalMatters {
        grade: None,
        reported_to_police: Some(ReportedToPolice::No),
        reason: "asked them to wait".into(),
        police_reference: String::new(),
        reported_at: None,
    });
    assert_eq!(
        prompts(grave),
        [
            (Prompt::SayDangerAtOnce, None),
            (Prompt::WhoElseMustKnow, None)
        ]
    );
}

#[test]
fn an_injury_at_work_prompts_riddor_and_counts_fifteen_days_without_the_accident_s() {
    let mut hurt = report();
    safety(&mut hurt).harm = Harm::Injury;
    let due = Some("2027-03-16".to_owned());
    assert_eq!(prompts(hurt.clone())[0], (Prompt::RiddorIfAbsent, due));
    safety(&mut hurt).harm = Harm::SeriousInjury;
    assert_eq!(prompts(hurt.clone())[0], (Prompt::RiddorAtOnce, None));
    safety(&mut hurt).directed_at = vec![DirectedAt::Partner];
    assert_eq!(prompts(hurt)[0], (Prompt::SeparateAttendance, None));
}

#[test]
fn danger_at_once_is_decided_within_three_working_days() {
    let mut danger = report();
    safety(&mut danger).danger_at_once = true;
    let due = Some("2027-03-04".to_owned());
    assert_eq!(prompts(danger)[0], (Prompt::DecideInTime, due));
}

#[test]
fn a_child_in_it_who_was_not_heard_is_asked_about() {
    let mut unheard = report();
    unheard.people = vec![Person {
        label: "p1".into(),
        role: PersonRole::ChildAtRisk,
        identity: None,
    }];
    assert_eq!(prompts(unheard)[0], (Prompt::AskThePerson, None));
}

#[test]
fn physical_danger_that_isnt_called_danger_at_once_is_asked_about_and_other_threats_are_not() {
    for (threat, asked) in [
        (ThreatForm::Assault, true),
        (ThreatForm::Animal, true),
        (ThreatForm::Swearing, false),
    ] {
        for said in [false, true] {
            let mut report = report();
            safety(&mut report).threats = vec![threat];
            safety(&mut report).danger_at_once = said;
            let asks = prompts(report);
            let asks = asks.iter().any(|(p, _)| *p == Prompt::SayDangerAtOnce);
            assert_eq!(asks, asked && !said, "{threat:?} {said}");
        }
    }
}
