//! Wiring: options → run → a cheap handle.

use std::{net::SocketAddr, sync::Arc, time::Instant};

use axum::{
    Router,
    extract::{MatchedPath, Request, State},
    http::{StatusCode, Uri},
    middleware::{self, Next},
    response::{Redirect, Response},
    routing::{get, post},
};
use diogel_domain::codes::Language;
use diogel_identity::{
    ConnectError, Peer, People, PeopleError, PeopleFile, Principal, Reloading, Role, TlsError,
};
use diogel_ops::{BindError, Shutdown, bind};
use metrics::histogram;
use tokio::task::JoinHandle;
use tower_http::{csrf::CsrfLayer, limit::RequestBodyLimitLayer};
use tower_sessions::{Expiry, SessionManagerLayer, cookie::SameSite};

use crate::{
    assets,
    config::{AgencyEntry, ConsoleConfig, SignInConfig},
    page::Opened,
    pages,
    problem::Problem,
    security,
    services::Services,
    session::Sessions,
    sign_in::{self, Choice, Provider, SignIn},
};

/// What stands in its certificate for an agency: it acts for whoever is signed in, and its certificate opens nothing.
pub const NO_AGENCY: &str = "console";
/// The longest form, in bytes: an event's texts at their longest.
const FORM: usize = 256 * 1024;

