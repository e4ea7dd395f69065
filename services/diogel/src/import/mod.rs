//! A council's register of cautionary contacts: judged row by row, and its good rows published as proposals. The dry run is the
//! default: nothing is sent without being asked for.

mod publishing;

use std::{
    fs::File,
    io::{Read, Write},
    path::Path,
};

use diogel_agency::profile::Profile;
use diogel_contract::read::Publisher;
use diogel_domain::{crisp::Policy, ids::AgencyId, rules::Setting, times::Moment};
use diogel_register::{
    Board, DryRun, Earlier, Mapping, Published, Report, Sheet, Verdict, dry_run, limits,
};
use diogel_sharing::defaults::Defaults;
use time::OffsetDateTime;

use crate::{arguments::Import, failure::Failure, folder::Folder, show};

pub(crate) async fn run(import: Import, json: bool) -> Result<(), Failure> {
    let folder = Folder::open(&import.hub.hub)?;
    let mut run = judged(&import, &folder)?;
    // Before anything is sent: what became of it is to be written down.
    let mut file = import.report.as_deref().map(new_file).transpose()?;
    let sent = if import.publish {
        publishing::all(&folder, &import.agency, &mut run).await
    } else {
        Ok(())
    };
    print(&run.report, json);
    if let Some((file, path)) = file.as_mut().zip(import.report.as_deref()) {
        let written = file.write_all(run.report.to_csv().as_bytes());
        written.map_err(|e| Failure::at(path, e))?;
    }
    sent?;
    told(&run.report, import.publish)
}

/// The dry run, with what the agency's own service would know.
fn judged(import: &Import, folder: &Folder) -> Result<DryRun, Failure> {
    folder.known(&import.agency)?;
    let mapping = mapping(&import.mapping, folder)?;
    let earlier = import.earlier.as_deref().map(earlier).transpose()?;
    let bytes = bytes(&import.register)?;
    let place = import.register.display();
    let sheet =
        Sheet::read(&bytes, &mapping).map_err(|why| Failure::Invalid(format!("{place}: {why}")))?;
    let profiles = folder.profiles()?;
    let agencies: Vec<AgencyId> = profiles.iter().map(|p| p.id.clone()).collect();
    let profile = own(&profiles, &import.agency)?;
    let (defaults, policy) = (defaults(folder)?, policy(folder)?);
    let board = Board {
        publisher: Publisher {
            agency: &profile.id,
            sector: profile.sector,
            codes: Some(&profile.codes),
            defaults: &defaults,
        },
        setting: Setting {
            now: now(),
            originator: &profile.id,
            sector: profile.sector,
            agencies: &agencies,
            policy: &policy,
        },
    };
    Ok(dry_run(&sheet, &mapping, &board, earlier.as_ref()))
}

fn own<'p>(profiles: &'p [Profile], agency: &str) -> Result<&'p Profile, Failure> {
    let own = profiles
        .iter()
        .find(|profile| profile.id.as_str() == agency);
    own.ok_or_else(|| Failure::Usage(format!("no profile of agency {agency}: add {agency}.toml")))
}

fn defaults(folder: &Folder) -> Result<Defaults, Failure> {
    let path = folder.audiences();
    let read = path.map(|path| configured(&path, Defaults::from_toml));
    Ok(read.transpose()?.unwrap_or_default())
}

fn policy(folder: &Folder) -> Result<Policy, Failure> {
    let path = folder.policy();
    let read = path.map(|path| configured(&path, Policy::from_toml));
    Ok(read.transpose()?.unwrap_or_default())
}

/// A file of the hub's folder.
fn configured<T>(path: &Path, read: fn(&str) -> Result<T, String>) -> Result<T, Failure> {
    let text = std::fs::read_to_string(path).map_err(|e| Failure::at(path, e))?;
    read(&text).map_err(|why| Failure::Invalid(format!("{}: {why}", path.display())))
}

fn now() -> Moment {
    let microseconds = OffsetDateTime::now_utc().unix_timestamp_nanos() / 1_000;
    Moment(i64::try_from(microseconds).unwrap_or(i64::MAX))
}

/// The mapping; the agency whose references it has is one of this hub, or nobody would find by them.
fn mapping(path: &Path, folder: &Folder) -> Result<Mapping, Failure> {
    let place = path.display().to_string();
    let mapping = Mapping::from_toml(&text(path)?);
    let mapping = mapping.map_err(|mistakes| {
        let mistakes = mistakes.0.iter();
        let lines = mistakes.map(|m| format!("\n  {place}:{}: {}; {}", m.line, m.rule, m.way_out));
        Failure::Invalid(format!(
            "the mapping has mistakes:{}",
            lines.collect::<String>()
        ))
    })?;
    if let Some(agency) = mapping.local_agency() {
        let known = folder.known(agency.as_str());
        known.map_err(|e| e.within(&format!("{place}: `identifiers.local_agency`")))?;
    }
    Ok(mapping)
}

fn earlier(path: &Path) -> Result<Earlier, Failure> {
    let read = Earlier::from_csv(&text(path)?);
    read.map_err(|why| Failure::Invalid(format!("{} {why}", path.display())))
}

/// A file that isn't there is a word that doesn't fit.
fn bytes(path: &Path) -> Result<Vec<u8>, Failure> {
    let failed = |e| Failure::Usage(format!("{}: {e}", path.display()));
    let file = File::open(path).map_err(failed)?;
    let mut bytes = Vec::new();
    let longest = limits::FILE as u64 + 1;
    file.take(longest).read_to_end(&mut bytes).map_err(failed)?;
    Ok(bytes)
}

fn text(path: &Path) -> Result<String, Failure> {
    let text = String::from_utf8(bytes(path)?);
    text.map_err(|_| Failure::Invalid(format!("{}: isn't UTF-8; save it so", path.display())))
}

/// A report is never written over another one: the earlier one says what was published.
fn new_file(path: &Path) -> Result<File, Failure> {
    let opened = File::options().write(true).create_new(true).open(path);
    opened.map_err(|e| Failure::Usage(format!("{}: {e}; name a new file", path.display())))
}

fn print(report: &Report, json: bool) {
    if json {
        return show::line(&report.to_json().to_string());
    }
    for line in report.to_text().lines().take_while(|_| !show::has_ended()) {
        show::line(line);
    }
}

/// What it came to: a row that can't be published as it stands is data that breaks a rule.
fn told(report: &Report, publish: bool) -> Result<(), Failure> {
    let all = report.rows.len();
    let good = report.count(Verdict::Proposal);
    let what = if publish {
        let again = report.published(Published::Again);
        format!(
            "{} of {all} rows published, {again} had been before: proposals, for somebody to approve or refuse",
            report.published(Published::Taken)
        )
    } else {
        format!("{good} of {all} rows can be published; nothing was, without --publish")
    };
    if good == all {
        show::note(&what);
        return Ok(());
    }
    Err(Failure::Invalid(what))
}
