//! Binding the agency to information sharing protocols: its own operators sign a version, or leave, and nobody else for it.

use std::sync::Arc;

use diogel_contract::{
    refusal::Refusal,
    v1::{self, protocol_service_server::ProtocolService},
    write,
};
use diogel_domain::content::Open;
use diogel_identity::Role;
use prost::Message;
use tonic::{Request, Response, Status};

use crate::{
    caller::{self, Caller},
    gate::Gate,
    intake::{self, Intake, check_request_key, request_hash},
    receipts::Receipts,
};

/// Serves `ProtocolService`.
#[derive(Clone)]
pub(crate) struct Protocols {
    pub(crate) intake: Arc<Intake>,
    pub(crate) receipts: Receipts,
    pub(crate) gate: Gate,
}

impl Protocols {
    /// `bare`: the request without its key.
    async fn publish(
        &self,
        operator: &str,
        request_key: &str,
        bare: &impl Message,
        open: Open,
    ) -> Result<v1::Receipt, Refusal> {
        let pass = self.gate.pass()?;
        check_request_key(request_key)?;
        let asked = intake::Request {
            system: operator,
            verified: false,
            request_key,
            hash: request_hash(bare),
        };
        let accepted = self.intake.append_open(&pass, &asked, open, Vec::new());
        let accepted = accepted.await?;
        self.receipts.of(&accepted.entry, accepted.replayed).await
    }
}

#[tonic::async_trait]
impl ProtocolService for Protocols {
    async fn sign_protocol(
        &self,
        request: Request<v1::SignProtocolRequest>,
    ) -> Result<Response<v1::SignProtocolResponse>, Status> {
        let Caller {
            system: operator, ..
        } = caller::own(&request, &self.intake, Role::Operator)?;
        let mut request = request.into_inner();
        let key = std::mem::take(&mut request.request_key);
        let signature = request.signature.as_ref().and_then(write::read_signature);
        let signature = signature.ok_or_else(|| {
            let way_out =
                "needs the protocol's id, its version, and the SHA-256 of its file, 32 bytes";
            Refusal::field("signature", way_out)
        })?;
        let open = Open::ProtocolSigned(signature);
        let receipt = self.publish(&operator, &key, &request, open).await?;
        Ok(Response::new(v1::SignProtocolResponse {
            receipt: Some(receipt),
        }))
    }

    async fn leave_protocol(
        &self,
        request: Request<v1::LeaveProtocolRequest>,
    ) -> Result<Response<v1::LeaveProtocolResponse>, Status> {
        let Caller {
            system: operator, ..
        } = caller::own(&request, &self.intake, Role::Operator)?;
        let mut request = request.into_inner();
        let key = std::mem::take(&mut request.request_key);
        let protocol = request.leaving.as_ref().map(|l| l.protocol.clone());
        let protocol = protocol.filter(|id| (1..=32).contains(&id.len()));
        let protocol = protocol
            .ok_or_else(|| Refusal::field("leaving.protocol", "needs the protocol's id"))?;
        let open = Open::ProtocolLeft(protocol);
        let receipt = self.publish(&operator, &key, &request, open).await?;
        Ok(Response::new(v1::LeaveProtocolResponse {
            receipt: Some(receipt),
        }))
    }
}
