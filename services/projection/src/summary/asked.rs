//! What a request for a summary asks: for whose eyes, who attends, in which language. Refuses what contradicts itself, with a way out.

use diogel_contract::{
    read,
    refusal::{Reason, Refusal},
    v1,
};
use diogel_domain::{
    codes::{Language, Purpose},
    content::{Matter, ReferenceRole},
    ids::{AgencyId, EventId},
};
use diogel_views::{
    Reader,
    read::{About, Member, Seen},
};

/// Agencies that may attend.
const ATTENDING: usize = 24;
/// Members of the family, and others in the room.
const PEOPLE: usize = 12;
/// The longest name, in bytes.
const NAME: usize = 200;

/// For whose eyes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Eyes {
    Chair,
    Professionals,
    Family,
}

/// A request that can be answered.
pub(super) struct Request {
    pub(super) eyes: Eyes,
    pub(super) purpose: Purpose,
    pub(super) language: Language,
    pub(super) attending: Vec<AgencyId>,
    pub(super) family: Vec<(String, Member)>,
    pub(super) others_present: Vec<String>,
}

impl Request {
    pub(super) fn read(
        reader: &Reader,
        given: &v1::MeetingSummaryRequest,
    ) -> Result<Self, Refusal> {
        let eyes = match v1::SummaryRendering::try_from(given.rendering) {
            Ok(v1::SummaryRendering::Unspecified | v1::SummaryRendering::Professionals) => {
                Eyes::Professionals
            }
            Ok(v1::SummaryRendering::Chair) => Eyes::Chair,
            Ok(v1::SummaryRendering::Family) => Eyes::Family,
            Err(_) => return Err(Refusal::field("rendering", "is no known code")),
        };
        if (eyes == Eyes::Family) == given.family.is_empty() {
            let rule = "names who gets the page, with FAMILY and only then";
            return Err(Refusal::field("family", rule));
        }
        Ok(Self {
            eyes,
            purpose: purpose(given.purpose)?,
            language: language(&given.language)?,
            attending: attending(reader, &given.attending)?,
            family: family(&given.family)?,
            others_present: others_present(&given.others_present)?,
        })
    }

    /// Who attends is the meeting's to say, where one is named. Of its chair's page the agency that chairs it is the recipient.
    pub(super) fn of_meeting(
        &mut self,
        reader: &Reader,
        given: &str,
        about: &About,
    ) -> Result<(), Refusal> {
        if given.is_empty() {
            return Ok(());
        }
        if !self.attending.is_empty() {
            let rule = "stands for the meeting's own attendance: leave it empty beside `meeting`";
            return Err(Refusal::field("attending", rule));
        }
        let none = || {
            let rule = "is no meeting about this person that you see; `ListItems` with kind \"meeting\" has them";
            Refusal::field("meeting", rule)
        };
        let event = EventId::parse(given).ok_or_else(none)?;
        let latest = latest(about, event).ok_or_else(none)?;
        let attendance = latest.item.header.attendance.as_ref().ok_or_else(none)?;
        if attendance.attending.is_empty() {
            return Err(Refusal::field("meeting", "was cancelled"));
        }
        if self.eyes == Eyes::Chair && attendance.chair != *reader.agency() {
            return Err(Refusal {
                message: "the chair's page is for the agency that chairs the meeting; ask for PROFESSIONALS".into(),
                ..Refusal::new(Reason::NotPermitted)
            });
        }
        let others = attendance.attending.iter();
        self.attending = others.filter(|a| *a != reader.agency()).cloned().collect();
        Ok(())
    }
}

/// The latest word on a meeting that the reader sees.
fn latest(about: &About, event: EventId) -> Option<&Seen> {
    let meetings = || {
        let items = about.items.iter().map(|(seen, _)| seen);
        items.filter(|seen| seen.matter() == Some(Matter::Meeting))
    };
    let mut latest = meetings().find(|seen| seen.item.event_id == event)?;
    // Each change names the one before it, or the first.
    let mut chain = vec![latest.item.event_id];
    loop {
        let next = meetings().find(|seen| {
            let references = seen.item.references().iter();
            let mut changes = references.filter(|r| r.role == ReferenceRole::Changes);
            seen.position > latest.position && changes.any(|r| chain.contains(&r.event_id))
        });
        let Some(next) = next else {
            return Some(latest);
        };
        chain.push(next.item.event_id);
        latest = next;
    }
}

fn purpose(given: i32) -> Result<Purpose, Refusal> {
    match given {
        0 => Ok(Purpose::MultiAgencyMeeting),
        number => Purpose::from_number(number)
            .ok_or_else(|| Refusal::field("purpose", "is no known code")),
    }
}

pub(crate) fn language(given: &str) -> Result<Language, Refusal> {
    match given {
        "" | "en" => Ok(Language::English),
        "cy" => Ok(Language::Welsh),
        _ => Err(Refusal::field("language", "must be \"en\" or \"cy\"")),
    }
}

pub(crate) fn attending(reader: &Reader, given: &[String]) -> Result<Vec<AgencyId>, Refusal> {
    if given.len() > ATTENDING {
        return Err(Refusal::field("attending", "has more than 24 entries"));
    }
    let known = |(i, id): (usize, &String)| {
        let agency = AgencyId::new(id.as_str()).ok();
        let agency = agency.filter(|a| reader.registry().agency(a).is_some());
        agency
            .ok_or_else(|| Refusal::field(format!("attending[{i}]"), "is no agency of this board"))
    };
    given.iter().enumerate().map(known).collect()
}

fn family(given: &[v1::FamilyMember]) -> Result<Vec<(String, Member)>, Refusal> {
    if given.len() > PEOPLE {
        return Err(Refusal::field("family", "has more than 12 entries"));
    }
    let members = given.iter().enumerate().map(|(i, member)| {
        let name = name(&format!("family[{i}].name"), &member.name)?;
        let field = format!("family[{i}].identifiers");
        if member.identifiers.len() > crate::reading::IDENTIFIERS {
            return Err(Refusal::field(field, "has more than 16 entries"));
        }
        let identifiers = read::identifiers(&field, &member.identifiers);
        Ok((name, identifiers.map_err(Refusal::invalid)?))
    });
    members.collect()
}

fn others_present(given: &[String]) -> Result<Vec<String>, Refusal> {
    if given.len() > PEOPLE {
        return Err(Refusal::field("others_present", "has more than 12 entries"));
    }
    let names = given.iter().enumerate();
    names
        .map(|(i, who)| name(&format!("others_present[{i}]"), who))
        .collect()
}

fn name(field: &str, given: &str) -> Result<String, Refusal> {
    if given.trim().is_empty() || given.len() > NAME {
        return Err(Refusal::field(field, "needs 1 to 200 bytes"));
    }
    Ok(given.to_owned())
}
