//! From a document to a PDF. Owns the page's bounds and that the same document gives the same bytes; refuses to keep or to tell
//! anything of a document: what typst remembers of it is forgotten at once, and what it complains of is counted, not quoted.

use std::path::PathBuf;

use diogel_contract::v1;
use typst::foundations::Smart;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use crate::{
    fonts::{FontError, Fonts},
    page,
    world::Workshop,
};

/// Pages at most.
pub(crate) const PAGES: usize = 200;

/// A document on paper.
pub struct Paper {
    /// The file.
    pub pdf: Vec<u8>,
    /// Its pages.
    pub pages: u32,
}

/// Why a document can't be rendered. Says nothing of its content.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unrenderable {
    /// Too many pages.
    #[error("takes more than {PAGES} pages; shorten it, or read it as text")]
    TooLong,
    /// Typst refused the page or the file.
    #[error("can't be typeset: {errors} errors")]
    Typesetting {
        /// How many.
        errors: usize,
    },
}

/// Why there is no press.
#[derive(Debug, thiserror::Error)]
pub enum PressError {
    /// A font.
    #[error(transparent)]
    Font(#[from] FontError),
    /// Typst lacks something that no input changes.
    #[error("typst {0}")]
    Typst(&'static str),
}

/// Prints documents.
pub struct Press {
    workshop: Workshop,
    standards: PdfStandards,
    /// Pages at most.
    pages: usize,
}

impl Press {
    /// A press with Liberation Sans and the fonts in these files.
    ///
    /// # Errors
    /// [`PressError`].
    pub fn new(fonts: &[PathBuf]) -> Result<Self, PressError> {
        let missing = PressError::Typst;
        let workshop = Workshop::new(Fonts::load(fonts)?);
        let standards = PdfStandards::new(&[PdfStandard::V_1_7, PdfStandard::Ua_1]);
        Ok(Self {
            workshop: workshop.ok_or(missing("takes no names for files"))?,
            standards: standards.map_err(|_| missing("writes no PDF/UA-1"))?,
            pages: PAGES,
        })
    }

    /// Prints a document that was checked. Takes a thread for as long as it lasts, some milliseconds a page.
    ///
    /// # Errors
    /// [`Unrenderable`].
    pub fn print(&self, document: &v1::Document) -> Result<Paper, Unrenderable> {
        let printed = self.typeset(document);
        // Typst keeps what it made, to make it faster the next time. Nothing of a document stays.
        typst::comemo::evict(0);
        printed
    }

    fn typeset(&self, document: &v1::Document) -> Result<Paper, Unrenderable> {
        let data = page::data(document, &self.workshop.fonts);
        let data =
            serde_json::to_vec(&data).map_err(|_| Unrenderable::Typesetting { errors: 1 })?;
        let world = self.workshop.world(data);
        let failed = |errors: usize| Unrenderable::Typesetting { errors };
        let typeset = typst::compile::<PagedDocument>(&world).output;
        let typeset = typeset.map_err(|errors| failed(errors.len()))?;
        let pages = typeset.pages().len();
        if pages > self.pages {
            return Err(Unrenderable::TooLong);
        }
        let pdf = typst_pdf::pdf(&typeset, &self.options());
        Ok(Paper {
            pdf: pdf.map_err(|errors| failed(errors.len()))?,
            pages: u32::try_from(pages).unwrap_or(u32::MAX),
        })
    }

    /// The date is the document's own, which the template sets.
    fn options(&self) -> PdfOptions {
        PdfOptions {
            creator: Smart::Custom(Some("Diogel".into())),
            standards: self.standards.clone(),
            ..PdfOptions::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn p12_what_takes_more_pages_than_it_may_is_not_written() {
        let mut press = Press::new(&[]).unwrap();
        press.pages = 2;
        let line = v1::DocumentLine {
            kind: v1::DocumentLineKind::Note.into(),
            text: Some(v1::DocumentText {
                spans: vec![v1::DocumentSpan {
                    text: "words".into(),
                    written: false,
                }],
            }),
            ..v1::DocumentLine::default()
        };
        let print = |lines: usize| {
            let section = v1::DocumentSection {
                heading: "1".into(),
                lines: vec![line.clone(); lines],
                table: None,
            };
            press.print(&v1::Document {
                language: "en".into(),
                title: line.text.clone(),
                sections: vec![section],
                ..v1::Document::default()
            })
        };
        assert_eq!(print(40).unwrap().pages, 1);
        assert_eq!(print(240).err(), Some(Unrenderable::TooLong));
    }
}
