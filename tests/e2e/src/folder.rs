//! Folders: copied, put in another's place, searched.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::offline::bytes_of;

/// Copies a folder with all that is in it, modes included.
pub fn copy(from: &Path, to: &Path) {
    let copied = Command::new("cp").arg("-a").arg(from).arg(to).status();
    assert!(copied.expect("cp runs").success(), "{}", from.display());
}

/// Puts a copy in a folder's place.
pub fn replace(folder: &Path, copy_of_it: &Path) {
    fs::remove_dir_all(folder).expect("the folder goes");
    copy(copy_of_it, folder);
}

/// The files below a folder that hold these bytes.
pub fn holds(folder: &Path, bytes: &[u8]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(holds(&path, bytes));
        } else if has(&contents(&path), bytes) {
            found.push(path);
        }
    }
    found
}

/// Of a file that a running service has just removed: nothing.
fn contents(file: &Path) -> Vec<u8> {
    match fs::read(file) {
        Err(error) if error.kind() == ErrorKind::NotFound => Vec::new(),
        read => read.expect("a file"),
    }
}

/// Flips one bit of an event in a file, in each copy of the event that the file has: after its id stands whose it is, and it
/// is what follows that changes.
pub fn flip(file: &Path, event_id: &str, agency: &str) {
    let id = bytes_of(event_id);
    let mut bytes = fs::read(file).expect("a file");
    let own = |at: &usize| {
        let after = bytes
            .get(at + 16..at + 18 + agency.len())
            .unwrap_or_default();
        bytes[*at..].starts_with(&id) && after.ends_with(agency.as_bytes())
    };
    let found: Vec<usize> = (0..bytes.len()).filter(own).collect();
    assert!(!found.is_empty(), "{} lacks {event_id}", file.display());
    for at in found {
        bytes[at + 60] ^= 4;
    }
    fs::write(file, bytes).expect("a file");
}

/// Looks at the first byte before the rest: files are large, and unoptimised code is slow.
fn has(text: &[u8], bytes: &[u8]) -> bool {
    let first = bytes[0];
    let mut rest = text;
    while let Some(at) = rest.iter().position(|byte| *byte == first) {
        rest = &rest[at..];
        if rest.starts_with(bytes) {
            return true;
        }
        rest = &rest[1..];
    }
    false
}
