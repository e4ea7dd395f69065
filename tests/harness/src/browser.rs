//! Somebody's browser, as far as the console needs one: it keeps cookies, sends forms, and follows nothing by itself.

use std::{collections::BTreeMap, net::SocketAddr};

/// A browser at one console that has its people chosen.
pub struct Browser {
    client: reqwest::Client,
    address: SocketAddr,
    cookies: BTreeMap<String, String>,
}

impl Browser {
    /// Signed in as the first whom the console lets choose.
    pub async fn signed_in(address: SocketAddr) -> Self {
        Self::signed_in_as(address, 0).await
    }

    /// Signed in as one of those whom the console lets choose, counted from 0.
    pub async fn signed_in_as(address: SocketAddr, person: usize) -> Self {
        // The console speaks plain HTTP on loopback, and still the client wants to know. Whoever came first has said so already.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none());
        let mut browser = Self {
            client: client.build().expect("a client"),
            address,
            cookies: BTreeMap::new(),
        };
        let person = person.to_string();
        let chosen = [("person", person.as_str()), ("to", "/en/")];
        let (status, page) = browser.post("/en/sign-in", &chosen).await;
        assert!((300..400).contains(&status), "{status} {page}");
        browser
    }

    /// A page: its status and its text.
    pub async fn get(&mut self, path: &str) -> (u16, String) {
        let request = self.client.get(format!("http://{}{path}", self.address));
        self.sent(request).await
    }

    /// The answer to a form, whose values need no encoding.
    pub async fn post(&mut self, path: &str, form: &[(&str, &str)]) -> (u16, String) {
        let body: Vec<String> = form.iter().map(|(k, v)| format!("{k}={v}")).collect();
        let request = self
            .client
            .post(format!("http://{}{path}", self.address))
            .header("content-type", "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin")
            .body(body.join("&"));
        self.sent(request).await
    }

    async fn sent(&mut self, request: reqwest::RequestBuilder) -> (u16, String) {
        let kept = self.cookies.iter().map(|(k, v)| format!("{k}={v}"));
        let kept = kept.collect::<Vec<_>>().join("; ");
        let answer = request.header("cookie", kept).send().await;
        let answer = answer.expect("the console answers");
        for cookie in answer.headers().get_all("set-cookie") {
            let cookie = cookie.to_str().expect("a cookie is text");
            let (name, rest) = cookie.split_once('=').expect("a cookie has a value");
            let value = rest.split(';').next().unwrap_or_default();
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
        let status = answer.status().as_u16();
        (status, answer.text().await.expect("a page is text"))
    }
}
