//! A hub's folder is whole or isn't there, whatever interrupts its making; nothing that it holds is ever made twice.

use std::{collections::BTreeMap, fs};

use diogel_identity::{
    Reloading,
    pki::{Authority, tls_files},
};
use rustls_pki_types::pem::PemObject;
use tempfile::TempDir;

use super::{
    making::{PARTS, STAGING, build},
    *,
};

fn made(root: &Path) -> Folder {
    Folder::open_or_make(root, &Sources::default()).unwrap()
}

fn refusal(root: &Path, sources: &Sources<'_>) -> Failure {
    Folder::open_or_make(root, sources).unwrap_err()
}

/// Every file below a folder with its bytes, but for what a start writes anew: the revocation lists with their counters.
fn contents(root: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if !path.ends_with("crl.pem") && !path.ends_with("index.toml") {
                let bytes = fs::read(&path).unwrap();
                found.insert(path.strip_prefix(root).unwrap().to_owned(), bytes);
            }
        }
    }
    found
}

/// The folder is a hub's: every configuration's certificates can be loaded, the keys are the pinned ones.
fn assert_whole(root: &Path) {
    let folder = Folder::open(root).unwrap();
    let files = contents(root);
    for part in PARTS {
        assert!(files.keys().any(|f| f.starts_with(part)), "{part}");
    }
    assert!(!root.join(STAGING).exists());
    for agency in folder.file.agencies.keys() {
        Reloading::load(folder.agency_config(agency, &[]).unwrap().tls).unwrap();
        let key =
            diogel_identity::SigningKey::load(&folder.agency_data(agency).join("signing.key"));
        let public = key.unwrap().public_key().to_bytes();
        assert_eq!(public, folder.first_key(agency).unwrap());
    }
    Reloading::load(folder.system_tls("police").unwrap()).unwrap();
    assert_eq!(
        folder.first_key(BOARD).unwrap(),
        folder.genesis_key().unwrap()
    );
}

#[test]
fn a_hub_is_made_once() {
    let place = TempDir::new().unwrap();
    let root = place.path().join("hub");
    made(&root);
    assert_whole(&root);
    let before = contents(&root);
    made(&root);
    assert_eq!(contents(&root), before);
}

#[test]
fn interrupted_while_it_is_built_it_is_built_anew() {
    let whole = TempDir::new().unwrap();
    build(whole.path(), &Sources::default()).unwrap();
    // In the order in which they are made: the last of them, and what is half made of it, are there at the interruption.
    for last in 0..PARTS.len() {
        for half in [false, true] {
            let place = TempDir::new().unwrap();
            let staging = place.path().join(STAGING);
            for (i, part) in PARTS.iter().enumerate().take(last + 1) {
                if whole.path().join(part).is_dir() {
                    fs::create_dir_all(staging.join(part)).unwrap();
                }
                let files = contents(whole.path());
                for (file, bytes) in files.iter().filter(|(f, _)| f.starts_with(part)) {
                    let file = staging.join(file);
                    if half && i == last && file.exists() {
                        continue;
                    }
                    fs::create_dir_all(file.parent().unwrap()).unwrap();
                    fs::write(file, bytes).unwrap();
                    if half && i == last {
                        break;
                    }
                }
            }
            made(place.path());
            assert_whole(place.path());
        }
    }
}

#[test]
fn interrupted_while_it_settles_it_goes_on_with_what_was_built() {
    for settled in 0..=PARTS.len() {
        let place = TempDir::new().unwrap();
        let staging = place.path().join(STAGING);
        fs::create_dir(&staging).unwrap();
        build(&staging, &Sources::default()).unwrap();
        let built = contents(&staging);
        for part in PARTS.iter().take(settled) {
            fs::rename(staging.join(part), place.path().join(part)).unwrap();
        }
        made(place.path());
        assert_whole(place.path());
        assert_eq!(contents(place.path()), built, "{settled} parts had settled");
    }
}

