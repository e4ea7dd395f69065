//! Emergency disclosure: a right of its own, with an allowlist of its own. What it says is an event like any other.

use std::sync::Arc;

use diogel_contract::{
    refusal::{Reason, Refusal},
    v1::{self, emergency_service_server::EmergencyService},
};
use diogel_identity::Role;
use tonic::{Request, Response, Status};

use crate::{
    caller::{self, Caller},
    gate::Gate,
    intake::Intake,
    receipts::Receipts,
};

/// Serves `EmergencyService`.
#[derive(Clone)]
pub(crate) struct Emergency {
    pub(crate) intake: Arc<Intake>,
    pub(crate) receipts: Receipts,
    pub(crate) gate: Gate,
}

impl Emergency {
    async fn publish(
        &self,
        caller: &Caller,
        request: &v1::DiscloseRequest,
    ) -> Result<v1::Receipt, Refusal> {
        let pass = self.gate.pass()?;
        let accepted = self.intake.disclose(&pass, caller, request).await?;
        let accepted = accepted.ok_or_else(|| Refusal::new(Reason::Internal))?;
        self.receipts.of(&accepted.entry, accepted.replayed).await
    }
}

#[tonic::async_trait]
impl EmergencyService for Emergency {
    async fn disclose(
        &self,
        request: Request<v1::DiscloseRequest>,
    ) -> Result<Response<v1::DiscloseResponse>, Status> {
        let caller = caller::own(&request, &self.intake, Role::System)?;
        let receipt = self.publish(&caller, request.get_ref()).await?;
        Ok(Response::new(v1::DiscloseResponse {
            receipt: Some(receipt),
        }))
    }
}
