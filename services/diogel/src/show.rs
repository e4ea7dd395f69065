//! Printing: data to standard output, notes to standard error. A closed pipe ends quietly.

use std::io::{IsTerminal, Write};

/// A line of data.
pub(crate) fn line(text: &str) {
    // Whoever reads has gone: there is nobody to tell.
    let _ = writeln!(std::io::stdout().lock(), "{text}");
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
