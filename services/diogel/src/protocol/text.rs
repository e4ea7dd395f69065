//! A protocol as people read it, in English or Welsh: its table of flows in the words of the code lists. Powers, host and processor
//! stay in the protocol's own words, which are nobody's to translate.

use diogel_agency::profile::Profile;
use diogel_domain::{
    codes::Language::{self, English, Welsh},
    content::Matter,
    ids::AgencyId,
};
use diogel_sharing::protocol::{Flow, Protocol, Side};

/// A phrase in both languages.
type Phrase = (&'static str, &'static str);

const HOST: Phrase = ("host", "lletywr");
const PROCESSOR: Phrase = ("processor", "prosesydd");
const PARTIES: Phrase = ("parties", "partïon");
const LEAD: Phrase = (
    "confirms involvement, beside the originator",
    "yn cadarnhau ymwneud, yn ogystal â'r tarddwr",
);
const FLOW: Phrase = ("Flow", "Llif");
const ANY: Phrase = ("any party", "unrhyw barti");
const SECTOR: Phrase = ("sector", "sector");
const KINDS: Phrase = ("kinds", "mathau");
const GROUPS: Phrase = ("groups", "grwpiau");
const CONDITION: Phrase = ("condition", "amod");
const PURPOSES: Phrase = ("purposes", "dibenion");
const BASES: Phrase = ("lawful basis", "sail gyfreithlon");
const POWERS: Phrase = ("powers", "pwerau");
const VALID: Phrase = ("valid from", "dilys o");
const REVIEW: Phrase = ("to be reviewed by", "i'w adolygu erbyn");
const BACK: Phrase = ("reaches back to", "yn cyrraedd yn ôl i");
const TOLD: Phrase = (
    "the originator is told of reads",
    "dywedir wrth y tarddwr am ddarllen",
);

/// What people call the kinds of items.
const MATTERS: &[(&str, Phrase)] = &[
    ("incident", ("incident", "digwyddiad")),
    ("hazard_alert", ("hazard alert", "rhybudd perygl")),
    ("escalation", ("escalation", "uwchgyfeiriad")),
    ("correction", ("correction", "cywiriad")),
    ("involvement", ("claim of involvement", "hawliad o ymwneud")),
    ("meeting", ("meeting", "cyfarfod")),
    ("access_request", ("request for access", "cais am fynediad")),
    (
        "sharing_decision",
        ("decision about sharing", "penderfyniad ynghylch rhannu"),
    ),
    (
        "emergency_disclosure",
        ("emergency disclosure", "datgeliad mewn argyfwng"),
    ),
];

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
    fn say(&self, (english, welsh): Phrase) -> &'static str {
        match self.language {
            English => english,
            Welsh => welsh,
        }
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
            self.row(HOST, &protocol.host),
            self.row(PROCESSOR, &protocol.processor),
            format!("  {}:", self.say(PARTIES)),
        ];
        let parties = protocol.parties.iter();
        lines.extend(parties.map(|id| format!("    {}", self.agency(id))));
        let lead = protocol.lead.as_ref().map(|lead| self.side(lead));
        lines.extend(lead.map(|lead| format!("  {}: {lead}", self.say(LEAD))));
        lines
    }

    fn flow(&self, flow: &Flow) -> Vec<String> {
        let (from, to) = (self.side(&flow.from), self.side(&flow.to));
        let mut lines = vec![
            String::new(),
            format!("{} {}: {from} → {to}", self.say(FLOW), flow.number),
            self.row(KINDS, &self.list(&flow.matters, Self::matter)),
            self.row(GROUPS, &self.groups(flow)),
            self.row(CONDITION, flow.condition.label(self.language)),
            self.row(
                PURPOSES,
                &self.list(&flow.purposes, |w, p| p.label(w.language)),
            ),
            self.row(BASES, &self.list(&flow.bases, |w, b| b.label(w.language))),
            self.row(POWERS, &flow.powers.join("; ")),
            self.row(VALID, &self.validity(flow)),
        ];
        let told = flow.tell_originator.then(|| self.say(TOLD));
        lines.extend(told.map(|told| format!("  {told}")));
        lines
    }

    fn groups(&self, flow: &Flow) -> String {
        let groups = flow.groups.iter().map(|g| g.label(self.language));
        groups.collect::<Vec<&str>>().join(", ")
    }

    fn validity(&self, flow: &Flow) -> String {
        let (from, by) = (flow.valid_from, flow.review_by);
        let valid = format!("{from}, {} {by}", self.say(REVIEW));
        match flow.reaches_back_to {
            Some(day) => format!("{valid}; {} {day}", self.say(BACK)),
            None => valid,
        }
    }

    fn list<T: Copy>(&self, codes: &[T], label: impl Fn(&Self, T) -> &'static str) -> String {
        let labels = codes.iter().map(|code| label(self, *code));
        labels.collect::<Vec<&str>>().join(", ")
    }

    /// A kind without words of its own is shown by its code.
    fn matter(&self, matter: Matter) -> &'static str {
        let words = MATTERS.iter().find(|(code, _)| *code == matter.code());
        words.map_or(matter.code(), |(_, phrase)| self.say(*phrase))
    }

    fn side(&self, side: &Side) -> String {
        match side {
            Side::AnyParty => self.say(ANY).to_owned(),
            Side::Agency(id) => self.agency(id),
            Side::Sector(sector) => {
                let label = sector.label(self.language);
                format!("{} {label}", self.say(SECTOR))
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
