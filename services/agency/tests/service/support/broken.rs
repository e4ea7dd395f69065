//! Requests with one thing broken each.

use diogel_contract::v1;

use super::{Running, assert_names, error_of};

type Break = fn(&mut v1::PublishRequest);

/// One thing broken, the field that the refusal names, and the value that it must not repeat.
pub struct Case(pub Break, pub &'static str, pub &'static str);

/// Each is refused by its field, without its value, and nothing is stored.
pub async fn refuses_each(service: &Running<'_>, good: &v1::PublishRequest, cases: Vec<Case>) {
    let mut client = service.system();
    let before = service.head();
    for (i, Case(break_it, field, value)) in cases.into_iter().enumerate() {
        let mut request = v1::PublishRequest {
            request_key: format!("bad {i}"),
            ..good.clone()
        };
        break_it(&mut request);
        let refused = client.publish(request).await;
        let status = refused.expect_err(field);
        assert_names(&status, field);
        let said = format!("{status:?} {:?}", error_of(&status));
        assert!(value.is_empty() || !said.contains(value), "{field}: {said}");
        assert_eq!(service.head(), before, "{field}");
    }
}
