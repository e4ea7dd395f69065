//! What a refusal says: code, reason, fields; and that it says no more.

use tonic::{Code, Status};
use tonic_types::StatusExt;

/// A refusal as a client reads it.
#[derive(Debug)]
pub struct ErrorOf {
    pub code: Code,
    pub reason: String,
    pub message: String,
    pub fields: Vec<(String, String)>,
}

/// Reads the details that every refusal carries.
pub fn error_of(status: &Status) -> ErrorOf {
    let info = status.get_details_error_info();
    let info = info.unwrap_or_else(|| panic!("no ErrorInfo: {status:?}"));
    assert_eq!(info.domain, "diogel.v1");
    let fields = status.get_details_bad_request();
    let fields = fields.map(|bad| bad.field_violations).unwrap_or_default();
    let fields = fields.into_iter();
    ErrorOf {
        code: status.code(),
        reason: info.reason,
        message: status.message().into(),
        fields: fields.map(|v| (v.field, v.description)).collect(),
    }
}

/// The refusal names the field and says more than that it is wrong.
pub fn assert_names(status: &Status, field: &str) {
    let error = error_of(status);
    assert_eq!(
        (error.code, error.reason.as_str()),
        (Code::InvalidArgument, "INVALID_FIELDS"),
        "{field}: {error:?}"
    );
    let named = error.fields.iter().find(|(name, _)| name == field);
    let (_, description) = named.unwrap_or_else(|| panic!("{field} isn't named: {error:?}"));
    assert!(description.len() > 15, "{field}: {description}");
}
