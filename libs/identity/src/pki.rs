//! A board's own certificate authority, as files in one directory. Owns issuing, revoking and the revocation list; refuses
//! to overwrite a key, and to give a role more use of its certificate than it needs.
//!
//! ```text
//! ca.pem   ca.key (0600)   crl.pem   index.toml   certs/<agency>-<role>-<name>.pem and .key (0600)
//! ```
//! One operator at a time: two processes that issue at once would each forget the other's entry in the index.

mod index;
mod templates;
#[cfg(test)]
mod tests;

use std::fs;
use std::io;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

use rcgen::{CertifiedIssuer, Issuer, KeyPair, PKCS_ECDSA_P256_SHA256};
use time::{Duration, OffsetDateTime};

pub use index::Issued;
pub use templates::Validity;

use crate::content_key::NoRandomness;
use crate::name::{self, NameError, Principal};
use crate::peer::Serial;
use crate::private_file::{PRIVATE, PUBLIC, read_private, write_whole};
use crate::tls::TlsFiles;
use index::Index;

/// Days until a revocation list has to be signed again, unless the operator says otherwise.
pub const CRL_DAYS: u32 = 7;

/// Why the authority refuses.
#[derive(Debug, thiserror::Error)]
pub enum PkiError {
    /// A file can't be read or written.
    #[error("{path}: {source}")]
    File {
        /// The file.
        path: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },
    /// There is an authority already.
    #[error("{0} holds an authority already: choose another directory, or open this one")]
    Exists(PathBuf),
    /// The index can't be read: nothing is issued or revoked, for the list would be short.
    #[error("{path} can't be read: {reason}; restore it from the backup")]
    Index {
        /// The index.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// Not a name, or a host that is neither a DNS name nor an address.
    #[error("{0:?} is neither a DNS name nor an IP address")]
    Host(String),
    /// The board's or principal's name is malformed.
    #[error(transparent)]
    Name(#[from] NameError),
    /// The principal belongs to another board.
    #[error("this authority is the board {0}'s: it certifies nobody of another board")]
    OtherBoard(String),
    /// Its files would overwrite another principal's.
    #[error("its files would have the names of {0}'s: choose another name")]
    SameFiles(String),
    /// Nothing to revoke.
    #[error("no certificate of {0} in the index")]
    Unknown(String),
    /// The certificate could not be made or signed.
    #[error("the certificate can't be made: {0}")]
    Certificate(#[from] rcgen::Error),
    /// No serial can be made now.
    #[error(transparent)]
    NoRandomness(#[from] NoRandomness),
}

/// Where an issued certificate lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssuedPaths {
    /// The certificate, PEM.
    pub cert: PathBuf,
    /// Its private key, PKCS#8 PEM, mode 0600.
    pub key: PathBuf,
    /// Its serial, for revoking it.
    pub serial: Serial,
}

/// What to revoke.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Revoke {
    /// One certificate.
    Serial(Serial),
    /// Every certificate of a principal.
    Principal(Principal),
}

/// The open authority of a board.
pub struct Authority {
    dir: PathBuf,
    issuer: Issuer<'static, KeyPair>,
    index: Index,
}

impl Authority {
    /// Makes the authority of `board` in `dir`, with an empty revocation list good for [`CRL_DAYS`].
    ///
    /// # Errors
    /// [`PkiError::Exists`], [`PkiError::Name`], [`PkiError::File`].
    pub fn create(dir: impl AsRef<Path>, board: &str) -> Result<Self, PkiError> {
        let dir = dir.as_ref();
        name::check_segment(board)?;
        if dir.join("ca.key").exists() {
            return Err(PkiError::Exists(dir.to_owned()));
        }
        let certs = dir.join("certs");
        let mut directories = fs::DirBuilder::new();
        directories
            .recursive(true)
            .mode(0o700)
            .create(&certs)
            .map_err(|e| file(&certs, e))?;
        let key = KeyPair::generate_for(&PKCS_ECDSA_P256_SHA256)?;
        let key_pem = zeroize::Zeroizing::new(key.serialize_pem());
        let ca = CertifiedIssuer::self_signed(templates::authority(board)?, key)?;
        write(&dir.join("ca.key"), key_pem.as_bytes(), PRIVATE)?;
        write(&dir.join("ca.pem"), ca.pem().as_bytes(), PUBLIC)?;
        Index::new(board).save(dir)?;
        let mut authority = Self::open(dir)?;
        authority.sign_crl(CRL_DAYS)?;
        Ok(authority)
    }

    /// Opens the authority in `dir`.
    ///
    /// # Errors
    /// [`PkiError::File`], [`PkiError::Index`], [`PkiError::Certificate`].
    pub fn open(dir: impl AsRef<Path>) -> Result<Self, PkiError> {
        let dir = dir.as_ref();
        let key_path = dir.join("ca.key");
        let key_pem = zeroize::Zeroizing::new(
            read_private(&key_path)
                .and_then(|bytes| String::from_utf8(bytes).map_err(io::Error::other))
                .map_err(|e| file(&key_path, e))?,
        );
        let ca_path = dir.join("ca.pem");
        let ca = fs::read_to_string(&ca_path).map_err(|e| file(&ca_path, e))?;
        let issuer = Issuer::from_ca_cert_pem(&ca, KeyPair::from_pem(&key_pem)?)?;
        Ok(Self {
            dir: dir.to_owned(),
            issuer,
            index: Index::load(dir)?,
        })
    }

    /// The board whose authority this is.
    pub fn board(&self) -> &str {
        &self.index.board
    }

    /// Every certificate ever issued, oldest first.
    pub fn issued(&self) -> &[Issued] {
        &self.index.issued
    }

    /// A certificate and key for `principal`, good from five minutes ago for `days`. An earlier one in the same place is
    /// replaced, not revoked: that is how certificates are renewed.
    ///
    /// `hosts` are the DNS names or IP addresses under which a serving role is called; other roles need none.
    ///
    /// # Errors
    /// [`PkiError`].
    pub fn issue(
        &mut self,
        principal: &Principal,
        hosts: &[String],
        days: u32,
    ) -> Result<IssuedPaths, PkiError> {
        self.issue_for(principal, hosts, Validity::days_from_now(days))
    }

    /// As [`Self::issue`], with both ends of the validity.
    ///
    /// # Errors
    /// [`PkiError`].
    pub fn issue_for(
        &mut self,
        principal: &Principal,
        hosts: &[String],
        validity: Validity,
    ) -> Result<IssuedPaths, PkiError> {
        if principal.board() != self.index.board {
            return Err(PkiError::OtherBoard(self.index.board.clone()));
        }
        self.refuse_same_files(principal)?;
        let serial = templates::random_serial()?;
        let params = templates::end_entity(principal, hosts, &serial, validity)?;
        let key = KeyPair::generate_for(&PKCS_ECDSA_P256_SHA256)?;
        let certificate = params.signed_by(&key, &self.issuer)?;
        // The index first: a certificate that isn't in it could never be revoked by its principal's name.
        self.index.add(principal, &serial, validity.until);
        self.index.save(&self.dir)?;
        let paths = self.paths_of(principal, serial);
        let key_pem = zeroize::Zeroizing::new(key.serialize_pem());
        write(&paths.key, key_pem.as_bytes(), PRIVATE)?;
        write(&paths.cert, certificate.pem().as_bytes(), PUBLIC)?;
        Ok(paths)
    }

    /// Revokes and signs the list anew, good for `crl_days`. Services pick the list up within half a second of its copy
    /// reaching them (P8). Returns the serials that are newly revoked.
    ///
    /// # Errors
    /// [`PkiError::Unknown`] when the index has no such certificate.
    pub fn revoke(&mut self, what: &Revoke, crl_days: u32) -> Result<Vec<Serial>, PkiError> {
        let revoked = self.index.revoke(what, OffsetDateTime::now_utc())?;
        self.index.save(&self.dir)?;
        self.sign_crl(crl_days)?;
        Ok(revoked)
    }

    /// Signs the revocation list anew, good for `days`. **A list past its end is an outage**: sign it well before.
    ///
    /// # Errors
    /// [`PkiError`].
    pub fn sign_crl(&mut self, days: u32) -> Result<(), PkiError> {
        let now = OffsetDateTime::now_utc();
        self.sign_crl_until(now, now + Duration::days(i64::from(days)))
    }

    pub(crate) fn sign_crl_until(
        &mut self,
        from: OffsetDateTime,
        until: OffsetDateTime,
    ) -> Result<(), PkiError> {
        self.index.crl_number += 1;
        self.index.save(&self.dir)?;
        let list = templates::revocation_list(&self.index, from, until).signed_by(&self.issuer)?;
        write(&self.dir.join("crl.pem"), list.pem()?.as_bytes(), PUBLIC)
    }

    /// The files a service or client of `principal` is configured with.
    pub fn tls_files(&self, principal: &Principal) -> TlsFiles {
        tls_files(&self.dir, principal)
    }

    fn refuse_same_files(&self, principal: &Principal) -> Result<(), PkiError> {
        let stem = stem(principal);
        let other =
            |entry: &&Issued| entry.principal != *principal && self::stem(&entry.principal) == stem;
        match self.index.issued.iter().find(other) {
            Some(entry) => Err(PkiError::SameFiles(entry.principal.to_string())),
            None => Ok(()),
        }
    }

    fn paths_of(&self, principal: &Principal, serial: Serial) -> IssuedPaths {
        let files = self.tls_files(principal);
        IssuedPaths {
            cert: files.cert,
            key: files.key,
            serial,
        }
    }
}

/// The files of `principal` in an authority's directory. Nothing is opened: whoever only connects needs no key of the authority,
/// which may lie offline.
pub fn tls_files(dir: &Path, principal: &Principal) -> TlsFiles {
    let stem = stem(principal);
    TlsFiles {
        ca: dir.join("ca.pem"),
        cert: dir.join(format!("certs/{stem}.pem")),
        key: dir.join(format!("certs/{stem}.key")),
        crl: dir.join("crl.pem"),
    }
}

/// Hyphens may stand in each part too: [`Authority::issue`] refuses a principal whose files would be another's.
fn stem(principal: &Principal) -> String {
    format!(
        "{}-{}-{}",
        principal.agency(),
        principal.role(),
        principal.name()
    )
}

fn write(path: &Path, bytes: &[u8], mode: u32) -> Result<(), PkiError> {
    write_whole(path, bytes, mode).map_err(|e| file(path, e))
}

fn file(path: &Path, source: io::Error) -> PkiError {
    PkiError::File {
        path: path.to_owned(),
        source,
    }
}
