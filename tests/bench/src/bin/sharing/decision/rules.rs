//! The rules that decisions are made by: every protocol adopted and signed by twelve agencies.

use std::sync::Arc;

use bench::Outcome;
use diogel_domain::{
    codes::Sector,
    ids::AgencyId,
    times::{Day, Moment},
};
use diogel_sharing::{
    agreement::{Agreement, Rules, Span, Standing, Version},
    protocol::Protocol,
};

use crate::board::{self, AGENCIES, BOARD, CHANGED};

/// What has become of the protocols since their adoption.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum History {
    /// Nothing.
    Adopted,
    /// CD-01 was narrowed, widened and narrowed again, each version signed by one agency a day, after what is decided was published.
    Changed,
}

/// The rules.
pub fn after(history: History) -> Outcome<Arc<Rules>> {
    let mut rules = Rules::default();
    for (id, sector) in AGENCIES.into_iter().chain([(BOARD, Sector::Board)]) {
        let standing = Standing::active(sector);
        rules.agencies.insert(AgencyId::new(id)?, standing);
    }
    for text in board::protocols()? {
        let mut versions = vec![version(&text, "2026-01-01", 0)?];
        let id = versions[0].protocol.id.clone();
        if history == History::Changed && id == CHANGED {
            versions.push(version(&board::narrower(&text, 2), "2026-04-01", 1)?);
            versions.push(version(&board::wider(&text, 3), "2026-05-01", 1)?);
            versions.push(version(&board::narrower(&text, 4), "2026-06-01", 1)?);
        }
        rules.agreements.insert(id, Agreement { versions });
    }
    Ok(Arc::new(rules))
}

/// A version, adopted on a day and signed from then on, by each agency so many days after the one before.
fn version(toml: &str, adopted: &str, apart: i64) -> Outcome<Version> {
    let protocol = Protocol::from_toml(toml).map_err(|e| format!("{e:?}"))?;
    let adopted = day(adopted)?;
    let parties = protocol.parties.iter().zip(0..);
    let signed = parties.map(|(party, turn)| {
        let since = Moment(adopted.0 + turn * apart * Moment::DAY);
        (party.clone(), vec![Span::since(since)])
    });
    Ok(Version {
        signed: signed.collect(),
        adopted: Span::since(adopted),
        protocol,
    })
}

/// A day's first moment.
pub fn day(text: &str) -> Outcome<Moment> {
    let day = Day::parse(text).ok_or("a day")?;
    Ok(Moment(i64::from(day.0) * Moment::DAY))
}
