//! Why a recipient gets a group, or not: a closed list, with what people read in English and Welsh, and the flow that is cited.

use diogel_domain::codes::Language;

/// Declares the reasons: `Variant = "CODE", "English", "Welsh";`.
macro_rules! reasons {
    ($($variant:ident = $code:literal, $en:literal, $cy:literal;)+) => {
        /// Why a recipient gets a group, or not. A closed list.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Why { $(#[doc = $en] $variant,)+ }

        impl Why {
            /// Every reason.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// Stable code.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)+ }
            }

            /// What people read.
            pub const fn label(self, language: Language) -> &'static str {
                match (self, language) {
                    $((Self::$variant, Language::English) => $en,
                      (Self::$variant, Language::Welsh) => $cy,)+
                }
            }
        }
    };
}

reasons! {
    Originator = "ORIGINATOR", "it is the recipient's own event", "digwyddiad y derbynnydd ei hun ydyw";
    Flow = "FLOW", "granted, and the cited flow carries it", "wedi'i ganiatáu, ac mae'r llif a nodir yn ei gario";
    Emergency = "EMERGENCY", "disclosed by the originator in an emergency, beyond the protocols", "wedi'i ddatgelu gan y tarddwr mewn argyfwng, y tu hwnt i'r protocolau";
    NotAnActiveAgency = "NOT_AN_ACTIVE_AGENCY", "the Board doesn't know the agency, or has suspended it", "nid yw'r Bwrdd yn adnabod yr asiantaeth, neu mae wedi'i hatal";
    OriginatorOnly = "ORIGINATOR_ONLY", "the originator keeps it to itself", "mae'r tarddwr yn ei gadw iddo'i hun";
    NotGranted = "NOT_GRANTED", "the originator didn't grant it", "ni wnaeth y tarddwr ei ganiatáu";
    Withheld = "WITHHELD", "the originator withholds it from this agency", "mae'r tarddwr yn ei atal rhag yr asiantaeth hon";
    Narrowed = "NARROWED", "the originator took it back", "mae'r tarddwr wedi'i dynnu'n ôl";
    Withdrawn = "WITHDRAWN", "the originator withdrew it from everybody", "mae'r tarddwr wedi'i dynnu'n ôl oddi wrth bawb";
    Expired = "EXPIRED", "the time that the originator set is over", "mae'r amser a bennodd y tarddwr ar ben";
    NoFlow = "NO_FLOW", "no flow of a protocol between the two carries it", "nid oes llif mewn protocol rhwng y ddau sy'n ei gario";
    NotSigned = "NOT_SIGNED", "a flow would carry it, but one of the two hasn't signed the protocol", "byddai llif yn ei gario, ond nid yw un o'r ddau wedi llofnodi'r protocol";
    NotValidThen = "NOT_VALID_THEN", "a flow would carry it, but wasn't valid when it was published", "byddai llif yn ei gario, ond nid oedd yn ddilys pan gyhoeddwyd ef";
    ReviewOver = "REVIEW_OVER", "a flow would carry it, but its review was over when the originator granted it", "byddai llif yn ei gario, ond roedd ei adolygiad drosodd pan ganiataodd y tarddwr ef";
    NotReached = "NOT_REACHED", "the protocol's present version doesn't reach back to it", "nid yw fersiwn bresennol y protocol yn cyrraedd yn ôl ato";
    NotInvolved = "NOT_INVOLVED", "a flow carries it to agencies that are involved with the person", "mae llif yn ei gario i asiantaethau sy'n ymwneud â'r person";
    ClaimNotConfirmed = "CLAIM_NOT_CONFIRMED", "the agency's involvement isn't confirmed: it opens precautions only", "nid yw ymwneud yr asiantaeth wedi'i gadarnhau: dim ond rhagofalon y mae'n eu hagor";
    NotAttending = "NOT_ATTENDING", "a flow carries it to agencies that attend the meeting", "mae llif yn ei gario i asiantaethau sy'n mynychu'r cyfarfod";
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
