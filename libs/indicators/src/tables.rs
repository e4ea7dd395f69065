//! The closed list of tables, and what an event counts in each. Owns the categories; refuses every other cross-section: a new table is
//! a change of this file, thought over once and for all.

use diogel_domain::{
    alert::{AlertTarget, HazardAlert, PersonTold},
    calendar::london,
    codes::{
        AlertStatus, ContactOutcome, CorroborationSource, Deed, DirectedAt, EscalationOutcome,
        EscalationTopic, Harm, IncidentSetting, Language, Lifecycle, ReportedToPolice,
        RequestPower, ResistantBehaviour, Sector, Severity, ThreatForm,
    },
    content::Content,
    correction::Replacement,
    escalation::Escalation,
    incident::IncidentReport,
    step::{Step, StepSaid},
    times::{Day, Moment},
};
use serde::{Deserialize, Serialize};

use crate::release::Shape;

/// An event counts so in a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Counted {
    /// Which table, by its number.
    pub table: u8,
    /// Which category of it, in the table's order.
    pub category: u8,
}

/// A table. Its number never changes; a table that is given up keeps it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Table {
    /// Reported incidents, by month of publication.
    IncidentsMonth,
    /// By form of threat.
    IncidentsThreat,
    /// By kind of resistant behaviour.
    IncidentsBehaviour,
    /// By harm done.
    IncidentsHarm,
    /// By at whom it was directed.
    IncidentsDirected,
    /// By the sector of the agency that reported.
    IncidentsSector,
    /// By whether it was reported to the police.
    IncidentsPolice,
    /// By what bears the account out.
    IncidentsCorroborated,
    /// Alerts published, by what they are about.
    AlertsTarget,
    /// By severity.
    AlertsSeverity,
    /// By whether the person was told.
    AlertsTold,
    /// Steps taken on alerts and reports of danger, and what people said to them.
    AlertsSteps,
    /// Escalations raised, by topic.
    EscalationsTopic,
    /// By the stage that they entered at.
    EscalationsStage,
    /// Escalations that ended, by outcome.
    EscalationsOutcome,
    /// Contacts, by how they went.
    Contacts,
    /// Alerts published about a person, by their age then.
    AlertsAge,
    /// What was asked of agencies under a protocol, by their answer at the quarter's end.
    Requests,
    /// What the Board asked of agencies under section 137, by their answer at the quarter's end.
    BoardRequests,
    /// Escalations that ended, by the working days from when they were raised.
    EscalationsTime,
    /// Agencies with contact in cases in which another one reported threats, by whether they reported any.
    Lens,
    /// Alerts that stood at the quarter's end, by how.
    AlertsStanding,
    /// The same, by what they are about.
    AlertsStandingTarget,
    /// The same, by whether the person was told.
    AlertsStandingTold,
    /// Escalations open at the quarter's end, by stage.
    EscalationsOpen,
    /// Safety plans that ran at the quarter's end, by their review.
    Plans,
    /// Measures of those plans, by what became of them.
    Measures,
    /// Reported incidents, by the kind of place.
    IncidentsSetting,
    /// Contacts, by whether they were at the person's home.
    ContactsHome,
    /// Checks before visits that agencies asked for, by month.
    Checks,
}

