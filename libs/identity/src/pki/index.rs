//! What an authority has issued and revoked, as TOML. Owns that record; refuses to forget an entry.

use std::fs;
use std::path::Path;

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use super::{PkiError, Revoke, file, write};
use crate::name::Principal;
use crate::peer::Serial;
use crate::private_file::PUBLIC;

/// One certificate in the index. Times are RFC 3339, UTC.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Issued {
    /// Whom it names.
    pub principal: Principal,
    /// Its serial, hexadecimal.
    pub serial: String,
    /// The last moment at which it is valid.
    pub not_after: String,
    /// When it was revoked, if it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revoked: Option<String>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Index {
    pub(super) board: String,
    pub(super) crl_number: u64,
    #[serde(default)]
    pub(super) issued: Vec<Issued>,
}

impl Index {
    pub(super) fn new(board: &str) -> Self {
        Self {
            board: board.to_owned(),
            crl_number: 0,
            issued: Vec::new(),
        }
    }

    pub(super) fn load(dir: &Path) -> Result<Self, PkiError> {
        let path = dir.join("index.toml");
        let text = fs::read_to_string(&path).map_err(|e| file(&path, e))?;
        let index: Self = toml::from_str(&text).map_err(|e| PkiError::Index {
            path: path.clone(),
            reason: e.to_string(),
        })?;
        match index.issued.iter().find(|entry| !entry.is_whole()) {
            Some(entry) => {
                let reason = format!("the entry of serial {:?} is malformed", entry.serial);
                Err(PkiError::Index { path, reason })
            }
            None => Ok(index),
        }
    }

    pub(super) fn save(&self, dir: &Path) -> Result<(), PkiError> {
        let path = dir.join("index.toml");
        let text = toml::to_string(self).map_err(|e| PkiError::Index {
            path: path.clone(),
            reason: e.to_string(),
        })?;
        write(&path, text.as_bytes(), PUBLIC)
    }

    pub(super) fn add(&mut self, principal: &Principal, serial: &Serial, until: OffsetDateTime) {
        self.issued.push(Issued {
            principal: principal.clone(),
            serial: serial.to_string(),
            not_after: written(until),
            revoked: None,
        });
    }

    pub(super) fn revoke(
        &mut self,
        what: &Revoke,
        now: OffsetDateTime,
    ) -> Result<Vec<Serial>, PkiError> {
        let mut meant = self
            .issued
            .iter_mut()
            .filter(|entry| entry.is(what))
            .peekable();
        if meant.peek().is_none() {
            return Err(PkiError::Unknown(match what {
                Revoke::Serial(serial) => format!("serial {serial}"),
                Revoke::Principal(principal) => principal.to_string(),
            }));
        }
        let newly = meant.filter(|entry| entry.revoked.is_none());
        Ok(newly.filter_map(|entry| entry.revoke(now)).collect())
    }
}

impl Issued {
    fn is(&self, what: &Revoke) -> bool {
        match what {
            Revoke::Serial(serial) => Serial::from_hex(&self.serial).as_ref() == Some(serial),
            Revoke::Principal(principal) => &self.principal == principal,
        }
    }

    fn revoke(&mut self, now: OffsetDateTime) -> Option<Serial> {
        self.revoked = Some(written(now));
        Serial::from_hex(&self.serial)
    }

    /// An entry with an unreadable serial or time would silently be missing from the list.
    fn is_whole(&self) -> bool {
        let time_ok = |text: &String| OffsetDateTime::parse(text, &Rfc3339).is_ok();
        Serial::from_hex(&self.serial).is_some() && self.revoked.as_ref().is_none_or(time_ok)
    }

    /// The serial and the time of revocation, if revoked.
    pub(super) fn revocation(&self) -> Option<(Serial, OffsetDateTime)> {
        let at = OffsetDateTime::parse(self.revoked.as_ref()?, &Rfc3339).ok()?;
        Some((Serial::from_hex(&self.serial)?, at))
    }
}

fn written(at: OffsetDateTime) -> String {
    at.replace_nanosecond(0)
        .unwrap_or(at)
        .format(&Rfc3339)
        .unwrap_or_else(|_| at.to_string())
}
