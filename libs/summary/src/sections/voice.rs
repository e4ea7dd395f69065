//! The person's own voice, first on the page: it takes precedence over every other account (guidance, section 5.1). Only the
//! accounts of the person of the meeting: another's words belong to another document. Never graded, never called uncorroborated.

use diogel_domain::{codes::FamilyHandling, incident::Account};

use super::noted;
use crate::{
    Line, Mark, Source,
    case::{Case, Incident, quoted},
    handling,
    texts::Phrase,
};

pub(super) fn lines(case: &Case<'_>) -> Vec<Line> {
    let accounts: Vec<Line> = accounts(case).map(|(i, a)| line(case, i, a)).collect();
    if accounts.is_empty() {
        // With others at the table it says nothing of what the reader knows alone.
        let phrase = if case.setting.attending.is_empty() {
            Phrase::NoVoice
        } else {
            Phrase::NoVoiceForAll
        };
        return vec![Line::point(case.say(phrase))];
    }
    noted(case, Phrase::VoiceFirst, accounts)
}

/// The person's accounts, latest first.
pub(super) fn accounts<'a>(case: &Case<'a>) -> impl Iterator<Item = (Incident<'a>, &'a Account)> {
    case.incidents().rev().flat_map(|(source, report)| {
        let own = report.voice.iter();
        own.filter(|account| source.labels.contains(&account.person))
            .map(move |account| ((source, report), account))
    })
}

/// "Asked, and safe to say" is needed and isn't enough: the originator's word about the family holds as well.
pub(crate) fn may_be_said(source: &Source, account: &Account) -> bool {
    account.safe_to_say && handling::family_of(source) == FamilyHandling::Yes
}

fn line(case: &Case<'_>, incident: Incident<'_>, account: &Account) -> Line {
    let text = format!(
        "{} ({})",
        quoted(&account.words),
        case.when_and_who(incident)
    );
    Line::point(text)
        .citing(incident.0)
        .marked(Mark::DontReadOut, !may_be_said(incident.0, account))
}
