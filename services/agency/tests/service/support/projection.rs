//! A projection that says what it is told to say, and remembers what it was asked.

use std::{
    collections::VecDeque,
    net::SocketAddr,
    sync::{Arc, Mutex, MutexGuard},
};

use diogel_agency::config::AgencyConfig;
use diogel_contract::v1::{
    self,
    reconcile_service_server::{ReconcileService, ReconcileServiceServer},
};
use diogel_identity::{Reloading, Role, incoming};
use tokio::net::TcpListener;
use tonic::{Request, Response, Status, transport::Server};

use super::{Site, name};

/// What it says and was asked.
#[derive(Default)]
pub struct Said {
    pub answer: v1::ReconcileResponse,
    pub pages: VecDeque<v1::RecoverResponse>,
    pub asked: Vec<v1::ReconcileRequest>,
    pub recovered: Vec<v1::RecoverRequest>,
}

/// Clones are one projection.
#[derive(Clone, Default)]
pub struct Projection(Arc<Mutex<Said>>);

impl Projection {
    /// Answers each question for where a chain stands with this, from now on.
    pub fn answering(answer: v1::ReconcileResponse) -> Self {
        let projection = Self::default();
        projection.said().answer = answer;
        projection
    }

    pub fn said(&self) -> MutexGuard<'_, Said> {
        self.0.lock().unwrap()
    }

    /// Serves on a free port until the test ends; answers where.
    pub async fn serve(&self, site: &Site) -> SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        self.serve_on(site, listener);
        address
    }

    pub fn serve_on(&self, site: &Site, listener: TcpListener) {
        let own = name("board", Role::Projection, "hub");
        let mut authority = site.authority();
        let files = authority.tls_files(&own);
        if !files.cert.exists() {
            let hosts = ["127.0.0.1".to_owned()];
            authority.issue(&own, &hosts, 30).unwrap();
        }
        let tls = Arc::new(Reloading::load(files).unwrap());
        let service = ReconcileServiceServer::new(self.clone());
        let serving = Server::builder().add_service(service);
        tokio::spawn(serving.serve_with_incoming(incoming(listener, tls)));
    }

    /// Waits until it was asked so many times more.
    pub async fn asked_again(&self, times: usize) {
        let until = self.said().asked.len() + times;
        while self.said().asked.len() < until {
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    }
}

impl Site {
    /// The configuration of a service that knows the projection at this address.
    pub fn config_with(&self, projection: SocketAddr) -> AgencyConfig {
        AgencyConfig {
            projection: format!("https://{projection}"),
            ..self.config()
        }
    }
}

#[tonic::async_trait]
impl ReconcileService for Projection {
    async fn reconcile(
        &self,
        request: Request<v1::ReconcileRequest>,
    ) -> Result<Response<v1::ReconcileResponse>, Status> {
        let request = request.into_inner();
        let mut said = self.said();
        let mut answer = said.answer.clone();
        answer
            .outcomes
            .retain(|outcome| outcome.number > request.outcomes_after);
        said.asked.push(request);
        Ok(Response::new(answer))
    }

    async fn recover(
        &self,
        request: Request<v1::RecoverRequest>,
    ) -> Result<Response<v1::RecoverResponse>, Status> {
        let mut said = self.said();
        said.recovered.push(request.into_inner());
        Ok(Response::new(said.pages.pop_front().unwrap_or_default()))
    }
}
