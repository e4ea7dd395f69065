//! Everything that health can ask, with the answers as text: ids told as request keys, hashes, tokens and times left out.

use diogel_contract::v1::{
    self, accountability_service_client::AccountabilityServiceClient,
    reading_service_client::ReadingServiceClient,
};
use diogel_identity::Role;
use tonic::{Response, Status, transport::Channel};

use super::happens::{Happens, NUMBERS};
use crate::support::{
    Hub,
    given::{incident, local},
};

/// An event id that nobody made.
const NOBODYS: &str = "01990000-0000-7000-8000-000000000001";

type Ids = [(String, String)];

pub async fn asked(hub: &Hub, story: &[Happens], ids: &Ids) -> Vec<String> {
    let tls = hub.tls("health", Role::System, "case");
    let channel = Hub::channel(hub.address(), tls, Role::Projection);
    let mut asks = Asks {
        reads: hub.reads("health"),
        accounts: AccountabilityServiceClient::new(channel),
        ids,
        told: Vec::new(),
    };
    asks.checks().await;
    asks.pages().await;
    asks.summaries().await;
    asks.events(story).await;
    asks.previews().await;
    asks.accounts().await;
    asks.stream(hub).await;
    asks.told
}

struct Asks<'a> {
    reads: ReadingServiceClient<Channel>,
    accounts: AccountabilityServiceClient<Channel>,
    ids: &'a Ids,
    told: Vec<String>,
}

impl Asks<'_> {
    fn says<T: std::fmt::Debug>(&mut self, answer: Result<Response<T>, Status>) {
        let said = match answer {
            Ok(answer) => format!("{:?}", answer.into_inner()),
            Err(status) => format!("{:?} {:?}", status.code(), status.message()),
        };
        self.told.push(bare(&said, self.ids));
    }

    async fn checks(&mut self) {
        for number in NUMBERS.iter().chain(&["T-9"]) {
            let request = v1::CheckRequest {
                identifiers: vec![local("housing", number)],
                ..v1::CheckRequest::default()
            };
            let mut answer = self.reads.check(request).await;
            if let Ok(answer) = &mut answer {
                let check = answer.get_mut();
                for text in [&mut check.statement, &mut check.statement_cy] {
                    text.retain(|letter| !letter.is_ascii_digit());
                }
                timeless(&mut check.heard_to);
            }
            self.says(answer);
        }
    }

    async fn pages(&mut self) {
        let list = |page_size, kind: &str| v1::ListItemsRequest {
            page_size,
            kind: kind.into(),
            ..v1::ListItemsRequest::default()
        };
        for page_size in [1, 3, 50] {
            self.list(list(page_size, "")).await;
        }
        for kind in ["incident", "hazard_alert", "escalation"] {
            let of_kind = list(1, kind);
            self.list(of_kind.clone()).await;
            let open = kind != "incident";
            self.list(v1::ListItemsRequest { open, ..of_kind }).await;
        }
        for awaited in 1..=3 {
            let mut awaiting = list(1, "hazard_alert");
            awaiting.awaited = awaited;
            self.list(awaiting).await;
        }
        let own = true;
        self.list(v1::ListItemsRequest { own, ..list(2, "") }).await;
    }

    async fn list(&mut self, mut request: v1::ListItemsRequest) {
        loop {
            let answer = self.reads.list_items(request.clone()).await;
            let page = answer.as_ref().map(Response::get_ref);
            let token = page.map_or("", |page| &page.next_page_token).to_owned();
            self.says(answer);
            if token.is_empty() {
                break;
            }
            request.page_token = token;
        }
    }

    async fn summaries(&mut self) {
        for number in NUMBERS {
            let request = v1::MeetingSummaryRequest {
                identifiers: vec![local("housing", number)],
                ..v1::MeetingSummaryRequest::default()
            };
            let mut answer = self.reads.meeting_summary(request).await;
            if let Ok(answer) = &mut answer {
                let summary = answer.get_mut();
                summary.text = without_ids(&bare(&summary.text, self.ids));
                summary.text.retain(|letter| !letter.is_ascii_digit());
                timeless(&mut summary.heard_to);
            }
            self.says(answer);
        }
    }

    /// Each by its id in this world; one that was never published by one that nobody made.
    async fn events(&mut self, story: &[Happens]) {
        for happens in story {
            let key = &happens.request.request_key;
            let made = self.ids.iter().find(|(_, of)| of == key);
            let event_id = made.map_or(NOBODYS, |(id, _)| id).to_owned();
            let item = v1::GetItemRequest {
                event_id: event_id.clone(),
                ..v1::GetItemRequest::default()
            };
            let item = self.reads.get_item(item).await;
            self.says(item);
            let explain = v1::ExplainRequest {
                event_id: event_id.clone(),
                ..v1::ExplainRequest::default()
            };
            let explained = self.accounts.explain(explain).await;
            self.says(explained);
            let looked = v1::AccessLogRequest {
                event_id,
                ..v1::AccessLogRequest::default()
            };
            let looked = self.accounts.access_log(looked).await;
            self.says(looked);
        }
    }

    async fn previews(&mut self) {
        for number in NUMBERS {
            let mut draft = incident("draft", &["housing"], number);
            let involved = v1::Grant {
                to: Some(v1::grant::To::Involved(v1::Involved::default())),
                ..v1::Grant::default()
            };
            draft.audience.as_mut().unwrap().grants.push(involved);
            let request = v1::PreviewRequest {
                draft: Some(draft),
                attending: vec!["police".into()],
                ..v1::PreviewRequest::default()
            };
            let answer = self.accounts.preview(request).await;
            self.says(answer);
        }
    }

    async fn accounts(&mut self) {
        let outstanding = self
            .accounts
            .outstanding(v1::OutstandingRequest::default())
            .await;
        self.says(outstanding);
        // What it asked itself: an id that it may not see is told as it was asked for, so only their number is the same.
        let own = self
            .accounts
            .access_log(v1::AccessLogRequest::default())
            .await;
        let calls = own.map(|own| own.into_inner().accesses.len());
        self.told.push(format!("{calls:?}"));
    }

    async fn stream(&mut self, hub: &Hub) {
        let mut watch = hub.watches("health", v1::WatchRequest::default()).await;
        // Long enough for a machine that does other things too: a stream has no end to wait for.
        let quiet = std::time::Duration::from_secs(2);
        while let Ok(next) = tokio::time::timeout(quiet, watch.next()).await {
            let mut next = next.unwrap();
            next.cursor.clear();
            self.told.push(bare(&format!("{next:?}"), self.ids));
        }
    }
}

