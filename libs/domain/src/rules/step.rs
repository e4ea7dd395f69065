//! Rules for steps: each says what it needs, and nothing that belongs to another. Who may take one, and when, is the fold's to decide.

use super::{Findings, LONG_TEXT, MEDIUM_TEXT, NAME, SHORT_TEXT};
use crate::{
    alert::PersonTold,
    codes::{CorroborationSource, Deed, EscalationOutcome, ExclusionExtent},
    ids::AgencyId,
    incident::Corroboration,
    step::{
        AlertStep, ChangeStep, Closing, EscalationStep, Exclusion, FamilyTold, IncidentStep,
        InformationStep, MeetingRecord, PlanStep, Statement, Step, StepSaid,
    },
    times::Day,
};

/// A review lies at most so many months ahead (PRACTICE, section 3).
const LONGEST_REVIEW_MONTHS: u32 = 12;
/// Stages that a policy can have.
const MOST_STAGES: u8 = 9;
/// Agencies that a record of a meeting, or a panel, names.
const AGENCIES: usize = 24;
/// What a family was told, at one time.
const TOLD: usize = 12;

pub(super) fn check(found: &mut Findings<'_>, at: &str, step: &Step) {
    let Some(deed) = step.deed else {
        return found.add(
            format!("{at}.deed"),
            "is required: choose a code of the contract's list",
        );
    };
    match &step.said {
        StepSaid::Alert(said) => of_alert(found, &format!("{at}.alert"), deed, said),
        StepSaid::Incident(said) => of_incident(found, &format!("{at}.incident"), deed, said),
        StepSaid::Escalation(Some(said)) => {
            of_escalation(found, &format!("{at}.escalation"), deed, said);
        }
        StepSaid::Plan(Some(said)) => of_plan(found, &format!("{at}.plan"), deed, said),
        StepSaid::Change(Some(said)) => of_change(found, &format!("{at}.change"), deed, said),
        StepSaid::Meeting(said) => of_meeting(found, &format!("{at}.meeting"), deed, said),
        StepSaid::Information(Some(said)) => {
            of_information(found, &format!("{at}.information"), said);
        }
        StepSaid::Statement(Some(said)) => of_statement(found, &format!("{at}.statement"), said),
        StepSaid::Escalation(None)
        | StepSaid::Plan(None)
        | StepSaid::Change(None)
        | StepSaid::Information(None)
        | StepSaid::Statement(None) => {
            found.add(at, "is empty: say what was done");
        }
    }
}

fn of_alert(found: &mut Findings<'_>, at: &str, deed: Deed, said: &AlertStep) {
    let AlertStep {
        review_on,
        told,
        senior: _,
        decided_by,
        words,
    } = said;
    found.text(&format!("{at}.words"), words, LONG_TEXT);
    let (field, way_out) = (format!("{at}.words"), why(deed));
    if !way_out.is_empty() {
        found.required(&field, words, way_out);
    }
    found.text(&format!("{at}.decided_by"), decided_by, NAME);
    if deed != Deed::PersonTold {
        let way_out = "name the role of whoever decided";
        found.required(&format!("{at}.decided_by"), decided_by, way_out);
    }
    let dated = matches!(deed, Deed::Approved | Deed::Renewed);
    review(found, &format!("{at}.review_on"), *review_on, dated);
    if deed == Deed::Renewed {
        found.unless(
            review_on.is_some(),
            format!("{at}.review_on"),
            "is required: when it is reviewed next",
        );
    }
    if deed == Deed::PersonTold {
        found.unless(
            told.is_some(),
            format!("{at}.told"),
            "is required: when they were told, or why not",
        );
    }
    let tells = matches!(deed, Deed::Approved | Deed::PersonTold);
    found.unless(
        tells || told.is_none(),
        format!("{at}.told"),
        "goes with APPROVED and PERSON_TOLD alone; send it as a step of its own",
    );
    person_told(found, &format!("{at}.told"), told.as_ref());
}

/// What the words of an alert's step have to say; empty: nothing.
const fn why(deed: Deed) -> &'static str {
    match deed {
        Deed::Refused => "say why the alert is refused",
        Deed::Renewed => "renewal needs a fresh assessment, in words",
        Deed::Ended => "say why the danger is over",
        Deed::Suspended => "say why it is suspended",
        _ => "",
    }
}

