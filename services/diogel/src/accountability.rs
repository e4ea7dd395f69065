//! Accountability as an agency's system asks for it: who gets what and why not more, who looked. And the emergency disclosure, at the
//! system that has the right to it.

use diogel_contract::v1::{
    self, accountability_service_client::AccountabilityServiceClient,
    emergency_service_client::EmergencyServiceClient,
};
use diogel_domain::codes::Language;
use diogel_sharing::groups::FieldGroup;
use diogel_texts::account::Phrase;

use crate::{
    arguments::{AccessesOf, Disclose, ExplainEvent, OutstandingOf, language},
    board::judged,
    client,
    failure::Failure,
    folder::Folder,
    publish::print_receipt,
    reading::{day, print_json},
    show,
};

pub(crate) async fn explain(explain: ExplainEvent, json: bool) -> Result<(), Failure> {
    let folder = Folder::open(&explain.access.hub.hub)?;
    let channel = client::projection_channel(&folder, folder.system_tls(&explain.access.agency)?)?;
    let request = v1::ExplainRequest {
        event_id: explain.event,
        as_of: explain.as_of.as_of,
        on_behalf_of: explain.access.on_behalf_of,
        ..v1::ExplainRequest::default()
    };
    let mut client = AccountabilityServiceClient::new(channel);
    let answer = client.explain(request).await?.into_inner();
    if json {
        return print_json(&answer);
    }
    let language = language(&explain.language);
    for recipient in &answer.recipients {
        print_recipient(recipient, language);
    }
    show::line(Phrase::AnyOthersEntitled.say(language));
    Ok(())
}

/// What it gets on one line; then why not the rest, one line a reason.
pub(crate) fn print_recipient(recipient: &v1::ExplainedRecipient, language: Language) {
    let code = |group: &v1::ExplainedGroup| {
        FieldGroup::from_number(group.group).map_or("?", FieldGroup::code)
    };
    let given: Vec<&str> = recipient
        .groups
        .iter()
        .filter(|g| g.given)
        .map(code)
        .collect();
    let cited = recipient
        .groups
        .iter()
        .find(|g| g.given && !g.citation.is_empty());
    let cited = cited.map_or_else(String::new, |g| format!("  [{}]", g.citation));
    let given = if given.is_empty() {
        "–".into()
    } else {
        given.join(", ")
    };
    show::line(&show::heading(&format!(
        "{}: {given}{cited}",
        recipient.agency
    )));
    let mut said: Vec<&str> = Vec::new();
    for group in recipient.groups.iter().filter(|g| !g.given) {
        if said.contains(&group.reason.as_str()) {
            continue;
        }
        said.push(&group.reason);
        let same = recipient
            .groups
            .iter()
            .filter(|g| !g.given && g.reason == group.reason);
        let groups: Vec<&str> = same.map(code).collect();
        let words = match language {
            Language::English => &group.words,
            Language::Welsh => &group.words_cy,
        };
        show::line(&format!("  {} – {words}", groups.join(", ")));
    }
    if recipient.acknowledgement_outstanding {
        let told = Phrase::RemovalNotAcknowledged.say(language);
        show::line(&format!("  {told}"));
    }
}

pub(crate) async fn outstanding(of: OutstandingOf, json: bool) -> Result<(), Failure> {
    let folder = Folder::open(&of.access.hub.hub)?;
    let channel = client::projection_channel(&folder, folder.system_tls(&of.access.agency)?)?;
    let mut client = AccountabilityServiceClient::new(channel);
    let (mut left, mut page_token) = (of.count as usize, String::new());
    while left > 0 {
        let request = v1::OutstandingRequest {
            page_size: of.count.min(200),
            page_token,
            on_behalf_of: of.access.on_behalf_of.clone(),
            ..v1::OutstandingRequest::default()
        };
        let page = client.outstanding(request).await?.into_inner();
        for event in page.events.iter().take(left) {
            if json {
                print_json(event)?;
                continue;
            }
            let state = event.state().as_str_name();
            let state = state.trim_start_matches("ITEM_STATE_").to_lowercase();
            let agencies = event.agencies.join(", ");
            show::line(&format!("{} {state}: {agencies}", event.event_id));
        }
        left = left.saturating_sub(page.events.len());
        page_token = page.next_page_token;
        if page_token.is_empty() || show::has_ended() {
            break;
        }
    }
    if !json {
        show::line("and any others entitled");
    }
    Ok(())
}

pub(crate) async fn accesses(of: AccessesOf, json: bool) -> Result<(), Failure> {
    let folder = Folder::open(&of.access.hub.hub)?;
    let tls = if of.not_let_in {
        folder.governance_tls(&of.access.agency)?
    } else {
        folder.system_tls(&of.access.agency)?
    };
    let channel = client::projection_channel(&folder, tls)?;
    let request = v1::AccessLogRequest {
        event_id: of.event.unwrap_or_default(),
        page_size: of.count,
        on_behalf_of: of.access.on_behalf_of,
        ..v1::AccessLogRequest::default()
    };
    let mut client = AccountabilityServiceClient::new(channel);
    let answer = client.access_log(request).await?.into_inner();
    if json {
        return print_json(&answer);
    }
    for access in &answer.accesses {
        let refused = match (access.refused, access.not_let_in.as_str()) {
            (false, _) => String::new(),
            (true, "") => " refused".into(),
            (true, why) => format!(
                " not let in: {why} ×{} {}",
                access.times.max(1),
                access.system
            ),
        };
        let at = access.at.as_ref();
        let time = at.map_or_else(String::new, |at| {
            let of_day = at.seconds.rem_euclid(86_400);
            format!(
                "{:02}:{:02}:{:02}",
                of_day / 3_600,
                of_day / 60 % 60,
                of_day % 60
            )
        });
        let purpose = access
            .purpose()
            .as_str_name()
            .trim_start_matches("PURPOSE_");
        show::line(&format!(
            "{} {time} {:<12} {:<15}{refused} {} {}",
            day(at),
            access.agency,
            access.call,
            purpose.to_lowercase(),
            access.on_behalf_of,
        ));
    }
    if answer.and_any_others_entitled {
        show::line("and any others entitled");
    }
    Ok(())
}

pub(crate) async fn disclose(disclose: Disclose, json: bool) -> Result<(), Failure> {
    let folder = Folder::open(&disclose.access.hub.hub)?;
    let agency = &disclose.access.agency;
    let channel = client::agency_channel(&folder, agency, folder.duty_tls(agency)?)?;
    let groups = disclose
        .groups
        .iter()
        .filter_map(|code| FieldGroup::from_code(code));
    let now = time::OffsetDateTime::now_utc().unix_timestamp_nanos();
    let request = v1::DiscloseRequest {
        request_key: format!("emergency {now}"),
        on_behalf_of: disclose.access.on_behalf_of,
        disclosure: Some(v1::EmergencyDisclosure {
            event: Some(v1::Reference {
                event: Some(v1::reference::Event::EventId(disclose.event)),
                ..v1::Reference::default()
            }),
            disclosure: Some(v1::Disclosure {
                agencies: disclose.to,
                groups: groups.map(FieldGroup::number).collect(),
                until: None,
            }),
            reason: disclose.reason,
        }),
    };
    let answer = EmergencyServiceClient::new(channel)
        .disclose(request)
        .await?;
    let receipt = answer.into_inner().receipt.unwrap_or_default();
    print_receipt(&judged(&folder, agency, receipt).await?, json)
}
