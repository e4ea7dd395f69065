//! How an alert or an escalation stands, as labelled facts.

use diogel_contract::v1;
use diogel_domain::codes::Language;
use diogel_texts::console::Phrase as P;

use super::Fact;
use crate::pages::words::{self, label};

/// How an alert or an escalation stands now, by the steps that its reader may see.
pub(crate) fn standing(item: &v1::Item, language: Language) -> Vec<Fact> {
    use v1::item::Standing as S;
    let fact = |phrase: P, line: String| Fact {
        label: phrase.say(language),
        lines: vec![line],
        written: false,
    };
    let mut facts = Vec::new();
    match &item.standing {
        Some(S::AlertNow(now)) => {
            let words = words::alert_standing(now.standing()).say(language);
            facts.push(fact(P::ConsoleStandsNow, words.to_owned()));
            facts.push(fact(
                P::ConsoleReviewOn,
                words::day(&now.review_on, language),
            ));
            let since = now.disputed_since.as_ref();
            facts.push(fact(
                P::ConsoleDisputedSince,
                words::moment(since, language),
            ));
            facts.push(fact(
                P::ConsoleAnswerDue,
                due(now.answer_due.as_ref(), language),
            ));
        }
        Some(S::EscalationNow(now)) => {
            facts.push(fact(P::ConsoleStage, stage(now, language)));
            facts.push(fact(P::ConsoleDue, due(now.due.as_ref(), language)));
            let by = words::moment(now.protect_by.as_ref(), language);
            facts.push(fact(P::ConsoleProtectBy, by));
            if now.ended_at.is_some() {
                let how = label!(Deed, now.ended_by, language);
                let outcome = label!(EscalationOutcome, now.outcome, language);
                let at = words::moment(now.ended_at.as_ref(), language);
                let all = [how, outcome, &at].map(str::to_owned);
                let all: Vec<String> = all.into_iter().filter(|one| !one.is_empty()).collect();
                facts.push(fact(P::ConsoleEnded, all.join(" · ")));
            }
            if now.proposes > 0 {
                facts.push(fact(P::ConsoleProposes, now.proposes.to_string()));
            }
            if now.dissent {
                facts.push(fact(
                    P::ConsoleDissent,
                    P::ConsoleYes.say(language).to_owned(),
                ));
            }
        }
        None => {}
    }
    facts.retain(|fact| fact.lines.iter().any(|line| !line.is_empty()));
    facts
}

/// A stage: its number, and who acts at it.
pub(crate) fn stage(now: &v1::EscalationNow, language: Language) -> String {
    let name = match language {
        Language::English => &now.stage_name,
        Language::Welsh => &now.stage_name_cy,
    };
    format!("{} · {name}", now.stage)
}

/// A deadline, and how near it is, in words.
pub(crate) fn due(due: Option<&v1::Due>, language: Language) -> String {
    let Some(due) = due else { return String::new() };
    let at = words::moment(due.at.as_ref(), language);
    let near = match due.timing() {
        v1::Timing::Unspecified | v1::Timing::Ahead => None,
        v1::Timing::Near => Some(P::ConsoleNear),
        v1::Timing::Passed => Some(P::ConsolePassed),
    };
    let provisional = due.provisional.then_some(P::ConsoleProvisional);
    let marks = near.into_iter().chain(provisional);
    let marks = marks.map(|mark| mark.say(language).to_owned());
    [at].into_iter()
        .chain(marks)
        .collect::<Vec<_>>()
        .join(" · ")
}
