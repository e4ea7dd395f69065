//! What everybody in the room may see of the course of an item: the steps taken on it, and whether anything still stands that it
//! rests on. Owns their narrowing; refuses the standing that the reader alone would see (P6): `diogel-summary` computes its own.

use diogel_contract::refusal::Refusal;
use diogel_domain::{codes::FamilyHandling, content::ReferenceRole, times::Moment};
use diogel_summary::StepTaken;
use diogel_views::{Folded, Reader, Trace, read::Seen, rows::ItemState, store::Store};

use super::before::Before;
use crate::reading::broken;

/// The steps that everybody may see, in their order.
pub(super) fn steps<S: Store>(
    views: &Folded<S>,
    reader: &Reader,
    of: &Seen,
    before: Before<'_>,
) -> Result<(Vec<StepTaken>, Vec<Trace>), Refusal> {
    let (mut steps, mut traces) = (Vec::new(), Vec::new());
    for step in views.steps(reader, of).map_err(broken)? {
        let Some(disclosed) = before.see(views, reader, &step)? else {
            continue;
        };
        traces.push(step.trace());
        steps.push(StepTaken {
            event_id: step.item.event_id,
            originator: step.item.originator.clone(),
            ordered_at: step.item.ordered_at,
            family: match before {
                Before::Table(_) => step
                    .item
                    .audience()
                    .map_or(FamilyHandling::No, |a| a.family),
                Before::Family(..) => FamilyHandling::Yes,
            },
            disclosed,
        });
    }
    Ok((steps, traces))
}

/// Since when nothing stands that it rests on. None: something stands, as far as everybody knows, or it rests on nothing known.
pub(super) fn groundless_since<S: Store>(
    views: &Folded<S>,
    reader: &Reader,
    of: &Seen,
    before: Before<'_>,
) -> Result<Option<Moment>, Refusal> {
    let mut since = None;
    let references = of.item.references().iter();
    for reference in references.filter(|r| r.role == ReferenceRole::RestsOn) {
        let rests_on = views
            .see_event(reader, reference.event_id)
            .map_err(broken)?;
        let Some(rests_on) = rests_on else { continue };
        let ItemState::EnteredInError(by) = rests_on.item.state else {
            return Ok(None);
        };
        let Some(withdrawn) = views.see(reader, by).map_err(broken)? else {
            return Ok(None);
        };
        if before.see(views, reader, &withdrawn)?.is_none() {
            return Ok(None);
        }
        since = since.max(Some(withdrawn.item.ordered_at));
    }
    Ok(since)
}
