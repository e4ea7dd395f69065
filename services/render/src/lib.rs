//! The render service: a document in, a PDF out. Owns the page's look on paper, its fonts, and how much may be asked of it.
//! Refuses to know anything else: it sees the documents that other services made for a recipient, keeps none of them, and writes
//! nothing of them down. Alone in the hub it links typst.

mod check;
pub mod config;
mod fonts;
mod handler;
mod page;
mod press;
mod run;
mod world;

pub use fonts::FontError;
pub use press::{Paper, Press, PressError, Unrenderable};
pub use run::{NO_AGENCY, RenderHandle, StartError, start};