fn review(found: &mut Findings<'_>, at: &str, review_on: Option<Day>, allowed: bool) {
    let Some(day) = review_on else {
        return;
    };
    found.unless(allowed, at, "isn't taken with this step; leave it out");
    let today = found.setting.now.day();
    found.unless(day > today, at, "lies in the past; check the date");
    found.unless(
        day <= today.plus_months(LONGEST_REVIEW_MONTHS),
        at,
        "lies more than 12 months ahead; review it sooner",
    );
}

fn person_told(found: &mut Findings<'_>, at: &str, told: Option<&PersonTold>) {
    match told {
        Some(PersonTold::On(day)) => {
            let today = found.setting.now.day();
            found.unless(
                *day <= today,
                format!("{at}.told_on"),
                "lies in the future; leave it out and say why in `reason`",
            );
        }
        Some(PersonTold::Not(reason)) => {
            let field = format!("{at}.reason");
            found.text(&field, reason, SHORT_TEXT);
            found.required(&field, reason, "say why the person was not told");
        }
        None => {}
    }
}

fn of_incident(found: &mut Findings<'_>, at: &str, deed: Deed, said: &IncidentStep) {
    let IncidentStep {
        words,
        source,
        decided_by,
        police,
    } = said;
    found.text(&format!("{at}.words"), words, LONG_TEXT);
    found.text(&format!("{at}.decided_by"), decided_by, NAME);
    match deed {
        Deed::AssessedNoAlert => {
            let field = format!("{at}.words");
            found.required(&field, words, "say why no alert is needed");
            let field = format!("{at}.decided_by");
            found.required(&field, decided_by, "name the role of whoever decided");
        }
        Deed::Corroborated => found.unless(
            source.is_some(),
            format!("{at}.source"),
            "is required: what bears it out",
        ),
        _ => found.unless(
            police.is_some(),
            format!("{at}.police"),
            "is required: when it was reported, and the police's reference",
        ),
    }
    if let Some(given) = source {
        spoken(found, &format!("{at}.source"), given);
        self::source(found, &format!("{at}.source"), given);
    }
    if let Some(police) = police {
        found.text(&format!("{at}.police.reference"), &police.reference, 64);
        found.not_future(&format!("{at}.police.reported_at"), police.reported_at);
    }
}

/// A source that is left out where the voice may not be heard would tell by that whose it is.
fn spoken(found: &mut Findings<'_>, at: &str, source: &Corroboration) {
    found.unless(
        source.source != CorroborationSource::AccountOfThePerson,
        format!("{at}.source"),
        "can't be the account of the child or adult at risk: report what they say as an account, in an incident's `voice`",
    );
}

/// What bears something out.
pub(super) fn source(found: &mut Findings<'_>, at: &str, source: &Corroboration) {
    let who = format!("{at}.who");
    found.text(&who, &source.who, NAME);
    found.required(&who, &source.who, "say by whom, as a role or source");
    if let Some(agency) = &source.agency {
        found.known_agency(&format!("{at}.agency"), agency);
    }
}

fn of_escalation(found: &mut Findings<'_>, at: &str, deed: Deed, said: &EscalationStep) {
    let EscalationStep {
        words,
        role,
        stage,
        urgent_reason,
        outcome,
        protect_by,
        interim_position,
        panel,
    } = said;
    found.text(&format!("{at}.words"), words, LONG_TEXT);
    let way_out = "every step is written: say it in words";
    found.required(&format!("{at}.words"), words, way_out);
    found.text(&format!("{at}.role"), role, NAME);
    found.text(&format!("{at}.urgent_reason"), urgent_reason, MEDIUM_TEXT);
    let moves = deed == Deed::MovedOn;
    found.unless(
        if moves {
            (1..=MOST_STAGES).contains(stage)
        } else {
            *stage == 0
        },
        format!("{at}.stage"),
        "goes with MOVED_ON, and is a stage of the Board's policy",
    );
    found.unless(
        moves || urgent_reason.is_empty(),
        format!("{at}.urgent_reason"),
        "goes with MOVED_ON alone",
    );
    found.unless(
        may_end(deed, *outcome),
        format!("{at}.outcome"),
        "must fit the step: RESOLVED agreed, changed, stands or emergency action; DETERMINED Board determination or policy gap; others none",
    );
    found.unless(
        (deed == Deed::ProtectBySet) == protect_by.is_some(),
        format!("{at}.protect_by"),
        "goes with PROTECT_BY_SET, and is required there",
    );
    found.unless(
        (deed == Deed::InterimSet) == interim_position.is_some(),
        format!("{at}.interim_position"),
        "goes with INTERIM_SET, and is required there",
    );
    if let Some(measure) = interim_position {
        let field = format!("{at}.interim_position");
        found.measure(&field, measure);
        found.unless(
            measure.owner.is_some(),
            format!("{field}.owner"),
            "is required: the agency that keeps somebody safe meanwhile",
        );
    }
    found.unless(
        (deed == Deed::PanelConvened) != panel.is_empty(),
        format!("{at}.panel"),
        "goes with PANEL_CONVENED, and is required there",
    );
    agencies(found, &format!("{at}.panel"), panel);
}

