//! The command line's words.

mod accountability;
mod importing;

use std::{net::SocketAddr, path::PathBuf};

use clap::{Args, Parser, Subcommand, builder::PossibleValuesParser};
use diogel_contract::Timestamp;
use diogel_domain::{codes::Language, content::Matter, lifecycle::alert::Awaited};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

pub(crate) use accountability::{
    AccessesOf, ChronologyOf, Disclose, ExplainEvent, NoticesOf, OutstandingOf,
};
pub(crate) use importing::Import;

/// Safeguarding agencies tell each other about danger, each seeing exactly what it may see.
#[derive(Parser)]
#[command(version, about, max_term_width = 100)]
pub(crate) struct Arguments {
    /// Print JSON instead of text.
    #[arg(long, global = true)]
    pub(crate) json: bool,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Start a whole hub on this machine and feed it three invented families.
    Demo(Demo),
    /// Start a whole hub in one process: every agency's service and the projection.
    Up(Up),
    /// Make a hub's folder and start nothing: addresses, certificates, first keys.
    Init(Init),
    /// Write the configurations for services that run as processes of their own, over NATS.
    Config(Config),
    /// Make ready for one more replica of the projection: an address and a certificate.
    Replica(Replica),
    /// Have the Board register the agencies and adopt the protocols, once its service runs.
    Register(Hub),
    /// Publish events from files of JSON lines.
    Publish(Publish),
    /// Judge a council's register of cautionary contacts row by row, and publish its good rows as proposals.
    Import(Import),
    /// What became of an event.
    Receipt(ReceiptOf),
    /// Destroy an event's content key: its content becomes unreadable everywhere, for good.
    Erase(Erase),
    /// Pre-visit check: what is known to you about a person or a place.
    Check(Check),
    /// Items of your view, newest first; or one of them.
    View(View),
    /// Follow the changes of your view.
    Watch(Watch),
    /// What each agency, the chair and the family would see of a publication, before it is published.
    Preview(Preview),
    /// Who gets what of an event, and why not more.
    Explain(ExplainEvent),
    /// Which systems have still to take what they were told: of your own events, their recipients'; of others', yours.
    Outstanding(OutstandingOf),
    /// Who looked at one of your events; or what your agency looked at.
    Accesses(AccessesOf),
    /// Reads of your events that a protocol has you told of; an open watch tells them at once.
    Notices(NoticesOf),
    /// What happened to a person or at premises, in order, and who knew of it when.
    Chronology(ChronologyOf),
    /// Disclose one of your events in an emergency, beyond every protocol. The Board is told.
    Disclose(Disclose),
    /// What a chair needs before a meeting: for the table, the chair or the family; as text, HTML, JSON or PDF.
    Summary(Summary),
    /// Professional disagreements (CRISP) that you may see: stage, whose turn, by when. For the Board: the register.
    Escalations(Escalations),
    /// The agencies of the board.
    Agencies(Hub),
    /// The Board's office: suspend an agency, withdraw a key.
    Board(Board),
    /// Information sharing protocols: what is wrong with a file, and its flows as text.
    #[command(subcommand)]
    Protocol(ProtocolCommand),
    /// Verify chains and signatures of a hub's journals, offline.
    Verify(Verify),
    /// Build the views anew from the order journal, and compare.
    Rebuild(Rebuild),
    /// The board's own certificates.
    #[command(subcommand)]
    Pki(Pki),
    /// NATS: the server's configuration, and the streams.
    #[command(subcommand)]
    Nats(Nats),
    /// Completions for a shell.
    Completions {
        /// Which shell.
        shell: clap_complete::Shell,
    },
}

impl Command {
    /// Whether the command has data to print as JSON, or none at all: what prints a configuration or a story has none.
    pub(crate) fn has_json(&self) -> bool {
        !matches!(
            self,
            Self::Demo(_)
                | Self::Replica(_)
                | Self::Completions { .. }
                | Self::Nats(Nats::Config(_))
                | Self::Protocol(ProtocolCommand::Show { .. })
        )
    }
}

/// A NATS server's address.
fn nats_server(text: &str) -> Result<String, String> {
    let port = text
        .strip_prefix("tls://")
        .and_then(|rest| rest.rsplit_once(':'))
        .filter(|(host, _)| !host.is_empty())
        .and_then(|(_, port)| port.parse::<u16>().ok());
    match port {
        Some(_) => Ok(text.to_owned()),
        None => Err("must be tls://host:port".into()),
    }
}

