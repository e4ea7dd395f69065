//! Printing: data to standard output, notes to standard error. A closed pipe is no failure: whoever reads has had enough; data
//! that can't be written is one.

use std::{
    io::{ErrorKind, IsTerminal, Write},
    sync::OnceLock,
};

use crate::failure::Failure;

/// Why standard output took no more. Nothing is written to it from then on.
static ENDED: OnceLock<std::io::Error> = OnceLock::new();

/// A line of data.
pub(crate) fn line(text: &str) {
    if ENDED.get().is_some() {
        return;
    }
    let mut out = std::io::stdout().lock();
    let written = writeln!(out, "{text}").and_then(|()| out.flush());
    if let Err(error) = written {
        let _first_counts = ENDED.set(error);
    }
}

/// Whether nobody takes any more data: whoever would print for ever, or only prints, may stop.
pub(crate) fn has_ended() -> bool {
    ENDED.get().is_some()
}

/// Whether the data came to where it was sent.
pub(crate) fn written() -> Result<(), Failure> {
    match ENDED.get() {
        Some(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(Failure::Other(format!("standard output: {error}")))
        }
        Some(_) | None => Ok(()),
    }
}

/// A line for people.
pub(crate) fn note(text: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{text}");
}

/// Bold, on a terminal that hasn't asked for plain text.
pub(crate) fn heading(text: &str) -> String {
    let plain = std::env::var_os("NO_COLOR").is_some_and(|v| !v.is_empty());
    if std::io::stdout().is_terminal() && !plain {
        format!("\x1b[1m{text}\x1b[0m")
    } else {
        text.to_owned()
    }
}

/// A progress bar on a terminal; nothing elsewhere.
pub(crate) fn progress(length: u64, what: &'static str) -> indicatif::ProgressBar {
    let bar = indicatif::ProgressBar::new(length);
    let style = indicatif::ProgressStyle::with_template("{msg} {bar:40} {pos}/{len} {eta}");
    bar.set_message(what);
    match style {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}
