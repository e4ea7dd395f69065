//! Who is answered without being whom a call is for, and why that is so. Owns reading `exemptions.txt`; the list only gets shorter.

use std::collections::BTreeMap;

/// Answers in the list. When one is no longer needed, take it out of the list and lower this; it is never raised.
pub const AT_MOST: usize = 10;

const LIST: &str = include_str!("exemptions.txt");
/// A reason that says something.
const WORDS: usize = 4;

/// A process, a call, an identity.
pub type Exempt = (String, String, String);

/// The list, with the reasons.
pub fn read() -> BTreeMap<Exempt, String> {
    let mut found = BTreeMap::new();
    for line in LIST
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
    {
        let parts: Vec<&str> = line.split('|').map(str::trim).collect();
        let [processes, calls, identities, reason] = parts[..] else {
            panic!("not «processes | calls | identities | reason»: {line}");
        };
        assert!(reason.split(' ').count() >= WORDS, "no reason: {line}");
        for exempt in product(processes, calls, identities) {
            let twice = found.insert(exempt.clone(), reason.to_owned());
            assert!(twice.is_none(), "twice in the list: {exempt:?}");
        }
    }
    found
}

fn product(processes: &str, calls: &str, identities: &str) -> Vec<Exempt> {
    let mut all = Vec::new();
    for process in processes.split(' ') {
        for call in calls.split(' ') {
            let of = |identity: &str| (process.into(), call.into(), identity.into());
            all.extend(identities.split(' ').map(of));
        }
    }
    all
}
