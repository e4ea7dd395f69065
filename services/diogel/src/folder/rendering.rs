//! The render service of a hub's folder: where it listens, what it is started with. It isn't part of the hub's own process, and opens
//! nothing: its certificate is of no agency.

use std::{fs, net::SocketAddr, path::PathBuf};

use diogel_identity::{
    Role, TlsFiles,
    allow::Pattern,
    private_file::{PUBLIC, write_whole},
};
use serde::Serialize;

use super::{Folder, ports};
use crate::failure::Failure;

/// What stands in its certificate for an agency, and what its files are called; no agency's id is.
pub(super) const RENDER: &str = "render";
/// The name in its certificate.
pub(super) const MAIN: &str = "main";

/// As `diogel-render` reads it, whose crate brings its typesetting along.
#[derive(Serialize)]
struct RenderConfig {
    board: String,
    listen: SocketAddr,
    allow: PathBuf,
    #[serde(skip_serializing_if = "Option::is_none")]
    people: Option<PathBuf>,
    tls: TlsFiles,
}

impl Folder {
    /// Gives the render service an address, in a folder of before there was one.
    pub(super) fn take_in_render(&mut self) -> Result<(), Failure> {
        if self.file.render.is_none() {
            self.file.render = ports::free(1)?.first().copied();
            self.save()?;
        }
        self.render_allowlist().map(drop)
    }

    /// Where the render service listens.
    pub(crate) fn render(&self) -> Result<SocketAddr, Failure> {
        self.file.render.ok_or_else(|| {
            Failure::Usage("this hub's folder was made before there was a render service; `diogel init --hub` on it adds it".into())
        })
    }

    /// By which a client knows it.
    pub(crate) fn render_name(&self) -> Result<Pattern, Failure> {
        Ok(Pattern::from(&self.principal(
            RENDER,
            Role::Service,
            MAIN,
        )?))
    }

    /// Writes its configuration, and says where.
    pub(crate) fn write_render_config(&self) -> Result<PathBuf, Failure> {
        let dir = self.root.join("config");
        fs::create_dir_all(&dir).map_err(|e| Failure::at(&dir, e))?;
        let config = RenderConfig {
            board: self.file.board.clone(),
            listen: self.render()?,
            allow: self.render_allowlist()?,
            people: self.people(),
            tls: self.tls(RENDER, Role::Service, MAIN)?,
        };
        let text = toml::to_string(&config).map_err(Failure::other)?;
        let path = dir.join(format!("{RENDER}.toml"));
        write_whole(&path, text.as_bytes(), PUBLIC).map_err(|e| Failure::at(&path, e))?;
        Ok(path)
    }
}
