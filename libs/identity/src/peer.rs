//! The holder of a verified certificate. Owns reading name, serial and end of validity out of it; refuses to verify it:
//! rustls did that before.

use std::fmt;

use ring::digest::{SHA256, digest};
use time::OffsetDateTime;
use x509_parser::certificate::X509Certificate;
use x509_parser::extensions::GeneralName;
use x509_parser::prelude::FromDer;

use crate::name::{NameError, Principal};
use crate::person::Person;

/// A certificate's serial number, without leading zeros: as it is looked up among the revoked ones.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Serial(Vec<u8>);

impl Serial {
    /// The serial of these big-endian bytes.
    pub fn new(bytes: &[u8]) -> Self {
        let zeros = bytes.iter().take_while(|byte| **byte == 0).count();
        Self(bytes[zeros..].to_vec())
    }

    /// The serial that [`fmt::Display`] wrote, in hexadecimal digits.
    pub fn from_hex(text: &str) -> Option<Self> {
        if text.is_empty() || !text.len().is_multiple_of(2) || !text.is_ascii() {
            return None;
        }
        let byte = |at: usize| u8::from_str_radix(text.get(at..at + 2)?, 16).ok();
        let bytes: Option<Vec<u8>> = (0..text.len()).step_by(2).map(byte).collect();
        bytes.map(|bytes| Self::new(&bytes))
    }

    /// Big endian, without leading zeros.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Display for Serial {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Serial {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Serial({self})")
    }
}

/// Who is at the other end of a connection, by its certificate; or for whom a console calls, by that person's token beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Peer {
    /// Its name; with a person, the console's at that person's agency.
    pub principal: Principal,
    /// The serial of its certificate.
    pub serial: Serial,
    /// The last moment at which its certificate is valid.
    pub not_after: OffsetDateTime,
    /// SHA-256 of its certificate.
    pub thumbprint: [u8; 32],
    /// For whom a console calls. No machine has one, and no console gets in without.
    pub person: Option<Person>,
}

/// Why a certificate names nobody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PeerError {
    /// Not a certificate.
    #[error("the certificate can't be read")]
    Unreadable,
    /// None or several `diogel://` URIs among its alternative names.
    #[error("the certificate has {0} diogel:// names; it must have exactly one")]
    Names(usize),
    /// Its `diogel://` URI isn't a name.
    #[error("the certificate's diogel:// name is malformed: {0}")]
    Name(#[from] NameError),
}

impl Peer {
    /// Reads the end-entity certificate that rustls has verified.
    ///
    /// # Errors
    /// [`PeerError`]: the connection has to be refused then.
    pub fn from_certificate(der: &[u8]) -> Result<Self, PeerError> {
        let (rest, certificate) =
            X509Certificate::from_der(der).map_err(|_| PeerError::Unreadable)?;
        if !rest.is_empty() {
            return Err(PeerError::Unreadable);
        }
        Ok(Self {
            principal: only_name(&certificate)?,
            serial: Serial::new(certificate.raw_serial()),
            not_after: certificate.validity().not_after.to_datetime(),
            thumbprint: thumbprint(der),
            person: None,
        })
    }

    /// The name in the certificate, for whomever it calls.
    pub fn certified(&self) -> &Principal {
        let person = self.person.as_ref();
        person.map_or(&self.principal, |person| &person.console)
    }

    /// This console, calling for somebody.
    ///
    /// # Errors
    /// [`NameError::Segment`] for an agency that can't be one.
    pub(crate) fn calling_for(&self, person: Person) -> Result<Self, NameError> {
        let console = &self.principal;
        let (board, name) = (console.board(), console.name());
        Ok(Self {
            principal: Principal::new(board, &person.agency, console.role(), name)?,
            person: Some(person),
            ..self.clone()
        })
    }
}

/// SHA-256 of a certificate.
pub fn thumbprint(der: &[u8]) -> [u8; 32] {
    let mut bytes = [0; 32];
    bytes.copy_from_slice(digest(&SHA256, der).as_ref());
    bytes
}

fn only_name(certificate: &X509Certificate<'_>) -> Result<Principal, PeerError> {
    let extension = certificate
        .subject_alternative_name()
        .map_err(|_| PeerError::Unreadable)?;
    let names = extension
        .iter()
        .flat_map(|found| &found.value.general_names);
    let ours: Vec<&str> = names.filter_map(diogel_uri).collect();
    match ours[..] {
        [uri] => Ok(uri.parse()?),
        _ => Err(PeerError::Names(ours.len())),
    }
}

/// Counts whatever looks like ours in any spelling, so that a second name can't hide behind a capital.
fn diogel_uri<'a>(name: &GeneralName<'a>) -> Option<&'a str> {
    match name {
        GeneralName::URI(uri) => {
            let scheme = uri.get(..7)?;
            scheme.eq_ignore_ascii_case("diogel:").then_some(*uri)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rcgen::{CertificateParams, KeyPair, SanType};

    fn certificate(uris: &[&str]) -> Vec<u8> {
        let mut params = CertificateParams::new(vec!["localhost".to_owned()]).unwrap();
        let names = uris
            .iter()
            .map(|uri| SanType::URI((*uri).try_into().unwrap()));
        params.subject_alt_names.extend(names);
        params
            .self_signed(&KeyPair::generate().unwrap())
            .unwrap()
            .der()
            .to_vec()
    }

    #[test]
    fn a_certificate_names_exactly_one_principal_or_nobody() {
        let one = "diogel://west/police/system/a";
        let named = |uris: &[&str]| Peer::from_certificate(&certificate(uris));
        assert_eq!(
            named(&[one, "https://example.org"])
                .unwrap()
                .principal
                .to_string(),
            one
        );
        assert_eq!(named(&[]), Err(PeerError::Names(0)));
        assert_eq!(named(&[one, one]), Err(PeerError::Names(2)));
        assert_eq!(named(&[one, "Diogel://x"]), Err(PeerError::Names(2)));
        assert_eq!(
            named(&["diogel:west"]),
            Err(PeerError::Name(NameError::Form))
        );
        assert_eq!(Peer::from_certificate(&[]), Err(PeerError::Unreadable));
    }

    #[test]
    fn a_serial_is_the_same_with_and_without_leading_zeros() {
        assert_eq!(Serial::new(&[0, 0, 0x80, 1]), Serial::new(&[0x80, 1]));
        assert_eq!(Serial::from_hex("8001"), Some(Serial::new(&[0x80, 1])));
        assert_eq!(Serial::from_hex("80é"), None);
        assert_eq!(Serial::from_hex("801"), None);
    }
}
