//! Sign-in at a board's OpenID provider: code flow with PKCE, state and nonce; the console authenticates by its certificate, to which
//! the access tokens are bound (RFC 8705). Owns the exchange; refuses an answer to a question that this session didn't ask.

use std::{pin::Pin, sync::Arc};

use diogel_identity::{Peer, People, TlsFiles};
use openidconnect::{
    AdditionalProviderMetadata, AsyncHttpClient, AuthType, AuthenticationFlow, AuthorizationCode,
    ClientId, ClientSecret, CsrfToken, EndpointMaybeSet, EndpointNotSet, EndpointSet, HttpRequest,
    HttpResponse, IssuerUrl, Nonce, OAuth2TokenResponse, PkceCodeChallenge, PkceCodeVerifier,
    ProviderMetadata, RedirectUrl, RefreshToken, Scope, TokenUrl,
    core::{
        CoreAuthDisplay, CoreClaimName, CoreClaimType, CoreClient, CoreClientAuthMethod,
        CoreGrantType, CoreJsonWebKey, CoreJweContentEncryptionAlgorithm,
        CoreJweKeyManagementAlgorithm, CoreResponseMode, CoreResponseType,
        CoreSubjectIdentifierType, CoreTokenResponse,
    },
};
use serde::{Deserialize, Serialize};
use tokio::sync::RwLock;

use super::{Refused, Tokens};
use crate::{config::ConsoleConfig, session::SignedIn};

/// What providers say of themselves beyond the library's own fields.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Beyond {
    /// RFC 8705, section 5.
    mtls_endpoint_aliases: Option<Aliases>,
    /// OpenID Connect RP-Initiated Logout 1.0.
    end_session_endpoint: Option<String>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Aliases {
    token_endpoint: Option<String>,
}

impl AdditionalProviderMetadata for Beyond {}

type Metadata = ProviderMetadata<
    Beyond,
    CoreAuthDisplay,
    CoreClientAuthMethod,
    CoreClaimName,
    CoreClaimType,
    CoreGrantType,
    CoreJweContentEncryptionAlgorithm,
    CoreJweKeyManagementAlgorithm,
    CoreJsonWebKey,
    CoreResponseMode,
    CoreResponseType,
    CoreSubjectIdentifierType,
>;

type Client = CoreClient<
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointSet,
    EndpointMaybeSet,
>;

/// A board's provider.
pub(crate) struct Provider {
    client_id: String,
    secret: Option<String>,
    scopes: Vec<String>,
    origin: String,
    tls: TlsFiles,
    people: Arc<People>,
    found: RwLock<Option<Metadata>>,
}

/// A sign-in that has begun: what its answer is held against.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Begun {
    pub(crate) state: String,
    nonce: String,
    verifier: String,
    /// Where to go then.
    pub(crate) to: String,
}

fn refused(what: &str) -> impl Fn(String) -> Refused {
    let what = what.to_owned();
    move |why| Refused(format!("{what}: {why}"))
}

impl Provider {
    /// Of a configuration; asked nothing yet.
    pub(crate) fn new(
        config: &ConsoleConfig,
        client: (String, Option<String>, Vec<String>),
        people: Arc<People>,
    ) -> Self {
        let (client_id, secret, scopes) = client;
        Self {
            client_id,
            secret,
            scopes,
            origin: config.origin.clone(),
            tls: config.tls.clone(),
            people,
            found: RwLock::default(),
        }
    }

    /// Where the browser goes, and what the session has to keep of it.
    pub(super) async fn begin(&self, to: &str) -> Result<(String, Begun), Refused> {
        let client = self.client().await?;
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let flow = AuthenticationFlow::<CoreResponseType>::AuthorizationCode;
        let mut asking = client.authorize_url(flow, CsrfToken::new_random, Nonce::new_random);
        for scope in &self.scopes {
            asking = asking.add_scope(Scope::new(scope.clone()));
        }
        let audience = self.people.now().provider().audience.clone();
        let (url, state, nonce) = asking
            .add_extra_param("resource", audience)
            .set_pkce_challenge(challenge)
            .url();
        let begun = Begun {
            state: state.secret().clone(),
            nonce: nonce.secret().clone(),
            verifier: verifier.secret().clone(),
            to: to.to_owned(),
        };
        Ok((url.into(), begun))
    }

    /// The tokens for a code.
    pub(super) async fn tokens(&self, begun: Begun, code: String) -> Result<Tokens, Refused> {
        let client = self.client().await?;
        let audience = self.people.now().provider().audience.clone();
        let http = self
            .http()
            .map_err(|e| refused("the provider")(e.to_string()))?;
        let answer = client
            .exchange_code(AuthorizationCode::new(code))
            .set_pkce_verifier(PkceCodeVerifier::new(begun.verifier))
            .add_extra_param("resource", audience)
            .request_async(&http)
            .await
            .map_err(|e| refused("code")(e.to_string()))?;
        let id_token = answer.extra_fields().id_token();
        let id_token = id_token.ok_or_else(|| Refused("no ID token came".into()))?;
        let nonce = Nonce::new(begun.nonce);
        let claims = id_token.claims(&client.id_token_verifier(), &nonce);
        claims.map_err(|e| refused("ID token")(e.to_string()))?;
        Ok(of(&answer))
    }