/// Copies of a stream, as NATS has them.
fn replicas(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(count @ (1 | 3 | 5)) => Ok(count),
        _ => Err("must be 1, 3 or 5".into()),
    }
}

/// Where the hub's folder is.
#[derive(Args, Clone)]
pub(crate) struct Hub {
    /// The hub's folder: certificates, addresses, data.
    #[arg(long, default_value = "demo", env = "DIOGEL_HUB", global = true)]
    pub(crate) hub: PathBuf,
}

/// For which agency to speak.
#[derive(Args, Clone)]
pub(crate) struct Access {
    #[command(flatten)]
    pub(crate) hub: Hub,
    /// The agency whose system calls, by its id.
    #[arg(long = "as", value_name = "AGENCY", env = "DIOGEL_AS")]
    pub(crate) agency: String,
    /// For whom: a name or a staff number. Kept with the access; without it, what is withheld from some by name isn't answered.
    #[arg(long, value_name = "PERSON", default_value = "")]
    pub(crate) on_behalf_of: String,
}

/// Another time than now.
#[derive(Args)]
pub(crate) struct AsOf {
    /// As of this time: what was held then, with content as far as it may be seen now (2026-11-01T09:00:00Z).
    #[arg(long, value_name = "TIME", value_parser = timestamp)]
    pub(crate) as_of: Option<Timestamp>,
}

fn timestamp(text: &str) -> Result<Timestamp, String> {
    let time = OffsetDateTime::parse(text, &Rfc3339);
    let time = time.map_err(|_| "must be a time such as 2026-11-01T09:00:00Z".to_owned())?;
    Ok(Timestamp {
        seconds: time.unix_timestamp(),
        nanos: i32::try_from(time.nanosecond()).unwrap_or(0),
    })
}

#[derive(Args)]
pub(crate) struct Demo {
    #[command(flatten)]
    pub(crate) hub: Hub,
    /// End after the first round instead of going on until ctrl-c.
    #[arg(long)]
    pub(crate) once: bool,
}

/// From what a new folder is made.
#[derive(Args)]
pub(crate) struct NewFolder {
    /// The board's id: of a new folder, cwm-derwen if left out; of one that is there, it must be this board's.
    #[arg(long)]
    pub(crate) board: Option<String>,
    /// Agencies' profiles, for a new folder; the shipped ones if left out.
    #[arg(long)]
    pub(crate) agencies: Option<PathBuf>,
    /// Information sharing protocols to adopt; the shipped ones if left out.
    #[arg(long)]
    pub(crate) protocols: Option<PathBuf>,
}

#[derive(Args)]
pub(crate) struct Init {
    #[command(flatten)]
    pub(crate) hub: Hub,
    #[command(flatten)]
    pub(crate) new: NewFolder,
}

#[derive(Args)]
pub(crate) struct Replica {
    #[command(flatten)]
    pub(crate) hub: Hub,
    /// What it is called, as an agency's id is formed.
    pub(crate) name: String,
}

#[derive(Args)]
pub(crate) struct Config {
    #[command(flatten)]
    pub(crate) hub: Hub,
    /// NATS servers, `tls://host:port`, several with commas.
    #[arg(long, value_delimiter = ',', required = true, value_parser = nats_server)]
    pub(crate) nats: Vec<String>,
    /// Copies that each stream keeps.
    #[arg(long, default_value = "1", value_parser = replicas)]
    pub(crate) replicas: usize,
    /// Where the views lie: sled, or redb for millions of events.
    #[arg(long, default_value = "sled", value_parser = ["sled", "redb"])]
    pub(crate) store: String,
}

#[derive(Args)]
pub(crate) struct Up {
    #[command(flatten)]
    pub(crate) hub: Hub,
    #[command(flatten)]
    pub(crate) new: NewFolder,
    /// NATS servers, `tls://host:port`, several with commas; embedded without.
    #[arg(long, value_delimiter = ',', value_parser = nats_server)]
    pub(crate) nats: Vec<String>,
    /// Copies that each stream keeps.
    #[arg(long, default_value = "1", value_parser = replicas)]
    pub(crate) replicas: usize,
    /// Where the views lie: sled, or redb for millions of events.
    #[arg(long, default_value = "sled", value_parser = ["sled", "redb"])]
    pub(crate) store: String,
}

