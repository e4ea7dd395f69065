//! Whether the service signs with the key that the projection takes events under. The Board may have withdrawn it, and a journal
//! that was restored from a copy may be older than a change of it. Refuses to sign in vain: says which key has to be put where.

use diogel_contract::{hexadecimal, v1};
use diogel_event_log::journal::Head;
use tonic::Status;

use crate::{
    gate::Gate,
    intake::{Intake, unavailable},
    signing::{self, KeyFiles},
};

/// What answers say of the key, each thing said to operators once.
pub(crate) struct KeyInForce {
    files: KeyFiles,
    /// The key that operators were told is missing.
    told: Option<Vec<u8>>,
}

impl KeyInForce {
    pub(crate) const fn new(files: KeyFiles) -> Self {
        Self { files, told: None }
    }

    /// Closes the gate when the Board withdrew the own key, opens it when that is mended. A restored journal has to recover first.
    pub(crate) async fn heed(
        &mut self,
        intake: &Intake,
        gate: &Gate,
        answer: &v1::ReconcileResponse,
    ) -> Result<(), Status> {
        // Of an agency that the Board doesn't know, or suspended, the answer says nothing of keys.
        if gate.is_restored() || answer.state() == v1::ChainState::NotRegistered {
            return Ok(());
        }
        let own = intake.signing.load().public_key().to_bytes();
        if answer.key_withdrawn && answer.key_in_force != own[..] {
            gate.withdrawn().await;
            // What was on its way is in the journal: the head that operators are told is the last.
            intake.journal.settled().await.map_err(unavailable)?;
            if self.is_news(&answer.key_in_force) {
                self.say_withdrawn(&answer.key_in_force, intake.journal.head());
            }
        } else {
            self.told = None;
            gate.in_force();
        }
        Ok(())
    }

    /// Before a recovery, which goes on with a signed event. Once all is admitted that the log has, the answer names the key that is
    /// in force after everything that will be imported.
    pub(crate) fn is_held_to_recover(
        &mut self,
        intake: &Intake,
        answer: &v1::ReconcileResponse,
    ) -> bool {
        let in_force = &answer.key_in_force;
        if in_force.is_empty() {
            return true;
        }
        match signing::take_up(intake, &self.files, in_force) {
            Ok(true) => {
                self.told = None;
                return true;
            }
            Ok(false) if self.is_news(in_force) => tracing::error!(
                key = hexadecimal::write(in_force),
                "this journal is older than a change of its key, and waits: put the signing key with this public key at {} and \
                 restart",
                self.files.current().display()
            ),
            Err(error) if self.is_news(in_force) => tracing::error!(
                %error,
                key = hexadecimal::write(in_force),
                "this journal waits for the signing key with this public key"
            ),
            Ok(false) | Err(_) => {}
        }
        false
    }

    fn say_withdrawn(&self, in_force: &[u8], head: Head) {
        tracing::error!(
            key = hexadecimal::write(in_force),
            epoch = head.place.epoch,
            seq = head.place.seq,
            hash = hexadecimal::write(&head.digest),
            "the Board withdrew the key that this service signs with: nothing is taken in. Put the signing key with this public \
             key, which the Board named, at {} and restart. If this journal's head (epoch, seq, hash) lies after the Board's last \
             good event, have the Board withdraw the key again, naming this head",
            self.files.current().display()
        );
    }

    fn is_news(&mut self, missing: &[u8]) -> bool {
        let news = self.told.as_deref() != Some(missing);
        if news {
            self.told = Some(missing.to_vec());
        }
        news
    }
}
