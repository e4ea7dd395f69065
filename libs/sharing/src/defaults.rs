//! What an audience is by default for a kind and a purpose, as the board configures it. A publication asks for it by name; nothing is
//! shared because somebody left something out.

use diogel_domain::{
    codes::{
        FamilyHandling, InvolvedWhen, LawfulBasis, OnwardSharing, Purpose, Sector, ThreatForm,
    },
    content::{Content, Matter},
    ids::AgencyId,
};
use serde::Deserialize;

use crate::{
    audience::{Grant, Recipient},
    groups::{FieldGroup, Groups},
    protocol::Side,
};

/// A board's default audiences.
#[derive(Debug, Clone, Default)]
pub struct Defaults(Vec<Entry>);

/// What is published, as far as its default audience depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Published {
    /// What it is about.
    pub matter: Matter,
    /// It warns whoever goes there next: an alert, or an incident with danger at once.
    pub danger: bool,
    /// An incident with a threat to kill.
    pub threat_to_kill: bool,
}

impl Published {
    /// Of content; none: it makes no item.
    pub fn of(content: &Content) -> Option<Self> {
        let safety = content.incident().and_then(|r| r.safety.as_ref());
        let kills = safety.is_some_and(|s| s.threats.contains(&ThreatForm::ThreatToKill));
        let at_once = safety.is_some_and(|safety| safety.danger_at_once);
        Some(Self {
            matter: content.kind().matter()?,
            danger: at_once || content.hazard_alert().is_some(),
            threat_to_kill: kills,
        })
    }
}

/// What is filled in for one publication: each part that its audience leaves out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filled {
    /// Recipients. Never empty.
    pub grants: Vec<Grant>,
    /// The lawful basis.
    pub basis: Option<LawfulBasis>,
    /// What the family may be told.
    pub family: Option<FamilyHandling>,
    /// Onward sharing.
    pub onward: Option<OnwardSharing>,
}

#[derive(Debug, Clone)]
struct Entry {
    from: Side,
    matters: Vec<Matter>,
    purposes: Vec<Purpose>,
    /// Only of what warns of danger.
    danger_only: bool,
    /// Only of a threat to kill.
    threat_to_kill_only: bool,
    filled: Filled,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    default: Vec<FileEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileEntry {
    from: Coded<Side>,
    kinds: Vec<Coded<Matter>>,
    purposes: Vec<Coded<Purpose>>,
    #[serde(default)]
    danger_only: bool,
    #[serde(default)]
    threat_to_kill_only: bool,
    to: Vec<Coded<Recipient>>,
    #[serde(default)]
    groups: Vec<Coded<FieldGroup>>,
    basis: Option<Coded<LawfulBasis>>,
    family: Option<Coded<FamilyHandling>>,
    onward: Option<Coded<OnwardSharing>>,
}

impl Defaults {
    /// Reads the board's file.
    ///
    /// # Errors
    /// In words: where, and what isn't understood.
    pub fn from_toml(text: &str) -> Result<Self, String> {
        let file: File = toml::from_str(text).map_err(|e| e.to_string())?;
        let entries = file.default.into_iter().enumerate();
        let entries = entries.map(|(i, entry)| {
            entry
                .read()
                .map_err(|why| format!("[[default]] number {}: {why}", i + 1))
        });
        Ok(Self(entries.collect::<Result<_, String>>()?))
    }

