//! How an item stands, to the wire.

use diogel_contract::{v1, write};
use diogel_domain::{
    calendar::{Due, Timing},
    codes::{Deed, EscalationOutcome},
    lifecycle::{alert::AlertState, escalation::EscalationState},
};
use diogel_views::standing::Standing;

pub(super) fn standing(standing: &Standing) -> v1::item::Standing {
    match standing {
        Standing::Alert(state) => v1::item::Standing::AlertNow(alert(state)),
        Standing::Escalation(state) => v1::item::Standing::EscalationNow(escalation(state)),
    }
}

fn alert(state: &AlertState) -> v1::AlertNow {
    v1::AlertNow {
        standing: state.standing.number(),
        decided_at: state.decided_at.map(write::timestamp),
        review_on: state
            .review_on
            .map_or_else(String::new, |day| day.to_string()),
        told: state.told.as_ref().map(write::person_told),
        disputed_since: state.disputed_since.map(write::timestamp),
        answer_due: due(state.answer_due, state.answer_timing),
    }
}

fn escalation(state: &EscalationState) -> v1::EscalationNow {
    let (stage_name, stage_name_cy) = state.acts.clone().unwrap_or_default();
    v1::EscalationNow {
        stage: u32::from(state.stage),
        stage_name,
        stage_name_cy,
        entered: Some(write::timestamp(state.entered)),
        due: due(state.due, state.timing),
        protect_by: state.protect_by.map(write::timestamp),
        interim_position: state.interim_position.as_ref().map(write::measure),
        ended_by: state.over.map_or(0, |over| Deed::number(over.deed)),
        outcome: state
            .over
            .and_then(|over| over.outcome)
            .map_or(0, EscalationOutcome::number),
        ended_at: state.over.map(|over| write::timestamp(over.at)),
        proposes: u32::from(state.proposes.unwrap_or(0)),
        dissent: state.dissent,
    }
}

fn due(due: Option<Due>, timing: Option<Timing>) -> Option<v1::Due> {
    due.map(|due| v1::Due {
        at: Some(write::timestamp(due.at)),
        day: due.day.to_string(),
        last_working_day: due.last_working_day.to_string(),
        provisional: due.provisional,
        timing: timing.map_or(0, Timing::number),
    })
}
