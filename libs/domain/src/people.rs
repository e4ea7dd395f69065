//! People and places as one event names them. Owns identifiers with their check digits; refuses to say that two people are one:
//! that is decided per reader, from what the reader may see.

use serde::{Deserialize, Serialize};

use crate::{
    codes::{IdentifierScheme, PersonRole},
    ids::AgencyId,
    times::Day,
};

/// An identifier with its scheme.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Identifier {
    /// The scheme.
    pub scheme: IdentifierScheme,
    /// The value, without spaces, upper case where the scheme is.
    pub value: String,
    /// Whose reference it is, for the local scheme.
    pub agency: Option<AgencyId>,
}

/// Why an identifier can't be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadIdentifier {
    /// Wrong length or characters.
    #[error("has the wrong form: {0}")]
    Form(&'static str),
    /// The check digit or letter doesn't fit.
    #[error("has a check character that does not fit; compare it with the source")]
    Check,
    /// A local reference without its agency, or an agency where none belongs.
    #[error("{0}")]
    Agency(&'static str),
}

impl Identifier {
    /// Takes an identifier, with spaces removed, a pupil number in capitals, and its check digit verified.
    pub fn new(
        scheme: IdentifierScheme,
        value: &str,
        agency: Option<AgencyId>,
    ) -> Result<Self, BadIdentifier> {
        let mut value: String = value.chars().filter(|c| !c.is_whitespace()).collect();
        if scheme == IdentifierScheme::Upn {
            value.make_ascii_uppercase();
        }
        match scheme {
            IdentifierScheme::NhsNumber => nhs_number(&value)?,
            IdentifierScheme::Upn => upn(&value)?,
            IdentifierScheme::Uprn => uprn(&value)?,
            IdentifierScheme::Local => local(&value)?,
        }
        match (scheme, &agency) {
            (IdentifierScheme::Local, None) => Err(BadIdentifier::Agency(
                "needs `agency`: whose reference it is",
            )),
            (
                IdentifierScheme::NhsNumber | IdentifierScheme::Upn | IdentifierScheme::Uprn,
                Some(_),
            ) => Err(BadIdentifier::Agency("takes no `agency` in this scheme")),
            (IdentifierScheme::Local, Some(_))
            | (
                IdentifierScheme::NhsNumber | IdentifierScheme::Upn | IdentifierScheme::Uprn,
                None,
            ) => Ok(Self {
                scheme,
                value,
                agency,
            }),
        }
    }

    /// The bytes that stand for it in a keyed hash: scheme, agency and value, unambiguous.
    pub fn index_bytes(&self) -> Vec<u8> {
        let agency = self.agency.as_ref().map_or("", AgencyId::as_str);
        format!("{}\0{agency}\0{}", self.scheme.code(), self.value).into_bytes()
    }
}

/// NHS number: ten digits, the last a modulus 11 check digit (NHS Data Dictionary, "NHS number").
fn nhs_number(value: &str) -> Result<(), BadIdentifier> {
    let digits = digits(value)
        .filter(|d| d.len() == 10)
        .ok_or(BadIdentifier::Form("ten digits"))?;
    let sum: u32 = digits[..9]
        .iter()
        .zip((2..=10).rev())
        .map(|(d, w)| d * w)
        .sum();
    let check = (11 - sum % 11) % 11;
    if check == digits[9] {
        Ok(())
    } else {
        Err(BadIdentifier::Check)
    }
}

/// Unique pupil number (Department for Education, "Unique pupil numbers"): a check letter over twelve digits; a temporary
/// number has a letter in the last place, which counts by its place in the same alphabet.
fn upn(value: &str) -> Result<(), BadIdentifier> {
    const LETTERS: &[u8] = b"ABCDEFGHJKLMNPQRTUVWXYZ";
    const FORM: BadIdentifier =
        BadIdentifier::Form("a letter, eleven digits, and a last digit or letter");
    let bytes = value.as_bytes();
    if bytes.len() != 13 {
        return Err(FORM);
    }
    let mut sum = 0;
    for (place, byte) in bytes[1..].iter().enumerate() {
        let worth = match byte {
            b'0'..=b'9' => usize::from(byte - b'0'),
            letter if place == 11 => LETTERS.iter().position(|l| l == letter).ok_or(FORM)?,
            _ => return Err(FORM),
        };
        sum += worth * (place + 2);
    }
    if bytes[0] == LETTERS[sum % 23] {
        Ok(())
    } else {
        Err(BadIdentifier::Check)
    }
}

fn uprn(value: &str) -> Result<(), BadIdentifier> {
    let fits = digits(value).is_some_and(|d| (1..=12).contains(&d.len()) && d[0] != 0);
    if fits {
        Ok(())
    } else {
        Err(BadIdentifier::Form("one to twelve digits, no leading zero"))
    }
}

fn local(value: &str) -> Result<(), BadIdentifier> {
    let fits = (1..=64).contains(&value.len()) && value.bytes().all(|b| b.is_ascii_graphic());
    if fits {
        Ok(())
    } else {
        Err(BadIdentifier::Form("1 to 64 printable ASCII characters"))
    }
}

fn digits(value: &str) -> Option<Vec<u32>> {
    value
        .chars()
        .map(|c| {
            if c.is_ascii_digit() {
                c.to_digit(10)
            } else {
                None
            }
        })
        .collect()
}

/// A person in one event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// "p1", "p2", …
    pub label: String,
    /// The role in this event alone.
    pub role: PersonRole,
    /// Field group: identity.
    pub identity: Option<Identity>,
}

