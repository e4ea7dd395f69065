//! The practice of sharing as an officer would work it out by hand: one history, read again for each question, and sets of words.
//! Owns no cleverness and takes nothing from the library: where the two differ, one of them is wrong.

use crate::{
    story::{Flow, GROUPS, Grant, Item, Name, Said, Set, Story},
    terms::{grants, is, is_among, opens, turns, unprotected, whole},
};

/// A recipient of an item, as it stands in the end to the people and meetings of it.
struct Reader<'s> {
    name: Name,
    item: &'s Item,
    day: i64,
    involved: Name,
    involved_then: Name,
    attends: Set,
    /// To whom it was ever granted.
    named: Set,
}

/// What a recipient gets by this hour.
pub fn gets(story: &Story, name: Name, now: i64) -> Set {
    let heard = &story[..story.iter().take_while(|(at, _)| *at <= now).count()];
    let (mut suspended, mut involved, mut attends, mut named) = (false, "", Set::new(), Set::new());
    let mut published = None;
    for (at, said) in heard {
        match said {
            Said::Suspended(who, yes) if *who == name => suspended = *yes,
            Said::Involved(who, how) if *who == name => involved = how,
            Said::Attends(who, which, yes) if *who == name => {
                attends.remove(which);
                attends.extend(yes.then_some(which));
            }
            Said::Published(item) => published = Some((*at, item, involved)),
            _ => {}
        }
        named.extend(grants(said).iter().map(|grant| grant.to));
    }
    match published {
        Some((_, item, _)) if item.by == name && !suspended => Set::from(GROUPS),
        Some((at, item, involved_then)) if !suspended => {
            let day = at / 24;
            #[rustfmt::skip]
            let reader = Reader { name, item, day, involved, involved_then, attends, named };
            reader.gets(heard, at, now)
        }
        _ => Set::new(),
    }
}

