//! The page: head, timeline, what to look at, then a section for each month, gaps in their places, and the foot.

use diogel_domain::{codes::Precision, times::Moment};
use diogel_texts::{
    dates,
    summary::{ChronologyGap, ChronologyHolds, ChronologyYear},
};

use super::{
    gaps::Gap,
    known::days,
    line, overview,
    story::{Stand, Story},
    timeline,
};
use crate::{
    Document, EveryPage, Fact, Line, Section, Text, Topic,
    document::{every_line, written},
    handling, person,
    texts::Phrase,
};

pub(super) fn document(story: &Story<'_>) -> Document {
    let (case, review) = (&story.case, story.review);
    let timeline = timeline::timeline(story);
    let sections: Vec<Section> = std::iter::once(overview::section(story))
        .chain(months(story))
        .collect();
    Document {
        language: review.language,
        rendering: case.setting.rendering.clone(),
        title: title(story).into(),
        made_at: review.made_at,
        every_page: EveryPage {
            made_at: case.moment(review.made_at),
            ..crate::every_page(case)
        },
        head: head(story),
        key: handling::key(case, every_line(timeline.as_ref(), &sections)),
        timeline,
        sections,
        labels: crate::labels(case),
        footer: footer(story),
    }
}

/// "Chronology: Elin Morgan, 7".
fn title(story: &Story<'_>) -> String {
    let about = story.review.about.as_deref().map(written);
    let about = about.filter(|about| !about.is_empty());
    let about = about.unwrap_or_else(|| person::named(&story.case));
    format!("{}: {about}", story.case.say(Phrase::Chronology))
}

/// For whom, why, when, as of when, and how to handle it.
fn head(story: &Story<'_>) -> Vec<Fact> {
    let (case, review) = (&story.case, story.review);
    let moment = |at: Moment| case.moment(at);
    let differ = person::birth_dates_differ(case);
    let check = differ.then(|| case.fact(Phrase::Check, case.say(Phrase::BirthDatesDiffer)));
    let as_of = review.as_of.map(moment);
    let as_of = as_of.map(|at| case.fact(Phrase::ChronologyAsOf, &at));
    let purpose = review.purpose.label(review.language);
    check
        .into_iter()
        .chain([
            case.fact(Phrase::For, case.agency(&review.reader)),
            case.fact(Phrase::Purpose, purpose),
            case.fact(Phrase::MadeAt, &moment(review.made_at)),
        ])
        .chain(as_of)
        .chain([case.fact(Phrase::Handling, case.say(Phrase::HandlingRule))])
        .collect()
}

/// That others may know too, and as of when this holds what.
fn footer(story: &Story<'_>) -> Vec<Text> {
    let at = &story.case.moment(story.now());
    vec![
        story.case.say(Phrase::ChronologyOthers).into(),
        story.case.fill(&ChronologyHolds { at }).into(),
    ]
}

/// A section a month, gaps at the end of the month in which the last event before them stands.
fn months(story: &Story<'_>) -> Vec<Section> {
    let mut gaps = story.gaps().into_iter().peekable();
    let mut sections: Vec<Section> = Vec::new();
    for stand in &story.stands {
        let before = std::iter::from_fn(|| gaps.next_if(|gap| gap.from < stand.span.first));
        let before: Vec<Line> = before.map(|gap| of_gap(story, gap)).collect();
        put(&mut sections, before);
        let heading = heading(story, stand);
        if sections
            .last()
            .is_none_or(|section| section.heading != heading)
        {
            sections.push(Section {
                topic: Topic::Chronology,
                heading,
                lines: Vec::new(),
                table: None,
            });
        }
        put(&mut sections, line::lines(story, stand));
    }
    put(&mut sections, gaps.map(|gap| of_gap(story, gap)).collect());
    sections
}

/// Into the section that was begun last. There is no gap before the first event.
fn put(sections: &mut [Section], lines: Vec<Line>) {
    if let Some(section) = sections.last_mut() {
        section.lines.extend(lines);
    }
}

/// The month; the year, of what is known to the year alone.
fn heading(story: &Story<'_>, stand: &Stand<'_>) -> String {
    let precision = stand.entry.occurred.map(|occurred| occurred.precision);
    let first = stand.span.first;
    if precision == Some(Precision::Year) {
        let year = &first.date().year().to_string();
        story.case.fill(&ChronologyYear { year })
    } else {
        dates::month(first, story.review.language)
    }
}

fn of_gap(story: &Story<'_>, gap: Gap) -> Line {
    Line::note(gap_said(story, gap))
}

/// "From 11 February 2027 to 3 April 2027 (52 days) nothing is known to you to have happened", and that it isn't
/// evidence.
pub(super) fn gap_said(story: &Story<'_>, gap: Gap) -> String {
    story.case.fill(&ChronologyGap {
        from: &story.case.date(gap.from),
        to: &story.case.date(gap.to),
        days: &days(story, gap.days()),
    })
}
