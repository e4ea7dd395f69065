//! An item's content, as labelled facts in the reader's language. What people wrote stays in theirs, and is marked.

mod records;
mod standing;
mod steps;

use diogel_contract::{read, v1};
use diogel_domain::{
    codes::{Language, Precision},
    times::Occurred,
};
use diogel_texts::{console::Phrase as P, dates};
use diogel_wording::precaution;

pub(crate) use standing::{due, stage, standing};

use super::words::{self, label};
use crate::run::Console;

/// A labelled fact.
pub(crate) struct Fact {
    pub(crate) label: &'static str,
    pub(crate) lines: Vec<String>,
    /// People wrote it, in whichever language.
    pub(crate) written: bool,
}

/// Gathers facts; what is empty is left out.
struct Facts<'a> {
    console: &'a Console,
    language: Language,
    found: Vec<Fact>,
}

/// What an item holds for its reader.
pub(crate) fn of(item: &v1::Item, console: &Console, language: Language) -> Vec<Fact> {
    use v1::item::Content as C;
    let mut facts = Facts {
        console,
        language,
        found: Vec::new(),
    };
    match item.content.as_ref() {
        Some(C::Incident(incident)) => facts.incident(incident),
        Some(C::HazardAlert(alert)) => facts.alert(alert),
        Some(C::Escalation(escalation)) => facts.escalation(escalation),
        Some(C::Correction(correction)) => facts.correction(correction),
        Some(C::Involvement(claim)) => facts.involvement(claim),
        Some(C::Meeting(meeting)) => facts.meeting(meeting),
        Some(C::AccessRequest(asked)) => facts.asked(asked),
        Some(C::AudienceChanged(changed)) => facts.written(P::ConsoleReason, [&changed.reason]),
        Some(C::SharingDeclined(declined)) => facts.written(P::ConsoleReason, [&declined.reason]),
        Some(C::EmergencyDisclosure(disclosure)) => facts.emergency(disclosure),
        Some(C::SafetyPlan(plan)) => facts.plan(plan),
        Some(C::Contact(contact)) => facts.contact(contact),
        Some(C::EngagementNeeds(needs)) => facts.needs(needs),
        Some(C::Advocacy(advocacy)) => facts.advocacy(advocacy),
        Some(C::ChangeClaimed(change)) => facts.change(change),
        Some(C::Strength(strength)) => facts.strength(strength),
        Some(C::InformationRequest(request)) => facts.information_request(request),
        Some(C::Step(step)) => facts.step(step),
        None => {}
    }
    facts.found
}

