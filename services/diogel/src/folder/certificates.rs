//! A hub's certificates: whose there are, issuing them, and keeping them good while the authority's key lies in the folder.

use std::path::Path;

use diogel_identity::{
    Principal, Role, TlsFiles,
    pki::{CRL_DAYS, Issued, tls_files},
};
use time::{Duration, OffsetDateTime, format_description::well_known::Rfc3339};

use super::{
    BOARD, DUTY, Folder, GOVERNANCE, SYSTEM,
    console::CONSOLE,
    rendering::{MAIN, RENDER},
};
use crate::{authority, failure::Failure};

/// The folder of the board's authority.
pub(super) const AUTHORITY: &str = "pki";
/// The folder of the authority for a cluster's routes.
pub(super) const ROUTES: &str = "pki-routes";
/// Days that certificates of a hub's folder are valid.
const DAYS: u32 = 365;
/// A certificate with less than this left is issued anew.
const SOON: Duration = Duration::days(30);

/// A certificate that a hub needs.
struct Wanted {
    principal: Principal,
    hosts: Vec<String>,
}

impl Folder {
    /// Makes both authorities, and every certificate.
    pub(super) fn make_certificates(&self) -> Result<(), Failure> {
        for (folder, wanted) in [
            (AUTHORITY, self.wanted()?),
            (ROUTES, self.wanted_for_routes()?),
        ] {
            let mut held = authority::create(&self.root.join(folder), &self.file.board)?;
            for Wanted { principal, hosts } in wanted {
                let issued = held.authority.issue(&principal, &hosts, DAYS);
                issued.map_err(authority::refusal)?;
            }
        }
        Ok(())
    }

    /// Issues what is missing or ends soon, and signs the revocation list anew: it holds for days only, and past its end nobody
    /// is admitted. Leaves everything as it is where the authority's key lies elsewhere.
    pub(crate) fn keep_certificates(&self) -> Result<(), Failure> {
        let soon = OffsetDateTime::now_utc() + SOON;
        for (folder, wanted) in [
            (AUTHORITY, self.wanted()?),
            (ROUTES, self.wanted_for_routes()?),
        ] {
            let dir = self.root.join(folder);
            if !dir.join("ca.key").exists() {
                continue;
            }
            let mut held = authority::open(&dir)?;
            held.authority
                .sign_crl(CRL_DAYS)
                .map_err(authority::refusal)?;
            for Wanted { principal, hosts } in wanted {
                if is_due(held.authority.issued(), &principal, soon, &dir) {
                    let issued = held.authority.issue(&principal, &hosts, DAYS);
                    issued.map_err(authority::refusal)?;
                }
            }
        }
        Ok(())
    }

    fn wanted(&self) -> Result<Vec<Wanted>, Failure> {
        let mut wanted = Vec::new();
        let mut add = |agency: &str, role, name, hosts: Vec<String>| {
            let principal = self.principal(agency, role, name)?;
            wanted.push(Wanted { principal, hosts });
            Ok::<_, Failure>(())
        };
        for agency in self.file.agencies.keys() {
            add(agency, Role::Service, "hub", loopback())?;
            add(agency, Role::Service, "nats", Vec::new())?;
            add(agency, Role::System, SYSTEM, Vec::new())?;
            add(agency, Role::System, DUTY, Vec::new())?;
            add(agency, Role::Operator, GOVERNANCE, Vec::new())?;
        }
        add(BOARD, Role::Projection, "hub", loopback())?;
        add(BOARD, Role::Projection, "nats", Vec::new())?;
        for replica in self.file.replicas.keys() {
            add(BOARD, Role::Projection, replica, loopback())?;
        }
        add(RENDER, Role::Service, MAIN, loopback())?;
        add(CONSOLE, Role::Console, MAIN, Vec::new())?;
        add(BOARD, Role::Operator, "office", Vec::new())?;
        add(BOARD, Role::Operator, "nats", Vec::new())?;
        add(BOARD, Role::Service, "nats-server", loopback())?;
        Ok(wanted)
    }

    /// For a cluster's servers among themselves: an authority of its own, which no client has a certificate from.
    fn wanted_for_routes(&self) -> Result<Vec<Wanted>, Failure> {
        Ok(vec![Wanted {
            principal: self.route_principal()?,
            hosts: loopback(),
        }])
    }

    fn route_principal(&self) -> Result<Principal, Failure> {
        self.principal(BOARD, Role::Service, "nats-route")
    }

    /// The files of a name's certificate.
    pub(crate) fn tls(&self, agency: &str, role: Role, name: &str) -> Result<TlsFiles, Failure> {
        let principal = self.principal(agency, role, name)?;
        Ok(tls_files(&self.root.join(AUTHORITY), &principal))
    }

    /// The files of the certificate that a cluster's servers use among themselves.
    pub(crate) fn route_tls(&self) -> Result<TlsFiles, Failure> {
        Ok(tls_files(&self.root.join(ROUTES), &self.route_principal()?))
    }
}

/// Never issued, or good for too short. One that was revoked stays so: that was somebody's decision.
fn is_due(issued: &[Issued], principal: &Principal, soon: OffsetDateTime, dir: &Path) -> bool {
    let mut own = issued
        .iter()
        .filter(|i| i.principal == *principal)
        .peekable();
    if own.peek().is_none() || !tls_files(dir, principal).cert.exists() {
        return true;
    }
    let Some(last) = own.next_back() else {
        return true;
    };
    let ends = OffsetDateTime::parse(&last.not_after, &Rfc3339);
    last.revoked.is_none() && ends.is_ok_and(|ends| ends < soon)
}

fn loopback() -> Vec<String> {
    vec!["localhost".to_owned(), "127.0.0.1".to_owned()]
}
