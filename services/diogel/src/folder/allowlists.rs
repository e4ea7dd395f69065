//! Who may call which service of a hub: a file a service, made once and then its operator's. Owns what stands in it at first;
//! refuses to change what is there, because whoever took a name out would find it back after the next start.

use std::path::PathBuf;

use diogel_identity::{AllowFile, Allowlist, Reloading, Role, allow::Pattern};

use super::{
    BOARD, DUTY, Folder, GOVERNANCE, SUPERVISION, SYSTEM,
    console::CONSOLE,
    rendering::{MAIN, RENDER},
};
use crate::{failure::Failure, show};

/// The folder of the allowlists.
pub(super) const ALLOWLISTS: &str = "allow";
/// Who asks for content keys.
const KEYS: &str = "diogel.v1.KeyService";
/// Who supervises.
const HEALTH: &str = "grpc.health.v1.Health";
/// Who has documents rendered.
const RENDERING: &str = "diogel.v1.RenderingService";
/// Who publishes.
const PUBLISHING: &str = "diogel.v1.PublishingService";
/// Who reads.
const READING: &str = "diogel.v1.ReadingService";
/// Who reads the Board's indicators.
const INDICATORS: &str = "diogel.v1.IndicatorService";
/// Who oversees.
const OVERSIGHT: &str = "diogel.v1.OversightService";
/// Who asks who saw what.
const ACCOUNTABILITY: &str = "diogel.v1.AccountabilityService";
/// Of the projection and its replicas.
const PROJECTION: &str = "projection";

impl Folder {
    /// Makes those that aren't there.
    pub(super) fn make_allowlists(&self) -> Result<(), Failure> {
        for agency in self.file.agencies.keys() {
            self.agency_allowlist(agency)?;
        }
        self.render_allowlist()?;
        self.projection_allowlist().map(drop)
    }

    /// The allowlist of an agency's service.
    pub(super) fn agency_allowlist(&self, agency: &str) -> Result<PathBuf, Failure> {
        let list = Allowlist::default()
            .with(
                PUBLISHING,
                [
                    self.pattern(Some(agency), Role::System)?,
                    self.console_name()?,
                ],
            )
            .with(KEYS, self.projections()?)
            .with(
                "diogel.v1.EmergencyService",
                [self.named(agency, Role::System, DUTY)?],
            )
            .with(
                "diogel.v1.ProtocolService",
                [self.named(agency, Role::Operator, GOVERNANCE)?],
            )
            .with(
                "diogel.v1.BoardService",
                [self.named(BOARD, Role::Operator, "office")?],
            )
            .with(HEALTH, self.supervisors()?)
            .with(HEALTH, [self.named(agency, Role::Operator, SUPERVISION)?]);
        self.kept(agency, &list, &diogel_agency::config::SERVICES)
    }

    /// The one allowlist of the projection and its replicas: whoever is put out of one is out of all.
    pub(super) fn projection_allowlist(&self) -> Result<PathBuf, Failure> {
        let service = format!("diogel://{}/*/service/hub", self.file.board);
        let list = Allowlist::default()
            .with(
                READING,
                [self.pattern(None, Role::System)?, self.console_name()?],
            )
            .with(
                ACCOUNTABILITY,
                [
                    self.pattern(None, Role::System)?,
                    self.console_name()?,
                    self.named(BOARD, Role::Operator, GOVERNANCE)?,
                ],
            )
            .with(
                INDICATORS,
                [
                    self.named(BOARD, Role::System, SYSTEM)?,
                    self.console_name()?,
                ],
            )
            .with(OVERSIGHT, self.supervisors()?)
            .with(OVERSIGHT, [self.console_name()?])
            .with(
                "diogel.v1.ReconcileService",
                [service.parse().map_err(Failure::other)?],
            )
            .with(HEALTH, self.supervisors()?)
            .with(HEALTH, [self.console_name()?]);
        self.kept(PROJECTION, &list, &diogel_projection::config::SERVICES)
    }

    /// The allowlist of the render service: any agency's systems hand it what they were answered.
    pub(super) fn render_allowlist(&self) -> Result<PathBuf, Failure> {
        let list = Allowlist::default()
            .with(
                RENDERING,
                [self.pattern(None, Role::System)?, self.console_name()?],
            )
            .with(HEALTH, self.supervisors()?);
        self.kept(RENDER, &list, &[RENDERING, HEALTH])
    }

