//! The one error bridge: why a call was refused, as a closed list of reasons, and its `google.rpc.Status`. Never echoes a value.

pub use diogel_domain::rules::Violation;
use tonic::{Code, Status};
use tonic_types::{ErrorDetails, FieldViolation, StatusExt};

use crate::v1;

/// The domain of `ErrorInfo`.
pub const ERROR_DOMAIN: &str = "diogel.v1";

/// Why a call was refused. Clients may rely on the code that each carries as `ErrorInfo.reason`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// Fields break a rule; `BadRequest` names them.
    InvalidFields,
    /// The body isn't the message of this call.
    Malformed,
    /// The request key was used before with other content.
    RequestKeyReused,
    /// Doesn't exist, or the caller may not see it.
    NotFound,
    /// The view is not proven complete.
    Incomplete,
    /// The journal can't take anything now.
    JournalUnavailable,
    /// The caller's certificate doesn't say who it is, or no longer.
    NotAuthenticated,
    /// The caller may not do this.
    NotPermitted,
    /// Too much is asked at once.
    Busy,
    /// Something broke here; nothing was taken.
    Internal,
}

impl Reason {
    /// Stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::InvalidFields => "INVALID_FIELDS",
            Self::Malformed => "MALFORMED",
            Self::RequestKeyReused => "REQUEST_KEY_REUSED",
            Self::NotFound => "NOT_FOUND",
            Self::Incomplete => "VIEW_INCOMPLETE",
            Self::JournalUnavailable => "JOURNAL_UNAVAILABLE",
            Self::NotAuthenticated => "NOT_AUTHENTICATED",
            Self::NotPermitted => "NOT_PERMITTED",
            Self::Busy => "BUSY",
            Self::Internal => "INTERNAL",
        }
    }

    const fn grpc(self) -> Code {
        match self {
            Self::InvalidFields | Self::Malformed => Code::InvalidArgument,
            Self::RequestKeyReused => Code::AlreadyExists,
            Self::NotFound => Code::NotFound,
            Self::Incomplete | Self::JournalUnavailable | Self::Busy => Code::Unavailable,
            Self::NotAuthenticated => Code::Unauthenticated,
            Self::NotPermitted => Code::PermissionDenied,
            Self::Internal => Code::Internal,
        }
    }

    const fn message(self) -> &'static str {
        match self {
            Self::InvalidFields => "some fields break a rule; nothing was stored",
            Self::Malformed => "the request can't be read; nothing was stored",
            Self::RequestKeyReused => {
                "this request key was used before with other content; use a new key for new content"
            }
            Self::NotFound => "not found",
            Self::Incomplete => "the view is not proven complete yet; ask again in a few seconds",
            Self::JournalUnavailable => {
                "the journal can't take events now; nothing was stored; send again with the same key"
            }
            Self::NotAuthenticated => "a valid client certificate of this board is required",
            Self::NotPermitted => "not permitted",
            Self::Busy => "too much is asked at once; ask again in a few seconds",
            Self::Internal => {
                "something broke here; nothing was stored; send again with the same key"
            }
        }
    }
}

/// Fields that one refusal names. They travel in HTTP/2 headers, of which clients take 8 KiB (gRPC's own default) before
/// they drop the whole answer.
const VIOLATIONS: usize = 16;
/// Bytes of one field's path and of one description.
const WORDS: usize = 200;
/// Bytes of all paths and descriptions; base64 makes a third more of them.
const ALL_WORDS: usize = 3 * 1024;

fn bounded(violations: Vec<Violation>) -> Vec<Violation> {
    let all = violations.len();
    let mut room = ALL_WORDS;
    let mut kept: Vec<Violation> = Vec::new();
    for mut violation in violations.into_iter().take(VIOLATIONS) {
        shorten(&mut violation.field);
        shorten(&mut violation.description);
        let words = violation.field.len() + violation.description.len();
        let Some(left) = room.checked_sub(words) else {
            break;
        };
        room = left;
        kept.push(violation);
    }
    if kept.len() < all {
        let more = all - kept.len();
        kept.push(Violation {
            field: String::new(),
            description: format!("{more} more are at fault; put these right first"),
        });
    }
    kept
}

fn shorten(words: &mut String) {
    if words.len() > WORDS {
        let end = (0..=WORDS).rev().find(|i| words.is_char_boundary(*i));
        words.truncate(end.unwrap_or(0));
        words.push('…');
    }
}

/// A refusal with the fields at fault.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Refusal {
    /// Why.
    pub reason: Reason,
    /// For people.
    pub message: String,
    /// The fields at fault, for [`Reason::InvalidFields`].
    pub violations: Vec<Violation>,
}

impl Refusal {
    /// The code that a caller sees.
    pub const fn code(&self) -> Code {
        self.reason.grpc()
    }

    /// With the reason's own words.
    pub fn new(reason: Reason) -> Self {
        Self {
            reason,
            message: reason.message().into(),
            violations: Vec::new(),
        }
    }

    /// Fields break a rule.
    pub fn invalid(violations: Vec<Violation>) -> Self {
        Self {
            violations: bounded(violations),
            ..Self::new(Reason::InvalidFields)
        }
    }

    /// One field breaks a rule.
    pub fn field(field: impl Into<String>, description: impl Into<String>) -> Self {
        let violation = Violation {
            field: field.into(),
            description: description.into(),
        };
        Self::invalid(vec![violation])
    }

    /// The body can't be read.
    pub fn malformed(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            ..Self::new(Reason::Malformed)
        }
    }

    /// As a batch's result carries it.
    pub fn to_result(&self) -> v1::Refusal {
        v1::Refusal {
            code: self.reason.grpc() as i32,
            reason: self.reason.code().into(),
            violations: self
                .violations
                .iter()
                .map(|v| v1::FieldViolation {
                    field: v.field.clone(),
                    description: v.description.clone(),
                })
                .collect(),
        }
    }
}

impl From<Refusal> for Status {
    fn from(refusal: Refusal) -> Self {
        let mut details = ErrorDetails::new();
        details.set_error_info(
            refusal.reason.code(),
            ERROR_DOMAIN,
            [] as [(String, String); 0],
        );
        if !refusal.violations.is_empty() {
            let fields = refusal.violations.iter();
            details.set_bad_request(
                fields
                    .map(|v| FieldViolation::new(&v.field, &v.description))
                    .collect::<Vec<_>>(),
            );
        }
        Self::with_error_details(refusal.reason.grpc(), refusal.message, details)
    }
}

#[cfg(test)]
mod tests {
    use tonic::codegen::http::HeaderValue;

    use super::*;

    #[test]
    fn a_refusal_fits_into_the_headers_that_every_client_takes() {
        let violation = |i: usize| Violation {
            field: format!("{}[{i}]", "audience.grants".repeat(30)),
            description: "is wrong: é".repeat(300),
        };
        let refusal = Refusal::invalid((0..5_000).map(violation).collect());
        let last = refusal.violations.last().unwrap();
        assert!(last.description.contains("more are at fault"));
        let status = Status::from(refusal);
        let header = status.into_http::<()>();
        let bytes: usize = header.headers().values().map(HeaderValue::len).sum();
        assert!(bytes < 7 * 1024, "{bytes}");
    }
}
