//! Order logs for tests: one that keeps everything in memory, can be away, and that two projections can share.

use std::sync::{Arc, Mutex};

use bytes::Bytes;
use diogel_event_log::log::{LogError, OrderLog};
use tokio::sync::watch;

type BoxFuture<'a, T> = std::pin::Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Which order log a projection gets.
#[derive(Clone, Default)]
pub enum Order {
    /// As an embedded hub.
    #[default]
    None,
    /// A stream in memory.
    Stream(Arc<Shared>),
}

/// The order stream, in memory.
pub struct Shared {
    records: Mutex<Vec<Bytes>>,
    len: watch::Sender<u64>,
    away: watch::Sender<bool>,
}

impl Default for Shared {
    fn default() -> Self {
        Self {
            records: Mutex::default(),
            len: watch::Sender::new(0),
            away: watch::Sender::new(false),
        }
    }
}

impl Shared {
    pub fn set_away(&self, away: bool) {
        self.away.send_replace(away);
    }

    pub fn len(&self) -> u64 {
        *self.len.borrow()
    }

    /// Loses everything after a position, as a stream rolled back to an older copy.
    pub fn roll_back(&self, to: u64) {
        self.records
            .lock()
            .unwrap()
            .truncate(usize::try_from(to).unwrap());
        self.len.send_replace(to);
    }

    /// Puts other bytes in the place of a record.
    pub fn replace(&self, position: u64, with: Bytes) {
        let index = usize::try_from(position - 1).unwrap();
        self.records.lock().unwrap()[index] = with;
    }

    /// Adds whatever it is.
    pub fn push(&self, record: Bytes) {
        self.records.lock().unwrap().push(record);
        self.len.send_modify(|len| *len += 1);
    }

    fn here(&self) -> Result<(), LogError> {
        if *self.away.borrow() {
            return Err(LogError::Unavailable("away".into()));
        }
        Ok(())
    }
}

impl OrderLog for Shared {
    fn head(&self) -> BoxFuture<'_, Result<u64, LogError>> {
        let head = self.here().map(|()| self.len());
        Box::pin(std::future::ready(head))
    }

    fn append(&self, first: u64, records: Vec<Bytes>) -> BoxFuture<'_, Result<(), LogError>> {
        let appended = self.here().and_then(|()| {
            let mut held = self.records.lock().unwrap();
            if held.len() as u64 + 1 > first {
                return Err(LogError::Fenced(first));
            }
            if held.len() as u64 + 1 < first {
                return Err(LogError::Unavailable("it ends before".into()));
            }
            held.extend(records);
            self.len.send_replace(held.len() as u64);
            Ok(())
        });
        Box::pin(std::future::ready(appended))
    }

    fn read(&self, from: u64, max: usize) -> BoxFuture<'_, Result<Vec<Bytes>, LogError>> {
        Box::pin(async move {
            self.here()?;
            let mut len = self.len.subscribe();
            let _ = len.wait_for(|len| *len >= from).await;
            self.here()?;
            let held = self.records.lock().unwrap();
            let from = usize::try_from(from - 1).unwrap();
            Ok(held[from..].iter().take(max).cloned().collect())
        })
    }
}
