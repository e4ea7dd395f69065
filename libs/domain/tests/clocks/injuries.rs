//! What the law on injuries at work makes the responsible person do.

use diogel_domain::calendar::{Accident, Injured, RiddorPrompt};

use super::given::{day, shipped};

const WORKER: Accident = Accident {
    day: diogel_domain::times::Day(20_600),
    injured: Injured::AtWork,
    died: false,
    specified_injury: false,
    incapacity_days: 0,
};

const AT_ONCE: &[RiddorPrompt] = &[
    RiddorPrompt::NotifyAtOnce,
    RiddorPrompt::ReportInTenDays,
    RiddorPrompt::KeepRecord,
];

#[test]
fn more_than_three_days_are_recorded_and_more_than_seven_reported() {
    let prompts = |incapacity_days| {
        Accident {
            incapacity_days,
            ..WORKER
        }
        .prompts()
    };
    assert!(prompts(0).is_empty() && prompts(3).is_empty());
    assert_eq!(prompts(4), [RiddorPrompt::KeepRecord]);
    assert_eq!(prompts(7), [RiddorPrompt::KeepRecord]);
    let report = [RiddorPrompt::ReportInFifteenDays, RiddorPrompt::KeepRecord];
    assert_eq!(prompts(8), report);
    assert_eq!(prompts(u16::MAX), report);
}

#[test]
fn a_death_or_a_specified_injury_is_notified_at_once() {
    let dead = Accident {
        died: true,
        ..WORKER
    };
    assert_eq!(dead.prompts(), AT_ONCE);
    let bystander = Accident {
        injured: Injured::NotAtWork,
        ..dead
    };
    assert_eq!(bystander.prompts(), AT_ONCE);
    let fracture = Accident {
        specified_injury: true,
        incapacity_days: 30,
        ..WORKER
    };
    assert_eq!(fracture.prompts(), AT_ONCE);
}

#[test]
fn somebody_not_at_work_counts_when_taken_to_hospital() {
    let who = |injured, specified_injury| {
        Accident {
            injured,
            specified_injury,
            incapacity_days: 30,
            ..WORKER
        }
        .prompts()
    };
    assert_eq!(who(Injured::NotAtWorkTakenToHospital, false), AT_ONCE);
    assert_eq!(who(Injured::NotAtWorkInHospital, true), AT_ONCE);
    assert!(who(Injured::NotAtWorkInHospital, false).is_empty());
    assert!(who(Injured::NotAtWork, true).is_empty());
}

#[test]
fn days_run_on_from_the_day_after_the_accident_weekends_included() {
    let due = |prompt: RiddorPrompt| prompt.due(day("2026-12-11"), shipped());
    let fifteen = due(RiddorPrompt::ReportInFifteenDays).unwrap();
    assert_eq!(fifteen.day, day("2026-12-26"), "a Saturday, and it stays");
    assert_eq!(fifteen.last_working_day, day("2026-12-24"));
    let ten = due(RiddorPrompt::ReportInTenDays).unwrap();
    assert_eq!(ten.day, day("2026-12-21"));
    assert_eq!(due(RiddorPrompt::NotifyAtOnce), None);
    assert_eq!(due(RiddorPrompt::KeepRecord), None);
}
