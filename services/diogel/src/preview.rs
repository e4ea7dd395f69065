//! A publication as it would be seen: by each agency, the chair, the professionals at the table, the family. Nothing is published.

use diogel_contract::v1::{self, accountability_service_client::AccountabilityServiceClient};
use diogel_domain::codes::Language;
use diogel_sharing::groups::FieldGroup;
use diogel_texts::{
    Filled,
    account::{Phrase, WhoElseMustKnow},
};
use serde_json::Value;

use crate::{
    accountability::print_recipient,
    arguments::{Preview, language},
    client,
    failure::Failure,
    folder::Folder,
    lines::Lines,
    read_json,
    reading::{item_text, print_json},
    show,
};

pub(crate) async fn run(preview: Preview, json: bool) -> Result<(), Failure> {
    let folder = Folder::open(&preview.access.hub.hub)?;
    let channel = client::projection_channel(&folder, folder.system_tls(&preview.access.agency)?)?;
    let request = v1::PreviewRequest {
        draft: Some(draft(&preview)?),
        chair: preview.chair,
        attending: preview.attending,
        on_behalf_of: preview.access.on_behalf_of,
        purpose: 0,
    };
    let mut client = AccountabilityServiceClient::new(channel);
    let answer = client.preview(request).await?.into_inner();
    if json {
        return print_json(&answer);
    }
    print(&answer, language(&preview.language));
    Ok(())
}

/// The first line of the file: a request, or a scenario's line with one.
fn draft(preview: &Preview) -> Result<v1::PublishRequest, Failure> {
    let mut lines = Lines::open(&preview.file)?;
    let line = lines.next()?;
    let line = line.ok_or_else(|| {
        Failure::Invalid("the file has no line: write the publication there".into())
    })?;
    let text = line.text.map_err(|why| Failure::Invalid(why.into()))?;
    let value: Value = read_json::parse(&text)?;
    let request = match value {
        Value::Object(mut fields) if fields.contains_key("request") => fields.remove("request"),
        other => Some(other),
    };
    read_json::message(request.unwrap_or_default()).map_err(|e| e.within(&line.place))
}

fn print(answer: &v1::PreviewResponse, language: Language) {
    for recipient in &answer.recipients {
        if let Some(explained) = &recipient.explained {
            print_recipient(explained, language);
        }
        if let Some(seen) = &recipient.seen {
            show::line(&format!("  “{}”", item_text(seen, language)));
        }
    }
    let say = |phrase: Phrase| phrase.say(language);
    show::line(say(Phrase::AnyOthersEntitled));
    print_seen(say(Phrase::TheChair), answer.chair.as_ref(), language);
    let professionals = say(Phrase::EverybodyAtTheTable);
    print_seen(professionals, answer.professionals.as_ref(), language);
    for family in &answer.family {
        let family_of = say(Phrase::TheFamily);
        let who = match family.person.as_str() {
            "" => family_of.to_owned(),
            person => format!("{family_of}: {person}"),
        };
        print_seen(&who, family.seen.as_ref(), language);
    }
    if !answer.could_be_told.is_empty() {
        let agencies = &answer.could_be_told.join(", ");
        let question = WhoElseMustKnow { agencies }.say(language);
        show::line(&show::heading(&question));
    }
}

fn print_seen(who: &str, seen: Option<&v1::Item>, language: Language) {
    let Some(seen) = seen else {
        return show::line(&show::heading(&format!("{who}: –")));
    };
    let groups = seen.groups.iter();
    let groups: Vec<&str> = groups
        .filter_map(|group| FieldGroup::from_number(*group).map(FieldGroup::code))
        .collect();
    show::line(&show::heading(&format!("{who}: {}", groups.join(", "))));
    show::line(&format!("  “{}”", item_text(seen, language)));
}
