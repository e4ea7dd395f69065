//! The plural categories of Unicode's CLDR that the two languages have.

/// A category.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Category {
    /// Welsh: 0.
    Zero,
    /// 1.
    One,
    /// Welsh: 2.
    Two,
    /// Welsh: 3.
    Few,
    /// Welsh: 6.
    Many,
    /// Every other number: the default.
    Other,
}

impl Category {
    /// Every category, in CLDR's order.
    pub const ALL: [Self; 6] = [
        Self::Zero,
        Self::One,
        Self::Two,
        Self::Few,
        Self::Many,
        Self::Other,
    ];

    /// How Fluent files write it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Zero => "zero",
            Self::One => "one",
            Self::Two => "two",
            Self::Few => "few",
            Self::Many => "many",
            Self::Other => "other",
        }
    }

    /// The category of this name.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|c| c.code() == code)
    }

    /// What a language's plural needs (CLDR, plurals, cardinal).
    pub fn needed(language: &str) -> &'static [Self] {
        if language == "cy" {
            &Self::ALL
        } else {
            &[Self::One, Self::Other]
        }
    }
}
