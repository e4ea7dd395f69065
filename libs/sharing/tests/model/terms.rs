//! Terms of the practice that its model is written in.

use crate::story::{AGENCIES, GROUPS, Grant, Name, Said, Set};

pub fn grants(said: &Said) -> &[Grant] {
    match said {
        Said::Published(item) if !item.only => &item.grants,
        Said::Widened(grants) => grants,
        _ => &[],
    }
}

pub fn is(side: Name, who: Name) -> bool {
    let sector = |side| AGENCIES.contains(&(who, side));
    side == "any" || side == who || side.strip_prefix("sector:").is_some_and(sector)
}

pub fn is_among(who: Name, named: &Set) -> bool {
    named.is_empty() || named.contains(who)
}

/// Safety brings along what to do at the door, and a dispute what it is about; a claim opens no more than that.
pub fn opens(involved: Name, groups: &Set) -> Set {
    let door = groups.contains("safety").then_some("precautions");
    let topic = groups.contains("dispute").then_some("topic");
    let groups = groups.iter().copied().chain(door).chain(topic);
    let opened = |g: &Name| involved == "confirmed" || involved == "claimed" && *g == "precautions";
    groups.filter(opened).collect()
}

/// Worker, reporter, place and voice are never granted unless they are named.
pub fn unprotected() -> Set {
    &Set::from(GROUPS) - &Set::from(["place", "worker", "reporter", "voice"])
}

/// Without existence there is nothing but what to do at the door.
pub fn whole(groups: Set) -> Set {
    let exists = groups.contains("existence");
    let kept = groups
        .into_iter()
        .filter(|group| exists || *group == "precautions");
    kept.collect()
}

/// What flows carry may change here.
pub const fn turns(said: &Said) -> bool {
    use Said::{Adopted, Ended, Left, Published, Signed};
    matches!(
        said,
        Adopted(..) | Ended(_) | Signed(..) | Left(..) | Published(_)
    )
}
