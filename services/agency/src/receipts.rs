//! Receipts: how far an event has come, in the one form that every call answers with.

use std::sync::Arc;

use diogel_contract::{envelope::Envelope, hexadecimal, refusal::Refusal, v1, write};
use diogel_domain::{codes::Language, ids::EventId, prompts::Reminder};
use diogel_event_log::entry::{Entry, Place};
use diogel_texts::receipt::Phrase;
use tokio::sync::watch;

use crate::intake::{Accepted, Intake, unavailable};

/// What every receipt says, in both languages (PRACTICE, section 10, "Not a report").
fn notice() -> String {
    let said = |language| Phrase::NotAReport.say(language);
    [said(Language::English), said(Language::Welsh)].join(" ")
}

/// Makes receipts from the journal.
#[derive(Clone)]
pub(crate) struct Receipts {
    pub(crate) intake: Arc<Intake>,
    /// How far the projection has admitted, as last heard.
    pub(crate) admitted: watch::Receiver<Place>,
}

impl Receipts {
    /// A receipt for an event just accepted, or accepted before.
    pub(crate) async fn of(&self, entry: &Entry, replayed: bool) -> Result<v1::Receipt, Refusal> {
        let (state, effect_reason) = if replayed {
            self.state(entry).await?
        } else {
            (v1::EventState::Accepted, String::new())
        };
        let recorded = Envelope::read(entry.event.clone())
            .ok()
            .map(|e| e.recorded_at);
        Ok(v1::Receipt {
            event_id: EventId(entry.event_id).to_string(),
            agency: agency(entry),
            epoch: entry.place.epoch,
            agency_seq: entry.place.seq,
            hash: hexadecimal::write(&entry.digest),
            recorded_at: recorded.map(write::timestamp),
            state: state as i32,
            effect_reason,
            replayed,
            notice: notice(),
            reminders: Vec::new(),
        })
    }

    /// A receipt for a request, with what its sender is reminded of.
    pub(crate) async fn of_request(&self, accepted: &Accepted) -> Result<v1::Receipt, Refusal> {
        let receipt = self.of(&accepted.entry, accepted.replayed).await?;
        let reminders = self.intake.reminders(&accepted.entry)?;
        Ok(v1::Receipt {
            reminders: reminders.iter().map(reminder).collect(),
            ..receipt
        })
    }

    /// A receipt that says only that everything holds.
    pub(crate) fn valid(agency: &str) -> v1::Receipt {
        v1::Receipt {
            agency: agency.into(),
            notice: notice(),
            ..v1::Receipt::default()
        }
    }

    async fn state(&self, entry: &Entry) -> Result<(v1::EventState, String), Refusal> {
        let outcome = self
            .intake
            .journal
            .outcome(entry.event_id)
            .await
            .map_err(unavailable)?;
        if let Some(outcome) = outcome {
            let state = v1::EventState::try_from(i32::from(outcome.state));
            return Ok((state.unwrap_or(v1::EventState::Admitted), outcome.reason));
        }
        let state = if entry.place <= *self.admitted.borrow() {
            v1::EventState::Admitted
        } else if entry.place <= self.intake.journal.streamed() {
            v1::EventState::Streamed
        } else {
            v1::EventState::Accepted
        };
        Ok((state, String::new()))
    }
}

fn reminder(reminder: &Reminder) -> v1::Reminder {
    let text = |language| reminder.prompt.label(language).to_owned();
    v1::Reminder {
        code: reminder.prompt.code().into(),
        text: text(Language::English),
        text_cy: text(Language::Welsh),
        due_on: reminder
            .due
            .map_or_else(String::new, |due| due.day.to_string()),
    }
}

fn agency(entry: &Entry) -> String {
    Envelope::read(entry.event.clone()).map_or_else(|_| String::new(), |e| e.agency.to_string())
}
