//! The end of a log: its last segment, which may be torn, and the one without a number, if a crash left it. Owns what of them
//! counts; writes nothing, so that verifying and opening judge alike.

use std::fs::OpenOptions;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};

use super::error::{SegmentError, io};
use super::folder::{self, Found};
use super::header::{Head, SEGMENT_HEADER};
use super::live::Live;
use super::source::{Source, unreadable};
use super::torn;
use super::walk::walk;

/// A segment that may be torn.
pub(super) struct Tail {
    /// The records that count.
    pub(super) live: Live,
    /// Up to here they were on the disk when the last of them was written.
    pub(super) settled: u64,
    /// Bytes behind them that don't count.
    pub(super) torn: u64,
}

/// How a log ends.
pub(super) struct Ends {
    pub(super) last: Tail,
    /// The segment without a number, where it goes on from the last.
    pub(super) next: Option<Tail>,
    /// Bytes of one that doesn't count: the last is torn, or it has no header yet.
    pub(super) stray: Option<u64>,
}

impl Ends {
    /// The segment after `before` is the last with a number.
    pub(super) fn read(
        folder: &Path,
        found: &Found,
        before: Head,
        files: &OpenOptions,
    ) -> Result<Self, SegmentError> {
        found.check_last(before)?;
        let path = folder::segment(folder, before.number + 1);
        let last = open(path, files)?.ok_or_else(|| unreadable(before))?;
        last.check_follows(before)?;
        let (next, stray) = if found.next {
            unnumbered(folder, files)?
        } else {
            (None, None)
        };
        let last = Tail::read(last, next.as_ref())?;
        let Some(next) = next else {
            return Ok(Self {
                last,
                next: None,
                stray,
            });
        };
        if last.torn > 0 {
            let stray = Some(next.end);
            return Ok(Self {
                last,
                next: None,
                stray,
            });
        }
        next.check_follows(last.live.head)?;
        let next = Some(Tail::read(next, None)?);
        Ok(Self { last, next, stray })
    }

    /// Bytes that don't count.
    pub(super) fn torn(&self) -> u64 {
        let next = self.next.as_ref().map_or(0, |next| next.torn);
        self.last.torn + next + self.stray.unwrap_or(0)
    }
}

impl Tail {
    /// `later` is what was written after it.
    fn read(source: Source, later: Option<&Source>) -> Result<Self, SegmentError> {
        let all = source.clone();
        let walk = walk(source)?;
        if let Some(fault) = walk.fault {
            let lost = walk.live.head.number + 1;
            let front = SEGMENT_HEADER as u64;
            let safe = torn::was_safe(&all, fault.offset, lost)?
                || later.map_or(Ok(false), |later| torn::was_safe(later, front, lost))?;
            if safe || !torn::is_unwritten(&all, fault.offset)? {
                return Err(SegmentError::Damaged(fault));
            }
        }
        Ok(Self {
            torn: all.end - walk.live.source.end,
            settled: walk.settled,
            live: walk.live,
        })
    }
}

/// The segment without a number; only its size if its header never got to the disk.
fn unnumbered(
    folder: &Path,
    files: &OpenOptions,
) -> Result<(Option<Source>, Option<u64>), SegmentError> {
    let path = folder.join(folder::NEXT);
    if let Some(next) = open(path.clone(), files)? {
        return Ok((Some(next), None));
    }
    let mut front = [0; SEGMENT_HEADER];
    let file = files.open(&path).map_err(io(&path))?;
    let size = file.metadata().map_err(io(&path))?.len();
    if size >= SEGMENT_HEADER as u64 {
        file.read_exact_at(&mut front, 0).map_err(io(&path))?;
    }
    if front.iter().any(|byte| *byte != 0) {
        return Err(SegmentError::damaged(
            0,
            0,
            "the header of next.segment is not what was written",
        ));
    }
    Ok((None, Some(size)))
}

fn open(path: PathBuf, files: &OpenOptions) -> Result<Option<Source>, SegmentError> {
    let file = files.open(&path).map_err(io(&path))?;
    Source::read(path, file)
}
