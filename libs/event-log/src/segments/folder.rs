//! The folder of a log: whose it is, what its files are called, and how a segment gets its name. Refuses a second process.

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};

use diogel_identity::private_file::create_folder;

use super::error::{SegmentError, io};
use super::header::Head;

/// The segment that has no number yet: what stands before it isn't all on the disk.
pub(super) const NEXT: &str = "next.segment";
const SEGMENT: &str = "segment";
const INDEX: &str = "index";
/// A file that was being made: of no use to anybody.
const UNFINISHED: &str = "new";

/// What is in the folder.
#[derive(Default)]
pub(super) struct Found {
    /// The first numbers of segments, ascending.
    pub(super) segments: Vec<u64>,
    /// Those of index files.
    pub(super) indexes: Vec<u64>,
    /// Whether there is a segment without a number.
    pub(super) next: bool,
}

impl Found {
    /// Those with a number, but the last.
    pub(super) fn full(&self) -> &[u64] {
        self.segments.split_last().map_or(&[], |(_, full)| full)
    }

    /// Whether nothing was ever written here. An index alone is what is left of a log.
    pub(super) fn is_new(&self) -> bool {
        self.segments.is_empty() && self.indexes.is_empty()
    }

    /// Whether the last segment with a number is the one after `before`. An index is written once the segment after its own has a
    /// number; so it shows that one is gone.
    pub(super) fn check_last(&self, before: Head) -> Result<(), SegmentError> {
        let last = self.segments.last().copied().unwrap_or(u64::MAX);
        Self::check_first(last, before)?;
        let what = "the segment after it is missing: restore it from the backup";
        let damaged = || SegmentError::damaged(last, 0, what);
        let orphan = self.indexes.iter().any(|index| *index >= last);
        (!orphan).then_some(()).ok_or_else(damaged)
    }

    /// Whether the segment with this number is the one after `before`.
    pub(super) fn check_first(first: u64, before: Head) -> Result<(), SegmentError> {
        let what = "the segment is missing: restore it from the backup";
        let missing = || SegmentError::damaged(before.number + 1, 0, what);
        (first == before.number + 1)
            .then_some(())
            .ok_or_else(missing)
    }
}

pub(super) fn segment(folder: &Path, first: u64) -> PathBuf {
    folder.join(format!("{first:020}.{SEGMENT}"))
}

pub(super) fn index(folder: &Path, first: u64) -> PathBuf {
    folder.join(format!("{first:020}.{INDEX}"))
}

/// Makes the folder, if there is none, and holds it as long as the file lives.
pub(super) fn own(folder: &Path) -> Result<File, SegmentError> {
    create_folder(folder).map_err(io(folder))?;
    let file = File::open(folder).map_err(io(folder))?;
    file.try_lock().map_err(|error| in_use(folder, error))?;
    Ok(file)
}

/// For reading only: nobody may write meanwhile.
pub(super) fn share(folder: &Path) -> Result<File, SegmentError> {
    let file = File::open(folder).map_err(io(folder))?;
    file.try_lock_shared()
        .map_err(|error| in_use(folder, error))?;
    Ok(file)
}

fn in_use(folder: &Path, error: TryLockError) -> SegmentError {
    match error {
        TryLockError::WouldBlock => SegmentError::InUse(folder.to_owned()),
        TryLockError::Error(error) => io(folder)(error),
    }
}

pub(super) fn list(folder: &Path) -> Result<Found, SegmentError> {
    let mut found = Found::default();
    for name in names(folder)? {
        found.next |= name == NEXT;
        match numbered(&name) {
            Some((first, SEGMENT)) => found.segments.push(first),
            Some((first, INDEX)) => found.indexes.push(first),
            // Whatever else lies here is nobody's record.
            _ => (),
        }
    }
    found.segments.sort_unstable();
    Ok(found)
}

fn names(folder: &Path) -> Result<Vec<String>, SegmentError> {
    let names = fs::read_dir(folder).map_err(io(folder))?.map(|entry| {
        let name = entry?.file_name();
        Ok(name.to_string_lossy().into_owned())
    });
    names.collect::<Result<_, _>>().map_err(io(folder))
}

/// Only names as they are given here: `1.segment` is another program's.
fn numbered(name: &str) -> Option<(u64, &str)> {
    let (first, kind) = name.split_once('.')?;
    let digits = first.len() == 20 && first.bytes().all(|digit| digit.is_ascii_digit());
    Some((first.parse().ok().filter(|_| digits)?, kind))
}

/// Removes index files that were being written when the process died.
pub(super) fn clear_unfinished(folder: &Path) -> Result<(), SegmentError> {
    let ending = format!(".{UNFINISHED}");
    for name in names(folder)?.iter().filter(|name| name.ends_with(&ending)) {
        let path = folder.join(name);
        fs::remove_file(&path).map_err(io(&path))?;
    }
    Ok(())
}

/// Gives the next segment its number, durably. It and all before it are on the disk.
pub(super) fn name_next(folder: &Path, first: u64) -> Result<(), SegmentError> {
    let path = segment(folder, first);
    fs::rename(folder.join(NEXT), &path).map_err(io(&path))?;
    sync(folder)
}

/// A new name is on the disk only once its folder is.
pub(super) fn sync(folder: &Path) -> Result<(), SegmentError> {
    File::open(folder)
        .and_then(|file| file.sync_all())
        .map_err(io(folder))
}
