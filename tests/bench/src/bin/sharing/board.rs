//! The board that is measured: twelve agencies and the Board, party to the protocols of `deploy/protocols`, and the versions of one
//! of them that carry less and more.

use bench::Outcome;
use diogel_domain::codes::Sector;
use diogel_domain::times::Moment;
use diogel_generator::{Agency, Shape};

/// The Board's own id.
pub const BOARD: &str = "board";

/// The agencies that publish and receive: those of `deploy/agencies`, and four more.
pub const AGENCIES: [(&str, Sector); 12] = [
    ("social-care", Sector::SocialCare),
    ("police", Sector::Police),
    ("health", Sector::Health),
    ("education", Sector::Education),
    ("probation", Sector::Probation),
    ("housing", Sector::Housing),
    ("refuge", Sector::Charity),
    ("outreach", Sector::Charity),
    ("ambulance", Sector::Health),
    ("college", Sector::Education),
    ("homes", Sector::Housing),
    ("carers", Sector::Charity),
];

/// The protocol that is changed: it carries reports and alerts.
pub const CHANGED: &str = "CD-01";

/// What the narrower versions carry no more.
const IDENTITY: &str = "\"identity\", ";
/// What every agency gets of a report, by the flows from any to any.
const TO_ALL: &str = "[\"existence\", \"safety\", \"identity\", \"place\", \"plan\"]";
/// What it gets by the wider versions.
const MORE_TO_ALL: &str =
    "[\"existence\", \"safety\", \"identity\", \"narrative\", \"place\", \"plan\"]";

/// The shape of the load, published at a moment.
pub fn shape(people: u32, now: Moment) -> Shape {
    let agency = |(id, sector): (&str, Sector)| Agency {
        id: id.to_owned(),
        sector,
    };
    Shape {
        agencies: AGENCIES.map(agency).into(),
        people,
        now,
    }
}

/// The shipped protocols, with all twelve agencies among their parties.
pub fn protocols() -> Outcome<Vec<String>> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../deploy/protocols");
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        paths.push(entry?.path());
    }
    paths.sort();
    let mut texts = Vec::new();
    for path in paths {
        texts.push(with_parties(&std::fs::read_to_string(path)?));
    }
    Ok(texts)
}

/// Without comments, because an event carries 16 KiB and the versions get longer.
fn with_parties(text: &str) -> String {
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    let lines = lines.map(|line| {
        if !line.starts_with("parties = ") {
            return line.to_owned();
        }
        let board = line.contains("\"board\"").then_some(BOARD);
        let parties: Vec<&str> = AGENCIES.iter().map(|(id, _)| *id).chain(board).collect();
        format!("parties = {parties:?}")
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// The same protocol without *identity*: nobody gets to know any more, by it, who the people are.
pub fn narrower(text: &str, version: u32) -> String {
    numbered(text, version).replace(IDENTITY, "")
}

/// The same protocol, with the account for everybody, reaching back over everything.
pub fn wider(text: &str, version: u32) -> String {
    let reaching = "[[flow]]\nreaches_back_to = \"2026-01-01\"";
    numbered(text, version)
        .replace(TO_ALL, MORE_TO_ALL)
        .replace("[[flow]]", reaching)
}

/// The same protocol as another version.
pub fn numbered(text: &str, version: u32) -> String {
    text.replace("\nversion = 1\n", &format!("\nversion = {version}\n"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use diogel_domain::ids::AgencyId;
    use diogel_sharing::protocol::Protocol;

    #[test]
    fn every_version_is_a_protocol_of_all_twelve() {
        let shipped = protocols().unwrap();
        assert_eq!(shipped.len(), 5);
        let cd_01 = &shipped[0];
        let versions = [narrower(cd_01, 2), wider(cd_01, 3)];
        for text in shipped.iter().chain(&versions) {
            let protocol = Protocol::from_toml(text).unwrap();
            for (id, _) in AGENCIES {
                assert!(protocol.parties.contains(&AgencyId::new(id).unwrap()));
            }
        }
        let [narrow, wide] = versions.map(|text| Protocol::from_toml(&text).unwrap());
        assert_eq!((narrow.version, wide.version), (2, 3));
        assert!(wide.flows.iter().all(|flow| flow.reaches_back_to.is_some()));
    }
}
