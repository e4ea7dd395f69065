//! Replicas of the projection: each has an address, a certificate and data of its own, and follows the order stream.

use std::path::PathBuf;

use diogel_contract::hexadecimal;
use diogel_identity::{Role, SigningKey, TlsFiles};
use diogel_projection::config::{Mode, NatsConfig, ProjectionConfig, StoreKind};

use super::{BOARD, Folder, ports};
use crate::failure::Failure;

/// Names of the projection's other certificates.
const TAKEN: [&str; 2] = ["hub", "nats"];

impl Folder {
    /// Takes a replica in, or leaves one that is there as it is.
    pub(crate) fn take_in_replica(&mut self, name: &str) -> Result<(), Failure> {
        let token = name.starts_with(|c: char| c.is_ascii_lowercase())
            && name.len() <= 32
            && name
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        if !token || TAKEN.contains(&name) {
            return Err(Failure::Usage(format!(
                "{name:?} can't be a replica's name: at most 32 lower case letters, digits and hyphens, a letter first, and not \
                 \"hub\" or \"nats\""
            )));
        }
        if !self.file.replicas.contains_key(name) {
            let addresses = ports::free(1)?.into_iter();
            let named = addresses.map(|address| (name.to_owned(), address));
            self.file.replicas.extend(named);
            self.save()?;
            self.let_replica_in(name)?;
        }
        self.keep_certificates()
    }

    /// The certificate that a replica serves with, and by which NATS knows it.
    pub(crate) fn replica_tls(&self, name: &str) -> Result<TlsFiles, Failure> {
        self.tls(BOARD, Role::Projection, name)
    }

    /// Configuration of a replica. It believes the key that signs the order in this folder, and no other.
    pub(crate) fn replica_config(
        &self,
        name: &str,
        store: StoreKind,
        nats: &[String],
        copies: usize,
    ) -> Result<ProjectionConfig, Failure> {
        let admitting = self.projection_config(store, nats, copies)?;
        let listen = self.file.replicas.get(name).copied();
        let listen =
            listen.ok_or_else(|| Failure::Usage(format!("{name:?} is no replica of this hub")))?;
        let data = self.projection_data();
        std::fs::create_dir_all(&data).map_err(|e| Failure::at(&data, e))?;
        let key = SigningKey::load_or_create(&data.join("order.key")).map_err(Failure::other)?;
        let tls = self.replica_tls(name)?;
        Ok(ProjectionConfig {
            listen,
            data: self.replica_data(name),
            tls: tls.clone(),
            mode: Mode::Replica,
            order_key: Some(hexadecimal::write(&key.public_key().to_bytes())),
            nats: admitting.nats.map(|nats| NatsConfig { tls, ..nats }),
            ..admitting
        })
    }

    /// The data folder of a replica. No agency's id has an underscore.
    pub(crate) fn replica_data(&self, name: &str) -> PathBuf {
        self.root.join("data").join(format!("_replica-{name}"))
    }
}
