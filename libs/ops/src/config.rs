//! The one configuration loader: a TOML file, over it the environment. Owns the wording of what is wrong with them; refuses
//! to guess: an unknown key stops the process (configurations derive `deny_unknown_fields`).
//!
//! `DIOGEL_TLS__CERT=/etc/…` stands for `cert` in the table `tls`: two underscores step into a table.

use std::path::{Path, PathBuf};

use figment::error::Kind;
use figment::providers::{Env, Format, Toml};
use figment::{Figment, Source};
use serde::de::DeserializeOwned;

/// What every variable of the environment begins with.
pub const PREFIX: &str = "DIOGEL_";
/// Variables with the prefix that aren't configuration: the command line and the telemetry read them.
const NOT_CONFIGURATION: &[&str] = &["as", "config", "hub", "log", "log_format"];

/// Why a configuration is refused; each says where, and the way out.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// There is no such file.
    #[error("no configuration at {0}: create it, or name another one")]
    NoFile(PathBuf),
    /// Keys are missing, unknown or of the wrong type; one line for each.
    #[error("{0}")]
    Refused(String),
}

/// Reads the configuration at `path`, with variables of the environment over it.
///
/// # Errors
/// [`ConfigError`].
pub fn load<T: DeserializeOwned>(path: &Path) -> Result<T, ConfigError> {
    if !path.is_file() {
        return Err(ConfigError::NoFile(path.to_owned()));
    }
    extract(&Figment::from(Toml::file_exact(path)).merge(environment()))
}

/// The configuration from the environment alone.
///
/// # Errors
/// [`ConfigError::Refused`].
pub fn from_environment<T: DeserializeOwned>() -> Result<T, ConfigError> {
    extract(&Figment::from(environment()))
}

fn environment() -> Env {
    Env::prefixed(PREFIX).ignore(NOT_CONFIGURATION).split("__")
}

fn extract<T: DeserializeOwned>(figment: &Figment) -> Result<T, ConfigError> {
    figment.extract().map_err(|errors| {
        let lines: Vec<String> = errors.into_iter().map(|error| explained(&error)).collect();
        ConfigError::Refused(lines.join("\n"))
    })
}

fn explained(error: &figment::Error) -> String {
    let key = error.path.join(".");
    let at_key = if key.is_empty() {
        String::new()
    } else {
        format!(", key `{key}`")
    };
    format!(
        "{}{at_key}: {}: {}",
        place(error),
        error.kind,
        way_out(&error.kind)
    )
}

fn place(error: &figment::Error) -> String {
    match error
        .metadata
        .as_ref()
        .and_then(|metadata| metadata.source.as_ref())
    {
        Some(Source::File(path)) => path.display().to_string(),
        Some(source) => source.to_string(),
        None if error.metadata.is_some() => format!("the environment ({PREFIX}…)"),
        None => "the configuration".to_owned(),
    }
}

fn way_out(kind: &Kind) -> &'static str {
    match kind {
        Kind::MissingField(_) => "add it to the file",
        Kind::UnknownField(..) => "take it out, or correct its spelling",
        Kind::UnknownVariant(..) => "choose one of those",
        Kind::DuplicateField(_) => "keep one of them",
        Kind::InvalidType(..) | Kind::InvalidValue(..) | Kind::InvalidLength(..) => {
            "give it a value of that kind"
        }
        Kind::Message(_)
        | Kind::Unsupported(_)
        | Kind::UnsupportedKey(..)
        | Kind::ISizeOutOfRange(_)
        | Kind::USizeOutOfRange(_) => "correct it",
    }
}

#[cfg(test)]
// figment's Jail asks for its own large error type in each test.
#[allow(
    clippy::result_large_err,
    reason = "the error type is the test harness's"
)]
mod tests {
    use super::*;
    use figment::Jail;
    use serde::Deserialize;

    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(deny_unknown_fields)]
    struct Listen {
        port: u16,
    }

    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(deny_unknown_fields)]
    struct Config {
        board: String,
        listen: Listen,
    }

    fn refusal(toml: &str) -> String {
        let mut said = String::new();
        Jail::expect_with(|jail| {
            jail.create_file("diogel.toml", toml)?;
            said = load::<Config>(Path::new("diogel.toml"))
                .unwrap_err()
                .to_string();
            Ok(())
        });
        said
    }

    #[test]
    fn the_environment_goes_over_the_file_and_leaves_the_rest() {
        Jail::expect_with(|jail| {
            jail.create_file("diogel.toml", "board = \"west\"\n[listen]\nport = 1\n")?;
            jail.set_env("DIOGEL_LISTEN__PORT", "2");
            jail.set_env("DIOGEL_LOG", "debug");
            let config: Config = load(Path::new("diogel.toml")).unwrap();
            assert_eq!(
                config,
                Config {
                    board: "west".into(),
                    listen: Listen { port: 2 }
                }
            );
            Ok(())
        });
    }

    #[test]
    fn an_unknown_key_stops_the_process_with_file_key_and_way_out() {
        let said = refusal("board = \"west\"\nbord = 1\n[listen]\nport = 1\n");
        assert!(said.contains("diogel.toml"), "{said}");
        assert!(said.contains("bord"), "{said}");
        assert!(said.contains("correct its spelling"), "{said}");
    }

    #[test]
    fn a_wrong_type_and_a_missing_key_are_named() {
        let said = refusal("board = \"west\"\n[listen]\nport = \"x\"\n");
        assert!(
            said.contains("diogel.toml") && said.contains("`listen.port`"),
            "{said}"
        );
        let said = refusal("board = \"west\"\n");
        assert!(said.contains("listen") && said.contains("add it"), "{said}");
    }

    #[test]
    fn toml_that_does_not_parse_is_named_with_its_file() {
        let said = refusal("board = ");
        assert!(said.contains("diogel.toml"), "{said}");
    }

    #[test]
    fn a_missing_file_is_named() {
        let missing = load::<Config>(Path::new("/nowhere/diogel.toml")).unwrap_err();
        assert!(missing.to_string().contains("/nowhere/diogel.toml"));
    }
}
