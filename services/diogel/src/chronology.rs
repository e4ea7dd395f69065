//! A chronology as text: what happened when, and who knew of it when. And notices of reads.

use diogel_contract::{
    Timestamp, read,
    v1::{self, accountability_service_client::AccountabilityServiceClient},
};
use diogel_domain::{
    calendar::{Civil, london},
    codes::Language,
    content::Matter,
};
use diogel_sharing::groups::FieldGroup;
use diogel_texts::account::Phrase;
use tonic::transport::Channel;

use crate::{
    arguments::{ChronologyOf, NoticesOf, Page, language},
    client,
    failure::Failure,
    folder::Folder,
    reading::{item_text, print_json},
    show,
};

/// What stands where there is no time.
const NEVER: &str = "–";

pub(crate) async fn chronology(of: ChronologyOf, json: bool) -> Result<(), Failure> {
    let folder = Folder::open(&of.access.hub.hub)?;
    let channel = client::projection_channel(&folder, folder.system_tls(&of.access.agency)?)?;
    let mut client = AccountabilityServiceClient::new(channel);
    if of.form.is_some() || of.pdf.is_some() {
        return document(&folder, client, of, json).await;
    }
    let language = language(&of.language);
    let mut page_token = String::new();
    loop {
        let request = v1::ChronologyRequest {
            identifiers: of.identifiers.required()?,
            page_token,
            as_of: of.as_of.as_of,
            on_behalf_of: of.access.on_behalf_of.clone(),
            ..v1::ChronologyRequest::default()
        };
        let page = client.chronology(request).await?.into_inner();
        for entry in &page.entries {
            if json {
                print_json(entry)?;
            } else {
                print_entry(entry, language);
            }
        }
        page_token = page.next_page_token;
        if page_token.is_empty() || show::has_ended() {
            break;
        }
    }
    if !json {
        show::line(Phrase::AnyOthersEntitled.say(language));
    }
    Ok(())
}

/// The whole as one document.
async fn document(
    folder: &Folder,
    mut client: AccountabilityServiceClient<Channel>,
    of: ChronologyOf,
    json: bool,
) -> Result<(), Failure> {
    let page = Page {
        form: of.form.unwrap_or_default(),
        pdf: of.pdf,
    };
    let request = v1::ChronologyDocumentRequest {
        identifiers: of.identifiers.required()?,
        form: page.asked(json).into(),
        language: of.language,
        as_of: of.as_of.as_of,
        purpose: 0,
        on_behalf_of: of.access.on_behalf_of,
    };
    let answer = client.chronology_document(request).await?.into_inner();
    page.put(folder, &of.access.agency, &answer.text, answer.document)
        .await
}

fn print_entry(entry: &v1::ChronologyEntry, language: Language) {
    let say = |phrase: Phrase| phrase.say(language);
    let item = entry.item.clone().unwrap_or_default();
    let occurred = entry.occurred.as_ref().and_then(|o| o.from.as_ref());
    let matter = Matter::from_code(&item.kind);
    let kind = matter.map_or(item.kind.as_str(), |matter| matter.label(language));
    let recorded = item.recorded_at.as_ref();
    show::line(&show::heading(&format!(
        "{}  {kind}, {}: {}",
        minute(occurred.or(recorded)),
        item.originator,
        item_text(&item, language)
    )));
    let published = minute(item.ordered_at.as_ref());
    let mut times = vec![
        format!("{} {}", say(Phrase::Recorded), minute(recorded)),
        format!("{} {published}", say(Phrase::Published)),
    ];
    if occurred.is_some() {
        times.insert(0, format!("{} {}", say(Phrase::Occurred), minute(occurred)));
    }
    show::line(&format!("    {}  [{}]", times.join(" · "), item.event_id));
    let others = entry
        .known_to
        .iter()
        .filter(|k| k.agency != item.originator);
    for known in others {
        show::line(&known_line(known, language));
    }
}

fn known_line(known: &v1::KnownTo, language: Language) -> String {
    let say = |phrase: Phrase| phrase.say(language);
    let time = |at: &Option<Timestamp>| at.as_ref().map_or(NEVER.into(), |at| minute(Some(at)));
    let available = match &known.available_at {
        Some(at) => format!("{} {}", say(Phrase::Available), minute(Some(at))),
        None => say(Phrase::PrecautionsAlone).to_owned(),
    };
    let groups = known.groups.iter();
    let groups = groups.filter_map(|group| FieldGroup::from_number(*group));
    let groups: Vec<&str> = groups.map(|group| group.label(language)).collect();
    let last = known.held.last().and_then(|held| held.since.as_ref());
    let groups = if groups.is_empty() {
        format!("{} {}", say(Phrase::TakenBack), minute(last))
    } else {
        groups.join(", ")
    };
    format!(
        "    {:<12} {available} · {} {} · {} {} · {groups}",
        known.agency,
        say(Phrase::FirstSeen),
        time(&known.first_seen_at),
        say(Phrase::Acknowledged),
        time(&known.acknowledged_at),
    )
}

pub(crate) async fn notices(of: NoticesOf, json: bool) -> Result<(), Failure> {
    let folder = Folder::open(&of.access.hub.hub)?;
    let channel = client::projection_channel(&folder, folder.system_tls(&of.access.agency)?)?;
    let request = v1::ReadNoticesRequest {
        page_size: of.count,
        on_behalf_of: of.access.on_behalf_of,
        ..v1::ReadNoticesRequest::default()
    };
    let mut client = AccountabilityServiceClient::new(channel);
    let answer = client.read_notices(request).await?.into_inner();
    if json {
        return print_json(&answer);
    }
    for notice in &answer.notices {
        show::line(&notice_line(notice));
    }
    show::line(Phrase::AnyOthersEntitled.say(Language::English));
    Ok(())
}

/// Who read, and what of one's own.
pub(crate) fn notice_line(notice: &v1::ReadNotice) -> String {
    let purpose = notice.purpose().as_str_name();
    let purpose = purpose.trim_start_matches("PURPOSE_").to_lowercase();
    format!(
        "{} {:<12} {:<15} {purpose}  read {}",
        minute(notice.at.as_ref()),
        notice.agency,
        notice.call,
        notice.event_ids.join(", ")
    )
}

/// Day and minute, as clocks in Wales show them.
fn minute(timestamp: Option<&Timestamp>) -> String {
    let moment = timestamp.and_then(read::moment);
    moment.map_or_else(
        || "?".into(),
        |moment| {
            let Civil { day, minute_of_day } = london(moment);
            let (hour, minute) = (minute_of_day / 60, minute_of_day % 60);
            format!("{day} {hour:02}:{minute:02}")
        },
    )
}
