//! Failures of the command line, and what their exit codes mean: 1 failure, 2 usage, 3 not found or not permitted, 5 invalid
//! data, 6 unavailable, try again.

use std::{path::Path, process::ExitCode};

use tonic::{Code, Status};
use tonic_types::StatusExt;

/// Why a command failed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// Anything else.
    #[error("{0}")]
    Other(String),
    /// The words of the command don't fit.
    #[error("{0}")]
    Usage(String),
    /// Doesn't exist, or the caller may not.
    #[error("{0}")]
    NotFound(String),
    /// The data breaks a rule.
    #[error("{0}")]
    Invalid(String),
    /// Not now.
    #[error("{0}")]
    Unavailable(String),
}

impl Failure {
    pub(crate) fn exit_code(&self) -> ExitCode {
        ExitCode::from(match self {
            Self::Other(_) => 1,
            Self::Usage(_) => 2,
            Self::NotFound(_) => 3,
            Self::Invalid(_) => 5,
            Self::Unavailable(_) => 6,
        })
    }

    pub(crate) fn other(error: impl std::fmt::Display) -> Self {
        Self::Other(error.to_string())
    }

    /// A file or folder that could not be read or written.
    pub(crate) fn at(path: &Path, error: std::io::Error) -> Self {
        Self::Other(format!("{}: {error}", path.display()))
    }

    /// The same, said of a place: a file and its line.
    pub(crate) fn within(self, place: &str) -> Self {
        self.reworded(|text| format!("{place}: {text}"))
    }

    /// The same, with a way out.
    pub(crate) fn and(self, way_out: &str) -> Self {
        self.reworded(|text| format!("{text}; {way_out}"))
    }

    fn reworded(self, word: impl FnOnce(String) -> String) -> Self {
        match self {
            Self::Other(text) => Self::Other(word(text)),
            Self::Usage(text) => Self::Usage(word(text)),
            Self::NotFound(text) => Self::NotFound(word(text)),
            Self::Invalid(text) => Self::Invalid(word(text)),
            Self::Unavailable(text) => Self::Unavailable(word(text)),
        }
    }
}

impl From<Status> for Failure {
    fn from(status: Status) -> Self {
        let mut text = status.message().to_owned();
        if let Some(bad) = status.get_details_bad_request() {
            for violation in bad.field_violations {
                text.extend(["\n  ", &violation.field, ": ", &violation.description]);
            }
        }
        match status.code() {
            Code::InvalidArgument | Code::AlreadyExists | Code::FailedPrecondition => {
                Self::Invalid(text)
            }
            Code::NotFound | Code::PermissionDenied | Code::Unauthenticated => Self::NotFound(text),
            // tonic's own words for a service that nobody listens for.
            Code::Unavailable if text.contains("refused") || text.contains("tcp connect") => {
                Self::Unavailable("nothing answers there: is the hub running?".into())
            }
            Code::Unavailable | Code::DeadlineExceeded | Code::ResourceExhausted => {
                Self::Unavailable(text)
            }
            _ => Self::Other(text),
        }
    }
}
