//! `diogel`: the command line, and the whole hub in one process. Data goes to standard output, everything else to standard
//! error; exit codes mean something (see `failure`).

mod accountability;
mod arguments;
mod authority;
mod board;
mod checked;
mod chronology;
mod client;
mod demo;
mod earlier;
mod escalations;
mod failure;
mod feeding;
mod folder;
mod hub;
mod import;
mod lines;
mod nats;
mod paper;
mod pki;
mod preview;
mod protocol;
mod publish;
mod read_json;
mod reading;
mod rebuild;
mod register;
mod scenarios;
mod set_up;
mod show;
mod signatures;
mod up;
mod verify;

use std::process::ExitCode;

use clap::{CommandFactory, Parser};
use diogel_ops::telemetry;

use arguments::{Arguments, Command};
use failure::Failure;

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    if let Err(error) = telemetry::init(telemetry::LogFormat::Text) {
        show::note(&format!("diogel: {error}"));
    }
    match run(arguments).await.and_then(|()| show::written()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            show::note(&format!("diogel: {failure}"));
            failure.exit_code()
        }
    }
}

async fn run(arguments: Arguments) -> Result<(), Failure> {
    let json = arguments.json;
    if json && !arguments.command.has_json() {
        let text = "--json: this command prints text for people or another program; leave it out";
        return Err(Failure::Usage(text.into()));
    }
    match arguments.command {
        Command::Demo(demo) => demo::run(demo).await,
        Command::Up(up) => up::run(up).await,
        Command::Init(init) => set_up::init(&init),
        Command::Config(config) => set_up::config(&config, json),
        Command::Replica(replica) => set_up::replica(&replica),
        Command::Register(hub) => register::run(&hub).await,
        Command::Publish(publish) => publish::run(publish, json).await,
        Command::Import(import) => import::run(import, json).await,
        Command::Receipt(receipt) => publish::receipt(receipt, json).await,
        Command::Erase(erase) => publish::erase(erase, json).await,
        Command::Check(check) => reading::check(check, json).await,
        Command::View(view) => reading::view(view, json).await,
        Command::Watch(watch) => reading::watch(watch, json).await,
        Command::Summary(summary) => reading::summary(summary, json).await,
        Command::Escalations(escalations) => escalations::run(escalations, json).await,
        Command::Agencies(access) => reading::agencies(&access, json),
        Command::Board(board) => board::run(board, json).await,
        Command::Protocol(command) => protocol::run(command, json).await,
        Command::Preview(preview) => preview::run(preview, json).await,
        Command::Explain(explain) => accountability::explain(explain, json).await,
        Command::Outstanding(of) => accountability::outstanding(of, json).await,
        Command::Notices(of) => chronology::notices(of, json).await,
        Command::Chronology(of) => chronology::chronology(of, json).await,
        Command::Accesses(of) => accountability::accesses(of, json).await,
        Command::Disclose(disclose) => accountability::disclose(disclose, json).await,
        Command::Verify(verify) => verify::run(&verify, json),
        Command::Rebuild(rebuild) => rebuild::run(&rebuild, json).await,
        Command::Pki(pki) => pki::run(pki, json),
        Command::Nats(command) => nats::run(command).await,
        Command::Completions { shell } => {
            // By way of memory: clap panics where it can't write.
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Arguments::command(), "diogel", &mut script);
            show::line(String::from_utf8_lossy(&script).trim_end());
            Ok(())
        }
    }
}
