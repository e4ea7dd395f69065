//! The closed list of tables. Refuses every other cross-section: a new table is a change of this file, thought over once and for all.

use serde::{Deserialize, Serialize};

use crate::release::Shape;

mod categories;
mod count;

pub use categories::Category;
pub use count::counted;

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

    /// A category of it.
    pub const fn at(self, category: u8) -> Counted {
        Counted {
            table: self.number(),
            category,
        }
    }
}

#[cfg(test)]
mod tests {
    use diogel_domain::codes::Language;

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
            assert!(categories.iter().all(|c| {
                [Language::English, Language::Welsh]
                    .iter()
                    .all(|l| !c.label(*l).is_empty())
            }));
            // What adds up has its own total; the rest divides what adds up.
            assert_eq!(table.population().shape(), Shape::One);
        }
    }
}
