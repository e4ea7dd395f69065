//! What changes the rules: protocols amended, signed, left and ended; agencies suspended and restored.

use diogel_domain::{board::BoardEvent, content::Open, ids::EventId};

use super::{PROTOCOL, Teller, agency};

impl Teller {
    pub(super) fn rule(&mut self, by: &str) -> EventId {
        match self.dice.roll(8) {
            0..=2 => self.amends(),
            3 => self
                .story
                .says(by, Open::ProtocolLeft("T-01".to_owned()), &[]),
            4 | 5 => {
                let text = self.protocols.last().cloned().unwrap_or_default();
                self.story.signs(by, &text)
            }
            6 if self.dice.one_in(3) => self
                .story
                .board(BoardEvent::ProtocolEnded("T-01".to_owned())),
            _ => {
                let suspended = self.dice.one_in(2);
                let agency = agency(by);
                self.story
                    .board(BoardEvent::AgencyStatusChanged { agency, suspended })
            }
        }
    }

    /// Wider or narrower, reaching back or not; most parties sign at once.
    fn amends(&mut self) -> EventId {
        let version = format!("version = {}", self.protocols.len() + 1);
        let mut text = PROTOCOL.replace("version = 1", &version);
        for (of, most) in [
            ("\"place\", ", 3),
            ("\"identity\", ", 5),
            ("\"incident\", ", 8),
        ] {
            if self.dice.one_in(most) {
                text = text.replace(of, "");
            }
        }
        if self.dice.one_in(2) {
            text = text.replace("review_by", "reaches_back_to = \"2026-01-01\"\nreview_by");
        }
        if self.dice.one_in(3) {
            let condition = self.dice.pick(&["involved", "attending"]);
            text += &second(condition);
            if self.dice.one_in(2) {
                text = text.replacen("\"narrative\", ", "", 1);
            }
        }
        if self.dice.one_in(6) {
            text = text.replace("sector:social-care", "sector:health");
        }
        self.protocols.push(text.clone());
        let adopted = self.story.board(BoardEvent::ProtocolAdopted(text.clone()));
        for party in ["social-care", "police", "health", "housing", "education"] {
            if !self.dice.one_in(6) {
                self.story.signs(party, &text);
            }
        }
        adopted
    }
}

/// A flow that carries all of it on a condition.
fn second(condition: &str) -> String {
    let (_, flow) = PROTOCOL.split_once("[[flow]]").unwrap();
    let flow = flow.replace("number = 1", "number = 2");
    format!("\n[[flow]]\ncondition = \"{condition}\"{flow}")
}
