//! Who sees what, as one text that an information governance officer reads: `matrix.txt`, a block for each kind of event.
//! `DIOGEL_BLESS=1 cargo test -p diogel-sharing --test matrix` writes it anew; read the difference. Whatever is new to the library —
//! a kind of event, a form of audience, a purpose, a reason — doesn't compile, or fails, until the matrix shows it.

#![cfg(test)]

mod audiences;
mod legend;
mod recipients;
mod scene;
mod sheet;
mod times;

use std::{fs, path::PathBuf, sync::LazyLock};

use diogel_domain::{codes::Purpose, content::Matter};
use diogel_sharing::why::Why;

/// As it is now.
static NOW: LazyLock<String> = LazyLock::new(sheet::write);

fn golden() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/matrix/matrix.txt")
}

#[test]
fn who_sees_what_stands_in_a_text_that_a_person_can_read() {
    let now = NOW.as_str();
    if std::env::var_os("DIOGEL_BLESS").is_some() {
        fs::write(golden(), now).expect("written");
    }
    let stands = fs::read_to_string(golden()).expect("a golden text");
    let (mut old, mut new) = (stands.lines(), now.lines());
    let first = (1..).find_map(|line| match (old.next(), new.next()) {
        (None, None) => Some(None),
        (old, new) => (old != new).then_some(Some((line, old, new))),
    });
    assert_eq!(
        first.flatten(),
        None,
        "matrix.txt: the first line that changed, as it was and is"
    );
}

#[test]
fn every_reason_kind_and_purpose_occurs_in_the_matrix() {
    let text = NOW.as_str();
    let cells: String = text.lines().filter(|line| line.starts_with('|')).collect();
    for why in Why::ALL {
        assert!(
            cells.contains(legend::glyph(*why)),
            "{} occurs nowhere",
            why.code()
        );
    }
    for matter in Matter::ALL {
        assert!(
            text.contains(&format!("\n== {}", legend::title(*matter))),
            "{}",
            matter.code()
        );
    }
    for purpose in Purpose::ALL {
        assert!(text.contains(purpose.code()), "{}", purpose.code());
    }
}
