//! Redaction of steps: how something stands is for whoever may act on it; by whom and why, for fewer.

use diogel_domain::{
    codes::{Deed, Lifecycle},
    lifecycle::is_over,
    step::{AlertStep, ChangeStep, EscalationStep, IncidentStep, MeetingRecord, Step, StepSaid},
};

use super::{keep, may_be_named, or_empty, told};
use crate::groups::{FieldGroup, Groups};

/// What a reader needs to know what was done.
pub fn group_of(deed: Deed) -> FieldGroup {
    match (deed, deed.lifecycle()) {
        (Deed::ExclusionDecided, _) => FieldGroup::Narrative,
        (Deed::ReportedToPolice, _) => FieldGroup::Criminal,
        // Where it stands is the topic's; what is said, and by whom, the dispute's.
        (Deed::MovedOn | Deed::ProtectBySet, _) => FieldGroup::Topic,
        (_, Lifecycle::Escalation) if is_over(deed) => FieldGroup::Topic,
        (_, Lifecycle::Escalation) => FieldGroup::Dispute,
        (_, Lifecycle::Plan | Lifecycle::Change | Lifecycle::Meeting | Lifecycle::Information) => {
            FieldGroup::Plan
        }
        // That an alert is disputed is for everybody who goes there.
        (_, Lifecycle::Alert | Lifecycle::Incident | Lifecycle::Statement) => FieldGroup::Safety,
    }
}

pub(super) fn step(step: Step, groups: Groups) -> Step {
    let Step { deed, said } = step;
    Step {
        deed: deed.filter(|deed| groups.closed().has(group_of(*deed))),
        said: self::said(said, groups),
    }
}

fn said(said: StepSaid, groups: Groups) -> StepSaid {
    match said {
        StepSaid::Alert(said) => StepSaid::Alert(alert(said, groups)),
        StepSaid::Incident(said) => StepSaid::Incident(incident(said, groups)),
        StepSaid::Escalation(said) => {
            StepSaid::Escalation(said.and_then(|said| escalation(said, groups)))
        }
        StepSaid::Plan(said) => StepSaid::Plan(keep(said, groups, FieldGroup::Plan)),
        StepSaid::Change(said) => {
            let said = keep(said, groups, FieldGroup::Plan);
            StepSaid::Change(said.map(|said| change(said, groups)))
        }
        StepSaid::Meeting(said) => StepSaid::Meeting(meeting(said, groups)),
        StepSaid::Information(said) => StepSaid::Information(keep(said, groups, FieldGroup::Plan)),
        StepSaid::Statement(said) => StepSaid::Statement(keep(said, groups, FieldGroup::Narrative)),
    }
}

fn escalation(said: EscalationStep, groups: Groups) -> Option<EscalationStep> {
    if groups.has(FieldGroup::Dispute) {
        return Some(said);
    }
    groups.has(FieldGroup::Topic).then(|| EscalationStep {
        stage: said.stage,
        protect_by: said.protect_by,
        ..EscalationStep::default()
    })
}

fn alert(said: AlertStep, groups: Groups) -> AlertStep {
    let AlertStep {
        review_on,
        told,
        senior,
        decided_by,
        words,
    } = said;
    let safety = groups.has(FieldGroup::Safety);
    let told = told.filter(|_| safety);
    AlertStep {
        review_on: review_on.filter(|_| safety),
        told: told.map(|told| self::told(told, groups)),
        senior: senior && safety,
        decided_by: or_empty(decided_by, groups, FieldGroup::Worker),
        words: or_empty(words, groups, FieldGroup::Narrative),
    }
}

fn incident(said: IncidentStep, groups: Groups) -> IncidentStep {
    let IncidentStep {
        words,
        source,
        decided_by,
        police,
    } = said;
    let source = source.filter(|one| may_be_named(one, groups));
    IncidentStep {
        words: or_empty(words, groups, FieldGroup::Narrative),
        source: keep(source, groups, FieldGroup::Narrative),
        decided_by: or_empty(decided_by, groups, FieldGroup::Worker),
        police: keep(police, groups, FieldGroup::Criminal),
    }
}

/// That the child or adult at risk confirms it tells that they spoke.
fn change(said: ChangeStep, groups: Groups) -> ChangeStep {
    ChangeStep {
        source: said.source.filter(|one| may_be_named(one, groups)),
        ..said
    }
}

fn meeting(said: MeetingRecord, groups: Groups) -> MeetingRecord {
    let MeetingRecord { closing, exclusion } = said;
    MeetingRecord {
        closing: keep(closing, groups, FieldGroup::Plan),
        exclusion: keep(exclusion, groups, FieldGroup::Narrative),
    }
}
