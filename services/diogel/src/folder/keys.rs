//! The agencies' first signing keys. Made with the folder, their public halves pinned in `hub.toml`: from then on nothing else is
//! taken for them.

use std::fs;

use diogel_contract::hexadecimal;
use diogel_identity::SigningKey;

use super::{BOARD, Folder};
use crate::failure::Failure;

impl Folder {
    /// Makes the keys of agencies that have none pinned. Says whether there were any.
    pub(super) fn make_first_keys(&mut self) -> Result<bool, Failure> {
        let all = self.file.agencies.keys();
        let missing = all.filter(|agency| !self.file.first_keys.contains_key(*agency));
        let missing: Vec<String> = missing.cloned().collect();
        let any = !missing.is_empty();
        for agency in missing {
            let data = self.agency_data(&agency);
            fs::create_dir_all(&data).map_err(|e| Failure::at(&data, e))?;
            let key =
                SigningKey::load_or_create(&data.join("signing.key")).map_err(Failure::other)?;
            let public = hexadecimal::write(&key.public_key().to_bytes());
            if agency == BOARD {
                self.file.genesis_key.get_or_insert_with(|| public.clone());
            }
            self.file.first_keys.insert(agency, public);
        }
        Ok(any)
    }

    /// An agency's first public key.
    pub(crate) fn first_key(&self, agency: &str) -> Result<[u8; 32], Failure> {
        let text = self.file.first_keys.get(agency);
        pinned(text, &format!("first_keys.{agency}"))
    }

    /// The Board's first public key.
    pub(crate) fn genesis_key(&self) -> Result<[u8; 32], Failure> {
        pinned(self.file.genesis_key.as_ref(), "genesis_key")
    }
}

fn pinned(text: Option<&String>, field: &str) -> Result<[u8; 32], Failure> {
    text.and_then(|text| hexadecimal::read(text)?.try_into().ok()).ok_or_else(|| {
        Failure::Invalid(format!(
            "hub.toml: {field} is missing or isn't 64 hexadecimal digits: restore the file from the backup"
        ))
    })
}
