//! Every call as everybody. Owns the order of things: certificates first, then connections that stay open, then the revocations,
//! then the calls; so that who was let in before is seen to be put out.

use std::collections::BTreeMap;

use diogel_e2e::{Board, SOON, until};
use diogel_identity::Principal;
use prost::bytes::Bytes;
use tonic::transport::Channel;

use crate::calls::{Answer, call};
use crate::certificates::Office;
use crate::connecting::{channel, tls};
use crate::identities::{Fault, Identity};
use crate::messages::{Asked, Subject};
use crate::services::{Method, PROCESSES, all};

/// What one identity was answered, by [`Asked::ALL`].
pub type Cell = Vec<Answer>;

/// One call at one process.
pub struct Row {
    pub process: &'static str,
    pub method: String,
    /// The process serves it.
    pub served: bool,
    /// Whom it is for.
    pub rights: Vec<Identity>,
    /// By [`Identity::all`].
    pub cells: Vec<Cell>,
}

/// Of what the calls ask.
pub struct Subjects {
    pub there: Subject,
    pub absent: Subject,
}

/// Makes the calls.
pub struct Matrix<'a> {
    board: &'a Board,
    office: Office,
    subjects: Subjects,
    methods: Vec<Method>,
    channels: BTreeMap<String, Channel>,
}

impl<'a> Matrix<'a> {
    /// Of a running board.
    pub fn new(board: &'a Board, subjects: Subjects) -> Self {
        Self {
            board,
            office: Office::open(board),
            subjects,
            methods: all(),
            channels: BTreeMap::new(),
        }
    }

    /// Everybody's answers.
    pub async fn rows(mut self) -> Vec<Row> {
        for (process, right) in self.rights() {
            for identity in Identity::all() {
                self.connect(process, identity, &right);
            }
        }
        self.let_in_before().await;
        self.revoke().await;
        let this = &self;
        let rows = PROCESSES.map(async |process| this.rows_of(process).await);
        let [agency, board, projection, replica] = rows;
        let rows = tokio::join!(agency, board, projection, replica);
        [rows.0, rows.1, rows.2, rows.3]
            .into_iter()
            .flatten()
            .collect()
    }

    /// Who would be let in, at each process and for each of its services.
    fn rights(&self) -> Vec<(&'static str, Principal)> {
        let mut found = Vec::new();
        for process in PROCESSES {
            for method in &self.methods {
                let right = self.right(process, method);
                if !found.contains(&(process, right.clone())) {
                    found.push((process, right));
                }
            }
        }
        found
    }

    fn right(&self, process: &'static str, method: &Method) -> Principal {
        method.service.principal(self.office.board(), process)
    }

    fn connect(&mut self, process: &str, identity: Identity, right: &Principal) {
        let channel = self.fresh(process, identity, right);
        let key = key(process, identity, right);
        self.channels.entry(key).or_insert(channel);
    }

    fn fresh(&mut self, process: &str, identity: Identity, right: &Principal) -> Channel {
        let credentials = self.office.credentials(identity, right);
        let tls = tls(&self.office.ca(), credentials.as_ref());
        channel(self.board.address(process), tls)
    }

    fn channel(&self, process: &str, identity: Identity, right: &Principal) -> &Channel {
        &self.channels[&key(process, identity, right)]
    }

    /// Health is what every process has: whoever isn't answered is refused in words, or has no connection.
    async fn health(&self, channel: &Channel) -> Answer {
        let check = |method: &&Method| method.path().ends_with("Health/Check");
        let check = self.methods.iter().find(check).expect("a call");
        call(channel, check, Bytes::new()).await
    }

    /// Those whose certificates are revoked later have a connection by then.
    async fn let_in_before(&self) {
        for (process, right) in self.rights() {
            let later = Identity::Faulty(Fault::RevokedLater);
            let answer = self.health(self.channel(process, later, &right)).await;
            assert_eq!(answer.word(), "denied", "{process} {right}: {answer:?}");
        }
    }

    async fn revoke(&mut self) {
        let rights = self.rights();
        for (_, right) in &rights {
            self.office.revoke(right);
        }
        for (process, right) in &rights {
            self.is_refused(process, right).await;
        }
    }

    /// By a new connection each time: on one that is open there is an answer, though it be a refusal.
    async fn is_refused(&mut self, process: &str, right: &Principal) {
        until("a revoked certificate is refused", SOON, async || {
            let channel = self.fresh(process, Identity::Faulty(Fault::Revoked), right);
            let answer = self.health(&channel).await;
            (answer.word() == "no TLS").then_some(())
        })
        .await;
    }

    async fn rows_of(&self, process: &'static str) -> Vec<Row> {
        let mut rows = Vec::new();
        for method in &self.methods {
            let right = self.right(process, method);
            let mut rights = Identity::all();
            rights.retain(|identity| method.service.is_for(process, *identity));
            let mut cells = Vec::new();
            for identity in Identity::all() {
                let channel = self.channel(process, identity, &right);
                cells.push(self.cell(channel, method, &right).await);
            }
            rows.push(Row {
                process,
                method: method.path(),
                served: method.service.is_at(process),
                rights,
                cells,
            });
        }
        rows
    }

    async fn cell(&self, channel: &Channel, method: &Method, right: &Principal) -> Cell {
        let mut cell = Vec::new();
        for asked in Asked::ALL {
            let message = self.message(method, asked, right);
            cell.push(call(channel, method, message).await);
        }
        cell
    }

    /// About the agency that may ask: whoever else is let in would ask for what is another's.
    fn message(&self, method: &Method, asked: Asked, right: &Principal) -> Bytes {
        let subject = match asked {
            Asked::Nothing => return Bytes::new(),
            Asked::There => &self.subjects.there,
            Asked::Absent => &self.subjects.absent,
        };
        let input = method.input.as_ref();
        input.map_or_else(Bytes::new, |input| subject.message(input, right.agency()))
    }
}

fn key(process: &str, identity: Identity, right: &Principal) -> String {
    match identity {
        Identity::Known(..) => format!("{process} {identity}"),
        Identity::Faulty(_) => format!("{process} {identity} {right}"),
    }
}