impl Person {
    /// In whole years, on a day; none where the date of birth isn't known, or lies after it.
    pub fn age_on(&self, day: Day) -> Option<u32> {
        let born = self.identity.as_ref()?.born_on?;
        (0..150)
            .rev()
            .find(|years| born.plus_months(years * 12) <= day)
    }

    /// By the date of birth; where nobody knows it, a child at risk is taken for the child that the role says.
    pub fn is_under_18(&self, today: Day) -> bool {
        let born = self.identity.as_ref().and_then(|who| who.born_on);
        match born {
            Some(born) => born.plus_months(18 * 12) > today,
            None => self.role == PersonRole::ChildAtRisk,
        }
    }
}

/// Who a person is. Field group: identity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// At least one in a publication.
    pub identifiers: Vec<Identifier>,
    /// As the originator records it; may be empty.
    pub name: String,
    /// Date of birth.
    pub born_on: Option<Day>,
}

/// A place in one event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// "l1", "l2", …
    pub label: String,
    /// Field group: place.
    pub details: Option<PlaceDetails>,
}

/// Where a place is. Field group: place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaceDetails {
    /// Unique property reference number.
    pub uprn: Option<Identifier>,
    /// Address or description; may be empty.
    pub description: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(scheme: IdentifierScheme, value: &str) -> Result<Identifier, BadIdentifier> {
        Identifier::new(scheme, value, None)
    }

    #[test]
    fn an_nhs_number_has_its_check_digit() {
        // 943 476 5919 is the example number of the NHS Data Dictionary.
        assert_eq!(
            taken(IdentifierScheme::NhsNumber, "943 476 5919")
                .unwrap()
                .value,
            "9434765919"
        );
        assert_eq!(
            taken(IdentifierScheme::NhsNumber, "9434765918"),
            Err(BadIdentifier::Check)
        );
        assert!(matches!(
            taken(IdentifierScheme::NhsNumber, "94347659"),
            Err(BadIdentifier::Form(_))
        ));
    }

    #[test]
    fn a_pupil_number_has_its_check_letter() {
        // 8·2+0·3+1·4+2·5+0·6+0·7+0·8+1·9+2·10+3·11+4·12+5·13 = 205; 205 mod 23 = 21.
        let read = taken(IdentifierScheme::Upn, "y80120 0012345").unwrap();
        assert_eq!(read.value, "Y801200012345");
        assert_eq!(
            taken(IdentifierScheme::Upn, "A801200012345"),
            Err(BadIdentifier::Check)
        );
        assert!(matches!(
            taken(IdentifierScheme::Upn, "A80120é12345"),
            Err(BadIdentifier::Form(_))
        ));
    }

    #[test]
    fn a_local_reference_says_whose_it_is() {
        assert!(matches!(
            taken(IdentifierScheme::Local, "T-1"),
            Err(BadIdentifier::Agency(_))
        ));
        let housing = AgencyId::new("housing").ok();
        assert!(Identifier::new(IdentifierScheme::Local, "T-1", housing).is_ok());
    }
}
