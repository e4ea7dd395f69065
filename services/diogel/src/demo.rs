//! `demo`: a whole hub on loopback, fed with three invented families through the services' own gRPC, and what two agencies then
//! see. A second `demo` on the same folder goes on with it.

use std::time::Duration;

use diogel_console::{ConsoleHandle, config::InventedPerson};
use diogel_contract::v1;
use diogel_domain::{
    codes::Language,
    times::{Day, Moment},
};
use diogel_identity::PersonRole;
use diogel_ops::Shutdown;
use diogel_projection::config::StoreKind;
use tonic::Code;

use crate::{
    arguments::Demo,
    checked, client,
    failure::Failure,
    feeding::{Feeder, Unsent},
    folder::{Folder, Sources},
    hub::{Options, RunningHub},
    scenarios, show,
};

const BOARD: &str = "cwm-derwen";
/// Mali Rees, 6, and her home; all invented (`tests/scenarios`).
const MALI: &str = "9990011044";
const HOME: &str = "10099000001";
/// Every agency is heard within so many seconds of a start.
const HEARD_WITHIN: u32 = 10;

pub(crate) async fn run(demo: Demo) -> Result<(), Failure> {
    let sources = Sources {
        board: Some(BOARD),
        ..Sources::default()
    };
    let mut folder = Folder::open_or_make(&demo.hub.hub, &sources)?;
    let options = Options {
        nats: Vec::new(),
        replicas: 1,
        store: StoreKind::Sled,
        people: Some(folder.demo_people()?),
        early_releases: true,
    };
    let shutdown = Shutdown::on_signals().map_err(Failure::other)?;
    let Some(hub) = RunningHub::start_unless(&folder, &options, &shutdown).await? else {
        return Err(interrupted());
    };
    show::note(&format!(
        "hub of board {BOARD} in {}: {} agencies' services and a projection, each over mTLS on loopback",
        folder.root.display(),
        hub.agencies.len()
    ));
    let console = console(&folder, &shutdown).await?;
    let mut told = tokio::select! {
        ended = hub.until(&shutdown) => ended.and_then(|()| Err(interrupted())),
        // The calls fail as soon as the services have heard of the end.
        told = tell(&mut folder, &hub) => told.map_err(|e| if shutdown.is_requested() { interrupted() } else { e }),
    };
    if told.is_ok() && !demo.once {
        show::note("\nrunning; ctrl-c ends it, and the same command goes on with it");
        told = hub.until(&shutdown).await;
    }
    shutdown.request();
    console.ended().await;
    hub.stop().await;
    told
}

/// The console, with invented people to sign in as.
async fn console(folder: &Folder, shutdown: &Shutdown) -> Result<ConsoleHandle, Failure> {
    let config = folder.demo_console(people())?;
    diogel_console::start(config, shutdown.clone())
        .await
        .map_err(|e| Failure::Other(format!("console: {e}")))
}

/// Everybody is invented.
fn people() -> Vec<InventedPerson> {
    use PersonRole::{Analyst, Approver, Chair, Governance, Operator, Practitioner};
    let all: [(&str, &str, &[PersonRole]); 12] = [
        ("Siân Powell", "social-care", &[Practitioner, Chair]),
        ("Gethin Bowen", "social-care", &[Practitioner, Approver]),
        ("Owain Ellis", "social-care", &[Governance]),
        ("Ffion Mathias", "police", &[Practitioner, Approver]),
        ("Anwen Hopkin", "health", &[Practitioner]),
        ("Marc Tudor", "education", &[Practitioner, Approver]),
        ("Lowri Sayce", "housing", &[Practitioner, Approver]),
        ("Idris Vale", "probation", &[Practitioner]),
        ("Carys Lloyd", "refuge", &[Practitioner, Approver]),
        ("Rhodri Vaughan", "board", &[Practitioner, Governance]),
        ("Nia Prosser", "board", &[Analyst]),
        ("Beca Jenkins", "board", &[Operator]),
    ];
    all.into_iter()
        .map(|(name, agency, roles)| InventedPerson {
            name: name.into(),
            agency: agency.into(),
            roles: roles.to_vec(),
        })
        .collect()
}

fn interrupted() -> Failure {
    Failure::Other("interrupted before it was done; the same command goes on with it".into())
}

async fn tell(folder: &mut Folder, hub: &RunningHub) -> Result<(), Failure> {
    let (fresh, before) = feed(folder).await?;
    hub.settled(Duration::from_mins(2)).await?;
    show::note(&format!(
        "{fresh} publications accepted, {before} were here already; all folded"
    ));
    for agency in ["health", "probation"] {
        show_check(folder, agency).await?;
    }
    show_summary(folder).await?;
    commands(folder);
    sign_ins(folder)
}

/// Publishes every family's lines. Repeating is harmless: the request keys are the files'.
async fn feed(folder: &mut Folder) -> Result<(u64, u64), Failure> {
    let today = fed_on(folder)?;
    let lines = scenarios::all(today)?;
    let bar = show::progress(lines.len() as u64, "publishing");
    let (mut fresh, mut before) = (0, 0);
    let mut feeder = Feeder::new(folder);
    for line in lines {
        let sent = feeder.send(&line.agency, line.asked, false).await;
        if sent.map_err(refused)?.replayed {
            before += 1;
        } else {
            fresh += 1;
        }
        bar.inc(1);
    }
    bar.finish_and_clear();
    Ok((fresh, before))
}

