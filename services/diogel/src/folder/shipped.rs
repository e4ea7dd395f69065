//! The profiles and protocols that a new hub starts from: those given, or the shipped ones of the invented board.

use std::{fs, path::Path};

use crate::failure::Failure;

/// A file's name and its text.
type Shipped = (&'static str, &'static str);

/// The shipped profiles.
pub(super) const AGENCIES: [Shipped; 9] = [
    (
        "board.toml",
        include_str!("../../../../deploy/agencies/board.toml"),
    ),
    (
        "education.toml",
        include_str!("../../../../deploy/agencies/education.toml"),
    ),
    (
        "health.toml",
        include_str!("../../../../deploy/agencies/health.toml"),
    ),
    (
        "housing.toml",
        include_str!("../../../../deploy/agencies/housing.toml"),
    ),
    (
        "outreach.toml",
        include_str!("../../../../deploy/agencies/outreach.toml"),
    ),
    (
        "police.toml",
        include_str!("../../../../deploy/agencies/police.toml"),
    ),
    (
        "probation.toml",
        include_str!("../../../../deploy/agencies/probation.toml"),
    ),
    (
        "refuge.toml",
        include_str!("../../../../deploy/agencies/refuge.toml"),
    ),
    (
        "social-care.toml",
        include_str!("../../../../deploy/agencies/social-care.toml"),
    ),
];

/// The shipped protocols.
pub(super) const PROTOCOLS: [Shipped; 5] = [
    (
        "cd-01.toml",
        include_str!("../../../../deploy/protocols/cd-01-safety-and-protection.toml"),
    ),
    (
        "cd-02.toml",
        include_str!("../../../../deploy/protocols/cd-02-escalations.toml"),
    ),
    (
        "cd-03.toml",
        include_str!("../../../../deploy/protocols/cd-03-meetings.toml"),
    ),
    (
        "cd-04.toml",
        include_str!("../../../../deploy/protocols/cd-04-involvement-and-sharing.toml"),
    ),
    (
        "cd-05.toml",
        include_str!("../../../../deploy/protocols/cd-05-working-together.toml"),
    ),
];

/// The file with the board's default audiences.
pub(super) const AUDIENCES: &str = "audiences.toml";

/// Lays down the shipped default audiences: for the shipped protocols alone, since another board's flows may carry them nowhere.
pub(super) fn lay_down_audiences(staging: &Path, protocols: Option<&Path>) -> Result<(), Failure> {
    let text = match protocols {
        None => include_str!("../../../../deploy/audiences.toml"),
        Some(_) => "# Default audiences by kind and purpose: see deploy/README.md.\n",
    };
    let path = staging.join(AUDIENCES);
    fs::write(&path, text).map_err(|e| Failure::at(&path, e))
}

/// The file with the Board's policy.
pub(super) const POLICY: &str = "policy.toml";

/// Lays down the shipped policy.
pub(super) fn lay_down_policy(staging: &Path) -> Result<(), Failure> {
    let path = staging.join(POLICY);
    let text = include_str!("../../../../deploy/crisp/cd-crisp.toml");
    fs::write(&path, text).map_err(|e| Failure::at(&path, e))
}

/// Copies the TOML files of `from` into a new folder, or the shipped ones.
pub(super) fn lay_down(to: &Path, from: Option<&Path>, shipped: &[Shipped]) -> Result<(), Failure> {
    let failed = |e| Failure::at(to, e);
    fs::create_dir_all(to).map_err(failed)?;
    let Some(from) = from else {
        let write = |(name, text): &Shipped| fs::write(to.join(name), text).map_err(failed);
        return shipped.iter().try_for_each(write);
    };
    for entry in fs::read_dir(from).map_err(|e| Failure::at(from, e))? {
        let path = entry.map_err(|e| Failure::at(from, e))?.path();
        if let Some(name) = path.file_name()
            && path.extension().is_some_and(|e| e == "toml")
        {
            fs::copy(&path, to.join(name)).map_err(|e| Failure::at(&path, e))?;
        }
    }
    Ok(())
}
