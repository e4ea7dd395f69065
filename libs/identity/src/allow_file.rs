//! The allowlist in force: a file, read again without a restart as certificates are. Owns how long a list holds that its file
//! no longer says; refuses a file that doesn't parse, or that lists a service which the process doesn't have.

use std::fs;
use std::io;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use crate::allow::Allowlist;
use crate::name::Principal;
use crate::reload::{Files, Reloading};

/// How long the old list stays in force once its file is gone or broken: a slip in it must not keep everybody from a check before
/// a visit, nor keep somebody on for good whom the new file would have put out.
pub const UNREADABLE_FOR: Duration = Duration::from_mins(5);

/// Where an allowlist lies, and the services that it may list.
#[derive(Debug, Clone)]
pub struct AllowFile {
    /// TOML: per service a list of names.
    pub path: PathBuf,
    /// What the process can serve: another one in the file is a slip.
    pub services: &'static [&'static str],
}

/// Why a file is no allowlist.
#[derive(Debug, thiserror::Error)]
pub enum AllowError {
    /// It can't be read.
    #[error("allow: {path}: {source}: create it; an empty file admits nobody")]
    File {
        /// The file.
        path: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },
    /// It isn't TOML, or not of lists of names.
    #[error("allow: {path} is no list of who may call what: {why}")]
    Malformed {
        /// The file.
        path: PathBuf,
        /// What is wrong, and where.
        why: String,
    },
    /// It lists a service that this process doesn't have.
    #[error("allow: {path}: {service:?} is no service of this process; it has {known}")]
    Unknown {
        /// The file.
        path: PathBuf,
        /// What it lists.
        service: String,
        /// What it may list.
        known: String,
    },
}

/// The file can't be read, and what it said before has held for as long as it may.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unreadable;

impl Files for AllowFile {
    type Contents = Vec<u8>;
    type State = Allowlist;
    type Error = AllowError;
    const WHAT: &'static str = "allowlist";

    fn read(&self) -> Result<Vec<u8>, AllowError> {
        fs::read(&self.path).map_err(|source| AllowError::File {
            path: self.path.clone(),
            source,
        })
    }

    fn state(&self, contents: &Vec<u8>) -> Result<Allowlist, AllowError> {
        let malformed = |why: String| AllowError::Malformed {
            path: self.path.clone(),
            why,
        };
        let text = std::str::from_utf8(contents).map_err(|e| malformed(e.to_string()))?;
        let list: Allowlist = toml::from_str(text).map_err(|e| malformed(e.to_string()))?;
        let unknown = list.services().find(|s| !self.services.contains(s));
        match unknown.map(str::to_owned) {
            None => Ok(list),
            Some(service) => Err(AllowError::Unknown {
                path: self.path.clone(),
                service,
                known: self.services.join(", "),
            }),
        }
    }
}

impl Reloading<AllowFile> {
    /// Whether `principal` may call `service`, asked at `now`.
    ///
    /// # Errors
    /// [`Unreadable`]: nobody can tell.
    pub fn permits(
        &self,
        service: &str,
        principal: &Principal,
        now: Instant,
    ) -> Result<bool, Unreadable> {
        let over = |since| now.saturating_duration_since(since) > UNREADABLE_FOR;
        if self.doubted_since().is_some_and(over) {
            return Err(Unreadable);
        }
        Ok(self.current().permits(service, principal))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SERVICE: &str = "diogel.v1.ReadingService";
    const SERVICES: [&str; 1] = [SERVICE];
    const WIDE: &str = "\"diogel.v1.ReadingService\" = [\"diogel://west/*/system/*\"]";

    fn listed(dir: &tempfile::TempDir) -> Reloading<AllowFile> {
        let path = dir.path().join("allow.toml");
        fs::write(&path, WIDE).unwrap();
        let services = &SERVICES;
        Reloading::load(AllowFile { path, services }).unwrap()
    }

    fn permits(list: &Reloading<AllowFile>, after: Duration) -> Result<bool, Unreadable> {
        let reader = "diogel://west/police/system/case".parse().unwrap();
        list.permits(SERVICE, &reader, Instant::now() + after)
    }

    #[test]
    fn p8_a_broken_file_never_widens_and_in_the_end_admits_nobody() {
        let dir = tempfile::tempdir().unwrap();
        let list = listed(&dir);
        let path = dir.path().join("allow.toml");
        let narrow = WIDE.replace("/*/", "/health/");
        fs::write(&path, &narrow).unwrap();
        assert!(list.reload().unwrap());
        assert_eq!(permits(&list, Duration::ZERO), Ok(false));
        let unknown = format!("{WIDE}\n\"diogel.v1.KeyService\" = []");
        let wildcard = WIDE.replace("diogel://west/*/system/*", "*");
        for bad in [&WIDE[..40], "x = 1", &unknown, &wildcard] {
            fs::write(&path, bad).unwrap();
            let why = list.reload().unwrap_err().to_string();
            assert!(why.contains("allow.toml"), "{why}");
            assert_eq!(permits(&list, Duration::ZERO), Ok(false), "{bad}");
            assert_eq!(permits(&list, UNREADABLE_FOR * 2), Err(Unreadable), "{bad}");
        }
        fs::remove_file(&path).unwrap();
        assert!(list.reload().is_err());
        assert!(!list.reload().unwrap(), "said once");
        assert_eq!(permits(&list, UNREADABLE_FOR * 2), Err(Unreadable));
        // What comes back is in force at once, though it is what was there before.
        fs::write(&path, WIDE).unwrap();
        assert!(list.reload().unwrap());
        assert_eq!(permits(&list, UNREADABLE_FOR * 2), Ok(true));
    }

    #[test]
    fn the_old_list_holds_while_a_slip_is_put_right() {
        let dir = tempfile::tempdir().unwrap();
        let list = listed(&dir);
        fs::write(dir.path().join("allow.toml"), "x").unwrap();
        list.reload().unwrap_err();
        assert_eq!(permits(&list, Duration::from_mins(4)), Ok(true));
    }

    #[test]
    fn p8_an_empty_file_admits_nobody_at_once() {
        let dir = tempfile::tempdir().unwrap();
        let list = listed(&dir);
        fs::write(dir.path().join("allow.toml"), "").unwrap();
        assert!(list.reload().unwrap());
        assert_eq!(permits(&list, Duration::ZERO), Ok(false));
    }

    #[test]
    fn what_is_saved_is_read_back() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("saved.toml");
        let reader = "diogel://west/*/system/case".parse().unwrap();
        let saved = Allowlist::default().with(SERVICE, [reader]);
        saved.save(&path).unwrap();
        let services = &SERVICES;
        let read = Reloading::load(AllowFile { path, services }).unwrap();
        assert_eq!(*read.current(), saved);
    }
}
