//! Why a recipient gets a group, or not: a closed list, with what people read in English and Welsh, and the flow that is cited.

use diogel_domain::codes::Language;
use diogel_texts::sharing::Phrase;

/// Declares the reasons: `Variant = "CODE", what people read;`.
macro_rules! reasons {
    ($($variant:ident = $code:literal, $phrase:expr;)+) => {
        /// Why a recipient gets a group, or not. A closed list.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Why { $(#[doc = concat!("`", stringify!($phrase), "`")] $variant,)+ }

        impl Why {
            /// Every reason.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// Stable code.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)+ }
            }

            /// What people read.
            pub const fn label(self, language: Language) -> &'static str {
                let phrase = match self { $(Self::$variant => $phrase,)+ };
                phrase.say(language)
            }
        }
    };
}

reasons! {
    Originator = "ORIGINATOR", Phrase::WhyOriginator;
    Flow = "FLOW", Phrase::WhyFlow;
    Emergency = "EMERGENCY", Phrase::WhyEmergency;
    NotAnActiveAgency = "NOT_AN_ACTIVE_AGENCY", Phrase::WhyNotAnActiveAgency;
    OriginatorOnly = "ORIGINATOR_ONLY", Phrase::WhyOriginatorOnly;
    NotGranted = "NOT_GRANTED", Phrase::WhyNotGranted;
    Withheld = "WITHHELD", Phrase::WhyWithheld;
    Narrowed = "NARROWED", Phrase::WhyNarrowed;
    Withdrawn = "WITHDRAWN", Phrase::WhyWithdrawn;
    Expired = "EXPIRED", Phrase::WhyExpired;
    NoFlow = "NO_FLOW", Phrase::WhyNoFlow;
    NotSigned = "NOT_SIGNED", Phrase::WhyNotSigned;
    NotValidThen = "NOT_VALID_THEN", Phrase::WhyNotValidThen;
    ReviewOver = "REVIEW_OVER", Phrase::WhyReviewOver;
    NotReached = "NOT_REACHED", Phrase::WhyNotReached;
    NotInvolved = "NOT_INVOLVED", Phrase::WhyNotInvolved;
    ClaimNotConfirmed = "CLAIM_NOT_CONFIRMED", Phrase::WhyClaimNotConfirmed;
    NotAttending = "NOT_ATTENDING", Phrase::WhyNotAttending;
}

/// A citation in the officer's own words: protocol, version, flow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation {
    /// Protocol id.
    pub protocol: String,
    /// Its version.
    pub version: u32,
    /// The flow's number.
    pub flow: u32,
}

impl std::fmt::Display for Citation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} v{}, flow {}", self.protocol, self.version, self.flow)
    }
}

/// A flow that a decision rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cited<'r> {
    /// Protocol id.
    pub protocol: &'r str,
    /// Its version.
    pub version: u32,
    /// The flow's number.
    pub flow: u32,
    /// The originator is told of reads.
    pub tell_originator: bool,
}

impl Cited<'_> {
    /// As it is kept and shown.
    pub fn to_owned(self) -> Citation {
        Citation {
            protocol: self.protocol.to_owned(),
            version: self.version,
            flow: self.flow,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_has_its_own_code_and_words_in_both_languages() {
        let distinct = |of: &dyn Fn(Why) -> &'static str| {
            let texts: std::collections::BTreeSet<_> = Why::ALL.iter().map(|w| of(*w)).collect();
            assert!(!texts.contains("") && texts.len() == Why::ALL.len());
        };
        distinct(&Why::code);
        distinct(&|why| why.label(Language::English));
        distinct(&|why| why.label(Language::Welsh));
    }
}
