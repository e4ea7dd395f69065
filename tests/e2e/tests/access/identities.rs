//! As whom a call is made: with certificates that are no good, and as every role of three agencies. Owns the columns of
//! `coverage.txt`.

use std::fmt;

use diogel_identity::Role;

/// The agencies as which calls are made: an agency, another one, the Board.
const AGENCIES: [&str; 3] = ["police", "health", "board"];
/// Their certificates: one a role, and those with a right of their own.
const CERTIFICATES: [(Role, &str); 6] = [
    (Role::System, "case"),
    (Role::Service, "hub"),
    (Role::Projection, "hub"),
    (Role::Operator, "office"),
    (Role::System, DUTY),
    (Role::Operator, GOVERNANCE),
];
/// Discloses in emergencies.
pub const DUTY: &str = "duty";
/// Signs protocols.
pub const GOVERNANCE: &str = "governance";

/// As whom a call is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Identity {
    Faulty(Fault),
    /// An agency's certificate of this role and name.
    Known(&'static str, Role, &'static str),
}

/// What is wrong with a certificate. Where nothing else is said, its name is the very one that would be let in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    None,
    SelfSigned,
    Foreign,
    Expired,
    Revoked,
    RevokedLater,
    Unnamed,
    NamedTwice,
    OtherBoard,
    Unlisted,
    Stranger,
}

impl Fault {
    pub const ALL: [Self; 11] = [
        Self::None,
        Self::SelfSigned,
        Self::Foreign,
        Self::Expired,
        Self::Revoked,
        Self::RevokedLater,
        Self::Unnamed,
        Self::NamedTwice,
        Self::OtherBoard,
        Self::Unlisted,
        Self::Stranger,
    ];

    /// Its column; also the last part of the certificate's name, where it has one of its own.
    pub const fn column(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::SelfSigned => "self",
            Self::Foreign => "foreign",
            Self::Expired => "expired",
            Self::Revoked => "revoked",
            Self::RevokedLater => "later",
            Self::Unnamed => "unnamed",
            Self::NamedTwice => "twice",
            Self::OtherBoard => "north",
            Self::Unlisted => "unlisted",
            Self::Stranger => "stranger",
        }
    }

    /// What the column means.
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::None => "TLS without a client certificate",
            Self::SelfSigned => "signed by itself, with the right name",
            Self::Foreign => "of another authority that calls itself the same, with the right name",
            Self::Expired => "the board's, with the right name, expired a minute ago",
            Self::Revoked => "the board's, with the right name, revoked before the connection",
            Self::RevokedLater => "the same, revoked while the connection was open",
            Self::Unnamed => "signed by the board's authority, without a diogel:// name",
            Self::NamedTwice => "the same, with the right name and another agency's",
            Self::OtherBoard => "the same, with the right name but of the board «north»",
            Self::Unlisted => "the board's, for an operator of an agency that there is not",
            Self::Stranger => "the board's, in the right role, for an agency that there is not",
        }
    }
}

impl Identity {
    /// Every column, in order.
    pub fn all() -> Vec<Self> {
        let known =
            AGENCIES.map(|agency| CERTIFICATES.map(|(role, name)| Self::Known(agency, role, name)));
        let faulty = Fault::ALL.map(Self::Faulty);
        faulty
            .into_iter()
            .chain(known.into_iter().flatten())
            .collect()
    }
}

/// As the lists name it: `revoked`, `health/system`.
impl fmt::Display for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Faulty(fault) => f.write_str(fault.column()),
            Self::Known(agency, _, name @ (DUTY | GOVERNANCE)) => write!(f, "{agency}/{name}"),
            Self::Known(agency, role, _) => write!(f, "{agency}/{role}"),
        }
    }
}
