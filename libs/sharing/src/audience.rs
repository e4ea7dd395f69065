//! An event's audience, as its originator set it. Deny is the default; *originator only* is said, never implied.

use std::collections::BTreeSet;

use diogel_domain::{
    codes::{
        FamilyHandling, HandlingCode, InvolvedWhen, LawfulBasis, OnwardSharing, Purpose, Sector,
    },
    content::{Content, Kind},
    ids::{AgencyId, EventId},
    rules::{self, SHORT_TEXT, Violation},
    times::Moment,
};
use serde::{Deserialize, Serialize};

use crate::groups::{FieldGroup, Groups};

/// Who sees an event, why, and what the family may be told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Audience {
    /// Recipients with what each is granted.
    pub grants: Vec<Grant>,
    /// Nobody but the originator.
    pub originator_only: bool,
    /// Agencies that must not learn of it.
    pub withheld: BTreeSet<AgencyId>,
    /// Why it is shared; none with `originator_only`.
    pub purpose: Option<Purpose>,
    /// The lawful basis; none with `originator_only`.
    pub lawful_basis: Option<LawfulBasis>,
    /// Until when.
    pub until: Option<Moment>,
    /// What the family may be told.
    pub family: FamilyHandling,
    /// Handling code.
    pub handling: HandlingCode,
    /// Who of the family may be told something else: by label.
    pub family_attendees: Vec<(String, FamilyHandling)>,
    /// What a recipient may do with it beyond its own work.
    pub onward: OnwardSharing,
    /// Professionals are withheld by name; the names are sealed.
    pub restricted_by_person: bool,
}

impl Audience {
    /// Nobody but the originator.
    pub fn originator_only() -> Self {
        Self {
            grants: Vec::new(),
            originator_only: true,
            withheld: BTreeSet::new(),
            purpose: None,
            lawful_basis: None,
            until: None,
            family: FamilyHandling::No,
            handling: HandlingCode::Permitted,
            family_attendees: Vec::new(),
            onward: OnwardSharing::AskOriginator,
            restricted_by_person: false,
        }
    }

    /// What a member of the family may be told, by their label in the event; none: somebody whom it doesn't name.
    pub fn family_handling(&self, label: Option<&str>) -> FamilyHandling {
        let mut named = self.family_attendees.iter();
        let own = named.find(|(of, _)| label == Some(of.as_str()));
        own.map_or(self.family, |(_, handling)| *handling)
    }

    /// It names this agency.
    pub fn names(&self, agency: &AgencyId) -> bool {
        let mut grants = self.grants.iter();
        grants.any(|grant| matches!(&grant.to, Recipient::Agency(named) if named == agency))
    }

    /// It names this agency as a party to the disagreement: whoever else it names knows of that at most.
    pub fn is_party(&self, agency: &AgencyId) -> bool {
        let named = Recipient::Agency(agency.clone());
        let mut grants = self.grants.iter();
        grants.any(|grant| grant.to == named && grant.granted().has(FieldGroup::Dispute))
    }

    /// The meetings that it names.
    pub fn meetings(&self) -> impl Iterator<Item = EventId> {
        self.grants.iter().filter_map(|grant| match grant.to {
            Recipient::Meeting(meeting) => Some(meeting),
            Recipient::Agency(_) | Recipient::Sector(_) | Recipient::Involved(_) => None,
        })
    }
}

/// One recipient.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grant {
    /// To whom.
    pub to: Recipient,
    /// What; none: everything that a flow allows, but for what is protected.
    pub groups: Option<Groups>,
}

impl Grant {
    /// What is granted, before any flow narrows it. That the event exists goes with every grant.
    pub fn granted(&self) -> Groups {
        let groups = self
            .groups
            .unwrap_or(Groups::ALL.without(Groups::PROTECTED));
        groups.with(FieldGroup::Existence).closed()
    }
}

/// To whom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Recipient {
    /// One agency.
    Agency(AgencyId),
    /// Every agency of a sector.
    Sector(Sector),
    /// The agencies that are involved with a person of the event.
    Involved(InvolvedWhen),
    /// The agencies that attend a meeting: by the event that scheduled it.
    Meeting(EventId),
}

