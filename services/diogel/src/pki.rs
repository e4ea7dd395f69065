//! The board's own certificates.

use diogel_identity::{
    Principal,
    pki::{Authority, Revoke},
};

use crate::{arguments::Pki, failure::Failure, show};

pub(crate) fn run(command: Pki, json: bool) -> Result<(), Failure> {
    match command {
        Pki::Init { dir, board } => {
            Authority::create(&dir, &board).map_err(Failure::other)?;
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
        } => {
            let mut authority = Authority::open(&dir).map_err(Failure::other)?;
            let issued = authority
                .issue(&principal(&name)?, &hosts, days)
                .map_err(Failure::other)?;
            let (cert, key) = (
                issued.cert.display().to_string(),
                issued.key.display().to_string(),
            );
            show::line(&if json {
                serde_json::json!({ "cert": cert, "key": key, "serial": issued.serial.to_string() })
                    .to_string()
            } else {
                format!("{cert}\n{key}")
            });
            Ok(())
        }
        Pki::Revoke { dir, name } => {
            let mut authority = Authority::open(&dir).map_err(Failure::other)?;
            let what = Revoke::Principal(principal(&name)?);
            let revoked = authority
                .revoke(&what, diogel_identity::pki::CRL_DAYS)
                .map_err(Failure::other)?;
            revoked
                .iter()
                .for_each(|serial| show::line(&serial.to_string()));
            show::note("give every service the new crl.pem: it is in force half a second later");
            Ok(())
        }
        Pki::Renew { dir, days } => {
            let mut authority = Authority::open(&dir).map_err(Failure::other)?;
            authority.sign_crl(days).map_err(Failure::other)
        }
        Pki::List { dir } => {
            let authority = Authority::open(&dir).map_err(Failure::other)?;
            for issued in authority.issued() {
                show::line(&format!("{issued:?}"));
            }
            Ok(())
        }
    }
}

fn principal(name: &str) -> Result<Principal, Failure> {
    name.parse().map_err(|e| {
        Failure::Usage(format!(
            "{name}: {e}; for example diogel://board/housing/system/case"
        ))
    })
}