/// Why a console can't start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// A certificate.
    #[error(transparent)]
    Tls(#[from] TlsError),
    /// Who vouches for people.
    #[error(transparent)]
    People(#[from] PeopleError),
    /// A service's address.
    #[error(transparent)]
    Connect(#[from] ConnectError),
    /// The address.
    #[error(transparent)]
    Bind(#[from] BindError),
    /// The configuration contradicts itself.
    #[error("{0}")]
    Config(String),
}

/// A running console.
pub struct ConsoleHandle {
    /// Where it listens.
    pub address: SocketAddr,
    task: JoinHandle<()>,
}

impl ConsoleHandle {
    /// Waits until everything has ended, after a shutdown was requested.
    pub async fn ended(self) {
        // A task that panicked has said so already.
        let _ = self.task.await;
    }
}

/// What every page has at hand.
pub(crate) struct Held {
    pub(crate) config: ConsoleConfig,
    pub(crate) sign_in: SignIn,
    pub(crate) people: Arc<People>,
    pub(crate) services: Services,
    tls: Arc<Reloading>,
}

/// Shared by all requests.
pub(crate) type Console = Arc<Held>;

impl Held {
    /// The console, by its certificate as it is now.
    pub(crate) fn own(&self) -> Peer {
        self.tls.current().own.clone()
    }

    /// What an agency is called; its id, if it isn't configured.
    pub(crate) fn agency_name(&self, id: &str, language: Language) -> String {
        let entry = self.config.agencies.get(id);
        let name = entry.map(|AgencyEntry { name, name_cy, .. }| match language {
            Language::English => name,
            Language::Welsh => name_cy,
        });
        name.map_or_else(|| id.to_owned(), Clone::clone)
    }
}

/// Starts a console.
///
/// # Errors
/// [`StartError`].
pub async fn start(config: ConsoleConfig, shutdown: Shutdown) -> Result<ConsoleHandle, StartError> {
    let tls = Reloading::start(config.tls.clone())?;
    check(&config, &tls.own())?;
    let choice = match &config.sign_in {
        SignInConfig::Choice {
            audience,
            keys,
            people,
        } => {
            let people = people.clone();
            let choice = Choice::new(&config.origin, audience, keys, people, config.listen);
            Some(choice.map_err(StartError::Config)?)
        }
        SignInConfig::Provider { .. } => None,
    };
    let people = People::start(PeopleFile {
        path: config.people.clone(),
    })?;
    let sign_in = match choice {
        Some(choice) => SignIn::Choice(choice),
        None => provider(&config, &people)?,
    };
    let services = Services::new(&config, &tls)?;
    let listener = bind(config.listen).await?;
    let address = listener
        .local_addr()
        .map_err(|e| StartError::Config(e.to_string()))?;
    let held = Held {
        config,
        sign_in,
        people,
        services,
        tls,
    };
    let router = router(Arc::new(held))?;
    let task = tokio::spawn(async move {
        let served = axum::serve(listener, router).with_graceful_shutdown(shutdown.signal());
        if let Err(error) = served.await {
            tracing::error!(%error, "server ended");
        }
    });
    Ok(ConsoleHandle { address, task })
}

fn provider(config: &ConsoleConfig, people: &Arc<People>) -> Result<SignIn, StartError> {
    let SignInConfig::Provider {
        client_id,
        client_secret,
        scopes,
    } = &config.sign_in
    else {
        return Err(StartError::Config("sign_in: names no provider".into()));
    };
    let secret = client_secret.as_ref().map(std::fs::read_to_string);
    let secret = secret
        .transpose()
        .map_err(|e| StartError::Config(format!("client_secret: {e}")))?;
    let secret = secret.map(|secret| secret.trim().to_owned());
    let client = (client_id.clone(), secret, scopes.clone());
    let provider = Provider::new(config, client, people.clone());
    Ok(SignIn::Provider(Box::new(provider)))
}

/// Under an agency's certificate it could pass for that agency's system.
fn check(config: &ConsoleConfig, own: &Principal) -> Result<(), StartError> {
    let names = (own.board(), own.agency(), own.role());
    if names != (config.board.as_str(), NO_AGENCY, Role::Console) {
        return Err(StartError::Config(format!(
            "tls.cert names {own}; this process is the console of {}: issue diogel://{0}/{NO_AGENCY}/console/main",
            config.board
        )));
    }
    let secure = config.origin.starts_with("https://")
        || (config.origin.starts_with("http://localhost:") && config.listen.ip().is_loopback());
    if !secure || config.origin.ends_with('/') {
        return Err(StartError::Config(format!(
            "origin: {} isn't https://HOST, or http://localhost:PORT on loopback: elsewhere browsers would send sessions in clear",
            config.origin
        )));
    }
    Ok(())
}

fn router(console: Console) -> Result<Router, StartError> {
    let idle = time::Duration::minutes(i64::from(console.config.idle_minutes));
    let sessions = SessionManagerLayer::new(Sessions::default())
        .with_name("__Host-diogel")
        .with_path("/")
        .with_secure(true)
        .with_http_only(true)
        .with_same_site(SameSite::Lax)
        .with_expiry(Expiry::OnInactivity(idle))
        .with_always_save(true);
    let wrong = |e: &dyn std::fmt::Display| StartError::Config(e.to_string());
    let csrf = CsrfLayer::new()
        .add_trusted_origin(&console.config.origin)
        .map_err(|e| wrong(&e))?;
    let issuer = console.people.now().provider().issuer.clone();
    let issuer = matches!(console.sign_in, SignIn::Provider(_)).then(|| origin_of(&issuer));
    let policy = security::policy(issuer.flatten().as_deref()).map_err(|e| wrong(&e))?;
    let signing = Router::new()
        .route(
            "/{language}/sign-in",
            get(sign_in::begin).post(sign_in::choose),
        )
        .route("/sign-in/answer", get(sign_in::come_back))
        .route("/{language}/sign-out", post(sign_in::leave))
        .route("/{language}/signed-out", get(sign_in::left))
        .route(
            "/signed-out",
            get(|| async { Redirect::to("/en/signed-out") }),
        );
    let router = Router::new()
        .merge(signing)
        .merge(pages::router())
        .fallback(nowhere)
        .route_layer(middleware::from_fn(measured))
        .layer(csrf)
        .layer(sessions)
        .route("/assets/{name}", get(assets::serve))
        .route("/livez", get(|| async { "ok\n" }))
        .route("/readyz", get(ready))
        .layer(RequestBodyLimitLayer::new(FORM))
        .layer(middleware::from_fn(move |request, next| {
            security::headers(policy.clone(), request, next)
        }))
        .with_state(console);
    Ok(router)
}

/// Whether people can be signed in and their calls sent: the provider's keys are at hand, and the console's own certificate is good.
/// What the services behind it can do, they say themselves.
async fn ready(State(console): State<Console>) -> (StatusCode, &'static str) {
    if !console.people.has_keys() {
        return (
            StatusCode::SERVICE_UNAVAILABLE,
            "the provider's keys can't be had\n",
        );
    }
    if console.own().not_after <= time::OffsetDateTime::now_utc() {
        return (
            StatusCode::SERVICE_UNAVAILABLE,
            "the certificate has ended\n",
        );
    }
    (StatusCode::OK, "ok\n")
}

/// How long each page took, by its route: an address would say whose item it is.
async fn measured(request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let route = request.extensions().get::<MatchedPath>();
    let route = route.map_or_else(String::new, |route| route.as_str().to_owned());
    let method = request.method().to_string();
    let response = next.run(request).await;
    let status = response.status().as_u16().to_string();
    let labels = [("route", route), ("method", method), ("status", status)];
    histogram!("diogel_page_seconds", &labels).record(begun.elapsed().as_secs_f64());
    response
}

/// No page: in the language of the address, if it has one.
async fn nowhere(uri: Uri) -> Problem {
    Opened::at(uri.path()).problem(StatusCode::NOT_FOUND)
}

fn origin_of(address: &str) -> Option<String> {
    let url = reqwest::Url::parse(address).ok()?;
    Some(url.origin().ascii_serialization())
}
