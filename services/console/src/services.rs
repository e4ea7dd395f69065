//! Channels to the board's services, and calls over them as the person who is signed in. Owns that no call leaves without that
//! person's token.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use diogel_contract::v1::{
    accountability_service_client::AccountabilityServiceClient,
    indicator_service_client::IndicatorServiceClient,
    oversight_service_client::OversightServiceClient,
    publishing_service_client::PublishingServiceClient,
    reading_service_client::ReadingServiceClient, rendering_service_client::RenderingServiceClient,
};
use diogel_identity::{ConnectError, Reloading, Role, allow::Pattern, connect};
use tonic::{
    Request, Status,
    metadata::{Ascii, MetadataValue},
    service::{Interceptor, interceptor::InterceptedService},
    transport::Channel,
};

use crate::config::ConsoleConfig;

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(10);
/// The longest answer, in bytes: a document, or a PDF.
const ANSWER: usize = 16 * 1024 * 1024;

/// Every service that the console calls.
pub(crate) struct Services {
    projection: Channel,
    agencies: BTreeMap<String, Channel>,
    render: Option<Channel>,
}

impl Services {
    pub(crate) fn new(config: &ConsoleConfig, tls: &Arc<Reloading>) -> Result<Self, ConnectError> {
        let board = &config.board;
        let of = |agency: &str, role| Pattern::of_role(board, Some(agency), role).ok();
        let channel = |endpoint: &str, expected| connect(endpoint, tls.clone(), expected);
        let agencies = config.agencies.iter().map(|(id, entry)| {
            let channel = channel(&entry.endpoint, of(id, Role::Service))?;
            Ok((id.clone(), channel))
        });
        let projection = of(&config.board_agency, Role::Projection);
        let render = config.render.as_ref();
        Ok(Self {
            agencies: agencies.collect::<Result<_, ConnectError>>()?,
            projection: channel(&config.projection, projection)?,
            render: render
                .map(|render| channel(render, of("render", Role::Service)))
                .transpose()?,
        })
    }
}

/// A client that calls as somebody.
pub(crate) type As<C> = InterceptedService<C, Token>;

/// Somebody's access token, put into every request.
#[derive(Clone)]
pub(crate) struct Token(MetadataValue<Ascii>);

impl Token {
    pub(crate) fn new(token: &str) -> Option<Self> {
        let mut value: MetadataValue<Ascii> = format!("Bearer {token}").parse().ok()?;
        value.set_sensitive(true);
        Some(Self(value))
    }
}

impl Interceptor for Token {
    fn call(&mut self, mut request: Request<()>) -> Result<Request<()>, Status> {
        request
            .metadata_mut()
            .insert("authorization", self.0.clone());
        request.set_timeout(PATIENCE);
        Ok(request)
    }
}

/// The services, as somebody calls them.
pub(crate) struct Calling<'a> {
    pub(crate) services: &'a Services,
    pub(crate) token: Token,
    /// The agency of whoever it is.
    pub(crate) agency: &'a str,
}

impl Calling<'_> {
    fn as_them(&self, channel: &Channel) -> As<Channel> {
        InterceptedService::new(channel.clone(), self.token.clone())
    }

    pub(crate) fn reading(&self) -> ReadingServiceClient<As<Channel>> {
        let channel = self.as_them(&self.services.projection);
        ReadingServiceClient::new(channel).max_decoding_message_size(ANSWER)
    }

    pub(crate) fn accounting(&self) -> AccountabilityServiceClient<As<Channel>> {
        let channel = self.as_them(&self.services.projection);
        AccountabilityServiceClient::new(channel).max_decoding_message_size(ANSWER)
    }

    pub(crate) fn indicators(&self) -> IndicatorServiceClient<As<Channel>> {
        IndicatorServiceClient::new(self.as_them(&self.services.projection))
    }

    pub(crate) fn overseeing(&self) -> OversightServiceClient<As<Channel>> {
        OversightServiceClient::new(self.as_them(&self.services.projection))
    }

    /// At the person's own agency. None: the console doesn't know where that is.
    pub(crate) fn publishing(&self) -> Option<PublishingServiceClient<As<Channel>>> {
        let channel = self.services.agencies.get(self.agency)?;
        Some(PublishingServiceClient::new(self.as_them(channel)))
    }

    /// None: there is no render service.
    pub(crate) fn rendering(&self) -> Option<RenderingServiceClient<As<Channel>>> {
        let channel = self.services.render.as_ref()?;
        let client = RenderingServiceClient::new(self.as_them(channel));
        Some(client.max_decoding_message_size(ANSWER))
    }
}
