//! A pre-visit check as text, in either language: precautions first, story second. Refuses to say that a visit is safe.

use diogel_contract::{Timestamp, read, v1};
use diogel_domain::codes::Language;
use diogel_texts::{
    Filled,
    check::{CheckNotHeardFrom, CheckPlanned, Phrase},
    dates,
};

use diogel_wording::{Of, precaution};

use crate::show;

/// Prints what was found.
pub(crate) fn print(answer: &v1::CheckResponse, planned: Option<&Timestamp>, language: Language) {
    show::line(&show::heading(match language {
        Language::English => &answer.statement,
        Language::Welsh => &answer.statement_cy,
    }));
    if let Some(planned) = planned.and_then(read::moment) {
        let at = &dates::moment(planned, language);
        show::line(&format!("  {}", CheckPlanned { at }.say(language)));
    }
    for reminder in &answer.reminders {
        show::line(&format!(
            "  ! {}",
            match language {
                Language::English => &reminder.text,
                Language::Welsh => &reminder.text_cy,
            }
        ));
    }
    for finding in &answer.findings {
        show::line("");
        for one in &finding.precautions {
            show::line(&format!("  ► {}", precaution(one, language)));
        }
        let of_finding = Of {
            finding,
            language,
            called: &str::to_owned,
            cites: true,
        };
        for line in of_finding.lines() {
            show::line(&format!("    {line}"));
        }
    }
    if answer.more {
        show::line(&format!("\n  {}", Phrase::CheckHeedThese.say(language)));
    }
    let silent = answer.heard_to.iter().filter(|h| h.silent);
    let silent: Vec<&str> = silent.map(|h| h.agency.as_str()).collect();
    if !silent.is_empty() {
        let agencies = &silent.join(", ");
        let missing = CheckNotHeardFrom { agencies }.say(language);
        show::line(&format!("\n  {missing}"));
    }
}
