//! An agency's profile, as far as the rules need it. Refuses a key that it doesn't know, as the agency's service does.

use std::collections::BTreeMap;

use diogel_contract::read::CodeMap;
use diogel_domain::{
    codes::{Sector, ThreatForm},
    ids::AgencyId,
    incident::LocalCode,
};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Profile {
    id: AgencyId,
    name: String,
    name_cy: String,
    sector: String,
    contact: String,
    #[serde(default)]
    codes: BTreeMap<String, BTreeMap<String, String>>,
}

/// Id, sector and code map of a profile.
pub fn read(text: &str) -> (AgencyId, Sector, CodeMap) {
    let profile: Profile = toml::from_str(text).expect("a profile");
    for text in [&profile.name, &profile.name_cy, &profile.contact] {
        assert!(!text.trim().is_empty(), "{}: an empty text", profile.id);
    }
    let sector = Sector::from_code(&profile.sector).expect("a sector");
    let mut map = CodeMap::default();
    for (list, codes) in profile.codes {
        for (code, threat) in codes {
            let threat = ThreatForm::from_code(&threat).expect("a form of threat");
            let list = list.clone();
            map.0.insert(LocalCode { list, code }, threat);
        }
    }
    (profile.id, sector, map)
}
