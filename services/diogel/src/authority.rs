//! Opening an authority for the command line: one command at a time, for two that issue or revoke at once would each forget the
//! other's entry in its index.

use std::{
    fs::{self, File},
    io::ErrorKind,
    path::Path,
};

use diogel_identity::pki::{Authority, PkiError};

use crate::failure::Failure;

/// An authority that no other command changes meanwhile.
pub(crate) struct Held {
    pub(crate) authority: Authority,
    _lock: Option<File>,
}

/// Makes a board's authority.
pub(crate) fn create(dir: &Path, board: &str) -> Result<Held, Failure> {
    let authority = Authority::create(dir, board).map_err(refusal)?;
    let lock = lock(dir);
    Ok(Held {
        authority,
        _lock: lock,
    })
}

/// Opens it, once whoever has it open is done.
pub(crate) fn open(dir: &Path) -> Result<Held, Failure> {
    if let Err(error) = fs::metadata(dir.join("ca.key"))
        && error.kind() == ErrorKind::NotFound
    {
        return Err(Failure::Usage(format!(
            "{} holds no ca.key: name the authority's folder with --dir, or make one with `diogel pki init`",
            dir.display()
        )));
    }
    let lock = lock(dir);
    let authority = Authority::open(dir).map_err(refusal)?;
    Ok(Held {
        authority,
        _lock: lock,
    })
}

/// Some file systems can't lock folders: there nobody is kept out.
fn lock(dir: &Path) -> Option<File> {
    let folder = File::open(dir).ok()?;
    folder.lock().ok().map(|()| folder)
}

/// What an authority's refusal means to the command line.
pub(crate) fn refusal(error: PkiError) -> Failure {
    let text = error.to_string();
    match error {
        PkiError::Exists(_)
        | PkiError::Host(_)
        | PkiError::Name(_)
        | PkiError::OtherBoard(_)
        | PkiError::SameFiles(_) => Failure::Usage(text),
        PkiError::Unknown(_) => Failure::NotFound(text),
        PkiError::Index { .. } => Failure::Invalid(text),
        PkiError::File { .. } | PkiError::Certificate(_) | PkiError::NoRandomness(_) => {
            Failure::Other(text)
        }
    }
}
