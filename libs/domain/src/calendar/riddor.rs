//! What an injury at work makes the responsible person do, by the Reporting of Injuries, Diseases and Dangerous Occurrences
//! Regulations 2013 (SI 2013/1471), regulations 4, 5, 6 and 12 and Schedule 1. Owns prompts for the employer's eyes alone; refuses
//! to be the report, and to know of diseases, dangerous occurrences, gas, mines, and the exceptions of regulations 14 and 15
//! (medical treatment, traffic on a road, the armed forces), which the employer judges.
//!
//! An act of violence that injures somebody at work is an accident (regulation 2); a threat alone is none.

use super::{Due, Holidays};
use crate::{codes::code_list, times::Day};

/// Whom an accident injured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Injured {
    /// Somebody at work.
    AtWork,
    /// Somebody not at work, who wasn't taken to hospital.
    NotAtWork,
    /// Somebody not at work, taken from the scene to a hospital for treatment of the injury.
    NotAtWorkTakenToHospital,
    /// Somebody not at work, on a hospital's premises.
    NotAtWorkInHospital,
}

/// A work-related accident that injured somebody, as far as prompts rest on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Accident {
    /// Its day.
    pub day: Day,
    /// Whom it injured.
    pub injured: Injured,
    /// The person has died of it: at once, or within a year (regulation 6).
    pub died: bool,
    /// An injury that regulation 4(1) specifies, such as a fracture other than to a finger, thumb or toe.
    pub specified_injury: bool,
    /// Consecutive days of incapacity for routine work so far; the accident's day isn't counted, weekends and rest days are.
    pub incapacity_days: u16,
}

code_list! {
    /// What the responsible person has to do.
    RiddorPrompt {
        NotifyAtOnce = 1, "riddor-notify-at-once", "RIDDOR: notify the enforcing authority at once", "RIDDOR: hysbysu'r awdurdod gorfodi ar unwaith";
        ReportInTenDays = 2, "riddor-report-in-ten-days", "RIDDOR: report within 10 days of the accident", "RIDDOR: adrodd o fewn 10 diwrnod i'r ddamwain";
        ReportInFifteenDays = 3, "riddor-report-in-fifteen-days", "RIDDOR: report within 15 days of the accident", "RIDDOR: adrodd o fewn 15 diwrnod i'r ddamwain";
        KeepRecord = 4, "riddor-keep-record", "RIDDOR: keep a record for three years", "RIDDOR: cadw cofnod am dair blynedd";
    }
}

impl Accident {
    /// What has to be done, most pressing first; nothing, if nothing.
    pub const fn prompts(&self) -> &'static [RiddorPrompt] {
        use RiddorPrompt::{KeepRecord, NotifyAtOnce, ReportInFifteenDays, ReportInTenDays};
        let serious = match self.injured {
            Injured::AtWork | Injured::NotAtWorkInHospital => self.specified_injury,
            Injured::NotAtWorkTakenToHospital => true,
            Injured::NotAtWork => false,
        };
        if self.died || serious {
            return &[NotifyAtOnce, ReportInTenDays, KeepRecord];
        }
        match (self.injured, self.incapacity_days) {
            (Injured::AtWork, 8..) => &[ReportInFifteenDays, KeepRecord],
            (Injured::AtWork, 4..=7) => &[KeepRecord],
            _ => &[],
        }
    }
}

impl RiddorPrompt {
    /// By when: a maximum of consecutive days, the accident's not counted, which keeps its date. `None` where the law names no
    /// day: at once, and the record. Schedule 1, paragraph 1 has since come to allow some incidents 10 working days; whoever keeps to
    /// 10 days is in time under both.
    pub fn due(self, accident: Day, holidays: &Holidays) -> Option<Due> {
        let days = match self {
            Self::ReportInTenDays => 10,
            Self::ReportInFifteenDays => 15,
            Self::NotifyAtOnce | Self::KeepRecord => return None,
        };
        Some(Due::keeping_its_date(accident.plus_days(days), holidays))
    }
}