/// Which publication it was; and if another demo left other content there, the way out.
fn refused(unsent: Unsent) -> Failure {
    match unsent {
        Unsent::Failed(failure) => failure,
        Unsent::Refused(key, status) if status.code() == Code::AlreadyExists => Failure::Invalid(
            "this folder was fed by another version of the demo: choose a new one with --hub"
                .into(),
        )
        .within(&key),
        Unsent::Refused(key, status) => Failure::from(status).within(&key),
    }
}

/// The day that the scenarios' dates were moved to: kept, so that a later run asks for the same.
fn fed_on(folder: &mut Folder) -> Result<Day, Failure> {
    if let Some(day) = folder.file.fed_on.as_deref().and_then(Day::parse) {
        return Ok(day);
    }
    let now = time::OffsetDateTime::now_utc().unix_timestamp();
    let today = Moment(now.saturating_mul(Moment::SECOND)).day();
    folder.file.fed_on = Some(today.to_string());
    folder.save()?;
    Ok(today)
}

async fn show_check(folder: &Folder, agency: &str) -> Result<(), Failure> {
    let identifier = |scheme: v1::IdentifierScheme, value: &str| v1::Identifier {
        scheme: scheme as i32,
        value: value.into(),
        agency: String::new(),
    };
    let request = v1::CheckRequest {
        identifiers: vec![
            identifier(v1::IdentifierScheme::NhsNumber, MALI),
            identifier(v1::IdentifierScheme::Uprn, HOME),
        ],
        purpose: v1::Purpose::WorkerSafety as i32,
        ..v1::CheckRequest::default()
    };
    let mut client = client::reading_of(folder, agency)?;
    let mut answer = client.check(request.clone()).await?.into_inner();
    // Just started, the agencies report to the projection within seconds; until then they count as silent.
    for _ in 0..HEARD_WITHIN {
        if answer
            .heard_to
            .iter()
            .all(|heard| !heard.silent && heard.at.is_some())
        {
            break;
        }
        tokio::time::sleep(Duration::from_secs(1)).await;
        answer = client.check(request.clone()).await?.into_inner();
    }
    show::line(&show::heading(&format!(
        "\n── Pre-visit check of Mali Rees's home, as {agency} sees it ──"
    )));
    checked::print(&answer, None, Language::English);
    Ok(())
}

async fn show_summary(folder: &Folder) -> Result<(), Failure> {
    let identifier = v1::Identifier {
        scheme: v1::IdentifierScheme::NhsNumber as i32,
        value: MALI.into(),
        agency: String::new(),
    };
    let request = v1::MeetingSummaryRequest {
        identifiers: vec![identifier],
        attending: vec!["health".into(), "education".into()],
        purpose: v1::Purpose::MultiAgencyMeeting as i32,
        ..v1::MeetingSummaryRequest::default()
    };
    let answer = client::reading_of(folder, "social-care")?
        .meeting_summary(request)
        .await?
        .into_inner();
    show::line(&show::heading(
        "\n── Meeting summary for social care, health and education attending ──",
    ));
    show::line(&answer.text);
    Ok(())
}

/// Where the console is, and as whom to look at it.
fn sign_ins(folder: &Folder) -> Result<(), Failure> {
    show::line(&show::heading(
        "\n── The console, in a browser on this machine ──",
    ));
    show::line(&format!("{}/", folder.console_origin()?));
    for person in people() {
        let roles: Vec<&str> = person.roles.iter().map(|role| role.as_str()).collect();
        show::line(&format!(
            "  {:<16} {:<12} {}",
            person.name,
            person.agency,
            roles.join(", ")
        ));
    }
    Ok(())
}

fn commands(folder: &Folder) {
    let hub = quoted(&folder.root.display().to_string());
    let diogel = std::env::current_exe().map_or_else(
        |_| "diogel".into(),
        |path| quoted(&path.display().to_string()),
    );
    show::line(&show::heading("\n── Try next, in another terminal ──"));
    for command in [
        format!("check --hub {hub} --as police --nhs {MALI} --uprn {HOME}"),
        format!("view --hub {hub} --as education -n 10"),
        format!("view --hub {hub} --as housing --kind hazard_alert --json"),
        format!(
            "summary --hub {hub} --as social-care --nhs {MALI} --attending police --language cy"
        ),
        format!(
            "summary --hub {hub} --as social-care --nhs {MALI} --attending health,education --for chair --pdf mali.pdf"
        ),
        format!("chronology --hub {hub} --as social-care --nhs {MALI} --form csv"),
        format!("escalations --hub {hub} --as board"),
        format!("view --hub {hub} --as board --kind emergency_disclosure"),
        format!("watch --hub {hub} --as health --count 5"),
        format!("receipt --hub {hub} --as housing rees-0004-housing"),
    ] {
        show::line(&format!("{diogel} {command}"));
    }
    show::line(&show::heading("── and after ending it ──"));
    for command in ["verify", "rebuild"] {
        show::line(&format!("{diogel} {command} --hub {hub}"));
    }
}

/// As one word for a shell.
fn quoted(path: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "/._-+".contains(c);
    if path.chars().all(plain) {
        path.to_owned()
    } else {
        format!("'{}'", path.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_can_be_pasted_whatever_the_folder_is_called() {
        assert_eq!(quoted("/tmp/d-1/hub"), "/tmp/d-1/hub");
        assert_eq!(quoted("/tmp/Mali's hub"), r"'/tmp/Mali'\''s hub'");
    }
}