#[derive(Args)]
pub(crate) struct Publish {
    #[command(flatten)]
    pub(crate) hub: Hub,
    /// The agency to publish for; without, each line says it ({"agency": …, "request": …}).
    #[arg(long = "as", value_name = "AGENCY", env = "DIOGEL_AS")]
    pub(crate) agency: Option<String>,
    /// Check everything, store nothing.
    #[arg(long)]
    pub(crate) validate_only: bool,
    /// Files of JSON lines; `-` is standard input.
    #[arg(required = true)]
    pub(crate) files: Vec<PathBuf>,
}

#[derive(Args)]
pub(crate) struct ReceiptOf {
    #[command(flatten)]
    pub(crate) access: Access,
    /// The event's id, or the request key that it was published with.
    pub(crate) event: String,
}

#[derive(Args)]
pub(crate) struct Erase {
    #[command(flatten)]
    pub(crate) access: Access,
    /// The event's id.
    pub(crate) event: String,
    /// Why: a ruling or a code, nothing personal. It stays readable.
    #[arg(long)]
    pub(crate) reason: String,
}

/// By which identifiers to search: give all that you have.
#[derive(Args, Clone)]
pub(crate) struct Identifiers {
    /// NHS number.
    #[arg(long, value_name = "NUMBER")]
    pub(crate) nhs: Vec<String>,
    /// Unique pupil number.
    #[arg(long, value_name = "NUMBER")]
    pub(crate) upn: Vec<String>,
    /// Unique property reference number of the premises.
    #[arg(long, value_name = "NUMBER")]
    pub(crate) uprn: Vec<String>,
    /// An agency's own reference, as `agency:reference`.
    #[arg(long, value_name = "AGENCY:REFERENCE")]
    pub(crate) local: Vec<String>,
}

#[derive(Args)]
pub(crate) struct Check {
    #[command(flatten)]
    pub(crate) access: Access,
    /// When the visit is planned (2026-12-01T18:00:00Z): what it is to be reminded of.
    #[arg(long = "at", value_name = "TIME", value_parser = timestamp)]
    pub(crate) planned_at: Option<Timestamp>,
    /// Takes note of the answer, for --on-behalf-of.
    #[arg(long)]
    pub(crate) acknowledge: bool,
    #[command(flatten)]
    pub(crate) as_of: AsOf,
    #[command(flatten)]
    pub(crate) identifiers: Identifiers,
    /// Language of what is printed.
    #[arg(long, default_value = "en", value_parser = ["en", "cy"])]
    pub(crate) language: String,
}

#[derive(Args)]
pub(crate) struct View {
    #[command(flatten)]
    pub(crate) access: Access,
    #[command(flatten)]
    pub(crate) as_of: AsOf,
    #[command(flatten)]
    pub(crate) identifiers: Identifiers,
    /// Only this kind.
    #[arg(long, value_parser = PossibleValuesParser::new(Matter::ALL.iter().map(|m| m.code())))]
    pub(crate) kind: Option<String>,
    /// Only what isn't over, of hazard alerts or of escalations.
    #[arg(long, requires = "kind")]
    pub(crate) open: bool,
    /// Only the agency's own.
    #[arg(long)]
    pub(crate) own: bool,
    /// Only the agency's own hazard alerts that wait for this, the oldest first.
    #[arg(long, requires = "kind", value_parser = PossibleValuesParser::new(Awaited::ALL.iter().map(|a| a.code())))]
    pub(crate) awaited: Option<String>,
    /// How many items.
    #[arg(long, short = 'n', default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) count: u32,
    /// One event, whole.
    #[arg(conflicts_with_all = ["nhs", "upn", "uprn", "local", "kind", "open", "own", "awaited", "count"])]
    pub(crate) event: Option<String>,
}

#[derive(Args)]
pub(crate) struct Watch {
    #[command(flatten)]
    pub(crate) access: Access,
    /// Go on after this cursor.
    #[arg(long, default_value = "")]
    pub(crate) cursor: String,
    /// Only what changes from now on.
    #[arg(long, conflicts_with = "cursor")]
    pub(crate) from_now: bool,
    /// End after so many changes.
    #[arg(long, value_parser = clap::value_parser!(u64).range(1..))]
    pub(crate) count: Option<u64>,
}