impl Reader<'_> {
    fn gets(&self, heard: &[(i64, Said)], published: i64, now: i64) -> Set {
        let valid = |flow: &Flow| flow.valid.0 <= self.day && self.day <= flow.valid.1;
        let reaches = |flow: &Flow| {
            let back = flow.back.is_some_and(|back| back <= self.day);
            back && flow.valid.0 <= now / 24 && self.day <= flow.valid.1
        };
        let mut carried = Set::new();
        for id in ["T-01", "T-02"] {
            // Every version in force since it was published has to have carried it.
            let then = (1..=heard.len()).filter(|n| heard[n - 1].0 >= published);
            let then = then.filter(|n| turns(&heard[n - 1].1));
            let all = |_: &Flow| Set::from(GROUPS);
            let always = then.map(|n| self.carried(&heard[..n], id, valid, all));
            let always = always.reduce(|one, other| &one & &other);
            // Past its review, it carries what was granted until then.
            let in_time = |flow: &Flow| {
                let until =
                    |(at, _): &(i64, Said)| now / 24 <= flow.valid.1 || at / 24 <= flow.valid.1;
                let heard: Vec<_> = heard.iter().filter(|said| until(said)).cloned().collect();
                self.granted(&heard, now).0
            };
            let kept = self.carried(heard, id, valid, in_time);
            carried.extend(&always.unwrap_or_default() & &kept);
            carried.extend(self.carried(heard, id, reaches, in_time));
        }
        let (granted, disclosed) = self.granted(heard, now);
        &whole(&granted & &carried) | &disclosed
    }

    /// What counts of the latest version that both have signed.
    fn carried(
        &self,
        heard: &[(i64, Said)],
        of: Name,
        counts: impl Fn(&Flow) -> bool,
        most: impl Fn(&Flow) -> Set,
    ) -> Set {
        let mut versions = Vec::new();
        for (_, said) in heard {
            match said {
                Said::Adopted(id, parties, flows) if *id == of => {
                    versions.push((parties, flows, Set::new()));
                }
                Said::Ended(id) if *id == of => versions.clear(),
                Said::Signed(who, id, n) if *id == of && *n < versions.len() => {
                    versions[*n].2.insert(*who);
                }
                Said::Left(who, id) if *id == of => {
                    for (_, _, signed) in &mut versions {
                        signed.retain(|by| by != who);
                    }
                }
                _ => {}
            }
        }
        let pair = Set::from([self.item.by, self.name]);
        // A version that leaves one of them out has ended what was between them.
        let mut latest = versions.iter().rev().take_while(|v| pair.is_subset(v.0));
        let version = latest.find(|v| pair.is_subset(&v.2));
        let flows = version.into_iter().flat_map(|version| version.1);
        let flows = flows.filter(|flow| self.is_about(flow) && counts(flow));
        flows
            .flat_map(|flow| &self.meets(flow) & &most(flow))
            .collect()
    }

    fn is_about(&self, flow: &Flow) -> bool {
        let item = self.item;
        let between = is(flow.from, item.by) && is(flow.to, self.name);
        let why = flow.purposes.contains(item.purpose) && flow.bases.contains(item.basis);
        between && why && flow.kinds.contains(item.kind)
    }

    fn meets(&self, flow: &Flow) -> Set {
        // To whom it was granted for good, their involvement then is for good.
        let for_good = self.named.contains("involved-then");
        let then = Some(self.involved_then).filter(|_| for_good);
        match flow.condition {
            "involved" => opens(self.involved.max(then.unwrap_or("")), &flow.groups),
            "attending" if self.attends.is_disjoint(&self.named) => Set::new(),
            _ => opens("confirmed", &flow.groups),
        }
    }

    /// As far as a flow carries it, and beyond every flow.
    fn granted(&self, heard: &[(i64, Said)], now: i64) -> (Set, Set) {
        let (told, reported) = (self.told_by_practice(), self.reported());
        let (mut granted, mut disclosed) = (Set::new(), reported.clone());
        let unnamed = told.is_empty() && reported.is_empty();
        let mut withheld = unnamed && self.item.withheld.contains(self.name);
        let mut kept_from = Set::new();
        for (_, said) in heard.iter().filter(|(_, said)| self.counts(said)) {
            for grant in grants(said) {
                // Only its own name gives back what is withheld, or was taken, from an agency by name.
                if grant.to == self.name && !matches!(said, Said::Published(_)) {
                    withheld = false;
                    kept_from = &kept_from - &self.by(grant);
                }
                let to = if withheld { Set::new() } else { self.by(grant) };
                granted.extend(whole(&to - &kept_from));
            }
            if let Said::Narrowed(from, groups) = said
                && from.contains(self.name)
            {
                kept_from.extend(groups);
            }
            let taken = match said {
                Said::Narrowed(from, groups) if is_among(self.name, from) => groups.clone(),
                Said::Withdrawn => GROUPS.into(),
                _ => Set::new(),
            };
            // What practice tells can't be taken from anybody.
            granted = &whole(&granted - &taken) | &told;
            disclosed = &whole(&disclosed - &taken) | &reported;
            if let Said::Disclosed(to, groups, until) = said
                && to.contains(self.name)
                && until.is_none_or(|until| now < until)
            {
                disclosed.extend(&opens("confirmed", groups) | &Set::from(["existence"]));
            }
        }
        let expired = self.item.until.is_some_and(|until| until <= now);
        (if expired { told } else { granted }, disclosed)
    }

    /// An escalation is for its parties, who get the dispute as soon as it is raised.
    fn is_outsider(&self) -> bool {
        let mut parties = self.item.grants.iter().filter(|_| !self.item.only);
        let dispute = |grant: &Grant| grant.groups.as_ref().is_none_or(|g| g.contains("dispute"));
        let party = parties.any(|grant| grant.to == self.name && dispute(grant));
        self.item.kind == "escalation" && !party
    }

    /// Nothing discloses it to anybody else.
    fn counts(&self, said: &Said) -> bool {
        !matches!(said, Said::Disclosed(..)) || !self.is_outsider()
    }

    /// The Board is told of each emergency, whatever the protocols say.
    fn reported(&self) -> Set {
        match self.item.kind {
            "emergency_disclosure" if is("sector:board", self.name) => unprotected(),
            _ => Set::new(),
        }
    }

    fn told_by_practice(&self) -> Set {
        match self.item.kind {
            "escalation" if is("sector:board", self.name) => unprotected(),
            "access_request" if self.item.asks == self.name => unprotected(),
            _ => Set::new(),
        }
    }

    fn by(&self, grant: &Grant) -> Set {
        let groups = grant.groups.clone().unwrap_or_else(unprotected);
        let groups = &groups | &Set::from(["existence"]);
        match grant.to {
            // By its name alone, that there is one, about whom and what.
            to if self.is_outsider() => {
                let most = Set::from(["existence", "identity", "topic"]);
                let named = &opens("confirmed", &groups) & &most;
                Some(named).filter(|_| to == self.name).unwrap_or_default()
            }
            "involved" => opens(self.involved, &groups),
            "involved-then" => opens(self.involved_then, &groups),
            to if is(to, self.name) || self.attends.contains(to) => opens("confirmed", &groups),
            _ => Set::new(),
        }
    }
}
