//! The Board's own service: registry and protocols, published by the Board's operators. Another agency's process never serves it.

use std::sync::Arc;

use diogel_contract::{
    refusal::Refusal,
    v1::{self, board_service_server::BoardService},
    write,
};
use diogel_domain::{board::BoardEvent, content::Open, crisp::Policy};
use diogel_identity::Role;
use diogel_sharing::protocol::{Protocol, Status as ProtocolStatus};
use tonic::{Request, Response, Status};

use crate::{
    caller::{self, Caller},
    gate::Gate,
    intake::{self, Intake, check_request_key, request_hash},
    receipts::Receipts,
};

/// A protocol's file is at most this long, in bytes.
const PROTOCOL_LIMIT: usize = 16 * 1024;

/// Serves `BoardService`.
#[derive(Clone)]
pub(crate) struct Board {
    pub(crate) intake: Arc<Intake>,
    pub(crate) receipts: Receipts,
    pub(crate) gate: Gate,
}

impl Board {
    async fn publish(
        &self,
        operator: &str,
        request: v1::PublishBoardEventRequest,
    ) -> Result<v1::Receipt, Refusal> {
        let pass = self.gate.pass()?;
        check_request_key(&request.request_key)?;
        let event = request.event.as_ref().and_then(write::read_board_event);
        let event = event.ok_or_else(|| {
            Refusal::field(
                "event",
                "is missing, or a key, hash, sector or agency in it is malformed",
            )
        })?;
        if let BoardEvent::ProtocolAdopted(toml) = &event {
            let field = "event.protocol_adopted.toml";
            if toml.len() > PROTOCOL_LIMIT {
                return Err(Refusal::field(field, "is longer than 16 KiB; shorten it"));
            }
            let protocol =
                Protocol::from_toml(toml).map_err(|e| Refusal::field(field, e.to_string()))?;
            if protocol.status == ProtocolStatus::Draft {
                let way_out = "is a draft: set `status = \"for-signature\"` once it is agreed";
                return Err(Refusal::field(field, way_out));
            }
        }
        if let BoardEvent::CrispPolicyAdopted(toml) = &event {
            let field = "event.crisp_policy_adopted.toml";
            Policy::from_toml(toml).map_err(|why| Refusal::field(field, why))?;
        }
        let bare = v1::PublishBoardEventRequest {
            request_key: String::new(),
            ..request.clone()
        };
        let asked = intake::Request {
            system: operator,
            verified: false,
            request_key: &request.request_key,
            hash: request_hash(&bare),
        };
        let open = Open::Board(event);
        let accepted = self
            .intake
            .append_open(&pass, &asked, open, Vec::new())
            .await?;
        self.receipts.of(&accepted.entry, accepted.replayed).await
    }
}

#[tonic::async_trait]
impl BoardService for Board {
    async fn publish_board_event(
        &self,
        request: Request<v1::PublishBoardEventRequest>,
    ) -> Result<Response<v1::PublishBoardEventResponse>, Status> {
        let Caller {
            system: operator, ..
        } = caller::own(&request, &self.intake, Role::Operator)?;
        let receipt = self.publish(&operator, request.into_inner()).await?;
        Ok(Response::new(v1::PublishBoardEventResponse {
            receipt: Some(receipt),
        }))
    }
}
