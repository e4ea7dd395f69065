//! Headers of every answer. Owns what a browser may do with a page: nothing that the page didn't come with, and keep nothing of it.

use axum::{
    extract::Request,
    http::{HeaderValue, header},
    middleware::Next,
    response::Response,
};

/// The policy for pages. `forms` are origins, beside the console's own, to which a form's answer may lead: the provider's, at sign-out.
pub(crate) fn policy(forms: Option<&str>) -> Result<HeaderValue, header::InvalidHeaderValue> {
    let forms = forms.map(|origin| format!(" {origin}")).unwrap_or_default();
    HeaderValue::try_from(format!(
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'{forms}; base-uri 'none'; frame-ancestors 'none'"
    ))
}

/// Sets them.
pub(crate) async fn headers(policy: HeaderValue, request: Request, next: Next) -> Response {
    let mut answer = next.run(request).await;
    let headers = answer.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    for (name, value) in [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::REFERRER_POLICY, "same-origin"),
        (
            header::STRICT_TRANSPORT_SECURITY,
            "max-age=31536000; includeSubDomains",
        ),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    for (name, value) in [
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        (
            "permissions-policy",
            "camera=(), geolocation=(), microphone=(), payment=()",
        ),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    // Pages hold what a shared machine's next user may not see.
    headers
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    answer
}
