//! Opening a log: whose it is, whether its segments follow each other, and finishing what a crash interrupted. Only the last
//! segment's records are read, all of them; those of the others when somebody reads or verifies them.

use std::fs::{self, File, OpenOptions};
use std::os::unix::fs::FileExt;
use std::path::Path;
use std::sync::Arc;

use diogel_identity::private_file::sync_directory_of;

use super::error::{SegmentError, io};
use super::folder::{self, Found};
use super::header::Head;
use super::live::Live;
use super::sealed::Sealed;
use super::sidecar;
use super::tail::{Ends, Tail};

/// What an open comes to.
pub(super) struct Opened {
    /// Held as long as the log is open.
    pub(super) owned: File,
    pub(super) sealed: Vec<Arc<Sealed>>,
    pub(super) active: Live,
}

pub(super) fn open(folder: &Path) -> Result<Opened, SegmentError> {
    let owned = folder::own(folder)?;
    folder::clear_unfinished(folder)?;
    let found = folder::list(folder)?;
    let (mut sealed, mut head) = (Vec::new(), Head::EMPTY);
    for first in found.full() {
        Found::check_first(*first, head)?;
        let segment = Sealed::open(folder, head)?;
        head = segment.head();
        sealed.push(Arc::new(segment));
    }
    let active = if found.is_new() {
        create(folder, &found)?
    } else {
        let files = OpenOptions::new().read(true).write(true).clone();
        finish(
            folder,
            Ends::read(folder, &found, head, &files)?,
            &mut sealed,
        )?
    };
    Ok(Opened {
        owned,
        sealed,
        active,
    })
}

/// The first segment. One without a number is of a process that died here.
fn create(folder: &Path, found: &Found) -> Result<Live, SegmentError> {
    if found.next {
        remove_next(folder)?;
    }
    let live = Live::create(folder, Head::EMPTY)?;
    let path = &live.source.path;
    live.source.file.sync_all().map_err(io(path))?;
    folder::name_next(folder, live.source.header.first)?;
    sync_directory_of(folder).map_err(io(folder))?;
    Ok(live)
}

/// Cuts what is torn, and lets the segment without a number have its own. Answers the one to be written.
fn finish(folder: &Path, ends: Ends, sealed: &mut Vec<Arc<Sealed>>) -> Result<Live, SegmentError> {
    settle(&ends.last)?;
    if let Some(bytes) = ends.stray {
        tracing::warn!(
            bytes,
            "a segment that was just begun when the power went is dropped"
        );
        remove_next(folder)?;
    }
    let Some(next) = ends.next else {
        return Ok(ends.last.live);
    };
    settle(&next)?;
    let (full, mut active) = (ends.last.live, next.live);
    let first = active.source.header.first;
    folder::name_next(folder, first)?;
    active.source.path = folder::segment(folder, first);
    sidecar::write(folder, &full)?;
    sealed.push(Arc::new(Sealed::of(&full)));
    Ok(active)
}

fn remove_next(folder: &Path) -> Result<(), SegmentError> {
    let path = folder.join(folder::NEXT);
    fs::remove_file(&path).map_err(io(&path))?;
    folder::sync(folder)
}

/// Cuts what is torn and makes the rest durable. What isn't known to be on the disk is written again first: if an fsync of it failed
/// before, the kernel takes its pages for written, and another fsync alone would do nothing.
fn settle(tail: &Tail) -> Result<(), SegmentError> {
    let source = &tail.live.source;
    if tail.torn > 0 {
        let (segment, offset) = (source.header.first, source.end);
        tracing::warn!(segment, offset, bytes = tail.torn, "a torn tail is cut off");
    }
    let settled = (tail.settled + 1).checked_sub(source.header.first);
    let from = settled.map_or(Some(0), |record| tail.live.index.offset(record));
    let again = || {
        source.file.set_len(source.end)?;
        write_again(&source.file, from.map_or(source.end, u64::from), source.end)?;
        source.file.sync_all()
    };
    again().map_err(io(&source.path))
}

fn write_again(file: &File, mut from: u64, end: u64) -> std::io::Result<()> {
    let mut chunk = vec![0; 1 << 20];
    while from < end {
        let length = (end - from).min(1 << 20);
        let chunk = &mut chunk[..usize::try_from(length).unwrap_or(0)];
        file.read_exact_at(chunk, from)?;
        file.write_all_at(chunk, from)?;
        from += length;
    }
    Ok(())
}
