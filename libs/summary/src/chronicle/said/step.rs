//! What a step says: what was done, then the words, where they are for whoever sees the item. What is argued in an escalation, and
//! what a meeting decided or whom it left out, isn't.

use diogel_domain::step::{Closing, Step, StepSaid};

use crate::{
    case::{Case, quoted},
    texts::Phrase,
};

pub(super) fn said(case: &Case<'_>, step: &Step) -> Vec<String> {
    let deed = step.deed.map(|deed| deed.label(case.setting.language));
    let words = match &step.said {
        StepSaid::Alert(said) => Some(&said.words),
        StepSaid::Incident(said) => Some(&said.words),
        StepSaid::Plan(said) => said.as_ref().map(|said| &said.words),
        StepSaid::Change(said) => said.as_ref().map(|said| &said.words),
        StepSaid::Information(said) => said.as_ref().map(|said| &said.words),
        StepSaid::Statement(said) => said.as_ref().map(|said| &said.words),
        StepSaid::Escalation(_) | StepSaid::Meeting(_) => None,
    };
    let words = words
        .map(|words| words.trim())
        .filter(|words| !words.is_empty());
    let answers = match &step.said {
        StepSaid::Meeting(record) => record.closing.as_ref(),
        _ => None,
    };
    let answers = answers.into_iter().flat_map(answers_of);
    let answers = answers.map(|answer| case.say(answer).to_owned());
    deed.map(str::to_owned)
        .into_iter()
        .chain(words.map(quoted))
        .chain(answers)
        .collect()
}

/// How a meeting answered the guidance's closing questions (section 7).
fn answers_of(closing: &Closing) -> impl Iterator<Item = Phrase> {
    let answer = |yes: bool, positive, negative| if yes { positive } else { negative };
    let enough = closing.enough_information;
    let enough = enough.map(|yes| answer(yes, Phrase::AnswerEnough, Phrase::AnswerNotEnough));
    let effective = closing.plan_effective;
    let effective =
        effective.map(|yes| answer(yes, Phrase::AnswerEffective, Phrase::AnswerNotEffective));
    enough.into_iter().chain(effective)
}

/// Never to be read out: steps of escalations, answers between agencies, exclusions, and what the person says, which doesn't say that it
/// is safe to.
pub(super) const fn is_hushed(step: &Step) -> bool {
    match &step.said {
        StepSaid::Escalation(_) | StepSaid::Information(_) | StepSaid::Statement(_) => true,
        StepSaid::Meeting(record) => record.exclusion.is_some(),
        StepSaid::Alert(_) | StepSaid::Incident(_) | StepSaid::Plan(_) | StepSaid::Change(_) => {
            false
        }
    }
}
