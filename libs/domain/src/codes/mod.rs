//! The code lists: each code's number on the wire, its stable name, and its label in English and Welsh. One place for all of
//! them; the wire's enums (`proto/diogel/v1/codes.proto`) carry the same numbers, which a test in `contract` holds.

mod behaviour;
mod people;
mod practice;
mod sharing;
mod steps;

pub use behaviour::*;
pub use people::*;
pub use practice::*;
pub use sharing::*;
pub use steps::*;

/// A language of labels and texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// Welsh, treated no less favourably.
    Welsh,
}

/// Declares a code list: `Variant = number, "stable-code", "English", "Welsh";`.
macro_rules! code_list {
    ($(#[$meta:meta])* $name:ident { $($variant:ident = $number:literal, $code:literal, $en:literal, $cy:literal;)+ }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name { $(#[doc = $en] $variant,)+ }

        impl $name {
            /// Every code of the list, in its order.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The code with this number on the wire.
            pub const fn from_number(number: i32) -> Option<Self> {
                match number { $($number => Some(Self::$variant),)+ _ => None }
            }

            /// The number on the wire.
            pub const fn number(self) -> i32 {
                match self { $(Self::$variant => $number,)+ }
            }

            /// The stable name, used in files.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)+ }
            }

            /// The code with this stable name.
            pub fn from_code(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|c| c.code() == code)
            }

            /// What people read.
            pub const fn label(self, language: crate::codes::Language) -> &'static str {
                match (self, language) {
                    $((Self::$variant, crate::codes::Language::English) => $en,
                      (Self::$variant, crate::codes::Language::Welsh) => $cy,)+
                }
            }
        }
    };
}
pub(crate) use code_list;

#[cfg(test)]
mod tests {
    use super::*;

    /// Every code of these lists reads back by number and by name, and no two of a list read alike in either language.
    macro_rules! holds {
        ($($list:ident)+) => {$(
            for code in $list::ALL {
                assert_eq!($list::from_number(code.number()), Some(*code));
                assert_eq!($list::from_code(code.code()), Some(*code));
            }
            for language in [Language::English, Language::Welsh] {
                let labels = $list::ALL.iter().map(|code| code.label(language));
                let labels: std::collections::BTreeSet<&str> = labels.collect();
                assert!(!labels.contains(""), stringify!($list));
                assert_eq!(labels.len(), $list::ALL.len(), stringify!($list));
            }
        )+};
    }

    #[test]
    fn every_code_of_every_list_reads_back_and_has_its_own_labels() {
        holds! {
            AlertStatus BehaviourPattern Cause Certainty CloseAction ContactOutcome CorroborationSource Deed DirectedAt
            EscalationOutcome EscalationTopic ExclusionExtent ExclusionGround FamilyHandling
            HandlingCode Harm IdentifierScheme IncidentSetting InvolvedWhen LawfulBasis Likelihood Offer OfferResponse OnwardSharing PersonRole Precision
            PrecautionCode Purpose
            ReportedToPolice ResistantBehaviour Sector Severity Standing ThreatForm Urgency
        }
    }

    #[test]
    fn danger_to_the_body_is_told_from_offence() {
        assert!(ThreatForm::Assault.is_physical_danger());
        assert!(!ThreatForm::Swearing.is_physical_danger());
    }
}
