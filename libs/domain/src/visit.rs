//! What a planned visit is reminded of before the door: daylight, working hours, and what may have changed by then (guidance, section
//! 6.1). Prompts, never permissions: nothing here says that a visit is safe.

use crate::{
    calendar::{Holidays, is_daylight, is_out_of_hours, london},
    codes::{PrecautionCode, code_list},
    times::{Day, Moment},
};

/// A check is of the visit if that is within so many hours; for a later one it is made again.
const GOOD_FOR_HOURS: i64 = 24;

code_list! {
    /// A reminder about a planned visit.
    VisitPrompt {
        DaylightOnly = 1, "daylight-only", "Something known to you says: daylight only. The planned time isn't in daylight", "Mae rhywbeth sy'n hysbys i chi yn dweud: yng ngolau dydd yn unig. Nid yw'r amser a gynlluniwyd yng ngolau dydd";
        NotInDaylight = 2, "not-in-daylight", "The planned time isn't in daylight", "Nid yw'r amser a gynlluniwyd yng ngolau dydd";
        OutOfHours = 3, "out-of-hours", "Out of working hours: who knows where you are, and whom do you call?", "Y tu allan i oriau gwaith: pwy sy'n gwybod ble rydych chi, a phwy fyddwch chi'n ei ffonio?";
        ReviewBefore = 4, "review-before", "Something known to you is to be reviewed before the planned time: check again then", "Mae rhywbeth sy'n hysbys i chi i'w adolygu cyn yr amser a gynlluniwyd: gwiriwch eto bryd hynny";
        CheckAgain = 5, "check-again", "The planned time is more than a day away: check again before you go", "Mae'r amser a gynlluniwyd fwy na diwrnod i ffwrdd: gwiriwch eto cyn i chi fynd";
    }
}

/// What the visitor knows that bears on the time: precautions, and days by which something is to be reviewed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Known {
    /// Every precaution that was found.
    pub precautions: Vec<PrecautionCode>,
    /// Review dates of what was found.
    pub reviews: Vec<Day>,
}

/// What a visit that is planned for a moment is reminded of, the most pressing first.
pub fn visit_prompts(planned: Moment, now: Moment, known: &Known) -> Vec<VisitPrompt> {
    let mut prompts = Vec::new();
    if !is_daylight(planned) {
        let only = known.precautions.contains(&PrecautionCode::DaylightOnly);
        prompts.push(if only {
            VisitPrompt::DaylightOnly
        } else {
            VisitPrompt::NotInDaylight
        });
    }
    if is_out_of_hours(planned, Holidays::england_and_wales()) {
        prompts.push(VisitPrompt::OutOfHours);
    }
    let (today, day) = (london(now).day, london(planned).day);
    let passes = |review: &Day| (today..day).contains(review);
    if known.reviews.iter().any(passes) {
        prompts.push(VisitPrompt::ReviewBefore);
    }
    if planned > now.plus_seconds(GOOD_FOR_HOURS * 3_600) {
        prompts.push(VisitPrompt::CheckAgain);
    }
    prompts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::moment_of;

    fn at(day: &str, hour: u16) -> Moment {
        moment_of(Day::parse(day).unwrap(), hour * 60)
    }

    fn prompts(planned: Moment, known: &Known) -> Vec<VisitPrompt> {
        visit_prompts(planned, at("2027-01-14", 9), known)
    }

    fn daylight_only() -> Known {
        Known {
            precautions: vec![PrecautionCode::VisitInPairs, PrecautionCode::DaylightOnly],
            reviews: Vec::new(),
        }
    }

    #[test]
    fn a_visit_in_daylight_and_working_hours_is_reminded_of_nothing() {
        assert_eq!(prompts(at("2027-01-14", 11), &daylight_only()), []);
    }

    #[test]
    fn after_dark_an_alert_that_says_daylight_only_comes_first() {
        let after_dark = at("2027-01-14", 18);
        let said = [VisitPrompt::DaylightOnly, VisitPrompt::OutOfHours];
        assert_eq!(prompts(after_dark, &daylight_only()), said);
        let unsaid = [VisitPrompt::NotInDaylight, VisitPrompt::OutOfHours];
        assert_eq!(prompts(after_dark, &Known::default()), unsaid);
        // In June it is light then.
        assert_eq!(
            prompts(at("2027-06-15", 18), &daylight_only()),
            [VisitPrompt::OutOfHours, VisitPrompt::CheckAgain]
        );
    }

    #[test]
    fn no_working_day_is_out_of_hours() {
        // A Saturday, and a bank holiday.
        for day in ["2027-01-16", "2027-03-26"] {
            let prompts = prompts(at(day, 12), &Known::default());
            assert!(prompts.contains(&VisitPrompt::OutOfHours), "{day}");
        }
    }

    #[test]
    fn what_is_to_be_reviewed_before_the_visit_is_to_be_checked_again() {
        let known = |review: &str| Known {
            precautions: Vec::new(),
            reviews: vec![Day::parse(review).unwrap()],
        };
        let planned = at("2027-01-20", 11);
        let with = |review| prompts(planned, &known(review)).contains(&VisitPrompt::ReviewBefore);
        assert!(with("2027-01-14") && with("2027-01-19"));
        assert!(!with("2027-01-20") && !with("2027-01-13"));
    }

    #[test]
    fn a_check_a_day_before_is_made_again() {
        let later = prompts(at("2027-01-15", 10), &Known::default());
        assert_eq!(later, [VisitPrompt::CheckAgain]);
        assert_eq!(prompts(at("2027-01-15", 9), &Known::default()), []);
    }
}
