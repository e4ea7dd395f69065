//! One process. It ends when it is dropped, by its own process id.

use std::fs::File;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

/// How long a process may take to end after it was asked to.
const PATIENCE: Duration = Duration::from_secs(20);

/// A running process, and where it says what it has to say.
pub struct Process {
    name: String,
    log: PathBuf,
    child: Child,
}

/// How a process ended.
#[derive(Debug)]
pub struct Ended {
    /// Its exit code; none if a signal ended it.
    pub code: Option<i32>,
    /// The signal that ended it.
    pub signal: Option<i32>,
    /// Everything it ever wrote.
    pub said: String,
}

impl Process {
    /// Starts it; what it writes is added to `log`.
    pub fn start(name: &str, mut command: Command, log: &Path) -> Self {
        let file = File::options().create(true).append(true).open(log);
        let file = file.expect("a log file");
        command
            .stdin(Stdio::null())
            .stdout(file.try_clone().expect("a handle"))
            .stderr(file);
        Self {
            name: name.to_owned(),
            log: log.to_owned(),
            child: command.spawn().expect("the process starts"),
        }
    }

    /// Whether it still runs.
    pub fn runs(&mut self) -> bool {
        self.child.try_wait().expect("a process").is_none()
    }

    /// Everything it ever wrote.
    pub fn said(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap_or_default()
    }

    /// `kill -9`: nothing is flushed or said.
    pub fn kill(mut self) {
        self.child.kill().expect("kill");
        self.child.wait().expect("wait");
    }

    /// `kill -TERM`, and waits for the end.
    pub fn stop(self) -> Ended {
        self.signal("-TERM");
        self.ended()
    }

    /// Waits until it ends by itself.
    pub fn ended(mut self) -> Ended {
        let until = Instant::now() + PATIENCE;
        loop {
            if let Some(status) = self.child.try_wait().expect("a process") {
                return self.end(status);
            }
            assert!(
                Instant::now() < until,
                "{} doesn't end: {}",
                self.name,
                self.said()
            );
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    fn end(&self, status: ExitStatus) -> Ended {
        Ended {
            code: status.code(),
            signal: status.signal(),
            said: self.said(),
        }
    }

    /// `kill -STOP`: from now on it does nothing.
    pub fn pause(&self) {
        self.signal("-STOP");
    }

    /// `kill -CONT`.
    pub fn resume(&self) {
        self.signal("-CONT");
    }

    fn signal(&self, signal: &str) {
        let sent = Command::new("kill")
            .arg(signal)
            .arg(self.child.id().to_string())
            .status();
        assert!(
            sent.expect("kill runs").success(),
            "{} gets {signal}",
            self.name
        );
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
