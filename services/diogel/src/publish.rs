//! Publishing from files, receipts, erasure.

use diogel_contract::{json, v1};
use diogel_domain::ids::EventId;

use crate::{
    arguments::{Erase, Publish, ReceiptOf},
    client,
    failure::Failure,
    feeding::{Asked, Feeder},
    folder::Folder,
    lines::{Line, Lines},
    read_json, scenarios, show,
};

/// What became of the lines.
#[derive(Default)]
struct Count {
    taken: u64,
    refused: u64,
}

pub(crate) async fn run(publish: Publish, json: bool) -> Result<(), Failure> {
    let folder = Folder::open(&publish.hub.hub)?;
    if let Some(agency) = &publish.agency {
        folder.known(agency)?;
    }
    let mut feeder = Feeder::new(&folder);
    let mut count = Count::default();
    for file in &publish.files {
        let mut lines = Lines::open(file)?;
        while let Some(Line { place, text }) = lines.next()? {
            let text = text.map_err(|why| Failure::Invalid(why.into()));
            let sent = match text {
                Ok(text) => one(&mut feeder, &publish, &text, json).await,
                Err(failure) => Err(failure),
            };
            match sent {
                Ok(()) => count.taken += 1,
                Err(Failure::Invalid(text)) => {
                    show::note(&format!("{place}: refused: {text}"));
                    count.refused += 1;
                }
                Err(other) => return Err(count.broken_off(other.within(&place))),
            }
        }
    }
    count.told(publish.validate_only)
}

impl Count {
    /// A failure that isn't the line's own: the lines after it weren't tried.
    fn broken_off(&self, failure: Failure) -> Failure {
        if self.taken + self.refused > 0 {
            show::note(&format!(
                "broken off after {} taken and {} refused; send it all again: what was taken isn't taken twice",
                self.taken, self.refused
            ));
        }
        failure
    }

    fn told(&self, validate_only: bool) -> Result<(), Failure> {
        let all = self.taken + self.refused;
        if self.refused == 0 {
            show::note(&format!(
                "{all} {} {}",
                if all == 1 { "line" } else { "lines" },
                if validate_only {
                    "valid, nothing stored"
                } else {
                    "taken"
                }
            ));
            return Ok(());
        }
        let others = match (self.taken, validate_only) {
            (0, _) => "",
            (_, true) => "; the others are valid, nothing was stored",
            (_, false) => {
                "; the others were taken, and none is taken twice when all are sent again"
            }
        };
        Err(Failure::Invalid(format!(
            "{} of {all} refused{others}",
            self.refused
        )))
    }
}

async fn one(
    feeder: &mut Feeder<'_>,
    publish: &Publish,
    text: &str,
    json: bool,
) -> Result<(), Failure> {
    let (agency, asked) = if let Some(agency) = &publish.agency {
        (agency.clone(), Asked::Publication(read_json::parse(text)?))
    } else {
        let line = scenarios::read(text, 0)?;
        (line.agency, line.asked)
    };
    let receipt = feeder.send(&agency, asked, publish.validate_only).await?;
    print_receipt(&receipt, json)
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
    let event = EventId::parse(&erase.event).ok_or_else(|| {
        let text = "EVENT is no event id: take the one of its receipt (`diogel receipt`)";
        Failure::Usage(text.into())
    })?;
    let mut client = client::publishing(&folder, &erase.access.agency)?;
    let target = v1::Reference {
        event: Some(v1::reference::Event::EventId(event.to_string())),
        hash: String::new(),
    };
    let request = v1::EraseContentRequest {
        request_key: format!("erase {event}"),
        target: Some(target),
        reason: erase.reason,
    };
    let answer = client.erase_content(request).await?;
    show::note(
        "its key is destroyed here, and at the projection when it takes this in: then no copy opens any more, wherever one lies",
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