/// Texts that belong to the audience but are sealed with the content.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AudienceTexts {
    /// Why the family is not told.
    pub family_reason: String,
    /// Conditions of handling code C.
    pub handling_conditions: String,
    /// Professionals who must not see it, as their systems name them.
    pub withheld_persons: Vec<String>,
}

/// Reaches somebody without naming anybody: those concerned by a claim, by a request, or by a step on their event.
pub const fn is_told_by_practice(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::InvolvementClaimed | Kind::AccessRequested | Kind::Stepped
    )
}

/// Checks an audience before publication. `told_by_practice`: see [`is_told_by_practice`].
pub fn check(
    audience: &Audience,
    texts: &AudienceTexts,
    originator: &AgencyId,
    agencies: &[AgencyId],
    now: Moment,
    told_by_practice: bool,
) -> Vec<Violation> {
    let mut found = Vec::new();
    let mut add = |field: &str, description: &str| {
        found.push(Violation {
            field: field.into(),
            description: description.into(),
        });
    };
    match (audience.grants.is_empty(), audience.originator_only) {
        (true, false) if told_by_practice => {}
        (true, false) => add(
            "audience.grants",
            "is required: name recipients, or say `originator_only` if nobody else may see it",
        ),
        (false, true) => add(
            "audience.originator_only",
            "contradicts `grants`; keep one of the two",
        ),
        (true, true) | (false, false) => {}
    }
    if !audience.originator_only {
        if audience.purpose.is_none() {
            add(
                "audience.purpose",
                "is required: why the information is shared",
            );
        }
        if audience.lawful_basis.is_none() {
            add(
                "audience.lawful_basis",
                "is required: the basis that your agency relies on",
            );
        }
    }
    if audience.grants.len() > 64 || audience.withheld.len() > 64 {
        add(
            "audience.grants",
            "has more than 64 entries; name a sector instead",
        );
    }
    if audience.until.is_some_and(|until| until <= now) {
        add(
            "audience.until",
            "must lie ahead; choose a later time, or leave it out",
        );
    }
    for (i, grant) in audience.grants.iter().enumerate() {
        if let Recipient::Agency(agency) = &grant.to {
            if agency == originator {
                add(
                    &format!("audience.grants[{i}].agency"),
                    "is your own agency; leave it out",
                );
            } else if !agencies.contains(agency) {
                add(
                    &format!("audience.grants[{i}].agency"),
                    "is no agency of this board; `diogel agencies` lists them",
                );
            } else if audience.withheld.contains(agency) {
                add(
                    &format!("audience.grants[{i}].agency"),
                    "is also withheld; keep one of the two",
                );
            }
        }
    }
    // Without its number: the set has another order than the request.
    if !audience.withheld.iter().all(|a| agencies.contains(a)) {
        add(
            "audience.withheld_agencies",
            "names one that is no agency of this board; `diogel agencies` lists them",
        );
    }
    found.extend(check_texts(audience, texts));
    found
}

/// What practice tells is kept from nobody whom it tells; of a sensitive claim only the lead is told anyway.
pub fn check_told(audience: &Audience, sensitive: bool) -> Vec<Violation> {
    let withheld = !audience.withheld.is_empty() && !sensitive;
    let said = [
        (audience.originator_only, "audience.originator_only"),
        (withheld, "audience.withheld_agencies"),
    ];
    let way_out = "can't be said of what practice tells: whom it concerns is told; of a `sensitive` claim the lead alone";
    said.into_iter()
        .filter(|(is_said, _)| *is_said)
        .map(|(_, field)| Violation {
            field: field.into(),
            description: way_out.into(),
        })
        .collect()
}