#[test]
fn a_lost_hub_toml_costs_neither_authority_nor_journal() {
    let place = TempDir::new().unwrap();
    made(place.path());
    fs::remove_file(place.path().join(HUB_FILE)).unwrap();
    let before = contents(place.path());
    let refused = refusal(place.path(), &Sources::default());
    assert!(
        matches!(&refused, Failure::Usage(text) if text.contains("restore hub.toml")),
        "{refused}"
    );
    assert_eq!(contents(place.path()), before);
}

#[test]
fn a_making_that_is_refused_leaves_nothing() {
    let place = TempDir::new().unwrap();
    let profiles = place.path().join("profiles");
    fs::create_dir(&profiles).unwrap();
    let root = place.path().join("hub");
    let sources = Sources {
        agencies: Some(&profiles),
        ..Sources::default()
    };
    let refused = refusal(&root, &sources);
    assert!(
        matches!(&refused, Failure::Invalid(text) if text.contains("board.toml")),
        "{refused}"
    );
    let bad = Sources {
        board: Some("Not A Name"),
        ..Sources::default()
    };
    assert!(matches!(refusal(&root, &bad), Failure::Usage(_)));
    assert!(!root.exists());
}

#[test]
fn two_commands_at_once_make_one_hub() {
    let place = TempDir::new().unwrap();
    let threads: Vec<_> = (0..4)
        .map(|_| {
            let root = place.path().to_owned();
            std::thread::spawn(move || Folder::open_or_make(&root, &Sources::default()).map(|_| ()))
        })
        .collect();
    for thread in threads {
        match thread.join().unwrap() {
            Ok(()) | Err(Failure::Unavailable(_)) => {}
            Err(other) => panic!("{other}"),
        }
    }
    assert_whole(place.path());
}

#[test]
fn any_board_s_folder_is_opened_and_another_board_s_refused() {
    let place = TempDir::new().unwrap();
    let west = Sources {
        board: Some("west"),
        ..Sources::default()
    };
    Folder::open_or_make(place.path(), &west).unwrap();
    assert_eq!(made(place.path()).file.board, "west");
    let east = Sources {
        board: Some("east"),
        ..Sources::default()
    };
    assert!(refusal(place.path(), &east).to_string().contains("west"));
}

#[test]
fn an_agency_whose_profile_was_added_is_taken_in() {
    let place = TempDir::new().unwrap();
    let before = made(place.path());
    let housing = fs::read_to_string(place.path().join("agencies/housing.toml")).unwrap();
    let new = housing.replace("id = \"housing\"", "id = \"homes\"");
    fs::write(place.path().join("agencies/homes.toml"), new).unwrap();
    let after = made(place.path());
    assert_whole(place.path());
    assert!(after.known("homes").is_ok());
    assert_eq!(
        after.file.first_keys["police"],
        before.file.first_keys["police"]
    );
    Reloading::load(after.system_tls("homes").unwrap()).unwrap();
}

#[test]
fn a_start_signs_a_revocation_list_that_holds_for_days() {
    let place = TempDir::new().unwrap();
    let folder = made(place.path());
    let peer = {
        let certificate = fs::read(folder.system_tls("police").unwrap().cert).unwrap();
        let der = rustls_pki_types::CertificateDer::from_pem_slice(&certificate).unwrap();
        diogel_identity::Peer::from_certificate(&der).unwrap()
    };
    let admits = || {
        let tls = Reloading::load(folder.system_tls("police").unwrap()).unwrap();
        tls.admits(
            &peer,
            time::OffsetDateTime::now_utc() + time::Duration::days(6),
        )
    };
    let mut authority = Authority::open(place.path().join("pki")).unwrap();
    authority.sign_crl(1).unwrap();
    assert!(admits().is_err());
    made(place.path());
    assert!(admits().is_ok());
}

