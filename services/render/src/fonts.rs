//! The fonts on paper: Liberation Sans within the program, more as the configuration names them. Owns which characters have a
//! shape; refuses to look for fonts anywhere else, so that a page looks alike on every machine.

use std::{fs, io, path::PathBuf};

use typst::{
    foundations::Bytes,
    text::{Font, FontBook},
    utils::LazyHash,
};

/// Liberation Sans 2.1.5; its licence (SIL OFL 1.1) lies beside it.
const LIBERATION: [&[u8]; 3] = [
    include_bytes!("../fonts/LiberationSans-Regular.ttf"),
    include_bytes!("../fonts/LiberationSans-Bold.ttf"),
    include_bytes!("../fonts/LiberationSans-Italic.ttf"),
];

/// Why a font can't be used.
#[derive(Debug, thiserror::Error)]
pub enum FontError {
    /// It can't be read.
    #[error("fonts: {path}: {source}")]
    File {
        /// The file.
        path: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },
    /// It isn't a font.
    #[error("fonts: {0} is no TrueType or OpenType font: name another, or take it out")]
    NotAFont(PathBuf),
    /// The program's own fonts are damaged.
    #[error("the program's own fonts can't be read: install it anew")]
    Own,
}

/// All fonts there are.
pub(crate) struct Fonts {
    pub(crate) book: LazyHash<FontBook>,
    fonts: Vec<Font>,
}

impl Fonts {
    /// Liberation Sans and these files.
    pub(crate) fn load(more: &[PathBuf]) -> Result<Self, FontError> {
        let mut fonts = Vec::new();
        for data in LIBERATION {
            let font = Font::new(Bytes::new(data), 0).ok_or(FontError::Own)?;
            fonts.push(font);
        }
        for path in more {
            let data = fs::read(path).map_err(|source| FontError::File {
                path: path.clone(),
                source,
            })?;
            let before = fonts.len();
            fonts.extend(Font::iter(Bytes::new(data)));
            if fonts.len() == before {
                return Err(FontError::NotAFont(path.clone()));
            }
        }
        Ok(Self {
            book: LazyHash::new(FontBook::from_fonts(&fonts)),
            fonts,
        })
    }

    pub(crate) fn get(&self, index: usize) -> Option<Font> {
        self.fonts.get(index).cloned()
    }

    /// Whether a character has a shape: in each of Liberation's weights, or in one of the others.
    pub(crate) fn show(&self, c: char) -> bool {
        let (own, more) = self.fonts.split_at(LIBERATION.len().min(self.fonts.len()));
        let has = |font: &Font| font.info().coverage.contains(u32::from(c));
        own.iter().all(has) || more.iter().any(has)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn welsh_letters_the_marks_of_the_page_and_the_stand_in_have_a_shape() {
        let fonts = Fonts::load(&[]).unwrap();
        for c in "ŵŷŴŶâêîôûïẁẃẅỳÿ “”‘’–·•…□\u{301}\u{302}".chars()
        {
            assert!(fonts.show(c), "{c:?}");
        }
        assert!(!fonts.show('漢') && !fonts.show('👧'));
    }

    #[test]
    fn what_is_no_font_is_named() {
        let manifest = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml");
        let why = Fonts::load(&[manifest]).err().unwrap().to_string();
        assert!(why.contains("Cargo.toml is no TrueType"), "{why}");
        let why = Fonts::load(&["/nowhere.ttf".into()]).err().unwrap();
        assert!(why.to_string().contains("/nowhere.ttf"));
    }
}
