//! The package that an XLSX file is. Owns that it unpacks to no more than its bound, by unpacking it: what its parts say of their
//! own size is believed by nobody.

use std::io::{Cursor, Read, copy, sink};

use zip::ZipArchive;

use super::{NotARegister, limits};

/// Parts of a package; a workbook has some dozens.
const PARTS: usize = 4_096;

/// Looks whether all of it can be unpacked within the bound.
pub(super) fn check(bytes: &[u8]) -> Result<(), NotARegister> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged())?;
    if archive.len() > PARTS {
        return Err(too_large());
    }
    let mut room = limits::UNPACKED;
    for part in 0..archive.len() {
        let part = archive.by_index(part).map_err(|_| damaged())?;
        let unpacked = copy(&mut part.take(room + 1), &mut sink()).map_err(|_| damaged())?;
        room = room.checked_sub(unpacked).ok_or_else(too_large)?;
    }
    Ok(())
}

pub(super) fn damaged() -> NotARegister {
    let way_out = "open it in the spreadsheet and save it again as .xlsx, or as CSV";
    NotARegister::new("the file is damaged, or is no .xlsx workbook", way_out)
}

fn too_large() -> NotARegister {
    let way_out = "take out pictures and other sheets, or save the register as CSV";
    NotARegister::new("the workbook unpacks to more than 96 MiB", way_out)
}