#[test]
fn a_certificate_that_ends_soon_is_issued_anew_and_a_revoked_one_is_not() {
    let place = TempDir::new().unwrap();
    let folder = made(place.path());
    let dir = place.path().join("pki");
    let name = |agency| folder.principal(agency, Role::System, SYSTEM).unwrap();
    let cert = |agency| fs::read(tls_files(&dir, &name(agency)).cert).unwrap();
    let mut authority = Authority::open(&dir).unwrap();
    for agency in ["police", "health"] {
        authority.issue(&name(agency), &[], 10).unwrap();
    }
    let revoked = diogel_identity::pki::Revoke::Principal(name("health"));
    authority.revoke(&revoked, 7).unwrap();
    let (police, health, housing) = (cert("police"), cert("health"), cert("housing"));
    made(place.path());
    assert_ne!(cert("police"), police);
    assert_eq!(cert("health"), health);
    assert_eq!(cert("housing"), housing);
}

#[test]
fn only_connecting_needs_no_key_of_the_authority() {
    let place = TempDir::new().unwrap();
    made(place.path());
    fs::remove_file(place.path().join("pki/ca.key")).unwrap();
    let folder = made(place.path());
    Reloading::load(folder.system_tls("police").unwrap()).unwrap();
}

#[test]
fn agencies_can_t_be_called_what_the_hub_calls_its_own_parts() {
    let place = TempDir::new().unwrap();
    let folder = made(place.path());
    let housing = fs::read_to_string(place.path().join("agencies/housing.toml")).unwrap();
    let file = place.path().join("agencies/projection.toml");
    let new = housing.replace("id = \"housing\"", "id = \"projection\"");
    fs::write(&file, new).unwrap();
    let refused = folder.profiles().unwrap_err();
    assert!(refused.to_string().contains("projection.toml"), "{refused}");
    let board = housing.replace("sector = \"housing\"", "sector = \"board\"");
    fs::remove_file(file).unwrap();
    fs::write(place.path().join("agencies/housing.toml"), board).unwrap();
    assert!(matches!(folder.profiles(), Err(Failure::Invalid(_))));
}

#[test]
fn what_can_t_be_read_is_not_taken_for_no_hub() {
    let place = TempDir::new().unwrap();
    let none = Folder::open(&place.path().join("none")).unwrap_err();
    assert!(matches!(none, Failure::Usage(_)), "{none}");
    fs::create_dir(place.path().join(HUB_FILE)).unwrap();
    let unreadable = Folder::open(place.path()).unwrap_err();
    assert!(matches!(unreadable, Failure::Other(_)), "{unreadable}");
    fs::remove_dir(place.path().join(HUB_FILE)).unwrap();
    fs::write(place.path().join(HUB_FILE), "board = 1").unwrap();
    let invalid = Folder::open(place.path()).unwrap_err();
    assert!(matches!(invalid, Failure::Invalid(_)), "{invalid}");
}

#[test]
fn an_allowlist_once_made_is_its_operators() {
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path().join("hub");
    let folder = made(&root);
    let file = folder.agency_config("police", &[]).unwrap().allow;
    assert_eq!(file, root.join("allow/police.toml"));
    let first = fs::read_to_string(&file).unwrap();
    let case = "police/system/*";
    assert!(first.contains(case) && first.contains("grpc.health.v1.Health"));
    let edited = first.replace(case, "police/system/other");
    fs::write(&file, &edited).unwrap();
    let mut again = made(&root);
    again.agency_config("police", &[]).unwrap();
    assert_eq!(fs::read_to_string(&file).unwrap(), edited);
    // A new replica asks it for keys; what was taken out stays out.
    again.take_in_replica("reader").unwrap();
    let now = fs::read_to_string(&file).unwrap();
    assert!(now.contains("board/projection/reader") && !now.contains(case));
    fs::write(&file, "x").unwrap();
    let refused = folder.agency_config("police", &[]).unwrap_err();
    assert!(matches!(refused, Failure::Invalid(why) if why.contains("police.toml")));
}
