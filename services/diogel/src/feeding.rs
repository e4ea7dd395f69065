//! Publishing a scenario's lines, each as its agency's own system: a publication as the case system, an emergency disclosure as the
//! system at which the agency decides those.

use std::collections::BTreeMap;

use diogel_contract::v1::{self, publishing_service_client::PublishingServiceClient};
use serde_json::Value;
use tonic::{Status, transport::Channel};

use crate::{client, earlier::Earlier, failure::Failure, folder::Folder, read_json};

/// What a line asks of its agency's service.
#[derive(Debug, Clone)]
pub(crate) enum Asked {
    /// `request`: a `PublishRequest`.
    Publication(Value),
    /// `disclosure`: a `DiscloseRequest`.
    Disclosure(Value),
}

/// The same, read.
enum Request {
    Publication(Box<v1::PublishRequest>),
    Disclosure(Box<v1::DiscloseRequest>),
}

/// Why a line wasn't taken.
pub(crate) enum Unsent {
    /// It couldn't be sent.
    Failed(Failure),
    /// Of this request key: the service refused it.
    Refused(String, Status),
}

/// Clients of the agencies, opened when first needed, and what they were given so far.
pub(crate) struct Feeder<'f> {
    folder: &'f Folder,
    open: BTreeMap<String, PublishingServiceClient<Channel>>,
    earlier: Earlier,
}

impl<'f> Feeder<'f> {
    pub(crate) fn new(folder: &'f Folder) -> Self {
        Self {
            folder,
            open: BTreeMap::new(),
            earlier: Earlier::default(),
        }
    }

    /// Sends a line. `validate_only`: nothing is stored.
    pub(crate) async fn send(
        &mut self,
        agency: &str,
        asked: Asked,
        validate_only: bool,
    ) -> Result<v1::Receipt, Unsent> {
        let mut request = self.read(asked).map_err(Unsent::Failed)?;
        request.only_validated(validate_only)?;
        let key = request.key().to_owned();
        let sent = match request {
            Request::Publication(request) => {
                let client = self.publishing(agency).map_err(Unsent::Failed)?;
                let sent = client.publish(*request).await;
                sent.map(|answer| answer.into_inner().receipt)
            }
            Request::Disclosure(request) => {
                let client = client::emergency(self.folder, agency);
                let sent = client.map_err(Unsent::Failed)?.disclose(*request).await;
                sent.map(|answer| answer.into_inner().receipt)
            }
        };
        let receipt = sent.map_err(|status| Unsent::Refused(key.clone(), status))?;
        let receipt = receipt.unwrap_or_default();
        self.earlier.keep(&key, &receipt);
        Ok(receipt)
    }

    fn read(&self, asked: Asked) -> Result<Request, Failure> {
        let (Asked::Publication(mut value) | Asked::Disclosure(mut value)) = asked.clone();
        self.earlier.fill(&mut value)?;
        Ok(match asked {
            Asked::Publication(_) => Request::Publication(Box::new(read_json::message(value)?)),
            Asked::Disclosure(_) => Request::Disclosure(Box::new(read_json::message(value)?)),
        })
    }

    fn publishing(
        &mut self,
        agency: &str,
    ) -> Result<&mut PublishingServiceClient<Channel>, Failure> {
        if !self.open.contains_key(agency) {
            let client = client::publishing(self.folder, agency)?;
            self.open.insert(agency.to_owned(), client);
        }
        let client = self.open.get_mut(agency);
        client.ok_or_else(|| Failure::Other("no client".into()))
    }
}

impl Request {
    fn key(&self) -> &str {
        match self {
            Self::Publication(request) => &request.request_key,
            Self::Disclosure(request) => &request.request_key,
        }
    }

    /// A disclosure can't be tried out: it is a decision.
    fn only_validated(&mut self, validate_only: bool) -> Result<(), Unsent> {
        match self {
            Self::Publication(request) => request.validate_only |= validate_only,
            Self::Disclosure(_) if validate_only => {
                let text =
                    "an emergency disclosure can't be sent to be validated only; leave it out";
                return Err(Unsent::Failed(Failure::Invalid(text.into())));
            }
            Self::Disclosure(_) => {}
        }
        Ok(())
    }
}

impl From<Unsent> for Failure {
    fn from(unsent: Unsent) -> Self {
        match unsent {
            Unsent::Failed(failure) => failure,
            Unsent::Refused(_, status) => status.into(),
        }
    }
}
