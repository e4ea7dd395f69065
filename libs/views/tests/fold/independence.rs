//! P6: nothing that a reader gets depends on what it may not see. Random stories are told twice: whole, and as far as the reader is
//! concerned; then everything that it can ask is asked of both.
//!
//! *As far as the reader is concerned*: its own events, those whose audience names it, and the Board's; and, of the others, only
//! those without which these wouldn't stand as they do: what they rest on, and what corrects, supersedes or erases them. From
//! these others the content is taken away, so that nothing can come of it. Everything else was never published.
//!
//! Positions are left out of the comparison, because events that are missing leave no numbers behind. The reader's own numbers,
//! of changes, pages and outcomes, are compared as they are.

use std::{collections::BTreeSet, fmt::Write};

use diogel_domain::{
    content::{Kind, ReferenceRole},
    ids::{AgencyId, EventId},
    people::Identifier,
    times::Moment,
};
use diogel_sharing::audience::Recipient;
use diogel_views::{ContentState, FoldInput, Folded, Reader, Seen, rows::ItemState};

use crate::given::{
    AGENCIES, agency,
    content::{local, uprn},
    plain::{self as random, REFERENCES, UPRNS},
    views::{Shared, checked, folded, newest},
};

const SEEDS: u64 = 200;

#[test]
fn p6_nothing_a_reader_gets_depends_on_what_it_may_not_see() {
    let compared = std::thread::scope(|scope| {
        let parts =
            [0, 1].map(|part| scope.spawn(move || compare((0..SEEDS).skip(part).step_by(2))));
        parts.map(|part| part.join().unwrap())
    });
    let left_out: usize = compared.iter().map(|c| c.0).sum();
    let seen: usize = compared.iter().map(|c| c.1).sum();
    assert!(
        left_out > 10_000 && seen > 10_000,
        "{left_out} left out, {seen} seen: too few"
    );
}

/// Answers how many events were left out, and how many times something was seen.
fn compare(seeds: impl Iterator<Item = u64>) -> (usize, usize) {
    let (mut left_out, mut seen) = (0, 0);
    for seed in seeds {
        let (story, _) = random::story(seed, 24);
        let whole = folded(&story.inputs);
        let days = if seed % 3 == 0 { 100 } else { 0 };
        let now = Moment(story.now.0 + days * Moment::DAY);
        for (id, _) in AGENCIES {
            let reader = agency(id);
            let concerning = concerning(&story.inputs, &reader);
            left_out += story.inputs.len() - concerning.len();
            let part = folded(&concerning);
            let of_whole = Answers::of(&whole, &story.inputs, &reader, now);
            let of_part = Answers::of(&part, &concerning, &reader, now);
            seen += of_part.0.matches("Seen").count();
            assert_eq!(of_whole.0, of_part.0, "seed {seed}, reader {id}");
        }
    }
    (left_out, seen)
}

/// The story as far as it concerns the reader, with positions of its own.
fn concerning(inputs: &[FoldInput], reader: &AgencyId) -> Vec<FoldInput> {
    let kept = kept(inputs, reader);
    let mut story: Vec<FoldInput> = inputs
        .iter()
        .filter(|input| kept.contains(&input.event_id))
        .cloned()
        .collect();
    for (input, position) in story.iter_mut().zip(1..) {
        input.position = position;
        if !may_see(input, reader) && matches!(input.content, ContentState::Open { .. }) {
            input.content = ContentState::Erased;
        }
    }
    story
}

fn kept(inputs: &[FoldInput], reader: &AgencyId) -> BTreeSet<EventId> {
    let seen = inputs.iter().filter(|input| may_see(input, reader));
    let mut kept: BTreeSet<EventId> = seen.map(|input| input.event_id).collect();
    loop {
        let before = kept.len();
        for input in inputs.iter().filter(|input| random::understood(input)) {
            let acts = |role| {
                use ReferenceRole::{Corrects, Erases, Supersedes};
                matches!(role, Corrects | Erases | Supersedes)
            };
            let own = input.agency == *reader;
            for reference in references(input) {
                let target = inputs.iter().find(|i| i.event_id == reference.0);
                let Some(target) = target else { continue };
                // Its own reference to what it can't see has to be as good as none.
                if kept.contains(&input.event_id) && (!own || may_see(target, reader)) {
                    kept.insert(reference.0);
                }
                // Only an originator acts on its events; others try, and their attempts are nobody's business.
                if kept.contains(&reference.0) && acts(reference.1) && target.agency == input.agency
                {
                    kept.insert(input.event_id);
                }
            }
        }
        if kept.len() == before {
            return kept;
        }
    }
}

fn references(input: &FoldInput) -> Vec<(EventId, ReferenceRole)> {
    let header = input.known.as_ref().map(|(_, header)| header);
    let references = header.into_iter().flat_map(|h| &h.references);
    references.map(|r| (r.event_id, r.role)).collect()
}

