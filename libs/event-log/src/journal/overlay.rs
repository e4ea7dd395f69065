//! A file that can be repaired without being written: what the store writes stays in memory. For looking at a journal that
//! wasn't closed (a copy, the disk of a dead machine) and leaving the evidence as it is.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{Error, ErrorKind, Result};
use std::os::unix::fs::FileExt;
use std::sync::{Mutex, MutexGuard, PoisonError};

use redb::StorageBackend;

const PAGE_BYTES: usize = 4096;
const PAGE: u64 = PAGE_BYTES as u64;

#[derive(Debug)]
pub(super) struct Overlay {
    file: File,
    state: Mutex<Written>,
}

#[derive(Debug)]
struct Written {
    len: u64,
    /// Bytes of the file that still count: what a shorter length cut off comes back as zeros.
    file_len: u64,
    pages: BTreeMap<u64, Box<[u8]>>,
}

impl Overlay {
    pub(super) fn new(file: File) -> Result<Self> {
        let len = file.metadata()?.len();
        Ok(Self {
            file,
            state: Mutex::new(Written {
                len,
                file_len: len,
                pages: BTreeMap::new(),
            }),
        })
    }

    fn lock(&self) -> MutexGuard<'_, Written> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The page as it is now.
    fn page(&self, written: &Written, number: u64) -> Result<Box<[u8]>> {
        if let Some(page) = written.pages.get(&number) {
            return Ok(page.clone());
        }
        let mut page = vec![0; PAGE_BYTES].into_boxed_slice();
        let start = number * PAGE;
        let there = written.file_len.saturating_sub(start).min(PAGE) as usize;
        self.file.read_exact_at(&mut page[..there], start)?;
        Ok(page)
    }
}

/// The parts of `len` bytes from `offset` on, page by page: page, from where in it, how many bytes.
fn parts(offset: u64, len: usize) -> impl Iterator<Item = (u64, usize, usize)> {
    let end = offset + len as u64;
    (offset / PAGE..end.div_ceil(PAGE)).map(move |number| {
        let start = offset.max(number * PAGE);
        let from = start % PAGE;
        let count = (end - start).min(PAGE - from).min(PAGE);
        (number, from as usize, count as usize)
    })
}

impl StorageBackend for Overlay {
    fn len(&self) -> Result<u64> {
        Ok(self.lock().len)
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> Result<()> {
        let written = self.lock();
        if offset + out.len() as u64 > written.len {
            return Err(Error::from(ErrorKind::UnexpectedEof));
        }
        let mut done = 0;
        for (number, from, count) in parts(offset, out.len()) {
            let page = self.page(&written, number)?;
            out[done..done + count].copy_from_slice(&page[from..from + count]);
            done += count;
        }
        Ok(())
    }

    fn set_len(&self, len: u64) -> Result<()> {
        let mut written = self.lock();
        written.len = len;
        written.file_len = written.file_len.min(len);
        written.pages.retain(|number, _| number * PAGE < len);
        Ok(())
    }

    fn sync_data(&self) -> Result<()> {
        Ok(())
    }

    fn write(&self, offset: u64, data: &[u8]) -> Result<()> {
        let mut written = self.lock();
        let mut done = 0;
        for (number, from, count) in parts(offset, data.len()) {
            let mut page = self.page(&written, number)?;
            page[from..from + count].copy_from_slice(&data[done..done + count]);
            written.pages.insert(number, page);
            done += count;
        }
        Ok(())
    }
}