    /// What is filled in for a publication; none: the board has configured nothing for it. Where several entries fit, their recipients
    /// come together, and of the rest the first that says something holds.
    pub fn of(
        &self,
        published: Published,
        purpose: Purpose,
        (originator, sector): (&AgencyId, Sector),
    ) -> Option<Filled> {
        let mut filled = Filled::default();
        let fits = |entry: &&Entry| {
            entry.from.holds(originator, sector)
                && entry.matters.contains(&published.matter)
                && (published.danger || !entry.danger_only)
                && (published.threat_to_kill || !entry.threat_to_kill_only)
                && entry.purposes.contains(&purpose)
        };
        for Entry { filled: entry, .. } in self.0.iter().filter(fits) {
            let own = Recipient::Agency(originator.clone());
            let others = entry.grants.iter().filter(|grant| grant.to != own);
            filled.grants.extend(others.cloned());
            filled.basis = filled.basis.or(entry.basis);
            filled.family = filled.family.or(entry.family);
            filled.onward = filled.onward.or(entry.onward);
        }
        Some(filled).filter(|filled| !filled.grants.is_empty())
    }
}

impl FileEntry {
    fn read(self) -> Result<Entry, String> {
        for (empty, key) in [
            (self.kinds.is_empty(), "kinds"),
            (self.purposes.is_empty(), "purposes"),
            (self.to.is_empty(), "to"),
        ] {
            if empty {
                return Err(format!("`{key}` is empty; name at least one"));
            }
        }
        let groups: Groups = self.groups.iter().map(|group| group.0).collect();
        let groups = (!self.groups.is_empty()).then_some(groups);
        let grant = |to: Coded<Recipient>| Grant { to: to.0, groups };
        Ok(Entry {
            from: self.from.0,
            matters: self.kinds.into_iter().map(|kind| kind.0).collect(),
            purposes: self.purposes.into_iter().map(|purpose| purpose.0).collect(),
            danger_only: self.danger_only,
            threat_to_kill_only: self.threat_to_kill_only,
            filled: Filled {
                grants: self.to.into_iter().map(grant).collect(),
                basis: self.basis.map(|basis| basis.0),
                family: self.family.map(|family| family.0),
                onward: self.onward.map(|onward| onward.0),
            },
        })
    }
}

/// What a file writes as a code.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(try_from = "String", bound(deserialize = "T: Code"))]
struct Coded<T: Code>(T);

/// Something that a file writes as a code.
trait Code: Sized {
    /// What it is called in an error.
    const NAME: &'static str;
    fn from_code(text: &str) -> Option<Self>;
}

impl<T: Code> TryFrom<String> for Coded<T> {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let code = T::from_code(&text).map(Self);
        code.ok_or_else(|| format!("{text:?} is no {}", T::NAME))
    }
}

macro_rules! codes {
    ($($list:ty, $name:literal;)+) => {$(
        impl Code for $list {
            const NAME: &'static str = $name;
            fn from_code(text: &str) -> Option<Self> { <$list>::from_code(text) }
        }
    )+};
}
codes! {
    Side, "originator: write `any`, `sector:…` or an agency's id";
    Purpose, "purpose";
    LawfulBasis, "lawful basis";
    FamilyHandling, "family handling: write `yes`, `ask-originator` or `no`";
    OnwardSharing, "onward sharing: write `ask-originator`, `no` or `same-purpose`";
}

impl Code for Matter {
    const NAME: &'static str = "kind";

    fn from_code(text: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|matter| matter.code() == text)
    }
}

impl Code for FieldGroup {
    const NAME: &'static str = "field group";

    fn from_code(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|group| group.code() == text)
    }
}

impl Code for Recipient {
    const NAME: &'static str =
        "recipient: write `sector:…`, an agency's id, `involved` or `involved-at-publication`";

