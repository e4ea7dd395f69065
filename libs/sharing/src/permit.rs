//! The permit: proof that a decision was made, and the only way to content. Nobody outside this crate can make one, and what it
//! discloses holds no more than its groups (P6).

use diogel_domain::{content::Content, ids::AgencyId};

use crate::{
    decide::{Citation, Question, Rules, decide},
    groups::{FieldGroup, Groups},
    redact::redact,
};

/// What one recipient may see of one event, now.
#[derive(Debug, Clone)]
pub struct Permit {
    recipient: AgencyId,
    groups: Groups,
    citation: Option<Citation>,
}

impl Permit {
    /// Decides now, and narrows to what was stored for the recipient: stored ∩ now. None: the recipient sees nothing, and the
    /// answer is the same as if the event didn't exist.
    pub fn for_read(
        rules: &Rules,
        question: Question<'_>,
        recipient: &AgencyId,
        stored: Groups,
    ) -> Option<Self> {
        let decision = decide(rules, question, recipient);
        let groups = stored.meet(decision.groups);
        groups.has(FieldGroup::Existence).then(|| Self {
            recipient: recipient.clone(),
            groups,
            citation: decision.citation,
        })
    }

    /// Narrowed to what others may see as well, for a room with several agencies in it.
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

    /// The flow that it rests on; none for the originator.
    pub const fn citation(&self) -> Option<&Citation> {
        self.citation.as_ref()
    }

    /// Discloses content: takes away what the permit doesn't hold.
    pub fn disclose(&self, content: &Content) -> Disclosed {
        Disclosed {
            content: redact(content, self.groups),
            groups: self.groups,
        }
    }
}

/// Content that went through a permit. Only this may leave for a reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disclosed {
    content: Content,
    groups: Groups,
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
}
