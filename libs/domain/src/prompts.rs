//! What a publication reminds its sender of: the police, RIDDOR, the child's own account, who else must know. Prompts, never reports: the
//! hub makes none (PRACTICE, section 10, "Not a report"), and stores no answer.

use crate::{
    calendar::{Accident, Due, Holidays, Injured, Length, RiddorPrompt, london},
    codes::{DirectedAt, Harm, PersonRole, ThreatForm, code_list},
    content::Content,
    crisp::Policy,
    incident::{IncidentReport, IncidentSafety},
    times::Moment,
};

code_list! {
    /// A reminder.
    Prompt {
        ReportToPolice = 1, "report-to-police", "A threat to kill or an assault: report it to the police, or record why not", "Bygythiad i ladd neu ymosodiad: adroddwch amdano i'r heddlu, neu cofnodwch pam na wnaethoch";
        RiddorAtOnce = 2, "riddor-at-once", "RIDDOR: a death or a specified injury at work is notified at once; the employer judges", "RIDDOR: rhaid hysbysu am farwolaeth neu anaf penodedig yn y gwaith ar unwaith; y cyflogwr sy'n barnu";
        RiddorIfAbsent = 3, "riddor-if-absent", "RIDDOR: if the worker can't do their work for more than 7 days in a row, report by this day; more than 3, keep a record", "RIDDOR: os na all y gweithiwr wneud ei waith am fwy na 7 diwrnod yn olynol, adroddwch erbyn y diwrnod hwn; mwy na 3, cadwch gofnod";
        AskThePerson = 4, "ask-the-person", "No account of the child or adult at risk is in this: it comes before every other. Who asks them, alone?", "Nid yw hanes y plentyn neu'r oedolyn sy'n wynebu risg yn hwn: daw o flaen pob un arall. Pwy sy'n eu holi, ar eu pen eu hunain?";
        SeparateAttendance = 5, "separate-attendance", "Directed at a partner: plan separate attendance, and a safe contact for letters", "Wedi'i gyfeirio at bartner: trefnwch fynychu ar wahân, a chyswllt diogel ar gyfer llythyrau";
        DecideInTime = 6, "decide-in-time", "Danger at once: somebody decides on an alert, or refuses one with a reason, by this day", "Perygl uniongyrchol: rhaid i rywun benderfynu ar rybudd, neu wrthod un gyda rheswm, erbyn y diwrnod hwn";
        ApproveInTime = 7, "approve-in-time", "Proposed: somebody else approves or refuses it by this day", "Wedi'i gynnig: rhaid i rywun arall ei gymeradwyo neu ei wrthod erbyn y diwrnod hwn";
        SayDangerAtOnce = 9, "say-danger-at-once", "Is whoever goes there next in physical danger? Then correct this and say “danger at once”: only that shows in the pre-visit check before somebody has decided", "A yw'r sawl fydd yn mynd yno nesaf mewn perygl corfforol? Os felly, cywirwch hwn a dywedwch “perygl uniongyrchol”: dim ond hynny sy'n dangos yn y gwiriad cyn ymweld cyn i rywun benderfynu";
        WhoElseMustKnow = 8, "who-else-must-know", "Who else must know?", "Pwy arall y mae angen iddynt wybod?";
    }
}

/// A reminder with its day, if it has one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reminder {
    /// Of what.
    pub prompt: Prompt,
    /// By when.
    pub due: Option<Due>,
}

/// What a publication reminds its sender of, the most pressing first.
pub fn reminders(content: &Content, now: Moment, policy: &Policy) -> Vec<Reminder> {
    let holidays = Holidays::england_and_wales();
    let decided_by = || {
        let length = Length::WorkingDays(policy.alerts.undecided_after_working_days);
        Some(length.due(now, holidays))
    };
    let mut found = Vec::new();
    let mut remind = |prompt, due| found.push(Reminder { prompt, due });
    if let Some(report) = content.incident() {
        if let Some(safety) = &report.safety {
            if is_for_the_police(report, safety) {
                remind(Prompt::ReportToPolice, None);
            }
            if let Some((prompt, due)) = riddor(safety, holidays) {
                remind(prompt, due);
            }
            if safety.danger_at_once {
                remind(Prompt::DecideInTime, decided_by());
            } else if safety.threats.iter().any(|t| t.is_physical_danger()) {
                remind(Prompt::SayDangerAtOnce, None);
            }
            if safety.directed_at.contains(&DirectedAt::Partner) {
                remind(Prompt::SeparateAttendance, None);
            }
        }
        if is_unheard(report) {
            remind(Prompt::AskThePerson, None);
        }
        remind(Prompt::WhoElseMustKnow, None);
    } else if let Some(alert) = content.hazard_alert() {
        if alert.safety.as_ref().is_some_and(|s| s.decision.is_none()) {
            remind(Prompt::ApproveInTime, decided_by());
        }
        remind(Prompt::WhoElseMustKnow, None);
    }
    found
}

/// Which incidents go to the police is the agency's policy; these, always (guidance, section 6.2).
fn is_for_the_police(report: &IncidentReport, safety: &IncidentSafety) -> bool {
    let grave = |threat| matches!(threat, &ThreatForm::ThreatToKill | &ThreatForm::Assault);
    let said = report.criminal.as_ref();
    let said = said.is_some_and(|criminal| criminal.reported_to_police.is_some());
    safety.threats.iter().any(grave) && !said
}

/// How long somebody is absent is for their employer alone, and isn't asked here.
fn riddor(safety: &IncidentSafety, holidays: &Holidays) -> Option<(Prompt, Option<Due>)> {
    if !safety.directed_at.contains(&DirectedAt::Worker) {
        return None;
    }
    let day = london(safety.occurred.from).day;
    let accident = Accident {
        day,
        injured: Injured::AtWork,
        died: safety.harm == Harm::Death,
        specified_injury: safety.harm == Harm::SeriousInjury,
        incapacity_days: if safety.harm == Harm::Injury { 8 } else { 0 },
    };
    match accident.prompts().first()? {
        RiddorPrompt::NotifyAtOnce | RiddorPrompt::ReportInTenDays => {
            Some((Prompt::RiddorAtOnce, None))
        }
        late @ (RiddorPrompt::ReportInFifteenDays | RiddorPrompt::KeepRecord) => {
            Some((Prompt::RiddorIfAbsent, late.due(day, holidays)))
        }
    }
}

/// Somebody at risk is in it, and nothing of what they say.
fn is_unheard(report: &IncidentReport) -> bool {
    let at_risk = |role| matches!(role, PersonRole::ChildAtRisk | PersonRole::AdultAtRisk);
    report.voice.is_empty() && report.people.iter().any(|person| at_risk(person.role))
}

#[cfg(test)]
mod tests;