impl Facts<'_> {
    fn add(&mut self, phrase: P, lines: Vec<String>, written: bool) {
        let lines: Vec<String> = lines.into_iter().filter(|line| !line.is_empty()).collect();
        if !lines.is_empty() {
            self.found.push(Fact {
                label: phrase.say(self.language),
                lines,
                written,
            });
        }
    }

    /// In the reader's language.
    fn fixed(&mut self, phrase: P, line: impl Into<String>) {
        self.add(phrase, vec![line.into()], false);
    }

    fn listed<'a>(&mut self, phrase: P, lines: impl IntoIterator<Item = &'a str>) {
        let lines: Vec<&str> = lines.into_iter().filter(|line| !line.is_empty()).collect();
        self.fixed(phrase, lines.join("; "));
    }

    /// As somebody wrote it.
    fn written<'a>(&mut self, phrase: P, lines: impl IntoIterator<Item = &'a String>) {
        self.add(phrase, lines.into_iter().cloned().collect(), true);
    }

    fn agency(&self, id: &str) -> String {
        self.console.agency_name(id, self.language)
    }

    fn agencies(&mut self, phrase: P, ids: &[String]) {
        let names: Vec<String> = ids.iter().map(|id| self.agency(id)).collect();
        self.fixed(phrase, names.join("; "));
    }

    fn day(&mut self, phrase: P, iso: &str) {
        self.fixed(phrase, words::day(iso, self.language));
    }

    fn occurred(&mut self, occurred: Option<&v1::Occurred>) {
        let when = occurred.and_then(|when| {
            let from = read::moment(when.from.as_ref()?)?;
            Some(Occurred {
                from,
                to: when.to.as_ref().and_then(read::moment).unwrap_or(from),
                precision: Precision::from_number(when.precision)?,
            })
        });
        if let Some(when) = when {
            self.fixed(P::ConsoleWhen, dates::occurred(&when, self.language));
        }
    }

    fn people(&mut self, people: &[v1::Person]) {
        let language = self.language;
        let lines = people.iter().map(|person| {
            let role = label!(PersonRole, person.role, language);
            let ids = person.identifiers.iter().map(|one| {
                let scheme = label!(IdentifierScheme, one.scheme, language);
                format!("{scheme} {}", one.value)
            });
            let born = words::day(&person.born_on, language);
            let all = [
                person.label.clone(),
                person.name.clone(),
                role.to_owned(),
                born,
            ];
            let all = all.into_iter().chain(ids).filter(|part| !part.is_empty());
            all.collect::<Vec<_>>().join(" · ")
        });
        let lines = lines.collect();
        self.add(P::ConsolePeople, lines, true);
    }

    fn places(&mut self, places: &[v1::Place]) {
        let lines = places.iter().map(|place| {
            let uprn = match place.uprn.as_str() {
                "" => String::new(),
                uprn => format!("UPRN {uprn}"),
            };
            let all = [place.label.clone(), place.description.clone(), uprn];
            let all = all.into_iter().filter(|part| !part.is_empty());
            all.collect::<Vec<_>>().join(" · ")
        });
        let lines = lines.collect();
        self.add(P::ConsolePlaces, lines, true);
    }

    fn precautions(&mut self, phrase: P, precautions: &[v1::Precaution]) {
        let lines = precautions.iter().map(|one| precaution(one, self.language));
        let lines = lines.collect();
        self.add(phrase, lines, false);
    }

    fn threats(&mut self, threats: &[i32]) {
        let language = self.language;
        self.listed(
            P::ConsoleThreats,
            threats.iter().map(|n| label!(ThreatForm, *n, language)),
        );
    }

    fn measures(&mut self, measures: &[v1::Measure]) {
        let lines = measures.iter().enumerate().map(|(at, measure)| {
            let owner = self.agency(&measure.owner);
            let due = words::day(&measure.due_on, self.language);
            let all = [measure.what.clone(), owner, due];
            let all: Vec<String> = all.into_iter().filter(|part| !part.is_empty()).collect();
            format!("{}. {}", at + 1, all.join(" · "))
        });
        let lines = lines.collect();
        self.add(P::ConsoleMeasures, lines, true);
    }

    fn corroborated(&mut self, all: &[v1::Corroboration]) {
        let lines = all.iter().map(|one| {
            let source = label!(CorroborationSource, one.source, self.language);
            match one.who.as_str() {
                "" => source.to_owned(),
                who => format!("{source} ({who})"),
            }
        });
        let lines = lines.collect();
        self.add(P::ConsoleBorneOut, lines, true);
    }

    fn incident(&mut self, incident: &v1::IncidentReport) {
        let language = self.language;
        for account in &incident.voice {
            self.written(P::ConsoleVoice, [&account.words]);
        }
        if let Some(safety) = &incident.safety {
            self.occurred(safety.occurred.as_ref());
            if safety.danger_at_once {
                self.fixed(P::ConsoleDanger, P::ConsoleYes.say(language));
            }
            self.precautions(P::ConsolePrecautions, &safety.provisional_precautions);
            self.threats(&safety.threats);
            let behaviours = safety.behaviours.iter();
            self.listed(
                P::ConsoleBehaviours,
                behaviours.map(|n| label!(ResistantBehaviour, *n, language)),
            );
            let directed = safety.directed_at.iter();
            self.listed(
                P::ConsoleDirectedAt,
                directed.map(|n| label!(DirectedAt, *n, language)),
            );
            self.fixed(
                P::ConsoleSetting,
                label!(IncidentSetting, safety.setting, language),
            );
            self.fixed(P::ConsoleHarm, label!(Harm, safety.harm, language));
            self.fixed(
                P::ConsoleLikelihood,
                label!(Likelihood, safety.likelihood, language),
            );
        }
        self.people(&incident.people);
        self.places(&incident.places);
        if let Some(narrative) = &incident.narrative {
            self.fixed(
                P::ConsoleStandingOf,
                label!(Standing, narrative.standing, language),
            );
            self.written(P::ConsoleWhatHappened, [&narrative.what_happened]);
            self.written(P::ConsoleWorries, [&narrative.worries]);
            self.written(P::ConsoleCircumstances, [&narrative.circumstances]);
            self.written(P::ConsoleOutcome, [&narrative.potential_outcome]);
            self.written(P::ConsoleAtRisk, [&narrative.at_risk]);
            self.written(P::ConsoleProtective, [&narrative.protective_factors]);
            self.corroborated(&narrative.corroborated_by);
        }
        if let Some(health) = &incident.health {
            let causes = health.causes.iter();
            self.listed(
                P::ConsoleCauses,
                causes.map(|n| label!(Cause, *n, language)),
            );
            self.written(P::ConsoleCauses, [&health.note]);
        }
        if let Some(criminal) = &incident.criminal {
            let told = label!(ReportedToPolice, criminal.reported_to_police, language);
            self.fixed(P::ConsolePolice, told);
            self.written(
                P::ConsolePolice,
                [&criminal.police_reference, &criminal.reason],
            );
        }
        self.measures(&incident.plan);
        self.written(
            P::ConsoleWorker,
            incident.worker.iter().map(|worker| &worker.who),
        );
        self.written(
            P::ConsoleReporter,
            incident.reporter.iter().map(|one| &one.who),
        );
    }

    fn alert(&mut self, alert: &v1::HazardAlert) {
        let language = self.language;
        if let Some(target) = &alert.target {
            self.written(P::ConsoleTarget, [&target_words(target, language)]);
        }
        if let Some(safety) = &alert.safety {
            self.precautions(P::ConsolePrecautions, &safety.precautions);
            self.threats(&safety.threats);
            self.fixed(
                P::ConsoleSeverity,
                label!(Severity, safety.severity, language),
            );
            self.fixed(P::ConsoleUrgency, label!(Urgency, safety.urgency, language));
            self.fixed(
                P::ConsoleCertainty,
                label!(Certainty, safety.certainty, language),
            );
            self.day(P::ConsoleReviewOn, &safety.review_on);
            if let Some(decision) = &safety.decision {
                self.written(P::ConsoleDecidedBy, [&decision.decided_by]);
                self.written(P::ConsoleProposedBy, [&decision.proposed_by]);
            }
            self.told(safety.told.as_ref());
        }
        self.people(&alert.people);
        self.places(&alert.places);
        if let Some(narrative) = &alert.narrative {
            self.written(P::ConsoleGrounds, [&narrative.grounds]);
            self.written(P::ConsoleWhatWorked, [&narrative.what_has_worked]);
        }
        self.fixed(
            P::ConsoleStatus,
            label!(AlertStatus, alert.status, language),
        );
    }

    fn told(&mut self, told: Option<&v1::PersonTold>) {
        let Some(told) = told else { return };
        if told.told_on.is_empty() {
            self.written(P::ConsoleNotTold, [&told.reason]);
        } else {
            self.day(P::ConsoleToldOn, &told.told_on);
        }
    }

    fn escalation(&mut self, escalation: &v1::Escalation) {
        let language = self.language;
        if let Some(dispute) = &escalation.dispute {
            self.fixed(
                P::ConsoleTopic,
                label!(EscalationTopic, dispute.topic, language),
            );
            self.agencies(P::ConsoleParties, &dispute.parties);
            self.written(P::ConsoleDisagreement, [&dispute.disagreement]);
            self.written(P::ConsoleSought, [&dispute.sought]);
            self.written(P::ConsoleUrgentReason, [&dispute.urgent_reason]);
            self.fixed(
                P::ConsoleProtectBy,
                words::moment(dispute.protect_by.as_ref(), language),
            );
            let interim: Vec<v1::Measure> = dispute.interim_position.iter().cloned().collect();
            self.measures(&interim);
        }
        self.people(&escalation.people);
    }

    fn correction(&mut self, correction: &v1::Correction) {
        self.written(P::ConsoleReason, [&correction.reason]);
        match &correction.replacement {
            Some(v1::correction::Replacement::Incident(incident)) => self.incident(incident),
            Some(v1::correction::Replacement::HazardAlert(alert)) => self.alert(alert),
            Some(v1::correction::Replacement::Escalation(one)) => self.escalation(one),
            None => {}
        }
    }

    fn involvement(&mut self, claim: &v1::InvolvementClaim) {
        self.people(claim.person.as_slice());
        self.written(P::ConsoleReason, [&claim.reason]);
        self.written(P::ConsolePlannedContact, [&claim.planned_contact]);
    }

    fn meeting(&mut self, meeting: &v1::Meeting) {
        let at = words::moment(meeting.held_at.as_ref(), self.language);
        self.fixed(P::ConsoleHeldAt, at);
        let chair = self.agency(&meeting.chair);
        self.fixed(P::ConsoleChairedBy, chair);
        self.agencies(P::ConsoleAttending, &meeting.attending);
        if meeting.cancelled {
            self.fixed(P::ConsoleCancelled, P::ConsoleYes.say(self.language));
        }
        self.people(&meeting.people);
        self.places(&meeting.places);
        self.written(P::ConsoleOccasion, [&meeting.occasion]);
    }

    fn groups(&mut self, groups: &[i32]) {
        let language = self.language;
        self.listed(
            P::ConsoleGroups,
            groups.iter().map(|group| words::group(*group, language)),
        );
    }

    fn asked(&mut self, asked: &v1::AccessRequest) {
        self.groups(&asked.groups);
        self.written(P::ConsoleReason, [&asked.reason]);
    }

    fn emergency(&mut self, emergency: &v1::EmergencyDisclosure) {
        if let Some(disclosure) = &emergency.disclosure {
            self.agencies(P::ConsoleDisclosedTo, &disclosure.agencies);
            self.groups(&disclosure.groups);
            let until = words::moment(disclosure.until.as_ref(), self.language);
            self.fixed(P::ConsoleUntil, until);
        }
        self.written(P::ConsoleReason, [&emergency.reason]);
    }
}

fn target_words(target: &v1::AlertTarget, language: Language) -> String {
    use v1::alert_target::Target as T;
    match &target.target {
        Some(T::Person(label)) => format!("{} {label}", P::ConsoleTargetPerson.say(language)),
        Some(T::Premises(label)) => format!("{} {label}", P::ConsoleTargetPremises.say(language)),
        Some(T::Household(one)) => {
            format!("{} {}", P::ConsoleTargetHousehold.say(language), one.place)
        }
        Some(T::Animal(animal)) => {
            format!(
                "{}: {}",
                P::ConsoleTargetAnimal.say(language),
                animal.description
            )
        }
        None => String::new(),
    }
}