    /// Lets a new replica ask the agencies for content keys, those whose lists are there already.
    pub(super) fn let_replica_in(&self, name: &str) -> Result<(), Failure> {
        for agency in self.file.agencies.keys() {
            let path = self.allowlist(agency);
            if !path.exists() {
                continue;
            }
            let read = self.read(agency, &diogel_agency::config::SERVICES)?;
            let list = read.with(KEYS, [self.named(BOARD, Role::Projection, name)?]);
            list.save(&path).map_err(|e| Failure::at(&path, e))?;
        }
        Ok(())
    }

    /// Lets the console call where people may, by those lists that are there already: it does nothing without a person's token.
    pub(super) fn let_console_in(&self) -> Result<(), Failure> {
        let agencies = self.file.agencies.keys().map(|agency| {
            let services: &[&str] = &[PUBLISHING];
            (
                agency.as_str(),
                services,
                &diogel_agency::config::SERVICES[..],
            )
        });
        let others = [
            (
                PROJECTION,
                &[READING, ACCOUNTABILITY, INDICATORS][..],
                &diogel_projection::config::SERVICES[..],
            ),
            (RENDER, &[RENDERING][..], &[RENDERING, HEALTH][..]),
        ];
        for (of, services, known) in agencies.chain(others) {
            let path = self.allowlist(of);
            if !path.exists() {
                continue;
            }
            let mut list = self.read(of, known)?;
            for service in services {
                list = list.with(service, [self.console_name()?]);
            }
            list.save(&path).map_err(|e| Failure::at(&path, e))?;
        }
        Ok(())
    }

    fn console_name(&self) -> Result<Pattern, Failure> {
        self.named(CONSOLE, Role::Console, MAIN)
    }

    /// The file, made now if there is none. Says what the list that is there leaves out altogether: with a new version a service
    /// may be new.
    fn kept(
        &self,
        of: &str,
        first: &Allowlist,
        services: &'static [&'static str],
    ) -> Result<PathBuf, Failure> {
        let path = self.allowlist(of);
        if path.exists() {
            let kept = self.read(of, services)?;
            let missing = first
                .services()
                .filter(|s| kept.services().all(|k| k != *s));
            for service in missing {
                show::note(&format!(
                    "{} doesn't list {service}: nobody may call it there",
                    path.display()
                ));
            }
            return Ok(path);
        }
        let folder = path.parent().unwrap_or(&self.root);
        std::fs::create_dir_all(folder).map_err(|e| Failure::at(folder, e))?;
        first.save(&path).map_err(|e| Failure::at(&path, e))?;
        Ok(path)
    }

    fn allowlist(&self, of: &str) -> PathBuf {
        self.root.join(ALLOWLISTS).join(format!("{of}.toml"))
    }

    fn read(&self, of: &str, services: &'static [&'static str]) -> Result<Allowlist, Failure> {
        let path = self.allowlist(of);
        let read = Reloading::load(AllowFile { path, services });
        let read = read.map_err(|e| Failure::Invalid(e.to_string()))?;
        Ok((*read.current()).clone())
    }

    /// Who may ask any process how it is: the Board's office, and whatever supervises for it, which needs no other right.
    fn supervisors(&self) -> Result<Vec<Pattern>, Failure> {
        ["office", SUPERVISION]
            .into_iter()
            .map(|name| self.named(BOARD, Role::Operator, name))
            .collect()
    }

    fn pattern(&self, agency: Option<&str>, role: Role) -> Result<Pattern, Failure> {
        Pattern::of_role(&self.file.board, agency, role).map_err(Failure::other)
    }

    fn named(&self, agency: &str, role: Role, name: &str) -> Result<Pattern, Failure> {
        Ok(Pattern::from(&self.principal(agency, role, name)?))
    }

    fn projections(&self) -> Result<Vec<Pattern>, Failure> {
        let names = ["hub"]
            .into_iter()
            .chain(self.file.replicas.keys().map(String::as_str));
        names
            .map(|name| self.named(BOARD, Role::Projection, name))
            .collect()
    }
}