#[derive(Args)]
pub(crate) struct Escalations {
    #[command(flatten)]
    pub(crate) access: Access,
    /// Those that are over too.
    #[arg(long)]
    pub(crate) all: bool,
    /// Language of what is printed.
    #[arg(long, default_value = "en", value_parser = ["en", "cy"])]
    pub(crate) language: String,
}

#[derive(Args)]
pub(crate) struct Summary {
    #[command(flatten)]
    pub(crate) access: Access,
    #[command(flatten)]
    pub(crate) as_of: AsOf,
    #[command(flatten)]
    pub(crate) identifiers: Identifiers,
    /// For whose eyes: everybody at the table, the chair alone, or members of the family (with --family).
    #[arg(long = "for", value_name = "WHOM", default_value = "professionals", value_parser = ["professionals", "chair", "family"])]
    pub(crate) whom: String,
    /// Agencies attending beside you.
    #[arg(long, value_delimiter = ',', conflicts_with = "meeting")]
    pub(crate) attending: Vec<String>,
    /// The meeting, by its event: who attends is taken from it.
    #[arg(
        long,
        value_name = "EVENT",
        default_value = "",
        hide_default_value = true
    )]
    pub(crate) meeting: String,
    /// A member of the family who gets the page, with what is known of them: "Ceri Rees=nhs:9990012172,local:housing:T-77".
    #[arg(long, value_name = "NAME=SCHEME:VALUE,…")]
    pub(crate) family: Vec<String>,
    /// Somebody else in the room, who holds nothing: "interpreter". The chair's page warns of them.
    #[arg(long, value_name = "WHO")]
    pub(crate) also_present: Vec<String>,
    #[command(flatten)]
    pub(crate) page: Page,
    /// Language of headings and fixed phrases.
    #[arg(long, default_value = "en", value_parser = ["en", "cy"])]
    pub(crate) language: String,
}

/// How a document is printed.
#[derive(Args, Clone)]
pub(crate) struct Page {
    /// As text, or as a web page that prints on A4; with --json as the document's own JSON.
    #[arg(long, default_value = "text", value_parser = ["text", "html"])]
    pub(crate) form: String,
    /// Writes a PDF to this file. The render service makes it: one that is running, or `diogel-render` beside this program.
    #[arg(long, value_name = "FILE", conflicts_with = "form")]
    pub(crate) pdf: Option<PathBuf>,
}

/// The language of what is printed: the parser lets no other word through.
pub(crate) fn language(given: &str) -> Language {
    match given {
        "cy" => Language::Welsh,
        _ => Language::English,
    }
}

#[derive(Args)]
pub(crate) struct Board {
    #[command(flatten)]
    pub(crate) hub: Hub,
    #[command(subcommand)]
    pub(crate) command: BoardCommand,
}

#[derive(Subcommand)]
pub(crate) enum BoardCommand {
    /// Suspend an agency: it neither publishes nor reads.
    Suspend {
        /// The agency's id.
        agency: String,
    },
    /// End an agency's suspension.
    Restore {
        /// The agency's id.
        agency: String,
    },
    /// Adopt a version of the Board's policy: the stages of disagreements with their clocks, and how long alerts stand.
    Policy {
        /// Its file, TOML.
        file: PathBuf,
    },
    /// Publish any Board event, for example the withdrawal of a key.
    Publish {
        /// A file with one `diogel.v1.BoardEvent`, JSON.
        file: PathBuf,
    },
}

