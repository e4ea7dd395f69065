//! The register of professional disagreements, as an agency or the Board may see it: what is due first stands first. Never what is argued.

use std::cmp::Reverse;

use diogel_contract::{
    read,
    v1::{self, item},
};
use diogel_domain::{
    codes::{Deed, EscalationOutcome, EscalationTopic, Language},
    times::Day,
};
use diogel_texts::{
    Filled,
    account::{
        Phrase, RegisterDue, RegisterNear, RegisterOver, RegisterPassed, RegisterProposes,
        RegisterStage,
    },
    dates,
};

use crate::{
    arguments::{Escalations, language},
    client,
    failure::Failure,
    reading::print_json,
    show,
};

pub(crate) async fn run(of: Escalations, json: bool) -> Result<(), Failure> {
    let mut client = client::reading(&of.access)?;
    let mut items = Vec::new();
    let mut page_token = String::new();
    loop {
        let request = v1::ListItemsRequest {
            page_size: 200,
            page_token,
            kind: "escalation".into(),
            open: !of.all,
            on_behalf_of: of.access.on_behalf_of.clone(),
            ..v1::ListItemsRequest::default()
        };
        let page = client.list_items(request).await?.into_inner();
        items.extend(page.items);
        page_token = page.next_page_token;
        if page_token.is_empty() {
            break;
        }
    }
    let mut listed: Vec<_> = items.iter().filter_map(listed).collect();
    listed.sort_by_key(|(item, now)| {
        let due = now.due.as_ref().and_then(|due| due.at.map(|at| at.seconds));
        let ended = now.ended_at.as_ref().map(|at| at.seconds);
        (ended.is_some(), due, Reverse(ended), item.event_id.clone())
    });
    if json {
        return listed.iter().try_for_each(|(item, _)| print_json(*item));
    }
    let language = language(&of.language);
    if listed.is_empty() {
        show::line(Phrase::RegisterNone.say(language));
    }
    for (item, now) in listed {
        show::line(&line(item, now, language));
    }
    Ok(())
}

/// One that stands, with how.
fn listed(item: &v1::Item) -> Option<(&v1::Item, &v1::EscalationNow)> {
    let stands = !matches!(
        item.state(),
        v1::ItemState::Corrected | v1::ItemState::EnteredInError | v1::ItemState::Erased
    );
    match &item.standing {
        Some(item::Standing::EscalationNow(now)) if stands => Some((item, now)),
        _ => None,
    }
}

fn line(item: &v1::Item, now: &v1::EscalationNow, language: Language) -> String {
    let parts = [Some(topic(item, language)), Some(standing(now, language))];
    let parts = parts.into_iter().chain([
        due(now, language),
        (now.proposes > 0).then(|| {
            let number = &now.proposes.to_string();
            RegisterProposes { number }.say(language)
        }),
        now.dissent
            .then(|| Phrase::RegisterDissent.say(language).to_owned()),
    ]);
    let said: Vec<String> = parts.flatten().filter(|part| !part.is_empty()).collect();
    format!(
        "{} {:<12} {}",
        item.event_id,
        item.originator,
        said.join("; ")
    )
}

fn topic(item: &v1::Item, language: Language) -> String {
    let dispute = match &item.content {
        Some(item::Content::Escalation(escalation)) => escalation.dispute.as_ref(),
        _ => None,
    };
    let topic = dispute.and_then(|dispute| EscalationTopic::from_number(dispute.topic));
    topic.map_or("", |topic| topic.label(language)).to_owned()
}

fn standing(now: &v1::EscalationNow, language: Language) -> String {
    let ended = now.ended_at.as_ref().and_then(read::moment);
    let Some(ended) = ended else {
        let acts = match language {
            Language::English => &now.stage_name,
            Language::Welsh => &now.stage_name_cy,
        };
        let number = &now.stage.to_string();
        return RegisterStage { number, acts }.say(language);
    };
    let outcome = EscalationOutcome::from_number(now.outcome).map(|o| o.label(language));
    let deed = Deed::from_number(now.ended_by).map(|deed| deed.label(language));
    let how = outcome.or(deed).unwrap_or("?");
    let on = &dates::long(dates::day(ended), language);
    RegisterOver { how, on }.say(language)
}

fn due(now: &v1::EscalationNow, language: Language) -> Option<String> {
    let due = now.due.as_ref().filter(|_| now.ended_at.is_none())?;
    let on = &dates::long(Day::parse(&due.day)?, language);
    Some(match due.timing() {
        v1::Timing::Passed => RegisterPassed { on }.say(language),
        v1::Timing::Near => RegisterNear { on }.say(language),
        v1::Timing::Ahead | v1::Timing::Unspecified => RegisterDue { on }.say(language),
    })
}
