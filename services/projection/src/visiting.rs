//! Around a visit: what the planned time is to be reminded of, and that somebody took note of what a check answered.

use diogel_contract::{
    Timestamp, read,
    refusal::{Reason, Refusal},
    v1, write,
};
use diogel_domain::{
    ids::EventId,
    times::Moment,
    visit::{Known, visit_prompts},
};
use diogel_views::{Folded, Reader, Trace, check::Finding, store::Store};

use crate::{answers, reading::broken};

/// A visit that began so long ago is over.
const PAST_HOURS: i64 = 24;
/// Findings that one acknowledgement names.
const FINDINGS: usize = 200;
/// A check of longer ago is to be made anew.
const GOOD_FOR_DAYS: i64 = 7;

/// What a planned visit is reminded of; without a plan, nothing.
pub(crate) fn reminders(
    reader: &Reader,
    planned: Option<&Timestamp>,
    findings: &[Finding],
) -> Result<Vec<v1::Reminder>, Refusal> {
    let Some(planned) = planned else {
        return Ok(Vec::new());
    };
    let planned = moment("planned_at", planned)?;
    if planned < reader.now().plus_seconds(-PAST_HOURS * 3_600) {
        let rule = "is more than a day past; leave it empty, or give the time of the next visit";
        return Err(Refusal::field("planned_at", rule));
    }
    let precautions = findings.iter().flat_map(|finding| &finding.precautions);
    let known = Known {
        precautions: precautions.map(|precaution| precaution.code).collect(),
        reviews: findings.iter().filter_map(|f| f.review_on).collect(),
    };
    let prompts = visit_prompts(planned, reader.now(), &known);
    Ok(prompts.into_iter().map(answers::reminder).collect())
}

/// Takes down who took note of what. Only of what the asker may see.
pub(crate) fn acknowledged<S: Store>(
    views: &Folded<S>,
    reader: &Reader,
    by: &str,
    request: &v1::AcknowledgeCheckRequest,
) -> Result<(v1::AcknowledgeCheckResponse, Vec<Trace>), Refusal> {
    let checked_at = request.checked_at.as_ref();
    let checked_at = checked_at.ok_or_else(|| Refusal::field("checked_at", "is required"))?;
    let checked_at = moment("checked_at", checked_at)?;
    let first = reader.now().plus_seconds(-GOOD_FOR_DAYS * 24 * 3_600);
    if checked_at < first || checked_at > reader.now() {
        let rule = "must be the time of a check of the last 7 days; check again";
        return Err(Refusal::field("checked_at", rule));
    }
    if by.trim().is_empty() {
        return Err(Refusal::field(
            "on_behalf_of",
            "is required: who takes note",
        ));
    }
    if request.event_ids.len() > FINDINGS {
        return Err(Refusal::field("event_ids", "has more than 200 entries"));
    }
    let mut traces = Vec::new();
    for id in &request.event_ids {
        let event = EventId::parse(id);
        let seen = event.map_or(Ok(None), |event| views.see_event(reader, event));
        let seen = seen.map_err(broken)?;
        let seen = seen.ok_or_else(|| Refusal::new(Reason::NotFound))?;
        traces.push(seen.trace());
    }
    let answer = v1::AcknowledgeCheckResponse {
        at: Some(write::timestamp(reader.now())),
    };
    Ok((answer, traces))
}

fn moment(field: &str, given: &Timestamp) -> Result<Moment, Refusal> {
    read::moment(given).ok_or_else(|| Refusal::field(field, "is no time"))
}
