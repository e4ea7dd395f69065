//! The permit: proof that a decision was made, and the only way to content. Nobody outside this crate can make one, and what it
//! discloses holds no more than its groups (P6).

use diogel_domain::{content::Content, ids::AgencyId};

use crate::{
    agreement::Rules,
    decide::{Question, Relation, decide},
    door::AtTheDoor,
    family,
    groups::{FieldGroup, Groups},
    remains::Remains,
    why::Citation,
};

/// What one recipient may see of one event, now.
#[derive(Debug, Clone)]
pub struct Permit {
    recipient: AgencyId,
    groups: Groups,
    citation: Option<Citation>,
    tell_originator: bool,
}

impl Permit {
    /// Decides now, and narrows to what was stored for the recipient: stored ∩ now. None: the recipient sees nothing, and the
    /// answer is the same as if the event didn't exist.
    pub fn for_read(
        rules: &Rules,
        question: &Question<'_>,
        recipient: &AgencyId,
        relation: Relation<'_>,
        stored: Groups,
    ) -> Option<Self> {
        let permit = Self::decided(rules, question, recipient, relation, stored);
        Some(permit).filter(|permit| permit.groups.has(FieldGroup::Existence))
    }

    /// As before, where precautions alone are enough: for the pre-visit check.
    pub fn for_door(
        rules: &Rules,
        question: &Question<'_>,
        recipient: &AgencyId,
        relation: Relation<'_>,
        stored: Groups,
    ) -> Option<Self> {
        let permit = Self::decided(rules, question, recipient, relation, stored);
        Some(permit).filter(|permit| permit.groups.has(FieldGroup::Precautions))
    }

    fn decided(
        rules: &Rules,
        question: &Question<'_>,
        recipient: &AgencyId,
        relation: Relation<'_>,
        stored: Groups,
    ) -> Self {
        let decision = decide(rules, question, recipient, relation);
        let mut flows = decision.flows.iter().flatten();
        Self {
            recipient: recipient.clone(),
            groups: stored.meet(decision.groups),
            citation: decision.citation().map(crate::why::Cited::to_owned),
            tell_originator: flows.any(|flow| flow.tell_originator),
        }
    }

    /// Narrowed to what others may see as well, or to what was seen at another time.
    #[must_use]
    pub fn meet(&self, others: Groups) -> Option<Self> {
        let groups = self.groups.meet(others);
        groups.has(FieldGroup::Existence).then(|| Self {
            groups,
            ..self.clone()
        })
    }

    /// The recipient.
    pub const fn recipient(&self) -> &AgencyId {
        &self.recipient
    }

    /// The groups.
    pub const fn groups(&self) -> Groups {
        self.groups
    }

    /// The flow that it rests on; none for the originator, and for an emergency disclosure.
    pub const fn citation(&self) -> Option<&Citation> {
        self.citation.as_ref()
    }

    /// A flow says that the originator is told of reads.
    pub const fn tells_originator(&self) -> bool {
        self.tell_originator
    }

    /// Discloses what remains: takes away what the permit doesn't hold. None: it holds precautions alone.
    pub fn disclose(&self, remains: Remains) -> Option<Disclosed> {
        let Remains {
            content,
            door: _,
            handling_conditions,
            family_reason,
        } = remains.narrowed(self.groups);
        content.map(|content| Disclosed {
            content,
            groups: self.groups,
            handling_conditions,
            family_reason,
        })
    }

    /// Discloses what a visitor needs at the door.
    pub fn at_the_door(&self, remains: Remains) -> Option<AtTheDoor> {
        remains.narrowed(self.groups).door
    }
}

/// Content that went through a permit. Only this may leave for a reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disclosed {
    content: Content,
    groups: Groups,
    handling_conditions: String,
    family_reason: String,
}

impl Disclosed {
    /// The content.
    pub const fn content(&self) -> &Content {
        &self.content
    }

    /// The groups that it was narrowed to.
    pub const fn groups(&self) -> Groups {
        self.groups
    }

    /// Narrowed to what others may see as well. None: they may not know that the event exists.
    #[must_use]
    pub fn narrowed(&self, groups: Groups) -> Option<Self> {
        let groups = self.groups.meet(groups);
        if groups == self.groups {
            // It went through a permit for these already.
            return groups.has(FieldGroup::Existence).then(|| self.clone());
        }
        let whole = Remains {
            content: Some(self.content.clone()),
            door: None,
            handling_conditions: self.handling_conditions.clone(),
            family_reason: self.family_reason.clone(),
        };
        let Remains {
            content,
            door: _,
            handling_conditions,
            family_reason,
        } = whole.narrowed(groups);
        content.map(|content| Self {
            content,
            groups,
            handling_conditions,
            family_reason,
        })
    }

    /// What of it a member of the family may be told, once the groups are those that [`crate::room::family`] gives. None: nothing.
    #[must_use]
    pub fn for_family(self) -> Option<Self> {
        let content = family::for_family(self.content)?;
        Some(Self {
            content,
            groups: self.groups,
            handling_conditions: String::new(),
            family_reason: String::new(),
        })
    }

    /// Conditions of handling code C; empty for P.
    pub fn handling_conditions(&self) -> &str {
        &self.handling_conditions
    }

    /// Why the family is not told, or what to ask first; empty without the account.
    pub fn family_reason(&self) -> &str {
        &self.family_reason
    }
}
