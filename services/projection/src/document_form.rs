//! The forms in which a document leaves: text, HTML, JSON, or as the render service takes it. Owns which are there for what.

use diogel_contract::{
    refusal::{Reason, Refusal},
    v1::{self, DocumentForm},
};
use diogel_summary::{Document, to_html, to_json, to_text};

use crate::{document_message, listing::ANSWER_BYTES};

/// Columns of the text.
const WIDTH: usize = 100;

/// A form of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    Text,
    Html,
    Json,
    Document,
    /// A table of its own, not of the document.
    Csv,
}

/// As a summary may be asked for.
pub(crate) fn of_summary(given: i32) -> Result<Form, Refusal> {
    match of_chronology(given)? {
        Form::Csv => Err(Refusal::field("form", "CSV is for a chronology alone")),
        form => Ok(form),
    }
}

/// As a chronology may be asked for.
pub(crate) fn of_chronology(given: i32) -> Result<Form, Refusal> {
    match DocumentForm::try_from(given) {
        Ok(DocumentForm::Unspecified | DocumentForm::Text) => Ok(Form::Text),
        Ok(DocumentForm::Html) => Ok(Form::Html),
        Ok(DocumentForm::Json) => Ok(Form::Json),
        Ok(DocumentForm::Document) => Ok(Form::Document),
        Ok(DocumentForm::Csv) => Ok(Form::Csv),
        Err(_) => Err(Refusal::field("form", "is no known code")),
    }
}

impl Form {
    /// The document in this form: as text, or as a message.
    pub(crate) fn of(self, document: &Document) -> Result<(String, Option<v1::Document>), Refusal> {
        let text = match self {
            Self::Text | Self::Csv => to_text(document, WIDTH),
            Self::Html => to_html(document),
            Self::Json => to_json(document).map_err(|error| {
                tracing::error!(%error, "a document as JSON");
                Refusal::new(Reason::Internal)
            })?,
            Self::Document => {
                return Ok((String::new(), Some(document_message::message(document))));
            }
        };
        bounded(text).map(|text| (text, None))
    }
}

/// An answer is bounded in bytes (P12).
pub(crate) fn bounded(text: String) -> Result<String, Refusal> {
    if text.len() > ANSWER_BYTES {
        return Err(too_long());
    }
    Ok(text)
}

fn too_long() -> Refusal {
    Refusal::field(
        "form",
        "is longer than an answer may be in this form; list the items page by page",
    )
}