#[derive(Subcommand)]
pub(crate) enum ProtocolCommand {
    /// What is wrong with protocols' files, by line, or should be looked at. Ends with 5 if there are mistakes.
    Check {
        #[command(flatten)]
        hub: Hub,
        /// Protocols' files, TOML.
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
    /// A protocol's flows as text.
    Show {
        #[command(flatten)]
        hub: Hub,
        /// The protocol's file, TOML.
        file: PathBuf,
        /// Language of the text.
        #[arg(long, default_value = "en", value_parser = ["en", "cy"])]
        language: String,
    },
    /// Have the Board adopt a protocol, or a new version of one: from then on its parties can sign it.
    Adopt {
        #[command(flatten)]
        hub: Hub,
        /// The protocol's file, TOML.
        file: PathBuf,
    },
    /// Have the Board end a protocol: nothing more goes by it.
    End {
        #[command(flatten)]
        hub: Hub,
        /// The protocol's id.
        protocol: String,
    },
    /// Sign a version of a protocol for an agency: the one in this file, to the letter.
    Sign {
        #[command(flatten)]
        access: Access,
        /// The protocol's file, as the Board adopted it.
        file: PathBuf,
    },
    /// Leave a protocol: nothing more goes to the agency or from it under that protocol.
    Leave {
        #[command(flatten)]
        access: Access,
        /// The protocol's id.
        protocol: String,
    },
}

#[derive(Args)]
pub(crate) struct Verify {
    #[command(flatten)]
    pub(crate) hub: Hub,
}

#[derive(Args)]
pub(crate) struct Rebuild {
    #[command(flatten)]
    pub(crate) hub: Hub,
    /// Where the views lie.
    #[arg(long, default_value = "sled", value_parser = ["sled", "redb"])]
    pub(crate) store: String,
}

#[derive(Subcommand)]
pub(crate) enum Pki {
    /// Make a board's certificate authority.
    Init {
        /// The authority's folder.
        #[arg(long)]
        dir: PathBuf,
        /// The board's id.
        #[arg(long)]
        board: String,
    },
    /// Issue a certificate.
    Issue {
        /// The authority's folder.
        #[arg(long)]
        dir: PathBuf,
        /// The name: `diogel://board/agency/role/name`.
        name: String,
        /// Host names and addresses that the holder serves on.
        #[arg(long, value_delimiter = ',')]
        hosts: Vec<String>,
        /// Days that it is valid, ten years at most.
        #[arg(long, default_value_t = 90, value_parser = clap::value_parser!(u32).range(1..=3653))]
        days: u32,
    },
    /// Revoke every certificate of a name.
    Revoke {
        /// The authority's folder.
        #[arg(long)]
        dir: PathBuf,
        /// The name.
        name: String,
    },
    /// Sign the revocation list anew, before it ends.
    Renew {
        /// The authority's folder.
        #[arg(long)]
        dir: PathBuf,
        /// Days that it holds, a year at most: past its end nobody is admitted.
        #[arg(long, default_value_t = 7, value_parser = clap::value_parser!(u32).range(1..=366))]
        days: u32,
    },
    /// Every certificate issued.
    List {
        /// The authority's folder.
        #[arg(long)]
        dir: PathBuf,
    },
}

#[derive(Args)]
pub(crate) struct NatsServer {
    #[command(flatten)]
    pub(crate) hub: Hub,
    /// Where the server listens.
    #[arg(long, default_value = "127.0.0.1:4222")]
    pub(crate) listen: SocketAddr,
    /// Where it keeps its streams.
    #[arg(long)]
    pub(crate) store: PathBuf,
    /// The server's number in its cluster.
    #[arg(long, default_value_t = 1)]
    pub(crate) node: u16,
    /// Where the cluster's other servers connect; with it comes `--routes`.
    #[arg(long, requires = "routes")]
    pub(crate) cluster_listen: Option<SocketAddr>,
    /// `host:port` where each server of the cluster listens for the others.
    #[arg(long, value_delimiter = ',', requires = "cluster_listen")]
    pub(crate) routes: Vec<String>,
}

#[derive(Subcommand)]
pub(crate) enum Nats {
    /// Print the configuration of a nats-server for a hub's folder.
    Config(NatsServer),
    /// Make the streams; those that are there and right stay as they are.
    Setup {
        #[command(flatten)]
        hub: Hub,
        /// NATS servers, `tls://host:port`.
        #[arg(long, value_delimiter = ',', required = true, value_parser = nats_server)]
        nats: Vec<String>,
        /// Copies that each stream keeps.
        #[arg(long, default_value = "1", value_parser = replicas)]
        replicas: usize,
    },
}

/// What would be seen.
#[derive(Args)]
pub(crate) struct Preview {
    #[command(flatten)]
    pub(crate) access: Access,
    /// A file whose first line is the publication, as `diogel publish` takes it; `-` is standard input.
    pub(crate) file: PathBuf,
    /// The agency whose chair would hold it; without: your own.
    #[arg(long, default_value = "", hide_default_value = true)]
    pub(crate) chair: String,
    /// Agencies at the table beside you.
    #[arg(long, value_delimiter = ',')]
    pub(crate) attending: Vec<String>,
    /// "en" or "cy".
    #[arg(long, default_value = "en", value_parser = ["en", "cy"])]
    pub(crate) language: String,
}
