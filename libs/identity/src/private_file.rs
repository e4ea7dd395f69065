//! Files that must be whole and private. Owns writing them by temporary file, fsync and rename, and the check that a key's
//! file is its owner's alone; refuses to know what is in them.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

/// The mode of a file that holds a key: its owner alone.
pub const PRIVATE: u32 = 0o600;
/// The mode of a file that everybody may read: certificates, revocation lists.
pub const PUBLIC: u32 = 0o644;

/// Replaces `path` by `bytes`, durably and in one step: a reader sees the old file or the new one, never a part.
///
/// # Errors
/// Any I/O error; the old file is untouched then.
pub fn write_whole(path: &Path, bytes: &[u8], mode: u32) -> io::Result<()> {
    let beside = temporary_beside(path);
    let written = write_new(&beside, bytes, mode).and_then(|()| fs::rename(&beside, path));
    if written.is_err() {
        let _gone = fs::remove_file(&beside);
    }
    written?;
    sync_directory_of(path)
}

/// Writes `path` durably, for its owner alone, only if there is no such file yet: a key is never overwritten.
///
/// # Errors
/// [`io::ErrorKind::AlreadyExists`] if there is one; any other I/O error.
pub fn create_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let beside = temporary_beside(path);
    // A hard link fails if the name is taken, and appears with its whole content: neither rename nor create_new does both.
    let linked = write_new(&beside, bytes, PRIVATE).and_then(|()| fs::hard_link(&beside, path));
    let _gone = fs::remove_file(&beside);
    linked?;
    sync_directory_of(path)
}

/// Makes a folder for its owner alone, with the folders above it; one that is there stays as it is.
///
/// # Errors
/// Any I/O error.
pub fn create_folder(path: &Path) -> io::Result<()> {
    fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(path)
}

/// Reads a file that holds a key, and refuses one that others may read.
///
/// # Errors
/// [`io::ErrorKind::PermissionDenied`] if group or others have any right to it; any other I/O error.
pub fn read_private(path: &Path) -> io::Result<Vec<u8>> {
    refuse_shared(path)?;
    fs::read(path)
}

/// Refuses a file that group or others have any right to.
///
/// # Errors
/// [`io::ErrorKind::PermissionDenied`] then, with the way out; any other I/O error.
pub fn refuse_shared(path: &Path) -> io::Result<()> {
    let mode = fs::metadata(path)?.mode();
    if mode & 0o077 != 0 {
        let text = format!(
            "{} holds a key and may be used by others (mode {:o}): chmod 600 it",
            path.display(),
            mode & 0o777
        );
        return Err(io::Error::new(io::ErrorKind::PermissionDenied, text));
    }
    Ok(())
}

/// Makes the directory entry of `path` durable, so that a new file survives a power cut.
///
/// # Errors
/// Any I/O error.
pub fn sync_directory_of(path: &Path) -> io::Result<()> {
    let parent = path.parent().filter(|p| !p.as_os_str().is_empty());
    File::open(parent.unwrap_or(Path::new(".")))?.sync_all()
}

fn write_new(path: &Path, bytes: &[u8], mode: u32) -> io::Result<()> {
    let _stale = fs::remove_file(path);
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(mode)
        .open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

fn temporary_beside(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push(format!(".{}.new", std::process::id()));
    path.with_file_name(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn a_key_file_that_others_may_read_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("key");
        create_private(&path, b"secret").unwrap();
        assert_eq!(read_private(&path).unwrap(), b"secret");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        let refused = read_private(&path).unwrap_err();
        assert_eq!(refused.kind(), io::ErrorKind::PermissionDenied);
    }

    #[test]
    fn a_key_is_never_overwritten() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("key");
        create_private(&path, b"first").unwrap();
        let refused = create_private(&path, b"second").unwrap_err();
        assert_eq!(refused.kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(fs::read(&path).unwrap(), b"first");
    }

    #[test]
    fn a_file_is_replaced_whole_and_leaves_nothing_beside() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("crl.pem");
        write_whole(&path, b"one", PUBLIC).unwrap();
        write_whole(&path, b"two", PUBLIC).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"two");
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
    }
}