/// Said once more, from the audience alone: the test doesn't ask the code that it tests.
fn may_see(input: &FoldInput, reader: &AgencyId) -> bool {
    let Some((kind, header)) = &input.known else {
        return input.agency == *reader;
    };
    let party = reader.as_str() != "charity" && input.agency.as_str() != "charity";
    let named = header.audience.as_ref().is_some_and(|audience| {
        let to = |to: &Recipient| matches!(to, Recipient::Agency(to) if to == reader);
        audience.grants.iter().any(|grant| to(&grant.to))
            && !audience.withheld.contains(reader)
            && !audience.originator_only
    });
    is_rule(*kind) || input.agency == *reader || (party && named)
}

/// What the rules are made of is told to everybody.
const fn is_rule(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::BoardEvent | Kind::ProtocolSigned | Kind::ProtocolLeft
    )
}

/// Everything that a reader can ask, answered.
struct Answers(String);

impl Answers {
    fn of(views: &Folded<Shared>, inputs: &[FoldInput], reader: &AgencyId, now: Moment) -> Self {
        let asks = Asks {
            views,
            inputs,
            reader: views.reader(reader, now).unwrap(),
        };
        let mut text = String::new();
        asks.changes(&mut text).unwrap();
        asks.pages(&mut text).unwrap();
        asks.events(&mut text).unwrap();
        asks.people(&mut text).unwrap();
        let outcomes = views.outcomes(reader, 0, 1000).unwrap();
        writeln!(text, "outcomes {outcomes:?}").unwrap();
        Self(text)
    }
}

struct Asks<'a> {
    views: &'a Folded<Shared>,
    inputs: &'a [FoldInput],
    reader: Reader,
}

impl Asks<'_> {
    fn event(&self, position: u64) -> EventId {
        self.inputs
            .iter()
            .find(|i| i.position == position)
            .unwrap()
            .event_id
    }

    fn changes(&self, to: &mut String) -> std::fmt::Result {
        writeln!(to, "last {}", self.views.last_change(&self.reader).unwrap())?;
        for (number, change) in self.views.changes(&self.reader, 0, 1000).unwrap() {
            writeln!(
                to,
                "change {number} {} {:?}",
                self.event(change.position),
                change.kind
            )?;
        }
        Ok(())
    }

    fn pages(&self, to: &mut String) -> std::fmt::Result {
        let mut before = u64::MAX;
        while before > 0 {
            let (page, next) = newest(self.views, &self.reader, before, 3);
            let events: Vec<_> = page.iter().map(|seen| seen.item.event_id).collect();
            writeln!(to, "page {next} {events:?}")?;
            before = next;
        }
        Ok(())
    }

    /// Whatever id it may have heard of; of these, those that aren't there in the shorter story, too.
    fn events(&self, to: &mut String) -> std::fmt::Result {
        for number in 1..=60 {
            let mut id = self.inputs[0].event_id;
            id.0[8..].copy_from_slice(&u64::to_be_bytes(number));
            id.0[8] = self.inputs[0].event_id.0[8];
            let seen = self.views.see_event(&self.reader, id).unwrap();
            writeln!(to, "event {number} {}", self.told(seen))?;
        }
        Ok(())
    }

    /// All that the answer says, but for positions.
    fn told(&self, seen: Option<Seen>) -> String {
        let Some(mut seen) = seen else {
            return "none".to_owned();
        };
        assert_eq!(self.event(seen.position), seen.item.event_id);
        seen.position = 0;
        let mut by = None;
        if let ItemState::Corrected(at)
        | ItemState::EnteredInError(at)
        | ItemState::Superseded(at)
        | ItemState::Erased(at) = &mut seen.item.state
        {
            by = Some(self.event(*at));
            *at = 0;
        }
        // An originator knows to whom it gave its own; agencies' numbers are the same in both stories.
        format!("{seen:?} by {by:?}")
    }

    fn people(&self, to: &mut String) -> std::fmt::Result {
        let mut asked: Vec<Vec<Identifier>> = REFERENCES.iter().map(|r| vec![local(r)]).collect();
        asked.extend(UPRNS.iter().map(|u| vec![uprn(u)]));
        asked.push(vec![local("T-1"), local("T-2"), uprn("100")]);
        asked.push(vec![uprn("200"), local("T-3"), local("T-1")]);
        for identifiers in asked {
            for pressing in [true, false] {
                let about = self
                    .views
                    .about(&self.reader, &identifiers, pressing)
                    .unwrap();
                writeln!(to, "person {:?}", about.reader_person_id)?;
                for (seen, labels) in about.items {
                    writeln!(to, "about {labels:?} {}", self.told(Some(seen)))?;
                }
            }
            writeln!(
                to,
                "check {:?}",
                checked(self.views, &self.reader, &identifiers)
            )?;
        }
        Ok(())
    }
}
