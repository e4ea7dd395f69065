//! Offline verification (P10): every journal's chain and signatures, and the order journal's, from the Board's pinned key on.
//! Reads only; trusts no service.

use std::{cmp::Ordering, path::Path};

use bytes::Bytes;
use diogel_contract::{envelope::Envelope, hexadecimal};
use diogel_domain::ids::AgencyId;
use diogel_event_log::{
    entry::{Digest, NO_DIGEST, Place},
    journal::{self, JournalError},
};
use diogel_identity::{PublicKey, SigningKey};
use diogel_projection::{
    chain::{Chain, Chains, Verdict},
    order::Record,
};

use crate::{
    arguments::Verify,
    failure::Failure,
    folder::{BOARD, Folder},
    show,
};

pub(crate) fn run(verify: &Verify, json: bool) -> Result<(), Failure> {
    let folder = Folder::open(&verify.hub.hub)?;
    let genesis = folder.genesis_key()?;
    let chains = order(&folder, genesis, json)?;
    for agency in folder.file.agencies.keys() {
        agency_journal(&folder, agency, &chains, json)?;
    }
    Ok(())
}

/// Walks the order journal: its own chain and signatures, and each event's against its agency's chain.
fn order(folder: &Folder, genesis: [u8; 32], json: bool) -> Result<Chains, Failure> {
    let data = folder.projection_data();
    let key = SigningKey::load(&data.join("order.key"))
        .map_err(Failure::other)?
        .public_key();
    let board = AgencyId::new(BOARD).map_err(Failure::other)?;
    let mut walk = OrderWalk {
        key,
        chains: Chains::new(board, genesis),
        previous: NO_DIGEST,
    };
    let verified = journal::verify(data.join("order"), |place, bytes, _| {
        walk.visit(place, bytes)
    })
    .map_err(|e| refusal(&e))?;
    told("order", verified.entries, &verified.head.digest, json);
    Ok(walk.chains)
}

struct OrderWalk {
    key: PublicKey,
    chains: Chains,
    previous: Digest,
}

impl OrderWalk {
    fn visit(&mut self, place: Place, bytes: &[u8]) -> Result<(), String> {
        let record = Record::read(&Bytes::copy_from_slice(bytes)).map_err(|e| e.to_string())?;
        if record.position != place.seq || record.previous != self.previous {
            return Err("its position or the hash before it doesn't follow".into());
        }
        if !record.is_signed_by(&self.key) {
            return Err("the projection's signature doesn't hold".into());
        }
        let chain = self.chains.get(&record.event.agency);
        let verdict = chain.map(|chain| chain.judge(&record.event));
        if verdict != Some(Verdict::Next) {
            return Err(format!(
                "the event of {} doesn't continue its chain: {verdict:?}",
                record.event.agency
            ));
        }
        self.previous = record.digest;
        self.chains.apply(&record.event);
        Ok(())
    }
}

/// Holds an agency's journal against what was admitted of it, and what comes after that against the key in force.
fn agency_journal(
    folder: &Folder,
    agency: &str,
    chains: &Chains,
    json: bool,
) -> Result<(), Failure> {
    let id = AgencyId::new(agency).map_err(Failure::other)?;
    let path = folder.agency_data(agency).join("journal");
    let Some(admitted) = chains.get(&id) else {
        show::note(&format!("{agency}: not registered, nothing to verify"));
        return Ok(());
    };
    if !path.exists() {
        return without_journal(&path, admitted);
    }
    let mut walk = JournalWalk {
        admitted: admitted.place(),
        chain: admitted.clone(),
        previous: NO_DIGEST,
        holds_admitted: admitted.place() == Place::START,
    };
    let verified = journal::verify(&path, |place, bytes, digest| {
        walk.visit(place, bytes, digest)
    })
    .map_err(|e| refusal(&e))?;
    if !walk.holds_admitted {
        return Err(Failure::Invalid(format!(
            "{}: {}",
            path.display(),
            walk.lacks_admitted()
        )));
    }
    told(agency, verified.entries, &verified.head.digest, json);
    Ok(())
}

/// The order's walk has held every admitted event against the key that was in force then. Up to the last one of them a journal needs
/// no key, and a key that was withdrawn since is no trouble: each hash covers all before it, so it is enough that they hold, and that
/// the admitted event stands at its place. It is neither cut off then nor written again with the same key.
struct JournalWalk {
    admitted: Place,
    /// As it was admitted, then as the journal goes on with it.
    chain: Chain,
    previous: Digest,
    holds_admitted: bool,
}

impl JournalWalk {
    fn visit(&mut self, place: Place, bytes: &[u8], digest: &Digest) -> Result<(), String> {
        let event = Envelope::read(Bytes::copy_from_slice(bytes)).map_err(|e| e.to_string())?;
        let said = Place {
            epoch: event.epoch,
            seq: event.seq,
        };
        if said != place || event.hash != *digest || event.previous != self.previous {
            return Err("its place, its hash or the hash before it doesn't follow".into());
        }
        self.previous = event.hash;
        match place.cmp(&self.admitted) {
            Ordering::Less => {}
            Ordering::Equal if event.hash == self.chain.digest() => self.holds_admitted = true,
            Ordering::Equal => return Err("another event was admitted in its place".into()),
            Ordering::Greater if !self.holds_admitted => return Err(self.lacks_admitted()),
            Ordering::Greater => self.go_on(&event)?,
        }
        Ok(())
    }

    /// Accepted, and not admitted yet.
    fn go_on(&mut self, event: &Envelope) -> Result<(), String> {
        match self.chain.judge(event) {
            Verdict::Next => {
                self.chain.advance(event);
                Ok(())
            }
            Verdict::NotGenuine if self.chain.waits_for_the_next_key() => Err(
                "it isn't signed with the key that is in force there: the Board withdrew the one before"
                    .into(),
            ),
            Verdict::NotGenuine => {
                Err("it isn't signed with the key that is in force there".into())
            }
            other => Err(format!("it doesn't continue the chain: {other:?}")),
        }
    }

    fn lacks_admitted(&self) -> String {
        let Place { epoch, seq } = self.admitted;
        format!("it lacks entry {epoch}/{seq}, which was admitted")
    }
}

/// A service that never ran has no journal; one that is gone is another matter.
fn without_journal(path: &Path, admitted: &Chain) -> Result<(), Failure> {
    let Place { epoch, seq } = admitted.place();
    if admitted.place() == Place::START {
        show::note(&format!(
            "{}: no journal yet, nothing to verify",
            path.display()
        ));
        return Ok(());
    }
    Err(Failure::Invalid(format!(
        "{}: the journal is missing, and was admitted up to {epoch}/{seq}: restore it from the backup",
        path.display()
    )))
}

fn refusal(error: &JournalError) -> Failure {
    match error {
        JournalError::InUse(_) => {
            Failure::Unavailable(format!("{error}; or verify a copy of the hub's folder"))
        }
        error => Failure::Invalid(error.to_string()),
    }
}

fn told(what: &str, entries: u64, head: &Digest, json: bool) {
    let head = hexadecimal::write(head);
    show::line(&if json {
        serde_json::json!({ "journal": what, "entries": entries, "head": head }).to_string()
    } else {
        format!(
            "{what:<14} {entries:>8} events, chain and signatures hold, head {}",
            &head[..16]
        )
    });
}