const fn may_end(deed: Deed, outcome: Option<EscalationOutcome>) -> bool {
    match (deed, outcome) {
        (Deed::Resolved, outcome) => matches!(
            outcome,
            Some(
                EscalationOutcome::Agreed
                    | EscalationOutcome::DecisionChanged
                    | EscalationOutcome::DecisionStands
                    | EscalationOutcome::EmergencyAction
            )
        ),
        (Deed::Determined, outcome) => matches!(
            outcome,
            Some(EscalationOutcome::BoardDetermination | EscalationOutcome::PolicyGap)
        ),
        (_, outcome) => outcome.is_none(),
    }
}

fn agencies(found: &mut Findings<'_>, at: &str, named: &[AgencyId]) {
    found.count(at, named.len(), AGENCIES);
    for (i, agency) in named.iter().enumerate() {
        found.known_agency(&format!("{at}[{i}]"), agency);
    }
}

fn of_plan(found: &mut Findings<'_>, at: &str, deed: Deed, said: &PlanStep) {
    let PlanStep {
        measure,
        review_on,
        words,
        told,
    } = said;
    let of_measure = matches!(deed, Deed::MeasureDone | Deed::MeasureNotDone);
    found.unless(
        if of_measure {
            (1..=12).contains(measure)
        } else {
            *measure == 0
        },
        format!("{at}.measure"),
        "is the measure's number, counted from 1; it goes with MEASURE_DONE and MEASURE_NOT_DONE",
    );
    found.text(&format!("{at}.words"), words, LONG_TEXT);
    if !matches!(deed, Deed::MeasureDone | Deed::FamilyTold) {
        let way_out = "say why, or what the review found";
        found.required(&format!("{at}.words"), words, way_out);
    }
    let reviewed = deed == Deed::PlanReviewed;
    review(found, &format!("{at}.review_on"), *review_on, reviewed);
    found.unless(
        !reviewed || review_on.is_some(),
        format!("{at}.review_on"),
        "is required: when it is reviewed next",
    );
    found.unless(
        deed != Deed::FamilyTold || told.is_some(),
        format!("{at}.told"),
        "is required: who was told what, how, by whom, when",
    );
    if let Some(told) = told {
        family_told(found, &format!("{at}.told"), told);
    }
}

/// What is said of telling the family, wherever it is recorded.
pub(super) fn family_told(found: &mut Findings<'_>, at: &str, told: &FamilyTold) {
    let FamilyTold {
        person,
        what,
        how,
        by,
        on: _,
    } = told;
    for (name, text, bound) in [
        ("person", person, NAME),
        ("what", what, MEDIUM_TEXT),
        ("how", how, SHORT_TEXT),
        ("by", by, NAME),
    ] {
        found.text(&format!("{at}.{name}"), text, bound);
    }
    found.required(&format!("{at}.person"), person, "say who, by label or role");
    found.required(&format!("{at}.what"), what, "say what they are told");
}

pub(super) fn families_told(found: &mut Findings<'_>, at: &str, told: &[FamilyTold]) {
    found.count(at, told.len(), TOLD);
    for (i, one) in told.iter().enumerate() {
        family_told(found, &format!("{at}[{i}]"), one);
    }
}