/// What a table counts, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nature {
    /// What was published in the period; counted as it is folded.
    Published,
    /// What came to something in the period; counted when the period is released. Years are the sums of their quarters.
    Became,
    /// What stood at the period's end; counted when the period is released. A year's is that of its last quarter.
    Stood,
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
const STEPS: [Deed; 12] = [
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

impl Table {
    /// Every table, in the order in which they are shown.
    pub const ALL: [Self; 30] = [
        Self::IncidentsMonth,
        Self::IncidentsThreat,
        Self::IncidentsBehaviour,
        Self::IncidentsHarm,
        Self::IncidentsSetting,
        Self::IncidentsDirected,
        Self::IncidentsSector,
        Self::IncidentsPolice,
        Self::IncidentsCorroborated,
        Self::Contacts,
        Self::ContactsHome,
        Self::Checks,
        Self::Lens,
        Self::AlertsTarget,
        Self::AlertsAge,
        Self::AlertsSeverity,
        Self::AlertsTold,
        Self::AlertsSteps,
        Self::AlertsStanding,
        Self::AlertsStandingTarget,
        Self::AlertsStandingTold,
        Self::EscalationsTopic,
        Self::EscalationsStage,
        Self::EscalationsOutcome,
        Self::EscalationsTime,
        Self::EscalationsOpen,
        Self::Plans,
        Self::Measures,
        Self::Requests,
        Self::BoardRequests,
    ];

    /// Its number: in rows and releases.
    pub const fn number(self) -> u8 {
        match self {
            Self::IncidentsMonth => 1,
            Self::IncidentsThreat => 2,
            Self::IncidentsBehaviour => 3,
            Self::IncidentsHarm => 4,
            Self::IncidentsDirected => 5,
            Self::IncidentsSector => 6,
            Self::IncidentsPolice => 7,
            Self::IncidentsCorroborated => 8,
            Self::AlertsTarget => 9,
            Self::AlertsSeverity => 10,
            Self::AlertsTold => 11,
            Self::AlertsSteps => 12,
            Self::EscalationsTopic => 13,
            Self::EscalationsStage => 14,
            Self::EscalationsOutcome => 15,
            Self::Contacts => 16,
            Self::AlertsAge => 17,
            Self::Requests => 18,
            Self::BoardRequests => 19,
            Self::EscalationsTime => 20,
            Self::Lens => 21,
            Self::AlertsStanding => 22,
            Self::AlertsStandingTarget => 23,
            Self::AlertsStandingTold => 24,
            Self::EscalationsOpen => 25,
            Self::Plans => 26,
            Self::Measures => 27,
            Self::IncidentsSetting => 28,
            Self::ContactsHome => 29,
            Self::Checks => 30,
        }
    }

    /// Stable name, in addresses and files.
    pub const fn code(self) -> &'static str {
        match self {
            Self::IncidentsMonth => "incidents-month",
            Self::IncidentsThreat => "incidents-threat",
            Self::IncidentsBehaviour => "incidents-behaviour",
            Self::IncidentsHarm => "incidents-harm",
            Self::IncidentsDirected => "incidents-directed",
            Self::IncidentsSector => "incidents-sector",
            Self::IncidentsPolice => "incidents-police",
            Self::IncidentsCorroborated => "incidents-corroborated",
            Self::AlertsTarget => "alerts-target",
            Self::AlertsSeverity => "alerts-severity",
            Self::AlertsTold => "alerts-told",
            Self::AlertsSteps => "alerts-steps",
            Self::EscalationsTopic => "escalations-topic",
            Self::EscalationsStage => "escalations-stage",
            Self::EscalationsOutcome => "escalations-outcome",
            Self::Contacts => "contacts",
            Self::AlertsAge => "alerts-age",
            Self::Requests => "requests",
            Self::BoardRequests => "board-requests",
            Self::EscalationsTime => "escalations-time",
            Self::Lens => "lens",
            Self::AlertsStanding => "alerts-standing",
            Self::AlertsStandingTarget => "alerts-standing-target",
            Self::AlertsStandingTold => "alerts-standing-told",
            Self::EscalationsOpen => "escalations-open",
            Self::Plans => "plans",
            Self::Measures => "measures",
            Self::IncidentsSetting => "incidents-setting",
            Self::ContactsHome => "contacts-home",
            Self::Checks => "checks",
        }
    }

    /// The table of this stable name.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|table| table.code() == code)
    }

    /// The table of this number.
    pub fn from_number(number: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|table| table.number() == number)
    }

    /// What it counts, and when.
    pub const fn nature(self) -> Nature {
        match self {
            Self::Requests
            | Self::BoardRequests
            | Self::EscalationsTime
            | Self::Lens
            | Self::Checks => Nature::Became,
            Self::AlertsStanding
            | Self::AlertsStandingTarget
            | Self::AlertsStandingTold
            | Self::EscalationsOpen
            | Self::Plans
            | Self::Measures => Nature::Stood,
            _ => Nature::Published,
        }
    }

    /// How its categories hang together.
    pub const fn shape(self) -> Shape {
        match self {
            Self::IncidentsThreat
            | Self::IncidentsBehaviour
            | Self::IncidentsDirected
            | Self::IncidentsCorroborated => Shape::Several,
            _ => Shape::One,
        }
    }

    /// The table whose total is the total of this one: all the events that it divides.
    #[must_use]
    pub const fn population(self) -> Self {
        match self {
            Self::IncidentsThreat
            | Self::IncidentsBehaviour
            | Self::IncidentsDirected
            | Self::IncidentsCorroborated => Self::IncidentsMonth,
            other => other,
        }
    }

    /// The table by which all are named that divide the same events, and so have one total: where it is hidden in one of them, none of
    /// them may show it.
    #[must_use]
    pub const fn same_events(self) -> Self {
        match self {
            Self::IncidentsMonth
            | Self::IncidentsThreat
            | Self::IncidentsBehaviour
            | Self::IncidentsHarm
            | Self::IncidentsSetting
            | Self::IncidentsDirected
            | Self::IncidentsSector
            | Self::IncidentsPolice
            | Self::IncidentsCorroborated => Self::IncidentsMonth,
            Self::AlertsTarget | Self::AlertsAge | Self::AlertsSeverity | Self::AlertsTold => {
                Self::AlertsTarget
            }
            Self::AlertsStanding | Self::AlertsStandingTarget | Self::AlertsStandingTold => {
                Self::AlertsStanding
            }
            Self::EscalationsOutcome | Self::EscalationsTime => Self::EscalationsOutcome,
            Self::EscalationsTopic | Self::EscalationsStage => Self::EscalationsTopic,
            Self::Contacts | Self::ContactsHome => Self::Contacts,
            Self::AlertsSteps
            | Self::Checks
            | Self::Requests
            | Self::BoardRequests
            | Self::Lens
            | Self::EscalationsOpen
            | Self::Plans
            | Self::Measures => self,
        }
    }

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

    /// A category of it.
    pub const fn at(self, category: u8) -> Counted {
        Counted {
            table: self.number(),
            category,
        }
    }
}

