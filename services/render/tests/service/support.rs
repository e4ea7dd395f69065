//! A site with its certificates, a service on a free port, documents, and poppler's tools.

use std::{
    fs,
    net::{Ipv4Addr, SocketAddr},
    path::Path,
    process::Command,
    sync::Arc,
};

use diogel_contract::{
    json,
    v1::{self, rendering_service_client::RenderingServiceClient},
};
use diogel_identity::{
    Allowlist, Pattern, Principal, Reloading, Role, TlsFiles, connect, pki::Authority,
};
use diogel_ops::Shutdown;
use diogel_render::{NO_AGENCY, RenderHandle, StartError, config::RenderConfig, start};
use tempfile::TempDir;
use tonic::{Status, transport::Channel};

const BOARD: &str = "west";

pub fn name(agency: &str, role: Role, name: &str) -> Principal {
    Principal::new(BOARD, agency, role, name).unwrap()
}

/// The render service's own name.
fn service() -> Principal {
    name(NO_AGENCY, Role::Service, "main")
}

/// The one that makes documents.
pub fn projection() -> Principal {
    name("board", Role::Projection, "main")
}

/// A folder with a board's certificates.
pub struct Site {
    pub dir: TempDir,
    authority: Authority,
}

impl Site {
    pub fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let mut authority = Authority::create(dir.path().join("pki"), BOARD).unwrap();
        let hosts = ["localhost".to_owned(), "127.0.0.1".to_owned()];
        authority.issue(&service(), &hosts, 30).unwrap();
        Self { dir, authority }
    }

    /// The files of a certificate, made now.
    pub fn issue(&mut self, who: &Principal) -> TlsFiles {
        self.authority
            .issue(who, &["localhost".to_owned()], 30)
            .unwrap();
        self.authority.tls_files(who)
    }

    pub fn config(&self) -> RenderConfig {
        let pattern = |role| Pattern::of_role(BOARD, Some("board"), role).unwrap();
        let allow = Allowlist::default()
            .with("diogel.v1.RenderingService", [pattern(Role::Projection)])
            .with("grpc.health.v1.Health", [pattern(Role::Operator)]);
        let path = self.dir.path().join("allow.toml");
        allow.save(&path).unwrap();
        RenderConfig {
            board: BOARD.into(),
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            tls: self.authority.tls_files(&service()),
            allow: path,
            people: None,
            fonts: Vec::new(),
            at_once: 2,
        }
    }

    pub async fn start(self) -> Running {
        let config = self.config();
        self.start_with(config).await.unwrap()
    }

    pub async fn start_with(self, config: RenderConfig) -> Result<Running, StartError> {
        let shutdown = Shutdown::new();
        let handle = start(config, shutdown.clone()).await?;
        Ok(Running {
            site: self,
            handle,
            shutdown,
        })
    }
}

/// A running service.
pub struct Running {
    site: Site,
    pub handle: RenderHandle,
    pub shutdown: Shutdown,
}

impl Running {
    /// A channel with the certificate of this name.
    pub fn channel(&mut self, who: &Principal) -> Channel {
        let tls = Reloading::load(self.site.issue(who)).unwrap();
        let service = Pattern::of_role(BOARD, Some(NO_AGENCY), Role::Service).unwrap();
        let address = format!("https://{}", self.handle.address);
        connect(&address, Arc::new(tls), Some(service)).unwrap()
    }

    pub fn client(&mut self, who: &Principal) -> RenderingServiceClient<Channel> {
        RenderingServiceClient::new(self.channel(who)).max_decoding_message_size(16 << 20)
    }

    /// Rendered for the projection.
    pub async fn render(&mut self, document: &v1::Document) -> Result<Rendered, Status> {
        let mut client = self.client(&projection());
        render(&mut client, document).await
    }
}

pub async fn render(
    client: &mut RenderingServiceClient<Channel>,
    document: &v1::Document,
) -> Result<Rendered, Status> {
    let document = Some(document.clone());
    let answer = client.render_pdf(v1::RenderPdfRequest { document }).await?;
    let answer = answer.into_inner();
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("page.pdf"), &answer.pdf).unwrap();
    Ok(Rendered {
        pdf: answer.pdf.to_vec(),
        pages: answer.pages,
        dir,
    })
}

/// A rendered document in a folder of its own.
pub struct Rendered {
    pub pdf: Vec<u8>,
    pub pages: u32,
    dir: TempDir,
}

impl Rendered {
    /// What one of poppler's tools says of it.
    pub fn poppler(&self, tool: &str, arguments: &[&str]) -> String {
        let said = Command::new(tool)
            .args(arguments)
            .arg("page.pdf")
            .args((tool == "pdftotext").then_some("-"))
            .current_dir(self.dir.path())
            .output()
            .expect("Debian's package poppler-utils");
        assert!(said.status.success(), "{tool}: {said:?}");
        String::from_utf8(said.stdout).unwrap()
    }

    /// A page's whole text, header and footer included.
    pub fn page(&self, number: u32) -> String {
        let number = number.to_string();
        self.poppler("pdftotext", &["-layout", "-f", &number, "-l", &number])
    }

    /// The text of all pages between header and footer.
    pub fn body(&self) -> String {
        let sheet = [
            "-raw", "-r", "72", "-x", "0", "-y", "40", "-W", "596", "-H", "755",
        ];
        self.poppler("pdftotext", &sheet)
    }
}

/// The invented family's page, "en" or "cy".
pub fn morgan(language: &str) -> v1::Document {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/service/documents");
    let text = fs::read_to_string(folder.join(format!("morgan.{language}.json"))).unwrap();
    json::read(serde_json::from_str(&text).unwrap()).unwrap()
}

/// A text that people wrote.
pub fn written(text: &str) -> v1::DocumentText {
    let span = v1::DocumentSpan {
        text: text.into(),
        written: true,
    };
    v1::DocumentText { spans: vec![span] }
}

pub fn point(text: &str) -> v1::DocumentLine {
    v1::DocumentLine {
        kind: v1::DocumentLineKind::Point.into(),
        text: Some(written(text)),
        ..v1::DocumentLine::default()
    }
}
