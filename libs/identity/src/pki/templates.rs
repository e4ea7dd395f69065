//! What stands in certificates and revocation lists. Owns their extensions and validity; refuses to sign.

use std::net::IpAddr;

use rcgen::{
    BasicConstraints, CertificateParams, CertificateRevocationListParams, DistinguishedName,
    DnType, ExtendedKeyUsagePurpose, IsCa, KeyIdMethod, KeyUsagePurpose, RevocationReason,
    RevokedCertParams, SanType, SerialNumber,
};
use time::{Duration, OffsetDateTime};

use super::PkiError;
use super::index::{Index, Issued};
use crate::content_key::{NoRandomness, fill_random};
use crate::name::Principal;
use crate::peer::Serial;

/// Clocks of two machines differ by this much at most; later ones refuse a fresh certificate.
const SKEW: Duration = Duration::minutes(5);
const AUTHORITY_DAYS: i64 = 3650;

/// Both ends of a certificate's validity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Validity {
    /// The first moment.
    pub from: OffsetDateTime,
    /// The last moment.
    pub until: OffsetDateTime,
}

impl Validity {
    /// From five minutes ago (for clocks that are behind) for `days` from now.
    pub fn days_from_now(days: u32) -> Self {
        let now = OffsetDateTime::now_utc();
        Self {
            from: now - SKEW,
            until: now + Duration::days(i64::from(days)),
        }
    }
}

/// 16 random bytes; the first is never zero and never negative, so that the serial has one encoding.
pub(super) fn random_serial() -> Result<Serial, NoRandomness> {
    let mut bytes = [0; 16];
    fill_random(&mut bytes)?;
    bytes[0] = (bytes[0] & 0x7f) | 0x40;
    Ok(Serial::new(&bytes))
}

pub(super) fn authority(board: &str) -> Result<CertificateParams, PkiError> {
    let mut params = CertificateParams::new(Vec::new())?;
    params.distinguished_name = named(&format!("Diogel authority of {board}"));
    params.serial_number = Some(SerialNumber::from_slice(random_serial()?.as_bytes()));
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    let now = OffsetDateTime::now_utc();
    (params.not_before, params.not_after) = (now - SKEW, now + Duration::days(AUTHORITY_DAYS));
    Ok(params)
}

pub(super) fn end_entity(
    principal: &Principal,
    hosts: &[String],
    serial: &Serial,
    validity: Validity,
) -> Result<CertificateParams, PkiError> {
    let mut params = CertificateParams::new(Vec::new())?;
    params.distinguished_name = named(principal.name());
    params.serial_number = Some(SerialNumber::from_slice(serial.as_bytes()));
    params.subject_alt_names = alternative_names(principal, hosts)?;
    params.is_ca = IsCa::ExplicitNoCa;
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.extended_key_usages = uses(principal);
    params.use_authority_key_identifier_extension = true;
    (params.not_before, params.not_after) = (validity.from, validity.until);
    Ok(params)
}

/// A case system's stolen certificate must not be able to pose as a service.
fn uses(principal: &Principal) -> Vec<ExtendedKeyUsagePurpose> {
    if principal.role().serves() {
        vec![
            ExtendedKeyUsagePurpose::ServerAuth,
            ExtendedKeyUsagePurpose::ClientAuth,
        ]
    } else {
        vec![ExtendedKeyUsagePurpose::ClientAuth]
    }
}

fn alternative_names(principal: &Principal, hosts: &[String]) -> Result<Vec<SanType>, PkiError> {
    let mut names = vec![SanType::URI(principal.to_string().try_into()?)];
    for host in hosts {
        names.push(host_name(host).ok_or_else(|| PkiError::Host(host.clone()))?);
    }
    Ok(names)
}

fn host_name(host: &str) -> Option<SanType> {
    if let Ok(address) = host.parse::<IpAddr>() {
        return Some(SanType::IpAddress(address));
    }
    // rustls reads it the same way when it holds the certificate against the host that was called.
    rustls_pki_types::DnsName::try_from(host).ok()?;
    Some(SanType::DnsName(host.try_into().ok()?))
}

fn named(common_name: &str) -> DistinguishedName {
    let mut name = DistinguishedName::new();
    name.push(DnType::CommonName, common_name);
    name
}

pub(super) fn revocation_list(
    index: &Index,
    from: OffsetDateTime,
    until: OffsetDateTime,
) -> CertificateRevocationListParams {
    CertificateRevocationListParams {
        this_update: from,
        next_update: until,
        crl_number: SerialNumber::from_slice(&index.crl_number.to_be_bytes()),
        issuing_distribution_point: None,
        revoked_certs: index
            .issued
            .iter()
            .filter_map(Issued::revocation)
            .map(revoked)
            .collect(),
        key_identifier_method: KeyIdMethod::Sha256,
    }
}

fn revoked((serial, at): (Serial, OffsetDateTime)) -> RevokedCertParams {
    RevokedCertParams {
        serial_number: SerialNumber::from_slice(serial.as_bytes()),
        revocation_time: at,
        reason_code: Some(RevocationReason::CessationOfOperation),
        invalidity_date: None,
    }
}
