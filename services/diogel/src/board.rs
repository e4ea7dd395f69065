//! What the Board's office does: suspends agencies, withdraws a compromised key, adopts protocols and ends them. Each is a signed event
//! of the Board's own chain.

use std::{fs, time::Duration};

use diogel_contract::v1::{
    self, EventState, board_event::Event, board_service_client::BoardServiceClient,
};
use diogel_identity::Role;
use tokio::time::Instant;

use crate::{
    arguments::{Board, BoardCommand},
    client,
    failure::Failure,
    folder::{BOARD, Folder},
    publish::print_receipt,
    read_json, show,
};

/// How long an event may take to be judged: the Board's service reconciles every five seconds.
const PATIENCE: Duration = Duration::from_secs(8);
const ASK_AGAIN: Duration = Duration::from_millis(250);

pub(crate) async fn run(board: Board, json: bool) -> Result<(), Failure> {
    let folder = Folder::open(&board.hub.hub)?;
    let event = event(&folder, board.command)?;
    publish(&folder, event, json).await
}

/// Publishes a Board event, and tells what became of it.
pub(crate) async fn publish(
    folder: &Folder,
    event: v1::BoardEvent,
    json: bool,
) -> Result<(), Failure> {
    let tls = folder.tls(BOARD, Role::Operator, "office")?;
    let channel = client::agency_channel(folder, BOARD, tls)?;
    let now = time::OffsetDateTime::now_utc().unix_timestamp_nanos();
    let request = v1::PublishBoardEventRequest {
        // An agency may be suspended, restored and suspended again: each time is a request of its own.
        request_key: format!("office {now}"),
        event: Some(event),
    };
    let answer = BoardServiceClient::new(channel)
        .publish_board_event(request)
        .await?;
    let accepted = answer.into_inner().receipt.unwrap_or_default();
    let receipt = judged(folder, BOARD, accepted).await?;
    print_receipt(&receipt, json)?;
    match receipt.state() {
        EventState::WithoutEffect => Err(Failure::Invalid(format!(
            "accepted, but without effect: {}",
            receipt.effect_reason
        ))),
        EventState::Effective | EventState::Parked | EventState::Erased => Ok(()),
        EventState::Unspecified
        | EventState::Accepted
        | EventState::Streamed
        | EventState::Admitted => {
            show::note(&format!(
                "not judged yet; ask again with `diogel receipt --as {BOARD} {}`",
                receipt.event_id
            ));
            Ok(())
        }
    }
}

/// Accepted isn't effective: the projection judges, and the Board's service hears of it when it next reconciles. Waits for that
/// a little while.
pub(crate) async fn judged(
    folder: &Folder,
    agency: &str,
    mut receipt: v1::Receipt,
) -> Result<v1::Receipt, Failure> {
    use v1::get_receipt_request::Event;
    let mut client = client::publishing(folder, agency)?;
    let until = Instant::now() + PATIENCE;
    while Instant::now() < until && receipt.state() < EventState::Effective {
        tokio::time::sleep(ASK_AGAIN).await;
        let event = Some(Event::EventId(receipt.event_id.clone()));
        let answer = client.get_receipt(v1::GetReceiptRequest { event }).await?;
        receipt = answer.into_inner().receipt.unwrap_or_default();
    }
    Ok(receipt)
}

fn event(folder: &Folder, command: BoardCommand) -> Result<v1::BoardEvent, Failure> {
    let status = |agency, suspended| {
        Event::AgencyStatusChanged(v1::AgencyStatusChanged { agency, suspended })
    };
    let read = |file: &std::path::Path| {
        fs::read_to_string(file).map_err(|e| Failure::Usage(format!("{}: {e}", file.display())))
    };
    let event = match command {
        BoardCommand::Suspend { agency } if agency == BOARD => {
            let text = "the Board can't be suspended: nobody could restore it";
            return Err(Failure::Usage(text.into()));
        }
        BoardCommand::Suspend { agency } => {
            folder.known(&agency)?;
            status(agency, true)
        }
        BoardCommand::Restore { agency } => {
            folder.known(&agency)?;
            status(agency, false)
        }
        BoardCommand::Policy { file } => {
            let toml = read(&file)?;
            Event::CrispPolicyAdopted(v1::CrispPolicyAdopted { toml })
        }
        BoardCommand::Publish { file } => {
            let event = read_json::parse(&read(&file)?).and_then(read_json::message);
            return event.map_err(|e| e.within(&file.display().to_string()));
        }
    };
    Ok(v1::BoardEvent { event: Some(event) })
}
