//! The questions with which the guidance asks every meeting to end (section 7). Always there, for the chair to put; beside each, how the
//! last meeting answered it when it closed. Never the content of legal advice.

use diogel_domain::step::{Closing, NextAction};
use diogel_texts::summary::{Answered, DueOn};

use super::plan::told_to;
use crate::{Line, Source, StepTaken, case::Case, course, texts::Phrase};

pub(super) fn lines(case: &Case<'_>) -> Vec<Line> {
    let last = course::last_close(case);
    let closing = last.and_then(|(_, _, closing)| closing);
    let enough = closing.and_then(|c| c.enough_information).map(|yes| {
        let answer = if yes {
            Phrase::AnswerEnough
        } else {
            Phrase::AnswerNotEnough
        };
        case.say(answer).to_owned()
    });
    let effective = closing.and_then(|c| c.plan_effective).map(|yes| {
        let answer = if yes {
            Phrase::AnswerEffective
        } else {
            Phrase::AnswerNotEffective
        };
        case.say(answer).to_owned()
    });
    let next = closing.and_then(|c| c.next.as_ref());
    let next = next.map(|next| action(case, next));
    let told = last.and_then(|(source, _, closing)| told(case, source, closing?));
    let meeting = last.map(|(source, taken, _)| (source, taken));
    [
        (Phrase::CloseEnough, enough),
        (Phrase::CloseEffective, effective),
        (Phrase::CloseIfNot, next),
        (Phrase::CloseFamily, told),
    ]
    .map(|(question, answer)| line(case, question, answer, meeting))
    .into()
}

fn line(
    case: &Case<'_>,
    question: Phrase,
    answer: Option<String>,
    meeting: Option<(&Source, &StepTaken)>,
) -> Line {
    let question = case.say(question);
    let Some((answer, (source, taken))) = answer.zip(meeting) else {
        return Line::point(question);
    };
    let on = &case.on(taken.ordered_at);
    let answer = &answer;
    let answered = case.fill(&Answered { on, answer });
    Line::point(format!("{question} {answered}"))
        .citing(source)
        .citing_step(taken)
}

/// "CRISP: Cwm Derwen Council, due 3 March 2027".
fn action(case: &Case<'_>, next: &NextAction) -> String {
    let on = &case.date(next.by);
    format!(
        "{}: {}, {}",
        next.what.label(case.setting.language),
        case.agency(&next.owner),
        case.fill(&DueOn { on })
    )
}

fn told(case: &Case<'_>, source: &Source, closing: &Closing) -> Option<String> {
    let told = closing.told.iter().map(|told| told_to(case, source, told));
    let told = told.collect::<Vec<_>>().join("; ");
    (!told.is_empty()).then_some(told)
}
