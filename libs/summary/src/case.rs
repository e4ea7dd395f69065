//! The sources of one summary, in order, with what every section asks of them. Refuses what was superseded, and whatever isn't
//! disclosed: a part that is absent is never spoken of.

use std::collections::{BTreeMap, BTreeSet};

use diogel_domain::{
    alert::HazardAlert,
    calendar::london,
    codes::{DirectedAt, FamilyHandling, Language, PersonRole, ResistantBehaviour, Standing},
    content::Content,
    crisp::Policy,
    ids::{AgencyId, EventId},
    incident::{Corroboration, IncidentReport},
    times::{Day, Moment},
};
use diogel_sharing::groups::FieldGroup;
use diogel_texts::{Filled, dates, summary::BesidesThese};

use crate::{
    Fact, Rendering, Setting, Source,
    document::written,
    handling,
    texts::{self, Phrase},
};

/// How many of `all` have a line each, if `most` may: one more, rather than a line that gathers a single one.
pub(crate) const fn shown(all: usize, most: usize) -> usize {
    if all <= most + 1 { all } else { most }
}

/// So much of a narrative goes on one line; the event holds the rest.
const EXCERPT_CHARS: usize = 240;

/// One summary's sources and setting.
pub(crate) struct Case<'a> {
    /// For whom, why and when.
    pub(crate) setting: &'a Setting,
    sources: Vec<&'a Source>,
    /// The events that a line can cite: sources and their steps.
    events: BTreeMap<EventId, Event<'a>>,
    /// What holds before the Board has adopted a policy.
    usual: Policy,
}

/// What the key says of an event.
#[derive(Clone, Copy)]
pub(crate) struct Event<'a> {
    /// Whose.
    pub(crate) originator: &'a AgencyId,
    /// When it was given its position.
    pub(crate) ordered_at: Moment,
    /// What the family may be told of it.
    pub(crate) family: FamilyHandling,
}

/// An incident with its event.
pub(crate) type Incident<'a> = (&'a Source, &'a IncidentReport);

/// What a source discloses.
pub(crate) const fn content(source: &Source) -> &Content {
    source.disclosed.content()
}

impl<'a> Case<'a> {
    /// Orders the sources by publication, each event once, so that the order in which they came doesn't matter.
    pub(crate) fn new(setting: &'a Setting, sources: &'a [Source]) -> Self {
        let mut sources: Vec<&Source> = sources.iter().collect();
        sources.sort_by_key(|s| (s.ordered_at, s.event_id));
        sources.dedup_by_key(|s| s.event_id);
        Self {
            setting,
            events: events(&sources),
            sources,
            usual: Policy::default(),
        }
    }

    /// With events of which nothing is disclosed but that they exist: a line can cite them too.
    pub(crate) fn with(mut self, events: impl Iterator<Item = (EventId, Event<'a>)>) -> Self {
        self.events.extend(events);
        self
    }

    /// Every source, oldest first.
    pub(crate) fn all(&self) -> impl DoubleEndedIterator<Item = &'a Source> {
        self.sources.iter().copied()
    }

