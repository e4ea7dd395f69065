//! The named clocks of safeguarding: what each is called, how long it runs, from what, and who says so. Owns the procedures'
//! lengths; a board that has agreed others uses [`Length`] itself. Escalations' stages and alerts' reviews are no part of it: they
//! are configuration from the start.

use super::{Due, Holidays, Length, Timing};
use crate::{
    codes::{Language, code_list},
    times::Moment,
};

code_list! {
    /// A clock of the Wales Safeguarding Procedures.
    Clock {
        InitialConference = 1, "initial-conference", "Initial child protection conference", "Cynhadledd amddiffyn plant gychwynnol";
        OutlinePlan = 2, "outline-plan", "Outline plan circulated", "Dosbarthu amlinelliad o'r cynllun";
        CoreGroupFirst = 3, "core-group-first", "First core group meeting", "Cyfarfod cyntaf y grŵp craidd";
        CoreGroupMonthly = 4, "core-group-monthly", "Next core group meeting, as a rule", "Cyfarfod nesaf y grŵp craidd, fel rheol";
        CoreGroupLatest = 5, "core-group-latest", "Next core group meeting, at the latest", "Cyfarfod nesaf y grŵp craidd, fan bellaf";
        Assessment = 6, "assessment", "Assessment completed", "Cwblhau'r asesiad";
        ReviewFirst = 7, "review-first", "First review conference", "Y gynhadledd adolygu gyntaf";
        ReviewNext = 8, "review-next", "Next review conference", "Y gynhadledd adolygu nesaf";
        AdultEnquiry = 9, "adult-enquiry", "Enquiries about an adult at risk", "Ymholiadau ynghylch oedolyn sy'n wynebu risg";
        AdultPlanReview = 10, "adult-plan-review", "Review of the adult's plan", "Adolygu cynllun yr oedolyn";
        AdultConferenceReports = 11, "adult-conference-reports", "Reports for an adult protection conference", "Adroddiadau ar gyfer cynhadledd amddiffyn oedolion";
        ExclusionRequest = 12, "exclusion-request", "Request to exclude somebody from a conference", "Cais i eithrio rhywun o gynhadledd";
    }
}

impl Clock {
    /// How long it runs.
    pub const fn length(self) -> Length {
        match self {
            Self::InitialConference => Length::WorkingDays(15),
            Self::OutlinePlan => Length::WorkingDays(5),
            Self::CoreGroupFirst => Length::WorkingDays(10),
            Self::CoreGroupMonthly => Length::Months(1),
            Self::CoreGroupLatest | Self::AdultPlanReview => Length::Weeks(6),
            Self::Assessment => Length::WorkingDays(42),
            Self::ReviewFirst => Length::Months(3),
            Self::ReviewNext => Length::Months(6),
            Self::AdultEnquiry => Length::WorkingDays(7),
            Self::AdultConferenceReports => Length::WorkingDaysBefore(2),
            Self::ExclusionRequest => Length::WorkingDaysBefore(3),
        }
    }

    /// Whether going past it breaks a rule of the procedures. The monthly core group is what is usual: late is only
    /// [`Clock::CoreGroupLatest`].
    pub const fn is_limit(self) -> bool {
        !matches!(self, Self::CoreGroupMonthly)
    }

    /// What it runs from, as people read it; of one that counts backward, what it comes before.
    pub const fn runs_from(self, language: Language) -> &'static str {
        let (english, welsh) = match self {
            Self::InitialConference => ("the strategy discussion", "y drafodaeth strategaeth"),
            Self::OutlinePlan | Self::CoreGroupFirst | Self::ReviewFirst => {
                ("the initial conference", "y gynhadledd gychwynnol")
            }
            Self::CoreGroupMonthly | Self::CoreGroupLatest => (
                "the last core group meeting",
                "cyfarfod diwethaf y grŵp craidd",
            ),
            Self::Assessment => (
                "the start of the section 47 enquiries",
                "dechrau'r ymholiadau adran 47",
            ),
            Self::ReviewNext => (
                "the last review conference",
                "y gynhadledd adolygu ddiwethaf",
            ),
            Self::AdultEnquiry => (
                "the report to the local authority",
                "yr adroddiad i'r awdurdod lleol",
            ),
            Self::AdultPlanReview => (
                "the plan, or its last review",
                "y cynllun, neu ei adolygiad diwethaf",
            ),
            Self::AdultConferenceReports | Self::ExclusionRequest => {
                ("the conference", "y gynhadledd")
            }
        };
        match language {
            Language::English => english,
            Language::Welsh => welsh,
        }
    }

    /// Where it is laid down: a section of the Wales Safeguarding Procedures.
    pub const fn source(self) -> &'static str {
        match self {
            Self::InitialConference => "Wales Safeguarding Procedures, children, section 3",
            Self::OutlinePlan
            | Self::CoreGroupFirst
            | Self::CoreGroupMonthly
            | Self::Assessment
            | Self::ReviewFirst
            | Self::ReviewNext
            | Self::ExclusionRequest => "Wales Safeguarding Procedures, children, section 3 part 2",
            Self::CoreGroupLatest => "Wales Safeguarding Procedures, children, section 4",
            Self::AdultEnquiry => {
                "Social Services and Well-being (Wales) Act 2014, section 126; Wales Safeguarding Procedures, adults, section 3 part 1"
            }
            Self::AdultConferenceReports => {
                "Wales Safeguarding Procedures, adults, section 3 part 2"
            }
            Self::AdultPlanReview => "Wales Safeguarding Procedures, adults, section 4",
        }
    }

    /// When it is due, running from a moment; of one that counts backward, the moment of the conference.
    pub fn due(&self, from: Moment, holidays: &Holidays) -> Due {
        self.length().due(from, holidays)
    }
}

code_list! {
    /// How a request to exclude somebody from a conference stands. None of them bars it: the chair decides.
    Notice {
        InTime = 1, "in-time", "in time", "mewn pryd";
        Danger = 2, "danger", "about danger: to the chair at once", "ynghylch perygl: at y cadeirydd ar unwaith";
        Late = 3, "late", "late: with a reason, to the chair", "hwyr: at y cadeirydd, gyda rheswm";
    }
}

/// How a request for exclusion stands that is made at a moment: one about danger is never late, on the day itself either.
pub fn exclusion_notice(
    asked: Moment,
    conference: Moment,
    about_danger: bool,
    holidays: &Holidays,
) -> Notice {
    if about_danger {
        return Notice::Danger;
    }
    let due = Clock::ExclusionRequest.due(conference, holidays);
    match due.timing(asked, holidays) {
        Timing::Ahead | Timing::Near => Notice::InTime,
        Timing::Passed => Notice::Late,
    }
}