    /// New tokens for somebody who is signed in.
    pub(super) async fn renew(&self, signed_in: &SignedIn, _own: &Peer) -> Result<Tokens, Refused> {
        let refresh = signed_in.refresh.clone();
        let refresh =
            refresh.ok_or_else(|| Refused("the provider gave no refresh token".into()))?;
        let client = self.client().await?;
        let audience = self.people.now().provider().audience.clone();
        let http = self
            .http()
            .map_err(|e| refused("the provider")(e.to_string()))?;
        let answer = client
            .exchange_refresh_token(&RefreshToken::new(refresh))
            .add_extra_param("resource", audience)
            .request_async(&http)
            .await
            .map_err(|e| refused("renewing")(e.to_string()))?;
        Ok(of(&answer))
    }

    /// Where the browser goes to be signed out there too; none: the provider has no such place.
    pub(super) async fn end(&self, hint: Option<&str>) -> Option<String> {
        let metadata = self.metadata().await.ok()?;
        let end = metadata
            .additional_metadata()
            .end_session_endpoint
            .clone()?;
        let mut url = reqwest::Url::parse(&end).ok()?;
        let back = format!("{}/signed-out", self.origin);
        url.query_pairs_mut()
            .append_pair("client_id", &self.client_id)
            .append_pair("post_logout_redirect_uri", &back);
        if let Some(hint) = hint {
            url.query_pairs_mut().append_pair("id_token_hint", hint);
        }
        Some(url.into())
    }

    async fn metadata(&self) -> Result<Metadata, Refused> {
        if let Some(found) = &*self.found.read().await {
            return Ok(found.clone());
        }
        let issuer = IssuerUrl::new(self.people.now().provider().issuer.clone());
        let issuer = issuer.map_err(|e| refused("issuer")(e.to_string()))?;
        let http = self
            .http()
            .map_err(|e| refused("the provider")(e.to_string()))?;
        let metadata = Metadata::discover_async(issuer, &http).await;
        let metadata =
            metadata.map_err(|e| refused("the provider's configuration")(e.to_string()))?;
        *self.found.write().await = Some(metadata.clone());
        Ok(metadata)
    }

    async fn client(&self) -> Result<Client, Refused> {
        let metadata = self.metadata().await?;
        let token = metadata
            .additional_metadata()
            .mtls_endpoint_aliases
            .as_ref()
            .and_then(|aliases| aliases.token_endpoint.clone())
            .or_else(|| metadata.token_endpoint().map(ToString::to_string));
        let token = token.ok_or_else(|| Refused("the provider names no token endpoint".into()))?;
        let token = TokenUrl::new(token).map_err(|e| refused("token endpoint")(e.to_string()))?;
        let redirect = RedirectUrl::new(format!("{}/sign-in/answer", self.origin));
        let redirect = redirect.map_err(|e| refused("origin")(e.to_string()))?;
        let id = ClientId::new(self.client_id.clone());
        let secret = self.secret.clone().map(ClientSecret::new);
        let client = CoreClient::from_provider_metadata(metadata, id, secret)
            .set_token_uri(token)
            .set_redirect_uri(redirect);
        Ok(match self.secret {
            Some(_) => client,
            None => client.set_auth_type(AuthType::RequestBody),
        })
    }

    /// Requests to the provider, under the console's certificate as it is now.
    fn http(&self) -> Result<Http, Unsent> {
        let read = |path| std::fs::read(path).map_err(|e| Unsent(format!("certificate: {e}")));
        let mut pem = read(&self.tls.key)?;
        pem.extend(read(&self.tls.cert)?);
        let own = reqwest::Identity::from_pem(&pem).map_err(unsent)?;
        let state = self.people.now();
        let building = diogel_identity::person::provider_client(state.ca()).map_err(Unsent)?;
        building.identity(own).build().map(Http).map_err(unsent)
    }
}

fn of(answer: &CoreTokenResponse) -> Tokens {
    Tokens {
        access: answer.access_token().secret().clone(),
        refresh: answer.refresh_token().map(|token| token.secret().clone()),
        hint: answer.extra_fields().id_token().map(ToString::to_string),
    }
}

/// Sends requests to the provider.
struct Http(reqwest::Client);

impl<'c> AsyncHttpClient<'c> for Http {
    type Error = Unsent;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, Unsent>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(send(&self.0, request))
    }
}

async fn send(client: &reqwest::Client, request: HttpRequest) -> Result<HttpResponse, Unsent> {
    let (parts, body) = request.into_parts();
    let url = reqwest::Url::parse(&parts.uri.to_string()).map_err(|e| Unsent(e.to_string()))?;
    let asked = client
        .request(parts.method, url)
        .headers(parts.headers)
        .body(body);
    let answer = asked.send().await.map_err(unsent)?;
    let (status, headers) = (answer.status(), answer.headers().clone());
    let body = answer.bytes().await.map_err(unsent)?;
    let mut response = HttpResponse::new(body.to_vec());
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    Ok(response)
}

/// A request that failed.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct Unsent(String);

fn unsent(error: reqwest::Error) -> Unsent {
    Unsent(error.without_url().to_string())
}
