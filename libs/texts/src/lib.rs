//! Every fixed text that people read, in English and in Welsh, which is treated no less favourably. Owns the Fluent files of
//! `locales`, how numbers choose a plural, long dates and times. Refuses to fall back: the files are compiled into Rust, and a
//! text that lacks a language, a variable or a plural doesn't compile. Refuses layout, and to translate what people wrote.
//!
//! Messages without variables are `Phrase`s of their topic and resolve to `&'static str`; each message with variables is a struct
//! of its topic, [`Filled`] with what it names. Values stand after a colon where Welsh would mutate them (*gan* and an agency's
//! name), since a name can't be.
//!
//! Values aren't wrapped in Unicode's isolation marks, as Fluent does by default: both languages and all values run from left to
//! right, the marks would show as boxes in terminals and PDF, and a copied name with one in it is found by no search. What people
//! wrote may hold marks of its own: renderings take those out.

pub mod dates;
mod plurals;

pub use diogel_domain::codes::Language;
pub(crate) use plurals::Category;

pub use compiled::*;

#[allow(
    clippy::all,
    clippy::pedantic,
    reason = "the build writes it from the Fluent files; nobody reads it for style"
)]
mod compiled {
    include!(concat!(env!("OUT_DIR"), "/texts.rs"));
}

/// A message with its variables filled.
pub trait Filled {
    /// Writes what people read.
    fn fill(&self, language: Language, out: &mut String);

    /// What people read.
    fn say(&self, language: Language) -> String {
        let mut out = String::new();
        self.fill(language, &mut out);
        out
    }
}

/// A number in digits, without separators: none of the texts' counts is large.
pub(crate) fn number(out: &mut String, number: usize) {
    out.push_str(&number.to_string());
}

#[cfg(test)]
mod tests;
