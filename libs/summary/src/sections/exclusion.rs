//! Whether to exclude a person from all or part of the meeting: possible grounds with their events, never a recommendation, and what
//! was decided. The chair decides, on the chair's page alone (PRACTICE, sections 5 and 10). Refuses to name anybody as a ground.

use diogel_domain::{
    calendar::{Clock, Holidays, moment_of},
    codes::{Deed, ExclusionExtent, ExclusionGround},
    content::Content,
    step::{Exclusion, StepSaid},
};
use diogel_texts::summary::{ExclusionRecorded, ExclusionRequestBy, GroundPossible};

use super::{noted, voice};
use crate::{
    Line, Mark, Source, StepTaken,
    case::{self, Case, content},
    course,
    document::written,
    handling,
    texts::Phrase,
};

/// Threats and violence longer ago are no ground any more.
const RECENT_MONTHS: u32 = 6;

pub(super) fn lines(case: &Case<'_>) -> Vec<Line> {
    let grounds: Vec<Line> = [
        (ExclusionGround::ViolenceOrThreats, threats(case)),
        (ExclusionGround::Welfare, not_to_be_read_out(case)),
        (ExclusionGround::ConfidentialMaterial, confidential(case)),
    ]
    .into_iter()
    .filter(|(_, sources)| !sources.is_empty())
    .map(|(ground, sources)| possible(case, ground, sources))
    .collect();
    let asks = if grounds.is_empty() {
        Vec::new()
    } else {
        asks(case)
    };
    let points: Vec<Line> = grounds
        .into_iter()
        .chain(decided(case))
        .chain(asks)
        .map(|line| {
            line.marked(Mark::DontReadOut, true)
                .marked(Mark::ChairOnly, true)
        })
        .collect();
    noted(case, Phrase::ExclusionNote, points)
}

fn possible(case: &Case<'_>, ground: ExclusionGround, sources: Vec<&Source>) -> Line {
    let text = case.fill(&GroundPossible {
        ground: ground.label(case.setting.language),
    });
    Line::point(text).citing_all(sources)
}

fn threats<'a>(case: &Case<'a>) -> Vec<&'a Source> {
    let threats = case.incidents().filter(|incident| {
        let recent = case::day(*incident).plus_months(RECENT_MONTHS) > case.today();
        recent && case::is_threat(incident.1)
    });
    threats.map(|(source, _)| source).collect()
}

/// The person's own words that nobody may hear who isn't safe.
fn not_to_be_read_out<'a>(case: &Case<'a>) -> Vec<&'a Source> {
    let accounts = voice::accounts(case);
    let hushed = accounts.filter(|((source, _), account)| !voice::may_be_said(source, account));
    hushed.map(|((source, _), _)| source).collect()
}

/// Police matters, and alerts that the person wasn't told of.
fn confidential<'a>(case: &Case<'a>) -> Vec<&'a Source> {
    let police = |source: &Source| {
        let report = content(source).incident();
        report.is_some_and(|report| report.criminal.is_some())
    };
    // Of an alert whose safety isn't shown nothing is known.
    let untold = |source: &Source| {
        let alert = content(source).hazard_alert();
        alert.is_some_and(|alert| alert.safety.is_some()) && handling::is_alert_not_told(source)
    };
    let sources = case.current();
    sources
        .filter(|source| police(source) || untold(source))
        .collect()
}

/// How their views are heard, who tells them, and by when it is asked for.
fn asks(case: &Case<'_>) -> Vec<Line> {
    let by = case.setting.meeting_on.map(|day| {
        let due = Clock::ExclusionRequest.due(moment_of(day, 0), Holidays::england_and_wales());
        let by = &case.date(due.day);
        case.fill(&ExclusionRequestBy { by })
    });
    let questions = [Phrase::ExclusionViews, Phrase::ExclusionExplained];
    let questions = questions.map(|question| case.say(question).to_owned());
    let asks: Vec<String> = by.into_iter().chain(questions).collect();
    vec![Line::point(asks.join(" "))]
}

/// What chairs decided, the latest first.
fn decided(case: &Case<'_>) -> Vec<Line> {
    let meetings = case.all().rev().filter(|source| is_meeting(source));
    let steps = meetings.flat_map(|source| {
        let steps = course::steps_that(source, &[Deed::ExclusionDecided]).rev();
        let steps: Vec<_> = steps.collect();
        steps
            .into_iter()
            .map(move |(taken, said)| (source, taken, said))
    });
    let decided = steps.filter_map(|(source, taken, said)| match said {
        StepSaid::Meeting(record) => Some((source, taken, record.exclusion.as_ref()?)),
        _ => None,
    });
    decided
        .map(|(source, taken, exclusion)| decision(case, source, taken, exclusion))
        .collect()
}

const fn is_meeting(source: &Source) -> bool {
    matches!(content(source), Content::Meeting(..))
}

fn decision(case: &Case<'_>, source: &Source, taken: &StepTaken, made: &Exclusion) -> Line {
    let language = case.setting.language;
    let (person, ground) = (&written(&made.who), made.ground.label(language));
    let how = &written(&made.views_heard);
    let extent = made.extent.label(language);
    let said = match made.extent {
        ExclusionExtent::Part | ExclusionExtent::Whole => case.fill(&ExclusionRecorded {
            person,
            extent,
            ground,
            how,
        }),
        ExclusionExtent::NotExcluded => format!("{person}: {extent}; {ground}"),
    };
    let text = format!("{}, {said}", case.on(taken.ordered_at));
    Line::point(text).citing(source).citing_step(taken)
}
