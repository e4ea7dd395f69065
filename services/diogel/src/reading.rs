//! Reading as an agency's system: check, view, watch, summary, agencies.

use diogel_contract::{
    json,
    v1::{self, reading_service_client::ReadingServiceClient, watch_response::Change},
};
use diogel_domain::{
    codes::{IdentifierScheme, Language, Sector, ThreatForm},
    lifecycle::alert::Awaited,
};
use prost::{Message, Name};
use tokio_stream::StreamExt;
use tonic::transport::Channel;

use crate::{
    arguments::{Check, Hub, Identifiers, Summary, View, Watch, language},
    checked, chronology, client,
    failure::Failure,
    folder::Folder,
    show,
};

impl Identifiers {
    fn read(&self) -> Result<Vec<v1::Identifier>, Failure> {
        let mut all: Vec<v1::Identifier> = Vec::new();
        all.extend(
            self.nhs
                .iter()
                .map(|v| identifier(IdentifierScheme::NhsNumber, v, "")),
        );
        all.extend(
            self.upn
                .iter()
                .map(|v| identifier(IdentifierScheme::Upn, v, "")),
        );
        all.extend(
            self.uprn
                .iter()
                .map(|v| identifier(IdentifierScheme::Uprn, v, "")),
        );
        for text in &self.local {
            let (agency, value) = text
                .split_once(':')
                .ok_or_else(|| Failure::Usage("--local takes AGENCY:REFERENCE".into()))?;
            all.push(identifier(IdentifierScheme::Local, value, agency));
        }
        Ok(all)
    }

    pub(crate) fn required(&self) -> Result<Vec<v1::Identifier>, Failure> {
        let all = self.read()?;
        if all.is_empty() {
            return Err(Failure::Usage(
                "give at least one of --nhs, --upn, --uprn, --local".into(),
            ));
        }
        Ok(all)
    }
}

pub(crate) fn print_json<M: Message + Name>(message: &M) -> Result<(), Failure> {
    show::line(&json::write(message).map_err(Failure::other)?.to_string());
    Ok(())
}

pub(crate) async fn check(check: Check, json: bool) -> Result<(), Failure> {
    let request = v1::CheckRequest {
        identifiers: check.identifiers.required()?,
        purpose: v1::Purpose::WorkerSafety as i32,
        on_behalf_of: check.access.on_behalf_of.clone(),
        as_of: check.as_of.as_of,
        planned_at: check.planned_at,
    };
    let mut client = client::reading(&check.access)?;
    let answer = client.check(request).await?.into_inner();
    if json {
        print_json(&answer)?;
    } else {
        checked::print(
            &answer,
            check.planned_at.as_ref(),
            language(&check.language),
        );
    }
    if check.acknowledge {
        acknowledge(&mut client, &answer, check.access.on_behalf_of).await?;
    }
    Ok(())
}

async fn acknowledge(
    client: &mut ReadingServiceClient<Channel>,
    answer: &v1::CheckResponse,
    on_behalf_of: String,
) -> Result<(), Failure> {
    let ids = answer.findings.iter().map(|f| f.event_id.clone());
    let request = v1::AcknowledgeCheckRequest {
        checked_at: answer.checked_at,
        event_ids: ids.filter(|id| !id.is_empty()).take(200).collect(),
        purpose: v1::Purpose::WorkerSafety as i32,
        on_behalf_of,
    };
    client.acknowledge_check(request).await?;
    Ok(())
}

pub(crate) fn day(timestamp: Option<&diogel_contract::Timestamp>) -> String {
    let moment = timestamp.and_then(diogel_contract::read::moment);
    moment.map_or_else(|| "date not told".into(), |m| m.day().to_string())
}

pub(crate) async fn view(view: View, json: bool) -> Result<(), Failure> {
    let mut client = client::reading(&view.access)?;
    if let Some(event_id) = view.event {
        let answer = client
            .get_item(v1::GetItemRequest {
                event_id,
                as_of: view.as_of.as_of,
                on_behalf_of: view.access.on_behalf_of,
                purpose: 0,
            })
            .await?
            .into_inner();
        let item = json::write(&answer.item.unwrap_or_default()).map_err(Failure::other)?;
        let text = if json {
            item.to_string()
        } else {
            format!("{item:#}")
        };
        show::line(&text);
        return Ok(());
    }
    let identifiers = view.identifiers.read()?;
    let awaited = view.awaited.as_deref().and_then(Awaited::from_code);
    let mut left = view.count;
    let mut page_token = String::new();
    while left > 0 {
        let request = v1::ListItemsRequest {
            page_size: left.min(200),
            page_token,
            identifiers: identifiers.clone(),
            kind: view.kind.clone().unwrap_or_default(),
            as_of: view.as_of.as_of,
            on_behalf_of: view.access.on_behalf_of.clone(),
            purpose: 0,
            open: view.open,
            own: view.own,
            awaited: awaited.map_or(0, Awaited::number),
        };
        let page = client.list_items(request).await?.into_inner();
        for item in page.items.iter().take(left as usize) {
            if json {
                print_json(item)?;
            } else {
                show::line(&item_line(item));
            }
        }
        left = left.saturating_sub(u32::try_from(page.items.len()).unwrap_or(left));
        page_token = page.next_page_token;
        if page_token.is_empty() || show::has_ended() {
            break;
        }
    }
    Ok(())
}

