//! The revoked serials, for the check on each request (P8). Owns that a list's signature is verified before its serials
//! count; refuses lists of strangers and lists without an end.

use std::collections::HashSet;

use rustls_pki_types::{CertificateDer, CertificateRevocationListDer};
use time::OffsetDateTime;
use x509_parser::certificate::X509Certificate;
use x509_parser::prelude::FromDer;
use x509_parser::revocation_list::CertificateRevocationList;

use crate::peer::Serial;

/// Why a revocation list can't be relied on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RevocationError {
    /// Not a revocation list, or the authority beside it not a certificate.
    #[error("the revocation list or its authority can't be read")]
    Unreadable,
    /// No authority that is trusted here signed it.
    #[error("the revocation list isn't signed by the authority")]
    NotTheAuthoritys,
    /// It doesn't say how long it holds.
    #[error("the revocation list has no end (nextUpdate): sign one that has")]
    NoEnd,
}

/// What verified revocation lists say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revocations {
    revoked: HashSet<Serial>,
    holds_until: OffsetDateTime,
}

impl Revocations {
    /// Reads the lists, each of which one of the authorities has to have signed.
    ///
    /// # Errors
    /// [`RevocationError`]; no serial counts then.
    pub fn verified(
        lists: &[CertificateRevocationListDer<'_>],
        authorities: &[CertificateDer<'_>],
    ) -> Result<Self, RevocationError> {
        let authorities: Result<Vec<_>, _> =
            authorities.iter().map(|der| certificate(der)).collect();
        let authorities = authorities?;
        let mut revoked = HashSet::new();
        let mut holds_until: Option<OffsetDateTime> = None;
        for der in lists {
            let list = signed_by_one_of(der, &authorities)?;
            let end = list
                .next_update()
                .ok_or(RevocationError::NoEnd)?
                .to_datetime();
            holds_until = Some(holds_until.map_or(end, |earlier| earlier.min(end)));
            revoked.extend(
                list.iter_revoked_certificates()
                    .map(|c| Serial::new(c.raw_serial())),
            );
        }
        Ok(Self {
            revoked,
            holds_until: holds_until.ok_or(RevocationError::Unreadable)?,
        })
    }

    /// Whether a certificate was revoked.
    pub fn is_revoked(&self, serial: &Serial) -> bool {
        self.revoked.contains(serial)
    }

    /// The moment from which the earliest-ending list no longer holds, and everybody is refused.
    pub fn holds_until(&self) -> OffsetDateTime {
        self.holds_until
    }
}

fn certificate<'a>(der: &'a CertificateDer<'_>) -> Result<X509Certificate<'a>, RevocationError> {
    let (_, read) = X509Certificate::from_der(der).map_err(|_| RevocationError::Unreadable)?;
    Ok(read)
}

fn signed_by_one_of<'a>(
    der: &'a [u8],
    authorities: &[X509Certificate<'_>],
) -> Result<CertificateRevocationList<'a>, RevocationError> {
    let (rest, list) =
        CertificateRevocationList::from_der(der).map_err(|_| RevocationError::Unreadable)?;
    if !rest.is_empty() {
        return Err(RevocationError::Unreadable);
    }
    let by = |authority: &X509Certificate<'_>| {
        list.issuer() == authority.subject()
            && list.verify_signature(authority.public_key()).is_ok()
    };
    if authorities.iter().any(by) {
        Ok(list)
    } else {
        Err(RevocationError::NotTheAuthoritys)
    }
}
