//! What the run costs the machine, read from `/proc/self` and the store's folder. Linux only.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use crate::Outcome;

/// Clock ticks a second in `/proc/self/stat`; Linux has kept it at 100 for user space.
const TICKS: f64 = 100.0;

/// A field of `/proc/self/status`, in MiB; 0 where the kernel does not have it.
pub fn memory_mib(field: &str) -> Outcome<u64> {
    let status = fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix(field));
    let kib = line
        .and_then(|rest| rest.split_whitespace().nth(1))
        .unwrap_or("0");
    Ok(kib.parse::<u64>()? / 1024)
}

/// Processor seconds this process has used: steadier than wall time on a shared machine.
pub fn cpu_seconds() -> Outcome<f64> {
    let stat = fs::read_to_string("/proc/self/stat")?;
    // The name, in brackets, may hold spaces: count fields after it.
    let after = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
    let ticks = after.split_whitespace().skip(11).take(2);
    Ok(ticks
        .map(|field| field.parse::<f64>().unwrap_or(0.0))
        .sum::<f64>()
        / TICKS)
}

/// Bytes this process has had the disk read (`read_bytes`) or write (`write_bytes`), page cache excluded.
pub fn disk_io(field: &str) -> Outcome<u64> {
    let io = fs::read_to_string("/proc/self/io")?;
    let line = io
        .lines()
        .find_map(|line| line.strip_prefix(field)?.strip_prefix(": "));
    Ok(line.unwrap_or("0").parse()?)
}

/// Bytes that a folder takes on the disk.
pub fn disk_bytes(folder: &Path) -> Outcome<u64> {
    let mut bytes = 0;
    for entry in fs::read_dir(folder)? {
        // sled removes files while it runs: one that has gone takes no space.
        let entry = entry?;
        let Ok(metadata) = entry.metadata() else {
            continue;
        };
        bytes += if metadata.is_dir() {
            disk_bytes(&entry.path())?
        } else {
            metadata.blocks() * 512
        };
    }
    Ok(bytes)
}
