//! The board's own certificates.

use std::path::Path;

use diogel_identity::{
    Principal,
    pki::{CRL_DAYS, Issued, Revoke},
};
use serde_json::json;

use crate::{
    arguments::Pki,
    authority::{self, refusal},
    failure::Failure,
    show,
};

pub(crate) fn run(command: Pki, json: bool) -> Result<(), Failure> {
    match command {
        Pki::Init { dir, board } => {
            authority::create(&dir, &board)?;
            show::note(&format!(
                "authority of board {board} made in {}; keep ca.key offline",
                dir.display()
            ));
            Ok(())
        }
        Pki::Issue {
            dir,
            name,
            hosts,
            days,
        } => issue(&dir, &principal(&name)?, &hosts, days, json),
        Pki::Revoke { dir, name } => revoke(&dir, principal(&name)?, json),
        Pki::Renew { dir, days } => {
            let mut held = authority::open(&dir)?;
            held.authority.sign_crl(days).map_err(refusal)?;
            show::note(&format!(
                "{} holds for {days} days: give it to every service",
                dir.join("crl.pem").display()
            ));
            Ok(())
        }
        Pki::List { dir } => {
            let held = authority::open(&dir)?;
            let issued = held.authority.issued().iter();
            issued.for_each(|issued| show::line(&listed(issued, json)));
            Ok(())
        }
    }
}

fn issue(
    dir: &Path,
    name: &Principal,
    hosts: &[String],
    days: u32,
    json: bool,
) -> Result<(), Failure> {
    let mut held = authority::open(dir)?;
    let issued = held.authority.issue(name, hosts, days).map_err(refusal)?;
    let (cert, key) = (issued.cert.display(), issued.key.display());
    show::line(&if json {
        let serial = issued.serial.to_string();
        json!({ "cert": cert.to_string(), "key": key.to_string(), "serial": serial }).to_string()
    } else {
        format!("{cert}\n{key}")
    });
    Ok(())
}

fn revoke(dir: &Path, name: Principal, json: bool) -> Result<(), Failure> {
    let mut held = authority::open(dir)?;
    let revoked = held.authority.revoke(&Revoke::Principal(name), CRL_DAYS);
    for serial in revoked.map_err(refusal)? {
        let serial = serial.to_string();
        show::line(&if json {
            json!({ "serial": serial }).to_string()
        } else {
            serial
        });
    }
    show::note("give every service the new crl.pem: it is in force half a second later");
    Ok(())
}

fn listed(issued: &Issued, json: bool) -> String {
    let name = issued.principal.to_string();
    if json {
        json!({ "name": name, "serial": issued.serial, "notAfter": issued.not_after, "revoked": issued.revoked })
            .to_string()
    } else {
        let revoked = issued.revoked.as_ref();
        let revoked = revoked.map_or_else(String::new, |at| format!(", revoked {at}"));
        format!(
            "{} {name} until {}{revoked}",
            issued.serial, issued.not_after
        )
    }
}

fn principal(name: &str) -> Result<Principal, Failure> {
    name.parse().map_err(|e| {
        Failure::Usage(format!(
            "{name}: {e}; for example diogel://board/housing/system/case"
        ))
    })
}