fn check_texts(audience: &Audience, texts: &AudienceTexts) -> Vec<Violation> {
    let reason = &texts.family_reason;
    let mut found = rules::text("audience.family_reason", reason, SHORT_TEXT);
    let conditions = &texts.handling_conditions;
    let field = "audience.handling_conditions";
    found.extend(rules::text(field, conditions, SHORT_TEXT));
    if audience.handling == HandlingCode::Conditions && conditions.trim().is_empty() {
        found.push(Violation {
            field: field.into(),
            description: "is required for handling code C: name the conditions".into(),
        });
    }
    if texts.withheld_persons.len() > 16 {
        found.push(Violation {
            field: "audience.withheld_persons".into(),
            description: "has more than 16 entries; withhold the agency instead".into(),
        });
    }
    for (i, name) in texts.withheld_persons.iter().enumerate() {
        let field = format!("audience.withheld_persons[{i}]");
        found.extend(rules::text(&field, name, rules::NAME));
        if name.trim().is_empty() {
            let description = "is empty; write the name as `on_behalf_of` has it".into();
            found.push(Violation { field, description });
        }
    }
    found
}

/// Whoever is named in `family_attendees` is a person of the event.
pub fn check_family(audience: &Audience, content: &Content) -> Vec<Violation> {
    let attendees = audience.family_attendees.iter().enumerate();
    let unknown = attendees.filter(|(_, (label, _))| {
        let mut people = content.people().iter();
        !people.any(|person| person.label == *label)
    });
    unknown
        .map(|(i, _)| Violation {
            field: format!("audience.family_attendees[{i}].person"),
            description: "names no person of the event; use one of its labels".into(),
        })
        .collect()
}

/// Whoever a request for information asks is named as a recipient.
pub fn check_asked(audience: &Audience, content: &Content) -> Vec<Violation> {
    let Content::InformationRequest(request) = content else {
        return Vec::new();
    };
    let asked = request.sought.iter().flat_map(|sought| &sought.asked);
    let missed = asked
        .enumerate()
        .filter(|(_, agency)| !audience.names(agency));
    let violation = |i: usize| Violation {
        field: format!("information_request.asked[{i}]"),
        description: "isn't named in `audience.grants`: whoever is asked has to see what is asked"
            .into(),
    };
    missed.map(|(i, _)| violation(i)).collect()
}

/// An escalation goes to its parties, to each of them, and to nobody else; the Board sees it without being named (PRACTICE,
/// section 3), and who chairs a meeting may know what it is about and how far it is (section 10). No purpose but its own: a flow is written for a purpose, and under another one nobody would see it.
pub fn check_escalation(
    audience: &Audience,
    content: &Content,
    originator: &AgencyId,
) -> Vec<Violation> {
    let Some(dispute) = content.escalation().and_then(|e| e.dispute.as_ref()) else {
        return Vec::new();
    };
    let violation = |field: String, description: &str| Violation {
        field,
        description: description.into(),
    };
    if audience.originator_only {
        let field = "audience.originator_only".into();
        let way_out = "can't be said of an escalation; name its parties in `grants`";
        return vec![violation(field, way_out)];
    }
    let outsiders = audience
        .grants
        .iter()
        .enumerate()
        .filter(|(_, grant)| match &grant.to {
            Recipient::Agency(agency) if dispute.parties.contains(agency) => agency == originator,
            Recipient::Agency(_) => !Groups::GLIMPSE.covers(grant.granted()),
            Recipient::Sector(_) | Recipient::Involved(_) | Recipient::Meeting(_) => true,
        });
    let outsiders = outsiders.map(|(i, _)| {
        let way_out = "an escalation goes to its parties alone; the Board sees it anyway, and whoever chairs a meeting may be granted EXISTENCE, \
                       IDENTITY and TOPIC";
        violation(format!("audience.grants[{i}]"), way_out)
    });
    let granted = |party: &AgencyId| party == originator || audience.is_party(party);
    let left_out = dispute.parties.iter().any(|party| !granted(party));
    let left_out = left_out.then(|| {
        let way_out = "leaves out a party, or its DISPUTE; an escalation goes to each of them";
        violation("audience.grants".into(), way_out)
    });
    let other = |purpose: Purpose| purpose != Purpose::DisputeResolution;
    let other_purpose = audience.purpose.is_some_and(other).then(|| {
        let way_out = "must be DISPUTE_RESOLUTION of an escalation: no other purpose takes it to its parties and the Board; report what \
                       is dangerous as an incident of its own";
        violation("audience.purpose".into(), way_out)
    });
    outsiders.chain(left_out).chain(other_purpose).collect()
}

#[cfg(test)]
mod tests;
