//! What a test does at a board as an agency would: publishes, reads, asks what became of it.

use std::collections::BTreeMap;

use diogel_contract::v1::{
    self, get_receipt_request::Event, publishing_service_client::PublishingServiceClient,
    reading_service_client::ReadingServiceClient,
};
use serde_json::Value;
use tonic::{Status, transport::Channel};

use crate::board::{Board, PROJECTION};
use crate::waiting::{SOON, until};
use crate::{clients, offline};

impl Board {
    /// Publishes as an agency's system.
    pub fn publisher(&self, agency: &str) -> PublishingServiceClient<Channel> {
        clients::publishing(&self.root(), agency, &self.addresses[agency])
    }

    /// Reads as an agency's system.
    pub fn reader(&self, agency: &str) -> ReadingServiceClient<Channel> {
        self.reader_at(PROJECTION, agency)
    }

    /// Reads as an agency's system, at the projection or a replica.
    pub fn reader_at(&self, service: &str, agency: &str) -> ReadingServiceClient<Channel> {
        clients::reading(&self.root(), agency, &self.addresses[service])
    }

    /// Publishes, which must succeed.
    pub async fn publish(&self, agency: &str, request: v1::PublishRequest) -> v1::Receipt {
        let answer = self.publisher(agency).publish(request).await;
        answer
            .expect("a receipt")
            .into_inner()
            .receipt
            .expect("a receipt")
    }

    /// Publishes one after the other, each at its agency; all must succeed.
    pub async fn publish_all(
        &self,
        requests: Vec<(String, v1::PublishRequest)>,
    ) -> Vec<v1::Receipt> {
        let mut clients = BTreeMap::new();
        let mut receipts = Vec::new();
        for (agency, request) in requests {
            let client = clients
                .entry(agency.clone())
                .or_insert_with(|| self.publisher(&agency));
            let answer = client.publish(request).await.expect("a receipt");
            receipts.push(answer.into_inner().receipt.expect("a receipt"));
        }
        receipts
    }

    /// What became of an event.
    pub async fn receipt(&self, agency: &str, event_id: &str) -> Result<v1::Receipt, Status> {
        let event = Some(Event::EventId(event_id.into()));
        let answer = self
            .publisher(agency)
            .get_receipt(v1::GetReceiptRequest { event })
            .await?;
        Ok(answer.into_inner().receipt.expect("a receipt"))
    }

    /// An event's content key, as the projection is given it; none once it was destroyed.
    pub async fn content_key(&self, agency: &str, receipt: &v1::Receipt) -> Option<Vec<u8>> {
        let mut client = clients::keys(&self.root(), &self.addresses[agency]);
        let id = offline::bytes_of(&receipt.event_id);
        let request = v1::GetContentKeysRequest {
            event_ids: vec![id.into()],
        };
        let answer = client.get_content_keys(request).await.expect("an answer");
        let key = answer.into_inner().keys.remove(0);
        (key.state() == v1::ContentKeyState::Held).then(|| key.key.to_vec())
    }

    /// Waits until every one of these events has been folded, and its agency was told what became of it.
    pub async fn settled(&self, receipts: &[v1::Receipt]) {
        let mut last = BTreeMap::new();
        for receipt in receipts {
            let known = last.entry(&receipt.agency).or_insert(receipt);
            if (known.epoch, known.agency_seq) < (receipt.epoch, receipt.agency_seq) {
                *known = receipt;
            }
        }
        for (agency, receipt) in last {
            until(&format!("{agency}'s events are folded"), SOON, async || {
                let told = self.receipt(agency, &receipt.event_id).await.ok()?;
                (told.state >= v1::EventState::Effective as i32).then_some(())
            })
            .await;
        }
    }

    /// Stops every service, builds the views anew and answers their digest: the same as before, or the test fails (P4).
    pub fn rebuilt(&mut self) -> String {
        self.stop_all();
        let told: Value = serde_json::from_str(&self.run(&["rebuild", "--json"])).expect("json");
        assert_eq!(told["sameAsBefore"], Value::Bool(true), "{told}");
        told["digest"].as_str().expect("a digest").to_owned()
    }
}
