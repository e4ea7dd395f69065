//! Accounts and users. Owns which account a user is in and what crosses between accounts: each agency's one subject, from its own
//! account into the hub's. Refuses a certificate name that would stand for two users.

use std::collections::BTreeSet;

use super::rights::{self, Rights};
use super::text::{Text, quoted};
use super::{AgencyUser, Deployment, NotDeployable};
use crate::jetstream::names::{AgencyNames, HUB_ACCOUNT, is_token};

/// What one agency may use of the server's connections (P7): enough for a service, its successor and a stray one.
const LIMITS: &str = "limits: { max_connections: 16, max_subscriptions: 64 }";

pub(super) fn write(text: &mut Text, deployment: &Deployment) -> Result<(), NotDeployable> {
    check(deployment)?;
    let agencies = named(&deployment.agencies)?;
    text.line("system_account: SYS");
    text.block("accounts", |text| {
        text.block("SYS", |_| Ok(()))?;
        text.block(HUB_ACCOUNT, |text| write_hub(text, deployment, &agencies))?;
        for (names, agency) in &agencies {
            text.block(&names.account(), |text| write_agency(text, names, agency))?;
        }
        Ok(())
    })
}

type Named<'a> = Vec<(AgencyNames, &'a AgencyUser)>;

fn named(agencies: &[AgencyUser]) -> Result<Named<'_>, NotDeployable> {
    let name = |user: &AgencyUser| {
        AgencyNames::new(&user.agency).map_err(|_| NotDeployable::Name(user.agency.clone()))
    };
    agencies
        .iter()
        .map(|user| Ok((name(user)?, user)))
        .collect()
}

/// A certificate name stands for one user; an agency and a replica is there once.
fn check(deployment: &Deployment) -> Result<(), NotDeployable> {
    let Deployment {
        agencies,
        projections,
        replicas,
        operators,
        ..
    } = deployment;
    if let Some(replica) = replicas.iter().find(|replica| !is_token(&replica.name)) {
        return Err(NotDeployable::Name(replica.name.clone()));
    }
    let certificates = agencies.iter().flat_map(|user| &user.certificate_names);
    let certificates = certificates.chain(projections).chain(operators);
    once(certificates.chain(replicas.iter().flat_map(|user| &user.certificate_names)))?;
    once(agencies.iter().map(|user| &user.agency))?;
    once(replicas.iter().map(|user| &user.name))
}

fn once<'a>(names: impl IntoIterator<Item = &'a String>) -> Result<(), NotDeployable> {
    let mut seen = BTreeSet::new();
    match names.into_iter().find(|name| !seen.insert(*name)) {
        Some(name) => Err(NotDeployable::Twice(name.clone())),
        None => Ok(()),
    }
}

fn write_agency(
    text: &mut Text,
    names: &AgencyNames,
    user: &AgencyUser,
) -> Result<(), NotDeployable> {
    let subject = names.subject();
    text.line(LIMITS);
    let import = format!("service: {{ account: {HUB_ACCOUNT}, subject: \"{subject}\" }}");
    text.line(&format!("imports: [{{ {import} }}]"));
    let rights = rights::agency(&user.agency, names);
    write_users(text, [(&user.certificate_names, rights)])
}

fn write_hub(
    text: &mut Text,
    deployment: &Deployment,
    agencies: &Named<'_>,
) -> Result<(), NotDeployable> {
    text.line("jetstream: enabled");
    let export = |names: &AgencyNames| {
        let (subject, account) = (names.subject(), names.account());
        format!("{{ service: \"{subject}\", accounts: [\"{account}\"] }}")
    };
    text.list(
        "exports:",
        agencies.iter().map(|(names, _)| Ok(export(names))),
    )?;
    let replicas = &deployment.replicas;
    let hub = [
        (&deployment.operators, rights::operator()),
        (
            &deployment.projections,
            rights::projection(agencies.iter().map(|(names, _)| names)),
        ),
    ];
    let replicas = replicas
        .iter()
        .map(|user| (&user.certificate_names, rights::replica(&user.name)));
    write_users(text, hub.into_iter().chain(replicas))
}

/// Users with certificates of these names.
fn write_users<'a>(
    text: &mut Text,
    users: impl IntoIterator<Item = (&'a Vec<String>, Rights)>,
) -> Result<(), NotDeployable> {
    text.nested("users: [", "]", |text| {
        for (certificates, rights) in users {
            for certificate in certificates {
                write_user(text, certificate, &rights)?;
            }
        }
        Ok(())
    })
}

fn write_user(text: &mut Text, certificate: &str, rights: &Rights) -> Result<(), NotDeployable> {
    text.nested("{", "}", |text| {
        text.line(&format!("user: {}", quoted(certificate)?));
        text.block("permissions:", |text| {
            text.list(
                "publish:",
                rights.publish.iter().map(|subject| quoted(subject)),
            )?;
            text.list(
                "subscribe:",
                rights.subscribe.iter().map(|subject| quoted(subject)),
            )
        })
    })
}