/// When an agency was heard last, and whether that is long ago, is its service's doing: it says so on a fixed clock.
fn timeless(heard_to: &mut [v1::HeardTo]) {
    for heard in heard_to {
        (heard.at, heard.silent) = (None, false);
    }
}

/// Without the short ids in a summary's list of the events that it cites.
fn without_ids(summary: &str) -> String {
    let cited = |line: &str| match (line.split_once(" = "), line.split_once(", ")) {
        (Some((key, _)), Some((_, rest))) => format!("{key}, {rest}"),
        _ => line.to_owned(),
    };
    summary.lines().map(cited).collect::<Vec<_>>().join("\n")
}

/// Without what differs from hub to hub.
fn bare(text: &str, ids: &Ids) -> String {
    let mut text = text.to_owned();
    for (id, key) in ids {
        text = text.replace(id, key);
    }
    let mut bare = String::new();
    for word in text.split_inclusive(|letter: char| !letter.is_ascii_alphanumeric()) {
        let (end, of) = match word.char_indices().last() {
            Some((at, last)) if !last.is_ascii_alphanumeric() => (&word[at..], &word[..at]),
            _ => ("", word),
        };
        let hidden = is_made_up(of) || (bare.ends_with("seconds: ") || bare.ends_with("nanos: "));
        bare += if hidden { "#" } else { of };
        bare += end;
    }
    bare
}

/// A hash, a token, an id of the hub's own.
fn is_made_up(word: &str) -> bool {
    word.len() >= 16 && word.bytes().all(|b| b.is_ascii_hexdigit())
}
