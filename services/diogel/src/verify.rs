//! Offline verification (P10): every journal's chain and signatures, and the order journal's, from the Board's pinned key on.
//! Reads only; trusts no service.

use std::path::Path;

use bytes::Bytes;
use diogel_contract::envelope::Envelope;
use diogel_domain::ids::AgencyId;
use diogel_event_log::{
    entry::{Digest, Place},
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
    hexadecimal, show,
};

pub(crate) fn run(verify: &Verify, json: bool) -> Result<(), Failure> {
    let folder = Folder::open(&verify.hub.hub)?;
    let genesis = folder.genesis_key()?;
    let chains = order(&folder, genesis, json)?;
    for agency in folder.file.agencies.keys() {
        agency_journal(&folder, agency, &chains, genesis, json)?;
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
        previous: [0; 32],
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

/// Walks an agency's journal from its first registered key on.
fn agency_journal(
    folder: &Folder,
    agency: &str,
    chains: &Chains,
    genesis: [u8; 32],
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
    let first = if agency == BOARD {
        genesis
    } else {
        first_key(folder, agency)?
    };
    let mut chain = Chain::new(first);
    // What was admitted is in the journal, and there as it was admitted: neither cut off nor written again with the same key.
    let mut holds_admitted = admitted.place() == Place::START;
    let verified = journal::verify(&path, |_, bytes, _| {
        let event = Envelope::read(Bytes::copy_from_slice(bytes)).map_err(|e| e.to_string())?;
        match chain.judge(&event) {
            Verdict::Next => {
                chain.advance(&event);
                holds_admitted |=
                    chain.place() == admitted.place() && chain.digest() == admitted.digest();
                Ok(())
            }
            other => Err(format!("it doesn't continue the chain: {other:?}")),
        }
    })
    .map_err(|e| refusal(&e))?;
    if !holds_admitted {
        let Place { epoch, seq } = admitted.place();
        return Err(Failure::Invalid(format!(
            "{}: it lacks entry {epoch}/{seq} as it was admitted, or holds another one in its place",
            path.display()
        )));
    }
    told(agency, verified.entries, &verified.head.digest, json);
    Ok(())
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

/// The agency's first key, as the Board's journal registered it.
fn first_key(folder: &Folder, agency: &str) -> Result<[u8; 32], Failure> {
    use diogel_domain::{board::BoardEvent, content::Open};
    let mut found = None;
    let path: &Path = &folder.agency_data(BOARD).join("journal");
    journal::verify(path, |_, bytes, _| {
        let event = Envelope::read(Bytes::copy_from_slice(bytes)).map_err(|e| e.to_string())?;
        if let Some(Open::Board(BoardEvent::AgencyRegistered(facts))) =
            event.header().and_then(|h| h.open)
            && facts.agency.as_str() == agency
            && found.is_none()
        {
            found = Some(facts.first_key);
        }
        Ok(())
    })
    .map_err(|e| refusal(&e))?;
    found.ok_or_else(|| Failure::Invalid(format!("the Board's journal doesn't register {agency}")))
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
