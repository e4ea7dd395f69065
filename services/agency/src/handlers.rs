//! The gRPC side of publishing: decode, call intake, answer. Each call begins with who is calling.

use std::sync::Arc;

use diogel_contract::{
    envelope::Envelope,
    refusal::{Reason, Refusal},
    v1::{self, publishing_service_server::PublishingService},
};
use diogel_domain::{
    content::{EventReference, Open, ReferenceRole},
    ids::EventId,
};
use diogel_event_log::entry::Entry;
use diogel_identity::Role;
use tonic::{Request, Response, Status};

use crate::{
    caller::{self, Caller},
    gate::Gate,
    intake::{self, Intake, check_request_key, request_hash, request_key_hash, unavailable},
    receipts::Receipts,
};

/// Requests a batch may hold.
const BATCH_LIMIT: usize = 100;

/// Serves `PublishingService`.
#[derive(Clone)]
pub(crate) struct Publishing {
    pub(crate) intake: Arc<Intake>,
    pub(crate) receipts: Receipts,
    pub(crate) gate: Gate,
}

impl Publishing {
    async fn publish_one(
        &self,
        caller: &Caller,
        request: &v1::PublishRequest,
    ) -> Result<v1::Receipt, Refusal> {
        let pass = self.gate.pass()?;
        match self.intake.publish(&pass, caller, request).await? {
            Some(accepted) => self.receipts.of_request(&accepted).await,
            None => Ok(Receipts::valid(self.intake.profile.id.as_str())),
        }
    }

    /// An event of this agency's by id, or by the system's own request key.
    async fn find(&self, system: &str, event: FindBy) -> Result<Option<Entry>, Refusal> {
        match event {
            FindBy::Id(id) => self.intake.journal.find(id.0).await.map_err(unavailable),
            FindBy::Key(key) => {
                let key = request_key_hash(system, &key);
                let earlier = self
                    .intake
                    .journal
                    .find_request(key)
                    .await
                    .map_err(unavailable)?;
                Ok(earlier.map(|earlier| earlier.entry))
            }
        }
    }

    async fn erase(
        &self,
        system: &str,
        request: v1::EraseContentRequest,
    ) -> Result<v1::Receipt, Refusal> {
        let pass = self.gate.pass()?;
        check_request_key(&request.request_key)?;
        check_reason(&request.reason)?;
        let target = request.target.as_ref().and_then(|t| t.event.as_ref());
        let target = target.and_then(|event| match event {
            v1::reference::Event::EventId(id) => EventId::parse(id).map(FindBy::Id),
            v1::reference::Event::RequestKey(key) => Some(FindBy::Key(key.clone())),
        });
        let target =
            target.ok_or_else(|| Refusal::field("target", "needs an event id or a request key"))?;
        let none = || {
            Refusal::field(
                "target",
                "is no event of this agency; use the event id of a receipt",
            )
        };
        let entry = self.find(system, target).await?.ok_or_else(none)?;
        if !Envelope::read(entry.event.clone()).is_ok_and(|e| e.is_sealed()) {
            let why = "has no sealed content that could be destroyed; name the event that has it";
            return Err(Refusal::field("target", why));
        }
        let bare = v1::EraseContentRequest {
            request_key: String::new(),
            ..request.clone()
        };
        let asked = intake::Request {
            system,
            verified: false,
            request_key: &request.request_key,
            hash: request_hash(&bare),
        };
        let reference = EventReference {
            event_id: EventId(entry.event_id),
            hash: Some(entry.digest),
            role: ReferenceRole::Erases,
        };
        let open = Open::ContentErased(request.reason);
        let accepted = self
            .intake
            .append_open(&pass, &asked, open, vec![reference])
            .await?;
        self.receipts.of(&accepted.entry, accepted.replayed).await
    }
}

/// It stays readable for ever, in the header.
fn check_reason(reason: &str) -> Result<(), Refusal> {
    let fits = (1..=500).contains(&reason.len()) && !reason.trim().is_empty();
    if fits && !reason.chars().any(char::is_control) {
        return Ok(());
    }
    Err(Refusal::field(
        "reason",
        "must have 1 to 500 bytes on one line: a ruling or a code, nothing personal",
    ))
}

/// How a caller names an event.
enum FindBy {
    Id(EventId),
    Key(String),
}

#[tonic::async_trait]
impl PublishingService for Publishing {
    async fn publish(
        &self,
        request: Request<v1::PublishRequest>,
    ) -> Result<Response<v1::PublishResponse>, Status> {
        let caller = caller::own(&request, &self.intake, Role::System)?;
        let receipt = self.publish_one(&caller, request.get_ref()).await?;
        Ok(Response::new(v1::PublishResponse {
            receipt: Some(receipt),
        }))
    }

    async fn batch_publish(
        &self,
        request: Request<v1::BatchPublishRequest>,
    ) -> Result<Response<v1::BatchPublishResponse>, Status> {
        let caller = caller::own(&request, &self.intake, Role::System)?;
        let requests = request.into_inner().requests;
        if requests.len() > BATCH_LIMIT {
            return Err(Refusal::field(
                "requests",
                "has more than 100 entries; send several batches",
            )
            .into());
        }
        let mut results = Vec::with_capacity(requests.len());
        // One after the other: a later request may refer to an earlier one by its key.
        for request in &requests {
            let result = match self.publish_one(&caller, request).await {
                Ok(receipt) => v1::batch_result::Result::Receipt(receipt),
                Err(refusal) => v1::batch_result::Result::Refusal(refusal.to_result()),
            };
            results.push(v1::BatchResult {
                result: Some(result),
            });
        }
        Ok(Response::new(v1::BatchPublishResponse { results }))
    }

    async fn get_receipt(
        &self,
        request: Request<v1::GetReceiptRequest>,
    ) -> Result<Response<v1::GetReceiptResponse>, Status> {
        let Caller { system, .. } = caller::own(&request, &self.intake, Role::System)?;
        let by = match request.into_inner().event {
            Some(v1::get_receipt_request::Event::EventId(id)) => EventId::parse(&id)
                .map(FindBy::Id)
                .ok_or_else(|| Refusal::new(Reason::NotFound))?,
            Some(v1::get_receipt_request::Event::RequestKey(key)) => FindBy::Key(key),
            None => {
                return Err(Refusal::field("event", "needs an event id or a request key").into());
            }
        };
        let entry = self
            .find(&system, by)
            .await?
            .ok_or_else(|| Refusal::new(Reason::NotFound))?;
        let receipt = self.receipts.of(&entry, true).await?;
        Ok(Response::new(v1::GetReceiptResponse {
            receipt: Some(v1::Receipt {
                replayed: false,
                ..receipt
            }),
        }))
    }

    async fn erase_content(
        &self,
        request: Request<v1::EraseContentRequest>,
    ) -> Result<Response<v1::EraseContentResponse>, Status> {
        let Caller { system, .. } = caller::own(&request, &self.intake, Role::System)?;
        let receipt = self.erase(&system, request.into_inner()).await?;
        Ok(Response::new(v1::EraseContentResponse {
            receipt: Some(receipt),
        }))
    }
}
