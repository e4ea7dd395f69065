//! What a step is taken on, where that is the agency's own: opened with its content key, so that what the fold can't see is checked
//! before the step is taken in. Owns also whether a step takes an audience.

use diogel_contract::{
    envelope::Envelope,
    read::{Publication, Said},
    refusal::Refusal,
};
use diogel_domain::{
    codes::Lifecycle,
    content::{Content, EventReference, Kind, ReferenceRole},
    rules::{self, OwnGround, Violation},
};
use diogel_event_log::journal::KeyState;

use crate::intake::{Intake, now, unavailable};

impl Intake {
    /// What is wrong with a step, as far as this agency can tell. What is another's, the fold judges.
    pub(crate) async fn check_step(
        &self,
        publication: &Publication,
        references: &[EventReference],
    ) -> Result<(), Refusal> {
        let (Kind::Stepped, Said::Sealed(content)) = (publication.kind(), &publication.said) else {
            return Ok(());
        };
        let Content::Step(step) = &**content else {
            return Ok(());
        };
        let mut of = references
            .iter()
            .filter(|r| r.role == ReferenceRole::StepOf);
        let Some(of) = of.next() else {
            return Ok(());
        };
        let found = self
            .journal
            .find(of.event_id.0)
            .await
            .map_err(unavailable)?;
        let Some(entry) = found else {
            let lifecycle = step.deed.map(diogel_domain::codes::Deed::lifecycle);
            return another(lifecycle, publication.audience.is_some());
        };
        if publication.audience.is_some() {
            let way_out =
                "isn't taken of a step on your own event: whoever sees that event sees the step";
            return Err(Refusal::field("audience", way_out));
        }
        let key = self
            .journal
            .content_key_now(of.event_id.0)
            .map_err(unavailable)?;
        let KeyState::Key(key) = key else {
            return Ok(());
        };
        let opened = Envelope::read(entry.event).and_then(|envelope| envelope.open(&key));
        let Ok(opened) = opened else {
            return Ok(());
        };
        let on = OwnGround {
            content: &opened.content,
            on_behalf_of: &opened.on_behalf_of,
        };
        let found = rules::on_own(step, &publication.on_behalf_of, on, now().day());
        refuse(found)
    }
}

/// Of another agency's event: what goes to its parties, or its attendees, has no audience; everything else has one.
fn another(lifecycle: Option<Lifecycle>, has_audience: bool) -> Result<(), Refusal> {
    let goes_along = matches!(lifecycle, Some(Lifecycle::Escalation | Lifecycle::Meeting));
    match (goes_along, has_audience) {
        (true, true) => {
            let way_out =
                "isn't taken of a step on an escalation or a meeting: it goes wherever that goes";
            Err(Refusal::field("audience", way_out))
        }
        (false, false) => {
            let way_out = "is required of a step on another agency's event: say who may see it; that event's originator is told";
            Err(Refusal::field("audience", way_out))
        }
        (true, false) | (false, true) => Ok(()),
    }
}

fn refuse(found: Vec<Violation>) -> Result<(), Refusal> {
    if found.is_empty() {
        Ok(())
    } else {
        Err(Refusal::invalid(found))
    }
}
