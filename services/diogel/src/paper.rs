//! Documents on their way to whoever asked: to standard output as text, HTML or JSON, to a file as PDF. A PDF is made by the render
//! service: by the one that runs, or by one that is started for this page alone and ended with it.

use std::{
    net::{SocketAddr, TcpStream},
    path::PathBuf,
    process::{Child, Command, Stdio},
    time::Duration,
};

use diogel_contract::v1::{self, DocumentForm, rendering_service_client::RenderingServiceClient};
use diogel_identity::{
    Reloading, connect,
    private_file::{PRIVATE, write_whole},
};

use crate::{arguments::Page, failure::Failure, folder::Folder, show};

/// How long a render service that was started may take to listen.
const PATIENCE: Duration = Duration::from_secs(15);
/// A PDF may be longer than other answers.
const PDF_LIMIT: usize = 64 << 20;

impl Page {
    /// The form to ask for.
    pub(crate) fn asked(&self, json: bool) -> DocumentForm {
        match (&self.pdf, json, self.form.as_str()) {
            (Some(_), ..) => DocumentForm::Document,
            (None, true, _) => DocumentForm::Json,
            (None, false, "html") => DocumentForm::Html,
            (None, false, "csv") => DocumentForm::Csv,
            (None, false, _) => DocumentForm::Text,
        }
    }

    /// Puts an answer where it belongs.
    pub(crate) async fn put(
        &self,
        folder: &Folder,
        agency: &str,
        text: &str,
        document: Option<v1::Document>,
    ) -> Result<(), Failure> {
        let Some(path) = &self.pdf else {
            show::line(text.trim_end_matches('\n'));
            return Ok(());
        };
        let answer = rendered(folder, agency, document).await?;
        // As private as what it was made of.
        write_whole(path, &answer.pdf, PRIVATE).map_err(|e| Failure::at(path, e))?;
        show::note(&format!("{}: {} pages", path.display(), answer.pages));
        Ok(())
    }
}

async fn rendered(
    folder: &Folder,
    agency: &str,
    document: Option<v1::Document>,
) -> Result<v1::RenderPdfResponse, Failure> {
    let address = folder.render()?;
    let own = if is_heard(address) {
        None
    } else {
        Some(Own::start(folder, address).await?)
    };
    let tls = Reloading::start(folder.system_tls(agency)?).map_err(Failure::other)?;
    let channel = connect(
        &format!("https://{address}"),
        tls,
        Some(folder.render_name()?),
    );
    let mut client = RenderingServiceClient::new(channel.map_err(Failure::other)?)
        .max_decoding_message_size(PDF_LIMIT);
    let answer = client.render_pdf(v1::RenderPdfRequest { document }).await?;
    drop(own);
    Ok(answer.into_inner())
}

fn is_heard(address: SocketAddr) -> bool {
    TcpStream::connect_timeout(&address, Duration::from_millis(500)).is_ok()
}

/// A render service for one page.
struct Own(Child);

impl Own {
    async fn start(folder: &Folder, address: SocketAddr) -> Result<Self, Failure> {
        let config = folder.write_render_config()?;
        let program = beside_this_one()?;
        let by_hand = || {
            Failure::Unavailable(format!(
                "no render service answers, and there is no {} to start: build it with `cargo build --release -p diogel-render`, start it with \
                 `diogel-render {}`, or read the page with --form html",
                program.display(),
                config.display()
            ))
        };
        if !program.exists() {
            return Err(by_hand());
        }
        let started = Command::new(&program)
            .arg(&config)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        let mut own = Self(started.map_err(|e| Failure::at(&program, e))?);
        let deadline = std::time::Instant::now() + PATIENCE;
        while !is_heard(address) {
            let ended = own.0.try_wait().map_err(Failure::other)?;
            if ended.is_some() || std::time::Instant::now() > deadline {
                return Err(by_hand());
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        Ok(own)
    }
}

impl Drop for Own {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ended = self.0.kill().and_then(|()| self.0.wait());
    }
}

fn beside_this_one() -> Result<PathBuf, Failure> {
    let own = std::env::current_exe().map_err(Failure::other)?;
    Ok(own.with_file_name("diogel-render"))
}