/// The place of a code in its list.
fn place<T: PartialEq>(all: &[T], code: &T) -> u8 {
    let place = all.iter().position(|one| one == code);
    u8::try_from(place.unwrap_or(0)).unwrap_or(0)
}

/// What the content of an event that was published then counts as. Of the month and of the sector the category is known where the event is folded: here it is 0.
pub fn counted(content: &Content, published: Moment) -> Vec<Counted> {
    let day = london(published).day;
    let mut all = match content {
        Content::Incident(report) => incident(report),
        Content::HazardAlert(alert) => self::alert(alert, day),
        Content::Escalation(escalation) => self::escalation(escalation),
        Content::Correction(correction) => match &correction.replacement {
            Some(Replacement::Incident(report)) => incident(report),
            Some(Replacement::HazardAlert(alert)) => self::alert(alert, day),
            Some(Replacement::Escalation(escalation)) => self::escalation(escalation),
            None => Vec::new(),
        },
        Content::Contact(note) => {
            let counted = note.contact.as_ref().map(|contact| {
                let outcome = place(ContactOutcome::ALL, &contact.outcome);
                let home = u8::from(!contact.at_home);
                [Table::Contacts.at(outcome), Table::ContactsHome.at(home)]
            });
            counted.into_iter().flatten().collect()
        }
        // By the agencies asked, once it is released.
        Content::InformationRequest(request) => {
            let power = request.sought.as_ref().map(|sought| sought.power);
            let table = power.map(|power| match power {
                RequestPower::Agreement => Table::Requests,
                RequestPower::BoardFunctions => Table::BoardRequests,
            });
            table.map(|table| table.at(0)).into_iter().collect()
        }
        Content::Step(step) => self::step(step),
        _ => Vec::new(),
    };
    all.sort_unstable();
    all.dedup();
    all
}

fn incident(report: &IncidentReport) -> Vec<Counted> {
    let Some(safety) = &report.safety else {
        return Vec::new();
    };
    let threats = safety.threats.iter();
    let threats = threats.map(|code| Table::IncidentsThreat.at(place(ThreatForm::ALL, code)));
    let behaviours = safety.behaviours.iter();
    let behaviours =
        behaviours.map(|code| Table::IncidentsBehaviour.at(place(ResistantBehaviour::ALL, code)));
    let directed = safety.directed_at.iter();
    let directed = directed.map(|code| Table::IncidentsDirected.at(place(DirectedAt::ALL, code)));
    let sources = report.narrative.iter().flat_map(|n| &n.corroborated_by);
    let mut sources: Vec<Counted> = sources
        .map(|one| place(CorroborationSource::ALL, &one.source))
        .map(|at| Table::IncidentsCorroborated.at(at))
        .collect();
    if sources.is_empty() {
        let none = u8::try_from(CorroborationSource::ALL.len()).unwrap_or(0);
        sources.push(Table::IncidentsCorroborated.at(none));
    }
    let police = report.criminal.as_ref().and_then(|c| c.reported_to_police);
    let police = match police {
        Some(ReportedToPolice::Yes) => 0,
        Some(ReportedToPolice::No) => 1,
        None => 2,
    };
    let setting = safety
        .setting
        .map_or(IncidentSetting::ALL.len(), |setting| {
            usize::from(place(IncidentSetting::ALL, &setting))
        });
    let once = [
        Table::IncidentsSetting.at(u8::try_from(setting).unwrap_or(0)),
        Table::IncidentsMonth.at(0),
        Table::IncidentsSector.at(0),
        Table::IncidentsHarm.at(place(Harm::ALL, &safety.harm)),
        Table::IncidentsPolice.at(police),
    ];
    once.into_iter()
        .chain(threats)
        .chain(behaviours)
        .chain(directed)
        .chain(sources)
        .collect()
}