fn item_line(item: &v1::Item) -> String {
    let state = match item.state() {
        v1::ItemState::Current | v1::ItemState::Unspecified => String::new(),
        other => format!(
            " [{}]",
            other
                .as_str_name()
                .trim_start_matches("ITEM_STATE_")
                .to_lowercase()
        ),
    };
    let state = if item.key_withdrawn {
        format!("{state} [key withdrawn: ask {}]", item.originator)
    } else {
        state
    };
    let at = day(item.ordered_at.as_ref());
    let text = item_text(item, Language::English);
    format!(
        "{} {at} {:<12} {:<12}{state} {text}",
        item.event_id, item.originator, item.kind
    )
}

/// What an item says, in short, on one line whatever the text's own lines are.
pub(crate) fn item_text(item: &v1::Item, language: Language) -> String {
    use v1::item::Content;
    let text = match &item.content {
        Some(Content::Incident(report)) => {
            let threats = report
                .safety
                .iter()
                .flat_map(|s| &s.threats)
                .filter_map(|t| ThreatForm::from_number(*t));
            let threats: Vec<&str> = threats.map(|t| t.label(language)).collect();
            let said = report
                .narrative
                .as_ref()
                .map(|n| n.what_happened.as_str())
                .unwrap_or_default();
            [threats.join(", "), said.to_owned()].join(" ")
        }
        Some(Content::HazardAlert(alert)) => {
            let precautions = alert.safety.iter().flat_map(|s| &s.precautions);
            precautions
                .map(|p| diogel_wording::precaution(p, language))
                .collect::<Vec<_>>()
                .join(", ")
        }
        Some(Content::Escalation(e)) => e
            .dispute
            .as_ref()
            .map(|d| d.disagreement.clone())
            .unwrap_or_default(),
        Some(Content::Correction(c)) => c.reason.clone(),
        Some(Content::Involvement(c)) => format!("{} {}", c.reason, c.planned_contact),
        Some(Content::Meeting(m)) => format!("{} {}", m.attending.join(", "), m.occasion),
        Some(Content::AccessRequest(r)) => r.reason.clone(),
        Some(Content::AudienceChanged(c)) => c.reason.clone(),
        Some(Content::SharingDeclined(d)) => d.reason.clone(),
        Some(Content::EmergencyDisclosure(d)) => d.reason.clone(),
        Some(Content::SafetyPlan(plan)) => {
            let measures = plan.measures.iter().map(|m| m.what.as_str());
            measures.collect::<Vec<_>>().join("; ")
        }
        Some(Content::Contact(c)) => format!("{} {}", c.outcome().label(language), c.note),
        Some(Content::EngagementNeeds(n)) => format!("{} {}", n.language, n.access),
        Some(Content::Advocacy(a)) => format!(
            "{} {}",
            a.what().label(language),
            a.response().label(language)
        ),
        Some(Content::ChangeClaimed(c)) => format!("{}, since {}", c.what, c.since),
        Some(Content::Strength(s)) => s.what.clone(),
        Some(Content::InformationRequest(r)) => r.what.clone(),
        Some(Content::Step(step)) => {
            format!("{} {}", step.deed().label(language), step_words(step))
        }
        None => String::new(),
    };
    let one_line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    one_line.chars().take(90).collect()
}

/// A code of the wire that the domain labels.
trait Coded {
    /// What people read.
    fn label(self, language: Language) -> &'static str;
}

macro_rules! coded {
    ($($list:ident)+) => {$(
        impl Coded for v1::$list {
            fn label(self, language: Language) -> &'static str {
                let code = diogel_domain::codes::$list::from_number(self as i32);
                code.map_or("", |code| code.label(language))
            }
        }
    )+};
}
coded! { ContactOutcome Deed Offer OfferResponse }

fn step_words(step: &v1::Step) -> &str {
    use v1::step::Said;
    match &step.said {
        Some(Said::Alert(said)) => &said.words,
        Some(Said::Incident(said)) => &said.words,
        Some(Said::Escalation(said)) => &said.words,
        Some(Said::Plan(said)) => &said.words,
        Some(Said::Change(said)) => &said.words,
        Some(Said::Meeting(said)) => said.closing.as_ref().map_or("", |c| &c.decided),
        Some(Said::Information(said)) => &said.words,
        Some(Said::Statement(said)) => &said.words,
        None => "",
    }
}

