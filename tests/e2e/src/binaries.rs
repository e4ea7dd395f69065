//! The programs under test, from the same build as the test itself.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// Where the programs are, if not next to the test's own.
const ELSEWHERE: &str = "E2E_BINARIES";

/// The binary of this name.
pub(crate) fn binary(name: &str) -> PathBuf {
    if let Some(folder) = std::env::var_os(ELSEWHERE) {
        return PathBuf::from(folder).join(name);
    }
    let own = std::env::current_exe().expect("the test's own path");
    let profile = own.parent().and_then(Path::parent);
    let path = profile.expect("target/<profile>/deps/<test>").join(name);
    assert!(
        path.is_file(),
        "{} is missing: cargo build -p diogel -p diogel-agency -p diogel-projection",
        path.display()
    );
    path
}

/// A command for the binary of this name, without the environment that would configure it.
pub(crate) fn command(name: &str) -> Command {
    let mut command = Command::new(binary(name));
    command.stdin(Stdio::null());
    for (key, _) in std::env::vars_os() {
        if key.to_string_lossy().starts_with("DIOGEL_") {
            command.env_remove(key);
        }
    }
    command
}

/// Runs the command line to its end.
pub(crate) fn diogel(arguments: &[&str]) -> Output {
    command("diogel")
        .args(arguments)
        .output()
        .expect("diogel runs")
}
