//! What the Board's office does: adopts protocols, suspends agencies, withdraws a compromised key. Each is a signed event of the
//! Board's own chain.

use std::fs;

use diogel_contract::{
    json,
    v1::{self, board_event::Event, board_service_client::BoardServiceClient},
};
use diogel_identity::Role;

use crate::{
    arguments::{Board, BoardCommand},
    client,
    failure::Failure,
    folder::{BOARD, Folder},
    publish::print_receipt,
};

pub(crate) async fn run(board: Board, json: bool) -> Result<(), Failure> {
    let folder = Folder::open(&board.hub.hub)?;
    let event = event(board.command)?;
    let tls = folder.tls(BOARD, Role::Operator, "office")?;
    let channel = client::channel(&folder, &folder.endpoint(BOARD)?, tls, Role::Service)?;
    let now = time::OffsetDateTime::now_utc().unix_timestamp_nanos();
    let request = v1::PublishBoardEventRequest {
        // An agency may be suspended, restored and suspended again: each time is a request of its own.
        request_key: format!("office {now}"),
        event: Some(event),
    };
    let answer = BoardServiceClient::new(channel)
        .publish_board_event(request)
        .await?;
    print_receipt(&answer.into_inner().receipt.unwrap_or_default(), json)
}

fn event(command: BoardCommand) -> Result<v1::BoardEvent, Failure> {
    let status = |agency, suspended| {
        Event::AgencyStatusChanged(v1::AgencyStatusChanged { agency, suspended })
    };
    let read = |file: &std::path::Path| {
        fs::read_to_string(file).map_err(|e| Failure::Usage(format!("{}: {e}", file.display())))
    };
    let event = match command {
        BoardCommand::Adopt { file } => {
            Event::ProtocolAdopted(v1::ProtocolAdopted { toml: read(&file)? })
        }
        BoardCommand::Suspend { agency } => status(agency, true),
        BoardCommand::Restore { agency } => status(agency, false),
        BoardCommand::Publish { file } => {
            let value = serde_json::from_str(&read(&file)?);
            let value = value.map_err(|e| Failure::Invalid(format!("{}: {e}", file.display())))?;
            return json::read(value).map_err(|e| Failure::Invalid(e.to_string()));
        }
    };
    Ok(v1::BoardEvent { event: Some(event) })
}
