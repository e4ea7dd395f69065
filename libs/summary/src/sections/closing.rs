//! The questions with which the guidance asks every meeting to end (section 7). Always there: they are for the chair to put, and
//! no event answers them beforehand.

use crate::{Line, case::Case, texts::Phrase};

const QUESTIONS: [Phrase; 4] = [
    Phrase::CloseEnough,
    Phrase::CloseEffective,
    Phrase::CloseIfNot,
    Phrase::CloseFamily,
];

pub(super) fn lines(case: &Case<'_>) -> Vec<Line> {
    QUESTIONS.map(|q| Line::point(case.say(q))).into()
}
