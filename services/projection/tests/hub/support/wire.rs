//! The embedded log with a second way in: bytes of anybody's making, on any agency's stream.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex},
};

use bytes::Bytes;
use diogel_event_log::{
    embedded::EmbeddedLog,
    entry::{Entry, Place},
    log::{Inlet, Inlets, LogError, Outlet},
};
use tokio::sync::{Mutex as AsyncMutex, mpsc};

type BoxFuture<'a, T> = std::pin::Pin<Box<dyn Future<Output = T> + Send + 'a>>;
type Extra = (
    mpsc::UnboundedSender<Bytes>,
    Arc<AsyncMutex<mpsc::UnboundedReceiver<Bytes>>>,
);

#[derive(Clone, Default)]
pub struct Wire {
    pub log: EmbeddedLog,
    extra: Arc<Mutex<BTreeMap<String, Extra>>>,
    losing: Arc<Mutex<BTreeSet<String>>>,
}

impl Wire {
    fn extra(&self, agency: &str) -> Extra {
        let mut extra = self.extra.lock().unwrap();
        let made = || {
            let (sender, receiver) = mpsc::unbounded_channel();
            (sender, Arc::new(AsyncMutex::new(receiver)))
        };
        extra.entry(agency.to_owned()).or_insert_with(made).clone()
    }

    /// Loses what comes on an agency's stream, until it doesn't any more.
    pub fn lose(&self, agency: &str, loses: bool) {
        let mut losing = self.losing.lock().unwrap();
        if loses {
            losing.insert(agency.to_owned());
        } else {
            losing.remove(agency);
        }
    }

    /// Puts bytes on an agency's stream.
    pub fn inject(&self, agency: &str, bytes: impl Into<Bytes>) {
        self.extra(agency).0.send(bytes.into()).unwrap();
    }
}

impl Inlets for Wire {
    fn inlet(&self, agency: &str, after: Place) -> BoxFuture<'_, Result<Box<dyn Inlet>, LogError>> {
        let agency = agency.to_owned();
        Box::pin(async move {
            let inner = self.log.inlet(&agency, after).await.ok();
            let extra = self.extra(&agency).1;
            let losing = self.losing.clone();
            Ok(Box::new(Both {
                agency,
                losing,
                inner,
                extra,
            }) as Box<dyn Inlet>)
        })
    }

    fn is_drained(&self, agency: &str) -> BoxFuture<'_, Result<bool, LogError>> {
        let drained = !self.losing.lock().unwrap().contains(agency);
        Box::pin(std::future::ready(Ok(drained)))
    }
}

struct Both {
    agency: String,
    losing: Arc<Mutex<BTreeSet<String>>>,
    inner: Option<Box<dyn Inlet>>,
    extra: Arc<AsyncMutex<mpsc::UnboundedReceiver<Bytes>>>,
}

impl Inlet for Both {
    fn take(&mut self, max: usize) -> BoxFuture<'_, Result<Vec<Bytes>, LogError>> {
        Box::pin(async move {
            let extra = async {
                let bytes = self.extra.lock().await.recv().await;
                Ok(vec![bytes.expect("the wire holds the sender")])
            };
            let Some(inner) = &mut self.inner else {
                return extra.await;
            };
            tokio::pin!(extra);
            loop {
                let taken = tokio::select! {
                    taken = inner.take(max) => taken?,
                    taken = &mut extra => return taken,
                };
                if !self.losing.lock().unwrap().contains(&self.agency) {
                    return Ok(taken);
                }
            }
        })
    }

    fn settle(&mut self) -> BoxFuture<'_, Result<(), LogError>> {
        Box::pin(std::future::ready(Ok(())))
    }
}

/// An agency's end of the embedded log.
pub struct End {
    pub log: EmbeddedLog,
    pub id: String,
}

impl Outlet for End {
    fn offer(&self, entries: Vec<Entry>, resend: bool) -> BoxFuture<'_, Result<usize, LogError>> {
        Box::pin(async move { self.log.outlet(&self.id)?.offer(entries, resend).await })
    }
}
