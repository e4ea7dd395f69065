//! The gRPC side: decode, hand to the press, answer. Owns how many documents are rendered and how many wait; refuses more, since
//! a document in waiting takes memory and its caller's time (P12).

use std::{sync::Arc, time::Duration};

use diogel_contract::{
    refusal::{Reason, Refusal},
    v1::{self, rendering_service_server::RenderingService},
};
use tokio::sync::Semaphore;
use tonic::{Request, Response, Status};

use crate::{
    check,
    press::{Paper, Press, Unrenderable},
};

/// Documents that may wait for their turn.
const WAITING: usize = 16;
/// How long a document may take, its waiting included: its caller gives up soon after (`diogel_ops::server::REQUEST_TIMEOUT`).
const PATIENCE: Duration = Duration::from_secs(8);

/// Serves `RenderingService`.
pub(crate) struct Rendering {
    press: Arc<Press>,
    turns: Arc<Semaphore>,
    room: Arc<Semaphore>,
}

impl Rendering {
    pub(crate) fn new(press: Press, at_once: usize) -> Self {
        Self {
            press: Arc::new(press),
            turns: Arc::new(Semaphore::new(at_once)),
            room: Arc::new(Semaphore::new(at_once + WAITING)),
        }
    }

    async fn render(&self, document: Option<v1::Document>) -> Result<Paper, Refusal> {
        let document = document.ok_or_else(|| Refusal::field("document", "is required"))?;
        check::document(&document).map_err(Refusal::invalid)?;
        let _room = self.room.try_acquire().map_err(|_| busy())?;
        match tokio::time::timeout(PATIENCE, self.print(document)).await {
            Ok(printed) => printed,
            Err(_) => Err(busy()),
        }
    }

    async fn print(&self, document: v1::Document) -> Result<Paper, Refusal> {
        let turn = Arc::clone(&self.turns).acquire_owned().await;
        let press = Arc::clone(&self.press);
        let printing = tokio::task::spawn_blocking(move || {
            // Held until the page is done, though its caller may be gone: typesetting can't be stopped half way.
            let _turn = turn;
            press.print(&document)
        });
        match printing.await {
            Ok(printed) => printed.map_err(|why| refusal(&why)),
            Err(_) => Err(broken()),
        }
    }
}

#[tonic::async_trait]
impl RenderingService for Rendering {
    async fn render_pdf(
        &self,
        request: Request<v1::RenderPdfRequest>,
    ) -> Result<Response<v1::RenderPdfResponse>, Status> {
        let paper = self.render(request.into_inner().document).await?;
        Ok(Response::new(v1::RenderPdfResponse {
            pdf: paper.pdf.into(),
            pages: paper.pages,
        }))
    }
}

fn busy() -> Refusal {
    Refusal::new(Reason::Busy)
}

fn broken() -> Refusal {
    Refusal {
        message: "the document can't be rendered for a reason that lies here, not in it; read it as text or HTML".into(),
        ..Refusal::new(Reason::Internal)
    }
}

/// Why, without a word of the document.
fn refusal(why: &Unrenderable) -> Refusal {
    match why {
        Unrenderable::TooLong => Refusal::field("document", why.to_string()),
        Unrenderable::Typesetting { errors } => {
            tracing::error!(errors, "a document can't be typeset");
            broken()
        }
    }
}
