//! Log lines to standard error. Owns their format and filter; refuses debug lines of the transport, which would print
//! headers and frames, and with them what nobody may log.

use std::env;

use serde::Deserialize;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::{LevelFilter, ParseError};

/// The variable that holds the filter, in the syntax of `tracing_subscriber::EnvFilter`: `info,diogel_agency=debug`.
pub const FILTER_VARIABLE: &str = "DIOGEL_LOG";
/// These print what goes over the wire when asked for more than information.
const AT_MOST_INFO: &[&str] = &[
    "h2",
    "hyper",
    "hyper_util",
    "tonic",
    "tower",
    "rustls",
    "tokio_rustls",
    "async_nats",
];

/// How a log line looks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// One line of text, for people.
    #[default]
    Text,
    /// One JSON object, for collectors.
    Json,
}

/// The filter can't be read.
#[derive(Debug, thiserror::Error)]
#[error(
    "{FILTER_VARIABLE}={filter:?} is no filter ({source}): write for instance info,diogel_agency=debug"
)]
pub struct TelemetryError {
    filter: String,
    source: ParseError,
}

/// Sends log lines to standard error from now on; a second call changes nothing. The filter is `DIOGEL_LOG`, or `info`.
///
/// # Errors
/// [`TelemetryError`].
pub fn init(format: LogFormat) -> Result<(), TelemetryError> {
    let filter = env::var(FILTER_VARIABLE).unwrap_or_default();
    // For people, at a terminal, what went well is no news; a service tells its story.
    let default = match format {
        LogFormat::Text => LevelFilter::WARN,
        LogFormat::Json => LevelFilter::INFO,
    };
    let lines = tracing_subscriber::fmt()
        .with_env_filter(filter_of(&filter, default)?)
        .with_writer(std::io::stderr);
    // It fails when there is a subscriber already: that one stays.
    let _first_wins = match format {
        LogFormat::Text => lines.compact().with_ansi(is_terminal()).try_init(),
        LogFormat::Json => lines.json().flatten_event(true).try_init(),
    };
    Ok(())
}

fn is_terminal() -> bool {
    std::io::IsTerminal::is_terminal(&std::io::stderr())
}

fn filter_of(text: &str, default: LevelFilter) -> Result<EnvFilter, TelemetryError> {
    let refused = |source| TelemetryError {
        filter: text.to_owned(),
        source,
    };
    let asked = EnvFilter::builder()
        .with_default_directive(default.into())
        .parse(text)
        .map_err(refused)?;
    // Where no more than information was asked for, a directive of theirs would ask for more, not for less.
    if asked
        .max_level_hint()
        .is_some_and(|most| most <= LevelFilter::INFO)
    {
        return Ok(asked);
    }
    let at_most_info = AT_MOST_INFO
        .iter()
        .map(|target| format!("{target}=info").parse());
    at_most_info
        .into_iter()
        .try_fold(asked, |filter, directive| {
            Ok(filter.add_directive(directive.map_err(refused)?))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn starting_twice_is_harmless() {
        init(LogFormat::Json).unwrap();
        init(LogFormat::Text).unwrap();
    }

    #[test]
    fn no_filter_makes_the_transport_print_frames() {
        let filter = filter_of("trace,h2=trace", LevelFilter::INFO)
            .unwrap()
            .to_string();
        assert!(
            filter.contains("h2=info") && !filter.contains("h2=trace"),
            "{filter}"
        );
    }

    #[test]
    fn a_quiet_filter_keeps_the_transport_quiet_too() {
        for (text, default) in [("", LevelFilter::WARN), ("error", LevelFilter::INFO)] {
            let filter = filter_of(text, default).unwrap().to_string();
            assert!(!filter.contains("info"), "{filter}");
        }
    }

    #[test]
    fn a_filter_that_is_none_is_refused_with_an_example() {
        let refused = filter_of("info,=,,x=loud", LevelFilter::INFO)
            .unwrap_err()
            .to_string();
        assert!(refused.contains("diogel_agency=debug"), "{refused}");
    }
}