    fn from_code(text: &str) -> Option<Self> {
        match text {
            "involved" => Some(Self::Involved(InvolvedWhen::WhileInvolved)),
            "involved-at-publication" => Some(Self::Involved(InvolvedWhen::AtPublication)),
            text => match Side::from_code(text)? {
                Side::Agency(agency) => Some(Self::Agency(agency)),
                Side::Sector(sector) => Some(Self::Sector(sector)),
                Side::AnyParty => None,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = r#"
        [[default]]
        from = "sector:housing"
        kinds = ["incident"]
        purposes = ["child-protection"]
        to = ["sector:social-care", "involved"]
        groups = ["existence", "safety"]
        basis = "public-task"
        family = "ask-originator"

        [[default]]
        from = "any"
        kinds = ["incident", "hazard_alert"]
        purposes = ["child-protection", "worker-safety"]
        to = ["police", "homes"]
        basis = "legal-obligation"

        [[default]]
        from = "any"
        kinds = ["incident", "hazard_alert"]
        purposes = ["adult-protection"]
        danger_only = true
        to = ["sector:housing"]
    "#;

    fn of(matter: Matter, purpose: Purpose, agency: &str, sector: Sector) -> Option<Filled> {
        let calm = Published {
            matter,
            danger: false,
            threat_to_kill: false,
        };
        let own = AgencyId::new(agency).unwrap();
        let defaults = Defaults::from_toml(FILE).unwrap();
        defaults.of(calm, purpose, (&own, sector))
    }

    #[test]
    fn entries_that_fit_come_together_and_nobody_is_given_its_own() {
        let filled = of(
            Matter::Incident,
            Purpose::ChildProtection,
            "homes",
            Sector::Housing,
        );
        let filled = filled.unwrap();
        assert_eq!(filled.grants.len(), 3, "{filled:?}");
        assert_eq!(filled.basis, Some(LawfulBasis::PublicTask));
        assert_eq!(filled.family, Some(FamilyHandling::AskOriginator));
        assert_eq!(filled.onward, None);
        let filled = of(
            Matter::Incident,
            Purpose::ChildProtection,
            "police",
            Sector::Police,
        );
        assert_eq!(filled.unwrap().grants.len(), 1);
    }

    #[test]
    fn what_nothing_is_configured_for_has_no_default() {
        let none = of(
            Matter::Escalation,
            Purpose::WorkerSafety,
            "police",
            Sector::Police,
        );
        assert_eq!(none, None);
        let none = of(
            Matter::Incident,
            Purpose::BoardGovernance,
            "police",
            Sector::Police,
        );
        assert_eq!(none, None);
    }

    #[test]
    fn what_is_for_danger_only_holds_for_nothing_else() {
        let defaults = Defaults::from_toml(FILE).unwrap();
        let police = AgencyId::new("police").unwrap();
        let holds = |danger| {
            let published = Published {
                matter: Matter::Incident,
                danger,
                threat_to_kill: false,
            };
            let own = (&police, Sector::Police);
            defaults.of(published, Purpose::AdultProtection, own)
        };
        assert_eq!(holds(true).map(|filled| filled.grants.len()), Some(1));
        assert_eq!(holds(false), None);
    }

    #[test]
    fn what_is_for_threats_to_kill_only_holds_for_nothing_else() {
        let file = FILE.replace("danger_only", "threat_to_kill_only");
        let defaults = Defaults::from_toml(&file).unwrap();
        let police = AgencyId::new("police").unwrap();
        let holds = |threat_to_kill| {
            let published = Published {
                matter: Matter::Incident,
                danger: true,
                threat_to_kill,
            };
            defaults.of(
                published,
                Purpose::AdultProtection,
                (&police, Sector::Police),
            )
        };
        assert_eq!(holds(true).map(|filled| filled.grants.len()), Some(1));
        assert_eq!(holds(false), None);
    }

    #[test]
    fn a_slip_is_named() {
        for (wrong, named) in [
            (FILE.replace("\"police\"", "\"any\""), "recipient"),
            (FILE.replace("hazard_alert", "alert"), "kind"),
            (FILE.replace("family =", "familie ="), "familie"),
            (FILE.replace("= true", "= \"yes\""), "boolean"),
            (FILE.replace("\"safety\"", "\"safty\""), "safty"),
            (
                FILE.replace("[\"police\", \"homes\"]", "[]"),
                "number 2: `to` is empty",
            ),
        ] {
            let refused = Defaults::from_toml(&wrong).unwrap_err();
            assert!(refused.contains(named), "{refused}");
        }
    }
}
