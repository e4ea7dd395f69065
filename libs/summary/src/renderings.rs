//! The renderings of a document: text, HTML, JSON. Owns layout, one file each; refuses to choose: whatever the document holds is
//! in each of them, and nothing else is.

mod cited;
mod html;
mod json;
mod text;

pub use html::{to_html, to_html_fragment};
pub use json::to_json;
pub use text::to_text;
