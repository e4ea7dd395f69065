//! The invented board "cwm-derwen" as `deploy/` describes it, and its judgement of a publication: what intake would say, and
//! whether each recipient whom it names gets anything. Shared by the tests of this crate.

mod profile;
pub mod reach;

use std::{collections::BTreeMap, path::PathBuf};

use diogel_contract::{
    read::{self, CodeMap, Publication, Publisher},
    v1,
};
use diogel_domain::{
    codes::Sector,
    content::Content,
    ids::AgencyId,
    rules::{Setting, Violation},
    times::{Day, Moment},
};
use diogel_sharing::{
    agreement::{Agreement, Rules, Span, Standing, Version},
    defaults::Defaults,
    protocol::Protocol,
};

pub use reach::Shared;

/// A board with its rules in force.
pub struct Board {
    /// Every agency.
    pub agencies: Vec<AgencyId>,
    /// What each maps of its own codes.
    pub codes: BTreeMap<AgencyId, CodeMap>,
    /// What decisions rest on.
    pub rules: Rules,
    /// What an audience is by default.
    pub defaults: Defaults,
}

impl Board {
    /// Reads `deploy/agencies` and `deploy/protocols`. The protocols were adopted and signed when their flows begin.
    pub fn deployed() -> Self {
        let mut rules = Rules::default();
        let mut codes = BTreeMap::new();
        for text in files("agencies") {
            let (id, sector, map) = profile::read(&text);
            rules.agencies.insert(id.clone(), Standing::active(sector));
            codes.insert(id, map);
        }
        for text in files("protocols") {
            let protocol = Protocol::from_toml(&text).expect("a protocol");
            let since = Span::since(midnight("2026-01-01"));
            let signed = protocol.parties.iter();
            let signed = signed.map(|party| (party.clone(), vec![since])).collect();
            let id = protocol.id.clone();
            let version = Version {
                protocol,
                adopted: since,
                signed,
            };
            let versions = vec![version];
            rules.agreements.insert(id, Agreement { versions });
        }
        let agencies = rules.agencies.keys().cloned().collect();
        let defaults = std::fs::read_to_string(root().join("deploy/audiences.toml"));
        let defaults = Defaults::from_toml(&defaults.expect("a file")).expect("default audiences");
        Self {
            agencies,
            codes,
            rules,
            defaults,
        }
    }

    /// The agency's sector.
    pub fn sector(&self, agency: &AgencyId) -> Sector {
        self.rules.agencies[agency].sector
    }

    /// As intake reads it.
    pub fn taken(
        &self,
        agency: &AgencyId,
        at: Moment,
        request: &v1::PublishRequest,
    ) -> Result<Publication, Vec<String>> {
        let codes = self.codes.get(agency).ok_or(["unknown agency".into()])?;
        let publication =
            read::publication(request, self.publisher(agency, codes)).map_err(words)?;
        self.right(agency, at, publication)
    }

    fn publisher<'a>(&'a self, agency: &'a AgencyId, codes: &'a CodeMap) -> Publisher<'a> {
        Publisher {
            agency,
            sector: self.sector(agency),
            codes: Some(codes),
            defaults: &self.defaults,
        }
    }

    /// What can be read is right by the rules as well.
    pub fn right(
        &self,
        agency: &AgencyId,
        at: Moment,
        publication: Publication,
    ) -> Result<Publication, Vec<String>> {
        let found = words(self.refused(agency, at, &publication));
        if found.is_empty() {
            Ok(publication)
        } else {
            Err(found)
        }
    }

    fn refused(&self, agency: &AgencyId, at: Moment, publication: &Publication) -> Vec<Violation> {
        let setting = Setting {
            now: at,
            originator: agency,
            sector: self.sector(agency),
            agencies: &self.agencies,
            policy: &diogel_domain::crisp::Policy::default(),
        };
        read::violations(publication, setting)
    }
}

/// The matter that a reader's item of this content has.
pub fn matter(content: &Content) -> diogel_domain::content::Matter {
    content.kind().matter().expect("content makes an item")
}

/// The first moment of a day.
pub fn midnight(day: &str) -> Moment {
    Moment(i64::from(Day::parse(day).expect("a day").0) * Moment::DAY)
}

/// The repository's root.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn files(folder: &str) -> Vec<String> {
    let folder = std::fs::read_dir(root().join("deploy").join(folder)).expect("a folder");
    let mut paths: Vec<_> = folder
        .map(|entry| entry.expect("an entry").path())
        .collect();
    paths.sort();
    let read = |path: &PathBuf| std::fs::read_to_string(path).expect("a text");
    paths.iter().map(read).collect()
}

fn words(violations: Vec<Violation>) -> Vec<String> {
    let said = |v: Violation| format!("{} {}", v.field, v.description);
    violations.into_iter().map(said).collect()
}
