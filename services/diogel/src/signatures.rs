//! What an agency's governance officers do with protocols: sign a version, or leave.

use std::time::Duration;

use diogel_contract::{
    hexadecimal,
    v1::{self, protocol_service_client::ProtocolServiceClient},
};
use diogel_sharing::protocol::Protocol;
use ring::digest::{SHA256, digest};
use tokio::time::Instant;
use tonic::Code;

use crate::{client, failure::Failure, folder::Folder};

/// How long a service may take to let events in: a journal that is being recovered keeps its gate closed for a while.
const PATIENCE: Duration = Duration::from_secs(30);
const ASK_AGAIN: Duration = Duration::from_millis(250);

/// Signs a protocol for an agency: the version that this file is. Signing it again changes nothing.
pub(crate) async fn sign(
    folder: &Folder,
    agency: &str,
    toml: &str,
) -> Result<v1::Receipt, Failure> {
    let protocol = Protocol::from_toml(toml).map_err(|e| Failure::Invalid(e.to_string()))?;
    let digest = digest(&SHA256, toml.as_bytes());
    let request = v1::SignProtocolRequest {
        request_key: format!("sign {}", hexadecimal::write(digest.as_ref())),
        signature: Some(v1::ProtocolSigned {
            protocol: protocol.id,
            version: protocol.version,
            digest: digest.as_ref().to_vec().into(),
        }),
    };
    let channel = client::agency_channel(folder, agency, folder.governance_tls(agency)?)?;
    let mut client = ProtocolServiceClient::new(channel);
    let until = Instant::now() + PATIENCE;
    loop {
        match client.sign_protocol(request.clone()).await {
            Ok(answer) => return Ok(answer.into_inner().receipt.unwrap_or_default()),
            Err(status) if status.code() == Code::Unavailable && Instant::now() < until => {
                tokio::time::sleep(ASK_AGAIN).await;
            }
            Err(status) => return Err(status.into()),
        }
    }
}

/// Leaves a protocol for an agency.
pub(crate) async fn leave(
    folder: &Folder,
    agency: &str,
    protocol: &str,
) -> Result<v1::Receipt, Failure> {
    let now = time::OffsetDateTime::now_utc().unix_timestamp_nanos();
    let request = v1::LeaveProtocolRequest {
        request_key: format!("leave {now}"),
        leaving: Some(v1::ProtocolLeft {
            protocol: protocol.to_owned(),
        }),
    };
    let channel = client::agency_channel(folder, agency, folder.governance_tls(agency)?)?;
    let mut client = ProtocolServiceClient::new(channel);
    Ok(client
        .leave_protocol(request)
        .await?
        .into_inner()
        .receipt
        .unwrap_or_default())
}
