//! Agency profiles: names in both languages, sector, contact point, and the mapping of the agency's own codes to ours.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use diogel_contract::read::CodeMap;
use diogel_domain::{
    codes::{Sector, ThreatForm},
    ids::AgencyId,
    incident::LocalCode,
};
use serde::Deserialize;

/// Why profiles can't be read.
#[derive(Debug, thiserror::Error)]
pub enum ProfileError {
    /// The folder or a file can't be read.
    #[error("{path}: {source}")]
    Io {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A profile says something that isn't understood.
    #[error("{path}: {problem}")]
    Unreadable {
        /// Which.
        path: PathBuf,
        /// Where, and what to do.
        problem: String,
    },
    /// There is no profile of this agency.
    #[error("no profile of agency {0}: add {0}.toml to the folder of profiles")]
    Missing(String),
}

/// Ids that no agency may have: `any` is everybody in a protocol; the others are what the hub calls its own parts (roles at
/// NATS, `config/projection.toml`, the order in `diogel verify`).
const RESERVED: [&str; 6] = [
    "any",
    "console",
    "operator",
    "order",
    "projection",
    "render",
];
/// What a replica's name at NATS begins with.
const REPLICA: &str = "replica-";

/// One agency's profile.
#[derive(Debug, Clone)]
pub struct Profile {
    /// Its id.
    pub id: AgencyId,
    /// English name.
    pub name: String,
    /// Welsh name.
    pub name_cy: String,
    /// Its sector.
    pub sector: Sector,
    /// Whom to ask.
    pub contact: String,
    /// Its own codes.
    pub codes: CodeMap,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ProfileFile {
    id: String,
    name: String,
    name_cy: String,
    sector: String,
    contact: String,
    #[serde(default)]
    codes: BTreeMap<String, BTreeMap<String, String>>,
}

/// Reads every profile of a folder, sorted by id. Each file is named after its agency, so that no two are one agency's.
pub fn read_all(folder: &Path) -> Result<Vec<Profile>, ProfileError> {
    let io = |source| ProfileError::Io {
        path: folder.to_owned(),
        source,
    };
    let mut profiles = Vec::new();
    for entry in fs::read_dir(folder).map_err(io)? {
        let path = entry.map_err(io)?.path();
        if path.extension().is_some_and(|e| e == "toml") {
            let text = fs::read_to_string(&path).map_err(|source| ProfileError::Io {
                path: path.clone(),
                source,
            })?;
            let profile = Profile::from_toml(&text).and_then(|profile| profile.named(&path));
            profiles.push(profile.map_err(|problem| ProfileError::Unreadable { path, problem })?);
        }
    }
    profiles.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(profiles)
}

impl Profile {
    /// Reads one profile.
    ///
    /// # Errors
    /// In words: what isn't understood.
    pub fn from_toml(text: &str) -> Result<Self, String> {
        let file: ProfileFile = toml::from_str(text).map_err(|e| e.to_string())?;
        let sector = Sector::from_code(&file.sector).ok_or("`sector` is no known sector")?;
        let mut codes = BTreeMap::new();
        for (list, mapping) in file.codes {
            for (code, threat) in mapping {
                let threat = ThreatForm::from_code(&threat)
                    .ok_or_else(|| format!("codes.\"{list}\".{code} is no known form of threat"))?;
                codes.insert(
                    LocalCode {
                        list: list.clone(),
                        code,
                    },
                    threat,
                );
            }
        }
        let id = AgencyId::new(file.id).map_err(|e| format!("`id` {e}"))?;
        if RESERVED.contains(&id.as_str()) || id.as_str().starts_with(REPLICA) {
            return Err(format!(
                "`id` {id} is a name of the hub's own: choose another"
            ));
        }
        Ok(Self {
            id,
            name: file.name,
            name_cy: file.name_cy,
            sector,
            contact: file.contact,
            codes: CodeMap(codes),
        })
    }

    fn named(self, path: &Path) -> Result<Self, String> {
        let expected = format!("{}.toml", self.id);
        if path.file_name().is_some_and(|name| *name == *expected) {
            Ok(self)
        } else {
            Err(format!(
                "`id` is {}: name the file {expected}, or correct the id",
                self.id
            ))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_profile_with_an_unknown_key_or_code_is_refused() {
        let good =
            "id = \"p\"\nname = \"P\"\nname_cy = \"P\"\nsector = \"police\"\ncontact = \"desk\"\n";
        assert!(Profile::from_toml(good).is_ok());
        assert!(Profile::from_toml(&format!("{good}colour = 1\n")).is_err());
        let unknown = Profile::from_toml(&format!("{good}[codes.w]\nMH = \"mental-health\"\n"));
        assert!(unknown.unwrap_err().contains("codes.\"w\".MH"));
    }

    fn of(id: &str) -> String {
        format!(
            "id = \"{id}\"\nname = \"P\"\nname_cy = \"P\"\nsector = \"police\"\ncontact = \"desk\"\n"
        )
    }

    #[test]
    fn an_agency_can_have_no_name_of_the_hub_s_own() {
        for id in [
            "any",
            "console",
            "operator",
            "order",
            "projection",
            "render",
            "replica-1",
        ] {
            let refused = Profile::from_toml(&of(id)).unwrap_err();
            assert!(refused.contains(id), "{refused}");
        }
        assert!(Profile::from_toml(&of("replicas")).is_ok());
    }

    #[test]
    fn two_profiles_of_one_agency_are_refused_by_their_files_names() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("police.toml"), of("police")).unwrap();
        assert_eq!(read_all(folder.path()).unwrap().len(), 1);
        std::fs::write(folder.path().join("police-north.toml"), of("police")).unwrap();
        let refused = read_all(folder.path()).unwrap_err().to_string();
        assert!(
            refused.contains("police-north.toml") && refused.contains("police.toml"),
            "{refused}"
        );
    }
}