/// Exercises and tests aren't counted.
fn alert(alert: &HazardAlert, day: Day) -> Vec<Counted> {
    let Some(safety) = alert
        .safety
        .as_ref()
        .filter(|_| alert.status == AlertStatus::Actual)
    else {
        return Vec::new();
    };
    let told = match &safety.told {
        Some(PersonTold::On(_)) => 0,
        Some(PersonTold::Not(_)) => 1,
        None => 2,
    };
    let target = match &safety.target {
        AlertTarget::Person(label) => u8::from(is_child(alert, label, day)),
        AlertTarget::Household { .. } => 2,
        AlertTarget::Premises(_) => 3,
        AlertTarget::Animal { .. } => 4,
    };
    let age = match &safety.target {
        AlertTarget::Person(label) => age(alert, label, day),
        _ => NO_AGE,
    };
    vec![
        Table::AlertsTarget.at(target),
        Table::AlertsAge.at(age),
        Table::AlertsSeverity.at(place(Severity::ALL, &safety.severity)),
        Table::AlertsTold.at(told),
    ]
}

/// The last of the ages: not known.
const NO_AGE: u8 = 5;

/// The person's age when it is published, as the place of its band.
fn age(alert: &HazardAlert, label: &str, day: Day) -> u8 {
    let person = alert.people.iter().find(|person| person.label == label);
    match person.and_then(|person| person.age_on(day)) {
        None => NO_AGE,
        Some(..18) => 0,
        Some(18..25) => 1,
        Some(25..45) => 2,
        Some(45..65) => 3,
        Some(65..) => 4,
    }
}

/// Under 18 when it is published.
fn is_child(alert: &HazardAlert, label: &str, day: Day) -> bool {
    let person = alert.people.iter().find(|person| person.label == label);
    person.is_some_and(|person| person.is_under_18(day))
}

fn escalation(escalation: &Escalation) -> Vec<Counted> {
    let Some(dispute) = &escalation.dispute else {
        return Vec::new();
    };
    let stage = dispute.stage.clamp(1, 4) - 1;
    vec![
        Table::EscalationsTopic.at(place(EscalationTopic::ALL, &dispute.topic)),
        Table::EscalationsStage.at(stage),
    ]
}

fn step(step: &Step) -> Vec<Counted> {
    let Some(deed) = step.deed else {
        return Vec::new();
    };
    if let Some(at) = STEPS.iter().position(|one| *one == deed) {
        return vec![Table::AlertsSteps.at(u8::try_from(at).unwrap_or(0))];
    }
    let outcome = match &step.said {
        StepSaid::Escalation(Some(said)) => said.outcome,
        _ => None,
    };
    match (deed.lifecycle(), deed, outcome) {
        (Lifecycle::Escalation, Deed::Withdrawn, _) => {
            let at = place(EscalationOutcome::ALL, &EscalationOutcome::Withdrawn);
            vec![Table::EscalationsOutcome.at(at)]
        }
        (Lifecycle::Escalation, Deed::Resolved | Deed::Determined, Some(outcome)) => {
            vec![Table::EscalationsOutcome.at(place(EscalationOutcome::ALL, &outcome))]
        }
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_has_its_number_and_name_alone_and_categories_with_two_names() {
        for (at, table) in Table::ALL.into_iter().enumerate() {
            assert_eq!(Table::from_code(table.code()), Some(table));
            let same = Table::ALL
                .iter()
                .filter(|other| other.number() == table.number());
            assert_eq!(same.count(), 1, "{at}");
            let categories = table.categories();
            assert!(categories.len() > 1 && categories.len() < 32);
            assert!(
                categories
                    .iter()
                    .all(|c| !c.english.is_empty() && !c.welsh.is_empty())
            );
            // What adds up has its own total; the rest divides what adds up.
            assert_eq!(table.population().shape(), Shape::One);
        }
    }
}
