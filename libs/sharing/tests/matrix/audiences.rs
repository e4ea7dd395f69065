//! The columns: the forms of an audience, as they are set for one recipient.

use diogel_domain::{
    codes::{FamilyHandling, HandlingCode, InvolvedWhen, LawfulBasis, Purpose, Sector},
    ids::{AgencyId, EventId},
};
use diogel_sharing::{
    audience::{Audience, Grant, Recipient},
    groups::Groups,
};

/// The meeting that audiences name.
pub const MEETING: EventId = EventId([7; 16]);

/// A form of audience.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    Named,
    Sector,
    WhileInvolved,
    AtPublication,
    Meeting,
    OriginatorOnly,
    Empty,
    AllNamed,
}

impl Form {
    pub const ALL: [Self; 8] = [
        Self::Named,
        Self::Sector,
        Self::WhileInvolved,
        Self::AtPublication,
        Self::Meeting,
        Self::OriginatorOnly,
        Self::Empty,
        Self::AllNamed,
    ];

    /// The column that shows a form; a new form of recipient has none, and doesn't compile.
    const fn of(to: &Recipient) -> Self {
        match to {
            Recipient::Agency(_) => Self::Named,
            Recipient::Sector(_) => Self::Sector,
            Recipient::Involved(InvolvedWhen::WhileInvolved) => Self::WhileInvolved,
            Recipient::Involved(InvolvedWhen::AtPublication) => Self::AtPublication,
            Recipient::Meeting(_) => Self::Meeting,
        }
    }

    pub const fn title(self) -> &'static str {
        match self {
            Self::Named => "agency",
            Self::Sector => "sector",
            Self::WhileInvolved => "while involv.",
            Self::AtPublication => "inv. at publ.",
            Self::Meeting => "meeting",
            Self::OriginatorOnly => "orig. only",
            Self::Empty => "nobody named",
            Self::AllNamed => "agency, all",
        }
    }

    fn grants(self, agency: &AgencyId, sector: Sector) -> Vec<Grant> {
        let forms = [
            Recipient::Agency(agency.clone()),
            Recipient::Sector(sector),
            Recipient::Involved(InvolvedWhen::WhileInvolved),
            Recipient::Involved(InvolvedWhen::AtPublication),
            Recipient::Meeting(MEETING),
        ];
        let (shown, groups) = match self {
            Self::AllNamed => (Self::Named, Some(Groups::ALL)),
            form => (form, None),
        };
        let forms = forms.into_iter().filter(|to| Self::of(to) == shown);
        forms.map(|to| Grant { to, groups }).collect()
    }

    /// The audience in this form, for one agency.
    pub fn audience(
        self,
        to: (&AgencyId, Sector),
        why: Purpose,
        handling: HandlingCode,
    ) -> Audience {
        Audience {
            grants: self.grants(to.0, to.1),
            originator_only: self == Self::OriginatorOnly,
            purpose: Some(why),
            lawful_basis: Some(LawfulBasis::PublicTask),
            handling,
            family: FamilyHandling::AskOriginator,
            family_attendees: vec![
                ("p1".to_owned(), FamilyHandling::Yes),
                ("p2".to_owned(), FamilyHandling::No),
            ],
            ..Audience::originator_only()
        }
    }
}
