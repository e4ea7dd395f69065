//! What happens: seeded publications, some of which health may know nothing of, and some that hold what is protected from it.

use diogel_contract::v1::{self, publish_request::Content};

use crate::support::given::{alert, audience, by_key, incident, person, withdrawal};

/// A publication.
pub struct Happens {
    pub by: &'static str,
    pub request: v1::PublishRequest,
    pub hidden: bool,
}

/// SplitMix64: the same seed, the same story.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % below as u64).unwrap()
    }
}

pub const NUMBERS: [&str; 3] = ["T-1", "T-2", "T-3"];
/// The NHS numbers of the same people, of the range for tests: whoever publishes knows both.
pub const NHS_NUMBERS: [&str; 3] = ["9990001006", "9990001014", "9990001022"];

/// So many things happen that health knows of, and others between.
pub fn story(seed: u64) -> Vec<Happens> {
    let mut dice = Dice(seed);
    let mut story = Vec::new();
    for number in 0..24 {
        let key = format!("e{number}");
        let mut happens = if dice.roll(2) == 0 {
            hidden(&key, &story, &mut dice)
        } else {
            known(&key, &story, &mut dice)
        };
        identify(&mut happens.request);
        story.push(happens);
    }
    story
}

fn known(key: &str, story: &[Happens], dice: &mut Dice) -> Happens {
    let number = NUMBERS[dice.roll(NUMBERS.len())];
    let by = ["housing", "police", "health"][dice.roll(3)];
    let to: &[&str] = if by == "health" {
        &["housing", "police"]
    } else {
        &["health", "housing", "police"]
    };
    let to: Vec<&str> = to.iter().copied().filter(|to| *to != by).collect();
    let before = picked(story, by, false, dice);
    let mut request = match (before, dice.roll(6)) {
        (Some(target), 0) => withdrawal(key, &to, &target),
        (Some(target), 1) => alert(key, &to, number, &target),
        _ => incident(key, &to, number),
    };
    protect(&mut request);
    if by == "health" {
        // Whoever claims to be involved may come to have it.
        let involved = v1::Grant {
            to: Some(v1::grant::To::Involved(v1::Involved::default())),
            ..v1::Grant::default()
        };
        request.audience.as_mut().unwrap().grants.push(involved);
    }
    Happens {
        by,
        request,
        hidden: false,
    }
}

fn hidden(key: &str, story: &[Happens], dice: &mut Dice) -> Happens {
    let number = NUMBERS[dice.roll(NUMBERS.len())];
    let (by, other) = [("housing", "police"), ("police", "housing")][dice.roll(2)];
    let to: &[&str] = if dice.roll(2) == 0 { &[other] } else { &[] };
    let own = picked(story, by, true, dice);
    let known = picked(story, by, false, dice);
    let request = match (own, known, dice.roll(6)) {
        (Some(target), _, 0) => withdrawal(key, to, &target),
        (Some(target), _, 1) => alert(key, to, number, &target),
        (_, Some(target), 2) => narrowing(key, &target, other),
        (_, _, 3) => claim(key, number),
        _ => incident(key, to, number),
    };
    Happens {
        by,
        request,
        hidden: true,
    }
}

/// An incident of the agency's that still stands.
fn picked(story: &[Happens], by: &str, hidden: bool, dice: &mut Dice) -> Option<String> {
    let is_own = |h: &&Happens| h.by == by && h.hidden == hidden;
    let own = story.iter().filter(is_own);
    let incidents = own.filter(|h| matches!(h.request.content, Some(Content::Incident(_))));
    let keys: Vec<&str> = incidents.map(|h| h.request.request_key.as_str()).collect();
    (!keys.is_empty()).then(|| keys[dice.roll(keys.len())].to_owned())
}

/// Who was there and who said so isn't for recipients.
fn protect(request: &mut v1::PublishRequest) {
    if let Some(Content::Incident(report)) = &mut request.content {
        report.reporter = Some(v1::Reporter {
            who: "a neighbour".into(),
        });
        report.worker = Some(v1::Worker {
            who: "the surveyor".into(),
        });
    }
}

fn identify(request: &mut v1::PublishRequest) {
    let people = match &mut request.content {
        Some(Content::Incident(report)) => &mut report.people[..],
        Some(Content::HazardAlert(alert)) => &mut alert.people[..],
        Some(Content::Involvement(claim)) => claim.person.as_mut_slice(),
        _ => &mut [],
    };
    for person in people {
        let local = person.identifiers.first().map(|one| one.value.as_str());
        let same = NUMBERS.iter().position(|number| Some(*number) == local);
        person.identifiers.extend(same.map(|same| v1::Identifier {
            scheme: v1::IdentifierScheme::NhsNumber as i32,
            value: NHS_NUMBERS[same].into(),
            ..v1::Identifier::default()
        }));
    }
}

fn narrowing(key: &str, of: &str, from: &str) -> v1::PublishRequest {
    let narrow = v1::Narrowing {
        agencies: vec![from.into()],
        ..v1::Narrowing::default()
    };
    let change = v1::audience_change::Change::Narrow(narrow);
    let changed = v1::AudienceChanged {
        event: Some(by_key(of)),
        change: Some(v1::AudienceChange {
            change: Some(change),
        }),
        reason: "sent to the wrong team".into(),
        ..v1::AudienceChanged::default()
    };
    v1::PublishRequest {
        request_key: key.into(),
        content: Some(Content::AudienceChanged(changed)),
        ..v1::PublishRequest::default()
    }
}

/// Sensitive: only who leads is told.
fn claim(key: &str, number: &str) -> v1::PublishRequest {
    let claim = v1::InvolvementClaim {
        person: Some(person("housing", number)),
        reason: "she lives with us".into(),
        planned_contact: "daily".into(),
        sensitive: true,
    };
    v1::PublishRequest {
        request_key: key.into(),
        audience: Some(v1::Audience {
            grants: Vec::new(),
            originator_only: false,
            ..audience(&["police"])
        }),
        content: Some(Content::Involvement(claim)),
        ..v1::PublishRequest::default()
    }
}

impl Happens {
    /// As it is in the other world: what health may not see of it was never filled in.
    pub fn otherwise(&self) -> v1::PublishRequest {
        let mut request = self.request.clone();
        if let Some(Content::Incident(report)) = &mut request.content
            && self.by != "health"
        {
            (report.reporter, report.worker) = (None, None);
        }
        request
    }
}