    /// What stands, oldest first.
    pub(crate) fn current(&self) -> impl DoubleEndedIterator<Item = &'a Source> {
        self.all().filter(|s| !s.superseded)
    }

    /// Incident reports that stand, oldest first.
    pub(crate) fn incidents(&self) -> impl DoubleEndedIterator<Item = Incident<'a>> {
        self.current()
            .filter_map(|s| content(s).incident().map(|report| (s, report)))
    }

    /// Alerts that stand, oldest first.
    pub(crate) fn alerts(&self) -> impl DoubleEndedIterator<Item = (&'a Source, &'a HazardAlert)> {
        self.current()
            .filter_map(|s| content(s).hazard_alert().map(|alert| (s, alert)))
    }

    /// Agencies from which something is known. That one is involved, or asks others, isn't yet something known from it.
    pub(crate) fn heard(&self) -> BTreeSet<&'a AgencyId> {
        let said = self.all().filter(|source| {
            !matches!(
                content(source),
                Content::Involvement(_) | Content::InformationRequest(_)
            )
        });
        let said = said.map(|source| &source.originator);
        let steps = self.all().flat_map(|source| &source.steps);
        said.chain(steps.map(|step| &step.originator)).collect()
    }

    /// The event with this id, a source or a step.
    pub(crate) fn event(&self, id: EventId) -> Option<Event<'a>> {
        self.events.get(&id).copied()
    }

    /// The Board's policy as of a moment.
    pub(crate) fn policy(&self, at: Moment) -> &Policy {
        let policies = self.setting.policies.range(..=at);
        policies.last().map_or(&self.usual, |(_, policy)| policy)
    }

    /// The page is for members of the family.
    pub(crate) const fn is_for_family(&self) -> bool {
        matches!(self.setting.rendering, Rendering::Family { .. })
    }

    /// A fixed phrase in the document's language.
    pub(crate) fn say(&self, phrase: Phrase) -> &'static str {
        texts::say(phrase, self.setting.language)
    }

    /// A message with its variables filled, in the document's language.
    pub(crate) fn fill(&self, message: &impl Filled) -> String {
        message.say(self.setting.language)
    }

    /// A labelled fact.
    pub(crate) fn fact(&self, label: Phrase, value: &str) -> Fact {
        Fact {
            label: self.say(label).to_owned(),
            value: value.into(),
        }
    }

    /// The one in the document's language.
    pub(crate) fn either<'s>(&self, english: &'s str, welsh: &'s str) -> &'s str {
        match self.setting.language {
            Language::English => english,
            Language::Welsh => welsh,
        }
    }

    /// An agency's name in the document's language.
    pub(crate) fn agency<'s>(&'s self, id: &'s AgencyId) -> &'s str {
        let names = self.setting.names.get(id);
        let name = names.map(|(english, welsh)| self.either(english, welsh));
        name.filter(|n| !n.is_empty()).unwrap_or(id.as_str())
    }

    /// The day on which the document is made, in London: deadlines are days there.
    pub(crate) fn today(&self) -> Day {
        london(self.setting.made_at).day
    }

    /// A long date.
    pub(crate) fn date(&self, day: Day) -> String {
        dates::long(day, self.setting.language)
    }

    /// The long date of a moment.
    pub(crate) fn on(&self, moment: Moment) -> String {
        self.date(dates::day(moment))
    }

    /// A long date with the time.
    pub(crate) fn moment(&self, moment: Moment) -> String {
        dates::moment(moment, self.setting.language)
    }

    /// When an incident occurred; when it was published if that isn't disclosed.
    pub(crate) fn when(&self, (source, report): Incident<'_>) -> String {
        match &report.safety {
            Some(safety) => dates::occurred(&safety.occurred, self.setting.language),
            None => self.on(source.ordered_at),
        }
    }

    /// "14 October 2026, Housing": what every line about an incident begins with.
    pub(crate) fn when_and_who(&self, incident: Incident<'_>) -> String {
        let agency = self.agency(&incident.0.originator);
        format!("{}, {agency}", self.when(incident))
    }

    /// Who bears something out: "another professional (nurse, Health Board)".
    pub(crate) fn borne_out_by(&self, one: &Corroboration) -> String {
        let agency = one.agency.as_ref().map(|a| self.agency(a).to_owned());
        let who = [Some(written(&one.who)), agency].into_iter().flatten();
        let who: Vec<String> = who.filter(|w| !w.is_empty()).collect();
        let source = one.source.label(self.setting.language);
        if who.is_empty() {
            source.to_owned()
        } else {
            format!("{source} ({})", who.join(", "))
        }
    }

    /// "Besides these: 12, 5 January 2026 – 8 September 2026".
    pub(crate) fn beside_these(&self, count: usize, first: Day, last: Day) -> String {
        let span = &dates::interval(first, last, self.setting.language);
        self.fill(&BesidesThese { count, span })
    }

    /// The name of a person that an event labels; where no name may be seen, their role in that event.
    pub(crate) fn named(&self, source: &Source, label: &str) -> String {
        let person = content(source).people().iter().find(|p| p.label == label);
        let name = person
            .and_then(|p| p.identity.as_ref())
            .map_or("", |identity| identity.name.trim());
        match person {
            Some(person) if name.is_empty() => person.role.label(self.setting.language).to_owned(),
            Some(_) | None => written(name),
        }
    }
}

fn events<'a>(sources: &[&'a Source]) -> BTreeMap<EventId, Event<'a>> {
    let steps = sources.iter().flat_map(|source| &source.steps);
    let steps = steps.map(|step| {
        let event = Event {
            originator: &step.originator,
            ordered_at: step.ordered_at,
            family: handling::family_of_step(step),
        };
        (step.event_id, event)
    });
    let sources = sources.iter().map(|source| {
        let event = Event {
            originator: &source.originator,
            ordered_at: source.ordered_at,
            family: handling::family_of(source),
        };
        (source.event_id, event)
    });
    steps.chain(sources).collect()
}

/// The day to sort and count an incident by.
pub(crate) fn day((source, report): Incident<'_>) -> Day {
    let occurred = report.safety.as_ref().map(|s| s.occurred.from);
    dates::day(occurred.unwrap_or(source.ordered_at))
}

/// Threats or violence were reported.
pub(crate) fn is_threat(report: &IncidentReport) -> bool {
    report.safety.as_ref().is_some_and(|s| {
        !s.threats.is_empty()
            || s.behaviours
                .contains(&ResistantBehaviour::ThreateningOrViolent)
    })
}

/// What the report vouches for, unless the account may be that of a child, adult at risk or suspected victim: such an account
/// is never graded nor called uncorroborated (PRACTICE, section 10, "Accounts"). Where the voice isn't disclosed and somebody
/// at risk is named, it may be theirs, so it counts as theirs.
pub(crate) fn standing((source, report): Incident<'_>) -> Option<Standing> {
    let hears = source.disclosed.groups().has(FieldGroup::Voice);
    let victim = report.people.iter().any(|p| match p.role {
        PersonRole::AdultAtRisk | PersonRole::Partner | PersonRole::SuspectedVictim => true,
        PersonRole::ChildAtRisk => !hears,
        PersonRole::ParentOrCarer
        | PersonRole::HouseholdMember
        | PersonRole::WhoseBehaviour
        | PersonRole::Other => false,
    });
    let harmed = report
        .safety
        .iter()
        .flat_map(|s| &s.directed_at)
        .any(|at| match at {
            DirectedAt::ChildAtRisk | DirectedAt::AdultAtRisk | DirectedAt::Partner => true,
            DirectedAt::Worker | DirectedAt::OtherPerson | DirectedAt::Property => false,
        });
    let own = !report.voice.is_empty() || victim || harmed;
    report.narrative.as_ref()?.standing.filter(|_| !own)
}

/// What people wrote, in quotation marks; a cut is shown, never hidden.
pub(crate) fn quoted(text: &str) -> String {
    let text = text.trim();
    let Some((end, _)) = text.char_indices().nth(EXCERPT_CHARS) else {
        return format!("“{}”", written(text));
    };
    let kept = &text[..end];
    let kept = kept.rsplit_once(char::is_whitespace).map_or(kept, |k| k.0);
    format!("“{}” […]", written(kept))
}
