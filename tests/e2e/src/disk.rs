//! File systems of their own, in files: for full disks and power cuts.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Command;

/// With this in the environment, a machine that can't mount passes all the same, and says so.
const EXCUSED: &str = "DIOGEL_NO_LOOP";

/// An ext4 file system in a file, mounted until it is dropped.
pub struct Disk {
    image: PathBuf,
    at: PathBuf,
}

impl Disk {
    /// A new one of this size in MiB; none where nothing can be mounted.
    pub fn new(folder: &Path, name: &str, megabytes: u64) -> Option<Self> {
        let image = folder.join(format!("{name}.img"));
        let made = File::create(&image).and_then(|file| file.set_len(megabytes << 20));
        made.expect("a file");
        // No journal's own worth of space, no blocks for root: full is full.
        let made = run(Command::new("mkfs.ext4")
            .args(["-q", "-m", "0"])
            .arg(&image));
        if !made {
            return excused();
        }
        Self::mount(image, folder.join(name))
    }

    fn mount(image: PathBuf, at: PathBuf) -> Option<Self> {
        std::fs::create_dir_all(&at).expect("a folder");
        if run(Command::new("mount")
            .args(["-o", "loop"])
            .arg(&image)
            .arg(&at))
        {
            Some(Self { image, at })
        } else {
            excused()
        }
    }

    /// Where it is mounted.
    pub fn at(&self) -> &Path {
        &self.at
    }

    /// What a power cut now would leave of it, mounted elsewhere: whatever was never synced is not there.
    #[must_use]
    pub fn after_power_cut(&self, folder: &Path, name: &str) -> Self {
        let copy = folder.join(format!("{name}.img"));
        assert!(run(Command::new("cp").arg(&self.image).arg(&copy)));
        Self::mount(copy, folder.join(name)).expect("it was mounted before")
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let gone = run(Command::new("umount").arg("--lazy").arg(&self.at));
        assert!(gone || std::thread::panicking(), "unmounted");
    }
}

fn run(command: &mut Command) -> bool {
    command.status().is_ok_and(|status| status.success())
}

fn excused<T>() -> Option<T> {
    assert!(
        std::env::var_os(EXCUSED).is_some(),
        "a file system can't be made and mounted here: run as root, or set {EXCUSED}"
    );
    eprintln!("NOT TESTED: nothing can be mounted here, and {EXCUSED} is set");
    None
}