pub(crate) async fn watch(watch: Watch, json: bool) -> Result<(), Failure> {
    let mut client = client::reading(&watch.access)?;
    let request = v1::WatchRequest {
        cursor: watch.cursor,
        from_now: watch.from_now,
        on_behalf_of: watch.access.on_behalf_of,
        purpose: 0,
    };
    let mut stream = client.watch(request).await?.into_inner();
    let (mut cursor, mut changes) = (String::new(), 0);
    while watch.count.is_none_or(|most| changes < most) && !show::has_ended() {
        let message = tokio::select! {
            message = stream.next() => message,
            _ = tokio::signal::ctrl_c() => break,
        };
        let Some(message) = message.transpose().map_err(|e| go_on(e.into(), &cursor))? else {
            let text = "the projection has ended the watch";
            return Err(go_on(Failure::Unavailable(text.into()), &cursor));
        };
        cursor.clone_from(&message.cursor);
        changes += u64::from(!matches!(message.change, Some(Change::Alive(_)) | None));
        if json {
            print_json(&message)?;
        } else if let Some(line) = message.change.as_ref().and_then(change_line) {
            show::line(&line);
        }
    }
    if !cursor.is_empty() && !json {
        show::note(&format!("go on with --cursor {cursor}"));
    }
    Ok(())
}

/// A watch that broke off says where it was.
fn go_on(failure: Failure, cursor: &str) -> Failure {
    if !cursor.is_empty() {
        show::note(&format!("broken off; go on with --cursor {cursor}"));
    }
    failure
}

fn change_line(change: &Change) -> Option<String> {
    match change {
        Change::Item(item) => Some(item_line(item)),
        Change::Retraction(gone) => {
            let why = match gone.state() {
                v1::ItemState::Corrected => "it was corrected",
                v1::ItemState::EnteredInError => "it was entered in error",
                v1::ItemState::Erased => "its content was erased",
                _ => "it is no longer yours to see",
            };
            Some(format!("{} removed: {why}", gone.event_id))
        }
        Change::Read(notice) => Some(chronology::notice_line(notice)),
        Change::Restarted(_) => Some("the view was built anew: from the start".into()),
        Change::Alive(_) => None,
    }
}

pub(crate) async fn summary(summary: Summary, json: bool) -> Result<(), Failure> {
    let rendering = match summary.whom.as_str() {
        "chair" => v1::SummaryRendering::Chair,
        "family" => v1::SummaryRendering::Family,
        _ => v1::SummaryRendering::Professionals,
    };
    let family = summary.family.iter().map(|text| family_member(text));
    let request = v1::MeetingSummaryRequest {
        identifiers: summary.identifiers.required()?,
        attending: summary.attending,
        purpose: v1::Purpose::MultiAgencyMeeting as i32,
        language: summary.language,
        on_behalf_of: summary.access.on_behalf_of.clone(),
        as_of: summary.as_of.as_of,
        rendering: rendering.into(),
        meeting: summary.meeting,
        family: family.collect::<Result<_, Failure>>()?,
        others_present: summary.also_present,
        form: summary.page.asked(json).into(),
    };
    let folder = Folder::open(&summary.access.hub.hub)?;
    let answer = client::reading_of(&folder, &summary.access.agency)?
        .meeting_summary(request)
        .await?
        .into_inner();
    let agency = &summary.access.agency;
    let put = summary
        .page
        .put(&folder, agency, &answer.text, answer.document);
    put.await
}

/// "Ceri Rees=nhs:9990012172,local:housing:T-77": a name, and what is known of whoever has it.
fn family_member(text: &str) -> Result<v1::FamilyMember, Failure> {
    let (name, known) = text.split_once('=').unwrap_or((text, ""));
    let known = known.split(',').filter(|one| !one.is_empty());
    let identifiers = known.map(|one| {
        let wrong = || {
            let text =
                "--family takes NAME=SCHEME:VALUE,…; a scheme is nhs, upn, uprn, or local:AGENCY";
            Failure::Usage(text.into())
        };
        let (scheme, value) = one.split_once(':').ok_or_else(wrong)?;
        match scheme {
            "nhs" => Ok(identifier(IdentifierScheme::NhsNumber, value, "")),
            "upn" => Ok(identifier(IdentifierScheme::Upn, value, "")),
            "uprn" => Ok(identifier(IdentifierScheme::Uprn, value, "")),
            "local" => {
                let (agency, value) = value.split_once(':').ok_or_else(wrong)?;
                Ok(identifier(IdentifierScheme::Local, value, agency))
            }
            _ => Err(wrong()),
        }
    });
    Ok(v1::FamilyMember {
        name: name.to_owned(),
        identifiers: identifiers.collect::<Result<_, Failure>>()?,
    })
}

fn identifier(scheme: IdentifierScheme, value: &str, agency: &str) -> v1::Identifier {
    v1::Identifier {
        scheme: scheme.number(),
        value: value.to_owned(),
        agency: agency.to_owned(),
    }
}

pub(crate) fn agencies(hub: &Hub, json: bool) -> Result<(), Failure> {
    for profile in Folder::open(&hub.hub)?.profiles()? {
        let sector = Sector::label(profile.sector, Language::English);
        show::line(&if json {
            let (name, name_cy) = (&profile.name, &profile.name_cy);
            serde_json::json!({ "id": profile.id.as_str(), "name": name, "nameCy": name_cy, "sector": profile.sector.code() }).to_string()
        } else {
            format!(
                "{:<14} {} / {} ({sector})",
                profile.id.as_str(),
                profile.name,
                profile.name_cy
            )
        });
    }
    Ok(())
}
