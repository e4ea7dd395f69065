//! Explains a protocol's file to whoever writes it: everything that is wrong, by line, in one go. Owns the order of it; the reading
//! is `read`'s, the judgement `rules`'. Refuses nothing itself: what it calls a mistake is for its caller to act on.

use std::collections::BTreeMap;

use diogel_domain::{codes::Sector, ids::AgencyId, times::Day};

pub use super::finding::{Finding, Severity};
use super::{read::read, rules};

/// The board's agencies and the sector of each, where they are known.
pub type Agencies = BTreeMap<AgencyId, Sector>;

/// What is wrong with a file, or might be, in the order of its lines, for whoever adopts it today.
pub fn check(text: &str, known: Option<&Agencies>, today: Day) -> Vec<Finding> {
    let reading = read(text);
    let mut findings = reading.findings.clone();
    findings.extend(rules::judge(&reading, known, today));
    findings.sort();
    // What stands at the top holds for many flows, and is said once.
    findings.dedup();
    findings
}
