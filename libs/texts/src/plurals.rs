//! Which plural a number takes: Unicode's CLDR, plurals, cardinal, for whole numbers. A test holds it against Fluent's own.

use crate::Language;

/// A plural category.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Category {
    Zero,
    One,
    Two,
    Few,
    Many,
    Other,
}

impl Category {
    /// The category of a number in a language.
    pub(crate) const fn of(number: usize, language: Language) -> Self {
        match (language, number) {
            (_, 1) => Self::One,
            (Language::Welsh, 0) => Self::Zero,
            (Language::Welsh, 2) => Self::Two,
            (Language::Welsh, 3) => Self::Few,
            (Language::Welsh, 6) => Self::Many,
            (Language::English | Language::Welsh, _) => Self::Other,
        }
    }
}
