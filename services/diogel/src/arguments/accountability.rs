//! The words of accountability: who gets what, who looked, what happened when.

use clap::{Args, builder::PossibleValuesParser};
use diogel_sharing::groups::FieldGroup;

use super::{Access, AsOf, Identifiers};

/// Who gets what of an event.
#[derive(Args)]
pub(crate) struct ExplainEvent {
    #[command(flatten)]
    pub(crate) access: Access,
    #[command(flatten)]
    pub(crate) as_of: AsOf,
    /// The event.
    pub(crate) event: String,
    /// "en" or "cy".
    #[arg(long, default_value = "en", value_parser = ["en", "cy"])]
    pub(crate) language: String,
}

/// What hasn't been taken.
#[derive(Args)]
pub(crate) struct OutstandingOf {
    #[command(flatten)]
    pub(crate) access: Access,
    /// How many.
    #[arg(long, short = 'n', default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) count: u32,
}

/// Who looked.
#[derive(Args)]
pub(crate) struct AccessesOf {
    #[command(flatten)]
    pub(crate) access: Access,
    /// One of your own events; none: what your agency looked at, and where it wasn't let in.
    pub(crate) event: Option<String>,
    /// As the Board's governance: who wasn't let in, of all agencies.
    #[arg(long, conflicts_with = "event")]
    pub(crate) not_let_in: bool,
    /// How many.
    #[arg(long, short = 'n', default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=200))]
    pub(crate) count: u32,
}

/// Notices of reads.
#[derive(Args)]
pub(crate) struct NoticesOf {
    #[command(flatten)]
    pub(crate) access: Access,
    /// How many.
    #[arg(long, short = 'n', default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=200))]
    pub(crate) count: u32,
}

/// A chronology.
#[derive(Args)]
pub(crate) struct ChronologyOf {
    #[command(flatten)]
    pub(crate) access: Access,
    #[command(flatten)]
    pub(crate) as_of: AsOf,
    #[command(flatten)]
    pub(crate) identifiers: Identifiers,
    /// "en" or "cy".
    #[arg(long, default_value = "en", value_parser = ["en", "cy"])]
    pub(crate) language: String,
    /// As one document for a practice review, with gaps and late knowledge marked; csv for a spreadsheet. Without: event by event.
    #[arg(long, value_parser = ["text", "html", "csv"])]
    pub(crate) form: Option<String>,
    /// Writes the document as a PDF to this file, as with `summary`.
    #[arg(long, value_name = "FILE", conflicts_with = "form")]
    pub(crate) pdf: Option<std::path::PathBuf>,
}

/// An emergency disclosure.
#[derive(Args)]
pub(crate) struct Disclose {
    #[command(flatten)]
    pub(crate) access: Access,
    /// The event.
    pub(crate) event: String,
    /// To whom: agencies' ids.
    #[arg(long, required = true, value_delimiter = ',', value_name = "AGENCY")]
    pub(crate) to: Vec<String>,
    /// Which field groups.
    #[arg(long, required = true, value_delimiter = ',', value_parser = PossibleValuesParser::new(FieldGroup::ALL.map(FieldGroup::code)))]
    pub(crate) groups: Vec<String>,
    /// The danger that leaves no other way.
    #[arg(long)]
    pub(crate) reason: String,
}
