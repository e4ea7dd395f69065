//! The PDF, by a render service of its own process, as a hub has it: `diogel-render` beside this program.

use std::{
    net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream},
    path::PathBuf,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use bench::{Outcome, times::Times};
use diogel_contract::v1::{self, rendering_service_client::RenderingServiceClient};
use diogel_identity::{Allowlist, Pattern, Role, TlsFiles};
use serde::Serialize;

use crate::{
    figures::{Figures, In},
    watch::{
        callers,
        hub::{Hub, NAME},
    },
};

const PATIENCE: Duration = Duration::from_secs(10);
const PDF_LIMIT: usize = 64 << 20;

#[derive(Serialize)]
struct Config {
    board: &'static str,
    listen: SocketAddr,
    allow: PathBuf,
    tls: TlsFiles,
}

/// Ended with this.
struct Service(Child);

impl Drop for Service {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ended = self.0.kill().and_then(|()| self.0.wait());
    }
}

/// Renders one document, again and again; nothing, and a word of that, where no render service is built.
pub async fn pdfs(
    hub: &Hub,
    figures: &mut Figures,
    document: &v1::Document,
    limit: Duration,
    rounds: usize,
) -> Outcome<()> {
    let program = std::env::current_exe()?.with_file_name("diogel-render");
    if !program.exists() {
        eprintln!("  no PDF: build diogel-render first");
        return Ok(());
    }
    let listen = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?;
    let allow = hub.folder().join("render-allow.toml");
    let systems = Pattern::of_role(NAME, None, Role::System)?;
    Allowlist::default()
        .with("diogel.v1.RenderingService", [systems])
        .save(&allow)?;
    let config = Config {
        board: NAME,
        listen,
        allow,
        tls: hub.tls("render", Role::Service, "main")?,
    };
    let file = hub.folder().join("render.toml");
    std::fs::write(&file, toml::to_string(&config)?)?;
    let started = Command::new(program)
        .arg(&file)
        .stderr(Stdio::null())
        .spawn();
    let _service = Service(started?);
    let began = Instant::now();
    while TcpStream::connect(listen).is_err() {
        if began.elapsed() > PATIENCE {
            return Err("the render service doesn't listen".into());
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let tls = hub.tls("social-care", Role::System, "case")?;
    let channel = callers::channel(listen, tls, Role::Service)?;
    let mut client = RenderingServiceClient::new(channel).max_decoding_message_size(PDF_LIMIT);
    let (mut times, mut pages, mut first) = (Times::default(), 0, Duration::ZERO);
    for round in 0..=rounds {
        let asked = Instant::now();
        let request = v1::RenderPdfRequest {
            document: Some(document.clone()),
        };
        let answer = client.render_pdf(request).await?.into_inner();
        pages = answer.pages;
        if round == 0 {
            first = asked.elapsed();
        } else {
            times.add(asked.elapsed());
        }
    }
    figures.below(
        format!("its PDF, {pages} pages, p99"),
        times.p99(),
        In::Millis,
        limit,
    );
    figures.time("  the same, median", times.median(), In::Millis);
    figures.time("  the first after a start", first, In::Millis);
    Ok(())
}
