//! What the services of a hub's folder are started with, in one process or in their own.

use std::path::PathBuf;

use diogel_agency::config::{AgencyConfig, NatsConfig as AgencyNats};
use diogel_contract::hexadecimal;
use diogel_identity::Role;
use diogel_projection::config::{Mode, NatsConfig as ProjectionNats, ProjectionConfig, StoreKind};

use super::{
    BOARD, Folder,
    shipped::{AUDIENCES, POLICY},
};
use crate::{failure::Failure, nats::streams};

impl Folder {
    /// The board's default audiences; a hub made before there were any has none.
    pub(crate) fn audiences(&self) -> Option<PathBuf> {
        Some(self.root.join(AUDIENCES)).filter(|path| path.exists())
    }

    /// The Board's policy; a hub made before there was any has none.
    pub(crate) fn policy(&self) -> Option<PathBuf> {
        Some(self.root.join(POLICY)).filter(|path| path.exists())
    }

    /// Configuration of an agency's service.
    pub(crate) fn agency_config(
        &self,
        agency: &str,
        nats: &[String],
    ) -> Result<AgencyConfig, Failure> {
        let tls = self.tls(agency, Role::Service, "nats")?;
        Ok(AgencyConfig {
            board: self.file.board.clone(),
            agency: agency.to_owned(),
            listen: self.known(agency)?,
            data: self.agency_data(agency),
            profiles: self.root.join("agencies"),
            people: self.people(),
            metrics: None,
            audiences: self.audiences(),
            policy: self.policy(),
            tls: self.tls(agency, Role::Service, "hub")?,
            allow: self.agency_allowlist(agency)?,
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
        let tls = self.tls(BOARD, Role::Projection, "nats")?;
        let streams = streams(replicas);
        Ok(ProjectionConfig {
            board: self.file.board.clone(),
            board_agency: BOARD.into(),
            genesis_key: hexadecimal::write(&self.genesis_key()?),
            board_endpoint: self.endpoint(BOARD)?,
            listen: self.file.projection,
            data: self.projection_data(),
            people: self.people(),
            metrics: None,
            early_releases: false,
            audiences: self.audiences(),
            tls: self.tls(BOARD, Role::Projection, "hub")?,
            allow: self.projection_allowlist()?,
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
}
