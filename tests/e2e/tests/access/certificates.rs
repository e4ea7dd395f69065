//! The certificates of all identities. Owns making the odd ones, which the board's authority itself would refuse to issue; a
//! certificate that is made once stays the same for the whole test.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use diogel_e2e::Board;
use diogel_identity::pki::{Authority, IssuedPaths, Revoke, Validity};
use diogel_identity::{Principal, Role};
use rcgen::{CertificateParams, ExtendedKeyUsagePurpose, Issuer, KeyPair, SanType};
use rustls_pki_types::pem::PemObject;
use rustls_pki_types::{CertificateDer, PrivateKeyDer};
use tempfile::TempDir;
use time::{Duration, OffsetDateTime};

use crate::identities::{Fault, Identity};

/// The last part of a name, as a hub's folder has it: an allowlist may well name no other.
pub const fn name_of(role: Role) -> &'static str {
    match role {
        Role::System => "case",
        Role::Service | Role::Projection => "hub",
        Role::Operator => "office",
        Role::Console => "main",
    }
}

/// An agency that the board doesn't have.
const NOBODY: &str = "nobody-here";
/// Days that a list or certificate holds.
const DAYS: u32 = 7;

/// A certificate with its key.
#[derive(Clone)]
pub struct Credentials {
    pub certificate: Vec<u8>,
    pub key: Vec<u8>,
}

/// Issues them.
pub struct Office {
    root: PathBuf,
    board: Authority,
    foreign: (TempDir, Authority),
    made: BTreeMap<String, Credentials>,
}

impl Office {
    /// Of a running board.
    pub fn open(board: &Board) -> Self {
        let root = board.root().join("pki");
        let own = Authority::open(&root).expect("an authority");
        let elsewhere = tempfile::tempdir().expect("a folder");
        let foreign = Authority::create(elsewhere.path(), own.board()).expect("an authority");
        Self {
            root,
            board: own,
            foreign: (elsewhere, foreign),
            made: BTreeMap::new(),
        }
    }

    /// The board's id.
    pub fn board(&self) -> &str {
        self.board.board()
    }

    /// The authority that services and clients trust.
    pub fn ca(&self) -> Vec<u8> {
        fs::read(self.root.join("ca.pem")).expect("a certificate")
    }

    /// What an identity calls with, where `right` is who would be let in. None: nothing.
    pub fn credentials(&mut self, identity: Identity, right: &Principal) -> Option<Credentials> {
        if identity == Identity::Faulty(Fault::None) {
            return None;
        }
        let id = match identity {
            Identity::Known(..) => identity.to_string(),
            Identity::Faulty(_) => format!("{identity} for {right}"),
        };
        if let Some(made) = self.made.get(&id) {
            return Some(made.clone());
        }
        let made = match identity {
            Identity::Known(agency, role, name) => self.known(agency, role, name),
            Identity::Faulty(fault) => self.faulty(fault, right),
        };
        self.made.insert(id, made.clone());
        Some(made)
    }

    fn faulty(&mut self, fault: Fault, right: &Principal) -> Credentials {
        let (agency, role, name) = (right.agency(), right.role(), right.to_string());
        match fault {
            Fault::None => panic!("it has no certificate"),
            Fault::SelfSigned => odd(&[&name], None),
            Fault::Foreign => {
                let issued = self.foreign.1.issue(right, &[], DAYS);
                of(&issued.expect("a certificate"))
            }
            Fault::Expired => self.expired(agency, role),
            Fault::Revoked | Fault::RevokedLater => self.issue(agency, role, fault.column()),
            Fault::Unnamed => self.signed(&["https://police.example"]),
            Fault::NamedTwice => {
                let other = format!("diogel://{}/health/system/case", right.board());
                self.signed(&[&name, &other])
            }
            Fault::OtherBoard => {
                let elsewhere = Principal::new("north", agency, role, name_of(role));
                self.signed(&[&elsewhere.expect("a name").to_string()])
            }
            Fault::Unlisted => self.issue(NOBODY, Role::Operator, name_of(Role::Operator)),
            Fault::Stranger => self.issue(NOBODY, role, name_of(role)),
        }
    }

    /// The folder's own where there is one: to issue it anew would take it from the service that runs with it.
    fn known(&mut self, agency: &str, role: Role, name: &str) -> Credentials {
        let principal = self.name(agency, role, name);
        let files = self.board.tls_files(&principal);
        if files.cert.exists() {
            return read(&files.cert, &files.key);
        }
        self.issue(agency, role, name)
    }

    fn issue(&mut self, agency: &str, role: Role, name: &str) -> Credentials {
        let principal = self.name(agency, role, name);
        of(&self.board.issue(&principal, &[], DAYS).expect("issued"))
    }

    fn expired(&mut self, agency: &str, role: Role) -> Credentials {
        let principal = self.name(agency, role, Fault::Expired.column());
        let now = OffsetDateTime::now_utc();
        let validity = Validity {
            from: now - Duration::days(2),
            until: now - Duration::minutes(1),
        };
        of(&self
            .board
            .issue_for(&principal, &[], validity)
            .expect("issued"))
    }

    fn name(&self, agency: &str, role: Role, name: &str) -> Principal {
        Principal::new(self.board.board(), agency, role, name).expect("a name")
    }

    /// By the board's own key, with names that its authority refuses.
    fn signed(&self, names: &[&str]) -> Credentials {
        let ca = fs::read_to_string(self.root.join("ca.pem")).expect("a certificate");
        let key = fs::read_to_string(self.root.join("ca.key")).expect("a key");
        let key = KeyPair::from_pem(&key).expect("a key");
        odd(
            names,
            Some(&Issuer::from_ca_cert_pem(&ca, key).expect("an issuer")),
        )
    }

    /// A certificate of this name.
    pub fn issued(&mut self, name: &Principal) -> Credentials {
        of(&self.board.issue(name, &[], DAYS).expect("issued"))
    }

    /// Puts a name on the revocation list.
    pub fn revokes(&mut self, name: Principal) {
        let revoked = self.board.revoke(&Revoke::Principal(name), DAYS);
        revoked.expect("a revocation list");
    }

    /// Puts everybody on the revocation list who has to be there.
    pub fn revoke(&mut self, right: &Principal) {
        for fault in [Fault::Revoked, Fault::RevokedLater] {
            let name = self.name(right.agency(), right.role(), fault.column());
            self.revokes(name);
        }
    }
}

fn odd(names: &[&str], issuer: Option<&Issuer<'_, KeyPair>>) -> Credentials {
    let mut params = CertificateParams::default();
    let uri = |name: &&str| SanType::URI((*name).try_into().expect("a uri"));
    params.subject_alt_names = names.iter().map(uri).collect();
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
    let key = KeyPair::generate().expect("a key");
    let made = match issuer {
        Some(issuer) => params.signed_by(&key, issuer),
        None => params.self_signed(&key),
    };
    Credentials {
        certificate: made.expect("a certificate").der().to_vec(),
        key: key.serialize_der(),
    }
}

fn of(issued: &IssuedPaths) -> Credentials {
    read(&issued.cert, &issued.key)
}

/// From PEM.
pub fn read(certificate: &Path, key: &Path) -> Credentials {
    let certificate = CertificateDer::from_pem_file(certificate).expect("a certificate");
    let key = PrivateKeyDer::from_pem_file(key).expect("a key");
    Credentials {
        certificate: certificate.to_vec(),
        key: key.secret_der().to_vec(),
    }
}
