//! What remains of content for a set of groups: the form in which a view keeps a copy. It holds no byte that its groups don't
//! allow; a permit may take away more, never less.

use diogel_domain::content::Content;
use serde::{Deserialize, Serialize};

use crate::{
    audience::AudienceTexts,
    door::AtTheDoor,
    groups::{FieldGroup, Groups},
    redact::redact,
};

/// What remains.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remains {
    /// None without existence.
    pub(crate) content: Option<Content>,
    /// None without precautions, or where there are none.
    pub(crate) door: Option<AtTheDoor>,
    /// Conditions of handling code C bind everybody who has anything of it.
    pub(crate) handling_conditions: String,
    /// Goes with the account, which it may retell.
    pub(crate) family_reason: String,
}

impl Remains {
    /// Of the whole.
    pub fn of(content: &Content, texts: &AudienceTexts, groups: Groups) -> Self {
        let whole = Self {
            content: Some(content.clone()),
            door: AtTheDoor::of(content),
            handling_conditions: texts.handling_conditions.clone(),
            family_reason: texts.family_reason.clone(),
        };
        whole.narrowed(groups)
    }

    /// Of what remains, for groups that hold no more.
    #[must_use]
    pub fn narrowed(self, groups: Groups) -> Self {
        let Self {
            content,
            door,
            handling_conditions,
            family_reason,
        } = self;
        let content = content.filter(|_| groups.has(FieldGroup::Existence));
        let text = |text: String, group| {
            let kept = Some(text).filter(|_| groups.has(group));
            kept.unwrap_or_default()
        };
        Self {
            content: content.map(|content| redact(content, groups)),
            door: door.filter(|_| groups.has(FieldGroup::Precautions)),
            handling_conditions: text(handling_conditions, FieldGroup::Existence),
            family_reason: text(family_reason, FieldGroup::Narrative),
        }
    }
}
