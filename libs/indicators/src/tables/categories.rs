//! The categories of each table, in both languages, in an order that never changes: counts are kept by their place.

use diogel_domain::codes::{
    ContactOutcome, CorroborationSource, Deed, DirectedAt, EscalationOutcome, EscalationTopic,
    Harm, IncidentSetting, Language, ResistantBehaviour, Sector, Severity, ThreatForm,
};

use super::Table;

/// A category as people and programs read it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Category {
    /// Stable name.
    pub code: &'static str,
    english: &'static str,
    welsh: &'static str,
}

impl Category {
    /// What people read.
    pub const fn label(&self, language: Language) -> &'static str {
        match language {
            Language::English => self.english,
            Language::Welsh => self.welsh,
        }
    }
}

macro_rules! of_list {
    ($list:ident) => {
        $list::ALL
            .iter()
            .map(|code| Category {
                code: code.code(),
                english: code.label(Language::English),
                welsh: code.label(Language::Welsh),
            })
            .collect()
    };
}

fn fixed(all: &[(&'static str, &'static str, &'static str)]) -> Vec<Category> {
    let category = |(code, english, welsh): &(&'static str, &'static str, &'static str)| Category {
        code,
        english,
        welsh,
    };
    all.iter().map(category).collect()
}

/// The stages of escalations, as far as tables tell them apart.
const STAGES: [(&str, &str, &str); 4] = [
    ("1", "Stage 1", "Cam 1"),
    ("2", "Stage 2", "Cam 2"),
    ("3", "Stage 3", "Cam 3"),
    ("4", "Stage 4 or above", "Cam 4 neu uwch"),
];
const MONTHS: [(&str, &str, &str); 3] = [
    ("first", "First month", "Mis cyntaf"),
    ("second", "Second month", "Ail fis"),
    ("third", "Third month", "Trydydd mis"),
];
const TARGETS: [(&str, &str, &str); 5] = [
    ("adult", "A person", "Person"),
    ("child", "A child under 18", "Plentyn dan 18"),
    ("household", "A household", "Aelwyd"),
    ("premises", "Premises", "Mangre"),
    ("animal", "An animal", "Anifail"),
];
const TOLD: [(&str, &str, &str); 3] = [
    ("told", "The person was told", "Dywedwyd wrth y person"),
    (
        "not-told",
        "Not told, with a reason",
        "Heb ddweud, gyda rheswm",
    ),
    ("not-said", "Not said", "Heb ei nodi"),
];
const POLICE: [(&str, &str, &str); 3] = [
    ("yes", "Reported", "Adroddwyd"),
    (
        "no",
        "Not reported, with a reason",
        "Heb ei adrodd, gyda rheswm",
    ),
    ("not-said", "Not said", "Heb ei nodi"),
];
const NOT_SAID: (&str, &str, &str) = ("not-said", "Not said", "Heb ei nodi");
const HOME: [(&str, &str, &str); 2] = [
    ("home", "At the person's home", "Yng nghartref y person"),
    ("elsewhere", "Elsewhere", "Rhywle arall"),
];
const UNCORROBORATED: (&str, &str, &str) = ("none", "Nothing named", "Dim wedi'i enwi");
/// What is taken on alerts and reports, and said to them.
pub(super) const STEPS: [Deed; 12] = [
    Deed::Approved,
    Deed::Refused,
    Deed::Renewed,
    Deed::Ended,
    Deed::OccupantsChanged,
    Deed::Suspended,
    Deed::AssessedNoAlert,
    Deed::Corroborated,
    Deed::Objected,
    Deed::ObjectionUpheld,
    Deed::ObjectionNotUpheld,
    Deed::ReportedToPolice,
];

const AGES: [(&str, &str, &str); 6] = [
    ("under-18", "Under 18", "O dan 18"),
    ("18-24", "18 to 24", "18 i 24"),
    ("25-44", "25 to 44", "25 i 44"),
    ("45-64", "45 to 64", "45 i 64"),
    ("65-and-over", "65 and over", "65 a throsodd"),
    (
        "not-known",
        "Not known, or about no person",
        "Ddim yn hysbys, neu heb fod am berson",
    ),
];
const ANSWERS: [(&str, &str, &str); 4] = [
    ("given", "Information given", "Rhoddwyd gwybodaeth"),
    ("nothing-held", "Nothing held", "Nid oes ganddi wybodaeth"),
    (
        "declined",
        "Not given, with the reason",
        "Ni roddwyd gwybodaeth, gyda rheswm",
    ),
    ("none", "No answer", "Dim ateb"),
];
const WORKING_DAYS: [(&str, &str, &str); 4] = [
    ("up-to-3", "Up to 3 working days", "Hyd at 3 diwrnod gwaith"),
    ("4-10", "4 to 10 working days", "4 i 10 diwrnod gwaith"),
    ("11-20", "11 to 20 working days", "11 i 20 diwrnod gwaith"),
    (
        "over-20",
        "More than 20 working days",
        "Mwy nag 20 diwrnod gwaith",
    ),
];
const LENS: [(&str, &str, &str); 2] = [
    (
        "reported",
        "Reported threats too",
        "Adroddodd am fygythiadau hefyd",
    ),
    ("none", "Reported none", "Heb adrodd am yr un"),
];
const STOOD: [(&str, &str, &str); 5] = [
    ("in-force", "In force", "Mewn grym"),
    (
        "reported-not-assessed",
        "Awaiting a decision",
        "Yn aros am benderfyniad",
    ),
    (
        "undecided",
        "Undecided in time",
        "Heb ei benderfynu mewn pryd",
    ),
    (
        "stale",
        "Stale: past its review",
        "Wedi dyddio: adolygiad yn hwyr",
    ),
    ("suspended", "Suspended", "Wedi'i atal dros dro"),
];
const REVIEWS: [(&str, &str, &str); 2] = [
    ("ahead", "Review ahead", "Adolygiad eto i ddod"),
    ("overdue", "Review overdue", "Adolygiad yn hwyr"),
];
const MEASURES: [(&str, &str, &str); 5] = [
    ("done", "Done", "Cyflawnwyd"),
    (
        "not-done",
        "Not done, with the reason",
        "Heb ei gyflawni, gyda'r rheswm",
    ),
    ("ahead", "Due later", "I'w gyflawni yn nes ymlaen"),
    ("overdue", "Overdue", "Yn hwyr"),
    ("undated", "Without a date", "Heb ddyddiad"),
];

impl Table {
    /// Its categories, in their order.
    pub fn categories(self) -> Vec<Category> {
        match self {
            Self::IncidentsMonth | Self::Checks => fixed(&MONTHS),
            Self::IncidentsSetting => {
                let settings: Vec<Category> = of_list!(IncidentSetting);
                settings.into_iter().chain(fixed(&[NOT_SAID])).collect()
            }
            Self::ContactsHome => fixed(&HOME),
            Self::IncidentsThreat => of_list!(ThreatForm),
            Self::IncidentsBehaviour => of_list!(ResistantBehaviour),
            Self::IncidentsHarm => of_list!(Harm),
            Self::IncidentsDirected => of_list!(DirectedAt),
            Self::IncidentsSector => of_list!(Sector),
            Self::IncidentsPolice => fixed(&POLICE),
            Self::IncidentsCorroborated => {
                let sources: Vec<Category> = of_list!(CorroborationSource);
                sources
                    .into_iter()
                    .chain(fixed(&[UNCORROBORATED]))
                    .collect()
            }
            Self::AlertsTarget | Self::AlertsStandingTarget => fixed(&TARGETS),
            Self::AlertsSeverity => of_list!(Severity),
            Self::AlertsTold | Self::AlertsStandingTold => fixed(&TOLD),
            Self::AlertsSteps => {
                let category = |deed: &Deed| Category {
                    code: deed.code(),
                    english: deed.label(Language::English),
                    welsh: deed.label(Language::Welsh),
                };
                STEPS.iter().map(category).collect()
            }
            Self::EscalationsTopic => of_list!(EscalationTopic),
            Self::EscalationsStage | Self::EscalationsOpen => fixed(&STAGES),
            Self::EscalationsOutcome => of_list!(EscalationOutcome),
            Self::Contacts => of_list!(ContactOutcome),
            Self::AlertsAge => fixed(&AGES),
            Self::Requests | Self::BoardRequests => fixed(&ANSWERS),
            Self::EscalationsTime => fixed(&WORKING_DAYS),
            Self::Lens => fixed(&LENS),
            Self::AlertsStanding => fixed(&STOOD),
            Self::Plans => fixed(&REVIEWS),
            Self::Measures => fixed(&MEASURES),
        }
    }
}
