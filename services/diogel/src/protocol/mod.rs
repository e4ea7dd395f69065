//! Information sharing protocols, before anybody adopts or signs them: what is wrong with a file, and its flows as people read
//! them. Adopting and ending one, for the Board; signing one, or leaving it, for an agency. Reading a file needs no hub; the agencies' profiles, of a hub or of `deploy/agencies`, let it
//! say more.

mod text;

use std::{
    fs,
    path::{Path, PathBuf},
};

use diogel_agency::profile::{self, Profile};
use diogel_contract::v1::{self, board_event::Event};
use diogel_domain::times::Moment;
use diogel_sharing::protocol::{
    Protocol,
    check::{Agencies, Finding, Severity, check},
};
use serde_json::json;

use crate::{
    arguments::ProtocolCommand,
    board::{self, judged},
    failure::Failure,
    folder::Folder,
    publish::print_receipt,
    show, signatures,
};

/// The shipped profiles, for whoever works in the repository.
const SHIPPED: &str = "deploy/agencies";

pub(crate) async fn run(command: ProtocolCommand, json: bool) -> Result<(), Failure> {
    match &command {
        ProtocolCommand::Adopt { hub, file } => {
            let folder = Folder::open(&hub.hub)?;
            // A flow that says something else than was meant is noticed before anybody signs it, or never.
            checked(std::slice::from_ref(file), &folder.profiles()?, json)?;
            let toml = read(file)?;
            let adopted = Event::ProtocolAdopted(v1::ProtocolAdopted { toml });
            board::publish(
                &folder,
                v1::BoardEvent {
                    event: Some(adopted),
                },
                json,
            )
            .await
        }
        ProtocolCommand::End { hub, protocol } => {
            let folder = Folder::open(&hub.hub)?;
            let protocol = protocol.clone();
            let ended = Event::ProtocolEnded(v1::ProtocolEnded { protocol });
            board::publish(&folder, v1::BoardEvent { event: Some(ended) }, json).await
        }
        ProtocolCommand::Sign { access, file } => {
            let folder = Folder::open(&access.hub.hub)?;
            let receipt = signatures::sign(&folder, &access.agency, &read(file)?).await?;
            print_receipt(&judged(&folder, &access.agency, receipt).await?, json)
        }
        ProtocolCommand::Leave { access, protocol } => {
            let folder = Folder::open(&access.hub.hub)?;
            let receipt = signatures::leave(&folder, &access.agency, protocol).await?;
            print_receipt(&judged(&folder, &access.agency, receipt).await?, json)
        }
        ProtocolCommand::Check { hub, files } => {
            let profiles = profiles(&hub.hub)?;
            if profiles.is_empty() {
                show::note(
                    "no agencies' profiles here: whether sectors have parties isn't checked; name a hub with --hub",
                );
            }
            checked(files, &profiles, json)
        }
        ProtocolCommand::Show {
            hub,
            file,
            language,
        } => {
            let protocol = Protocol::from_toml(&read(file)?);
            let protocol = protocol.map_err(|e| {
                let all = format!("`diogel protocol check {}` says everything", file.display());
                Failure::Invalid(format!("{}: {e}", file.display())).and(&all)
            })?;
            let language = crate::arguments::language(language);
            let text = text::protocol(&protocol, &profiles(&hub.hub)?, language);
            for line in text {
                show::line(&line);
            }
            Ok(())
        }
    }
}

/// Says what is wrong with each file. Fails if any of it is a mistake.
fn checked(files: &[PathBuf], profiles: &[Profile], json: bool) -> Result<(), Failure> {
    let agencies: Agencies = profiles.iter().map(|p| (p.id.clone(), p.sector)).collect();
    let known = (!agencies.is_empty()).then_some(&agencies);
    let now = time::OffsetDateTime::now_utc().unix_timestamp();
    let today = Moment(now.saturating_mul(Moment::SECOND)).day();
    let mut counts = [0_usize; 2];
    for file in files {
        for finding in check(&read(file)?, known, today) {
            counts[usize::from(finding.severity == Severity::Warning)] += 1;
            show::line(&said(file, &finding, json));
        }
    }
    let [mistakes, warnings] = counts;
    let told = format!("mistakes: {mistakes}, warnings: {warnings}");
    if mistakes == 0 {
        show::note(&told);
        return Ok(());
    }
    Err(Failure::Invalid(told))
}

fn said(file: &Path, finding: &Finding, json: bool) -> String {
    let Finding {
        line,
        severity,
        words,
    } = finding;
    let (file, severity) = (file.display(), severity.code());
    if json {
        json!({ "file": file.to_string(), "line": line, "severity": severity, "words": words })
            .to_string()
    } else {
        format!("{file}:{line}: {severity}: {words}")
    }
}

fn read(file: &Path) -> Result<String, Failure> {
    fs::read_to_string(file).map_err(|e| Failure::Usage(format!("{}: {e}", file.display())))
}

/// The hub's agencies if there is a hub, the shipped ones in the repository, otherwise none.
fn profiles(hub: &Path) -> Result<Vec<Profile>, Failure> {
    let folders = [hub.join("agencies"), PathBuf::from(SHIPPED)];
    let folder = folders.iter().find(|folder| folder.is_dir());
    let read = folder.map(|folder| profile::read_all(folder));
    let read = read
        .transpose()
        .map_err(|e| Failure::Invalid(e.to_string()));
    Ok(read?.unwrap_or_default())
}
