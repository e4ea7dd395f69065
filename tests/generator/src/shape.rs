//! What a board looks like to the generator: its agencies, how many people they know, and what time it is.

use diogel_domain::{codes::Sector, times::Moment};

/// The shape of the load.
#[derive(Debug, Clone)]
pub struct Shape {
    /// Agencies. The Board publishes no event of these kinds, and is named in no audience.
    pub agencies: Vec<Agency>,
    /// How many people the agencies know, in families of four.
    pub people: u32,
    /// When everything is published; what occurred lies in the sixty days before.
    pub now: Moment,
}

/// An agency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agency {
    /// As the Board registered it.
    pub id: String,
    /// Its sector.
    pub sector: Sector,
}

impl Shape {
    /// The invented board of `deploy/agencies`.
    pub fn cwm_derwen(people: u32, now: Moment) -> Self {
        let agencies = [
            ("board", Sector::Board),
            ("education", Sector::Education),
            ("health", Sector::Health),
            ("housing", Sector::Housing),
            ("outreach", Sector::Charity),
            ("police", Sector::Police),
            ("probation", Sector::Probation),
            ("refuge", Sector::Charity),
            ("social-care", Sector::SocialCare),
        ];
        let agency = |(id, sector): (&str, Sector)| Agency {
            id: id.into(),
            sector,
        };
        Self {
            agencies: agencies.map(agency).into(),
            people,
            now,
        }
    }

    /// The agencies that publish and receive.
    pub(crate) fn practice(&self) -> impl Iterator<Item = &Agency> {
        self.agencies.iter().filter(|a| a.sector != Sector::Board)
    }

    /// How many families there are: at least one.
    pub(crate) fn families(&self) -> u32 {
        (self.people / 4).max(1)
    }
}

impl Agency {
    /// How much of the load it publishes, of about a hundred.
    pub(crate) const fn weight(&self) -> u32 {
        match self.sector {
            Sector::SocialCare => 29,
            Sector::Health => 20,
            Sector::Police => 18,
            Sector::Education => 14,
            Sector::Housing => 8,
            Sector::Probation => 5,
            Sector::Charity => 3,
            Sector::Board => 0,
        }
    }
}
