//! What the services of a hub's folder are started with, in one process or in their own.

use std::path::PathBuf;

use diogel_agency::config::{AgencyConfig, NatsConfig as AgencyNats};
use diogel_contract::hexadecimal;
use diogel_identity::{Allowlist, Role, allow::Pattern};
use diogel_projection::config::{Mode, NatsConfig as ProjectionNats, ProjectionConfig, StoreKind};

use super::{BOARD, DUTY, Folder, GOVERNANCE, shipped::AUDIENCES};
use crate::{failure::Failure, nats::streams};

impl Folder {
    /// The board's default audiences; a hub made before there were any has none.
    pub(super) fn audiences(&self) -> Option<PathBuf> {
        Some(self.root.join(AUDIENCES)).filter(|path| path.exists())
    }

    /// Configuration of an agency's service.
    pub(crate) fn agency_config(
        &self,
        agency: &str,
        nats: &[String],
    ) -> Result<AgencyConfig, Failure> {
        let allow = Allowlist::default()
            .with(
                "diogel.v1.PublishingService",
                [self.pattern(Some(agency), Role::System)?],
            )
            .with("diogel.v1.KeyService", self.projections()?)
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
            );
        let tls = self.tls(agency, Role::Service, "nats")?;
        Ok(AgencyConfig {
            board: self.file.board.clone(),
            agency: agency.to_owned(),
            listen: self.known(agency)?,
            data: self.agency_data(agency),
            profiles: self.root.join("agencies"),
            audiences: self.audiences(),
            tls: self.tls(agency, Role::Service, "hub")?,
            allow,
            projection: self.projection_endpoint(),
            nats: (!nats.is_empty()).then(|| AgencyNats {
                servers: nats.to_vec(),
                tls,
            }),
        })
    }

    /// Configuration of the projection.
    pub(crate) fn projection_config(
        &self,
        store: StoreKind,
        nats: &[String],
        replicas: usize,
    ) -> Result<ProjectionConfig, Failure> {
        let allow = Allowlist::default()
            .with(
                "diogel.v1.ReadingService",
                [self.pattern(None, Role::System)?],
            )
            .with(
                "diogel.v1.AccountabilityService",
                [self.pattern(None, Role::System)?],
            )
            .with(
                "diogel.v1.ReconcileService",
                [format!("diogel://{}/*/service/hub", self.file.board)
                    .parse()
                    .map_err(Failure::other)?],
            );
        let tls = self.tls(BOARD, Role::Projection, "nats")?;
        let streams = streams(replicas);
        Ok(ProjectionConfig {
            board: self.file.board.clone(),
            board_agency: BOARD.into(),
            genesis_key: hexadecimal::write(&self.genesis_key()?),
            board_endpoint: self.endpoint(BOARD)?,
            listen: self.file.projection,
            data: self.projection_data(),
            audiences: self.audiences(),
            tls: self.tls(BOARD, Role::Projection, "hub")?,
            allow,
            store,
            mode: Mode::Admitting,
            order_key: None,
            nats: (!nats.is_empty()).then(|| ProjectionNats {
                servers: nats.to_vec(),
                tls,
                replicas,
                agency_bytes: streams.agency_bytes,
                order_bytes: streams.order_bytes,
            }),
        })
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
