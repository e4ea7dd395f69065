//! Publishing from files, receipts, erasure.

use std::{
    collections::BTreeMap,
    io::{BufRead, BufReader, Read},
    path::Path,
};

use diogel_contract::{
    json,
    v1::{self, publishing_service_client::PublishingServiceClient},
};
use diogel_domain::ids::EventId;
use tonic::transport::Channel;

use crate::{
    arguments::{Erase, Publish, ReceiptOf},
    client,
    failure::Failure,
    folder::Folder,
    scenarios, show,
};

/// A line is at most this long, in bytes: the largest event with room for its JSON.
const LONGEST_LINE: u64 = 256 * 1024;

pub(crate) async fn run(publish: Publish, json: bool) -> Result<(), Failure> {
    let folder = Folder::open(&publish.hub.hub)?;
    let mut clients = Clients {
        folder: &folder,
        open: BTreeMap::new(),
    };
    let mut refused = 0_u64;
    for file in &publish.files {
        for (i, line) in lines(file)?.into_iter().enumerate() {
            let place = format!("{}:{}", file.display(), i + 1);
            if line.trim().is_empty() {
                continue;
            }
            if let Err(failure) = one(&mut clients, &publish, &line, &place, json).await {
                match failure {
                    Failure::Invalid(text) => {
                        show::note(&format!("{place}: refused: {text}"));
                        refused += 1;
                    }
                    other => return Err(other),
                }
            }
        }
    }
    if refused > 0 {
        Err(Failure::Invalid(format!(
            "{refused} lines were refused; the others were taken"
        )))
    } else {
        Ok(())
    }
}

async fn one(
    clients: &mut Clients<'_>,
    publish: &Publish,
    line: &str,
    place: &str,
    json: bool,
) -> Result<(), Failure> {
    let (agency, request) = if let Some(agency) = &publish.agency {
        let value = serde_json::from_str(line).map_err(|e| Failure::Invalid(e.to_string()))?;
        (agency.clone(), value)
    } else {
        let line = scenarios::read(line, place, 0)?;
        (line.agency, line.request)
    };
    let mut request: v1::PublishRequest = read_request(request)?;
    request.validate_only |= publish.validate_only;
    let receipt = clients
        .of(&agency)?
        .publish(request)
        .await?
        .into_inner()
        .receipt;
    print_receipt(&receipt.unwrap_or_default(), json)
}

/// Reads a request in the JSON form.
pub(crate) fn read_request(value: serde_json::Value) -> Result<v1::PublishRequest, Failure> {
    json::read(value).map_err(|e| Failure::Invalid(e.to_string()))
}

/// Clients of the agencies, opened when first needed.
pub(crate) struct Clients<'f> {
    pub(crate) folder: &'f Folder,
    pub(crate) open: BTreeMap<String, PublishingServiceClient<Channel>>,
}

impl Clients<'_> {
    pub(crate) fn of(
        &mut self,
        agency: &str,
    ) -> Result<&mut PublishingServiceClient<Channel>, Failure> {
        if !self.open.contains_key(agency) {
            let client = client::publishing(self.folder, agency)?;
            self.open.insert(agency.to_owned(), client);
        }
        self.open
            .get_mut(agency)
            .ok_or_else(|| Failure::Other("no client".into()))
    }
}

fn lines(file: &Path) -> Result<Vec<String>, Failure> {
    let failed = |e: std::io::Error| Failure::Usage(format!("{}: {e}", file.display()));
    let reader: Box<dyn Read> = if file == Path::new("-") {
        Box::new(std::io::stdin())
    } else {
        Box::new(std::fs::File::open(file).map_err(failed)?)
    };
    let mut reader = BufReader::new(reader);
    let mut lines = Vec::new();
    loop {
        let mut line = Vec::new();
        let read = reader
            .by_ref()
            .take(LONGEST_LINE)
            .read_until(b'\n', &mut line)
            .map_err(failed)?;
        if read == 0 {
            return Ok(lines);
        }
        let place = lines.len() + 1;
        if read as u64 == LONGEST_LINE {
            return Err(Failure::Invalid(format!(
                "{}:{place}: is longer than 256 KiB",
                file.display()
            )));
        }
        let text = String::from_utf8(line);
        lines.push(
            text.map_err(|_| Failure::Invalid(format!("{}:{place}: isn't UTF-8", file.display())))?,
        );
    }
}

pub(crate) async fn receipt(of: ReceiptOf, json: bool) -> Result<(), Failure> {
    use v1::get_receipt_request::Event;
    let folder = Folder::open(&of.access.hub.hub)?;
    let mut client = client::publishing(&folder, &of.access.agency)?;
    let event = match EventId::parse(&of.event) {
        Some(id) => Event::EventId(id.to_string()),
        None => Event::RequestKey(of.event),
    };
    let answer = client
        .get_receipt(v1::GetReceiptRequest { event: Some(event) })
        .await?;
    print_receipt(&answer.into_inner().receipt.unwrap_or_default(), json)
}

pub(crate) async fn erase(erase: Erase, json: bool) -> Result<(), Failure> {
    let folder = Folder::open(&erase.access.hub.hub)?;
    let mut client = client::publishing(&folder, &erase.access.agency)?;
    let target = v1::Reference {
        event: Some(v1::reference::Event::EventId(erase.event.clone())),
    };
    let request = v1::EraseContentRequest {
        request_key: format!("erase {}", erase.event),
        target: Some(target),
        reason: erase.reason,
    };
    let answer = client.erase_content(request).await?;
    show::note(
        "nobody can read it any more; pages that the views' store has let go of leave the disk with the next `diogel rebuild`",
    );
    print_receipt(&answer.into_inner().receipt.unwrap_or_default(), json)
}

/// A receipt, for people or scripts.
pub(crate) fn print_receipt(receipt: &v1::Receipt, json: bool) -> Result<(), Failure> {
    if json {
        show::line(&json::write(receipt).map_err(Failure::other)?.to_string());
        return Ok(());
    }
    let state = receipt
        .state()
        .as_str_name()
        .trim_start_matches("EVENT_STATE_")
        .to_lowercase();
    let replayed = if receipt.replayed { " (again)" } else { "" };
    if receipt.event_id.is_empty() {
        show::line("valid; nothing was stored");
    } else {
        let reason = if receipt.effect_reason.is_empty() {
            String::new()
        } else {
            format!(": {}", receipt.effect_reason)
        };
        show::line(&format!(
            "{} {} {}/{} {state}{reason}{replayed}",
            receipt.event_id, receipt.agency, receipt.epoch, receipt.agency_seq
        ));
    }
    Ok(())
}
