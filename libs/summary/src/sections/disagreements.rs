//! Open escalations: existence, topic, stage and the protect-by time, never their content nor who holds what (PRACTICE, section
//! 10, "Room"). Never read out; for the chair alone unless everybody attending is a party.

use diogel_domain::escalation::Dispute;
use diogel_texts::summary::{ProtectBy, Stage};

use crate::{
    Line, Mark, Source,
    case::{Case, content},
    texts::Phrase,
};

pub(super) fn lines(case: &Case<'_>) -> Vec<Line> {
    let disputes = case.current().filter_map(|source| {
        let dispute = content(source).escalation()?.dispute.as_ref()?;
        Some((source, dispute))
    });
    disputes.map(|(s, d)| line(case, s, d)).collect()
}

fn line(case: &Case<'_>, source: &Source, dispute: &Dispute) -> Line {
    let topic = dispute.topic.label(case.setting.language);
    let stage = case.fill(&Stage {
        number: dispute.stage as usize,
    });
    let parts = [topic.to_owned(), stage]
        .into_iter()
        .chain(protect_by(case, dispute));
    let attending = &case.setting.attending;
    let outsider = attending.is_empty() || attending.iter().any(|a| !dispute.parties.contains(a));
    Line::point(parts.collect::<Vec<_>>().join("; "))
        .citing(source)
        .marked(Mark::DontReadOut, true)
        .marked(Mark::ChairOnly, outsider)
}

/// That its time has passed is a fact; that nobody was protected would be a guess.
fn protect_by(case: &Case<'_>, dispute: &Dispute) -> Vec<String> {
    let Some(by) = dispute.protect_by else {
        return Vec::new();
    };
    let passed = by < case.setting.made_at;
    let by = case.fill(&ProtectBy {
        at: &case.moment(by),
    });
    let passed = passed.then(|| case.say(Phrase::TimeHasPassed).to_owned());
    std::iter::once(by).chain(passed).collect()
}
