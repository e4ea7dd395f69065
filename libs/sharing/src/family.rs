//! What of content is never for the family, whatever the originator says (PRACTICE, section 10). Field groups can't tell it: of the
//! same group some may be said and some never. Only ever takes parts away.

use diogel_domain::{
    alert::{AlertSafety, HazardAlert, PersonTold},
    content::Content,
    correction::{Correction, Replacement},
    incident::{IncidentNarrative, IncidentReport, IncidentSafety, Measure},
    meeting::Meeting,
    people::{Identity, Person},
    records::{
        Advocacy, Change, ChangeClaimed, Contact, ContactNote, EngagementNeeds, Needs, PlanAgreed,
        SafetyPlan, StrengthNoted,
    },
    step::{ChangeStep, PlanStep, Step, StepSaid},
};

/// What may be told of what its groups have left. None: nothing of it.
pub(crate) fn for_family(content: Content) -> Option<Content> {
    match content {
        Content::Incident(report) => Some(Content::Incident(incident(report))),
        Content::HazardAlert(told) => alert(told).map(Content::HazardAlert),
        // Why something was corrected is said to colleagues.
        Content::Correction(Correction {
            reason: _,
            replacement: Some(replacement),
        }) => {
            let replacement = match replacement {
                Replacement::Incident(report) => Some(Replacement::Incident(incident(report))),
                Replacement::HazardAlert(told) => alert(told).map(Replacement::HazardAlert),
                Replacement::Escalation(_) => None,
            };
            let told = |replacement| {
                Content::Correction(Correction {
                    reason: String::new(),
                    replacement: Some(replacement),
                })
            };
            replacement.map(told)
        }
        Content::Meeting(meeting, changed) => {
            Some(Content::Meeting(self::meeting(meeting), changed))
        }
        Content::SafetyPlan(plan) => Some(Content::SafetyPlan(safety_plan(plan))),
        Content::Contact(note) => Some(Content::Contact(contact(note))),
        Content::EngagementNeeds(given) => Some(Content::EngagementNeeds(needs(given))),
        Content::Advocacy(given) => Some(Content::Advocacy(Advocacy {
            people: people(given.people),
            ..given
        })),
        Content::ChangeClaimed(claimed) => Some(Content::ChangeClaimed(change(claimed))),
        Content::Strength(noted) => Some(Content::Strength(StrengthNoted {
            people: people(noted.people),
            ..noted
        })),
        Content::Step(taken) => step(taken).map(Content::Step),
        // That something was withdrawn tells that it was said.
        Content::Correction(_)
        | Content::Escalation(_)
        | Content::Involvement(_)
        | Content::AccessRequest(_)
        | Content::SharingDecision(_)
        | Content::EmergencyDisclosure(_)
        | Content::InformationRequest(_) => None,
    }
}

/// That there is a meeting and when, not what it is called for: MARAC, MAPPA.
fn meeting(meeting: Meeting) -> Meeting {
    Meeting {
        people: people(meeting.people),
        occasion: String::new(),
        ..meeting
    }
}

/// Not whose a measure is: an agency that nobody told them of.
fn unowned(measures: Vec<Measure>) -> Vec<Measure> {
    let bare = |measure| Measure {
        owner: None,
        ..measure
    };
    measures.into_iter().map(bare).collect()
}

/// What is to be done, and by when: not which agencies work with the family, of which one may be a refuge, nor what others were told.
fn safety_plan(plan: SafetyPlan) -> SafetyPlan {
    let bare = |agreed: PlanAgreed| PlanAgreed {
        measures: unowned(agreed.measures),
        roles: Vec::new(),
        told: Vec::new(),
        ..agreed
    };
    SafetyPlan {
        people: people(plan.people),
        agreed: plan.agreed.map(bare),
        ..plan
    }
}

/// Whom the worker saw, and saw alone, is the child's safety.
fn contact(note: ContactNote) -> ContactNote {
    let unseen = |contact: Contact| Contact {
        seen: Vec::new(),
        seen_alone: Vec::new(),
        ..contact
    };
    ContactNote {
        people: people(note.people),
        contact: note.contact.map(unseen),
        ..note
    }
}

/// How somebody is reached safely, whom was asked, and what they mourn is theirs alone: the page may lie where another reads it.
fn needs(given: EngagementNeeds) -> EngagementNeeds {
    let open = |needs: Needs| Needs {
        safe_contact: String::new(),
        advice_sought: String::new(),
        bereavement: String::new(),
        ..needs
    };
    EngagementNeeds {
        people: people(given.people),
        needs: given.needs.map(open),
    }
}

/// Not by whom it is borne out.
fn change(claimed: ChangeClaimed) -> ChangeClaimed {
    let bare = |change: Change| Change {
        confirmed_by: Vec::new(),
        said_by: String::new(),
        ..change
    };
    ChangeClaimed {
        people: people(claimed.people),
        change: claimed.change.map(bare),
    }
}

/// What became of a plan and of a change; nothing of alerts, disputes and exclusion.
fn step(taken: Step) -> Option<Step> {
    let said = match taken.said {
        StepSaid::Plan(said) => StepSaid::Plan(said.map(|said| PlanStep { told: None, ..said })),
        StepSaid::Change(said) => StepSaid::Change(said.map(|said| ChangeStep {
            source: None,
            ..said
        })),
        StepSaid::Alert(_)
        | StepSaid::Incident(_)
        | StepSaid::Escalation(_)
        | StepSaid::Meeting(_)
        | StepSaid::Information(_)
        | StepSaid::Statement(_) => return None,
    };
    Some(Step {
        deed: taken.deed,
        said,
    })
}

/// Numbers are for systems; a local one names who gave it, and that may be a refuge.
fn people(people: Vec<Person>) -> Vec<Person> {
    let without = |identity: Identity| Identity {
        identifiers: Vec::new(),
        ..identity
    };
    let people = people.into_iter();
    people
        .map(|person| Person {
            identity: person.identity.map(without),
            ..person
        })
        .collect()
}

/// The voice of the child or adult only where it was asked for and is safe; nothing of what workers do to be safe, nor of who bears
/// the account out.
fn incident(report: IncidentReport) -> IncidentReport {
    let safety = report.safety.map(|safety| IncidentSafety {
        provisional_precautions: Vec::new(),
        local_codes: Vec::new(),
        ..safety
    });
    let narrative = report.narrative.map(|narrative| IncidentNarrative {
        corroborated_by: Vec::new(),
        ..narrative
    });
    let voice = report.voice.into_iter();
    IncidentReport {
        safety,
        narrative,
        people: people(report.people),
        voice: voice.filter(|account| account.safe_to_say).collect(),
        plan: unowned(report.plan),
        worker: None,
        reporter: None,
        ..report
    }
}

/// An alert of which the person wasn't told, or of which that isn't known here, doesn't exist for the family.
fn alert(alert: HazardAlert) -> Option<HazardAlert> {
    let safety = alert.safety?;
    let told = matches!(safety.told, Some(PersonTold::On(_)));
    told.then(|| HazardAlert {
        people: people(alert.people),
        safety: Some(AlertSafety {
            precautions: Vec::new(),
            local_codes: Vec::new(),
            ..safety
        }),
        reporter: None,
        ..alert
    })
}