fn of_change(found: &mut Findings<'_>, at: &str, deed: Deed, said: &ChangeStep) {
    let ChangeStep { words, source, on } = said;
    found.text(&format!("{at}.words"), words, LONG_TEXT);
    found.required(&format!("{at}.words"), words, "say what was seen");
    if deed == Deed::ChangeConfirmed {
        let field = format!("{at}.source");
        found.unless(source.is_some(), field, "is required: who confirms it");
    }
    if let Some(given) = source {
        spoken(found, &format!("{at}.source"), given);
        self::source(found, &format!("{at}.source"), given);
    }
    let today = found.setting.now.day();
    found.unless(
        on.is_none_or(|on| on <= today),
        format!("{at}.on"),
        "lies in the future; check the date",
    );
}

fn of_meeting(found: &mut Findings<'_>, at: &str, deed: Deed, said: &MeetingRecord) {
    let closes = deed == Deed::MeetingClosed;
    found.unless(
        closes == said.closing.is_some(),
        format!("{at}.closing"),
        "goes with MEETING_CLOSED, and is required there",
    );
    found.unless(
        closes || said.exclusion.is_some(),
        format!("{at}.exclusion"),
        "is required with EXCLUSION_DECIDED",
    );
    if let Some(closing) = &said.closing {
        check_closing(found, &format!("{at}.closing"), closing);
    }
    if let Some(exclusion) = &said.exclusion {
        check_exclusion(found, &format!("{at}.exclusion"), exclusion);
    }
}

/// If there isn't enough information, or the plan isn't effective, what follows is said, with its owner and date (guidance, section 7).
fn check_closing(found: &mut Findings<'_>, at: &str, closing: &Closing) {
    for (name, named) in [
        ("invited", &closing.invited),
        ("attended", &closing.attended),
        ("reported", &closing.reported),
    ] {
        agencies(found, &format!("{at}.{name}"), named);
    }
    for (name, answer) in [
        ("enough_information", closing.enough_information),
        ("plan_effective", closing.plan_effective),
    ] {
        found.unless(
            answer.is_some(),
            format!("{at}.{name}"),
            "is required: yes or no, at each close",
        );
    }
    let fails = closing.enough_information == Some(false) || closing.plan_effective == Some(false);
    found.unless(
        !fails || closing.next.is_some(),
        format!("{at}.next"),
        "is required where an answer is no: CRISP or legal advice, whose, by when",
    );
    if let Some(next) = &closing.next {
        found.known_agency(&format!("{at}.next.owner"), &next.owner);
    }
    families_told(found, &format!("{at}.told"), &closing.told);
    found.text(&format!("{at}.decided"), &closing.decided, LONG_TEXT);
}

fn check_exclusion(found: &mut Findings<'_>, at: &str, exclusion: &Exclusion) {
    let Exclusion {
        who,
        ground: _,
        extent,
        views_heard,
        reason,
    } = exclusion;
    for (name, text, bound) in [
        ("who", who, NAME),
        ("views_heard", views_heard, MEDIUM_TEXT),
        ("reason", reason, MEDIUM_TEXT),
    ] {
        found.text(&format!("{at}.{name}"), text, bound);
    }
    found.required(&format!("{at}.who"), who, "say whom");
    found.required(&format!("{at}.reason"), reason, "say why");
    if *extent != ExclusionExtent::NotExcluded {
        let field = format!("{at}.views_heard");
        found.required(&field, views_heard, "say how their views are heard");
    }
}

fn of_information(found: &mut Findings<'_>, at: &str, said: &InformationStep) {
    let InformationStep { words, role } = said;
    found.text(&format!("{at}.role"), role, NAME);
    found.text(&format!("{at}.words"), words, LONG_TEXT);
    let way_out = "say where the information is, what was looked through, or why it isn't given";
    found.required(&format!("{at}.words"), words, way_out);
}

fn of_statement(found: &mut Findings<'_>, at: &str, said: &Statement) {
    found.text(&format!("{at}.person"), &said.person, NAME);
    found.text(&format!("{at}.words"), &said.words, LONG_TEXT);
    found.required(&format!("{at}.words"), &said.words, "write what is said");
}
