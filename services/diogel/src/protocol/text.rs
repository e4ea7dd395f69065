//! A protocol as people read it, in English or Welsh: its table of flows in the words of the code lists. Powers, host and processor
//! stay in the protocol's own words, which are nobody's to translate.

use diogel_agency::profile::Profile;
use diogel_domain::{
    codes::Language::{self, English, Welsh},
    ids::AgencyId,
};
use diogel_sharing::protocol::{Flow, Protocol, Side};
use diogel_texts::{
    Filled, dates,
    protocol::{Phrase, ProtocolFlow, ProtocolReachesBack, ProtocolSector, ProtocolValidity},
};

/// How wide the names before the colons are.
const MARGIN: usize = 17;

/// Writes in one language, naming agencies as their profiles do.
struct Writer<'p> {
    profiles: &'p [Profile],
    language: Language,
}

/// The protocol's lines.
pub(super) fn protocol(
    protocol: &Protocol,
    profiles: &[Profile],
    language: Language,
) -> Vec<String> {
    let writer = Writer { profiles, language };
    let mut lines = writer.head(protocol);
    let flows = protocol.flows.iter();
    lines.extend(flows.flat_map(|flow| writer.flow(flow)));
    lines
}

impl Writer<'_> {
    fn say(&self, phrase: Phrase) -> &'static str {
        phrase.say(self.language)
    }

    fn row(&self, name: Phrase, value: &str) -> String {
        format!("  {:<MARGIN$} {value}", format!("{}:", self.say(name)))
    }

    fn head(&self, protocol: &Protocol) -> Vec<String> {
        let title = self.language_of(&protocol.title, &protocol.title_cy);
        let status = protocol.status.label(self.language);
        let name = format!("{} v{}, {status}", protocol.id, protocol.version);
        let mut lines = vec![
            format!("{name}: {title}"),
            self.row(Phrase::ProtocolHost, &protocol.host),
            self.row(Phrase::ProtocolProcessor, &protocol.processor),
            format!("  {}:", self.say(Phrase::ProtocolParties)),
        ];
        let parties = protocol.parties.iter();
        lines.extend(parties.map(|id| format!("    {}", self.agency(id))));
        let lead = protocol.lead.as_ref().map(|lead| self.side(lead));
        lines.extend(lead.map(|lead| format!("  {}: {lead}", self.say(Phrase::ProtocolLead))));
        lines
    }

    fn flow(&self, flow: &Flow) -> Vec<String> {
        let (from, to) = (self.side(&flow.from), self.side(&flow.to));
        let mut lines = vec![
            String::new(),
            ProtocolFlow {
                number: flow.number as usize,
                from: &from,
                to: &to,
            }
            .say(self.language),
            self.row(
                Phrase::ProtocolKinds,
                &self.list(&flow.matters, |w, m| m.label(w.language)),
            ),
            self.row(Phrase::ProtocolGroups, &self.groups(flow)),
            self.row(
                Phrase::ProtocolCondition,
                flow.condition.label(self.language),
            ),
            self.row(
                Phrase::ProtocolPurposes,
                &self.list(&flow.purposes, |w, p| p.label(w.language)),
            ),
            self.row(
                Phrase::ProtocolBases,
                &self.list(&flow.bases, |w, b| b.label(w.language)),
            ),
            self.row(Phrase::ProtocolPowers, &flow.powers.join("; ")),
            self.row(Phrase::ProtocolValid, &self.validity(flow)),
        ];
        let told = flow
            .tell_originator
            .then(|| self.say(Phrase::ProtocolToldOfReads));
        lines.extend(told.map(|told| format!("  {told}")));
        lines
    }

    fn groups(&self, flow: &Flow) -> String {
        let groups = flow.groups.iter().map(|g| g.label(self.language));
        groups.collect::<Vec<&str>>().join(", ")
    }

    fn validity(&self, flow: &Flow) -> String {
        let long = |day| dates::long(day, self.language);
        let (from, by) = (&long(flow.valid_from), &long(flow.review_by));
        let validity = &ProtocolValidity { from, by }.say(self.language);
        flow.reaches_back_to.map_or_else(
            || validity.clone(),
            |day| {
                let to = &long(day);
                ProtocolReachesBack { validity, to }.say(self.language)
            },
        )
    }

    fn list<T: Copy>(&self, codes: &[T], label: impl Fn(&Self, T) -> &'static str) -> String {
        let labels = codes.iter().map(|code| label(self, *code));
        labels.collect::<Vec<&str>>().join(", ")
    }

    fn side(&self, side: &Side) -> String {
        match side {
            Side::AnyParty => self.say(Phrase::ProtocolAnyParty).to_owned(),
            Side::Agency(id) => self.agency(id),
            Side::Sector(sector) => {
                let sector = sector.label(self.language);
                ProtocolSector { sector }.say(self.language)
            }
        }
    }

    fn agency(&self, id: &AgencyId) -> String {
        let profile = self.profiles.iter().find(|p| p.id == *id);
        let name = profile.map(|p| self.language_of(&p.name, &p.name_cy));
        name.map_or_else(|| id.to_string(), |name| format!("{name} ({id})"))
    }

    fn language_of<'s>(&self, english: &'s str, welsh: &'s str) -> &'s str {
        match self.language {
            English => english,
            Welsh => welsh,
        }
    }
}
