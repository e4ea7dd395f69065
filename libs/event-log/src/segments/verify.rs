//! Verifying a log offline (P10): every record from the first, every index against its segment, without writing a byte.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use super::error::{SegmentError, io};
use super::folder::{self, Found};
use super::header::Head;
use super::live::Live;
use super::sidecar;
use super::source::Source;
use super::tail::Ends;
use super::walk;
use crate::entry::Digest;

/// A log that is whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verified {
    /// How many records it has.
    pub length: u64,
    /// The hash of the chain up to the last of them; zeros if there is none.
    pub head: Digest,
    /// Bytes behind the last record that a crash left torn, which the next open cuts off. None of them was promised to be on the
    /// disk.
    pub torn: u64,
}

/// Walks the log in `folder` from its first record. Memory: one segment's index at a time.
///
/// # Errors
/// [`SegmentError::Damaged`] names the first fault; [`SegmentError::InUse`] while a service has it open.
pub fn verify(folder: impl AsRef<Path>) -> Result<Verified, SegmentError> {
    let folder = folder.as_ref();
    let _nobody_writes = folder::share(folder)?;
    let (found, mut head) = (folder::list(folder)?, Head::EMPTY);
    for first in found.full() {
        Found::check_first(*first, head)?;
        let source = Source::open(folder::segment(folder, *first), head)?;
        let live = walk::whole(source)?;
        check_index(folder, &live)?;
        head = live.head;
    }
    let ends = Ends::read(folder, &found, head, fs::OpenOptions::new().read(true))?;
    let last = ends.next.as_ref().unwrap_or(&ends.last);
    Ok(Verified {
        length: last.live.head.number,
        head: last.live.head.hash,
        torn: ends.torn(),
    })
}

/// A missing one is no fault: it is made anew. One that says something else could hide a record from a search.
fn check_index(folder: &Path, live: &Live) -> Result<(), SegmentError> {
    let first = live.source.header.first;
    let (path, expected) = (folder::index(folder, first), sidecar::encode(live));
    let same = fs::metadata(&path)
        .and_then(|file| Ok(file.len() == expected.len() as u64 && fs::read(&path)? == expected));
    match same {
        Ok(true) => Ok(()),
        Ok(false) => {
            let what = "its index says something else: delete the index, it is made anew";
            Err(SegmentError::damaged(first, 0, what))
        }
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        Err(error) => Err(io(&path)(error)),
    }
}
