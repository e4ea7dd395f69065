//! First words: the Board registers itself and the agencies, and adopts the protocols; each agency signs those that it is party to.
//! Repeating them changes nothing; what changed in a profile or a protocol becomes a new event. Agencies sign here because a hub's
//! folder holds everybody's keys; where each agency keeps its own, it runs `diogel protocol sign`.

use std::{path::PathBuf, time::Duration};

use diogel_agency::profile::Profile;
use diogel_contract::{
    hexadecimal,
    v1::{self, board_service_client::BoardServiceClient},
    write,
};
use diogel_domain::board::{AgencyRegistered, BoardEvent};
use diogel_identity::{Role, sha256};
use diogel_sharing::protocol::Protocol;
use prost::Message;
use tokio::time::Instant;
use tonic::{Code, Status, transport::Channel};

use crate::{
    arguments::Hub,
    board, client,
    failure::Failure,
    folder::{BOARD, Folder},
    show, signatures,
};

/// How long the Board's service may take to let events in: a journal that is being recovered keeps its gate closed for a while.
const PATIENCE: Duration = Duration::from_secs(30);
const ASK_AGAIN: Duration = Duration::from_millis(250);

/// `register`: for services that run as processes of their own.
pub(crate) async fn run(hub: &Hub) -> Result<(), Failure> {
    let folder = Folder::open(&hub.hub)?;
    for said in everything(&folder).await? {
        said.judged(&folder).await?;
    }
    show::note(&format!(
        "{} agencies registered, protocols adopted and signed",
        folder.file.agencies.len()
    ));
    Ok(())
}

/// A protocol adopted or signed, and not judged yet.
pub(crate) struct Said {
    agency: String,
    /// The file that it was said of.
    file: PathBuf,
    receipt: v1::Receipt,
}

impl Said {
    /// Waits until it is judged, and notes what had no effect: a changed file without a new version, most likely.
    pub(crate) async fn judged(self, folder: &Folder) -> Result<(), Failure> {
        let receipt = board::judged(folder, &self.agency, self.receipt).await?;
        if receipt.state() == v1::EventState::WithoutEffect {
            show::note(&format!(
                "{}: {}'s word on it has no effect ({}); a file that was changed needs a higher `version`",
                self.file.display(),
                self.agency,
                receipt.effect_reason
            ));
        }
        Ok(())
    }
}

/// Publishes every set-up event through the running services. Answers what is still to be judged.
pub(crate) async fn everything(folder: &Folder) -> Result<Vec<Said>, Failure> {
    let tls = folder.tls(BOARD, Role::Operator, "office")?;
    let channel = client::agency_channel(folder, BOARD, tls)?;
    let mut office = Office {
        client: BoardServiceClient::new(channel),
        until: Instant::now() + PATIENCE,
        said: false,
    };
    let mut profiles = folder.profiles()?;
    // The Board comes first: its registration is what every later event rests on.
    profiles.sort_by_key(|p| p.id.as_str() != BOARD);
    for profile in &profiles {
        let registered = BoardEvent::AgencyRegistered(facts(folder, profile)?);
        office.publish(&registered).await?;
    }
    let mut said = Vec::new();
    for (path, protocol) in folder.protocols()? {
        let adopted = office.publish(&BoardEvent::ProtocolAdopted(protocol)).await;
        let receipt = adopted.map_err(|e| e.within(&path.display().to_string()))?;
        said.push(Said {
            agency: BOARD.to_owned(),
            file: path,
            receipt,
        });
    }
    if let Some(path) = folder.policy() {
        let text = std::fs::read_to_string(&path).map_err(|e| Failure::at(&path, e))?;
        let adopted = office.publish(&BoardEvent::CrispPolicyAdopted(text)).await;
        let receipt = adopted.map_err(|e| e.within(&path.display().to_string()))?;
        said.push(Said {
            agency: BOARD.to_owned(),
            file: path,
            receipt,
        });
    }
    said.extend(signatures(folder).await?);
    Ok(said)
}

/// Each agency signs what it is party to; the Board has signed by adopting.
async fn signatures(folder: &Folder) -> Result<Vec<Said>, Failure> {
    let mut said = Vec::new();
    for (file, toml) in folder.protocols()? {
        let parties = Protocol::from_toml(&toml).map_err(Failure::other)?.parties;
        let known = folder.file.agencies.keys();
        let known = known.filter(|id| *id != BOARD);
        for agency in known.filter(|id| parties.iter().any(|party| party.as_str() == *id)) {
            let receipt = signatures::sign(folder, agency, &toml).await?;
            said.push(Said {
                agency: agency.clone(),
                file: file.clone(),
                receipt,
            });
        }
    }
    Ok(said)
}

fn facts(folder: &Folder, profile: &Profile) -> Result<AgencyRegistered, Failure> {
    let id = profile.id.as_str();
    let name = |role, name: &str| folder.principal(id, role, name).map(|p| p.to_string());
    Ok(AgencyRegistered {
        agency: profile.id.clone(),
        name: profile.name.clone(),
        name_cy: profile.name_cy.clone(),
        sector: profile.sector,
        first_key: folder.first_key(id)?,
        certificate_names: vec![name(Role::Service, "hub")?, name(Role::System, "case")?],
        endpoint: folder.endpoint(id)?,
    })
}

/// The Board's service, as its office calls it.
struct Office {
    client: BoardServiceClient<Channel>,
    /// For so long it is asked again.
    until: Instant,
    /// That it has to be waited for was said.
    said: bool,
}

impl Office {
    async fn publish(&mut self, event: &BoardEvent) -> Result<v1::Receipt, Failure> {
        let event = write::board_event(event);
        let digest = sha256("diogel/v1/register", &event.encode_to_vec());
        let request = v1::PublishBoardEventRequest {
            request_key: format!("set-up {}", hexadecimal::write(&digest)),
            event: Some(event),
        };
        loop {
            match self.client.publish_board_event(request.clone()).await {
                Ok(answer) => return Ok(answer.into_inner().receipt.unwrap_or_default()),
                Err(status) => self.wait(status).await?,
            }
        }
    }

    /// Before another try, if one is worth it.
    async fn wait(&mut self, status: Status) -> Result<(), Failure> {
        if status.code() != Code::Unavailable || Instant::now() >= self.until {
            return Err(status.into());
        }
        if !self.said {
            let text = "the Board's service isn't there, or takes nothing in yet; trying again for up to 30 s";
            show::note(text);
            self.said = true;
        }
        tokio::time::sleep(ASK_AGAIN).await;
        Ok(())
    }
}
